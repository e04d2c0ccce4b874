"""Random histories of everything that a desk and its phones do to cards: nothing lost, nothing left behind, same fold."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atelier.errors import Refusal
from atelier.live.rules.card_marks import ReportMisplaced
from atelier.live.rules.clusters import (
    CreateCluster,
    DissolveCluster,
    MoveCluster,
    RenameCluster,
    ValidateCluster,
)
from atelier.live.rules.contributions import EditContribution, SubmitContribution
from atelier.live.rules.grouping_undo import UndoGrouping
from atelier.live.rules.merging import MergeContributions, UnmergeContribution
from atelier.live.rules.moderation import HideContribution, ProjectContribution, UnhideContribution
from atelier.live.rules.placing import MergeClusters, PlaceCard, SplitCluster
from atelier.live.rules.rewording import RewordContribution, UndoRewording
from atelier.live.rules.visibility import on_projector, receipt
from atelier.live.rules.withdrawal import ContributionWithdrawn, WithdrawContribution
from tests.factories import BRUNO, NADIA
from tests.unit.rules.cards import (
    BOARD,
    arrangement,
    assert_nothing_lost,
    assert_refolds_erased,
    erased_journal,
    make_board,
)

NAMES = ("Samira", "Jean-Luc", "Odile")
GROUPING = ("create", "rename", "move", "validate", "dissolve", "place", "split", "join", "merge", "unmerge")
OTHERS = ("edit", "misplaced", "hide", "unhide", "project", "reword", "unreword")

steps = st.lists(
    st.tuples(
        st.sampled_from((*GROUPING, *GROUPING, *OTHERS, "undo", "undo", "withdraw", "send")),
        st.sampled_from((NADIA, BRUNO)),
        st.lists(st.integers(0, 9), min_size=4, max_size=4),
    ),
    max_size=24,
)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def unique(number: int) -> str:
    """A sentence that no other card and no title of the desk holds."""
    return f"phrase {number} dite par quelqu'un"


class Evening:
    """Turns drawn numbers into acts on what is there."""

    def __init__(self) -> None:
        self.play = make_board(3)
        self.withdrawn: list[str] = []
        self.said: dict[int, list[str]] = {}
        for n in range(6):
            self.send(n)

    def send(self, n: int) -> None:
        name = NAMES[n % 3]
        number = len(self.said) + 1
        text = unique(number)
        self.play.act(SubmitContribution(BOARD, text, column="minus"), name)
        self.said[number] = [text]

    def perform(self, act: str, by: Any, drawn: list[int]) -> None:
        a, b, c, d = drawn
        cards = sorted(self.said)
        one, two, three = (cards[n % len(cards)] for n in (a, b, c))
        keys = list(self.play.state.clusters) or ["K0"]
        key, other = keys[a % len(keys)], keys[b % len(keys)]
        titles = (
            "Qui décide",
            self.quoted(two),
            f"{self.quoted(two)} et {self.quoted(three)}"[:60],
            "",
            f"bureau {d}",
        )
        title = titles[d % len(titles)]
        if act == "send":
            return self.send(a)
        if act in {"edit", "misplaced", "withdraw"}:
            return self.author(act, one, d)
        command = {
            "create": CreateCluster(BOARD, title, cards=(one, two)[: c % 3]),
            "rename": RenameCluster(key, title),
            "move": MoveCluster(key, b % 4),
            "validate": ValidateCluster(key, bool(b % 2)),
            "dissolve": DissolveCluster(key),
            "place": PlaceCard(one, None if d == 0 else other, c % 3),
            "split": SplitCluster(key, self.some_of(key, c), title),
            "join": MergeClusters(key, other),
            "merge": MergeContributions(one, (two, three)[: 1 + c % 2], title),
            "unmerge": UnmergeContribution(one),
            "hide": HideContribution(one, "other", "vise une personne"),
            "unhide": UnhideContribution(one),
            "project": ProjectContribution(one, bool(b % 3)),
            "reword": RewordContribution(one, title),
            "unreword": UndoRewording(one),
            "undo": UndoGrouping(),
        }[act]
        self.play.try_act(command, by)

    def some_of(self, key: str, many: int) -> tuple[int, ...]:
        found = self.play.state.clusters.get(key)
        return found.cards[: 1 + many % 3] if found else ()

    def quoted(self, number: int) -> str:
        """A card's words as the desk reads them: after the withdrawal nobody can copy them any more."""
        return unique(number) if self.play.state.contributions[number].status != "withdrawn" else "bureau"

    def author(self, act: str, number: int, d: int) -> None:
        name = NAMES[list(self.play.keys.values()).index(self.play.state.contributions[number].author)]
        if act == "edit":
            text = f"{unique(number)} bis {d}"
            if not isinstance(self.play.try_act(EditContribution(number, text), name), Refusal):
                self.said[number].append(text)
        elif act == "misplaced":
            self.play.try_act(ReportMisplaced(number, bool(d % 2)), name)
        elif not isinstance(self.play.try_act(WithdrawContribution(number), name), Refusal):
            self.withdrawn += self.said[number]


def played(history: list[tuple[str, Any, list[int]]]) -> Evening:
    evening = Evening()
    for act, by, drawn in history:
        evening.perform(act, by, drawn)
        assert_nothing_lost(evening.play.state, evening.said)
    return evening


@given(steps)
@quick
def test_any_history_of_grouping_loses_no_card_and_folds_to_the_same_state(history: Any) -> None:
    evening = played(history)
    assert_refolds_erased(evening.play)
    if not evening.withdrawn:
        evening.play.assert_refolds()


@given(steps)
@quick
def test_any_history_leaves_no_withdrawn_words_in_state_or_journal(history: Any) -> None:
    evening = played(history)
    for number in evening.said:
        evening.author("withdraw", number, 0)
        assert_nothing_lost(evening.play.state, evening.said)
    _, written = erased_journal(evening.play.history)
    unerased = erased_journal(
        [p for p in evening.play.history if not isinstance(p[0], ContributionWithdrawn)]
    )[1]
    assert sorted(evening.withdrawn) == sorted(text for texts in evening.said.values() for text in texts)
    for words in evening.withdrawn:
        assert words in unerased
        assert words not in written
        assert words not in repr(evening.play.state)


@given(steps)
@quick
def test_any_history_shows_only_kept_standing_cards_and_tells_every_author(history: Any) -> None:
    state = played(history).play.state
    for card in state.contributions.values():
        told = receipt(state, card).state
        assert not on_projector(state, card) or (card.status == "kept" and told == "on_screen")
        assert not card.on_screen or card.status in {"kept", "held"}
        assert (told == "hidden") == (card.status == "hidden")
        assert (told == "withdrawn") == (card.status == "withdrawn")


@given(
    steps,
    st.lists(
        st.tuples(st.sampled_from(GROUPING), st.lists(st.integers(0, 9), min_size=4, max_size=4)), max_size=8
    ),
)
@quick
def test_undo_grouping_as_often_as_one_acted_gives_the_arrangement_back(before: Any, acts: Any) -> None:
    evening = played(before)
    play = evening.play
    start = arrangement(play.state)
    depth = len(play.state.undo.get(NADIA.id, ()))
    made = 0
    for act, drawn in acts:
        events = len(play.history)
        evening.perform(act, NADIA, drawn)
        made += any(hasattr(event, "by") and event.by == NADIA.id for event, _ in play.history[events:])
    for _ in range(made):
        play.act(UndoGrouping())
    assert arrangement(play.state) == start
    assert len(play.state.undo.get(NADIA.id, ())) == min(depth, 20 - made)
