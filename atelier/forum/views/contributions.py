"""« Contributions au forum » of an account: the list, and a new one from approved comptes rendus."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import Refusal
from atelier.forum import queries
from atelier.forum.choices import Choices
from atelier.forum.group import group_text, held_of
from atelier.forum.operations import contributions
from atelier.forum.operations.gathering import choices_of
from atelier.forum.views.blueprint import SHELF, blueprint, live
from atelier.forum.views.wording import sentence
from atelier.house import house
from atelier.i18n import DEFAULT
from atelier.minutes.models import Document
from atelier.people import access
from atelier.validators import whole_number

FIELDS = ("title", "group", "question")


@blueprint.get(f"{SHELF}/")
@access.signed_in
def index() -> AnyResponse:
    with house().database.reading() as db:
        return _page(db)


@blueprint.post(f"{SHELF}/")
@access.signed_in
def create() -> AnyResponse:
    """Make a contribution from the approved comptes rendus that were ticked."""
    account = access.current_account()
    assert account is not None
    numbers = [whole_number(value) for value in request.form.getlist("document")]
    wanted = contributions.Wanted(
        [one for one in numbers if one is not None], *(request.form.get(name, "") for name in FIELDS)
    )
    speech = house().drawing.speech(DEFAULT)
    with house().database.reading() as db:
        states = {
            session.id: live().desk.state(session.id)
            for _, session in queries.approved_minutes(db, account.id)
        }

    def told(choices: Choices) -> str:
        return group_text(choices, [held_of(states[one]) for one in choices.sessions], speech)

    now = house().clock()
    made = house().database.write(lambda db: contributions.create(db, account.id, wanted, told, now))
    if isinstance(made, Refusal):
        with house().database.reading() as db:
            return _page(db, 422, sentence(made))
    return redirect(f"{SHELF}/{made.reference}/preparer", 303)


def _page(db: Session, status: int = 200, refusal: str = "") -> AnyResponse:
    account = access.current_account()
    assert account is not None
    made = queries.contributions_of(db, account.id)
    groups = queries.groups(db, account.id)
    asked = request.form.getlist("document") or request.args.getlist("document")
    group = next((one for one in groups if {str(document.id) for document, _ in one} & set(asked)), None)
    group = groups[0] if group is None and len(groups) == 1 else group
    whole = {str(document.id) for document, _ in group or ()}
    question = group[-1][1].question if group else ""
    typed = {"title": question, "group": "", "question": question}
    return access.private_page(
        "forum/contributions.html",
        status,
        contributions=made,
        groups=groups,
        already=_already(made),
        chosen=set(asked) if refusal else whole,
        typed={name: request.form.get(name, typed[name]) for name in FIELDS},
        refusal=refusal,
    )


def _already(made: Sequence[Document]) -> dict[int, list[str]]:
    """Return the references of the contributions that each séance feeds already."""
    found: dict[int, list[str]] = {}
    for document in made:
        for session_id in choices_of(document).sessions:
            found.setdefault(session_id, []).append(document.reference)
    return found
