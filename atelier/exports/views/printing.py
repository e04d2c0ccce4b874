"""Paper: sheets to fill, the poster that says how to join, the wall and the results in large. Also for a séance to come."""

from __future__ import annotations

from flask import Response, request

from atelier.errors import NotFound
from atelier.exports import sheets, story
from atelier.exports.views.blueprint import Asked, asked, blueprint, page, recorded
from atelier.house import house
from atelier.i18n import DEFAULT
from atelier.live.record import rows_of

USUAL_COPIES = 24


@blueprint.get("/seances/<code>/imprimer")
def printing(code: str) -> Response:
    """What can be printed, and how many of each."""
    found = asked(code, "view_print")
    state = found.state
    activities = [
        {
            "key": key,
            "number": sheets.activity_number(state, key),
            "question": state.activities[key].question
            or state.sequences[state.activities[key].sequence].title,
            "shape": sheets.shape_of(state.activities[key]),
            "kind": state.activities[key].kind,
        }
        for key in sheets.printable(state)
    ]
    walls = [a for a in state.activities.values() if state.clusters_of(a.key)]
    return page(
        "exports/printing.html",
        found,
        activities=activities,
        walls=[{"key": a.key, "question": a.question} for a in walls],
        revealed=any(state.activities[key].phase == "revealed" for key in state.votes),
        draft=found.draft,
        copies=USUAL_COPIES,
    )


@blueprint.get("/seances/<code>/imprimer/affiche")
def poster(code: str) -> Response:
    """How to join, on a door: QR, address, code."""
    found = asked(code, "view_print")
    return page("exports/poster.html", found, locale=DEFAULT, **joining(found))


@blueprint.get("/seances/<code>/imprimer/fiches/<key>")
def fill_in(code: str, key: str) -> Response:
    """The sheets of one activity: `n` copies, from ticket `de` on."""
    found = asked(code, "view_print")
    if key not in sheets.printable(found.state):
        raise NotFound(key)
    return _sheets(found, [key])


@blueprint.get("/seances/<code>/imprimer/tout")
def everything(code: str) -> Response:
    """The activities still to come, as sheets: the evening goes on without the network."""
    found = asked(code, "view_print")
    return _sheets(found, sheets.remaining(found.state))


@blueprint.get("/seances/<code>/imprimer/mur/<key>")
def wall(code: str, key: str) -> Response:
    """The clusters of one activity on A3."""
    found = asked(code, "view_print")
    state, rows = recorded(found)
    activities = rows_of(rows, "activity")
    if key not in activities:
        raise NotFound(key)
    laid_out = story.activity_of(state, rows, key, activities[key])
    return page(
        "exports/wall.html",
        found,
        locale=DEFAULT,
        activity=laid_out,
        colleges=story.colleges_of(state),
        **joining(found),
    )


@blueprint.get("/seances/<code>/imprimer/resultats")
def results(code: str) -> Response:
    """Every result on A3, one sheet each."""
    found = asked(code, "view_print")
    state, rows = recorded(found)
    votes = [vote for vote in rows_of(rows, "vote").values() if vote["out"] and vote["rounds"]]
    return page(
        "exports/results.html",
        found,
        locale=DEFAULT,
        votes=votes,
        colleges=story.colleges_of(state),
        **joining(found),
    )


def _sheets(found: Asked, keys: list[str]) -> Response:
    copies = request.args.get("n", USUAL_COPIES, type=int)
    first = max(1, request.args.get("de", 1, type=int))
    made = [sheets.sheets_of(found.state, key, copies, first) for key in keys]
    return page(
        "exports/sheets.html",
        found,
        locale=DEFAULT,
        activities=made,
        colleges=story.colleges_of(found.state),
        **joining(found),
    )


def joining(found: Asked) -> dict[str, str]:
    """Return how to join, for the head of every sheet."""
    public = house().settings.public_url
    return {"join_url": f"{public}/j/{found.code}", "address": public.partition("://")[2] or public}
