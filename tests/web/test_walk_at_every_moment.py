"""Words withdrawn, words hidden for now, a name no longer lent: on no page, in no file, at no moment of a document's life."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from atelier.live.messages import Command
from atelier.live.rules.card_marks import AllowName
from atelier.live.rules.moderation import HideContribution, UnhideContribution
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.live.state import Actor
from atelier.minutes import queries, store
from atelier.minutes.content import Content
from atelier.minutes.document import make
from atelier.minutes.models import Document, DocumentRemark
from atelier.minutes.operations.versions import keep_version
from tests.factories import NADIA
from tests.web.minutes_evening import CONTENT, MinutesEvening
from tests.web.walk_ground import addresses, times_kept, walked

SAID = "On parle avant les élus"
PARTS = ("parle avant les", "avant les élus")
NAME = "Zykowska"
BODY = """Samira Zykowska le dit : « On parle avant les élus » [C-1]. Le vote le confirme [V-1].

### “On parle avant les élus”

| Carte | Mots |
|---|---|
| Une | "on **parle** avant les élus." [C-1] |

- l'un dit ‘On parle avant les élus’[^1]
- [On parle avant les élus](https://exemple.fr)

[^1]: on parle avant les élus, écrit-on.
"""
PLANTED = Content(
    CONTENT.title, (*CONTENT.sections[:2], replace(CONTENT.sections[2], body=BODY), CONTENT.sections[3])
)
AUTHOR = Actor("phone", "p1", participant="p1")
STATES = ("draft", "in_review", "approved", "published")
# The desk, which hid the card and may show it again, and knows who is in the room; the editor.
INSIDE = ("live.desk", "live.ask_open", "minutes.state_of_text", "minutes.remarks_panel")


@pytest.fixture
def evening(tmp_path: Path) -> MinutesEvening:
    made = MinutesEvening(tmp_path, PLANTED)
    made.evening.house.parts["live"].followers.drain()
    made.write("plus", BODY)
    made.write("case", "L'assemblée est née en 2009.\n")
    plant(made)
    return made


def plant(evening: MinutesEvening) -> None:
    """Quote the card in all that is kept beside a text, and in a contribution au forum."""
    forum = Content(
        "Au forum",
        (replace(CONTENT.sections[2], body=f"« {SAID} » [CHA1-C-1], dit Samira Zykowska [CHA1-C-1].\n"),),
    )
    with evening.evening.house.database.writing() as db:
        document = db.get_one(Document, evening.id)
        earlier = replace(PLANTED.sections[2], body=f"Autrefois, « {SAID} ».\n\n{BODY}")
        content = replace(PLANTED, sections=(*PLANTED.sections[:2], earlier, PLANTED.sections[3]))
        keep_version(db, document, content, "named", evening.evening.now, "Avant")
        db.add(
            DocumentRemark(
                document_id=evening.id, id="remark-1", section="plus", quote=f"« {SAID} »", words=f"Garder {SAID} ?",
                person="u1", at=evening.evening.now,
            )
        )  # fmt: skip
        messages = [f"« {SAID} »", "", ""]
        row = Document(
            kind="forum", template="t5", reference="F1", owner_id=1, title="Au forum", created_at=evening.evening.now,
            settings={"sessions": [1], "forum": {"sessions": [1], "messages": messages}},
        )  # fmt: skip
        db.add(row)
        db.flush()
        store.append(db.connection(), row.id, [store.Kept(1, make(forum), store.APP)], evening.evening.now)


def asked_for_other_words(evening: MinutesEvening, link: str) -> None:
    """A reader asks for other words, and has a reserve; a helper enters a sheet."""
    reader = evening.reader(link)
    asked = {"section": "plus", "before": f"« {SAID} »", "after": f"{SAID}, vraiment", "motive": f"{SAID} !"}
    evening.done("/relecture/demande", reader, **asked, wants_annex="1")
    evening.done("/suivi/fiche", **asked, sheet="R001", read_back="1")
    card = evening.evening.house.parts["live"].desk.state(1).contributions[1]
    who = "Samira Zykowska" if card.name_consent else "Quelqu'un"
    evening.done("/relecture/avis", reader, verdict="reserve", reserve=f"{who} dit que {SAID} [C-1].")


def advance(evening: MinutesEvening, state: str) -> None:
    """Bring the document to its next state: the writers have done what was asked of them."""
    if state == "in_review":
        asked_for_other_words(evening, evening.send()[0])
    elif state == "approved":
        rewrite(evening)
        evening.fill()
        with evening.evening.house.database.reading() as db:
            asked = [one.number for one in queries.amendments(db, evening.id) if one.state == "pending"]
        for number in asked:
            evening.done(
                f"/suivi/demandes/{number}", state="refused", answer=f"Non : « {SAID} ».", by_hand="1"
            )
        evening.wait(days=22)
        evening.done("/suivi/approuver")
    elif state == "published":
        evening.done("/noms/remplacer", name="Samira Zykowska", words="une personne")
        evening.done("/suivi/publier")


def rewrite(evening: MinutesEvening) -> None:
    evening.write("plus", "Le vote suit [V-1].\n")


def act(evening: MinutesEvening, command: Command, by: Actor = AUTHOR) -> None:
    evening.evening.act(command, by)
    evening.evening.house.parts["live"].followers.drain()
    evening.minutes.beat()


def visits(evening: MinutesEvening, *wanted: str) -> dict[str, list[str]]:
    """Return where one of some words is found, by the desk, by the public, by a phone that was there."""
    found: dict[str, list[str]] = {}
    for who, client in (
        ("desk", evening.desk),
        ("public", evening.browser()),
        ("phone", evening.phones[1].client),
    ):
        for address, words in walked(evening.evening.app, client).items():
            said = [one for one in wanted if one.lower() in words.lower()]
            if said:
                found[f"{who} {address}"] = said
    opened = evening.room.lacking(b"\0")[1].decode("utf-8", "ignore")
    if any(one in opened for one in wanted):
        found["socket"] = ["room"]
    return found


def outside(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {place: words for place, words in found.items() if not any(f" {one} " in place for one in INSIDE)}


def test_the_walk_knows_every_address_and_finds_what_is_planted(evening: MinutesEvening) -> None:
    endpoints = {endpoint for endpoint, _ in addresses(evening.evening.app)}
    assert {
        "minutes.reading",
        "exports.file_of_draft",
        "forum.one_screen",
        "minutes.remarks_panel",
    } <= endpoints
    advance(evening, "in_review")
    found = visits(evening, *PARTS)
    where = {place.split()[1] for place in found if place != "socket"}
    assert {
        "minutes.reading", "minutes.review_page", "minutes.ask_form", "minutes.version_page", "minutes.compare_versions",
        "exports.file_of_draft", "minutes.follow_up", "minutes.remarks_panel", "forum.one_screen", "minutes.source",
    } <= where  # fmt: skip
    forms = {place.rpartition(".")[2] for place in found if "exports.file_of_draft" in place}
    assert forms >= {"md", "html", "odt", "docx"}
    assert "socket" in found
    assert times_kept(evening.folder, SAID) > 3


@pytest.mark.parametrize("moment", STATES[:3])
def test_a_withdrawn_card_is_nowhere_from_that_moment_on(evening: MinutesEvening, moment: str) -> None:
    for state in STATES:
        if state != "draft":
            advance(evening, state)
        if state == moment:
            visits(evening, *PARTS)  # files are made and kept ready before
            act(evening, WithdrawContribution(1))
        if STATES.index(state) >= STATES.index(moment):
            assert visits(evening, *PARTS) == {}, state
            assert evening.evening.house.database.checkpoint()
            assert times_kept(evening.folder, SAID) == 0, state
            rewrite(evening)


@pytest.mark.parametrize("moment", STATES[:3])
def test_a_card_hidden_for_now_is_shown_to_nobody_and_comes_back(
    evening: MinutesEvening, moment: str
) -> None:
    for state in STATES[: STATES.index(moment) + 1]:
        if state != "draft":
            advance(evening, state)
    evening.write("plus", BODY)
    shown = visits(evening, *PARTS)
    act(evening, HideContribution(1, "attack"), NADIA)
    assert outside(visits(evening, *PARTS)) == {"socket": ["room"]}
    section = evening.room.content().section("plus")
    assert section is not None
    assert section.body == BODY
    act(evening, UnhideContribution(1), NADIA)
    assert set(shown) - set(visits(evening, *PARTS)) == set()


@pytest.mark.parametrize("moment", STATES[:3])
def test_a_name_no_longer_lent_is_nowhere_from_that_moment_on(evening: MinutesEvening, moment: str) -> None:
    act(evening, AllowName(1, True))
    for state in STATES:
        if state != "draft":
            advance(evening, state)
        if state == moment:
            act(evening, AllowName(1, False))
        if STATES.index(state) >= STATES.index(moment):
            assert outside(visits(evening, NAME)) == {}, state
