"""The content policy `script-src 'self'; style-src 'self'` breaks every page that carries code or style of its own."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.source import ROOT, files_in, text_of

FORBIDDEN = {
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc\s*=)", re.I),
    "inline style": re.compile(r"<style\b", re.I),
    "style attribute": re.compile(r"<[a-z][^<>]*?\sstyle\s*=", re.I),
    "event handler": re.compile(r"<[a-z][^<>]*?\son[a-z]+\s*=", re.I),
    "script address": re.compile(r"(?:href|src|action)\s*=\s*[\"']?\s*javascript:", re.I),
    "foreign address": re.compile(
        r"<(?:script|link|img|iframe|audio|video|source)\b[^>]*?(?:src|href)\s*=\s*[\"']?(?:https?:)?//", re.I
    ),
}
COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.S)
# A JSON block is data: browsers never run it.
DATA_BLOCK = re.compile(r"<script\b[^>]*type\s*=\s*[\"']application/json[\"'][^>]*>", re.I)


def faults_of(markup: str) -> list[str]:
    markup = DATA_BLOCK.sub("", COMMENT.sub("", markup))
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(markup)]


# Saved and read away from the server: it brings its style, and a policy of its own under which nothing runs.
AWAY = {"templates/exports/document_file.html"}


def drawn_files() -> list[Path]:
    found = [*files_in("templates", ".html", ".svg", ".xml", ".txt"), *files_in("static/icons", ".svg")]
    return [path for path in found if str(path) not in AWAY]


def test_faults_are_seen_where_they_are_and_only_there() -> None:
    assert faults_of("<script>go()</script>") == ["inline script"]
    assert faults_of('<p class="a"\n style="color: red">') == ["style attribute"]
    assert faults_of("<button onclick=go()>") == ["event handler"]
    assert faults_of("<a href='javascript:go()'>") == ["script address"]
    assert faults_of('<img src="//elsewhere/x.png">') == ["foreign address"]
    assert (
        faults_of(
            '<script type="module" src="{{ url }}"></script><p data-style="x">{# <style> #}<a href="https://x">'
        )
        == []
    )
    assert faults_of('<script type="application/json">{}</script>') == []


def test_templates_carry_no_script_and_no_style_of_their_own() -> None:
    found = {str(path): faults_of(text_of(path)) for path in drawn_files()}
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_stylesheets_and_scripts_ask_nothing_of_other_sites() -> None:
    address = re.compile(r"(?:url\(|@import|from|import\(|fetch\()\s*[\"']?(?:https?:)?//")
    files = [*files_in("static/css", ".css"), *files_in("static/js", ".js")]
    assert [str(path) for path in files if address.search(text_of(path))] == []


def test_every_icon_that_templates_name_is_in_the_list() -> None:
    listed = {line.split("#")[0].strip() for line in text_of(Path("static/icons/used.txt")).splitlines()}
    pattern = re.compile(r"""(?:icons\.svg\#|\bicon\(\s*['"])([a-z0-9-]+)""")
    named = {
        (str(path), name)
        for path in [*files_in("templates", ".html"), *files_in("static/js", ".js")]
        for name in pattern.findall(text_of(path))
    }
    assert {(path, name) for path, name in named if name not in listed} == set()
    assert (ROOT / "static/icons/used.txt").is_file()
