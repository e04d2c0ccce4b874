"""20 h 22 to 20 h 49: cards grouped before the room, merged, reworded, moved; then two dot votes on the groups."""

from __future__ import annotations

from atelier.demonstration.people import AIDE
from atelier.demonstration.replay import Replay, chosen, dots, many
from atelier.demonstration.voting import ABSTAIN, BLANK, Vote, close, hold, open_and_cast
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.card_marks import ReportMisplaced
from atelier.live.rules.clusters import CreateCluster, MoveCluster, RenameCluster, ValidateCluster
from atelier.live.rules.merging import MergeContributions, UnmergeContribution
from atelier.live.rules.moderation import KeepContribution, ProjectContribution
from atelier.live.rules.paper import EnterPaper
from atelier.live.rules.placing import PlaceCard
from atelier.live.rules.reveal import RevealResult
from atelier.live.rules.rewording import RewordContribution
from atelier.live.rules.scene import ProjectScene
from atelier.live.rules.undo_close import UndoClose

# name, side, title, cards
CLUSTERS = (
    ("reach", "plus", "Aller chercher les gens", "f1 f12 f4"),
    ("free", "plus", "Une parole libre, une règle simple", "f6 f7 f13 f3 f8"),
    ("regular", "plus", "Un rendez-vous régulier", "f9 f15 f16"),
    ("seen", "plus", "Des suites que l'on voit", "f11 f10"),
    ("agents", "plus", "Des agents qui écoutent", "f5 f2"),
    ("after", "minus", "Et après, qui décide ?", "m2 m4 m16 m13"),
    ("voices", "minus", "Les mêmes voix", "m5 m6 m14 m7 m10"),
    ("landlord", "minus", "Le bailleur absent", "m1 h1"),
    ("replies", "minus", "Élus et agents sans réponse", "m3 m8 m15"),
    ("worn", "minus", "La fatigue de ceux qui portent", "m11"),
)
MERGED = "On est venu frapper aux portes, dans l'escalier, avec un thermos."
REWORDED = "Souvent les mêmes voix, rarement celles des personnes qui ont le plus de soucis."

RECOGNISED = Vote(
    "20:37",
    "20:40",
    "20:41",
    {
        "E": many((4, chosen("34")), (3, chosen("4")), (2, chosen("13")), (1, chosen("45"))),
        "A": many((7, chosen("45")), (4, chosen("24")), (3, chosen("12")), (3, chosen("14")), (1, chosen("5")), (1, BLANK)),
        "U": many((4, chosen("24")), (3, chosen("12")), (2, chosen("2"))),
        "X": many((1, chosen("5"))),
    },
    turn=4,
)  # fmt: skip
TO_UNDERSTAND = Vote(
    "20:42",
    "20:44",
    "20:46",
    {
        "E": many((4, dots("114")), (2, dots("144")), (2, dots("133")), (1, dots("235")), (1, BLANK)),
        "A": many(
            (5, dots("113")), (4, dots("133")), (4, dots("112")), (3, dots("223")), (2, dots("15")), (1, dots("1"))
        ),
        "U": many((4, dots("112")), (3, dots("122")), (2, dots("125"))),
        "X": many((1, ABSTAIN)),
    },
    turn=5,
    paper={
        "ballots": 6,
        "blank": 1,
        "void": 0,
        "options": {
            "o1": {"dots": 4, "people": 3},
            "o3": {"dots": 7, "people": 4},
            "o5": {"dots": 2, "people": 2},
        },
    },
)  # fmt: skip
COUNTS_MOST = Vote(
    "20:46",
    "20:48",
    "20:49",
    {
        "E": many((4, dots("244")), (3, dots("125")), (2, dots("23")), (1, dots("455"))),
        "A": many((8, dots("122")), (3, dots("112")), (4, dots("124")), (3, dots("234")), (1, BLANK)),
        "U": many((5, dots("113")), (3, dots("112")), (1, dots("14"))),
    },
    turn=6,
)


def play(replay: Replay) -> None:
    """Group, correct, then vote on the groups."""
    board = replay.activity("board").key
    replay.hour("20:22")
    replay.do(GoTo("s5"), after=20)
    replay.do(ProjectScene("wall", board))
    group(replay, board)
    correct(replay)
    replay.hour("20:36")
    replay.do(GoTo("s5", replay.activity("choice", 1).key))
    hold(replay, replay.activity("choice", 1).key, RECOGNISED)
    vote_on_groups(replay)


def group(replay: Replay, board: str) -> None:
    """Make the clusters while the tables read; one merged card keeps its two sources."""
    for name, column, title, cards in CLUSTERS:
        replay.do(CreateCluster(board, title, column, replay.cards(cards)), by=AIDE, name=name, after=50)
    twice = replay.cards("f12 f14")
    replay.do(MergeContributions(twice[0], twice[1:], MERGED), after=30)
    replay.do(MergeContributions(replay.card("m1"), replay.cards("m12")), after=20)
    replay.do(MergeContributions(replay.card("f9"), replay.cards("f15")), after=20)
    replay.do(RewordContribution(replay.card("m5"), REWORDED), after=40)
    replay.do(KeepContribution(replay.card("m9")), after=10)
    replay.do(ProjectContribution(replay.card("f11")), after=20)
    replay.commit()


def correct(replay: Replay) -> None:
    """What the room says: two cards do not say the same thing, one is in the wrong place, a title is too flat."""
    replay.do(UnmergeContribution(replay.card("f9")), after=20)
    replay.do(ReportMisplaced(replay.card("m10")), by="Zohra", after=15)
    replay.do(PlaceCard(replay.card("m10"), replay.cluster("worn")), after=25)
    replay.do(RenameCluster(replay.cluster("worn"), "Les horaires, la fatigue"), after=15)
    replay.do(MoveCluster(replay.cluster("free"), 0), after=5)
    for name, _, _, _ in CLUSTERS:
        replay.do(ValidateCluster(replay.cluster(name)), after=2)
    replay.commit()


def vote_on_groups(replay: Replay) -> None:
    """Three dots for what must be understood, three for what counts most; one close is undone for a late table.

    Each vote takes the groups of its side by itself, in the order of the wall.
    """
    weaknesses, strengths = (replay.activity("dot_vote", place).key for place in (0, 1))
    replay.hour("20:41")
    replay.do(GoTo("s6", weaknesses), after=30)
    open_and_cast(replay, weaknesses, TO_UNDERSTAND)
    close(replay, weaknesses, TO_UNDERSTAND.closes)
    replay.do(UndoClose(weaknesses), after=20)
    close(replay, weaknesses, "20:45")
    replay.do(EnterPaper(weaknesses, TO_UNDERSTAND.paper or {}), by=AIDE, after=30)
    replay.hour(TO_UNDERSTAND.reveals)
    replay.do(RevealResult(weaknesses), after=0)
    replay.do(GoTo("s6", strengths), after=5)
    hold(replay, strengths, COUNTS_MOST)
