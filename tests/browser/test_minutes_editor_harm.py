"""What hands, keyboards and full disks do to a text while another person writes in it: nothing of either is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from atelier.minutes.blocks import written
from atelier.minutes.content import Content, Section
from tests.browser.hall import eventually
from tests.browser.writing import Writing, new_writing, says, text_of, write
from tests.server import RunningServer

pytestmark = pytest.mark.browser

VIEWS = pytest.mark.parametrize("view", ["plain", "rich"])
LONG = "\n\n".join(f"Paragraphe {n} " + "mot " * 40 for n in range(1200)).strip()
BLOCK = written("V-2", "40 suffrages exprimés.")
MIXED = f"Avant.\n\n{BLOCK}\n\nAprès [C-1] et [C-2]."
PASTE = """words => {
    const data = new DataTransfer();
    data.setData('text/plain', words);
    document.activeElement.dispatchEvent(
        new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""
FULL_DISK = """
const add = IDBObjectStore.prototype.add;
IDBObjectStore.prototype.add = function (...given) {
    if (!window.full) return add.apply(this, given);
    this.transaction.abort();
    throw new DOMException('full', 'QuotaExceededError');
};"""


def opened(writing: Writing, view: str) -> Page:
    context = writing.context("Karim")
    context.add_init_script(f"localStorage.setItem('atelier.editor.view', '{view}')")
    page = writing.page(context)
    says(page, "saved")
    expect(page.locator(".sheet-part :is(.cm-content, textarea)").first).to_be_visible()
    return page


@VIEWS
def test_word_composed_while_another_writes_on_both_sides_of_it_stays_whole(
    writing: Writing, view: str
) -> None:
    page, other = opened(writing, view), writing.desk("Élise")
    composing = page.context.new_cdp_session(page)
    text_of(page, "context").click()
    page.keyboard.press("Control+End")
    composing.send("Input.imeSetComposition", {"text": " ni", "selectionStart": 3, "selectionEnd": 3})
    text_of(other, "context").click()
    other.keyboard.press("Control+Home")
    other.keyboard.insert_text("Hier. ")
    other.keyboard.press("Control+End")
    other.keyboard.insert_text(" Fin.")
    says(other, "saved")
    page.wait_for_timeout(300)  # what the other wrote arrives during the composition
    composing.send("Input.imeSetComposition", {"text": " nihon", "selectionStart": 6, "selectionEnd": 6})
    composing.send("Input.insertText", {"text": " 日本"})
    page.keyboard.insert_text(" ok")
    eventually(lambda: writing.stored()["context"] == "Hier. Un café-couture. 日本 ok Fin.", page)


def test_thirty_undos_in_a_row_take_back_only_ones_own(writing: Writing) -> None:
    page, other = writing.desk("Karim"), writing.desk("Élise")
    for n in range(8):
        write(page, "context", f" k{n}")
        write(other, "context", f" e{n}")
        expect(text_of(page, "context")).to_contain_text(f"e{n}")
    text_of(page, "context").focus()
    for _ in range(30):
        page.keyboard.press("Control+z")
    theirs = "".join(f" e{n}" for n in range(8))
    eventually(lambda: writing.stored()["context"] == f"Un café-couture.{theirs}", page)
    for _ in range(30):
        page.keyboard.press("Control+y")
    words = {f"{who}{n}" for who in "ke" for n in range(8)}
    eventually(lambda: words <= set(writing.stored()["context"].split()), page)


def test_two_hundred_kilobytes_pasted_at_once_are_saved_and_undone_at_once(writing: Writing) -> None:
    page, other = writing.desk("Karim"), writing.desk("Élise")
    text_of(page, "debate").click()
    page.evaluate(PASTE, LONG)
    eventually(lambda: writing.stored()["debate"] == LONG, page)
    says(page, "saved")
    write(other, "context", " Aussi.")
    says(other, "saved")
    text_of(page, "debate").focus()
    page.keyboard.press("Control+z")
    eventually(lambda: writing.stored()["debate"] == "", page)
    assert writing.stored()["context"] == "Un café-couture. Aussi."


@VIEWS
def test_all_that_is_deleted_with_the_blocks_in_it_comes_back(
    chromium: Browser, served: RunningServer, view: str
) -> None:
    content = Content("Soirée", (Section("weak", 1, "Faiblesses", MIXED, required=True),))
    writing = new_writing(chromium, served, content)
    page = opened(writing, view)
    text_of(page, "weak").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    eventually(lambda: "Avant" not in writing.stored()["weak"], page)
    page.keyboard.press("Control+z")
    eventually(lambda: writing.stored()["weak"] == MIXED, page)
    writing.close()
    assert writing.faults == []


def test_words_pasted_over_a_citation_take_its_place_and_nothing_more(
    chromium: Browser, served: RunningServer
) -> None:
    content = Content("Soirée", (Section("weak", 1, "Faiblesses", "Après [C-1] et [C-2].", required=True),))
    writing = new_writing(chromium, served, content)
    page = writing.desk("Karim")
    text_of(page, "weak").click()
    page.keyboard.press("Control+Home")
    for _ in "Après ":
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.evaluate(PASTE, "demain")
    eventually(lambda: writing.stored()["weak"] == "Après demain et [C-2].", page)
    writing.close()
    assert writing.faults == []


@VIEWS
def test_word_that_the_keyboard_corrects_is_replaced_in_place(writing: Writing, view: str) -> None:
    page = opened(writing, view)
    text_of(page, "context").click()
    page.evaluate(
        """view => {
            const field = document.activeElement;
            if (view === 'plain') {
                field.setRangeText('bistrot', 3, 7, 'end');
                field.dispatchEvent(new InputEvent('input', {inputType: 'insertReplacementText', bubbles: true}));
                return;
            }
            const range = document.createRange();
            const words = field.querySelector('.cm-line').firstChild;
            range.setStart(words, 3);
            range.setEnd(words, 7);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            document.execCommand('insertText', false, 'bistrot');
        }""",
        view,
    )
    eventually(lambda: writing.stored()["context"] == "Un bistrot-couture.", page)


def test_disk_that_is_full_is_told_and_the_words_leave_with_the_network(writing: Writing) -> None:
    context = writing.context("Karim")
    context.add_init_script(FULL_DISK)
    page = writing.page(context)
    says(page, "saved")
    page.evaluate("() => { window.full = true; }")
    context.set_offline(True)
    write(page, "context", " Plein.")
    says(page, "loose")
    context.set_offline(False)
    says(page, "saved")
    assert writing.stored()["context"] == "Un café-couture. Plein."


def test_words_dragged_to_another_section_leave_the_first_and_come_back_together(writing: Writing) -> None:
    page = writing.desk("Karim")
    says(page, "saved")
    first = text_of(page, "case").locator(".cm-line").first
    first.dblclick(position={"x": 8, "y": 10})
    there, here = text_of(page, "context").bounding_box(), first.bounding_box()
    assert there is not None
    assert here is not None
    page.mouse.move(here["x"] + 8, here["y"] + 10)
    page.mouse.down()
    page.mouse.move(here["x"] + 20, here["y"] + 16, steps=4)
    page.mouse.move(there["x"] + 4, there["y"] + 16, steps=8)
    page.mouse.up()
    eventually(lambda: writing.stored()["context"] == "NéUn café-couture.", page)
    eventually(lambda: writing.stored()["case"] == " en 2009.", page)
    page.keyboard.press("Control+z")
    eventually(lambda: writing.stored()["context"] == "Un café-couture.", page)
    eventually(lambda: writing.stored()["case"] == "Né en 2009.", page)
