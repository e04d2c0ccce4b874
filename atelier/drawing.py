"""Draws pages and fragments with Jinja, with or without a request: the only renderer of the product.

Everything a template needs is an argument: no Flask global is in reach, so that the ticker draws what a view draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from atelier.assets import PAGES, asset_dir, page_scripts
from atelier.i18n import LOCALES, colon, translations
from atelier.qr_codes import qr_svg

NBSP = "\u00a0"


class Compiled(FileSystemBytecodeCache):
    """What templates were compiled to, kept for the next start: half a second before phones see their page again."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # a full disk costs the next start its time, and nobody a page
            super().dump_bytecode(bucket)


class Drawing:
    """One Jinja environment per locale, autoescape always, undefined names are errors.

    `compiled` is a folder of this installation's own, where compiled templates are kept.
    """

    def __init__(
        self, timezone: str, public_url: str, static_url: str = "/static", compiled: Path | None = None
    ) -> None:
        self._compiled = compiled
        self.zone = ZoneInfo(timezone)
        self.public_url = public_url
        self._static_url = static_url
        self._scripts = {page: page_scripts(page) for page in PAGES}
        self._environments = {locale: self._environment(locale) for locale in LOCALES}

    def draw(self, template: str, /, locale: str = "fr", **data: Any) -> str:
        """Return the HTML of `template` filled with `data`."""
        return self._environments[locale].get_template(template).render(data)

    def speech(self, locale: str = "fr") -> Spoken:
        """Return the language that pure code writes sentences with (speech.py)."""
        return Spoken(locale, self.zone)

    def static(self, path: str) -> str:
        """Return the address of a static file, under the version of all of them."""
        return f"{self._static_url}/{path}"

    def scripts(self, page: str) -> list[str]:
        """Return the addresses of a page's scripts (`phone`, `desk`, `screen`), in order."""
        return [self.static(path) for path in self._scripts[page]]

    def bundled(self, page: str) -> bool:
        """Tell whether a page's code comes as a bundle, or module by module."""
        return self._scripts[page] != PAGES[page]

    def local(self, moment: datetime | str) -> datetime:
        """Return a moment (aware datetime or ISO text) in the installation's time zone."""
        value = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        return value.astimezone(self.zone)

    def _environment(self, locale: str) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(asset_dir("templates")),
            autoescape=True,
            auto_reload=False,  # a file to look at for each of many small pieces, ten times a second
            cache_size=-1,
            bytecode_cache=self._cache(locale),
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.install_gettext_translations(translations(locale), newstyle=True)  # type: ignore[attr-defined]
        environment.globals.update(
            locale=locale,
            static=self.static,
            public_url=self.public_url,
            locales=LOCALES,
            qr=qr_svg,
            scripts=self.scripts,
            bundled=self.bundled,
            colon=colon(locale),
            # On people's own words, and on what is written for everybody, where the page around speaks another language.
            in_french=Markup("" if locale == "fr" else ' lang="fr"'),  # noqa: S704 - our own words
        )
        environment.filters.update(self._filters(locale))
        return environment

    def _cache(self, locale: str) -> Compiled | None:
        """Return the compiled templates of one language: filters of constants are worked out when compiling."""
        if self._compiled is None:
            return None
        self._compiled.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Compiled(str(self._compiled), f"{locale}-%s")

    def _filters(self, locale: str) -> Mapping[str, Any]:
        return {
            "hour": lambda moment: hour_in_words(self.local(moment), locale),
            "clock": lambda moment: self.local(moment).strftime("%H:%M"),
            "iso": lambda moment: moment if isinstance(moment, str) else moment.isoformat(),
            "day": lambda moment: day_in_words(self.local(moment), locale),
            "day_of": lambda text: day_in_words(datetime.fromisoformat(text), locale),
            "number": lambda value: format_decimal(value, locale=locale).replace("\u202f", NBSP),
            "code_spaced": lambda code: f"{code[:3]}{NBSP}{code[3:]}",
            "minutes_seconds": minutes_seconds,
            "said": translations(locale).gettext,  # whole: a choice may be a title with « % » in it
            "lines": lambda text: Markup("<br>").join(text.splitlines()),
        }


class Spoken:
    """One language in one time zone: a Speech."""

    def __init__(self, locale: str, zone: ZoneInfo) -> None:
        self._locale, self._zone = locale, zone
        words = translations(locale)
        self.gettext, self.ngettext = words.gettext, words.ngettext

    def day(self, date: str, /) -> str:
        return day_in_words(datetime.fromisoformat(date), self._locale)

    def date(self, moment: datetime, /) -> str:
        return day_in_words(moment.astimezone(self._zone), self._locale)

    def hour(self, moment: datetime, /) -> str:
        return hour_in_words(moment.astimezone(self._zone), self._locale)


def hour_in_words(moment: datetime, locale: str) -> str:
    """« 20 h 13 » in French, « 8:13 PM » in English."""
    if locale == "fr":
        return f"{moment.hour}{NBSP}h{NBSP}{moment.minute:02d}"
    return str(format_skeleton("hm", moment, locale=locale)).replace("\u202f", NBSP)


def day_in_words(day: datetime, locale: str) -> str:
    """« mardi 1er décembre 2026 » in French."""
    words = str(format_date(day, "EEEE d MMMM y", locale=locale))
    return words.replace(" 1 ", " 1er ") if locale == "fr" and day.day == 1 else words


def minutes_seconds(seconds: int) -> str:
    """`130` -> `2:10`."""
    return f"{seconds // 60}:{seconds % 60:02d}"
