"""Hostile texts leave in every format with nothing that runs, nothing injected, nothing fetched."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest

from atelier.exports.files.making import made
from atelier.exports.manuscript.plain import without_html
from tests.conftest import DATA
from tests.web.manuscripts import DIALECT, manuscript, nodes, read_again

DOMPURIFY = DATA / "markdown-securite" / "dompurify" / "expect.json"
BLNS = DATA / "markdown-securite" / "blns" / "blns.json"
AT_HAND = pytest.mark.skipif(not DOMPURIFY.exists(), reason="the hostile corpora stand beside the project")
OURS = [
    "`#panic()`{=typst} et `<script>`{=html}",
    '```{=typst}\n#read("/etc/passwd")\n```',
    '```{=openxml}\n<w:r><w:fldSimple w:instr="DDEAUTO c:\\\\cmd"/></w:r>\n```',
    "$\\input{/etc/passwd}$ \\write18{id}",
    "![image](http://ailleurs.exemple/pixel.png) ![x](file:///etc/passwd) ![y](data:image/svg+xml;base64,AAAA)",
    "[lien](javascript:alert(1)) <javascript:alert(1)> [x](vbscript:x) [y](data:text/html,x)",
    '#import "@preview/cetz:0.2.0" #let x = read("main.typ") #eval("1")',
    "::: {custom-style=Titre}\nx\n:::",
    "[a](\\\\\\\\poste\\\\dossier) [b](/etc/passwd) [c](ici/page) [d](?a=1)",
    "[e](//ailleurs.exemple) [f](ms-word:ofe) [g](java\tscript:x)",
    "{{< include /etc/passwd >}} <?php echo 1 ?> <!-- x --> <![CDATA[x]]>",
    '=HYPERLINK("http://ailleurs.exemple") @SUM(1)',
]
RELATION = re.compile(
    r'Target="([^"]*)"[^>]*TargetMode="External"|TargetMode="External"[^>]*Target="([^"]*)"'
)
ODF_LINK = re.compile(r'xlink:href="([^"]*)"')
HARMLESS = re.compile(r"https?://|mailto:|#|Pictures/")


def hostile() -> list[str]:
    found = list(OURS)
    if DOMPURIFY.exists():
        found += [case["payload"] for case in json.loads(DOMPURIFY.read_text(encoding="utf-8"))]
        found += json.loads(BLNS.read_text(encoding="utf-8"))
    return found


def body() -> str:
    """Every text in a paragraph of its own, after a word that must be found again."""
    return "\n\n".join(f"Avant {place}.\n\n{text}\n\nAprès {place}." for place, text in enumerate(hostile()))


@AT_HAND
def test_the_corpora_are_there_in_number() -> None:
    assert len(hostile()) > 700


@AT_HAND
def test_an_office_file_of_hostile_texts_holds_no_field_no_macro_and_no_other_address() -> None:
    text = manuscript(body())
    with zipfile.ZipFile(io.BytesIO(made("docx", text))) as file:
        names = file.namelist()
        document = file.read("word/document.xml").decode()
        relations = "".join(file.read(name).decode() for name in names if name.endswith(".rels"))
    assert "Après 0." in document  # the texts are there
    assert "DDEAUTO" in document  # as words
    assert not re.search(r"<w:(fldSimple|instrText|object|altChunk|control)", document)
    assert [name for name in names if "vba" in name.lower() or name.startswith("word/embeddings")] == []
    assert [
        url for pair in RELATION.findall(relations) for url in pair if url and not HARMLESS.match(url)
    ] == []
    assert "media/" not in relations
    with zipfile.ZipFile(io.BytesIO(made("odt", text))) as file:
        content = file.read("content.xml").decode()
        assert [
            name for name in file.namelist() if name.startswith(("Basic/", "Scripts/", "Pictures/"))
        ] == []
    assert not re.search(r"<(script:|office:scripts|draw:object|text:script|text:dde)", content)
    assert [url for url in ODF_LINK.findall(content) if not HARMLESS.match(url)] == []


@AT_HAND
def test_a_pdf_of_hostile_texts_is_made_and_runs_nothing() -> None:
    file = made("pdf", manuscript(body()))
    for name in (
        b"/JavaScript",
        b"/JS ",
        b"/Launch",
        b"/EmbeddedFile",
        b"/SubmitForm",
        b"/OpenAction",
        b"javascript:",
    ):
        assert name not in file


@AT_HAND
def test_a_markdown_file_of_hostile_texts_is_no_html_for_another_reader() -> None:
    before = read_again(DIALECT, body().encode())
    after = read_again(DIALECT, manuscript(body()).markdown.encode())
    raw = [
        [node["c"][1] for node in nodes(tree["blocks"]) if node["t"] in {"RawInline", "RawBlock"}]
        for tree in (before, after)
    ]
    assert len(raw[0]) > 300  # there was something to disarm
    assert raw[1] == []


def test_a_point_after_a_mark_is_a_point_for_typst_too() -> None:
    assert made(
        "pdf", manuscript("*mot*.data **mot**.len() ~~mot~~.at(0) [lien](https://exemple.fr).body")
    ).startswith(b"%PDF")


def test_addresses_between_brackets_stay_links_and_the_rest_becomes_text() -> None:
    assert (
        without_html("<https://exemple.fr> <b>x</b> 2 < 3 <!-- y -->")
        == "<https://exemple.fr> &lt;b>x&lt;/b> 2 < 3 &lt;!-- y -->"
    )


@pytest.mark.parametrize(
    "body",
    [
        "une[^1]\n\n[^1]: qui s'appelle [^1] elle-même",
        "> " * 400 + "x",
        "*" * 500 + "x" + "*" * 500,
        "[vide](<>) [ici](#nulle-part) [titre](#partie-1)",
        "| a |\n|---|\n| == |\n| + |",
        "- ==\n- = titre\n- / t: d",
        "\ufeffcollé\x01 \x0b\ufffe d'ailleurs",
        "# \u200b\n\n## \U000e0041\n\n### [^1]\n\n[^1]: note",
    ],
    ids=range(8),
)
def test_no_text_keeps_a_pdf_from_being_made(body: str) -> None:
    assert made("pdf", manuscript(body)).startswith(b"%PDF")


def test_the_name_of_a_file_is_made_of_letters_whatever_the_title() -> None:
    text = manuscript("x", title="../../etc/passwd\u202efdp.exe\r\nSet-Cookie: a=b")
    assert text.stem == "DK2"
    assert made("pdf", text).startswith(b"%PDF")
