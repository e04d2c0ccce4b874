"""What an office file shows beside its text: A4, head and foot of every sheet, words of its pictures, rows that are whole."""

from __future__ import annotations

import dataclasses
import io
import re
import xml.etree.ElementTree as ET
import zipfile

import pytest

from atelier.exports.files.making import made
from atelier.exports.manuscript.figure import Figure
from atelier.exports.manuscript.manuscript import Manuscript
from tests.web.manuscripts import manuscript

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="20" viewBox="0 0 64 20"><rect width="9" height="9"/></svg>'
TABLE = "| collège | personnes |\n|---|--:|\n| élus | 13 |"
SAID = "En tête : « Le bus & la nuit », 12 gommettes <dix>"
TITLE = 'Soirée "bus" & <b>nuit</b>\x07'


def drawn() -> Manuscript:
    """A document with a picture, a table and a title full of what XML minds."""
    text = manuscript(TABLE, title=TITLE)
    picture = '<p><img src="figure:V-2" alt="x"></p>'
    return dataclasses.replace(
        text, html=text.html + picture, figures={"figure:V-2": Figure(SVG, SAID, (), ())}, state="Brouillon & co",
        address="https://atelier.exemple/comptes-rendus/DK2",
    )  # fmt: skip


@pytest.fixture(scope="module")
def parts() -> dict[str, dict[str, str]]:
    """form -> name of a part -> its XML."""
    found = {}
    for form in ("docx", "odt"):
        with zipfile.ZipFile(io.BytesIO(made(form, drawn()))) as file:
            assert file.testzip() is None
            found[form] = {
                name: file.read(name).decode() for name in file.namelist() if name.endswith((".xml", ".rels"))
            }
    return found


def test_every_part_is_well_formed_whatever_the_title_holds(parts: dict[str, dict[str, str]]) -> None:
    for form, files in parts.items():
        assert len(files) >= 4
        for name, text in files.items():
            assert ET.fromstring(text.encode()) is not None, (form, name)


def test_a_picture_says_its_words_in_both(parts: dict[str, dict[str, str]]) -> None:
    svg = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc"
    assert [node.text for node in ET.fromstring(parts["odt"]["content.xml"]).iter(svg)] == [SAID]
    document = ET.fromstring(parts["docx"]["word/document.xml"])
    assert {node.get("descr") for node in document.iter() if node.get("descr")} == {SAID}


def test_a_sheet_is_a4_and_says_what_it_is_and_where_it_is_read(parts: dict[str, dict[str, str]]) -> None:
    docx, odt = parts["docx"], parts["odt"]
    assert 'w:w="11906" w:h="16838"' in docx["word/document.xml"]
    assert 'fo:page-width="21cm"' in odt["styles.xml"]
    head = 'Soirée "bus" &amp; &lt;b&gt;nuit&lt;/b&gt; · Brouillon &amp; co'
    for text in (docx["word/header1.xml"], odt["styles.xml"]):
        assert head in text.replace("&quot;", '"')
    for text, page in ((docx["word/footer1.xml"], "PAGE"), (odt["styles.xml"], "text:page-number")):
        assert "https://atelier.exemple/comptes-rendus/DK2" in text
        assert page in text


def test_a_table_has_a_head_and_whole_rows(parts: dict[str, dict[str, str]]) -> None:
    document = parts["docx"]["word/document.xml"]
    assert len(re.findall(r"<w:tblHeader", document)) == 1
    assert len(re.findall(r"<w:tr>", document)) == len(re.findall(r"<w:cantSplit", document)) == 2
    content = parts["odt"]["content.xml"]
    assert content.count("<table:table-header-rows>") == 1
    assert (
        content.count('table:style-name="WholeRow"') == len(re.findall(r"<table:table-row\b", content)) == 2
    )


def test_an_odt_begins_with_its_bare_type() -> None:
    body = made("odt", manuscript("Un mot."))
    assert body[30:38] == b"mimetype"
    assert b"mimetypeapplication/vnd.oasis.opendocument.text" in body[:100]
