"""What a phone fetches first, as it goes over the line: 150 kB at most, 60 if it can be (R-248)."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from atelier.assets import asset_dir
from atelier.drawing import Drawing
from atelier.static_files import without_comments
from tests.factories import make_activity
from tests.web.live_ground import CODE, Evening, Phone

JOINING_BYTES = 60_000
TAKING_PART_BYTES = 105_000
MODULES_BYTES = 130_000  # while scripts are newer than their bundle, which the next `make` makes again
IMPORTS = re.compile(r'^(?:import|export)[^"\n]*"(\.[^"]+)"', re.M)
OPTIONS = [
    "Un local ouvert",
    "Une lettre aux habitants",
    "Un tirage au sort",
    "Des crêpes",
    "Un journal",
    "Rien",
]


@pytest.fixture
def phone(tmp_path: Path) -> Phone:
    evening = Evening(tmp_path, [make_activity("a1", "dot_vote", "La question", options=OPTIONS)])
    evening.open("a1")
    return evening.phone(name="Samira", college="A")


def addresses(page: str) -> set[str]:
    """The files that a browser asks for to show this page; what is only fetched beforehand is not among them."""
    links = [tag for tag in re.findall(r"<(?:link|script)\b[^>]*>", page) if "prefetch" not in tag]
    found = {path for tag in links for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', tag)}
    return found | {path.partition("#")[0] for path in re.findall(r'<use href="(/static/[^"]+)"', page)}


def imported(module: str) -> set[str]:
    """Every module that one of static/ imports, itself left out."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        here = waiting.pop()
        script = (asset_dir("static") / here).read_text()
        for path in IMPORTS.findall(script):
            there = normpath(join(dirname(here), path))
            if there not in found:
                found.add(there)
                waiting.append(there)
    return found


def weights(phone: Phone, page: str, *more: str) -> dict[str, int]:
    """The bytes of a page, of what it asks for, of the two fonts, of `more` files of static/."""
    static = re.findall(r"/static/[^/\"]+/", page)[0]
    fonts = [f"vendor/fonts/{name}.woff2" for name in ("atkinson-hyperlegible-next", "bricolage-grotesque")]
    found = {"page": len(gzip.compress(page.encode(), 6))}
    for path in addresses(page) | {f"{static}{path}" for path in (*fonts, *more)}:
        response = phone.get(path, headers={"Accept-Encoding": "gzip"})
        if response.status_code == 200:
            found[path] = len(response.data)
    assert sum("woff2" in path for path in found) == len(fonts)
    return found


def test_joining_weighs_what_was_aimed_at(phone: Phone) -> None:
    found = weights(phone, Phone(phone.evening).page(f"/j/{CODE}"))
    assert any(path.endswith(".css") for path in found)
    assert sum(found.values()) < JOINING_BYTES, sorted(found.items(), key=lambda item: -item[1])[:8]


def test_page_of_a_vote_weighs_less_than_its_budget(phone: Phone) -> None:
    ballots = [f"js/elements/{name}.js" for name in ("ballot-slot", "dot-stepper")]
    page = phone.page()
    budget = TAKING_PART_BYTES if "/vendor/app/" in page else MODULES_BYTES
    found = weights(phone, page, *ballots)
    assert len(found) > 8
    assert sum(found.values()) < budget, sorted(found.items(), key=lambda item: -item[1])[:8]


def characters(ranges: str) -> set[str]:
    """« U+41-5A, U+E9 » -> its characters."""
    found: set[str] = set()
    for part in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", ranges):
        first, last = int(part[0], 16), int(part[1] or part[0], 16)
        found |= {chr(code) for code in range(first, last + 1)}
    return found


def test_what_the_product_says_itself_needs_no_rare_character(phone: Phone) -> None:
    """The rest of each font is fetched for one character of it: none is in our own pages, names of people apart."""
    css = (asset_dir("static") / "css" / "tokens.css").read_text()
    ranges = dict(re.findall(r"fonts/([\w-]+)\.woff2.*?unicode-range:([^;]+);", css, re.S))
    said = set(phone.page()) | set(Phone(phone.evening).page(f"/j/{CODE}"))
    assert "é" in said & characters(ranges["bricolage-grotesque"])
    for family in ("atkinson-hyperlegible-next", "bricolage-grotesque"):
        assert said & characters(ranges[f"{family}-rest"]) == set()


def test_page_without_bundle_names_at_once_every_module_that_its_scripts_import() -> None:
    drawn = Drawing("Europe/Paris", "http://localhost", "/static/v").draw("live/phone/_modules.html")
    preloads = [tag for tag in re.findall(r"<link\b[^>]*>", drawn) if "modulepreload" in tag]
    named = {re.sub(r'.*href="/static/[^/]+/([^"]+)".*', r"\1", tag) for tag in preloads}
    assert named == imported("js/app.js") | imported("js/phone.js")


def test_page_before_joining_needs_no_script(phone: Phone) -> None:
    for path in ("/j/", f"/j/{CODE}"):
        assert "<script" not in Phone(phone.evening).page(path)


def test_comments_of_a_script_leave_it_and_its_line_numbers() -> None:
    script = (
        "const x = /** @type {any} */ (y);\n/** What.\n * More. */\nconst a = '// kept'; // kept\n  // gone\n"
    )
    assert without_comments(script) == "const x = (y);\n\n\nconst a = '// kept'; // kept\n\n"
