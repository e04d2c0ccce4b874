"""What is derived from the token of a device. Pure: no clock, no request, no row.

A device holds one random token per séance, 256 bits, in its cookie; the server keeps only its SHA-256 (`codes.hashed`).
Everything below comes from the token itself, so that a copy of the database gives none of it.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from atelier.codes import READABLE

KEEP_CODE_LENGTH = 12  # 31 signs: 59 bits, guessed by nobody who may try ten times


@dataclass(frozen=True, slots=True)
class Proofs:
    """What somebody shows at a door: the device's token for the séance, the token of a link, a signed-in account."""

    device: str = ""
    link: str = ""
    account_id: int | None = None
    account_name: str = ""


@dataclass(frozen=True, slots=True)
class DocumentProofs(Proofs):
    """What somebody shows at a document's door: the above, if it comes from a séance, and the tokens of the document itself."""

    writer: str = ""
    review: str = ""


def keep_code(token: str) -> str:
    """Return the 12 signs of « Garder mon lien »: always the same for a token, which cannot be found from them."""
    number = int.from_bytes(_hmac(token.encode(), "keep"), "big")
    signs = []
    for _ in range(KEEP_CODE_LENGTH):
        number, rest = divmod(number, len(READABLE))
        signs.append(READABLE[rest])
    return "".join(signs)


def spaced(code: str) -> str:
    """`ABCDEFGHJKMN` -> `ABCD-EFGH-JKMN`, to be copied by hand."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def typed(text: str) -> str:
    """Return a code as somebody typed it, without spaces or dashes, in capitals."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def card_proof(pepper: bytes, code: str, number: int) -> str:
    """Return what stands beside card `number`: shows that whoever holds `code` wrote it.

    `pepper` is a secret of the installation, in no database. Two cards of one person have unrelated proofs.
    """
    return _hmac(pepper, f"card:{typed(code)}:{number}").hex()


def anonymous_id(token: str, activity_key: str) -> str:
    """Return the actor of this device in an activity « anonyme pour tous »: another one in each activity."""
    return "anon:" + _hmac(token.encode(), f"activity:{activity_key}").hex()[:32]


def contact_proof(token: str) -> str:
    """Return what lets a phone correct or withdraw its contact, without naming its participant."""
    return hashlib.sha256(_hmac(token.encode(), "contact")).hexdigest()


def short_code_hash(pepper: bytes, session_id: int, code: str) -> str:
    """Return what the server keeps of a code given by the desk; eight signs alone could be tried, hence the pepper."""
    return _hmac(pepper, f"restore:{session_id}:{typed(code)}").hex()


def _hmac(key: bytes, message: str) -> bytes:
    return hmac.digest(key, message.encode(), "sha256")
