"""Real comptes rendus leave in every format, and come back with the same headings, lists, tables and notes."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pytest

from atelier.exports.files import cage, converters
from atelier.exports.files.cage import ConversionFailed
from atelier.exports.files.making import made
from atelier.exports.manuscript.manuscript import finished, page_html
from tests.web import manuscripts
from tests.web.manuscripts import DIALECT, MINUTES, headings_of, manuscript, read_again, shape_of

AT_HAND = pytest.mark.skipif(not MINUTES, reason="the comptes rendus stand beside the project")
WRITTEN = """Une note[^1] et **du gras**, puis [un lien](https://exemple.fr).

## Sous-titre

- un
- deux
  1. deux un

| collège | personnes |
|---|--:|
| élus | 13 |

Terme
: sa définition

[^1]: La note, avec *ses* mots.
"""


@AT_HAND
@pytest.mark.parametrize("path", MINUTES, ids=lambda path: path.stem[:40])
def test_a_real_compte_rendu_comes_back_with_its_shape(path: Path) -> None:
    text = manuscript(path.read_text(encoding="utf-8"), title=path.stem)
    whole = finished(converters.tree_of(page_html(text)), text)
    assert shape_of(whole)["Header"] >= 1
    for form in ("docx", "odt"):
        again = read_again(form, made(form, text))
        assert (form, headings_of(again)) == (form, headings_of(whole))
        assert (form, _structure(again)) == (form, _structure(whole))
    again = read_again(DIALECT, text.markdown.encode())
    assert _structure(again) == _structure(whole)
    assert [words for _, words in headings_of(again)[1:] if words] == [
        words for _, words in headings_of(whole)
    ]
    assert made("pdf", text).startswith(b"%PDF-1.7")


def _structure(tree: dict[str, object]) -> dict[str, int]:
    shape = shape_of(tree)
    return {kind: shape[kind] for kind in ("BulletList", "OrderedList", "Table", "Note")}


def test_notes_tables_and_lists_are_real_ones_in_every_file() -> None:
    text = manuscript(WRITTEN)
    expected = {"BulletList": 1, "OrderedList": 1, "Table": 1, "Note": 1}
    for form in ("docx", "odt"):
        again = read_again(form, made(form, text))
        assert _structure(again) == expected
        assert headings_of(again) == [(1, "1 Partie 1"), (2, "Sous-titre")]
        assert "sa définition" in manuscripts.said(again["blocks"])
    assert _structure(read_again(DIALECT, text.markdown.encode())) == expected


def test_a_pdf_is_tagged_says_its_language_and_its_title() -> None:
    file = made("pdf", manuscript(WRITTEN, title="L’expression en assemblée"))
    for mark in (
        b"/MarkInfo",
        b"/StructTreeRoot",
        b"/Lang(fr-FR)",
        b"pdfuaid:part>1<",
        "L’expression en assemblée".encode(),
    ):
        assert mark in file


def test_an_office_file_says_its_language_and_its_title() -> None:
    text = manuscript(WRITTEN, title="L’expression en assemblée")
    with zipfile.ZipFile(io.BytesIO(made("docx", text))) as file:
        assert 'w:val="fr-FR"' in file.read("word/styles.xml").decode()
        assert "L’expression en assemblée" in file.read("docProps/core.xml").decode()
    with zipfile.ZipFile(io.BytesIO(made("odt", text))) as file:
        assert 'fo:language="fr"' in file.read("styles.xml").decode()
        assert "L’expression en assemblée" in file.read("meta.xml").decode()


def test_a_character_that_no_font_has_is_written_by_its_number_and_keeps_nobody_from_reading() -> None:
    assert made("pdf", manuscript("Merci 漢 😉 à tous.", title="Soirée 字")).startswith(b"%PDF")


WORDS = (
    "مرحبا بكم", "שלום", "Привет Қазақ", "Γειά", "Nguyễn Thị Hương", "Şükrü Łódź", "नमस्ते", "வணக்கம்", "আমার", "Բարեւ", "გამარჯობა",
    "ሰላም", "ជំរាបសួរ", "ສະບາຍດີ", "สวัสดี", "ආයුබෝවන්", "ⴰⵣⵓⵍ", "ߊߟߎ", "Ẹ̀kọ́", "😀 → ✓",
)  # fmt: skip


def test_names_in_the_letters_of_the_neighbourhood_are_set_as_they_are_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pressed: list[str] = []
    whole = converters.pressed

    def once(source: str, files: dict[str, bytes], form: str = "pdf") -> bytes:
        pressed.append(source)
        return whole(source, files, form)

    monkeypatch.setattr(converters, "pressed", once)
    title = "Soirée مرحبا"
    body = "\n\n".join(f"Mot : {word}, **{word}**, *{word}*." for word in WORDS)
    assert made("pdf", manuscript(body, title=title)).startswith(b"%PDF")
    assert len(pressed) == 1  # no letter had to be written by its number


def test_a_converter_that_takes_too_long_or_refuses_says_so() -> None:
    with pytest.raises(ConversionFailed) as refused:
        converters.pressed("#panic()", {})
    assert refused.value.reason == "refused"


def test_a_converter_stands_behind_everything_else(tmp_path: Path) -> None:
    plain = int(subprocess.run(["nice"], capture_output=True, check=True).stdout)
    assert int(cage.run(["nice"], b"", tmp_path)) > plain


def test_typst_reads_no_file_but_its_own() -> None:
    with pytest.raises(ConversionFailed):
        converters.pressed('#read("/etc/hostname")', {})
    with pytest.raises(ConversionFailed):
        converters.pressed('#read("../../../../etc/hostname")', {})
    assert converters.pressed('#set document(title: "t")\n#read("a.txt")', {"a.txt": b"ici"}).startswith(
        b"%PDF"
    )


def test_sections_without_a_word_are_left_out_of_files() -> None:
    text = manuscript("Un mot.", "")
    assert manuscripts.headings_of(converters.tree_of(page_html(text))) == [(2, "1 Partie 1")]
