"""The shared text: what it says, and what an edit of the app leaves to those who type beside it."""

from __future__ import annotations

import pytest
from pycrdt import Doc, Map, Text

from atelier.minutes.content import Content, Section
from atelier.minutes.document import Gap, SharedText, loaded, make
from atelier.minutes.updates import Unreadable
from tests.documents.ground import CONTENT


def pair() -> tuple[SharedText, SharedText]:
    base = make(CONTENT)
    return loaded([base]), loaded([base])


def test_a_document_says_what_it_was_made_of() -> None:
    assert loaded([make(CONTENT)]).content() == CONTENT


def test_an_edit_leaves_what_another_types_at_the_same_moment() -> None:
    app, page = pair()
    typing = page.editing(lambda text: text.splice("case", 3, 3, "(vraiment) "))
    rewriting = app.editing(lambda text: text.edit("case", "Né en 2011 d’un café-couture."))
    app.apply(typing)
    page.apply(rewriting)
    assert app.markdown("case") == page.markdown("case") == "Né (vraiment) en 2011 d’un café-couture."


def test_an_edit_that_changes_nothing_is_no_update() -> None:
    app, _ = pair()
    assert app.editing(lambda text: text.edit("case", CONTENT.sections[0].body)) == b""
    assert app.editing(lambda text: text.replace(CONTENT)) == b""


def test_a_section_moves_without_losing_what_is_typed_in_it() -> None:
    mover, page = pair()
    moving = mover.editing(lambda text: text.reorder("strengths", None))
    typing = page.editing(lambda text: text.splice("strengths", 2, 6, "Âme"))
    mover.apply(typing)
    page.apply(moving)
    assert mover.content() == page.content()
    assert [section.key for section in page.content().sections] == ["strengths", "case", "cards"]
    assert page.markdown("strengths") == "« Âme » du quartier 😀"


def test_two_people_who_move_sections_agree_in_the_end() -> None:
    odile, marcel = pair()
    one = odile.editing(lambda text: text.reorder("case", "strengths"))
    two = marcel.editing(lambda text: text.reorder("strengths", None))
    odile.apply(two)
    marcel.apply(one)
    assert odile.content() == marcel.content()
    assert {section.key for section in odile.content().sections} == {"case", "strengths", "cards"}


def test_annexes_stay_last_wherever_they_are_put() -> None:
    text, _ = pair()
    text.editing(lambda one: one.reorder("cards", None))
    assert [section.key for section in text.content().sections] == ["case", "strengths", "cards"]


def test_sections_of_one_order_are_spread_when_one_must_go_between() -> None:
    text, _ = pair()
    text.editing(lambda one: [one._sections[key].__setitem__("order", "V") for key in ("case", "strengths")])
    text.editing(lambda one: one.add(Section("new", 2, "Entre", "deux"), "case"))
    assert [section.key for section in text.content().sections] == ["case", "new", "strengths", "cards"]


def test_a_restored_version_keeps_what_is_common() -> None:
    text, page = pair()
    text.editing(lambda one: (one.edit("case", "Autre chose."), one.remove("strengths"), one.rename("Autre")))
    text.editing(lambda one: one.add(Section("added", 2, "En plus"), "case"))
    page.apply(text.diff(page.vector()))
    restoring = text.editing(lambda one: one.replace(CONTENT))
    assert text.content() == CONTENT
    page.apply(restoring)
    assert page.content() == CONTENT


def test_adding_a_section_that_exists_gives_it_these_words() -> None:
    text, _ = pair()
    text.editing(lambda one: one.add(Section("case", 1, "Autre titre", "Né hier."), None))
    section = text.content().section("case")
    assert section is not None
    assert (section.heading, section.body) == ("Description analytique", "Né hier.")


@pytest.mark.parametrize("act", ["edit", "splice", "describe", "reorder"])
def test_an_edit_of_a_section_that_is_gone_is_said(act: str) -> None:
    text, _ = pair()
    arguments = {"edit": ("x",), "splice": (0, 0, "x"), "describe": (), "reorder": (None,)}[act]
    with pytest.raises(KeyError):
        text.editing(lambda one: getattr(one, act)("gone", *arguments))


def test_entries_that_are_none_of_ours_are_left_out() -> None:
    stranger: Doc = Doc()
    stranger["sections"] = sections = Map()
    stranger["meta"] = Map({"title": 3.5})
    sections["text"] = "no section"
    sections["bare"] = Map({"level": 1})
    sections["odd"] = Map({"body": Text("mots\0"), "level": "deux", "order": 4.0, "heading": True})
    text = loaded([make(Content(""))])
    text.apply(stranger.get_update())
    assert text.content() == Content("", (Section("odd", 2, "", "mots"),))
    text.editing(lambda one: one.reorder("odd", None))


def test_an_update_whose_predecessor_is_missing_changes_nothing() -> None:
    page, server = pair()
    page.editing(lambda text: text.splice("case", 0, 0, "perdu "))
    late = page.editing(lambda text: text.splice("case", 0, 0, "tard "))
    before = server.snapshot()
    with pytest.raises(Gap):
        server.apply(late)
    assert server.snapshot() == before
    applied = server.apply(page.diff(server.vector()))
    assert applied.clients == (page.client,)
    assert server.markdown("case").startswith("tard perdu Né")


def test_an_update_taken_twice_is_new_once() -> None:
    page, server = pair()
    update = page.editing(lambda text: text.splice("case", 0, 2, "Issu"))
    assert server.apply(update).fresh
    assert server.apply(update).fresh == b""


def test_a_snapshot_holds_no_deleted_word() -> None:
    text, _ = pair()
    text.editing(lambda one: one.splice("case", 0, 0, "Mme Dupont-Secret "))
    assert b"Dupont-Secret" in text.snapshot()
    text.editing(lambda one: one.splice("case", 0, 18))
    assert b"Dupont-Secret" not in text.snapshot()
    assert loaded([text.snapshot()]).equals(text)


def test_what_is_no_state_vector_is_unreadable() -> None:
    text, _ = pair()
    with pytest.raises(Unreadable):
        text.diff(b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")
