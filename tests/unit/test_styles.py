"""The values of the house keep the contrasts they promise, and phones keep their small share of styles."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from atelier.assets import asset_dir
from atelier.static_files import lighter, whole

CSS = asset_dir("static") / "css"
TEMPLATES = asset_dir("templates")
PHONE_BYTES = 8_192
"""Compressed styles of a phone, in one file; those of results come later."""

PROMISED = [
    ("encre", "papier", 16.2),
    ("encre-2", "papier", 9.5),
    ("violet", "papier", 9.6),
    ("encre", "papier-2", 15.2),
    ("violet", "papier-2", 9.0),
    ("encre", "blanc", 16.8),
    ("violet", "blanc", 9.9),
    ("encre", "nappe", 12.6),
    ("violet", "nappe", 7.4),
    ("encre-2", "nappe", 7.4),
    ("trait", "papier", 4.5),
    ("trait", "nappe", 3.4),
    ("blanc", "violet", 9.9),
    ("blanc", "violet-fonce", 15.6),
    ("encre", "violet-moyen", 7.1),
    ("encre", "violet-clair", 8.7),
    ("encre", "violet-tendre", 11.3),
    ("violet", "violet-pale", 8.4),
    ("encre", "corail", 5.3),
    ("encre", "soleil", 10.3),
    ("encre", "lagon", 7.1),
    ("encre", "rose", 8.5),
    ("encre", "feuille", 10.0),
    ("encre", "passable", 13.6),
    ("soleil-encre", "papier", 7.5),
    ("blanc", "soleil-encre", 7.8),
    ("corail-encre", "papier", 7.9),
    ("feuille-encre", "papier", 8.0),
    ("lagon-encre", "papier", 8.0),
    ("alerte", "papier", 7.4),
    ("encre", "surligneur", 14.5),
    ("soleil-encre", "soleil-pale", 6.96),
    ("corail-encre", "corail-pale", 6.96),
    ("feuille-encre", "feuille-pale", 6.96),
    ("lagon-encre", "lagon-pale", 6.96),
    ("alerte", "alerte-pale", 6.96),
]


def tokens() -> dict[str, str]:
    text = (CSS / "tokens.css").read_text(encoding="utf-8")
    found = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", text))
    return {
        name: value if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:])
        for name, value in found.items()
    }


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance of #rrggbb."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def sheets(surface: str) -> list[str]:
    """The sheets a surface asks for, read from the template that links them."""
    from_template = (TEMPLATES / "_styles.html").read_text(encoding="utf-8")
    groups: dict[str, list[str]] = {}
    for name, value in re.findall(r"set ([A-Z]+) = \(([^)]*)\)", from_template):
        groups[name] = re.findall(r'"([a-z/-]+)"', value)
    line = re.search(rf'"{surface}": (.*?),\n  ["}}]|"{surface}": (.*?),\n}}', from_template, re.S)
    assert line is not None
    parts = re.findall(r'[A-Z]{2,}|"[a-z/-]+"', line.group(1) or line.group(2))
    return [
        read for part in parts for sheet in groups.get(part, [part.strip('"')]) for read in imported(sheet)
    ]


def imported(sheet: str) -> list[str]:
    """The sheets that one is made of: itself, unless it only imports others."""
    return re.findall(
        r'@import url\("([^"]+)\.css"\)', (CSS / f"{sheet}.css").read_text(encoding="utf-8")
    ) or [sheet]


def test_measure_contrast_of_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("text", "ground", "least"), PROMISED)
def test_token_pairs_keep_their_promised_contrast(text: str, ground: str, least: float) -> None:
    values = tokens()
    assert contrast(values[text], values[ground]) >= least


def test_every_surface_starts_with_the_order_of_layers() -> None:
    order = "@layer reset, tokens, base, layout, components, screens, utilities;"
    holders = [path for path in CSS.rglob("*.css") if order in path.read_text(encoding="utf-8")]
    assert holders == [CSS / "tokens.css"]
    for surface in ("phone", "editor", "screen", "desk", "page", "print"):
        assert sheets(surface)[0] == "tokens"


@pytest.mark.parametrize("surface", ["phone", "editor", "screen", "desk", "page", "print", "results"])
def test_every_sheet_of_a_surface_is_there_and_stays_in_a_layer(surface: str) -> None:
    for sheet in sheets(surface):
        text = re.sub(r"/\*.*?\*/", "", (CSS / f"{sheet}.css").read_text(encoding="utf-8"), flags=re.S)
        depth, outside = 0, ""
        for character in text:
            outside += character if depth == 0 else ""
            depth += {"{": 1, "}": -1}.get(character, 0)
        heads = [head.strip() for head in re.split(r"[{;]", outside) if head.strip()]
        assert [head for head in heads if not head.startswith(("@layer", "@page"))] == []


def test_phone_styles_of_the_first_screen_stay_small() -> None:
    served = lighter(whole(CSS / "phone-whole.css"), ".css")
    assert len(sheets("phone")) > 5
    assert 1_000 < len(gzip.compress(served, 9)) <= PHONE_BYTES


def test_every_class_of_the_shared_templates_has_a_rule() -> None:
    ruled = {
        name
        for path in CSS.rglob("*.css")
        for name in re.findall(r"\.([a-z][\w-]*)", path.read_text(encoding="utf-8"))
    }
    named: set[tuple[str, str]] = set()
    for path in [*TEMPLATES.glob("charts/*.html"), TEMPLATES / "_slip.html", TEMPLATES / "_gommette.html"]:
        named |= {(path.name, name) for name in classes_of(path)}
    assert ("_slip.html", "slip-meta") in named
    plain = {
        "result-dots",
        "result-choice",
        "result-gradients",
        "result-merit",
        "result-weather",
        "result-roti",
        "result-scale",
        "result-timeline",
        "notches",
        "segments",
        "slip-body",
        "turnout-drawing",
        "scale-text",
    }
    assert {(file, name) for file, name in named if name not in ruled | plain} == set()


def classes_of(path: Path) -> set[str]:
    """Whole class names written in a template; those put together from data (`fill-{{ … }}`) are left out."""
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    values = re.findall(r'class="((?:\{[{%].*?[}%]\}|[^"{])*)"', text)
    written = " ".join(re.sub(r"\{[{%].*?[}%]\}", "\0", value) for value in values)
    return {name for name in re.split(r"[\s\0]+", written) if re.fullmatch(r"[a-z][\w-]*\w", name)}
