"""Starting a serving process: schema, demonstration, the links printed in French. The port is open before (listening.py)."""

from __future__ import annotations

import socket
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from atelier import logs, realtime
from atelier.app import create_app
from atelier.db import Database
from atelier.demonstration.facilitator import FIRST_ACCOUNT, FIRST_NAME
from atelier.health import problems_of
from atelier.house import House
from atelier.live.purging import closed_before
from atelier.minutes.queries import sessions_published_before
from atelier.people.operations import create_login_link
from atelier.people.purge import purge
from atelier.people.queries import missing_for_opening
from atelier.schema import current, head, upgrade
from atelier.settings import Settings, from_environment
from atelier.workshops.queries import open_or_ready


def serve(settings: Settings, listener: socket.socket, demo: bool) -> None:
    """Prepare, say where people go, serve for ever. Whoever knocks meanwhile waits in the listener's queue."""
    logs.configure()
    database = Database(settings.database_url)
    with database.alone():
        bring_up_to_date(database)
        app = create_app(settings)
        house: House = app.extensions["atelier"]
        if demo:
            from atelier.demonstration.loading import load  # noqa: PLC0415

            load(house)
        lines = welcome(house)
    database.dispose()
    for line in lines:
        click.echo(line)
    realtime.serve(app, listener)


def prepared_house() -> House:
    """Build the house for a command that does not serve."""
    settings = from_environment()
    database = Database(settings.database_url)
    with database.alone():
        bring_up_to_date(database)
    database.dispose()
    house: House = create_app(settings, background=False).extensions["atelier"]
    return house


def bring_up_to_date(database: Database) -> None:
    """Run the migrations that are missing, if any."""
    if current(database) != head():
        upgrade(database)


def welcome(house: House) -> list[str]:
    """Return the lines printed at the start: where people go, and the link that signs the facilitator in once."""
    url = house.settings.public_url
    lines = ["", f"Atelier est prêt : {url}", ""]
    link = create_login_link(house.database, url, FIRST_ACCOUNT, FIRST_NAME, house.clock())
    lines += ["Pour animer (ce lien sert une seule fois, pendant 30 minutes) :", f"  {link}"]
    with house.database.reading() as db:
        shown = open_or_ready(db, _today(house))
    for session in shown:
        lines += [
            "",
            f"« {session.title} »",
            f"  Rejoindre : {url}/j/{session.code}   code {session.code[:3]} {session.code[3:]}",
            f"  Écran à projeter, une fois connecté : {url}/ecran/{session.code}",
        ]
    if not house.settings.reachable_by_phones:
        lines += [
            "",
            "Les téléphones ne peuvent pas encore rejoindre cette adresse.",
            "Pour servir la salle : make run HALL=1",
        ]
    return [*lines, "", "Ctrl+C pour arrêter. Tout est gardé.", ""]


def _today(house: House) -> datetime:
    """Return the midnight with which today began here."""
    here = house.clock().astimezone(ZoneInfo(house.settings.timezone))
    return here.replace(hour=0, minute=0, second=0, microsecond=0)


def purge_lines(house: House, dry_run: bool) -> list[str]:
    """Purge (or say what would be) and return one line per kind of data."""
    done = purge(
        house.database,
        house.clock(),
        dry_run,
        closed_before=closed_before,
        contacts_since=sessions_published_before,
    )
    verb = "À effacer" if dry_run else "Effacé"
    lines = [f"{verb} : {line.count} ({line.subject})" for line in done if line.count]
    return lines or ["Rien à effacer."]


def check_lines() -> tuple[list[str], bool]:
    """Return what `atelier check` prints, and whether all is well."""
    house = prepared_house()
    problems = problems_of(house)
    with house.database.reading() as db:
        missing = missing_for_opening(db)
    lines = [f"À corriger : {problem}" for problem in problems]
    if missing:
        lines.append(f"Réglages obligatoires à remplir avant d'ouvrir une séance : {', '.join(missing)}")
    if not house.settings.reachable_by_phones:
        lines.append("Les téléphones ne peuvent pas rejoindre l'adresse publique (ATELIER_PUBLIC_URL).")
    if house.settings.secure and not house.settings.proxies:
        lines.append(
            "L'adresse publique est en HTTPS : dites combien de mandataires sont devant (ATELIER_PROXIES=1 pour un Caddy)."
        )
    return lines or ["Tout est en ordre."], not problems and not missing
