"""Puts the house together: settings, database, the live séance, the doors of every capability."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask
from whitenoise import WhiteNoise

from atelier import health, realtime, security, static_files, validators
from atelier.assets import asset_dir
from atelier.clock import Clock, utc_now
from atelier.db import Database
from atelier.drawing import Drawing
from atelier.exports import views as export_views
from atelier.exports.files.clearing import clear
from atelier.exports.ticker import FilesTicker
from atelier.forum import views as forum_views
from atelier.forum.service import Forum
from atelier.house import House
from atelier.json_bodies import BoundedJson
from atelier.live import views as live_views
from atelier.live.purging import register_rules
from atelier.live.service import Live
from atelier.minutes import views as minutes_views
from atelier.minutes.operations.publication import kept_from_deletion
from atelier.minutes.purging import register_rules as register_minutes_rules
from atelier.minutes.service import Minutes
from atelier.minutes.ticker import MinutesTicker
from atelier.people import access
from atelier.people import views as people_views
from atelier.proxies import behind_proxies
from atelier.settings import Settings
from atelier.workshops import views as workshop_views
from atelier.workshops.operations.keeping import keep

YEAR_S = 31_536_000
DOORS = (
    static_files, health, people_views, workshop_views, live_views, minutes_views, forum_views, export_views,
)  # fmt: skip
REDIS_PATIENCE_S = 2.0


def made_in(settings: Settings) -> Path:
    """Return the folder of what is made once from our own sources: compiled templates, compressed static files."""
    return settings.made or settings.var


def create_app(settings: Settings, clock: Clock = utc_now, background: bool = True) -> Flask:
    """Build the application. `background=False` leaves out the ticker and Redis listeners (tests beat them by hand)."""
    app = Flask("atelier", static_folder=None)
    app.json = BoundedJson(app)
    validators.configure(app)
    app.after_request(static_files.compress_page)
    security.configure(app, settings)
    database = Database(settings.database_url)
    version = static_files.version_of(asset_dir("static"))
    drawing = Drawing(
        settings.timezone, settings.public_url, f"/static/{version}", made_in(settings) / "templates"
    )
    house = House(settings, database, drawing, clock)
    app.extensions["atelier"] = house
    _make_parts(app, house)
    for part in DOORS:
        app.register_blueprint(part.blueprint)
    app.wsgi_app = realtime.lighter(  # type: ignore[method-assign]
        WhiteNoise(
            app.wsgi_app,
            root=static_files.compressed_copy(asset_dir("static"), version, made_in(settings)),
            prefix=f"static/{version}/",
            max_age=YEAR_S,
            add_headers_function=security.static_headers,
        )
    )
    app.wsgi_app = behind_proxies(app.wsgi_app, settings.proxies)  # type: ignore[method-assign]
    register_rules()
    register_minutes_rules()
    keep("minutes", kept_from_deletion)
    if background:
        house.parts["live"].start()
        house.parts["minutes"].start()
        house.parts["deadlines"].start()
        house.parts["files"].start()
    return app


def _make_parts(app: Flask, house: House) -> None:
    """Make what capabilities keep in memory, an earlier one before those that use it."""
    sockets = realtime.socket_server(app)
    house.parts["sockets"] = sockets
    house.parts["live"] = Live(house, sockets.server, _redis(house.settings), access.proofs_of_handshake(app))
    house.parts["minutes"] = Minutes(
        house, sockets.server, _redis(house.settings), access.document_proofs_of_handshake(app)
    )
    house.parts["minutes"].forgetting.append(lambda: clear(house.settings.var / "files"))
    house.parts["deadlines"] = MinutesTicker(house)
    house.parts["forum"] = Forum(house)
    house.parts["files"] = FilesTicker(app, house)


def _redis(settings: Settings) -> Any:
    if not settings.redis_url:
        return None
    import redis  # noqa: PLC0415 - an optional part

    return redis.Redis.from_url(
        settings.redis_url, socket_timeout=REDIS_PATIENCE_S, socket_connect_timeout=REDIS_PATIENCE_S
    )
