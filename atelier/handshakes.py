"""What both namespaces read and write alike: the token of a handshake, the hour on an answer (docs/protocol.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

TOKEN = re.compile(r"[\x21-\x7e]{1,200}")


def token_of(auth: Any) -> str:
    """Return the token of an auth payload, or an empty text for what is none of ours."""
    token = auth.get("token") if isinstance(auth, Mapping) else ""
    return token if isinstance(token, str) and TOKEN.fullmatch(token) else ""


def wire_time(moment: datetime) -> str:
    """Return an aware UTC moment as the wire says it: `2015-10-13T19:00:00.000Z`."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
