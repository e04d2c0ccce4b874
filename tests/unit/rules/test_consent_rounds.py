from __future__ import annotations

from atelier.errors import Refusal
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.annulment import AnnulVote, HoldAgain
from atelier.live.rules.consent_rounds import NextRound
from atelier.live.rules.voting import CastBallot
from tests.unit.rules.polling import Station, make_station

FIRST = "Une assemblée par mois, le samedi matin"
SECOND = "Une assemblée par mois, le jour choisi par les présents"
NOT_SATURDAY = "Le samedi, les commerçants ne peuvent pas venir"
SHORT = "Pas plus de deux heures"


def circle(**more: object) -> Station:
    """Four people asked for their consent: two consent, one with a reservation, one objects."""
    station = make_station(5, "consent", options=(), settings={"proposal": FIRST}, **more)  # type: ignore[arg-type]
    station.vote("Samira", {"answer": "objection"}, text=NOT_SATURDAY)
    station.vote("Jean-Luc", {"answer": "reservation"}, text=SHORT)
    station.vote("Odile", {"answer": "consent"})
    station.vote("Thierry", {"answer": "consent"})
    return station


def texts(station: Station) -> list[tuple[str, str, str | None]]:
    names = {key: name for name, key in station.play.keys.items()}
    cards = station.play.state.contributions.values()
    return [(card.kind, card.raw, names.get(card.author or "")) for card in cards]


def test_words_of_a_consent_are_nowhere_before_the_reveal() -> None:
    station = circle()
    station.play.close("a1")
    assert NOT_SATURDAY in repr(station.box)
    assert NOT_SATURDAY not in repr(station.play.state)


def test_reveal_consent_with_an_objection_is_not_adopted_and_shows_who_did_not_answer() -> None:
    result = circle().close_and_reveal()
    assert (result["adopted"], result["not_voting"], result["options"][0]["label"]) == (False, 1, None)
    assert result["answers"] == {"consent": 2, "reservation": 1, "objection": 1, "withdraw": 0}


def test_reveal_consent_makes_cards_of_its_words_signed_by_their_authors() -> None:
    station = circle()
    result = station.close_and_reveal()
    assert texts(station) == [("objection", NOT_SATURDAY, "Samira"), ("reservation", SHORT, "Jean-Luc")]
    cards = {card.kind: card for card in station.play.state.contributions.values()}
    assert result["texts"] == {"objection": (1,), "reservation": (2,)}
    assert (cards["objection"].activity, cards["objection"].option, cards["objection"].college) == (
        "a1",
        "",
        "E",
    )
    station.play.assert_refolds()


def test_reveal_consent_where_nobody_objects_is_adopted_with_its_reservations() -> None:
    station = circle()
    station.vote("Samira", {"answer": "withdraw"}, text="Je suis partie prenante")
    result = station.close_and_reveal()
    assert result["adopted"] is True
    assert [kind for kind, _, _ in texts(station)] == ["reservation", "withdrawal"]


def test_reveal_consent_of_an_anonymous_circle_signs_nothing() -> None:
    station = make_station(3, "consent", options=(), settings={"proposal": FIRST}, anonymity="anonymous")
    mask = station.play.masked("Samira", "a1")
    station.vote(mask, {"answer": "objection"}, text=NOT_SATURDAY)
    station.close_and_reveal()
    (card,) = station.play.state.contributions.values()
    assert (card.author, card.college, card.table, card.at) == (mask.id, "", None, None)
    station.play.assert_refolds()


def test_next_round_keeps_the_first_and_asks_the_amended_proposal() -> None:
    station = circle()
    first = station.close_and_reveal()
    station.act(NextRound("a1", f" {SECOND} "))
    asked = station.play.activity("a1")
    assert (asked.phase, asked.round, asked.settings["proposal"], asked.turnout) == ("planned", 2, SECOND, {})
    (kept,) = asked.rounds
    assert (kept["round"], kept["annulled"], kept["proposal"], kept["result"]) == (1, False, FIRST, first)
    station.act(OpenActivity("a1"))
    for name in ("Samira", "Jean-Luc", "Odile", "Thierry", "Fatoumata"):
        station.vote(name, {"answer": "consent"})
    result = station.close_and_reveal()
    assert [(told["round"], told["adopted"]) for told in result["rounds"]] == [(1, False), (2, True)]
    assert (result["adopted"], result["texts"]) == (True, {})
    assert [kind for kind, _, _ in texts(station)] == ["objection", "reservation"]
    station.play.assert_refolds()


def test_next_round_leaves_annulled_rounds_out_of_the_decision() -> None:
    station = circle()
    station.close_and_reveal()
    station.act(AnnulVote("a1", "Deux personnes n'avaient pas entendu la proposition"))
    station.act(HoldAgain("a1"))
    station.act(OpenActivity("a1"))
    station.vote("Odile", {"answer": "consent"})
    result = station.close_and_reveal()
    assert [told["round"] for told in result["rounds"]] == [2]


def test_an_answer_to_the_first_proposal_does_not_count_for_the_second() -> None:
    station = circle()
    station.play.wait(60)
    station.close_and_reveal()
    closed_at = station.play.now
    station.act(NextRound("a1", SECOND))
    station.act(OpenActivity("a1"))
    asleep = CastBallot("a1", ballot={"answer": "consent"}, round=1)
    assert station.refused(asleep, "Fatoumata") == Refusal("activity_closed", {"at": closed_at})


def test_next_round_before_the_reveal_or_of_another_vote_is_refused() -> None:
    station = circle()
    assert station.refused(NextRound("a1", SECOND)) == Refusal("not_revealed")
    assert station.refused(NextRound("a2", SECOND)) == Refusal("not_a_consent")
    assert station.refused(NextRound("a9", SECOND)) == Refusal("unknown_activity")


def test_next_round_without_a_proposal_or_of_an_adopted_one_is_refused() -> None:
    station = circle()
    station.close_and_reveal()
    assert station.refused(NextRound("a1", "  ")) == Refusal("proposal_required")
    station.act(NextRound("a1", SECOND))
    station.act(OpenActivity("a1"))
    station.vote("Odile", {"answer": "consent"})
    station.close_and_reveal()
    assert station.refused(NextRound("a1", FIRST)) == Refusal("already_adopted")
