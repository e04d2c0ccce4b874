"""What pandoc leaves out of an office file: its look, its sheet of paper, what every sheet says, the words of each picture.

A DOCX and an ODT are archives of XML: styles are written again in it, nothing of the text is touched.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape, quoteattr

from atelier.exports.files import docx_look, odt_look
from atelier.exports.manuscript.manuscript import Manuscript, printable
from atelier.exports.manuscript.tree import MACHINE_STYLE

Part = Callable[[str], str]
XML = (".xml", ".rels")


def dressed(form: str, body: bytes, manuscript: Manuscript, said: Sequence[str]) -> bytes:
    """Return the file as it leaves; `said` are the words of its pictures, in the order of the text."""
    if form == "docx":
        return _rewritten(body, _docx_parts(manuscript), docx_look.sheets(*_sheet_words(manuscript)))
    return _rewritten(body, _odt_parts(manuscript, said), {})


def _sheet_words(manuscript: Manuscript) -> tuple[str, str]:
    """Return the head and the foot of every sheet, as XML text."""
    head = " · ".join(filter(None, [manuscript.title, manuscript.state]))
    return _text(head), _text(manuscript.address or manuscript.foot)


def _rewritten(body: bytes, parts: dict[str, Part], added: dict[str, str]) -> bytes:
    """Write an archive again with some parts changed: same order, same packing (an ODT begins with its bare type)."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.endswith(XML):
                text = printable(content.decode())  # one such letter in a title, and nothing opens the file
                content = parts.get(entry.filename, str)(text).encode()
            new.writestr(entry, content)
        for name, text in added.items():
            new.writestr(name, text.encode(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


# ---------------------------------------------------------------- DOCX


def _docx_parts(manuscript: Manuscript) -> dict[str, Part]:
    return {
        "word/styles.xml": docx_look.styled,
        "word/document.xml": lambda xml: docx_look.on_paper(_described(xml)),
        "word/_rels/document.xml.rels": docx_look.related,
        "[Content_Types].xml": docx_look.typed,
        "word/settings.xml": lambda xml: xml.replace(
            'w:themeFontLang w:val="en-US"', 'w:themeFontLang w:val="fr-FR"'
        ),
    }


PICTURE = re.compile(r'(<wp:docPr [^>]*?descr="([^"]*)"[^>]*>.*?<pic:cNvPr )descr="[^"]*"', re.DOTALL)


def _described(xml: str) -> str:
    """Say each picture's words where pandoc writes the picture itself a second time."""
    return PICTURE.sub(r'\1descr="\2"', xml)


# ---------------------------------------------------------------- ODT


def _odt_parts(manuscript: Manuscript, said: Sequence[str]) -> dict[str, Part]:
    head, foot = _sheet_words(manuscript)
    return {
        "styles.xml": lambda xml: odt_look.on_paper(odt_look.styled(xml), head, foot),
        "content.xml": lambda xml: odt_look.ruled(_named(_told(xml, said))),
    }


def _told(xml: str, said: Sequence[str]) -> str:
    """Give each picture its words, which pandoc leaves out."""
    words = iter(said)
    return re.sub(
        r"</draw:frame>", lambda _end: f"<svg:desc>{_text(next(words, ''))}</svg:desc></draw:frame>", xml
    )


def _named(xml: str) -> str:
    """Write the style of the app's blocks by a name that XML allows: pandoc leaves its spaces."""
    return xml.replace(f"text:style-name={quoteattr(MACHINE_STYLE)}", f'text:style-name="{odt_look.MACHINE}"')


def _text(words: str) -> str:
    return escape(printable(words))
