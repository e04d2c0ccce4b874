"""Structured logs, one JSON object a line, without personal data: no name, text, address, token or act's content."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

KEPT = frozenset({"command", "reason", "session_id", "count", "name", "seconds", "status", "method"})


def configure(level: int = logging.INFO, stream: Any = None) -> None:
    """Send every log of the process through one renderer."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(allow=KEPT),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for noisy in ("werkzeug", "engineio", "socketio", "alembic", "sqlalchemy.engine"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
