"""Whom the house believes about where a request comes from: as many proxies as the installation says stand in front."""

from __future__ import annotations

from typing import Any

from werkzeug.middleware.proxy_fix import ProxyFix


def behind_proxies(application: Any, count: int) -> Any:
    """Wrap a WSGI application that `count` proxies of ours stand in front of.

    Each adds one name to `X-Forwarded-For`, `-Proto` and `-Host`: the `count`-th from the right is what the outermost one
    saw, anything further left is what the client wrote. With none, these headers are only words.
    """
    if not count:
        return application
    return ProxyFix(application, x_for=count, x_proto=count, x_host=count)
