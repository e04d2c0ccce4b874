"""Any history of cards beside any text: people's words stay, no word that left does, nothing changes twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from atelier.dialect import pieces
from atelier.minutes.content import Content
from atelier.minutes.reconcile import Memory, accepted, reconcile
from atelier.minutes.said import marks
from tests.unit.minutes.drafted import blocks, body_of, drafted, edited, whole, with_body
from tests.unit.rules.test_card_histories import Evening, quick, steps

WEAK = "weaknesses"
sentences = st.lists(
    st.sampled_from(["", "Une phrase.", "« Les mots de quelqu'un » [C-1].", "### Un titre"]), max_size=4
)


def mixed(content: Content, section: str, texts: list[str]) -> Content:
    """Put sentences of people between the blocks of a section."""
    parts = [piece.text for piece in pieces(body_of(content, section)) if piece.source]
    made = []
    for place, part in enumerate(parts):
        made += [text for text in texts[place : place + 1] if text]
        made.append(part)
    made += [text for text in texts[len(parts) :] if text]
    return with_body(content, section, "\n\n".join(made))


def people_s(content: Content) -> list[str]:
    return [
        line
        for section in content.sections
        for piece in pieces(section.body)
        if not piece.source
        for line in piece.text.split("\n")
        if line.strip()
    ]


@given(steps, steps, sentences, st.booleans(), st.booleans())
@quick
def test_any_history_leaves_people_s_words_and_no_word_that_left(
    before: Any, after: Any, texts: list[str], adding: bool, following: bool
) -> None:
    lived = Evening()
    for act, by, drawn in before:
        lived.perform(act, by, drawn)
    lived.play.close("a3")
    first = drafted(lived.play.state)
    memory = Memory(drafted=marks(first))
    current = mixed(first, WEAK, texts)
    for act, by, drawn in after:
        if act != "send":
            lived.perform(act, by, drawn)
    state = lived.play.state
    fresh = drafted(state)
    found = reconcile(current, fresh, True, memory, drafted(state, running=True), adding, following)
    then = edited(current, found.edits)
    assert people_s(then) == people_s(current)
    standing = whole(fresh)
    for block in blocks(then).values():
        for number, said in lived.said.items():
            for words in said:
                if words in block.text:
                    assert words in standing, (number, words)
    once_more = reconcile(
        then,
        fresh,
        True,
        replace(memory, drafted=found.drafted),
        drafted(state, running=True),
        adding,
        following,
    )
    assert dict(once_more.edits) == {}
    assert once_more.proposals == found.proposals


@given(steps, steps)
@quick
def test_accepting_every_proposal_gives_the_draft(before: Any, after: Any) -> None:
    lived = Evening()
    for act, by, drawn in before:
        lived.perform(act, by, drawn)
    lived.play.close("a3")
    current = drafted(lived.play.state)
    memory = Memory(drafted=marks(current))
    for act, by, drawn in after:
        if act != "send":
            lived.perform(act, by, drawn)
    fresh = drafted(lived.play.state)
    found = reconcile(current, fresh, True, memory)
    then = edited(current, found.edits)
    for proposal in found.proposals:
        then = with_body(then, proposal.section, accepted(body_of(then, proposal.section), proposal))
    assert {place: block.text for place, block in blocks(then).items()} == {
        place: block.text for place, block in blocks(fresh).items()
    }
