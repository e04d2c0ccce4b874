"""What every answer carries, and whom the house believes: headers, forgery, sizes, rates. Knows no capability."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import Forbidden

from atelier.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
BODY_LIMIT_BYTES = 256 * 1024
FORM_PARTS = 500
SIGNED_IN_FOR = timedelta(days=14)
HOST = re.compile(r"[A-Za-z0-9.\-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    # The desk previews the projector and the phone in frames of its own.
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Not `no-referrer`, which turns the Origin of our own forms into `null`.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), fullscreen=(self), screen-wake-lock=(self)"
    ),
}


class ForeignOrigin(Forbidden):
    """An unsafe request that does not come from our own pages."""

    description = "foreign_origin"


def configure(app: Flask, settings: Settings) -> None:
    """Set cookies, sizes, rates, headers and the forgery rule on the application."""
    app.extensions["limits"] = Limits(settings.redis_url)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="atelier",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        PERMANENT_SESSION_LIFETIME=SIGNED_IN_FOR,
        MAX_CONTENT_LENGTH=BODY_LIMIT_BYTES,
        MAX_FORM_MEMORY_SIZE=BODY_LIMIT_BYTES,
        MAX_FORM_PARTS=FORM_PARTS,
        WTF_CSRF_TIME_LIMIT=None,
    )

    @app.before_request
    def _refuse_forged() -> None:
        if request.method in SAFE_METHODS:
            return
        if not believed(provenance(request.environ), own_origins(settings.public_url, request.host)):
            raise ForeignOrigin

    @app.after_request
    def _add_headers(response: Response) -> Response:
        for name, value in response_headers(settings, request.host).items():
            response.headers.setdefault(name, value)
        if response.mimetype == "text/html":
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


# ---------------------------------------------------------------- headers


def response_headers(settings: Settings, host: str) -> Mapping[str, str]:
    """Return the headers of every answer. `host` is the request's, taken up only if it looks like one."""
    headers = {**HEADERS, "Content-Security-Policy": content_policy(settings.public_url, host)}
    if settings.secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers


def static_headers(headers: Any, _path: str, _url: str) -> None:
    """Add to static files, which whitenoise serves without us, what they need (`add_headers_function`)."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def content_policy(public_url: str, host: str, style_nonce: str = "") -> str:
    """Write the policy. Old Safari does not count sockets as 'self', so they are named.

    `style_nonce` lets one page's own script add a style sheet; nothing else may, and no attribute.
    """
    hosts = {name for name in (urlsplit(public_url).netloc, host) if HOST.fullmatch(name)}
    sockets = " ".join(f"ws://{name} wss://{name}" for name in sorted(hosts))
    policy = {**POLICY, "style-src": f"'self' 'nonce-{style_nonce}'"} if style_nonce else POLICY
    return "; ".join(
        [*(f"{name} {value}" for name, value in policy.items()), f"connect-src 'self' {sockets}".rstrip()]
    )


# ---------------------------------------------------------------- forgery


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an unsafe request or a handshake says of where it comes from."""

    site: str  # Sec-Fetch-Site, absent over plain HTTP
    origin: str
    has_cookie: bool
    has_token: bool


def provenance(environ: Mapping[str, Any], token: str = "") -> Provenance:
    """Read a WSGI environment; `token` is the one of a handshake's auth payload."""
    authorization = str(environ.get("HTTP_AUTHORIZATION", ""))
    return Provenance(
        site=str(environ.get("HTTP_SEC_FETCH_SITE", "")),
        origin=str(environ.get("HTTP_ORIGIN", "")),
        has_cookie=bool(environ.get("HTTP_COOKIE")),
        has_token=bool(token) or bearer(authorization) != "",
    )


def bearer(authorization: str) -> str:
    """Return the token of an `Authorization: Bearer …` header, or an empty text."""
    scheme, _, value = authorization.partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


def own_origins(public_url: str, host: str) -> frozenset[str]:
    """Return the origins of our pages. Over plain HTTP the machine may have other names (D-23)."""
    parts = urlsplit(public_url)
    origins = {f"{parts.scheme}://{parts.netloc}"} if parts.netloc else set()
    if parts.scheme != "https" and HOST.fullmatch(host):
        origins.add(f"http://{host}")
    return frozenset(origins)


def believed(claim: Provenance, origins: Iterable[str]) -> bool:
    """Tell whether an unsafe request or a handshake is ours.

    Participant forms carry no token (fragments are shared, phones stay open seven hours): the browser's word decides.
    A program that gives none must hold a token of its own, and no cookie: another's browser could have lent it.
    """
    if claim.site == "same-origin" or (claim.origin and claim.origin in set(origins)):
        return True
    if claim.site or claim.origin:
        return False
    return claim.has_token and not claim.has_cookie


def handshake_believed(environ: Mapping[str, Any], token: str, public_url: str) -> bool:
    """The same rule for a socket's handshake; `token` comes from its auth payload."""
    return believed(provenance(environ, token), own_origins(public_url, str(environ.get("HTTP_HOST", ""))))


# ---------------------------------------------------------------- rates

WINDOW = "10minutes"
JOINS = parse("4000/10minutes")  # a hall of 450 behind one address, coming back several times
FREE_FAILURES = 30  # an address from which nobody has joined
MOST_FAILURES = 150  # whoever gets in may mistype: one more failure for each success, up to here
WARY_FAILURES = 5  # while the whole installation sees a guesser with many addresses
WARY_AFTER = parse("600/10minutes")
FAILURES_OF_A_DAY = parse("300/day")
CODES = parse("10/10minutes")
LINKS_BY_EMAIL = parse("5/hour")
LINKS_BY_ADDRESS = parse("30/hour")
PATIENCE = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}  # seconds that somebody who joins may wait
ALONE_S = 5.0  # how long a process counts alone before it asks them again


class Limits:
    """Counts by address, in memory or in Redis. An address is kept as long as its window: a day at most.

    Failures are what is limited, not joins: 450 people share the address of a hall, and a guesser never gets in.
    Requests in flight together may each slip through once: the excess is bounded by the server's own concurrency.
    """

    def __init__(self, redis_url: str = "") -> None:
        self._spare = FixedWindowRateLimiter(MemoryStorage())
        self._limiter = FixedWindowRateLimiter(_storage(redis_url)) if redis_url else self._spare
        self._alone_until = 0.0

    def may_join(self, address: str) -> bool:
        """Tell whether this address may try a join code now."""
        place = address_key(address)
        failures = self._count(_counter(MOST_FAILURES), "join_failed", place)
        allowed = self._failures_allowed(place)
        return (
            failures < allowed
            and self._under(FAILURES_OF_A_DAY, "join_failed_day", place)
            and self._under(JOINS, "joined", place)
        )

    def joined(self, address: str) -> None:
        self._hit(JOINS, "joined", address_key(address))

    def failed_join(self, address: str) -> None:
        """Count a code that opens nothing, for the address and for the whole space of codes."""
        place = address_key(address)
        self._hit(_counter(MOST_FAILURES), "join_failed", place)
        self._hit(FAILURES_OF_A_DAY, "join_failed_day", place)
        self._hit(WARY_AFTER, "join_failed_anywhere", "all")

    def may_try_code(self, kind: str, address: str) -> bool:
        """Tell whether this address may try a personal code (`keep`, `restore`, `link`, `sign_in`)."""
        return self._under(CODES, f"code_{kind}", address_key(address))

    def failed_code(self, kind: str, address: str) -> None:
        self._hit(CODES, f"code_{kind}", address_key(address))

    def may_ask_link_from(self, address: str) -> bool:
        """Count and judge a request for a sign-in link by where it comes from."""
        return self._hit(LINKS_BY_ADDRESS, "link_address", address_key(address))

    def may_send_link_to(self, email: str) -> bool:
        """Count and judge a request for a sign-in link by whom it would bother."""
        return self._hit(LINKS_BY_EMAIL, "link_email", email)

    def _failures_allowed(self, place: str) -> int:
        successes = self._count(JOINS, "joined", place)
        if successes == 0 and not self._under(WARY_AFTER, "join_failed_anywhere", "all"):
            return WARY_FAILURES
        return min(MOST_FAILURES, FREE_FAILURES + successes)

    def _count(self, item: RateLimitItem, *name: str) -> int:
        return item.amount - int(self._ask("get_window_stats", item, *name).remaining)

    def _under(self, item: RateLimitItem, *name: str) -> bool:
        return bool(self._ask("test", item, *name))

    def _hit(self, item: RateLimitItem, *name: str) -> bool:
        return bool(self._ask("hit", item, *name))

    def _ask(self, question: str, item: RateLimitItem, *name: str) -> Any:
        """Ask the shared counters, or our own while they do not answer: a hall must be able to enter without Redis."""
        if monotonic() >= self._alone_until:
            try:
                return getattr(self._limiter, question)(item, *name)
            except StorageError:
                self._alone_until = monotonic() + ALONE_S
        return getattr(self._spare, question)(item, *name)


def limits() -> Limits:
    """Return the counters of the application at hand."""
    found: Limits = current_app.extensions["limits"]
    return found


def address_key(address: str) -> str:
    """Return what is counted: an IPv4 address, or the /64 of an IPv6 one, which is what one subscriber holds."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)


def _counter(amount: int) -> RateLimitItem:
    return parse(f"{amount}/{WINDOW}")


def _storage(url: str) -> Storage:
    storage = storage_from_string(url, wrap_exceptions=True, **PATIENCE)
    assert isinstance(storage, Storage)
    return storage
