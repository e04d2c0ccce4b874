"""Sequences: put in, changed (by itself as one types), moved, taken out."""

from __future__ import annotations

from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import NotFound, Refusal
from atelier.house import house
from atelier.people import access
from atelier.workshops import operations
from atelier.workshops.forms.fields import revision_of
from atelier.workshops.forms.meeting import PlainForm
from atelier.workshops.forms.sequence import COLUMNS, AddSequenceForm, MoveForm, SequenceForm
from atelier.workshops.models import WorkshopSession
from atelier.workshops.views.agenda import Said, agenda_page, answer, bad_row, times_as_texts
from atelier.workshops.views.blueprint import (
    INVALID,
    asker,
    back,
    blueprint,
    by_script,
    locale,
    now,
    own,
    refused,
    saved,
)
from atelier.workshops.views.saving import differences, errors_of


@blueprint.post("/seances/<int:session_id>/sequences")
@access.signed_in
def add_sequence(session_id: int) -> AnyResponse:
    form = AddSequenceForm()
    with house().database.writing() as db:
        session = own(db, session_id)
        if not form.validate():
            return _invalid(session, form)
        row = operations.add_sequence(
            db, session, asker().id, form.title.data, form.minutes.data, form.after.data or "", now()
        )
        if isinstance(row, Refusal):
            return answer(session, row, "add", "")
        return answer(session, None, "add", row.title, row.key)


@blueprint.post("/seances/<int:session_id>/sequences/<key>")
@access.signed_in
def save_sequence(session_id: int, key: str) -> AnyResponse:
    """Write one row. The answer to a script carries the hours of all rows, which may have changed."""
    form, here = SequenceForm(), locale()
    with house().database.writing() as db:
        session = own(db, session_id)
        row = operations.sequence_of(session, key)
        if not form.validate():
            if by_script():
                return refused(Refusal("invalid"), INVALID, errors=errors_of(form, here))
            return bad_row(db, session, key, form)
        refusal = operations.save(db, session, asker().id, row, form.values(), revision_of(form), now())
        if refusal is None:
            if by_script():
                return saved(row.revision, times_as_texts(session))
            return back(f"/seances/{session.id}", fait="edit")
        stored = {name: getattr(row, name) for name in COLUMNS}
        theirs = differences(form, SequenceForm(formdata=None, data=stored), here)
        if by_script():
            return refused(refusal, theirs=theirs, revision=row.revision)
        form.revision.data = str(row.revision)
        return bad_row(db, session, key, form, Said(refusal=refusal, theirs=theirs))


@blueprint.post("/seances/<int:session_id>/sequences/<key>/deplacer")
@access.signed_in
def move_sequence(session_id: int, key: str) -> AnyResponse:
    form = MoveForm()
    with house().database.writing() as db:
        session = own(db, session_id)
        row = operations.sequence_of(session, key)
        if not form.validate():
            return _invalid(session, form)
        place = session.sequences.index(row)
        steps = {"up": place - 1, "down": place + 1}
        to = form.to.data or ""
        if to not in steps and not (to.isascii() and to.isdigit() and len(to) < 4):
            raise NotFound(to)
        wanted = steps[to] if to in steps else int(to)
        refusal = operations.move_sequence(db, session, asker().id, key, wanted, now())
        return answer(session, refusal, "move", row.title, key)


@blueprint.post("/seances/<int:session_id>/sequences/<key>/supprimer")
@access.signed_in
def remove_sequence(session_id: int, key: str) -> AnyResponse:
    with house().database.writing() as db:
        session = own(db, session_id)
        title = operations.sequence_of(session, key).title
        if not PlainForm().validate():
            return agenda_page(session)
        return answer(
            session, operations.remove_sequence(db, session, asker().id, key, now()), "remove", title
        )


def _invalid(session: WorkshopSession, form: AddSequenceForm | MoveForm) -> AnyResponse:
    """Say what is wrong in a small form: a sentence at its field for a script, above the table for a page."""
    if by_script():
        return refused(Refusal("invalid"), INVALID, errors=errors_of(form, locale()))
    return agenda_page(session, Said(refusal=Refusal("invalid")), INVALID)
