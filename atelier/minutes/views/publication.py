"""Publication: frozen and shown at its address for ever; a correction with its reason; withdrawal from view (D-30)."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import NotFound, Refusal
from atelier.house import house
from atelier.minutes import queries, workflow
from atelier.minutes.content import Content
from atelier.minutes.models import Publication
from atelier.minutes.operations import publication, situation, versions
from atelier.minutes.operations.consultation import published_text
from atelier.minutes.operations.freezing import with_text
from atelier.minutes.operations.printing import frozen_of
from atelier.minutes.operations.restoring import put_back
from atelier.minutes.operations.writing_names import names_of
from atelier.minutes.publishing import without_annexes
from atelier.minutes.views.blueprint import ADDRESS, Visit, blueprint, minutes, room_of, sources_for, visit
from atelier.minutes.views.follow_up import refused_page
from atelier.minutes.views.reading import asked, reading_page
from atelier.minutes.views.shown import day, local_day, page, sentence_of, standing, state_of, today

INVALID, GONE = 422, 410


@blueprint.post(f"{ADDRESS}/suivi/publier")
def publish(shelf: str, reference: str) -> AnyResponse:
    """Freeze the approved text, reserves and annexes with it, and show it to everybody."""
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "publish_document")
    inside, outside = sources_for(found.document), sources_for(found.document, True)
    with house().database.reading() as db:
        drawn = standing(db, found.document, None, inside)
        writers = situation.published_writers(db, found.document)
    # Drawn before the transaction, which nothing may hold for long; published only if the text is still that one.
    frozen = frozen_of(house().drawing, found.document, drawn, outside, writers, today())

    def act(db: Session, content: Content) -> Refusal | None:
        now = standing(db, found.document, content, inside)
        if workflow.obstacles(workflow.PUBLISH, now.situation):
            return Refusal("blocked")
        if now.annexed != drawn.annexed:
            return Refusal("changed_meanwhile")
        done = publication.publish(db, found.document, now.annexed, frozen, house().clock())
        return done if isinstance(done, Refusal) else None

    refusal = with_text(house().database, room_of(found.document), act)
    if refusal:
        return refused_page(shelf, reference, refusal)
    minutes().forget_history(found.document.id)
    minutes().announce(found.document.id)
    return redirect(f"{found.address}/suivi?fait=publie", 303)


@blueprint.post(f"{ADDRESS}/suivi/corriger")
def open_correction(shelf: str, reference: str) -> AnyResponse:
    """Open a text already approved or published to its writers, for a reason that is published with the new version."""
    with house().database.writing() as db:
        found = visit(db, shelf, reference, "rectify_document")
        refusal = publication.open_correction(
            db, found.document, request.form.get("reason", ""), house().clock()
        )
    if refusal:
        return refused_page(shelf, reference, refusal, typed=request.form)
    minutes().announce(found.document.id)
    return redirect(f"{found.address}/suivi?fait=correction", 303)


@blueprint.post(f"{ADDRESS}/suivi/abandonner")
def drop_correction(shelf: str, reference: str) -> AnyResponse:
    """Give a correction up: the text is put back as it was approved or published; the versions keep what was given up."""
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "rectify_document")
        kept = queries.last_version(db, found.document.id, "approved", "published")
        names = names_of(db, found.document, state_of)
    if kept is not None:
        before, room, now = (
            without_annexes(versions.content_at(kept)),
            room_of(found.document),
            house().clock(),
        )
        refusal = put_back(house().database, room, found.document, found.guest.person, before, names, now)
        if refusal is not None:
            return refused_page(shelf, reference, refusal)
    with house().database.writing() as db:
        publication.close_correction(db, found.document)
    minutes().forget_history(found.document.id)
    minutes().announce(found.document.id)
    return redirect(f"{found.address}/suivi?fait=abandon", 303)


# ---------------------------------------------------------------- at its address


@blueprint.get(f"{ADDRESS}/v<int:number>")
def frozen_version(shelf: str, reference: str, number: int) -> AnyResponse:
    """A published version, for ever the same; withdrawn from view, its motive and where to read on."""
    with house().database.reading() as db:
        found, row = _published(db, shelf, reference, number)
        later = [one for one in queries.publications(db, found.document.id) if one.number > number]
        if row.withdrawn_at is not None:
            return _withdrawn(found, row, later)
        newer = next((one for one in later if one.withdrawn_at is None), None)
        return reading_page(db, found, published_text(db, row), newer=newer.number if newer else 0)


@blueprint.get(f"{ADDRESS}/v<int:number>/texte.md")
def frozen_markdown(shelf: str, reference: str, number: int) -> AnyResponse:
    """The very bytes of which the fingerprint is the SHA-256."""
    with house().database.reading() as db:
        found, row = _published(db, shelf, reference, number)
        if row.withdrawn_at is not None:
            return _withdrawn(found, row, queries.publications(db, found.document.id))
    response = Response(row.markdown.encode(), mimetype="text/markdown")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(found, row)}"'
    return response


@blueprint.get(f"{ADDRESS}/v<int:number>/empreinte")
def verify(shelf: str, reference: str, number: int) -> AnyResponse:
    """How to check the fingerprint oneself, and what the server finds when it computes it again."""
    with house().database.reading() as db:
        found, row = _published(db, shelf, reference, number)
        again = publication.fingerprint(row.markdown)
    return page(
        "minutes/fingerprint.html",
        found,
        row=row,
        same=again == row.sha256,
        size=len(row.markdown.encode()),
        command=f"sha256sum {file_name(found, row)}",
    )


def file_name(found: Visit, row: Publication) -> str:
    return f"{found.document.reference}-v{row.number}.md"


@blueprint.get(f"{ADDRESS}/v<int:number>/retrait")
def ask_withdrawal(shelf: str, reference: str, number: int) -> AnyResponse:
    with house().database.reading() as db:
        visit(db, shelf, reference, "withdraw_publication")
        found, row = _published(db, shelf, reference, number)
    return _withdrawal_page(found, row)


@blueprint.post(f"{ADDRESS}/v<int:number>/retrait")
def withdraw_from_view(shelf: str, reference: str, number: int) -> AnyResponse:
    """Withdraw a version from view with a public motive, or show it again."""
    with house().database.writing() as db:
        found = visit(db, shelf, reference, "withdraw_publication")
        if request.form.get("act") == "restore":
            publication.restore_to_view(db, found.document, number)
            refusal = None
        else:
            motive = request.form.get("motive", "")
            refusal = publication.withdraw_from_view(db, found.document, number, motive, house().clock())
    if refusal:
        with house().database.reading() as db:
            found, row = _published(db, shelf, reference, number)
        return _withdrawal_page(found, row, refusal, INVALID)
    return redirect(f"{found.address}/suivi?fait=vue#publication", 303)


def _published(db: Session, shelf: str, reference: str, number: int) -> tuple[Visit, Publication]:
    found = asked(db, shelf, reference)
    row = queries.publication(db, found.document.id, number)
    if row is None:
        raise NotFound(str(number))
    return found, row


def _withdrawn(found: Visit, row: Publication, later: Any) -> AnyResponse:
    following = [one for one in reversed(list(later)) if one.number > row.number and one.withdrawn_at is None]
    return page(
        "minutes/withdrawn.html",
        found,
        GONE,
        row=row,
        on=day(local_day(row.withdrawn_at)),
        published=day(local_day(row.published_at)),
        following=following[0].number if following else 0,
    )


def _withdrawal_page(
    found: Visit, row: Publication, refusal: Refusal | None = None, status: int = 200
) -> AnyResponse:
    return page(
        "minutes/withdraw.html",
        found,
        status,
        row=row,
        refusal=sentence_of(refusal) if refusal else "",
        typed=request.form,
    )
