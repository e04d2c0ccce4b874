"""What a file that somebody chose really is: told from its bytes, its name only chooses between texts. Pure."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

DOCX, ODT, HTML, MARKDOWN, TEXT = "docx", "odt", "html", "md", "txt"
OFFICE = frozenset({DOCX, ODT})
ENDINGS = {
    "docx": DOCX, "odt": ODT, "html": HTML, "htm": HTML, "xhtml": HTML, "md": MARKDOWN, "markdown": MARKDOWN, "txt": TEXT,
}  # fmt: skip
ACCEPTED = (".docx", ".odt", ".html", ".htm", ".md", ".txt")

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
STARTS = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
)
PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
BEGINNING = 4096  # signs of a text that say whether it is a web page
DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
ONE_BYTE = ("windows-1252", "iso-8859-1", "iso-8859-15", "macintosh")
NOT_WORDS = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
MOST_NOISE = 0.01  # of the signs of a text: beyond, it is none
MOST_UNPACKED_BYTES = 200_000_000
MOST_MANIFEST_BYTES = 2_000_000


class NotReadable(Exception):
    """This file gives no text. `code` has its sentence in sentences.py, `params` fills it."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, Any] = params


def ending_of(name: str) -> str:
    """Return the end of a file's name, in small letters, without its point."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def kind_of(name: str, body: bytes) -> str:
    """Return DOCX, ODT, HTML, MARKDOWN or TEXT; NotReadable for what is none of them, with what it is instead."""
    if not body.strip():
        raise NotReadable("empty_file")
    for start, code in STARTS:
        if body.startswith(start):
            raise NotReadable(code)
    if body.startswith(OLD_OFFICE):
        raise NotReadable("locked" if ENCRYPTED_STREAM in body else "old_office")
    if body.startswith(b"PK"):
        return _packed(name, body)
    text = decoded(body, name)
    named = ENDINGS.get(ending_of(name), TEXT)
    return (
        HTML
        if named == HTML or PAGE.match(COMMENT.sub("", text[:BEGINNING]))
        else TEXT
        if named in OFFICE
        else named
    )


def decoded(body: bytes, name: str = "") -> str:
    """Return the text that bytes stand for: UTF-8, UTF-16 with its mark, or one of the old one-byte sets."""
    text = _guessed(body)
    noise = len(NOT_WORDS.findall(text))
    if noise > MOST_NOISE * len(text):
        ending = ending_of(name)
        raise NotReadable("misnamed" if ENDINGS.get(ending) in OFFICE else "not_text", ending=ending)
    return text


def _guessed(body: bytes) -> str:
    for mark, encoding in BOMS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        declared = DECLARED.search(body[:BEGINNING])
        named = declared[1].decode().lower() if declared else ""
        return body.decode(named if named in ONE_BYTE else ONE_BYTE[0], "replace")


def _packed(name: str, body: bytes) -> str:
    """Tell the kind of what is packed as office files are."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as file:
            names = set(file.namelist())
            if sum(entry.file_size for entry in file.infolist()) > MOST_UNPACKED_BYTES:
                raise NotReadable("too_heavy")
            if any(entry.flag_bits & 1 for entry in file.infolist()):
                raise NotReadable("locked")
            if "word/document.xml" in names:
                return DOCX
            said = _head(file, "mimetype", 100)
            if said.startswith(b"application/vnd.oasis.opendocument.text"):
                if "encrypted-package" in names or b"encryption-data" in _head(file, "META-INF/manifest.xml"):
                    raise NotReadable("locked")
                return ODT
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise NotReadable("spoiled", ending=ending_of(name)) from error
    if said.startswith(b"application/vnd.oasis.opendocument") or {"xl/workbook.xml", "ppt/presentation.xml"} & names:  # fmt: skip
        raise NotReadable("other_office")
    ending = ending_of(name)
    raise NotReadable("misnamed" if ENDINGS.get(ending) in OFFICE else "not_text", ending=ending)


def _head(file: zipfile.ZipFile, name: str, most: int = MOST_MANIFEST_BYTES) -> bytes:
    if name not in file.namelist():
        return b""
    with file.open(name) as part:
        return part.read(most)
