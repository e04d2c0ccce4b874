"""From draft to published: what may follow what, and what stands in the way, with the place where it is put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise, product

import pytest

from atelier.minutes.calendar import calendar_of
from atelier.minutes.content import Content, Section
from atelier.minutes.divergence import OneSided
from atelier.minutes.workflow import (
    PHASES,
    TRANSITIONS,
    Flagged,
    Obstacle,
    Situation,
    is_public,
    next_phase,
    notices,
    obstacles,
    tacit_approval_due,
    takes_amendments,
    writable,
)

HELD = date(2015, 10, 13)
CALENDAR = calendar_of(HELD)
FULL = Content(
    "Compte rendu",
    (
        Section("description", 1, "Description analytique", "Le cas.", required=True),
        Section("diagnostic", 1, "Diagnostic", "", required=True),
        Section("forces", 2, "Forces", "Elles sont là."),
        Section("hypotheses", 1, "Hypothèses", "Une.", required=True),
    ),
)
HALF = Content(
    FULL.title, (FULL.sections[0], replace(FULL.sections[1]), replace(FULL.sections[3], body=" \n"))
)
WITHDRAWN = Flagged("withdrawn", "forces", "Elles sont là [C-31].", "C-31")


def situation(phase: str, **more: object) -> Situation:
    return Situation(
        **{"phase": phase, "content": FULL, "today": date(2015, 11, 4), "calendar": CALENDAR, **more}
    )  # type: ignore[arg-type]


def codes(act: str, at: Situation) -> list[str]:
    return [one.code for one in obstacles(act, at)]


def test_the_way_goes_from_draft_to_rectified() -> None:
    way = [("draft", "send"), ("in_review", "approve"), ("approved", "publish"), ("published", "publish")]
    phases = [*(next_phase(act, phase) for phase, act in way)]
    assert phases == ["in_review", "approved", "published", "rectified"]
    assert [phase for phase, _ in way] + [phases[-1]] == list(PHASES)


def test_no_act_skips_a_step() -> None:
    order = {phase: place for place, phase in enumerate(PHASES)}
    steps = [(before, after) for ways in TRANSITIONS.values() for before, after in ways.items()]
    assert all(order[after] - order[before] <= 1 for before, after in steps)


@pytest.mark.parametrize(
    ("act", "phase"),
    [
        (act, phase)
        for act, phase in product(TRANSITIONS, PHASES)
        if phase not in TRANSITIONS[act]
    ],
)  # fmt: skip
def test_an_act_out_of_its_phase_is_refused(act: str, phase: str) -> None:
    assert obstacles(act, situation(phase)) == (Obstacle("not_now", "text", {"phase": phase}),)


def test_a_text_is_sent_once_the_seance_is_over_and_something_is_written() -> None:
    assert codes("send", situation("draft")) == []
    empty = Content("Compte rendu", (Section("k1", 1, "Partie", "", required=True),))
    assert codes("send", situation("draft", session_closed=False, content=empty)) == [
        "session_running",
        "nothing_written",
    ]


def test_empty_parts_are_announced_at_the_sending_and_refused_at_the_publication() -> None:
    said = Obstacle("empty_parts", "text:diagnostic", {"parts": ("Diagnostic", "Hypothèses"), "count": 2})
    assert obstacles("send", situation("draft", content=HALF)) == ()
    assert notices("send", situation("draft", content=HALF)) == (said,)
    assert obstacles("publish", situation("approved", content=HALF)) == (said,)
    assert obstacles("publish", situation("approved")) == ()


@pytest.mark.parametrize(
    ("act", "phase"), [("send", "draft"), ("approve", "in_review"), ("publish", "approved")]
)
@pytest.mark.parametrize("kind", ["withdrawn", "hidden"])
def test_a_sentence_that_cites_a_card_taken_back_blocks_each_step(act: str, phase: str, kind: str) -> None:
    found = obstacles(act, situation(phase, flags=[replace(WITHDRAWN, kind=kind)]))
    assert found == (
        Obstacle(f"cites_{kind}", "text:forces", {"ref": "C-31", "sentence": "Elles sont là [C-31]."}),
    )


def test_a_figure_that_is_no_longer_that_of_the_vote_is_said_and_blocks_nothing() -> None:
    at = situation("approved", flags=[replace(WITHDRAWN, kind="vote_gap", ref="V-2")])
    assert obstacles("publish", at) == ()
    assert [one.code for one in notices("publish", at)] == ["vote_gap"]


@pytest.mark.parametrize(
    ("act", "phase"), [("send", "draft"), ("approve", "in_review"), ("publish", "approved")]
)
def test_sentences_that_lost_withdrawn_words_are_told_and_block_nothing(act: str, phase: str) -> None:
    at = situation(phase)
    told = replace(at.content.sections[0], body="Dit : (mots retirés). Et (mots retirés).")
    at = replace(at, content=replace(at.content, sections=(told, *at.content.sections[1:])))
    assert notices(act, at) == (Obstacle("words_gone", f"text:{told.key}", {"count": 2}),)


def test_unanswered_requests_wait_before_approval_and_before_publication() -> None:
    assert codes("approve", situation("in_review", pending=2)) == ["pending_amendments"]
    assert codes("publish", situation("approved", pending=1)) == ["pending_amendments"]


def test_names_and_one_sided_votes_block_the_publication_alone() -> None:
    more = {"open_names": ["Samira"], "one_sided": [OneSided("V-2", ("Fermer",), "forces")]}
    assert codes("send", situation("draft", **more)) == []
    assert [one.code for one in notices("send", situation("draft", **more))] == ["open_names"]
    assert obstacles("publish", situation("approved", **more)) == (
        Obstacle("open_names", "names", {"names": ("Samira",), "count": 1}),
        Obstacle("one_sided", "text:forces", {"ref": "V-2", "options": ("Fermer",)}),
    )


def test_tacit_approval_waits_until_the_announced_day_is_over() -> None:
    on_the_day = situation("in_review", today=CALENDAR.approval)
    assert obstacles("approve", on_the_day) == (
        Obstacle("before_the_day", "calendar", {"day": CALENDAR.approval}),
    )
    assert not tacit_approval_due(on_the_day)
    assert tacit_approval_due(situation("in_review", today=date(2015, 11, 4)))


@pytest.mark.parametrize(
    "more",
    [
        {"pending": 1},
        {"flags": [WITHDRAWN]},
        {"approval": "consent"},
        {"phase": "draft"},
        {"phase": "approved"},
    ],
)
def test_silence_approves_nothing_while_something_waits(more: dict[str, object]) -> None:
    assert not tacit_approval_due(situation(**{"phase": "in_review", **more}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("vote", "found"),
    [
        ("none", ["vote_none"]),
        ("waiting", ["vote_waiting"]),
        ("rejected", ["vote_rejected"]),
        ("adopted", []),
    ],
)
def test_approval_by_consent_follows_the_vote_whatever_the_day(vote: str, found: list[str]) -> None:
    assert codes("approve", situation("in_review", approval="consent", vote=vote, today=HELD)) == found


def test_a_published_text_changes_only_in_a_correction() -> None:
    assert codes("publish", situation("published")) == ["nothing_to_correct"]
    assert codes("publish", situation("published", correcting=True)) == []
    assert codes("correct", situation("published", correcting=True)) == ["already_correcting"]


def test_writers_write_until_approval_then_in_corrections() -> None:
    assert [writable(phase, False) for phase in PHASES] == [True, True, False, False, False]
    assert all(writable(phase, True) for phase in PHASES)


def test_nothing_is_public_before_publication() -> None:
    assert [is_public(phase) for phase in PHASES] == [False, False, False, True, True]


def test_requests_are_taken_to_the_end_of_the_announced_day_of_the_review() -> None:
    days = [date(2015, 10, 20), CALENDAR.amendments, date(2015, 11, 3)]
    assert [takes_amendments("in_review", CALENDAR, day) for day in days] == [True, True, False]
    assert not takes_amendments("draft", CALENDAR, days[0])
    assert not takes_amendments("approved", CALENDAR, days[0])


def test_changes_since_the_sending_are_said_before_approval() -> None:
    at = situation("in_review", changed_since_sent=3)
    assert obstacles("approve", at) == ()
    assert notices("approve", at) == (Obstacle("changed_since_sent", "comparison", {"count": 3}),)


def test_phases_are_in_the_order_of_the_way() -> None:
    assert all(next_phase(act, one) == other for (one, other), act in zip(
        pairwise(PHASES), ("send", "approve", "publish", "publish"), strict=True
    ))  # fmt: skip
