"""A document's files by their doors: listed with sizes, made once, refused with a reason, never of a version out of view."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from atelier.exports import ticker
from atelier.exports.files import converters
from atelier.exports.files.cage import ConversionFailed
from atelier.exports.views import documents
from atelier.workshops.models import WorkshopSession
from tests.web import manuscripts
from tests.web.manuscripts import nodes, read_again
from tests.web.minutes_evening import MinutesEvening, said


@pytest.fixture
def evening(tmp_path: Path) -> MinutesEvening:
    made = MinutesEvening(tmp_path)
    made.to_published()
    return made


def names(page: str) -> list[str]:
    return re.findall(r'href="[^"]*/fichiers/([^"]+)"', page)


def ready(evening: MinutesEvening, path: str = "/v1/fichiers") -> str:
    """Return the list once what is being made is there, as the button of the page gives it."""
    return evening.get(f"{path}?attendre=oui", evening.browser())


def test_each_format_is_announced_with_its_size_and_given(evening: MinutesEvening) -> None:
    public = evening.browser()
    page = ready(evening)
    assert names(page) == [f"CHA1-compte-rendu-v1.{form}" for form in ("pdf", "odt", "docx", "html", "md")]
    sizes = [int(size) for size in re.findall(r"(\d+) ko, en français", said(page))]
    assert len(sizes) == 5
    starts = {"pdf": b"%PDF", "odt": b"PK", "docx": b"PK", "html": b"<!doctype html>", "md": b"# "}
    for name, size in zip(names(page), sizes, strict=True):
        answer = public.get(f"{evening.at}/v1/fichiers/{name}")
        assert answer.status_code == 200
        assert answer.data.startswith(starts[name.rpartition(".")[2]])
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert (size - 1) * 1024 < len(answer.data) <= size * 1024


def test_the_saved_page_holds_its_figures_and_its_sources_and_asks_for_nothing(
    evening: MinutesEvening,
) -> None:
    page = evening.get("/v1/fichiers/CHA1-compte-rendu-v1.html", evening.browser())
    assert "On parle avant les élus" in page
    found = [node for node in nodes(read_again("html", page.encode())["blocks"]) if node["t"] == "Note"]
    assert [text[:8] for note in found if (text := manuscripts.said(note["c"]))] == ["CHA1-C-1", "CHA1-V-1"]
    assert not re.search(r'(?:src|href)="(?!https?://|data:image/svg|#)', page)
    assert "default-src 'none'" in page
    assert "<script" not in page


def test_the_markdown_of_a_version_is_the_very_text_of_its_fingerprint(evening: MinutesEvening) -> None:
    public = evening.browser()
    frozen = public.get(f"{evening.at}/v1/texte.md").data
    assert public.get(f"{evening.at}/v1/fichiers/CHA1-compte-rendu-v1.md").data == frozen


def test_a_version_out_of_view_gives_no_file_any_more(evening: MinutesEvening) -> None:
    public = evening.browser()
    assert evening.get("/v1/fichiers/CHA1-compte-rendu-v1.html", public)
    evening.done("/v1/retrait", motive="Une personne y est reconnaissable.")
    for path in ("/v1/fichiers", "/v1/fichiers/CHA1-compte-rendu-v1.pdf", "/fichiers", "/fichiers/x.md"):
        assert public.get(f"{evening.at}{path}").status_code == 404


def test_the_draft_is_for_those_who_write_and_says_that_it_is_one(tmp_path: Path) -> None:
    draft = MinutesEvening(tmp_path)
    assert draft.browser().get(f"{draft.at}/brouillon/fichiers").status_code == 404
    [name] = [name for name in names(draft.get("/brouillon/fichiers")) if name.endswith(".html")]
    assert "Brouillon, ni relu ni approuvé" in said(draft.get(f"/brouillon/fichiers/{name}"))


def test_a_file_that_cannot_be_made_says_why_and_leaves_the_others(
    evening: MinutesEvening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(form: str, _manuscript: object) -> bytes:
        if form == "pdf":
            raise ConversionFailed("time")
        return b"PK"

    monkeypatch.setattr(ticker, "made", refuse)
    page = said(ready(evening))
    assert "Ce fichier n’a pas pu être fait cette fois" in page
    assert "ODT" in page
    answer = evening.get("/v1/fichiers/CHA1-compte-rendu-v1.pdf", evening.browser(), 503)
    assert "trop de temps" in said(answer)
    assert "Rien n’est perdu" in said(answer)


def test_without_its_converters_the_page_says_so_and_gives_the_rest(
    evening: MinutesEvening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> str:
        raise OSError("No pandoc was found")

    monkeypatch.setattr(converters.pypandoc, "get_pandoc_path", missing)
    page = ready(evening)
    assert said(page).count("n’a pas pu être fait cette fois") == 3
    assert [name.rpartition(".")[2] for name in names(page)] == ["html", "md"]
    assert "Rien n’est perdu" in said(
        evening.get("/v1/fichiers/CHA1-compte-rendu-v1.odt", evening.browser(), 503)
    )


def test_a_file_is_made_once_for_the_same_text(
    evening: MinutesEvening, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = evening.browser().get(f"{evening.at}/v1/fichiers/CHA1-compte-rendu-v1.odt").data
    for door in (documents, ticker):
        monkeypatch.setattr(door, "made", lambda *_: pytest.fail("made again"))
    assert evening.browser().get(f"{evening.at}/v1/fichiers/CHA1-compte-rendu-v1.odt").data == first


class Press:
    """Conversions that last until they are let go, and are counted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go, self.made = threading.Event(), list[str]()
        for door in (documents, ticker):
            monkeypatch.setattr(door, "made", self._make)

    def _make(self, form: str, _manuscript: object) -> bytes:
        self.made.append(form)
        assert self.go.wait(20)
        return b"PK" * 1024


def until(found: Callable[[], bool]) -> None:
    for _ in range(200):
        if found():
            return
        time.sleep(0.05)
    raise AssertionError("it never came")


def shelved(press: ticker.FilesTicker) -> set[str]:
    """Return the forms that are made."""
    return {path.suffix for path in press.queue.folder.glob("[!.]*")}


def test_the_list_answers_at_once_while_files_are_being_made(
    evening: MinutesEvening, monkeypatch: pytest.MonkeyPatch
) -> None:
    press = Press(monkeypatch)
    public = evening.browser()
    page = evening.get("/v1/fichiers", public)
    assert said(page).count("en préparation, en français") == 3
    assert len(names(page)) == 5
    assert 'href="/comptes-rendus/CHA1/v1/fichiers?attendre=oui"' in page
    monkeypatch.setattr(documents, "WAIT_S", 0.0)
    waiting = evening.get("/v1/fichiers/CHA1-compte-rendu-v1.docx", public, 202)
    assert "Elle continue sans vous" in said(waiting)
    press.go.set()
    until(lambda: "en préparation" not in said(evening.get("/v1/fichiers", public)))
    assert "2 ko, en français" in said(evening.get("/v1/fichiers", public))
    assert sorted(press.made) == ["docx", "odt", "pdf"]


def test_a_published_version_has_its_files_before_anybody_asks(evening: MinutesEvening) -> None:
    press = evening.evening.house.parts["files"]
    assert press.beat() == 1
    until(lambda: shelved(press) == {".pdf", ".odt", ".docx"})
    assert "en préparation" not in said(evening.get("/v1/fichiers", evening.browser()))
    assert press.beat() == 0


def test_a_process_that_died_leaves_the_files_to_the_next(evening: MinutesEvening) -> None:
    house = evening.evening.house
    first = ticker.FilesTicker(evening.evening.app, house)
    first.queue.ask = lambda *_, **__: None  # type: ignore[method-assign]  # it died between the list and the making
    assert first.beat() == 1
    second = ticker.FilesTicker(evening.evening.app, house)
    assert second.beat() == 1
    until(lambda: shelved(second) == {".pdf", ".odt", ".docx"})


def test_a_draft_s_file_is_made_when_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    press = Press(monkeypatch)
    press.go.set()
    draft = MinutesEvening(tmp_path)
    page = draft.get("/brouillon/fichiers")
    assert said(page).count("préparé à la demande") == 3
    assert press.made == []
    [name] = [name for name in names(page) if name.endswith(".odt")]
    assert draft.desk.get(f"{draft.at}/brouillon/fichiers/{name}").data == b"PK" * 1024
    assert press.made == ["odt"]
    assert said(draft.get("/brouillon/fichiers")).count("préparé à la demande") == 2


def test_a_confidential_file_is_asked_for_twice_and_bears_its_mark(tmp_path: Path) -> None:
    evening = MinutesEvening(tmp_path, confidential=True)
    evening.to_published()
    asked = evening.get("/v1/fichiers/CHA1-compte-rendu-v1.html")
    assert "On parle avant les élus" not in asked
    assert "<form" in asked
    half = evening.post("/v1/fichiers/CHA1-compte-rendu-v1.html", garder="oui")
    assert half.status_code == 422
    given = evening.post("/v1/fichiers/CHA1-compte-rendu-v1.html", garder="oui", effacer="oui")
    assert given.status_code == 200
    assert "On parle avant les élus" in given.text
    assert "Confidentiel" in given.text


def test_the_next_seance_is_a_calendar_file_for_whoever_reads(evening: MinutesEvening) -> None:
    public = evening.browser()
    assert public.get(f"{evening.at}/prochaine-seance.ics").status_code == 404
    with evening.evening.house.database.writing() as db:
        db.add(
            WorkshopSession(
                owner_id=1, reference="CHA2", code="914207", title="Deuxième soirée", place="Salle des fêtes",
                starts_at=evening.evening.now + timedelta(days=9), created_at=evening.evening.now, continues=1,
            )
        )  # fmt: skip
    answer = public.get(f"{evening.at}/prochaine-seance.ics")
    assert answer.mimetype == "text/calendar"
    assert b"SUMMARY:Deuxi\xc3\xa8me soir\xc3\xa9e" in answer.data
    assert b"UID:CHA2@atelier" in answer.data
