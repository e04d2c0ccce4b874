"""A vote that takes its options by itself from an earlier activity (domain §3 b): what, when, and what stops it."""

from __future__ import annotations

from typing import Any

import pytest

from atelier.errors import Refusal
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo, NextStep
from atelier.live.rules.agenda_changes import EditActivity, RemoveActivity
from atelier.live.rules.annulment import AnnulVote, HoldAgain
from atelier.live.rules.clusters import CreateCluster, MoveCluster, RenameCluster
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.merging import MergeContributions
from atelier.live.rules.moderation import HideContribution, KeepContribution
from atelier.live.rules.options_taken import OptionsTaken, TakeOptions
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.live.state import Option
from tests.factories import (
    BRUNO,
    Play,
    chantier_sequences,
    make_activity,
    make_play,
    make_sequence,
    make_snapshot,
)
from tests.unit.rules.cards import BOARD, TEXTS, assert_refolds_erased, erased_journal, group, send

VOTE, STRENGTHS, AGREEMENT = "a20", "a21", "a22"
QUESTION = "Ce qui fait la force de l'assemblée, ce qui la fragilise"


def make_evening(cards: int = 0, people: int = 6, **meeting: Any) -> Play:
    """A board, then two votes on its columns and one on the hypotheses; `cards` weaknesses on the board, which is open."""
    votes = (
        make_activity(
            VOTE, "dot_vote", "Que comprendre ?", minutes=5, settings={"options_from": "a3:minus", "dots": 3}
        ),
        make_activity(STRENGTHS, "dot_vote", "Que garder ?", settings={"options_from": "a3:plus"}),
        make_activity(AGREEMENT, "gradients", "Êtes-vous d'accord ?", settings={"options_from": "a5"}),
    )
    sequences = [*chantier_sequences(), make_sequence("s20", "Priorités", 10, *votes)]
    play = make_play(people, snapshot=make_snapshot(sequences, **meeting))
    play.open(BOARD)
    for text, name in zip(TEXTS[:cards], play.keys, strict=False):
        send(play, name, text)
    return play


def texts(play: Play, key: str = VOTE) -> list[str]:
    return [option.text for option in play.activity(key).options]


def test_reaching_the_vote_takes_the_clusters_of_its_column_in_the_desks_order() -> None:
    play = make_evening(cards=3)
    strength = send(play, "Samira", "On y entre sans rendez-vous", column="plus")
    parole, copied = group(play, "Parole", 1), group(play, TEXTS[1], 2)
    group(play, "Sans rendez-vous", strength)
    group(play, "Vide")
    play.act(MoveCluster(copied, 0))
    (event,) = [e for e in play.act(GoTo("s20")) if isinstance(e, OptionsTaken)]
    assert (event.activity, event.source) == (VOTE, BOARD)
    vote = play.activity(VOTE)
    assert vote.options == (Option("o1", TEXTS[1], copied, (2,)), Option("o2", "Parole", parole, ()))
    assert (vote.taken_from, vote.from_clusters, vote.phase) == (BOARD, BOARD, "planned")
    play.act(NextStep())
    assert texts(play, STRENGTHS) == ["Sans rendez-vous"]
    play.assert_refolds()


def test_a_cluster_without_a_column_is_of_the_column_of_most_of_its_cards() -> None:
    play = make_evening(cards=3)
    plus = send(play, "Samira", "On y entre sans rendez-vous", column="plus")
    group(play, "La parole", 1, plus, 2)
    play.act(CreateCluster(BOARD, "Rangé à la main", "plus", (3,)))
    play.act(GoTo("s20"))
    play.act(NextStep())
    assert (texts(play), texts(play, STRENGTHS)) == (["La parole"], ["Rangé à la main"])


def test_where_nothing_is_grouped_the_kept_cards_are_taken_in_order_of_number() -> None:
    play = make_evening(moderation="held")
    numbers = [send(play, name, text) for name, text in zip(play.keys, TEXTS[:4], strict=False)]
    for number in (numbers[2], numbers[0]):
        play.act(KeepContribution(number))
    play.act(GoTo("s20"))
    assert play.activity(VOTE).options == (
        Option("o1", TEXTS[0], None, (numbers[0],)),
        Option("o2", TEXTS[2], None, (numbers[2],)),
    )
    assert play.activity(VOTE).from_clusters is None


def test_a_hypothesis_is_offered_by_its_statement_on_one_line() -> None:
    play = make_evening()
    play.open("a5")
    fields = {
        "statement": "Un lieu ouvert\nchange la parole",
        "evidence": "On entre",
        "useful_to": "",
        "elsewhere": "",
    }
    play.act(SubmitContribution("a5", fields=fields), "Samira")
    play.act(GoTo("s20", AGREEMENT))
    assert texts(play, AGREEMENT) == ["Un lieu ouvert change la parole"]


def test_cards_of_the_same_words_make_one_option_that_remembers_them_all() -> None:
    play = make_evening(cards=1)
    twice = send(play, "Odile", TEXTS[0].upper())
    merged = send(play, "Marcel", "Le bruit de la rue")
    play.act(
        MergeContributions(merged, (send(play, "Thierry", "Le bruit dehors"),), "Le bruit de la rue, dehors")
    )
    play.act(GoTo("s20"))
    assert [(option.text, option.copied_from) for option in play.activity(VOTE).options] == [
        (TEXTS[0], (1, twice)),
        ("Le bruit de la rue, dehors", (merged,)),
    ]


def test_opening_takes_what_exists_then_and_not_what_existed_on_arrival() -> None:
    play = make_evening(cards=3)
    key = group(play, "Parole", 1)
    play.act(GoTo("s20"))
    play.act(RenameCluster(key, "La parole"))
    group(play, "Le temps", 2)
    events = play.act(OpenActivity(VOTE))
    assert [type(event).__name__ for event in events[:2]] == ["OptionsTaken", "ActivityOpened"]
    assert texts(play) == ["La parole", "Le temps"]
    group(play, "Trop tard", 3)
    assert texts(play) == ["La parole", "Le temps"]
    play.assert_refolds()


def test_opening_takes_nothing_again_when_nothing_has_changed() -> None:
    play = make_evening(cards=1)
    group(play, "Parole", 1)
    play.act(GoTo("s20"))
    assert [e for e in play.act(OpenActivity(VOTE)) if isinstance(e, OptionsTaken)] == []


def test_a_vote_with_nothing_to_take_is_reached_and_cannot_open() -> None:
    play = make_evening()
    play.act(GoTo("s20"))
    assert play.state.current == ("s20", VOTE)
    assert play.refused(OpenActivity(VOTE)) == Refusal("nothing_to_take", {"source": QUESTION})
    send(play, "Samira", TEXTS[0])
    play.act(OpenActivity(VOTE))
    assert texts(play) == [TEXTS[0]]


def test_more_than_twelve_things_to_take_are_refused_by_what_they_are() -> None:
    play = make_evening()
    numbers = [send(play, list(play.keys)[n % 6], f"Ce qui manque, numéro {n}") for n in range(13)]
    count = {"count": 13, "limit": 12}
    assert play.refused(OpenActivity(VOTE)) == Refusal("too_many_to_take", {**count, "reason": "cards"})
    for number in numbers:
        group(play, f"Groupe {number}", number)
    assert play.refused(OpenActivity(VOTE)) == Refusal("too_many_to_take", {**count, "reason": "clusters"})


def test_clusters_that_a_ballot_could_not_tell_apart_stop_the_opening() -> None:
    play = make_evening(cards=3)
    one, two = group(play, "Parole", 1), group(play, "PAROLE", 2)
    assert play.refused(OpenActivity(VOTE)) == Refusal("same_title", {"clusters": (one, two)})
    play.act(RenameCluster(two, ""))
    assert play.refused(OpenActivity(VOTE)) == Refusal("untitled_cluster", {"cluster": two})


def test_a_source_taken_out_of_the_agenda_stops_the_opening() -> None:
    play = make_evening()
    play.act(RemoveActivity("a5"))
    play.act(GoTo("s20", AGREEMENT))
    assert play.refused(OpenActivity(AGREEMENT)) == Refusal("source_gone")


def test_options_changed_by_hand_stay_as_they_are_until_they_are_taken_again() -> None:
    play = make_evening(cards=3)
    key = group(play, TEXTS[0], 1)
    group(play, "Le temps", 2)
    play.act(GoTo("s20"))
    vote = play.activity(VOTE)
    edited = [{"text": "Le temps"}, {"text": f"{TEXTS[0]} (relu)"}, {"text": "Aucune"}]
    play.act(EditActivity(VOTE, vote.question, 5, vote.settings, edited))
    assert play.activity(VOTE).options == (
        Option("o1", "Le temps", vote.options[1].cluster, ()),
        Option("o2", f"{TEXTS[0]} (relu)", None, ()),
        Option("o3", "Aucune", None, ()),
    )
    group(play, "Plus tard", 3)
    play.act(OpenActivity(VOTE))
    assert len(texts(play)) == 3
    other = make_evening(cards=1)
    other.act(EditActivity(VOTE, vote.question, 5, vote.settings, [{"text": "Écrite ici"}]))
    group(other, "Parole", 1)
    other.act(TakeOptions(VOTE))
    assert texts(other) == ["Parole"]
    assert key in play.state.clusters


def test_editing_the_question_alone_leaves_the_options_to_follow_the_board() -> None:
    play = make_evening(cards=2)
    group(play, "Parole", 1)
    play.act(GoTo("s20"))
    vote = play.activity(VOTE)
    play.act(EditActivity(VOTE, "Autrement dit ?", 5, vote.settings, [{"text": "Parole"}]))
    assert play.activity(VOTE).options == vote.options
    group(play, "Le temps", 2)
    play.act(OpenActivity(VOTE))
    assert (play.activity(VOTE).question, texts(play)) == ("Autrement dit ?", ["Parole", "Le temps"])


def test_options_kept_as_they_are_when_nothing_can_be_taken_any_more_are_the_desks_own() -> None:
    play = make_evening(cards=2)
    key = group(play, "Parole", 1)
    play.act(GoTo("s20"))
    play.act(RenameCluster(key, ""))
    assert play.refused(OpenActivity(VOTE)) == Refusal("untitled_cluster", {"cluster": key})
    vote = play.activity(VOTE)
    play.act(EditActivity(VOTE, vote.question, 5, vote.settings, [{"text": "Parole"}]))
    play.act(OpenActivity(VOTE))
    assert texts(play) == ["Parole"]


def test_an_option_changed_in_its_place_is_still_erased_with_its_card() -> None:
    play = make_evening(cards=2)
    play.act(GoTo("s20"))
    vote = play.activity(VOTE)
    play.act(
        EditActivity(
            VOTE, vote.question, 5, vote.settings, [{"text": f"{TEXTS[0]}, dit-on"}, {"text": TEXTS[1]}]
        )
    )
    assert [option.copied_from for option in play.activity(VOTE).options] == [(1,), (2,)]
    play.act(WithdrawContribution(1), "Samira")
    assert_refolds_erased(play)
    assert texts(play) == ["", TEXTS[1]]
    assert play.refused(OpenActivity(VOTE)) == Refusal("empty_option")


def test_withdrawing_a_card_erases_its_option_and_no_option_that_took_its_place() -> None:
    play = make_evening(cards=3)
    play.act(GoTo("s20"))
    assert texts(play) == list(TEXTS[:3])
    play.act(HideContribution(1, "other", "à relire"))
    play.act(OpenActivity(VOTE))
    assert texts(play) == list(TEXTS[1:3])
    assert TEXTS[0] in erased_journal(play.history)[1]
    play.act(WithdrawContribution(1), "Samira")
    assert_refolds_erased(play)
    assert texts(play) == list(TEXTS[1:3])
    assert TEXTS[0] not in erased_journal(play.history)[1]


def test_a_card_withdrawn_after_the_taking_is_not_offered_at_the_opening() -> None:
    play = make_evening(cards=2)
    play.act(GoTo("s20"))
    play.act(WithdrawContribution(1), "Samira")
    play.act(OpenActivity(VOTE))
    assert texts(play) == [TEXTS[1]]


def test_a_vote_annulled_is_held_again_with_the_options_that_people_have_read() -> None:
    play = make_evening(cards=2)
    play.act(GoTo("s20"))
    play.act(OpenActivity(VOTE))
    play.act(CloseActivity(VOTE))
    play.act(AnnulVote(VOTE, "La question n'était pas claire"))
    play.act(HoldAgain(VOTE))
    send(play, "Samira", TEXTS[3])
    play.act(OpenActivity(VOTE))
    assert texts(play) == list(TEXTS[:2])
    assert play.refused(TakeOptions(VOTE)) == Refusal("activity_not_planned")


@pytest.mark.parametrize(
    ("key", "refusal"), [("a99", Refusal("unknown_activity")), ("a4", Refusal("no_source"))]
)
def test_take_options_says_what_it_cannot_do(key: str, refusal: Refusal) -> None:
    assert make_evening().refused(TakeOptions(key)) == refusal


def test_take_options_needs_the_agenda_key() -> None:
    play = make_evening(cards=1)
    assert play.refused(TakeOptions(VOTE), BRUNO) == Refusal("agenda_held", {"by": "Nadia"})
