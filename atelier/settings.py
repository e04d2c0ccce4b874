"""What the installation decides. Read once, from the environment, and passed down."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Settings:
    """`public_url` is what QR codes, strips and sheets print; `seal_secret` opens sealed ballots and is in no database."""

    var: Path
    database_url: str
    secret_key: bytes
    seal_secret: bytes
    public_url: str = ""
    redis_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    hall: bool = False
    timezone: str = "Europe/Paris"
    locale: str = "fr"
    smtp_url: str = ""
    mail_from: str = ""
    metrics_token: str = ""
    made: Path | None = (
        None  # where what is made from our sources is kept (templates, static files), `var` if nowhere else
    )
    proxies: int = 0  # of ours, in front: how many names of X-Forwarded-* are believed
    testing: bool = False

    @property
    def secure(self) -> bool:
        """Cookies are `Secure` when people come by HTTPS."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def reachable_by_phones(self) -> bool:
        """False while the public address is a loopback one: no phone can join it (D-23)."""
        return (urlsplit(self.public_url).hostname or "127.0.0.1") not in LOOPBACK


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """Build the settings from `ATELIER_*`; make the folder `var/` and its two secrets at first start."""
    env = os.environ if environ is None else environ
    var = Path(env.get("ATELIER_VAR", "var")).resolve()
    var.mkdir(parents=True, exist_ok=True)
    port = int(env.get("ATELIER_PORT", "8000"))
    return Settings(
        var=var,
        database_url=env.get("ATELIER_DATABASE_URL", f"sqlite:///{var / 'atelier.db'}"),
        secret_key=_secret(env.get("ATELIER_SECRET_KEY"), var / "secret.key"),
        seal_secret=_secret(env.get("ATELIER_SEAL_SECRET"), var / "seal.key"),
        public_url=env.get("ATELIER_PUBLIC_URL", f"http://127.0.0.1:{port}").rstrip("/"),
        redis_url=env.get("ATELIER_REDIS_URL", ""),
        host=env.get("ATELIER_HOST", "127.0.0.1"),
        port=port,
        hall=env.get("ATELIER_HALL", "") == "1",
        timezone=env.get("ATELIER_TIMEZONE", "Europe/Paris"),
        smtp_url=env.get("ATELIER_SMTP_URL", ""),
        mail_from=env.get("ATELIER_MAIL_FROM", ""),
        metrics_token=env.get("ATELIER_METRICS_TOKEN", ""),
        made=Path(env["ATELIER_MADE"]).resolve() if env.get("ATELIER_MADE") else None,
        proxies=int(env.get("ATELIER_PROXIES", "0")),
    )


def _secret(given: str | None, path: Path) -> bytes:
    """Return the secret given, else the one kept in `path` (0600), made at first start."""
    if given:
        return given.encode()
    if not path.exists():
        _make_secret(path)
    return path.read_text().strip().encode()


def _make_secret(path: Path) -> None:
    """Make a secret once, whole, even when two processes start at the same moment."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if path.exists():
            return
        draft = path.with_name(f".{path.name}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
        draft.rename(path)
    finally:
        os.close(folder)
