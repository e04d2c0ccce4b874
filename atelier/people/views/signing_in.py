"""Signing in: ask, receive a link, open it, press the button. Nobody learns here which addresses have an account."""

from __future__ import annotations

import logging
from datetime import datetime

from flask import redirect, request
from werkzeug.wrappers import Response as AnyResponse

from atelier import realtime
from atelier.errors import AtelierError, Refusal
from atelier.house import House, house
from atelier.i18n import translations
from atelier.people import access, mail, operations, queries
from atelier.people.forms import AskLinkForm, SignOutForm
from atelier.people.views.blueprint import blueprint
from atelier.security import Limits, limits

AFTER_SIGN_IN = "/seances"
LINK_STATUS = {"link_unknown": 404, "link_used": 410, "link_expired": 410}

log = logging.getLogger(__name__)


@blueprint.get("/connexion")
def ask_sign_in() -> AnyResponse:
    """The page that asks for an e-mail address."""
    if access.current_account():
        return redirect(AFTER_SIGN_IN)
    return _ask_page(AskLinkForm())


@blueprint.post("/connexion")
def send_link() -> AnyResponse:
    """Send a link if there is an account, and answer the same thing at the same speed if there is none."""
    form = AskLinkForm(request.form)
    if not access.may_ask_link():
        return access.page("people/too_many.html", 429)
    if not form.validate():
        return _ask_page(form, 422)
    at, locale = house(), access.locale_of_request()
    if mail.can_send(at.settings):
        email = queries.normal_email(str(form.email.data))
        realtime.spawn(_send_link, at, limits(), email, locale, at.clock())
    return access.page("people/link_sent.html", can_send=mail.can_send(at.settings))


@blueprint.get("/connexion/<token>")
def offer_sign_in(token: str) -> AnyResponse:
    """A button: mail scanners open links, so looking at one uses nothing up."""
    with house().database.reading() as db:
        refusal = operations.link_state(queries.magic_link(db, token), house().clock())
    return _refused(refusal) if refusal else _kept_private(access.page("people/link.html", token=token))


@blueprint.post("/connexion/<token>")
def use_link(token: str) -> AnyResponse:
    """Use the link up and sign in."""
    if not access.may_try_personal_code("sign_in"):
        return access.page("people/too_many.html", 429)
    with house().database.writing() as db:
        account_id = operations.use_link(db, token, house().clock())
    if isinstance(account_id, Refusal):
        access.note_failed_personal_code("sign_in")
        return _refused(account_id)
    access.sign_in(account_id)
    return redirect(AFTER_SIGN_IN, 303)


@blueprint.get("/deconnexion")
@access.signed_in
def ask_sign_out() -> AnyResponse:
    return _kept_private(access.page("people/sign_out.html", form=SignOutForm()))


@blueprint.post("/deconnexion")
@access.signed_in
def sign_out() -> AnyResponse:
    if SignOutForm().validate():
        access.sign_out()
    return redirect("/connexion", 303)


def _send_link(at: House, counts: Limits, email: str, locale: str, now: datetime) -> None:
    """Run beside the answer. An address that is asked for too often is left in peace."""
    try:
        token = operations.ask_link(at.database, email, now) if counts.may_send_link_to(email) else None
    except AtelierError as error:
        log.warning("link_not_made", extra={"reason": type(error).__name__})
        return
    if token is None:
        return
    gettext = translations(locale).gettext
    address = operations.link_address(at.settings.public_url, token)
    body = gettext(
        "Bonjour,\n\nVoici votre lien pour entrer dans Atelier. Il sert une seule fois, pendant 30 minutes."
        "\n\n%(address)s\n\nVous n'avez rien demandé ? Ne faites rien : le lien s'éteint tout seul.\n"
    )
    mail.send(at.settings, email, gettext("Votre lien de connexion"), body % {"address": address})


def _ask_page(form: AskLinkForm, status: int = 200) -> AnyResponse:
    return access.page("people/sign_in.html", status, form=form)


def _refused(refusal: Refusal) -> AnyResponse:
    return _kept_private(access.page("people/link_refused.html", LINK_STATUS[refusal.code], refusal=refusal))


def _kept_private(response: AnyResponse) -> AnyResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
