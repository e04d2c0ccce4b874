"""Sends the one mail there is, a sign-in link. `ATELIER_SMTP_URL`: `smtp://` or `smtps://user:word@host:port`."""

from __future__ import annotations

import logging
import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from atelier.settings import Settings

PATIENCE_S = 20

log = logging.getLogger(__name__)


def can_send(settings: Settings) -> bool:
    return bool(settings.smtp_url)


def send(settings: Settings, to: str, subject: str, body: str) -> bool:
    """Send one plain text; False, and a line in the log without any address, when the server would not take it."""
    message = EmailMessage()
    message["From"] = settings.mail_from or "atelier@localhost"
    message["To"] = to
    message["Subject"] = subject
    message.set_content(body)
    try:
        with _server(urlsplit(settings.smtp_url)) as server:
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("mail_not_sent", extra={"reason": type(error).__name__})
        return False
    return True


def _server(url: SplitResult) -> smtplib.SMTP:
    """Open a conversation; the password never leaves in clear: plain `smtp` turns to TLS before it is said."""
    host = url.hostname or "localhost"
    server: smtplib.SMTP
    if url.scheme == "smtps":
        context = ssl.create_default_context()
        server = smtplib.SMTP_SSL(host, url.port or 465, timeout=PATIENCE_S, context=context)
    else:
        server = smtplib.SMTP(host, url.port or 25, timeout=PATIENCE_S)
    if url.username:
        if url.scheme != "smtps":
            server.starttls(context=ssl.create_default_context())
        server.login(unquote(url.username), unquote(url.password or ""))
    return server
