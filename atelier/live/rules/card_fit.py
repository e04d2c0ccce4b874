"""Does a card fit its activity? Kind, column, fields, emptiness, length. One answer for phones and for what
staff enters.

Refusals: no_cards_here, choose_column, unknown_field, unknown_option, empty_text, too_long {limit}.
"""

from __future__ import annotations

from collections.abc import Mapping

from atelier.errors import Refusal
from atelier.live.state import Activity

HYPOTHESIS_FIELDS = ("statement", "evidence", "useful_to", "elsewhere")
COMMITMENT_FIELDS = ("who", "what", "when")
MAIN_FIELD = {"hypothesis": "statement", "commitments": "what"}
TEXT_KINDS = {"check_in": "word", "roti": "comment", "gradients": "reservation"}
KINDS = {"hypothesis": "hypothesis", "questions": "question", "commitments": "commitment"}


def misfit(
    activity: Activity,
    text: str,
    fields: Mapping[str, str],
    column: str,
    option: str = "",
    limited: bool = True,
) -> Refusal | None:
    """Say what is wrong with a card for that activity, None when it fits.

    `limited` is False for words taken from paper or from a voice: they are copied without being changed, whatever the
    length that a phone may send (R-241).
    """
    if not (activity.takes_cards or activity.kind in TEXT_KINDS):
        return Refusal("no_cards_here")
    columns = [column["key"] for column in activity.settings.get("columns", ())]
    if (columns and column not in columns) or (column and not columns):
        return Refusal("choose_column")
    if set(fields) - set(field_names(activity)):
        return Refusal("unknown_field")
    if option and option not in [offered.key for offered in activity.options]:
        return Refusal("unknown_option")
    if not main_text(activity, text, fields).strip():
        return Refusal("empty_text")
    limit = length_limit(activity) if limited else 0
    if limit and max(map(len, (text, *fields.values()))) > limit:
        return Refusal("too_long", {"limit": limit})
    return None


def length_limit(activity: Activity) -> int:
    """Return the number of characters a card may have, 0 when the activity sets none."""
    return activity.settings.get("max_chars") or 0


def field_names(activity: Activity) -> tuple[str, ...]:
    """Return the form's field names of an activity; none where a card is one text."""
    return {"hypothesis": HYPOTHESIS_FIELDS, "commitments": COMMITMENT_FIELDS}.get(activity.kind, ())


def main_text(activity: Activity, text: str, fields: Mapping[str, str]) -> str:
    """Return the words that stand for the card on a wall: the statement, the promise, or the text itself."""
    key = MAIN_FIELD.get(activity.kind)
    return fields.get(key, "") if key else text


def kept_fields(activity: Activity, fields: Mapping[str, str], name_consent: bool) -> dict[str, str]:
    """Return the fields as they are kept: the name in a commitment only with consent, never where anonymous."""
    if name_consent and activity.anonymity != "anonymous":
        return dict(fields)
    return {name: "" if name == "who" else value for name, value in fields.items()}


def contribution_kind(activity: Activity, column: str) -> str:
    """Return the kind of a card: strength, weakness, hypothesis, question, commitment, word, reservation, idea."""
    if activity.kind in TEXT_KINDS:
        return TEXT_KINDS[activity.kind]
    for candidate in activity.settings.get("columns", ()):
        if candidate["key"] == column:
            return {"plus": "strength", "minus": "weakness"}.get(candidate.get("sign", ""), "idea")
    return KINDS.get(activity.kind, "idea")
