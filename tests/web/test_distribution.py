"""« Envoyer à celles et ceux qui l'ont demandé »: once to each address, or a message to copy; no address is ever shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from atelier.exports.views import distribution
from tests.web.minutes_evening import MinutesEvening, said


@pytest.fixture
def evening(tmp_path: Path) -> MinutesEvening:
    made = MinutesEvening(tmp_path)
    made.to_published()
    return made


@pytest.fixture
def posted(evening: MinutesEvening, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """Mail is set up; what leaves is kept here."""
    sent: list[tuple[str, str, str]] = []
    house = evening.evening.house
    house.settings = replace(house.settings, smtp_url="smtp://localhost")
    monkeypatch.setattr(
        distribution.mail, "send", lambda _settings, *letter: bool(sent.append(letter)) or True
    )
    monkeypatch.setattr(distribution.realtime, "spawn", lambda call, *args: call(*args))
    return sent


def test_each_address_gets_the_message_once_even_when_the_button_is_pressed_twice(
    evening: MinutesEvening, posted: list[tuple[str, str, str]]
) -> None:
    assert "l’attend par messagerie" in said(evening.get("/envoi"))
    evening.done("/envoi")
    page = evening.done("/envoi")
    assert [to for to, _, _ in posted] == ["odile@exemple.fr"]
    assert "Message parti vers 1 adresse" in page
    _, subject, text = posted[0]
    assert subject.startswith("Compte rendu")
    assert f"{evening.at}/v1\n" in text
    assert f"{evening.at}/v1/fichiers" in text


def test_a_correction_is_told_with_its_reason(
    evening: MinutesEvening, posted: list[tuple[str, str, str]]
) -> None:
    evening.done("/envoi")
    evening.done("/suivi/corriger", reason="Une date fausse.")
    evening.write("case", "L'assemblée est née en 2010.\n")
    evening.done("/suivi/publier")
    evening.done("/envoi")
    assert len(posted) == 2
    assert "Une date fausse." in posted[1][2]
    assert f"{evening.at}/v2\n" in posted[1][2]


def test_without_mail_the_message_is_there_to_copy(evening: MinutesEvening) -> None:
    page = evening.get("/envoi")
    assert "Cette installation n’envoie pas de courrier" in said(page)
    assert f"{evening.at}/v1" in page
    assert "odile@exemple.fr" not in page


def test_only_whoever_answers_for_the_document_sends_it(evening: MinutesEvening) -> None:
    assert evening.get("/envoi")
    assert evening.browser().get(f"{evening.at}/envoi").status_code == 404
    assert evening.browser().post(f"{evening.at}/envoi").status_code == 404


def test_nothing_is_sent_before_the_publication(tmp_path: Path) -> None:
    draft = MinutesEvening(tmp_path)
    assert draft.desk.get(f"{draft.at}/envoi").status_code == 404
