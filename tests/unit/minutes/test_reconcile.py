"""A draft made again beside what people wrote: theirs is never overwritten, withdrawn words never stay in what is the app's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from atelier.live.rules.closing import ReopenSession
from atelier.live.rules.clusters import DissolveCluster, RenameCluster
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.moderation import HideContribution
from atelier.live.rules.placing import PlaceCard
from atelier.live.rules.undo_close import UndoClose
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.minutes.blocks import blocks_of, detach
from atelier.minutes.content import Content
from atelier.minutes.reconcile import Memory, accepted, from_settings, reconcile, to_settings
from atelier.minutes.said import marks
from tests.factories import Play
from tests.unit.minutes.drafted import (
    blocks,
    body_of,
    closed,
    drafted,
    edited,
    evening,
    whole,
    with_body,
    written_evening,
)

WEAK = "weaknesses"


def drafted_once() -> tuple[Play, Content, Memory]:
    """A closed evening, its document as the app wrote it, and what the app remembers."""
    play = written_evening()
    first = drafted(closed(play))
    return play, first, Memory(drafted=marks(first))


def again(play: Play, current: Content, memory: Memory, **more: Any) -> Any:
    return reconcile(current, drafted(play.state), True, memory, drafted(play.state, running=True), **more)


def test_while_nobody_has_written_the_document_is_the_draft() -> None:
    play = written_evening()
    play.close("a3")
    current = drafted(play.state)
    fresh = drafted(closed(play))
    found = reconcile(current, fresh, False)
    assert edited(current, found.edits) == fresh
    assert (found.proposals, found.erased, found.drafted) == ((), False, marks(fresh))


def test_a_document_that_says_what_the_draft_says_is_left_alone() -> None:
    play, current, memory = drafted_once()
    found = again(play, current, memory)
    assert (dict(found.edits), found.proposals, found.erased) == ({}, (), False)


def test_what_closes_later_is_added_at_the_end_of_its_section() -> None:
    play = written_evening()
    play.close("a3")
    first = drafted(play.state)
    current = with_body(first, "hypotheses", "Une phrase écrite avant.")
    found = again(play, current, Memory(drafted=marks(first)))
    assert dict(found.edits) == {}
    play.close("a4")
    found = again(play, current, Memory(drafted=marks(first)))
    body = found.edits["hypotheses"]
    assert body.startswith("Une phrase écrite avant.\n\n::: auto a4-question")
    assert "[H-6]" in body
    assert ("hypotheses", "H-6") in found.drafted


def test_a_block_made_one_s_own_or_taken_out_does_not_come_back() -> None:
    play, current, memory = drafted_once()
    theirs = with_body(current, WEAK, detach(body_of(current, WEAK), "K1"))
    assert dict(again(play, theirs, memory).edits) == {}
    gone = with_body(current, "strengths", "Rien de plus à dire.")
    found = again(play, gone, memory)
    assert (dict(found.edits), found.proposals) == ({}, ())


def test_other_differences_are_proposed_and_nothing_is_overwritten() -> None:
    play, current, memory = drafted_once()
    play.act(ReopenSession("Une carte oubliée"))
    play.act(UndoClose("a3"))
    play.act(SubmitContribution("a3", "Le bailleur ne vient pas", column="minus"), "Thierry")
    play.act(PlaceCard(7, "K1"))
    assert again(play, current, memory).proposals == ()  # open again: nothing has left, nothing is settled
    state = closed(play)
    found = again(play, current, memory)
    assert dict(found.edits) == {}
    proposal = next(one for one in found.proposals if one.source == "K1")
    assert "bailleur" not in proposal.before
    assert "« Le bailleur ne vient pas » [C-7]" in proposal.after.replace("\u00a0", " ")
    taken = with_body(current, WEAK, accepted(body_of(current, WEAK), proposal) or "")
    assert blocks(taken)[WEAK, "K1"].text == blocks(drafted(state))[WEAK, "K1"].text
    assert "K1" not in {one.source for one in again(play, taken, memory).proposals}


def test_a_proposal_that_was_not_wanted_is_not_made_again_until_something_changes() -> None:
    play, current, memory = drafted_once()
    play.act(ReopenSession("Une carte oubliée"))
    play.act(UndoClose("a3"))
    play.act(SubmitContribution("a3", "Le bailleur ne vient pas", column="plus"), "Thierry")
    closed(play)
    found = again(play, current, memory)
    proposal = next(one for one in found.proposals if one.source == "a3" and one.section == "strengths")
    kept = {(proposal.section, proposal.source): proposal.key.rpartition(":")[2]}
    found = again(play, current, replace(memory, kept=kept))
    assert proposal not in found.proposals
    play.act(ReopenSession("Encore une"))
    play.act(UndoClose("a3"))
    play.act(SubmitContribution("a3", "On rit aussi", column="plus"), "Thierry")
    closed(play)
    found = again(play, current, replace(memory, kept=kept))
    assert "On rit aussi" in next(one for one in found.proposals if one.source == "a3").after


def test_a_block_that_somebody_edited_is_theirs_and_a_new_result_is_proposed_beside_it() -> None:
    play, current, memory = drafted_once()
    body = body_of(current, WEAK).replace("### Et après", "### Et maintenant")
    theirs = with_body(current, WEAK, body)
    assert again(play, theirs, memory).proposals == ()
    play.act(RenameCluster("K1", "Et demain ?"))
    found = again(play, theirs, memory)
    assert dict(found.edits) == {}
    assert [one.source for one in found.proposals] == ["K1"]


def test_withdrawn_and_hidden_words_leave_the_app_s_blocks_at_once() -> None:
    for act, by in ((WithdrawContribution(4), "Jean-Luc"), (HideContribution(4, "attack"), "desk")):
        play, current, memory = drafted_once()
        written = with_body(current, WEAK, f"Écrit avant.\n\n{body_of(current, WEAK)}\n\nÉcrit après.")
        assert "Les mêmes parlent" in whole(written)
        play.act(act, by)
        found = again(play, written, memory, adding=False)
        assert found.erased
        after = edited(written, found.edits)
        assert "Les mêmes parlent" not in whole(after)
        assert "On ne sait pas qui décide" in whole(after)
        assert body_of(after, WEAK).startswith("Écrit avant.")
        assert body_of(after, WEAK).endswith("Écrit après.")


def test_a_title_that_repeated_a_withdrawn_card_goes_too() -> None:
    play = written_evening()
    play.act(RenameCluster("K1", "Les mêmes parlent"))
    play.act(PlaceCard(4, None))
    current = drafted(closed(play))
    memory = Memory(drafted=marks(current))
    assert whole(current).count("Les mêmes parlent") == 2
    play.act(WithdrawContribution(4), "Jean-Luc")
    found = again(play, current, memory)
    assert "Les mêmes parlent" not in whole(edited(current, found.edits))


def test_cards_of_a_block_that_had_to_go_stand_where_they_are_now() -> None:
    """Its title stands nowhere any more: the block of a dissolved cluster goes at once, its cards do not."""
    for adding in (True, False):
        play, current, memory = drafted_once()
        play.act(DissolveCluster("K1"))
        found = again(play, current, memory, adding=adding)
        after = edited(current, found.edits)
        assert (WEAK, "K1") not in blocks(after)
        assert whole(after).count("On ne sait pas qui décide") == 1
        assert "[C-5]" in blocks(after)[WEAK, "a3"].text


def test_a_block_moved_to_another_section_is_still_that_block() -> None:
    play, current, memory = drafted_once()
    block = next(one for one in blocks_of(body_of(current, WEAK)) if one.source == "K1")
    body = body_of(current, WEAK)
    moved = with_body(current, WEAK, (body[: block.start] + body[block.end :]).strip("\n"))
    moved = with_body(moved, "debate", body[block.start : block.end])
    assert again(play, moved, memory).proposals == ()
    play.act(WithdrawContribution(4), "Jean-Luc")
    found = again(play, moved, memory)
    assert "Les mêmes parlent" not in whole(edited(moved, found.edits))
    assert "[C-5]" in found.edits["debate"]


def test_until_the_first_close_intact_blocks_follow_the_séance() -> None:
    play = written_evening()
    play.close("a3")
    first = drafted(play.state)
    current = with_body(first, WEAK, body_of(first, WEAK) + "\n\nUne phrase.")
    play.act(RenameCluster("K1", "Et demain ?"))
    found = again(play, current, Memory(drafted=marks(first)), following=True)
    assert found.proposals == ()
    assert "### Et demain ?" in found.edits[WEAK]
    assert found.edits[WEAK].endswith("Une phrase.")


def test_what_the_app_remembers_is_kept_as_marks_without_words() -> None:
    _, _, memory = drafted_once()
    kept = to_settings(replace(memory, kept={("a", "b"): "01234567"}))
    assert from_settings(kept) == replace(memory, kept={("a", "b"): "01234567"})
    assert "parlent" not in str(kept)
    assert from_settings({}) == Memory()


def test_an_evening_without_words_has_nothing_to_reconcile() -> None:
    state = closed(evening())
    assert reconcile(drafted(state), drafted(state), True).proposals == ()
