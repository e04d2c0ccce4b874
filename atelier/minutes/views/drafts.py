"""What the séance says otherwise than the text: read, taken or left, one by one or all at once."""

from __future__ import annotations

from typing import Any

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import Refusal
from atelier.house import house
from atelier.later import N_
from atelier.live.state import LiveState
from atelier.minutes.access import is_written
from atelier.minutes.comparison import compare
from atelier.minutes.reconcile import Proposal
from atelier.minutes.views.blueprint import ADDRESS, Visit, blueprint, live, minutes, visit
from atelier.minutes.views.shown import page, sentence_of, text_of

INVALID = 422
TAKE, LEAVE = "prendre", "garder"
KNOWN = {
    "header": N_("Ce que la séance était"),
    "attendance": N_("Les personnes présentes"),
    "previous": N_("La séance d'avant"),
    "following": N_("La prochaine rencontre"),
    "agenda": N_("Le déroulé"),
    "untreated": N_("Ce qui n'a pas été traité"),
    "hidden": N_("Les cartes qui ne sont pas citées"),
    "debate": N_("Ce qui fait débat"),
    "online": N_("Les contributions en ligne"),
}
BEGUN = {"V": N_("Le vote %(ref)s"), "H": N_("L'hypothèse %(ref)s")}


@blueprint.get(f"{ADDRESS}/differences")
def differences(shelf: str, reference: str) -> AnyResponse:
    """Show what has changed in the séance since the text was written, beside what the text says."""
    with house().database.reading() as db:
        return _page(visit(db, shelf, reference, "open_document"))


@blueprint.post(f"{ADDRESS}/differences")
def decide(shelf: str, reference: str) -> AnyResponse:
    """Take some differences into the text, or leave the text as it is."""
    act = request.form.get("act", "")
    with house().database.reading() as db:
        found = visit(db, shelf, reference, "accept_proposal" if act == TAKE else "keep_own_words")
    refusal: Refusal | None = None
    if found.document.session_id is not None:
        drafter, keys = minutes().drafter, request.form.getlist("key")
        decided = drafter.accept if act == TAKE else drafter.keep
        refusal = (
            decided(found.document.session_id, keys) if act in (TAKE, LEAVE) else Refusal("proposal_gone")
        )
    if refusal is not None:
        return _page(found, INVALID, sentence_of(refusal))
    return redirect(f"{found.address}/differences?fait={'prises' if act == TAKE else 'gardees'}", 303)


def _page(found: Visit, status: int = 200, refusal: str = "") -> AnyResponse:
    session_id = found.document.session_id
    proposals = minutes().drafter.proposals(session_id) if session_id is not None else ()
    keys = [one.key for one in proposals]  # of the words as they are: readers see some of them veiled
    proposals = minutes().veil.plain(found.document, proposals)
    headings = {section.key: section.heading for section in text_of(found.document).sections}
    state = live().desk.state(session_id) if session_id is not None else LiveState()
    return page(
        "minutes/differences.html",
        found,
        status,
        proposals=[
            {"key": key, **_shown(one, headings, state)} for key, one in zip(keys, proposals, strict=True)
        ],
        writable=found.guest.may("accept_proposal") and is_written(found.document),
        refusal=refusal,
    )


def _shown(one: Proposal, headings: dict[str, str], state: LiveState) -> dict[str, Any]:
    return {
        "heading": headings.get(one.section, ""),
        **_named(one.source, state),
        "kind": "removed" if not one.after else "changed" if one.before else "added",
        "changes": compare(one.before, one.after),
    }


def _named(source: str, state: LiveState) -> dict[str, str]:
    """Return what a block is made from: a sentence to translate and what fills it."""
    kind, _, number = source.partition("-")
    activity = state.activities.get(kind)
    cluster = state.clusters.get(source)
    if source in KNOWN:
        return {"name": KNOWN[source], "ref": ""}
    if kind in BEGUN and number.isdigit():
        return {"name": BEGUN[kind], "ref": source}
    if cluster is not None:
        return {"name": N_("Le regroupement « %(ref)s »"), "ref": cluster.title or cluster.key}
    if activity is not None:
        return {"name": N_("« %(ref)s »"), "ref": activity.question}
    return {"name": N_("Un regroupement défait"), "ref": ""}
