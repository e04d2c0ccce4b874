"""The eyes of the other tests see: what is planted in a page is found, and a page that is well is not accused."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.document_looks import SMALL_TEXT, SMALLEST_PX
from tests.browser.hall import PHONE
from tests.browser.looking import LAYOUT, violations

pytestmark = pytest.mark.browser
WELL = """<!doctype html><html lang="fr"><head><title>Une page</title></head>
<body style="margin:0"><main><h1>Un titre</h1><p>Des mots.</p>{}</main></body></html>"""

FAR = '<button style="margin-left:380px;width:60px;height:60px">x</button>'


@pytest.fixture(scope="module")
def blank(chromium: Browser) -> Page:
    return chromium.new_context(viewport=PHONE).new_page()


def drawn(blank: Page, planted: str = "") -> Page:
    blank.set_content(WELL.format(planted))
    return blank


def test_a_page_that_is_well_is_not_accused(blank: Page) -> None:
    assert violations(drawn(blank, '<button style="width:60px;height:60px">Envoyer</button>')) == []
    assert blank.evaluate(LAYOUT) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ('<img src="data:,">', "image-alt (critical)"),
        ('<p style="color:#bbb;background:#fff">Pâle.</p>', "color-contrast (serious)"),
        ("<h4>Un titre trop bas</h4>", "heading-order (moderate)"),
        ("</main><p>Hors de tout repère.</p><main hidden>", "region (moderate)"),
    ],
)
def test_axe_finds_what_was_planted_moderate_included(blank: Page, planted: str, found: str) -> None:
    assert [one.partition(":")[0] for one in violations(drawn(blank, planted))] == [found]


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ('<div style="width:500px">large</div>', "page wider than its window by 110"),
        ('<button style="width:43px;height:60px">x</button>', "43×60 button. « x »"),
        ('<label class="check"><input type="checkbox">oui</label>', "oui »"),
        (f'<div style="overflow:hidden">{FAR}</div>', "outside button. « x »"),
    ],
)  # fmt: skip
def test_the_layout_finds_what_does_not_fit_a_hand(blank: Page, planted: str, found: str) -> None:
    faults = drawn(blank, planted).evaluate(LAYOUT)
    assert any(fault.endswith(found) for fault in faults), faults


def test_what_is_hidden_or_scrolls_by_itself_is_left_alone(blank: Page) -> None:
    hidden = "<details><summary style='display:block;height:50px'>Plus</summary><button>x</button></details>"
    scrolls = f"<div style='overflow-x:auto'>{FAR}</div>"
    assert drawn(blank, hidden + scrolls).evaluate(LAYOUT) == []


def test_text_too_small_to_read_is_found_where_it_is_shown(blank: Page) -> None:
    small = '<p style="font-size:11px">Petit.</p><p style="font-size:11px;display:none">Caché.</p>'
    assert drawn(blank, small).evaluate(SMALL_TEXT, SMALLEST_PX) == ["11 px « Petit. »"]
