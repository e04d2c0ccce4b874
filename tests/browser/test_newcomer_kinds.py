"""R-207 for a day of exchanges and for an evening of a workshop: what is left to type once the séance is closed.

The séances are played on the running server by tests/kinds, through its doors; nothing of that is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from atelier.workshops.templates import TEMPLATES
from tests.browser.newcomer import Evening, Newcomer, demonstration
from tests.kinds import exchange_day, workshops
from tests.kinds.carriers import ServerRoom
from tests.kinds.room import Playing, Room

pytestmark = pytest.mark.browser

MOST_MINUTES = 30
PAGE = Path(__file__).parents[2] / "docs" / "redaction.md"

DAY = {
    "Thèmes travaillés": "Que doit-on dire dès le début d'une concertation ? Comment garder la mémoire d'une année sur l'autre ?",
    "Expériences présentées": (
        "Un conseil citoyen est passé de vingt à quatre membres en deux ans. L'animatrice a cherché à remplir les sièges, puis"
        " s'est demandé qui avait le droit de dire non. Une seconde situation a porté sur une concertation commencée après la"
        " décision : les habitants l'ont appris à la troisième réunion."
    ),
    "Points de vue divergents": (
        "Pour des élus, la question ouverte n'engage pas le groupe. Pour des bénévoles, c'est elle qu'il faut porter au forum."
    ),
    "Éléments pour la contribution au forum": (
        "Dire dès la première réunion ce qui est décidé. Payer une personne qui tient le lien toute l'année. Demander qui peut"
        " dire non."
    ),
}
EVENING = {
    "Priorités": "Le groupe n'a pas classé ses propositions : il le fera à la séance suivante.",
    "Questions ouvertes": "Qui paie la garde des enfants ? Comment répondre dans le mois quand le service compte deux agents ?",
    "Suite": "Les trois propositions seront votées à la prochaine séance. La commune envoie d'ici là le coût d'une garde.",
}
DEBATE = (
    "Pour des associatifs, la proposition est portée par le groupe. Pour une entreprise, elle ne l'est pas, faute d'avoir été"
    " entendue. Les deux points de vue sont maintenus."
)


def keep(
    reference: str, sequences: dict[str, str], page: Page, evening: Evening, play: Callable[[Room], None]
) -> None:
    """Open a prepared séance of the demonstration and play it, in the browser of its facilitator."""
    url = evening.server.url
    page.goto(f"{url}/seances")
    row = page.get_by_role("listitem").filter(has_text=reference).first
    page.goto(f"{url}{row.get_by_role('link').first.get_attribute('href')}/ouvrir")
    page.get_by_role("button", name="Ouvrir la séance").click()
    page.wait_for_url("**/pupitre/*")
    code = page.url.rpartition("/")[2]
    nadia = requests.Session()
    nadia.headers["Origin"] = url
    for cookie in page.context.cookies():
        nadia.cookies.set(cookie["name"], cookie["value"])
    room = ServerRoom(url, code, sequences, nadia)
    Playing(room).desk("take_agenda")
    play(room)
    page.goto(f"{url}/pupitre/{code}")


def sequences_of(template: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for place, sequence in enumerate(TEMPLATES[template].sequences, 1):
        for _ in sequence.activities:
            found[f"a{len(found) + 1}"] = f"s{place}"
    return found


def write_day(somebody: Newcomer) -> None:
    for heading, words in DAY.items():
        somebody.write(heading, words)


def write_evening(somebody: Newcomer) -> None:
    somebody.go_to("Ce qui fait débat")
    somebody.write_under("Ce qui fait débat", 0, DEBATE)
    for heading, words in EVENING.items():
        if heading == "Suite":
            somebody.go_to(heading)
            somebody.write_under(heading, 0, words)
        else:
            somebody.write(heading, words)


KINDS: dict[str, tuple[str, str, Callable[[Room], None], Callable[[Newcomer], None]]] = {
    "journée d'échanges": ("GE1", exchange_day.TEMPLATE, exchange_day.play, write_day),
    "soirée d'atelier": ("DK2", workshops.TEMPLATES[1], workshops.second, write_evening),
}


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    with demonstration(tmp_path) as served:
        yield served
        assert served.server.errors() == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_séance_is_sent_for_review_within_half_an_hour(
    chromium: Browser, evening: Evening, kind: str
) -> None:
    reference, template, play, write = KINDS[kind]
    page = evening.arrive(chromium)
    keep(reference, sequences_of(template), page, evening, play)
    somebody = Newcomer(page)
    somebody.link("Compte rendu")
    somebody.read()
    somebody.link("Écrire")
    expect(page.locator(".sheet-part").first).to_be_visible()
    write(somebody)
    somebody.see_it_kept()
    somebody.link("Envoyer en relecture")
    somebody.press(page.get_by_role("button", name="Envoyer en relecture"))
    expect(page.get_by_text("en relecture").first).to_be_visible()
    effort = somebody.effort
    print(f"\n{kind}: {effort}, {effort.minutes:.1f} minutes")
    assert effort.minutes <= MOST_MINUTES
    assert written_down(kind) == [effort.typed, effort.gestures, effort.read // 100 * 100]


def written_down(kind: str) -> list[int]:
    """Return what docs/redaction.md says: words typed, gestures, words to read."""
    row = re.search(rf"^\| {kind} \|(.+)\|$", PAGE.read_text().replace("\u00a0", " "), re.MULTILINE)
    assert row is not None, kind
    return [int(re.sub(r"\D", "", cell)) for cell in row[1].split("|")[:3]]
