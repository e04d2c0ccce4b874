"""« Garder mon lien »: twelve signs find one's cards again, on any device, until publication (D-14, R-256).

The code opens nothing else: no seat, no vote, no name. It shows what became of each card and withdraws it.
"""

from __future__ import annotations

import secrets

from flask import redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import NotFound
from atelier.house import house
from atelier.live.desk import Act
from atelier.live.forms import ACT_ID
from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.live.state import Actor, Contribution
from atelier.live.views.blueprint import blueprint, live
from atelier.live.views_of_state.person_cards import card_of
from atelier.live.wording import worded
from atelier.people import access
from atelier.people.policy import VISITOR
from atelier.people.queries import authored_numbers
from atelier.people.tokens import KEEP_CODE_LENGTH, spaced, typed
from atelier.workshops.models import WorkshopSession
from atelier.workshops.queries import session_by_code

Found = tuple[WorkshopSession, list[Contribution]]


@blueprint.get("/retrouver")
def find_my_cards() -> AnyResponse:
    """An address that can be said aloud."""
    return redirect("/m/")


@blueprint.get("/m/")
def ask_keep_code() -> AnyResponse:
    """The page where both codes are typed; `seance` alone fills in the first."""
    session, keep = request.args.get("seance", ""), typed(request.args.get("code", ""))
    figures = "".join(sign for sign in session if sign.isdigit())
    if len(figures) == 6 and len(keep) == KEEP_CODE_LENGTH:
        return redirect(f"/m/{figures}/{spaced(keep)}")
    return _form("code" in request.args, session=figures if len(figures) == 6 else "")


@blueprint.get("/m/<code>/<keep>")
def my_cards(code: str, keep: str) -> AnyResponse:
    """Show the cards that this code wrote."""
    found = _found(code, keep)
    if found is None:
        return _form(True, 404)
    return _page(found, keep)


def _page(found: Found, keep: str, refusal: str = "", status: int = 200) -> AnyResponse:
    session, cards = found
    state = live().desk.state(session.id)
    said = request.args.get("retiree", "")
    page = access.page(
        "live/my_cards.html",
        status,
        code=session.code,
        keep=spaced(keep),
        title_of_session=session.title,
        cards=[card_of(state, card) for card in cards],
        questions={card.number: state.activities[card.activity].question for card in cards},
        act_ids={card.number: secrets.token_hex(16) for card in cards},
        withdrawn=next(
            (card.number for card in cards if card.status == "withdrawn" and str(card.number) == said), ""
        ),
        refusal=refusal,
    )
    page.headers["Cache-Control"] = "no-store"
    page.headers["X-Robots-Tag"] = "noindex"
    return page


@blueprint.post("/m/<code>/<keep>/retirer")
def withdraw_from_my_cards(code: str, keep: str) -> AnyResponse:
    """Withdraw one of these cards: whoever holds the code is its author."""
    found = _found(code, keep)
    number = request.form.get("number", "")
    card = next((card for card in found[1] if str(card.number) == number), None) if found else None
    if found is None or card is None:
        raise NotFound(number)
    session = found[0]
    sent = request.form.get("id", "")
    act_id = sent if ACT_ID.match(sent) else secrets.token_hex(16)
    author = Actor(VISITOR, str(card.author))
    answer = live().desk.perform(Act(session.id, author, act_id, WithdrawContribution(card.number)))
    if not answer["ok"]:
        message, _ = worded(
            answer["code"], answer["params"], access.locale_of_request(), act="withdraw_contribution"
        )
        return _page(found, keep, message, 422)
    return redirect(f"/m/{session.code}/{spaced(keep)}?retiree={card.number}", 303)


def _found(code: str, keep: str) -> Found | None:
    """Return the séance and the cards that a code opens, newest first; None when it opens nothing. Guessing is limited."""
    if not access.may_try_personal_code("keep"):
        return None
    with house().database.reading() as db:
        session = session_by_code(db, code)
        numbers = _numbers(db, session, keep) if session else ()
    if session is None or not numbers:
        access.note_failed_personal_code("keep")
        return None
    known = live().desk.state(session.id).contributions
    return session, [known[number] for number in reversed(numbers) if number in known]


def _numbers(db: Session, session: WorkshopSession, keep: str) -> tuple[int, ...]:
    if len(typed(keep)) != KEEP_CODE_LENGTH:
        return ()
    return authored_numbers(db, house().settings.seal_secret, session.id, keep)


def _form(problem: bool, status: int = 200, session: str = "") -> AnyResponse:
    page = access.page("live/my_cards_code.html", status, problem=problem, session=session)
    page.headers["Cache-Control"] = "no-store"
    return page
