"""Cards, by their authors: written and edited. The raw text never changes (R-205, R-256, D-14, D-17).

Refusals: those of `access_to_activity` and `card_fit`; too_many_cards {limit}, not_your_card, already_withdrawn,
unknown_college, not_a_table_phone, earlier_session (a card of the continued séance may be grouped, not edited: R-077).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver, filled, words
from atelier.live.rules.access_to_activity import STAFF, activity_open_to
from atelier.live.rules.card_fit import contribution_kind, kept_fields, main_text, misfit
from atelier.live.rules.numbering import contribution_number, with_number_taken
from atelier.live.state import (
    Activity,
    Actor,
    Contribution,
    LiveState,
    present_people,
    with_contribution,
    with_item,
)

HELD_ABOVE = 15  # people (D-17)


@dataclass(frozen=True, slots=True)
class SubmitContribution:
    """Send one card. `fields` for hypotheses and commitments, `column` for boards, `option` for a reservation.

    `carried`: from a table phone, the college that holds this idea (domain §3 b).
    """

    activity: str
    text: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    column: str = ""
    option: str = ""
    carried: str = ""
    validated: bool = False
    name_consent: bool = False
    draw: int = filled(0)


@dataclass(frozen=True, slots=True)
class EditContribution:
    """Change one's own words until the close. Reformulating a hidden card sends it back to the desk."""

    number: int
    text: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContributionSubmitted:
    number: int
    activity: str
    author: str | None
    text: str = words("C:{number}")
    fields: Mapping[str, str] = words("C:{number}", default_factory=dict)
    column: str = ""
    kind: str = "idea"
    option: str = ""
    college: str = ""
    table: int | None = None
    channel: str = "phone"
    sheet: str = ""
    entered_by: str = ""
    held: bool = True
    validated: bool = False
    name_consent: bool = False
    origin: str = ""
    carried: str = ""


@dataclass(frozen=True, slots=True)
class ContributionEdited:
    """`held`: the new words wait for the desk."""

    number: int
    text: str = words("C:{number}")
    fields: Mapping[str, str] = words("C:{number}", default_factory=dict)
    held: bool = False


def decide_submit_contribution(
    command: SubmitContribution, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    activity = activity_open_to(state, command.activity, actor, now)
    if isinstance(activity, Refusal):
        return activity
    refusal = misfit(activity, command.text, command.fields, command.column, command.option)
    refusal = refusal or over_limit(state, activity, actor)
    if refusal:
        return refusal
    anonymous = activity.anonymity == "anonymous"
    person = None if anonymous else state.people.get(actor.id)
    refusal = miscarried(state, command.carried, actor)
    if refusal:
        return refusal
    return (
        ContributionSubmitted(
            number=contribution_number(state, activity.key, anonymous, command.draw),
            activity=activity.key,
            author=actor.id,
            text=main_text(activity, command.text, command.fields),
            fields=kept_fields(activity, command.fields, command.name_consent),
            column=command.column,
            kind=contribution_kind(activity, command.column),
            option=command.option,
            college=person.college if person else "",
            table=person.table if person else None,
            channel="shared" if person and person.shared else "phone",
            held=starts_held(state, activity),
            validated=command.validated,
            name_consent=command.name_consent and not anonymous,
            carried="" if anonymous else command.carried,
        ),
    )


def miscarried(state: LiveState, college: str, actor: Actor) -> Refusal | None:
    """Refuse that a card says which college holds it, unless it comes from a table phone and the séance has that college."""
    if not college:
        return None
    if college not in [known.key for known in state.meeting.colleges]:
        return Refusal("unknown_college")
    person = state.people.get(actor.person)
    return None if person and person.shared else Refusal("not_a_table_phone")


def over_limit(state: LiveState, activity: Activity, actor: Actor) -> Refusal | None:
    """Refuse a card beyond the number of cards a person may send. Merged cards count, withdrawn ones do not."""
    limit = activity.settings.get("max_per_person") or 0
    if not limit:
        return None
    sent = sum(
        1
        for card in state.contributions.values()
        if card.author == actor.id and card.activity == activity.key and card.status != "withdrawn"
    )
    return Refusal("too_many_cards", {"limit": limit}) if sent >= limit else None


def starts_held(state: LiveState, activity: Activity) -> bool:
    """Say whether new words wait for the desk: by setting, else above 15 people or with an open code (D-17).

    « Afficher en direct » is the desk's own act, with its warning: nothing waits while it is on.
    """
    if activity.live_display:
        return False
    setting = activity.moderation or state.meeting.moderation
    if setting:
        return setting == "held"
    return state.meeting.open_code or present_people(state) > HELD_ABOVE


def evolve_contribution_submitted(
    state: LiveState, event: ContributionSubmitted, at: datetime | None
) -> LiveState:
    activity = state.activities[event.activity]
    anonymous = activity.anonymity == "anonymous"
    on_screen = activity.live_display and not event.held
    card = Contribution(
        number=event.number,
        activity=event.activity,
        author=event.author,
        raw=event.text,
        text=event.text,
        fields=event.fields,
        column=event.column,
        kind=event.kind,
        option=event.option,
        college=event.college,
        table=event.table,
        channel=event.channel,
        sheet=event.sheet,
        entered_by=event.entered_by,
        at=None if anonymous else at,
        status="held" if event.held else "kept",
        on_screen=on_screen,
        was_on_screen=on_screen,
        validated=event.validated,
        name_consent=event.name_consent,
        origin=event.origin,
        carried=event.carried,
    )
    state = with_number_taken(state, event.activity, event.number, anonymous)
    return replace(state, contributions=with_item(state.contributions, event.number, card))


def own_card(state: LiveState, number: int, actor: Actor) -> Contribution | Refusal:
    """Return the card if it is the actor's and not withdrawn.

    A card entered for someone has no author: staff acts for that person, who has the same rights (R-240, R-256).
    """
    card = state.contributions.get(number)
    if card is None or not (card.author == actor.id or _entered_for_someone(card, actor)):
        return Refusal("not_your_card")
    if card.status == "withdrawn":
        return Refusal("already_withdrawn")
    return card


def _entered_for_someone(card: Contribution, actor: Actor) -> bool:
    return card.author is None and card.entered_by != "" and actor.role in STAFF


def decide_edit_contribution(
    command: EditContribution, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    found = state.contributions.get(command.number)
    if found is not None and found.origin:
        return Refusal("earlier_session")
    card = own_card(state, command.number, actor)
    if isinstance(card, Refusal):
        return card
    activity = activity_open_to(state, card.activity, actor, now)
    if isinstance(activity, Refusal):
        return activity
    limited = card.author is not None
    refusal = misfit(activity, command.text, command.fields, card.column, limited=limited)
    if refusal:
        return refusal
    text = main_text(activity, command.text, command.fields)
    fields = kept_fields(activity, command.fields, card.name_consent)
    if text == card.text and fields == dict(card.fields):
        return ()
    return (ContributionEdited(card.number, text, fields, held=_held_again(state, activity, card)),)


def _held_again(state: LiveState, activity: Activity, card: Contribution) -> bool:
    """New words are judged anew, unless the desk's own wording is what is displayed."""
    if card.status != "kept":
        return True
    return card.merged is None and starts_held(state, activity)


def evolve_contribution_edited(state: LiveState, event: ContributionEdited, at: datetime | None) -> LiveState:
    """A text that changes leaves the projector: only an act of the desk puts free text there (D-17)."""
    card = state.contributions[event.number]
    stays = card.on_screen if card.merged is not None else state.activities[card.activity].live_display
    on_screen = stays and not event.held
    return with_contribution(
        state,
        event.number,
        text=event.text,
        fields=event.fields,
        reworded=None,
        reworded_by="",
        reworded_key="",
        edits=card.edits + 1,
        status="held" if event.held else "kept",
        motive="",
        motive_note="",
        hidden_by="",
        status_before="",
        on_screen=on_screen,
        was_on_screen=card.was_on_screen or on_screen,
    )


DECIDERS: Mapping[type, Decider] = {
    SubmitContribution: decide_submit_contribution,
    EditContribution: decide_edit_contribution,
}
EVOLVERS: Mapping[type, Evolver] = {
    ContributionSubmitted: evolve_contribution_submitted,
    ContributionEdited: evolve_contribution_edited,
}
