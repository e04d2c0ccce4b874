"""« Écouter »: the phone's own voice reads the question, in French whatever the language of the buttons."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from tests.browser.hall import PHONE, Hall
from tests.browser.looking import Looks
from tests.factories import make_activity, make_sequence, make_snapshot
from tests.server import running_server

pytestmark = pytest.mark.browser
QUESTION, LONG, SIMPLE = (
    "Qui décide après l'assemblée ?",
    "Qu'est-ce qui fragilise ?",
    "Qu'est-ce qui ne marche pas ?",
)
# A voice that writes down what it is asked to say, and says it until `ended()`.
VOICE = """
window.spoken = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
let now = null;
Object.defineProperty(window, "speechSynthesis", { value: {
  speak: (words) => { now = words; spoken.push([words.text, words.lang]); },
  cancel: () => { now = null; },
} });
window.ended = () => now.onend();
"""


@pytest.fixture
def reading(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    plain = make_activity("a1", "questions", QUESTION)
    easy = make_activity("a2", "contributions", LONG, simple_question=SIMPLE)
    snapshot = make_snapshot(
        [make_sequence("s1", "Lire", 10, plain), make_sequence("s2", "Lire encore", 10, easy)]
    )
    with running_server(tmp_path_factory.mktemp("voice"), snapshot=snapshot) as server:
        made = Hall(chromium, server)
        yield made
        made.close()
        assert made.faults == []


def phone(hall: Hall, voice: str = VOICE, language: str = "fr") -> Page:
    context = hall.context(PHONE, has_touch=True)
    context.add_init_script(voice)
    page = hall.page(context)
    page.goto(f"{hall.server.url}/j/{hall.code}?lang={language}")
    page.locator("main form button").first.click()
    hall.joined(page)
    return page


def test_the_question_is_read_in_french_stopped_and_ends(reading: Hall) -> None:
    page = phone(reading)
    Looks(reading).do(GoTo("s1", "a1"), OpenActivity("a1"))
    button = page.locator("read-aloud button")
    expect(button).to_have_text("Écouter")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    heard = page.evaluate("spoken")
    assert [[words.replace("\u2060", "").replace("\u00a0", " "), lang] for words, lang in heard] == [
        [QUESTION, "fr-FR"]
    ]
    page.evaluate("ended()")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(button).to_have_text("Écouter")


def test_the_simple_version_is_what_is_read_and_in_french_on_an_english_phone(reading: Hall) -> None:
    page = phone(reading, language="en")
    Looks(reading).do(GoTo("s2", "a2"), OpenActivity("a2"))
    button = page.locator("read-aloud button")
    expect(button).to_have_text("Listen")
    button.click()
    assert page.evaluate("spoken") == [[SIMPLE, "fr-FR"]]


def test_a_phone_without_voice_offers_no_button(reading: Hall) -> None:
    page = phone(reading, voice="delete Window.prototype.speechSynthesis; delete window.speechSynthesis;")
    Looks(reading).do(GoTo("s1", "a1"), OpenActivity("a1"))
    expect(page.locator("#question-a1")).to_be_visible()
    expect(page.locator("read-aloud button")).to_be_hidden()
