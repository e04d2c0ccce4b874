"""Approval: chosen, prepared as a consent of the next séance, declared; and taken back before publication."""

from __future__ import annotations

from flask import redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import Refusal
from atelier.house import house
from atelier.i18n import DEFAULT, translations
from atelier.later import N_
from atelier.live.state import Actor
from atelier.minutes import workflow
from atelier.minutes.content import Content
from atelier.minutes.operations import approval, consent_vote
from atelier.minutes.operations.consent_vote import Proposal
from atelier.minutes.operations.freezing import with_text
from atelier.minutes.views.blueprint import (
    ADDRESS,
    Visit,
    blueprint,
    live,
    minutes,
    room_of,
    sources_for,
    visit,
)
from atelier.minutes.views.follow_up import refused_page
from atelier.minutes.views.sheets import submitted
from atelier.minutes.views.shown import (
    bring_up,
    local_day,
    session_of,
    standing,
    state_of,
    today,
    written_day,
)
from atelier.people import access
from atelier.people.policy import FACILITATOR

INVALID = 422
QUESTION = N_("Approuvez-vous le compte rendu du %(held)s ?")
WORDS = N_(
    "Le compte rendu de la séance « %(title)s », du %(held)s, est approuvé tel qu'il a été relu (version %(version)s)."
)
SEQUENCE = N_("Approbation du compte rendu")


@blueprint.post(f"{ADDRESS}/suivi/approbation")
def choose_approval(shelf: str, reference: str) -> AnyResponse:
    """Say how the text is to be approved."""
    with house().database.writing() as db:
        found = visit(db, shelf, reference, "approve_document")
        approval.choose_approval(db, found.document, request.form.get("approval", ""))
    return redirect(f"{found.address}/suivi?fait=approbation#approbation", 303)


@blueprint.post(f"{ADDRESS}/suivi/vote")
def prepare_vote(shelf: str, reference: str) -> AnyResponse:
    """Choose the consent that decides: one that is there, or a new one with the right proposal."""
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "approve_document")
        proposal = proposal_for(db, found)
    number, _, activity = request.form.get("vote", "").partition(":")
    key: str | Refusal = Refusal("vote_elsewhere")
    with house().database.writing() as db:
        document = visit(db, shelf, reference, "approve_document").document
        session = next((one for one in approval.later_sessions(db, document) if str(one.id) == number), None)
        if session is not None:
            known = [one.activity for one in consent_vote.choices(session, state_of(session.id))]
            key = activity if activity in known else ""
            if not key and session.phase == "draft":
                key = consent_vote.prepare(db, session, document.owner_id, proposal, house().clock())
            if isinstance(key, str) and key:
                approval.link_vote(db, document, session.id, key)
    if key == "":
        key = _insert(found, int(number), proposal)
    if isinstance(key, Refusal):
        return refused_page(shelf, reference, key)
    return redirect(f"{found.address}/suivi?fait=vote#approbation", 303)


@blueprint.post(f"{ADDRESS}/suivi/vote/retirer")
def unlink_vote(shelf: str, reference: str) -> AnyResponse:
    """Leave the chosen consent; the activity stays in its séance."""
    with house().database.writing() as db:
        found = visit(db, shelf, reference, "approve_document")
        approval.unlink_vote(db, found.document)
    return redirect(f"{found.address}/suivi?fait=vote-retire#approbation", 303)


@blueprint.post(f"{ADDRESS}/suivi/approuver")
def approve(shelf: str, reference: str) -> AnyResponse:
    """Approve the text as it stands, by the consent revealed or by the day that is over."""
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "approve_document")
    bring_up(found.document)
    sources = sources_for(found.document)

    def act(db: Session, content: Content) -> Refusal | None:
        now = standing(db, found.document, content, sources)
        if workflow.obstacles(workflow.APPROVE, now.situation):
            return Refusal("blocked")
        vote = approval.linked_vote(found.document)
        by_vote = now.situation.approval == workflow.CONSENT and vote is not None
        reserves = approval.reserves_of(state_of(vote[0]), vote[1]) if by_vote and vote else ()
        kind = workflow.CONSENT if by_vote else workflow.TACIT
        done = approval.approve(db, found.document, content, kind, house().clock(), reserves)
        return done if isinstance(done, Refusal) else None

    refusal = with_text(house().database, room_of(found.document), act)
    if refusal:
        return refused_page(shelf, reference, refusal)
    minutes().announce(found.document.id)
    return redirect(f"{found.address}/suivi?fait=approuve", 303)


@blueprint.post(f"{ADDRESS}/suivi/rouvrir")
def reopen(shelf: str, reference: str) -> AnyResponse:
    """Take an approval back before publication, with a motive that stays written."""
    with house().database.writing() as db:
        found = visit(db, shelf, reference, "approve_document")
        refusal = approval.reopen(db, found.document, request.form.get("motive", ""), today())
    if refusal:
        return refused_page(shelf, reference, refusal, typed=request.form)
    minutes().announce(found.document.id)
    return redirect(f"{found.address}/suivi?fait=rouvert", 303)


def proposal_for(db: Session, found: Visit) -> Proposal:
    """Return the question and the proposal put to the group."""
    gettext = translations(DEFAULT).gettext
    session, read = session_of(db, found.document), submitted(db, found)
    moment = (session.starts_at or session.opened_at) if session else found.document.created_at
    words = {
        "title": found.document.title,
        "held": written_day(local_day(moment)),
        "version": read.number if read else 1,
    }
    return Proposal(gettext(QUESTION) % words, gettext(WORDS) % words, gettext(SEQUENCE))


def _insert(found: Visit, session_id: int, proposal: Proposal) -> str | Refusal:
    """Put the consent in a séance that runs, as the facilitator of both."""
    account = access.current_account()
    if account is None or account.id != found.document.owner_id:
        return Refusal("vote_by_owner")
    actor = Actor(FACILITATOR, f"u{account.id}", account.name)
    key = consent_vote.insert(live().desk, session_id, actor, proposal)
    if isinstance(key, Refusal):
        return Refusal("vote_not_inserted")
    with house().database.writing() as db:
        approval.link_vote(db, found.document, session_id, key)
    return key
