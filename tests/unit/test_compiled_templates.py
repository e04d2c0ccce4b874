"""Compiled templates are kept from one start to the next, and nobody misses a page for them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from atelier.drawing import Drawing


def drawing(folder: Path) -> Drawing:
    return Drawing("Europe/Paris", "https://ateliers.exemple.fr", compiled=folder)


def drawn(made: Drawing, locale: str = "fr") -> str:
    return made.draw("_script_words.html", locale)


def test_next_start_draws_the_same_without_compiling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = drawn(drawing(tmp_path / "compiled"))

    def compile_again(*_: Any, **__: Any) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(Environment, "compile", compile_again)
    assert drawn(drawing(tmp_path / "compiled")) == first
    with pytest.raises(AssertionError, match="compiled again"):
        drawn(drawing(tmp_path / "empty"))


def test_each_language_keeps_its_own(tmp_path: Path) -> None:
    french, english = (drawn(drawing(tmp_path), locale) for locale in ("fr", "en"))
    again = drawing(tmp_path)
    assert french != english
    assert (drawn(again), drawn(again, "en")) == (french, english)


def test_page_is_drawn_where_nothing_can_be_kept(tmp_path: Path) -> None:
    made = drawing(tmp_path / "compiled")
    shutil.rmtree(tmp_path / "compiled")
    assert drawn(made) == drawn(drawing(tmp_path / "other"))
