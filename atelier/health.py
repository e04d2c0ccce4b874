"""Is the process alive, can it keep what it is told, and how much has it done: `/healthz`, `/readyz`, `/metrics`."""

from __future__ import annotations

import hmac
import shutil
from datetime import timedelta

from flask import Blueprint, Response, abort, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from atelier.errors import StorageUnavailable
from atelier.house import House, house
from atelier.live.models import Readiness
from atelier.live.service import Live
from atelier.schema import current, head
from atelier.security import bearer
from atelier.settings import LOOPBACK

LEAST_FREE_BYTES = 50 * 1024 * 1024
# A row written again needs no new page: that it passes does not yet prove that acts would.
RED_FOR = timedelta(seconds=30)
# What a proxy of this machine adds: who asks is then not the machine itself.
PROXIED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """The process can write what it acknowledges; 503 with the reasons when it cannot."""
    problems = problems_of(house())
    return Response("\n".join(problems or ["ok"]) + "\n", 503 if problems else 200, mimetype="text/plain")


def problems_of(at: House) -> list[str]:
    """Return what keeps this installation from keeping what it is told; empty when all is well."""
    problems = []
    live: Live = at.parts["live"]
    failed_at = live.desk.storage_failed_at
    try:
        with at.database.writing() as db:
            db.merge(Readiness(id=1, checked_at=at.clock()))
        if failed_at is not None and at.clock() - failed_at > RED_FOR:
            live.desk.storage_failed_at = None
    except (SQLAlchemyError, StorageUnavailable):
        problems.append("storage: writing refused")
    if live.desk.storage_failing:
        problems.append("storage: the last act could not be written")
    if at.database.sqlite and shutil.disk_usage(at.settings.var).free < LEAST_FREE_BYTES:
        problems.append("disk: nearly full")
    try:
        if current(at.database) != head():
            problems.append("schema: not the one of this release")
    except SQLAlchemyError:
        problems.append("database: unreachable")
    return problems


@blueprint.get("/metrics")
def metrics() -> Response:
    """Figures for Prometheus: from the machine itself, or with the token of the installation."""
    at = house()
    token = at.settings.metrics_token
    given = bearer(request.headers.get("Authorization", ""))
    local = request.remote_addr in LOOPBACK and not any(name in request.headers for name in PROXIED)
    if not (local or (token and hmac.compare_digest(token.encode(), given.encode()))):
        abort(404)
    return Response(generate_latest(_figures(at)), content_type=CONTENT_TYPE_LATEST)


def _figures(at: House) -> CollectorRegistry:
    live: Live = at.parts["live"]
    registry = CollectorRegistry()
    rooms = live.desk.rooms()
    sockets = Gauge("atelier_sockets", "Connected sockets by surface", ["surface"], registry=registry)
    for surface in ("phone", "desk", "screen"):
        links = live.broadcaster.connections.values()
        sockets.labels(surface).set(sum(1 for link in links if link.surface == surface))
    Gauge("atelier_sessions_in_memory", "Séances held by this process", registry=registry).set(len(rooms))
    events = Gauge("atelier_events", "Events in the journals held by this process", registry=registry)
    events.set(sum(room.committed.seq for room in rooms))
    failing = Gauge("atelier_storage_failing", "1 while the last write was refused", registry=registry)
    failing.set(int(live.desk.storage_failing))
    return registry
