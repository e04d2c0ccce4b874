"""« Préparer la contribution »: what is not taken up yet, always in view; propositions and their support; the one screen.

Every act is an ordinary form that comes back to its place in the page. The text itself is written in the editor.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import NotAllowed, NotFound, Refusal
from atelier.forum import board
from atelier.forum.agreement import NOT_DEBATED, STRENGTH, WEAK_SIGNAL, Agreement, lowered, may_lower
from atelier.forum.choices import Choices, Support, merging, saying, setting_aside, supporting, treating_again
from atelier.forum.operations import contributions
from atelier.forum.operations.gathering import agreement_of, agreements, cards_of, covered, missing_from
from atelier.forum.views.blueprint import SHELF, Found, blueprint, found_for, room_of, text_of, writable
from atelier.forum.views.wording import said, sentence
from atelier.forum.words import CHANNELS, FATES, LABELS, MOTIVES
from atelier.house import house
from atelier.i18n import DEFAULT
from atelier.minutes.workflow import is_public
from atelier.people import access

PAGE = f"{SHELF}/<reference>"
SHOWN_AT_ONCE = 20


@blueprint.get(f"{PAGE}/preparer")
def prepare(reference: str) -> AnyResponse:
    return _page(reference)


@blueprint.post(f"{PAGE}/preparer/reprendre")
def take_up(reference: str) -> AnyResponse:
    """Cite a contribution in a proposition."""
    found = _writable(reference)
    ref = request.form.get("ref", "")
    if ref not in _known(found):
        return _refused(reference, Refusal("unknown_card", {"ref": ref}))
    refusal = contributions.take_up(
        room_of(found.document), found.guest.person, request.form.get("proposition", ""), ref
    )
    if refusal:
        return _refused(reference, refusal)
    return _changed(reference, lambda choices: treating_again(choices, ref), "#a-traiter")


@blueprint.post(f"{PAGE}/preparer/ecarter")
def set_aside(reference: str) -> AnyResponse:
    known = _known(_writable(reference))
    ref, motive, note = (request.form.get(name, "") for name in ("ref", "motive", "note"))
    return _changed(reference, lambda choices: setting_aside(choices, known, ref, motive, note), "#a-traiter")


@blueprint.post(f"{PAGE}/preparer/fusionner")
def merge(reference: str) -> AnyResponse:
    known = _known(_writable(reference))
    ref, target = (request.form.get(name, "").strip() for name in ("ref", "target"))
    return _changed(reference, lambda choices: merging(choices, known, ref, target), "#a-traiter")


@blueprint.post(f"{PAGE}/preparer/retablir")
def treat_again(reference: str) -> AnyResponse:
    """Undo a merge or a setting aside."""
    _writable(reference)
    ref = request.form.get("ref", "")
    return _changed(reference, lambda choices: treating_again(choices, ref), "#traitees")


@blueprint.post(f"{PAGE}/preparer/proposition")
def add_proposition(reference: str) -> AnyResponse:
    found = _writable(reference)
    made = contributions.add_proposition(
        room_of(found.document), found.guest.person, request.form.get("title", "")
    )
    if isinstance(made, Refusal):
        return _refused(reference, made)
    return redirect(f"{found.address}/preparer#{made}", 303)


@blueprint.post(f"{PAGE}/preparer/appui")
def support(reference: str) -> AnyResponse:
    """Put a vote behind a proposition, take it away, or lower its label with a motive."""
    found = _writable(reference)
    key, choice, label, motive = (
        request.form.get(name, "") for name in ("proposition", "choice", "label", "motive")
    )
    vote, _, option = choice.partition(" ")
    wanted = Support(vote, option) if vote else None
    base = agreement_of(wanted, found.sources) if wanted else None
    if wanted and base is None:
        return _refused(reference, Refusal("unknown_vote"))
    if wanted and base and label and label != base.computed:
        if not found.guest.may("lower_agreement"):
            raise NotAllowed
        made = lowered(base, label, motive)
        if isinstance(made, Refusal):
            return _refused(reference, made)
        wanted = Support(vote, option, label, made.motive)
    return _changed(reference, lambda choices: supporting(choices, key, wanted), f"#{key}")


@blueprint.post(f"{PAGE}/preparer/ecran")
def write_messages(reference: str) -> AnyResponse:
    _writable(reference)
    lines = [request.form.get(f"message{place}", "") for place in (1, 2, 3)]
    return _changed(reference, lambda choices: saying(choices, lines), "#ecran")


@blueprint.get(f"{PAGE}/ecran")
def one_screen(reference: str) -> AnyResponse:
    """The contribution on one screen, for the projector: its title and three messages."""
    with house().database.reading() as db:
        found = found_for(db, reference, "view_published")
    if not is_public(found.document.phase) and not found.guest.may("view_draft"):
        raise NotFound(reference)
    return access.private_page(
        "forum/one_screen.html",
        200,
        locale=DEFAULT,
        document=found.document,
        address=found.address,
        choices=found.choices,
    )


# ---------------------------------------------------------------- acts


def _writable(reference: str) -> Found:
    with house().database.reading() as db:
        return writable(db, reference)


def _known(found: Found) -> list[str]:
    return [card.ref for card in cards_of(found.sources)]


def _changed(reference: str, change: Callable[[Choices], Choices | Refusal], place: str) -> AnyResponse:
    """Change the choices, bring the blocks of the text up to them, come back to the place."""
    document = _writable(reference).document
    with house().database.writing() as db:
        refusal = contributions.choose(db, document.id, change)
    if refusal:
        return _refused(reference, refusal)
    return redirect(f"{_brought_up(reference).address}/preparer{place}", 303)


def _brought_up(reference: str) -> Found:
    """Bring the blocks of the text up to the choices; once more if somebody else chose while they were written."""
    followed: Choices | None = None
    while True:
        with house().database.reading() as db:
            found = found_for(db, reference, "view_coverage")
        if found.choices == followed:
            return found
        followed = found.choices
        contributions.follow(
            room_of(found.document), found.document, found.sources, house().drawing.speech(DEFAULT)
        )


def _refused(reference: str, refusal: Refusal) -> AnyResponse:
    return _page(reference, 422, sentence(refusal))


# ---------------------------------------------------------------- the page


def _page(reference: str, status: int = 200, refusal: str = "") -> AnyResponse:
    with house().database.reading() as db:
        found = found_for(db, reference, "view_coverage")
    content = text_of(found.document)
    state = covered(content, found.choices, found.sources)
    printed = agreements(content, found.choices, found.sources)
    waiting = board.left(state, found.sources)
    votes = {key: f"{kept.vote} {kept.option}" for key, kept in found.choices.supports.items()}
    everything = request.args.get("tout") == "1"
    return access.private_page(
        "forum/preparing.html",
        status,
        document=found.document,
        address=found.address,
        written=found.written,
        may_lower=found.guest.may("lower_agreement"),
        choices=found.choices,
        covered=state,
        channels=[(CHANNELS.get(channel, channel), count) for channel, count in board.channels(state)],
        waiting=waiting if everything else waiting[:SHOWN_AT_ONCE],
        waiting_more=0 if everything else max(len(waiting) - SHOWN_AT_ONCE, 0),
        sources=found.sources,
        themes=board.themes(found.sources),
        propositions=board.shown(content, printed, votes),
        lower_labels={key: _lower(agreement) for key, agreement in printed.items()},
        votables=board.votables(found.sources),
        missing=[said(one, found.address) for one in missing_from(content, found.document, found.sources)],
        labels=LABELS,
        motives=MOTIVES,
        fates=FATES,
        typed=request.form if status == 422 else {},
        refusal=refusal,
    )


def _lower(agreement: Agreement) -> list[str]:
    """Return the labels that may be printed instead of the computed one."""
    return [label for label in (*STRENGTH, WEAK_SIGNAL, NOT_DEBATED) if may_lower(agreement.computed, label)]
