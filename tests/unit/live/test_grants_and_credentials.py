"""Who knocks, and whether what was granted still is: links, seats, owners, authors of anonymous cards."""

from __future__ import annotations

import pytest

from atelier.codes import hashed
from atelier.live.credentials import WORD_ACTS, Guest, actor_of
from atelier.live.grants import refusal_of_grant, still_granted
from atelier.live.messages import Command
from atelier.live.rules.card_marks import AllowName, ValidateContribution
from atelier.live.rules.contributions import EditContribution, SubmitContribution
from atelier.live.rules.links import GrantLink, RevokeLink
from atelier.live.rules.people import Join
from atelier.live.rules.scene import BlankScreen
from atelier.live.rules.tables import AskHelp
from atelier.live.rules.voting import CastBallot
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.live.state import Actor
from atelier.people.policy import COMMAND_ACTS, SPEAKING
from atelier.people.tokens import anonymous_id, keep_code
from tests.factories import NADIA, Play, make_activity, make_play, make_sequence, make_snapshot

DEVICE = "the token of a device"


@pytest.fixture
def play() -> Play:
    """A named board and an anonymous question, both open, one card of Samira's in each."""
    activities = (
        make_activity("a1", "contributions", "Ce que nous disons", anonymity="named"),
        make_activity("a2", "contributions", "Ce que nous taisons", anonymity="anonymous"),
        make_activity(
            "a3",
            "consent",
            "Une assemblée par mois",
            anonymity="anonymous",
            settings={"proposal": "Le samedi"},
        ),
    )
    made = make_play(snapshot=make_snapshot([make_sequence("s1", "Soirée", 60, *activities)]))
    made.join("Samira")
    for key in ("a1", "a2", "a3"):
        made.open(key)
    made.act(SubmitContribution("a1", "Parler avant"), "Samira")
    made.act(SubmitContribution("a2", "La peur"), masked(made))
    return made


def guest(play: Play) -> Guest:
    return Guest(play.actor("Samira"), DEVICE)


def masked(play: Play) -> Actor:
    return Actor("phone", anonymous_id(DEVICE, "a2"), "", participant=play.keys["Samira"])


def number_in(play: Play, activity: str) -> int:
    return next(card.number for card in play.state.contributions.values() if card.activity == activity)


@pytest.mark.parametrize("make", [EditContribution, WithdrawContribution, ValidateContribution, AllowName])
def test_acts_on_an_anonymous_card_are_of_nobody_and_on_a_named_one_of_its_author(
    play: Play, make: type
) -> None:
    for activity, expected in (("a1", play.keys["Samira"]), ("a2", anonymous_id(DEVICE, "a2"))):
        more = {"text": "Autre chose"} if make is EditContribution else {}
        actor = actor_of(guest(play), make(number_in(play, activity), **more), play.state)
        assert actor.id == expected


def test_an_anonymous_actor_bears_no_name(play: Play) -> None:
    actor = actor_of(guest(play), SubmitContribution("a2", "La honte"), play.state)
    assert (actor.id, actor.label) == (anonymous_id(DEVICE, "a2"), "")
    assert actor.participant == play.keys["Samira"]


@pytest.mark.parametrize("command", [AskHelp(True), CastBallot("a3", ballot={"answer": "consent"})])
def test_acts_that_are_not_about_words_are_the_participant_s(play: Play, command: Command) -> None:
    assert actor_of(guest(play), command, play.state) == play.actor("Samira")


def test_a_card_or_an_activity_that_does_not_exist_changes_nothing(play: Play) -> None:
    for command in (SubmitContribution("a99", "?"), WithdrawContribution(99)):
        assert actor_of(guest(play), command, play.state) == play.actor("Samira")


def test_somebody_of_the_desk_is_never_masked(play: Play) -> None:
    assert actor_of(Guest(NADIA), WithdrawContribution(number_in(play, "a2")), play.state) == NADIA


def test_every_act_of_words_is_one_that_phones_may_do() -> None:
    assert {act for act in WORD_ACTS if not COMMAND_ACTS[act] >= SPEAKING} == set()


def test_a_device_proves_one_author_per_anonymous_activity() -> None:
    one = Guest(Actor("phone", "p1", participant="p1"), DEVICE)
    assert one.anonymous("a1") != one.anonymous("a2")
    assert one.anonymous("a1") == Guest(Actor("phone", "p9", participant="p9"), DEVICE).anonymous("a1")
    assert DEVICE not in one.anonymous("a1") + one.proof_code
    assert one.proof_code == keep_code(DEVICE)
    assert Guest(NADIA).anonymous("a1") == Guest(NADIA).proof_code == ""


def test_a_link_is_granted_until_it_is_revoked(play: Play) -> None:
    key = play.act(GrantLink("cofacilitator", "Bruno", hashed("x")))[0].link
    bruno = Actor("cofacilitator", key, "Bruno")
    assert refusal_of_grant(play.state, bruno, BlankScreen(True)) is None
    play.act(RevokeLink(key))
    refusal = refusal_of_grant(play.state, bruno, BlankScreen(True))
    assert refusal is not None
    assert refusal.code == "revoked"


@pytest.mark.parametrize(
    ("actor", "granted"),
    [
        (NADIA, True),
        (Actor("clock", "clock"), True),
        (Actor("helper", "l99"), False),
        (Actor("phone", "p1", participant="p1"), True),
        (Actor("phone", "p99", participant="p99"), False),
        (Actor("phone", "anon:a2:x", participant="p1"), True),
        (Actor("phone", "anon:a2:x", participant="p99"), False),
        (Actor("table", "p99", participant="p99"), False),
    ],
)
def test_what_is_granted_is_read_from_state(play: Play, actor: Actor, granted: bool) -> None:
    assert still_granted(play.state, actor) is granted


def test_who_joins_is_nobody_yet_and_who_is_somebody_does_not_join(play: Play) -> None:
    assert refusal_of_grant(play.state, Actor("phone", "join:0123"), Join(name="Odile")) is None
    refusal = refusal_of_grant(play.state, play.actor("Samira"), Join(name="Odile"))
    assert refusal is not None
    assert refusal.code == "not_allowed"


def test_the_role_is_judged_before_anything_else(play: Play) -> None:
    refusal = refusal_of_grant(play.state, Actor("screen", "l99"), BlankScreen(True))
    assert refusal is not None
    assert refusal.code == "not_allowed"
