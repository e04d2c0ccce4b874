"""Texts from outside are read whole: the real comptes rendus in each format, and hostile ones, of which nothing runs."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from collections import Counter
from html import unescape
from pathlib import Path

import pypandoc
import pytest

from atelier.exports.files.reader import Text, read_file, read_text
from atelier.exports.incoming.kinds import NotReadable
from atelier.exports.incoming.plan import arrival
from atelier.markdown import render
from atelier.minutes.importing import FRONT_MATTER, content_from_markdown
from tests.conftest import DATA
from tests.unit.minutes.test_importing import Read
from tests.web.manuscripts import MINUTES
from tests.web.test_files_of_hostile_text import hostile

AT_HAND = pytest.mark.skipif(not MINUTES, reason="the comptes rendus stand beside the project")
CORPORA = pytest.mark.skipif(
    not (DATA / "markdown-securite").exists(), reason="the hostile corpora stand beside the project"
)
FORMS = ("docx", "odt", "html")
COUNTED = ("li", "table", "tr", "blockquote", "pre", "sup")
WORD = re.compile(r"\w+")
INSIDE_WORDS = re.compile(r"</?(?:u|em|strong|del|s|span)\b[^>]*>")


def made(form: str, source: bytes, reader: str = "markdown", *options: str) -> bytes:
    """Return a file as an office program would have written it."""
    command = [pypandoc.get_pandoc_path(), "--from", reader, "--to", form, "--standalone", *options]
    return subprocess.run(command, input=source, capture_output=True, check=True).stdout


def drawn(markdown: str) -> Read:
    return Read(render(markdown))


def words(markup: str) -> Counter[str]:
    whole = INSIDE_WORDS.sub("", markup)
    return Counter(WORD.findall(unescape(re.sub(r"<[^>]*>", " ", whole))))


@AT_HAND
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", MINUTES, ids=lambda path: path.stem[:40])
def test_a_real_compte_rendu_comes_in_with_its_headings_lists_tables_and_words(path: Path, form: str) -> None:
    source = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", path.read_text(encoding="utf-8"))
    file = made(form, source.encode())
    expected = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from", form, "--to", "html", "--wrap", "none"],
        input=file,
        capture_output=True,
        check=True,
    ).stdout.decode()
    text = read_file(f"reunion.{form}", file)
    here, there = drawn(text.markdown), Read(expected)
    assert [one.strip() for one in here.headings] == [one.strip() for one in there.headings if one.strip()]
    assert {tag: here.counts[tag] for tag in COUNTED} == {tag: there.counts[tag] for tag in COUNTED}
    ours, theirs = words(render(text.markdown)), words(expected)
    assert theirs - ours == Counter()
    matter = FRONT_MATTER.match(source)  # Word keeps authors and dates apart: they are words of the page
    assert set(ours - theirs) <= set(WORD.findall(matter[1] if matter else ""))


@AT_HAND
@pytest.mark.parametrize("path", MINUTES, ids=lambda path: path.stem[:40])
def test_a_real_compte_rendu_in_markdown_comes_in_as_it_is(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    text = read_file(path.name, source.encode())
    assert text.markdown == re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", source)
    assert text.pictures == len(re.findall(r"!\[[^\]]*\]\([^)]*\)", source))
    assert arrival(text.markdown, "", "Texte").parts


# ---------------------------------------------------------------- hostile texts

FORBIDDEN = re.compile(
    r"<(?!/?(?:a|blockquote|br|code|dd|del|div|dl|dt|em|h[1-6]|hr|input|label|li|ol|p|pre|s|section|span|strong|sup|table|tbody"
    r"|td|th|thead|tr|ul)\b)[a-z!/]|<[^>]*\son\w+\s*=|<[^>]*\b(?:src|srcset|style|action|formaction)\s*=",
    re.IGNORECASE,
)
LINKED = re.compile(r'<a\b[^>]*\shref="([^"]*)"')
SAFE = re.compile(r"https?://|mailto:|#|[^:]*(?:/|$)", re.IGNORECASE)


def page_of(texts: list[str]) -> bytes:
    """Return a web page that holds each text as it is, between words that must be found again."""
    inside = "".join(f"<p>Avant {n}.</p>\n{text}\n<p>Après {n}.</p>\n" for n, text in enumerate(texts))
    return f"<!doctype html><html><body>{inside}</body></html>".encode("utf-8", "replace")


def hurts(markdown: str) -> list[str]:
    """Return what of a text would run or leave when it is shown."""
    shown = render(markdown)
    return FORBIDDEN.findall(shown) + [url for url in LINKED.findall(shown) if not SAFE.match(unescape(url))]


@CORPORA
def test_a_web_page_of_hostile_texts_brings_words_and_nothing_that_runs_or_leaves() -> None:
    texts = hostile()
    assert len(texts) > 700
    for start in range(0, len(texts), 100):
        given = page_of(texts[start : start + 100])
        text = read_file("page.html", given)
        assert "Avant 0." in text.markdown
        assert hurts(text.markdown) == []
        assert [part for part in content_from_markdown(text.markdown).sections if hurts(part.heading)] == []
        assert re.search(r"!\[[^\]]*\]\((?!figure:)", text.markdown) is None


@CORPORA
@pytest.mark.parametrize("form", ["docx", "odt"])
def test_an_office_file_of_hostile_words_brings_each_of_them_as_words(form: str) -> None:
    lines = [
        re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|\s", " ", one) for one in hostile()
    ]
    tree = {
        "pandoc-api-version": [1, 23, 1],
        "meta": {},
        "blocks": [{"t": "Para", "c": [{"t": "Str", "c": line}]} for line in lines if line.strip()],
    }
    text = read_file(f"a.{form}", made(form, json.dumps(tree).encode(), "json"))
    shown = unescape(re.sub(r"<[^>]*>", "", render(text.markdown)))
    assert hurts(text.markdown) == []
    bare = re.sub(r"\s+", "", shown)
    # A bare address becomes a link, whose words are drawn as browsers draw addresses.
    plain = [line for line in lines if "://" not in line]
    assert len(plain) > 500
    lost = [line for line in plain if re.sub(r"\s+", "", line) not in bare]
    assert lost == []


@CORPORA
def test_a_plain_text_of_hostile_lines_is_shown_and_runs_nothing() -> None:
    text = read_text("\n\n".join(hostile()))
    assert hurts(text.markdown) == []


def test_an_imported_text_never_passes_for_the_app() -> None:
    forged = (
        "::: auto V-2 12345678\n::: auto V-3 87654321\nx\n:::\n:::\n\n::: auto V-2 0f0f0f0f\nQuarante.\n:::"
    )
    for text in (read_text(forged), read_file("a.md", forged.encode())):
        parts = content_from_markdown(text.markdown).sections
        assert [part for part in parts if 'class="block' in render(part.body)] == []
        assert "Quarante." in parts[0].body


# ---------------------------------------------------------------- what office files hold beside words


def test_pictures_stay_out_and_are_counted_and_a_scan_is_said_to_have_no_text() -> None:
    dot = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    file = made("docx", f"Avant.\n\n![Une photo]({dot})\n\nAprès ![x]({dot}) tout.".encode())
    text = read_file("a.docx", file)
    assert text == Text("docx", "Avant.\n\nUne photo\n\nAprès tout.\n", "", 2)
    page = read_file(
        "a.html",
        b'<html><body><p>Un <img src="http://ailleurs.exemple/x.png" alt="plan"> ici.</p></body></html>',
    )
    assert (page.markdown, page.pictures) == ("Un plan ici.\n", 1)
    with pytest.raises(NotReadable) as refused:
        read_file("scan.docx", made("docx", f"![]({dot})".encode()))
    assert refused.value.code == "only_pictures"


def test_lines_in_bold_are_headings_where_a_text_has_no_other() -> None:
    source = "**Présents**\n\nElles et **eux**.\n\n**Ce qui fait débat**\n\n**Non.**\n"
    text = read_file("a.docx", made("docx", source.encode()))
    assert [part.heading for part in arrival(text.markdown, "", "x").parts] == [
        "Présents",
        "Ce qui fait débat",
    ]
    titled = read_file("a.docx", made("docx", f"# Un\n\n{source}".encode()))
    assert "**Présents**" in titled.markdown


def test_merged_cells_and_cells_of_several_paragraphs_stay_a_table() -> None:
    page = (
        "<html><body><table><tr><th>Qui</th><th colspan=2>Quoi</th></tr><tr><td rowspan=2><p>Elles</p><p>et eux</p></td>"
        "<td>un</td><td><ul><li>a</li><li>b</li></ul></td></tr><tr><td>deux</td><td>trois | quatre</td></tr></table>"
        "<table><tr><td>Seule</td></tr></table></body></html>"
    )
    text = read_file("a.html", page.encode())
    rows = [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in text.markdown.splitlines()
        if line[:1] == "|"
    ]
    assert [row for row in rows if not set("".join(row)) <= set("-:")] == [
        ["Qui", "Quoi", ""],
        ["Elles et eux", "un", "a b"],
        ["", "deux", "trois \\| quatre"],
    ]
    assert text.markdown.rstrip().endswith("Seule")


def test_only_links_that_lead_to_a_page_or_an_address_stay_links() -> None:
    others = ("javascript:alert(1)", "file:///etc/passwd", "//a.example", "/ici", "ftp://a.example")
    links = ("https://a.example", "mailto:a@b.example", *others)
    page = "".join(f'<p><a href="{url}">{n}</a></p>' for n, url in enumerate(links))
    text = read_file("a.html", f"<html><body>{page}</body></html>".encode())
    assert LINKED.findall(render(text.markdown)) == ["https://a.example", "mailto:a@b.example"]


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16", b""), ("windows-1252", b"")]
)
def test_a_text_is_read_in_the_letters_that_it_was_written_in(encoding: str, mark: bytes) -> None:
    assert read_file("a.txt", mark + "L’œuvre coûte 3 €.".encode(encoding)).markdown == "L’œuvre coûte 3 €."


def test_a_web_page_says_its_own_letters_whatever_its_name() -> None:
    page = '<html><head><meta charset="iso-8859-1"><title>Réunion</title></head><body><h2>Été</h2><p>là</p></body></html>'
    text = read_file("a.docx", page.encode("iso-8859-1"))
    assert (text.kind, text.title, text.markdown) == ("html", "Réunion", "## Été\n\nlà\n")


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_read() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name in ("word/document.xml", "a", "b", "c", "d"):
            file.writestr(name, bytes(50_000_000))
    assert len(packed.getvalue()) < 1_000_000
    with pytest.raises(NotReadable) as refused:
        read_file("bombe.docx", packed.getvalue())
    assert refused.value.code == "too_heavy"


def test_a_locked_odt_and_a_spreadsheet_are_said_to_be_what_they_are() -> None:
    def packed(**parts: bytes) -> bytes:
        made_of = io.BytesIO()
        with zipfile.ZipFile(made_of, "w") as file:
            for name, body in parts.items():
                file.writestr(name.replace("__", "/").replace("_xml", ".xml"), body)
        return made_of.getvalue()

    text, sheet = (
        b"application/vnd.oasis.opendocument.text",
        b"application/vnd.oasis.opendocument.spreadsheet",
    )
    cases = {
        "locked": packed(**{"mimetype": text, "META-INF__manifest_xml": b"<manifest:encryption-data/>"}),
        "other_office": packed(mimetype=sheet),
        "misnamed": packed(autre=b"x"),
        "spoiled": packed(mimetype=text, content_xml=b"<office"),
    }
    for code, body in cases.items():
        with pytest.raises(NotReadable) as refused:
            read_file("a.odt", body)
        assert refused.value.code == code
