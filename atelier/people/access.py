"""Who asks, and what they may: the one shared guard, and the only file that touches Flask's session and the cookies.

Three credentials: a signed-in account (Flask's signed session), one device token per séance (`atelier_s<id>`), one link
token per séance (`atelier_k<id>`). What they open is read again at each door; nothing here remembers a right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, Response, g, redirect, request, session
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from atelier.errors import NotFound
from atelier.house import House, house
from atelier.i18n import LOCALES, best_locale
from atelier.people import queries
from atelier.people.models import Account
from atelier.people.tokens import DocumentProofs, Proofs, anonymous_id, card_proof, keep_code
from atelier.security import bearer, limits

__all__ = ["Proofs", "anonymous_id", "card_proof", "keep_code"]

ACCOUNT = "account"
# Longer than the server knows the device: until publication the token alone lets its holder withdraw a card (D-14).
DEVICE_COOKIE_LIFE = timedelta(days=180)
SIGN_IN = "/connexion"
WRITER_COOKIE, REVIEW_COOKIE = "d", "r"

View = TypeVar("View", bound=Callable[..., Any])


# ---------------------------------------------------------------- accounts


def sign_in(account_id: int) -> None:
    """Start a signed-in session from nothing: what an earlier visitor left in it is gone."""
    session.clear()
    session[ACCOUNT] = account_id
    session.permanent = True
    g.pop(ACCOUNT, None)


def sign_out() -> None:
    session.clear()
    g.pop(ACCOUNT, None)


def current_account() -> Account | None:
    """Return the signed-in account, read from the database once per request: a removed one is nobody at once."""
    if ACCOUNT not in g:
        g.account = _account(house(), session.get(ACCOUNT))
    found: Account | None = g.account
    return found


def ask_to_sign_in() -> AnyResponse:
    """Send somebody whom we do not know to the sign-in page."""
    return redirect(SIGN_IN, 303)


def signed_in(view: View) -> View:
    """Guard a door: others are sent to sign in."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs) if current_account() else ask_to_sign_in()

    return guarded  # type: ignore[return-value]


def administers(view: View) -> View:
    """Guard a door of the installation: for others there is nothing there."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        account = current_account()
        if account is None or not account.is_admin:
            raise NotFound
        return view(*args, **kwargs)

    return guarded  # type: ignore[return-value]


def owned_by_asker(owner_id: int | None) -> Account:
    """Return the signed-in account if the thing is theirs; « not yours » is « not found » (D-18)."""
    account = current_account()
    if account is None or owner_id is None or account.id != owner_id:
        raise NotFound
    return account


def _account(at: House, account_id: Any) -> Account | None:
    if not isinstance(account_id, int):
        return None
    with at.database.reading() as db:
        return queries.account(db, account_id)


# ---------------------------------------------------------------- devices and links


def device_token(session_id: int) -> str:
    """Return the token this browser holds for a séance, or an empty text."""
    return request.cookies.get(device_cookie(session_id), "")


def give_device_token(response: AnyResponse, session_id: int, token: str) -> None:
    """Give the browser its token for a séance."""
    _keep(response, device_cookie(session_id), token)


def give_link_token(response: AnyResponse, session_id: int, token: str) -> None:
    """Give the browser the token of the revocable link it came by."""
    _keep(response, link_cookie(session_id), token)


def forget_device(response: AnyResponse, session_id: int) -> None:
    _drop(response, device_cookie(session_id))


def forget_link(response: AnyResponse, session_id: int) -> None:
    _drop(response, link_cookie(session_id))


def device_cookie(session_id: int) -> str:
    return f"atelier_s{session_id}"


def link_cookie(session_id: int) -> str:
    return f"atelier_k{session_id}"


def document_cookie(document_id: int, kind: str = WRITER_COOKIE) -> str:
    return f"atelier_{kind}{document_id}"


def give_document_token(response: AnyResponse, document_id: int, token: str, kind: str) -> None:
    """Give the browser the token of an invitation to write, or of a reader's own link."""
    _keep(response, document_cookie(document_id, kind), token)


def participant_of(db: Session, token: str, session_id: int) -> str | None:
    """Return the participant for whom the holder of `token` speaks in this séance."""
    seat = queries.seat_of(db, token, session_id) if token else None
    return seat.participant if seat else None


def _keep(response: AnyResponse, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=DEVICE_COOKIE_LIFE,
        httponly=True,
        samesite="Lax",
        secure=house().settings.secure,
        path="/",
    )


def _drop(response: AnyResponse, name: str) -> None:
    response.delete_cookie(name, path="/", httponly=True, samesite="Lax", secure=house().settings.secure)


# ---------------------------------------------------------------- who


def proofs(session_id: int) -> Proofs:
    """Return what the request shows for a séance: its cookies, or the explicit token of a program."""
    token = bearer(request.headers.get("Authorization", ""))
    return _proofs(request.cookies, token, session_id, current_account())


def proofs_of_handshake(app: Flask) -> Callable[[Mapping[str, Any], Mapping[str, Any], int], Proofs]:
    """Return what reads a socket's handshake; a handshake has no request context, so the session is opened by hand."""

    def read(environ: Mapping[str, Any], auth: Mapping[str, Any], session_id: int) -> Proofs:
        asked = app.request_class(dict(environ))
        opened = app.session_interface.open_session(app, asked)
        account = _account(app.extensions["atelier"], opened.get(ACCOUNT) if opened else None)
        token = auth.get("token")
        return _proofs(asked.cookies, token if isinstance(token, str) else "", session_id, account)

    return read


def document_proofs(document_id: int, session_id: int | None) -> DocumentProofs:
    """Return what the request shows for a document, and for the séance that it comes from."""
    token = bearer(request.headers.get("Authorization", ""))
    return _document_proofs(request.cookies, token, document_id, proofs(session_id or 0))


def document_proofs_of_handshake(
    app: Flask,
) -> Callable[[Mapping[str, Any], Mapping[str, Any], int, int | None], DocumentProofs]:
    """Return what reads a socket's handshake for a document."""
    read_session = proofs_of_handshake(app)

    def read(
        environ: Mapping[str, Any], auth: Mapping[str, Any], document_id: int, session_id: int | None
    ) -> DocumentProofs:
        token = str(auth.get("token") or "")
        cookies = app.request_class(dict(environ)).cookies
        return _document_proofs(cookies, token, document_id, read_session(environ, auth, session_id or 0))

    return read


def _document_proofs(
    cookies: Mapping[str, str], token: str, document_id: int, of_session: Proofs
) -> DocumentProofs:
    return DocumentProofs(
        device=of_session.device,
        link=of_session.link,
        account_id=of_session.account_id,
        account_name=of_session.account_name,
        writer=token or cookies.get(document_cookie(document_id), ""),
        review=token or cookies.get(document_cookie(document_id, REVIEW_COOKIE), ""),
    )


def _proofs(cookies: Mapping[str, str], token: str, session_id: int, account: Account | None) -> Proofs:
    return Proofs(
        device=token or cookies.get(device_cookie(session_id), ""),
        link=token or cookies.get(link_cookie(session_id), ""),
        account_id=account.id if account else None,
        account_name=account.name if account else "",
    )


# ---------------------------------------------------------------- rates (security.py counts; addresses are read here)


def may_try_code() -> bool:
    """Tell whether this address may try a join code now."""
    return limits().may_join(_address())


def note_joined() -> None:
    limits().joined(_address())


def note_failed_code() -> None:
    """Count a join code that opens nothing."""
    limits().failed_join(_address())


def may_try_personal_code(kind: str) -> bool:
    """Tell whether this address may try a personal code (`keep`, `restore`, `link`, `sign_in`)."""
    return limits().may_try_code(kind, _address())


def note_failed_personal_code(kind: str) -> None:
    limits().failed_code(kind, _address())


def may_ask_link() -> bool:
    """Count a request for a sign-in link and tell whether it is one too many from this address."""
    return limits().may_ask_link_from(_address())


def _address() -> str:
    return request.remote_addr or ""


# ---------------------------------------------------------------- pages


def locale_of_request() -> str:
    """Return the language of the person: the one asked for (`?lang=`, then kept), else the browser's, else French."""
    accepted = [language for language, _ in request.accept_languages]
    return best_locale(accepted, request.args.get("lang") or request.cookies.get("lang"))


def keep_language(response: Response) -> Response:
    """Remember the language asked for with `?lang=`, whatever page it was asked on."""
    if request.method == "GET" and (wanted := request.args.get("lang", "")) in LOCALES:
        _keep(response, "lang", wanted)
    return response


def page(template: str, status: int = 200, /, locale: str = "", **context: Any) -> Response:
    """Draw a page in its reader's language, or in `locale` for what a room reads alike; GET alone may be asked in another."""
    around = {"account": current_account(), "languages": LOCALES if request.method == "GET" else ()}
    return house().page(template, locale or locale_of_request(), status, **around, **context)


def private_page(template: str, status: int = 200, /, **context: Any) -> Response:
    """Draw a page about a séance, kept by nobody on the way."""
    (drawn := page(template, status, **context)).headers["Cache-Control"] = "no-store"
    return drawn


def refusal_page(code: str, status: int) -> Response:
    """Draw a refusal without asking who is signed in: it must work when the database does not."""
    return house().page("people/refused.html", locale_of_request(), status, account=None, code=code)
