"""JSON that comes in requests: nested beyond reason, it is a bad request like any other that does not read."""

from __future__ import annotations

from typing import Any

from flask.json.provider import DefaultJSONProvider


class BoundedJson(DefaultJSONProvider):
    def loads(self, s: str | bytes, **options: Any) -> Any:
        try:
            return super().loads(s, **options)
        except RecursionError as error:
            raise ValueError("nested too deep") from error
