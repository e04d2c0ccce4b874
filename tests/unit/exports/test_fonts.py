"""The fonts of labels in drawings: one for a whole label where one has it, never a letter without a font."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.assets import asset_dir
from atelier.exports.manuscript.fonts import EMOJI, FONTS, TEXT, WHOLE, runs


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Défrayer la garde d’enfants, 52\u00a0%", [TEXT]),
        ("Şükrü Łódź", [WHOLE]),
        ("Nguyễn Thị, Привет", [WHOLE]),
        ("E\u0323\u0300ko", [WHOLE]),
        ("Rue الحي 12", ["Noto Sans Arabic"]),
        ("ⴰⵣⵓⵍ azul", ["Noto Sans Tifinagh"]),
        ("Merci 😀 à tous", [TEXT, EMOJI, TEXT]),
        ("Аня שלום", [WHOLE, "Noto Sans Hebrew"]),
    ],
)
def test_a_label_has_as_few_fonts_as_its_letters_allow(text: str, families: list[str]) -> None:
    assert [family for family, _ in runs(text)] == families


@given(st.text())
def test_runs_say_the_whole_text_with_fonts_that_are_there(text: str) -> None:
    assert "".join(letters for _, letters in runs(text)) == text
    assert {family for family, _ in runs(text)} <= set(FONTS)


def test_every_script_has_its_file() -> None:
    files = {path.name for path in (asset_dir("static") / "vendor" / "print").iterdir()}
    for family in FONTS:
        if family.startswith(WHOLE):
            script = family.removeprefix(WHOLE).strip().lower()
            assert f"noto-sans{'-' if script else ''}{script}-400Regular.ttf" in files
