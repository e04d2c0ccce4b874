"""The « feuille de dépouillement » of one vote, to print and to sign (D-11)."""

from __future__ import annotations

from flask import Response

from atelier.errors import NotFound
from atelier.exports.story import colleges_of
from atelier.exports.views.blueprint import asked, blueprint, page
from atelier.i18n import DEFAULT
from atelier.live.counting_sheet import counting_sheet
from atelier.live.state import LiveState
from atelier.validators import whole_number


@blueprint.get("/seances/<code>/depouillement/<vote>")
def counting(code: str, vote: str) -> Response:
    """`vote` is its number (`V-2`) or its activity (`a4`)."""
    found = asked(code, "view_log")
    key = key_of(found.state, vote)
    sheet = counting_sheet(found.state, key)
    colleges = list(colleges_of(found.state).values())
    return page("exports/counting.html", found, locale=DEFAULT, sheet=sheet, colleges=colleges)


def key_of(state: LiveState, vote: str) -> str:
    """Return the activity of a vote; NotFound when there is none."""
    number = whole_number(vote.removeprefix("V-")) or 0
    if vote.startswith("V-") and 1 <= number <= len(state.votes):
        return state.votes[number - 1]
    activity = state.activities.get(vote)
    if activity is None or not activity.is_vote:
        raise NotFound(vote)
    return vote
