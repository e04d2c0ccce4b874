"""The command line. Each command imports what it needs after the driver is set: `run` patches before anything else."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from atelier import realtime


@click.group()
def main() -> None:
    """Atelier : les ateliers vivants de la démocratie participative."""


@main.command()
@click.option("--hall", is_flag=True, help="Servir la salle : écouter sur le réseau local.")
@click.option("--demo", is_flag=True, help="Charger la démonstration si elle n'y est pas.")
@click.option("--port", type=int, default=0, help="Port (8000, ou le premier libre).")
def run(hall: bool, demo: bool, port: int) -> None:
    """Servir l'application."""
    realtime.patch()
    from atelier.listening import listening  # noqa: PLC0415

    settings, listener = listening(hall, port)
    from atelier.starting import serve  # noqa: PLC0415 - a second or two of imports, with the port already open

    serve(settings, listener, demo)


@main.command()
def demo() -> None:
    """Charger la démonstration."""
    from atelier.demonstration.loading import load  # noqa: PLC0415
    from atelier.starting import prepared_house  # noqa: PLC0415

    house = prepared_house()
    with house.database.alone():
        click.echo(load(house))


@main.group()
def db() -> None:
    """La base de données."""


@db.command("upgrade")
def upgrade() -> None:
    """Mettre la base au schéma de cette version."""
    from atelier.db import Database  # noqa: PLC0415
    from atelier.schema import current, upgrade  # noqa: PLC0415
    from atelier.settings import from_environment  # noqa: PLC0415

    database = Database(from_environment().database_url)
    with database.alone():
        upgrade(database)
    click.echo(f"Base à jour : {current(database)}.")


@db.command("rebuild")
def rebuild() -> None:
    """Refaire les tables de consultation depuis le journal."""
    from atelier.starting import prepared_house  # noqa: PLC0415

    count = prepared_house().parts["live"].rebuild_records()
    one, more = "%(num)s séance relue depuis son journal.", "%(num)s séances relues depuis leur journal."
    click.echo((one if count < 2 else more) % {"num": count})


@main.command("login-link")
@click.argument("email")
@click.option("--name", default="", help="Nom affiché.")
def login_link(email: str, name: str) -> None:
    """Imprimer un lien de connexion à usage unique (30 minutes)."""
    from atelier.people.operations import create_login_link  # noqa: PLC0415
    from atelier.starting import prepared_house  # noqa: PLC0415

    house = prepared_house()
    click.echo(create_login_link(house.database, house.settings.public_url, email, name, house.clock()))


@main.command()
@click.argument("destination", type=click.Path(path_type=Path), required=False)
def backup(destination: Path | None) -> None:
    """Copier la base (SQLite) pendant qu'elle sert, et vérifier la copie."""
    from atelier.backup import backup as copy  # noqa: PLC0415
    from atelier.settings import from_environment  # noqa: PLC0415

    click.echo(copy(from_environment(), destination))


@main.command()
@click.option("--do", "really", is_flag=True, help="Effacer vraiment (sinon, dire ce qui le serait).")
def purge(really: bool) -> None:
    """Effacer les données dont la durée est passée."""
    from atelier.starting import prepared_house, purge_lines  # noqa: PLC0415

    for line in purge_lines(prepared_house(), dry_run=not really):
        click.echo(line)


@main.command()
def due() -> None:
    """Faire ce qui échoit pour les documents : approbations tacites, versions (le serveur le fait aussi, tout seul)."""
    from atelier.starting import prepared_house  # noqa: PLC0415

    approved = prepared_house().parts["deadlines"].beat()
    click.echo(f"Documents réputés approuvés : {approved}.")


@main.command()
def check() -> None:
    """Vérifier l'installation : base, schéma, dossiers, secrets, mentions obligatoires."""
    from atelier.starting import check_lines  # noqa: PLC0415

    lines, sound = check_lines()
    click.echo("\n".join(lines))
    sys.exit(0 if sound else 1)


@main.command()
@click.argument("code")
@click.option("--phones", type=click.IntRange(1, 450), default=40, help="Nombre de téléphones simulés.")
@click.option("--url", default="", help="Adresse du serveur (celle de l'installation sinon).")
def rehearse(code: str, phones: int, url: str) -> None:
    """Répéter : des téléphones simulés rejoignent une copie de la séance, écrivent et votent."""
    from atelier.rehearsal.phones import rehearse as play  # noqa: PLC0415

    click.echo(play(code, phones, url or os.environ.get("ATELIER_PUBLIC_URL", "http://127.0.0.1:8000")))


if __name__ == "__main__":
    main()
