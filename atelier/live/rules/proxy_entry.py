"""« Saisir pour quelqu'un »: words from paper, a voice, a text message or an earlier form (R-240, R-241).

They enter the same moderation as the others and count as much. A sheet is entered once per activity.

Refusals: unknown_activity, activity_not_open, session_closed {at}, unknown_channel, unknown_college, unknown_table,
sheet_already_entered {number, at, sheet}, and those of `card_fit` except too_long: the person's words are not cut.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from atelier.errors import Refusal
from atelier.live.messages import Decider, Decision, Evolver, filled
from atelier.live.rules.card_fit import contribution_kind, kept_fields, main_text, misfit
from atelier.live.rules.contributions import ContributionSubmitted, starts_held
from atelier.live.rules.numbering import contribution_number
from atelier.live.state import Activity, Actor, LiveState

CHANNELS = ("paper", "oral", "sms", "online")


@dataclass(frozen=True, slots=True)
class EnterContribution:
    activity: str
    text: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    column: str = ""
    college: str = ""
    table: int | None = None
    channel: str = "paper"
    sheet: str = ""
    name_consent: bool = False
    draw: int = filled(0)


def decide_enter_contribution(
    command: EnterContribution, state: LiveState, actor: Actor, now: datetime
) -> Decision:
    activity = enterable(state, command.activity)
    if isinstance(activity, Refusal):
        return activity
    refusal = (
        misfit(activity, command.text, command.fields, command.column, limited=False)
        or misplaced_person(state, command)
        or entered_already(state, activity, command.sheet)
    )
    if refusal:
        return refusal
    anonymous = activity.anonymity == "anonymous"
    return (
        ContributionSubmitted(
            number=contribution_number(state, activity.key, anonymous, command.draw),
            activity=activity.key,
            author=None,
            text=main_text(activity, command.text, command.fields),
            fields=kept_fields(activity, command.fields, command.name_consent),
            column=command.column,
            kind=contribution_kind(activity, command.column),
            college="" if anonymous else command.college,
            table=None if anonymous else command.table,
            channel=command.channel,
            sheet=command.sheet.strip(),
            entered_by=actor.id,
            held=starts_held(state, activity),
            name_consent=command.name_consent and not anonymous,
        ),
    )


def enterable(state: LiveState, key: str) -> Activity | Refusal:
    """Return the activity if it is open, or closed while the séance still runs. « Figer » concerns phones only."""
    activity = state.activities.get(key)
    if activity is None:
        return Refusal("unknown_activity")
    if state.phase == "closed":
        return Refusal("session_closed", {"at": state.closed_at})
    return activity if activity.phase in {"open", "closed"} else Refusal("activity_not_open")


def misplaced_person(state: LiveState, command: EnterContribution) -> Refusal | None:
    """Refuse a channel, college or table that the séance does not have."""
    if command.channel not in CHANNELS:
        return Refusal("unknown_channel")
    if command.college and command.college not in [college.key for college in state.meeting.colleges]:
        return Refusal("unknown_college")
    if command.table is not None and not 1 <= command.table <= state.meeting.tables:
        return Refusal("unknown_table")
    return None


def entered_already(state: LiveState, activity: Activity, sheet: str) -> Refusal | None:
    """Refuse a sheet already entered in that activity, unless its card was withdrawn since."""
    if not sheet.strip():
        return None
    for card in state.contributions.values():
        same = card.activity == activity.key and same_sheet(card.sheet, sheet)
        if same and card.status != "withdrawn":
            return Refusal(
                "sheet_already_entered", {"number": card.number, "at": card.at, "sheet": card.sheet}
            )
    return None


def same_sheet(one: str, other: str) -> bool:
    """Say whether two numbers are those of one sheet: « 0173 » is « 173 », « b-12 » is « B 12 »."""
    return _bare(one) == _bare(other)


def _bare(sheet: str) -> str:
    kept = "".join(sign for sign in sheet.casefold() if sign.isalnum())
    return kept.lstrip("0") or kept


DECIDERS: Mapping[type, Decider] = {EnterContribution: decide_enter_contribution}
EVOLVERS: Mapping[type, Evolver] = {}
