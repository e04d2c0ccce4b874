"""The look of a DOCX: styles, A4, what stands at the head and the foot of every sheet."""

from __future__ import annotations

import re

INK, GREY, VIOLET = "211930", "D6D0C7", "4F2683"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial" />'


def _spaced(before: int, after: int, more: str = "") -> str:
    return f'{more}<w:spacing w:before="{before}" w:after="{after}" />'


def _sized(half_points: int, more: str = "") -> str:
    return f'{more}<w:sz w:val="{half_points}" /><w:szCs w:val="{half_points}" />'


def _heading(level: int, before: int, after: int, half_points: int) -> tuple[str, str]:
    keep = "<w:keepNext /><w:keepLines />"
    look = _sized(half_points, f'{FONT}<w:b /><w:color w:val="{INK}" />')
    return _spaced(before, after, keep) + f'<w:outlineLvl w:val="{level - 1}" />', look


# Style -> what it says of its paragraphs, of its letters.
STYLES: dict[str, tuple[str, str]] = {
    "BodyText": (_spaced(60, 60), ""),
    "Compact": (_spaced(20, 20), ""),
    "Title": (_spaced(0, 160), _sized(40, f'{FONT}<w:b /><w:color w:val="{INK}" />')),
    "Heading1": _heading(1, 320, 120, 30),
    "Heading2": _heading(2, 240, 100, 24),
    "Heading3": _heading(3, 180, 80, 21),
    "Heading4": _heading(4, 160, 60, 21),
    "Heading5": _heading(5, 140, 60, 20),
    "Heading6": _heading(6, 140, 60, 20),
    "BlockText": (_spaced(60, 60) + '<w:ind w:left="360" w:right="0" />', ""),
    "FootnoteText": (_spaced(0, 20), _sized(16)),
    "FootnoteBlockText": (_spaced(0, 20), _sized(16)),
    "TableCaption": (_spaced(80, 40, "<w:keepNext />"), _sized(18)),
    "Reprisdelaséance": (
        f'<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="{GREY}" /></w:pBdr>'
        + _spaced(60, 60),
        "",
    ),
}
TABLE = f"""\
<w:tblPr><w:tblInd w:w="0" w:type="dxa" /><w:tblBorders><w:top w:val="single" w:sz="4" w:color="{GREY}" />\
<w:bottom w:val="single" w:sz="4" w:color="{GREY}" /><w:insideH w:val="single" w:sz="4" w:color="{GREY}" /></w:tblBorders>\
<w:tblCellMar><w:left w:w="80" w:type="dxa" /><w:right w:w="80" w:type="dxa" /></w:tblCellMar></w:tblPr>\
<w:tblStylePr w:type="firstRow"><w:rPr><w:b /></w:rPr></w:tblStylePr>"""
DEFAULTS = f'<w:rPr>{FONT}<w:sz w:val="20" /><w:szCs w:val="20" />'
SHEET = """\
<w:headerReference w:type="default" r:id="rIdHead" /><w:footerReference w:type="default" r:id="rIdFoot" />\
<w:footerReference w:type="first" r:id="rIdFoot" />"""
MARGINS = """\
<w:pgSz w:w="11906" w:h="16838" /><w:pgMar w:top="1300" w:right="1250" w:bottom="1200" w:left="1250" w:header="620" \
w:footer="560" w:gutter="0" /><w:titlePg />"""
WHOLE_ROW = "<w:tr><w:trPr><w:cantSplit /></w:trPr>"
SMALL = '<w:rPr><w:sz w:val="16" /><w:szCs w:val="16" /></w:rPr>'


def styled(xml: str) -> str:
    """Return styles.xml with ours."""
    for name, (paragraph, letters) in STYLES.items():
        body = (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "") + (
            f"<w:rPr>{letters}</w:rPr>" if letters else ""
        )
        xml = _restyled(xml, name, r"<w:pPr>.*?</w:pPr>|<w:rPr>.*?</w:rPr>", body)
    xml = _restyled(xml, "Table", r"<w:tblPr>.*?</w:tblPr>|<w:tblStylePr .*?</w:tblStylePr>", TABLE)
    defaults = re.compile(r"(<w:rPrDefault>\s*)<w:rPr>\s*<w:rFonts[^>]*>\s*<w:sz [^>]*>\s*<w:szCs [^>]*>")
    return defaults.sub(lambda found: found[1] + DEFAULTS, xml, count=1)


def _restyled(xml: str, name: str, old: str, new: str) -> str:
    style = re.compile(rf'(<w:style [^>]*w:styleId="{name}"[^>]*>)(.*?)(</w:style>)', re.DOTALL)
    return style.sub(
        lambda found: found[1] + re.sub(old, "", found[2], flags=re.DOTALL) + new + found[3], xml, count=1
    )


def on_paper(xml: str) -> str:
    """Return document.xml on A4, with its head and its foot; no row of a table is cut between two sheets."""
    whole = xml.replace("<w:tr>", WHOLE_ROW).replace(f"{WHOLE_ROW}<w:trPr>", "<w:tr><w:trPr><w:cantSplit />")
    before, start, section = whole.rpartition("<w:sectPr>")
    return (
        f"{before}{start}{SHEET}{section.replace('</w:sectPr>', f'{MARGINS}</w:sectPr>', 1)}"
        if start
        else xml
    )


def related(xml: str) -> str:
    head = f'<Relationship Id="rIdHead" Type="{OFFICE}/header" Target="header1.xml" />'
    foot = f'<Relationship Id="rIdFoot" Type="{OFFICE}/footer" Target="footer1.xml" />'
    return xml.replace("</Relationships>", f"{head}{foot}</Relationships>")


def typed(xml: str) -> str:
    kinds = "".join(
        f'<Override PartName="/word/{kind}1.xml" ContentType="{WORD}.{kind}+xml" />'
        for kind in ("header", "footer")
    )
    return xml.replace("</Types>", f"{kinds}</Types>")


def sheets(head: str, foot: str) -> dict[str, str]:
    """Return the parts of the head and of the foot; both are XML text."""
    return {
        "word/header1.xml": _part("hdr", _run(head)),
        "word/footer1.xml": _part(
            "ftr", f"{_run(foot + '   ')}{_field('PAGE')}{_run(' / ')}{_field('NUMPAGES')}"
        ),
    }


def _part(kind: str, runs: str) -> str:
    start = '<?xml version="1.0" encoding="UTF-8"?>'
    return f"{start}<w:{kind} {NAMESPACES}><w:p>{runs}</w:p></w:{kind}>"


def _run(text: str) -> str:
    return f'<w:r>{SMALL}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r>{SMALL}<w:t>1</w:t></w:r></w:fldSimple>'
