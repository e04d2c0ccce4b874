"""Refusals in words, in the actor's language: what happened, and what to do. French is the message itself.

The sentences stand in refusals_of_people.py, refusals_of_words.py and refusals_of_votes.py: code -> variants, the fullest
first; the first whose parameters are all there is said. Where the reason matters there is one entry per reason
(`not_elector.left`), where the act does, one per act (`cast_ballot.activity_closed`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from atelier.drawing import hour_in_words
from atelier.i18n import translations
from atelier.live.codec import MOMENT
from atelier.live.refusals_of_people import FIELDS as PEOPLE_FIELDS
from atelier.live.refusals_of_people import SENTENCES as PEOPLE
from atelier.live.refusals_of_votes import FIELDS as VOTE_FIELDS
from atelier.live.refusals_of_votes import SENTENCES as VOTES
from atelier.live.refusals_of_words import FIELDS as WORD_FIELDS
from atelier.live.refusals_of_words import SENTENCES as WORDS

SENTENCES: Mapping[str, tuple[str, ...]] = {**PEOPLE, **WORDS, **VOTES}
FIELDS: Mapping[str, str] = {**PEOPLE_FIELDS, **WORD_FIELDS, **VOTE_FIELDS}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
PAPER_TOTALS = frozenset({"ballots", "blank", "abstain", "void"})


def worded(
    code: str, params: Mapping[str, Any], locale: str, timezone: str = "Europe/Paris", act: str = ""
) -> tuple[str, str]:
    """Return the sentence for a refusal of `act` (wire name), and the name of the field it concerns (or "").

    `params` as the wire carries them (moments marked `{"$t": …}`) or as the rules gave them.
    """
    said = {name: _in_words(name, value, locale, timezone) for name, value in params.items()}
    if code == "malformed":
        return _malformed(params.get("fields") or {}, locale)
    if code == "invalid_ballot":
        said["reason"] = worded(str(params.get("reason", "")), {}, locale, timezone)[0]
    names = (f"{act}.{code}", f"{code}.{params.get('reason', '')}", code, "fault")
    variants = next(SENTENCES[name] for name in names if name in SENTENCES)
    translate = translations(locale).gettext
    return translate(_said_by(variants, said)) % said, _field(code, params)


def _said_by(variants: tuple[str, ...], said: Mapping[str, str]) -> str:
    """Return the first sentence that has all it needs."""
    full = (text for text in variants if all(said.get(name) for name in PLACEHOLDER.findall(text)))
    return next(full, variants[-1])


def _malformed(fields: Mapping[str, str], locale: str) -> tuple[str, str]:
    """Word the first field that does not fit; its name goes with the sentence."""
    name, problem = next(iter(fields.items()), ("", ""))
    variants = SENTENCES.get(f"malformed.{problem}") or SENTENCES["malformed"]
    return translations(locale).gettext(variants[0]), name


def _field(code: str, params: Mapping[str, Any]) -> str:
    if code == "not_a_count" and params.get("field") in PAPER_TOTALS:
        return f"paper[{params['field']}]"
    return FIELDS.get(code, "")


def _in_words(name: str, value: Any, locale: str, timezone: str) -> str:
    if isinstance(value, Mapping) and MOMENT in value:
        value = datetime.fromisoformat(str(value[MOMENT]))
    if isinstance(value, datetime):
        return hour_in_words(value.astimezone(ZoneInfo(timezone)), locale)
    if name == "option" and isinstance(value, str):
        return value.removeprefix("o")
    return "" if value is None else str(value)
