"""The look of an ODT: styles, A4, what stands at the head and the foot of every sheet."""

from __future__ import annotations

import re

INK, GREY = "#211930", "#d6d0c7"
MACHINE = "Repris_20_de_20_la_20_séance"
BOLD = f'style:font-name="Arial" fo:font-weight="bold" fo:color="{INK}"'


def _spaced(before: float, after: float, more: str = "") -> str:
    return f'fo:margin-top="{before}pt" fo:margin-bottom="{after}pt" {more}'


# Style -> what it says of its paragraphs, of its letters.
STYLES: dict[str, tuple[str, str]] = {
    "Text_20_body": (_spaced(3, 3, 'fo:orphans="2" fo:widows="2"'), ""),
    "Heading_20_1": (_spaced(16, 6, 'fo:keep-with-next="always"'), f'{BOLD} fo:font-size="15pt"'),
    "Heading_20_2": (_spaced(12, 5, 'fo:keep-with-next="always"'), f'{BOLD} fo:font-size="12pt"'),
    "Heading_20_3": (_spaced(9, 4, 'fo:keep-with-next="always"'), f'{BOLD} fo:font-size="10.5pt"'),
    "Heading_20_4": (_spaced(8, 3, 'fo:keep-with-next="always"'), f'{BOLD} fo:font-size="10.5pt"'),
    "Heading_20_5": (_spaced(7, 3, 'fo:keep-with-next="always"'), f'{BOLD} fo:font-size="10pt"'),
    "Heading_20_6": (_spaced(7, 3, 'fo:keep-with-next="always"'), f'{BOLD} fo:font-size="10pt"'),
    "Quotations": (_spaced(3, 3, 'fo:margin-left="0.6cm" fo:margin-right="0cm"'), ""),
    "Footnote": (_spaced(0, 1, 'fo:margin-left="0.5cm" fo:text-indent="-0.5cm"'), 'fo:font-size="8pt"'),
    "Table_20_Contents": (_spaced(1, 1), 'fo:font-size="9pt"'),
    "Table_20_Heading": (_spaced(1, 1), 'fo:font-size="9pt" fo:font-weight="bold"'),
    "TableCaption": (_spaced(4, 2, 'fo:keep-with-next="always"'), 'fo:font-size="9pt"'),
}
BORDER = f'fo:padding-left="0.25cm" fo:border-left="1.5pt solid {GREY}" fo:border-right="none" fo:border-top="none"'
ADDED = f"""\
<style:style style:name="Title" style:family="paragraph" style:parent-style-name="Heading" style:class="chapter">\
<style:paragraph-properties {_spaced(0, 8)}/><style:text-properties {BOLD} fo:font-size="20pt" /></style:style>\
<style:style style:name="{MACHINE}" style:display-name="Repris de la séance" style:family="paragraph" \
style:parent-style-name="Text_20_body" style:class="text"><style:paragraph-properties {BORDER} fo:border-bottom="none" />\
</style:style><style:style style:name="Header" style:family="paragraph" style:parent-style-name="Standard" \
style:class="extra"><style:text-properties fo:font-size="8pt" /></style:style>"""
LAYOUT = {
    "fo:page-width": "21cm", "fo:page-height": "29.7cm", "fo:margin-left": "2.2cm", "fo:margin-right": "2.2cm",
    "fo:margin-top": "1.2cm", "fo:margin-bottom": "1.2cm",
}  # fmt: skip
HEADER_STYLE = """\
<style:header-style><style:header-footer-properties fo:min-height="0.6cm" fo:margin-bottom="0.4cm" /></style:header-style>"""
SHEET = """\
<style:header><text:p text:style-name="Header">{head}</text:p></style:header>\
<style:footer><text:p text:style-name="Header">{foot}   <text:page-number text:select-page="current">1</text:page-number> / \
<text:page-count>1</text:page-count></text:p></style:footer>"""
WHOLE_ROW = """\
<style:style style:name="WholeRow" style:family="table-row"><style:table-row-properties fo:keep-together="always" />\
</style:style>"""
CELL = re.compile(r'(<style:style style:name="Table(?:Header)?RowCell".*?)fo:border="none"', re.DOTALL)


def styled(xml: str) -> str:
    """Return styles.xml with ours."""
    for name, (paragraph, letters) in STYLES.items():
        body = f"<style:paragraph-properties {paragraph}/>" + (
            f"<style:text-properties {letters}/>" if letters else ""
        )
        xml = _restyled(xml, name, body)
    start = re.compile(
        r'(<style:default-style style:family="paragraph">.*?)(</style:default-style>)', re.DOTALL
    )
    xml = start.sub(lambda found: _small(found[1]) + found[2], xml, count=1)
    return xml.replace("</office:styles>", f"{ADDED}</office:styles>", 1)


def _restyled(xml: str, name: str, body: str) -> str:
    style = re.compile(rf'(<style:style [^>]*style:name="{name}"[^>]*[^/]>)(.*?)(</style:style>)', re.DOTALL)
    return style.sub(lambda found: found[1] + body + found[3], xml, count=1)


def _small(defaults: str) -> str:
    named = re.sub(r'style:font-name="[^"]*"', 'style:font-name="Arial"', defaults, count=1)
    return re.sub(r'fo:font-size="[^"]*"', 'fo:font-size="10pt"', named, count=1)


def on_paper(xml: str, head: str, foot: str) -> str:
    """Return styles.xml on A4, with the head and the foot of every sheet; both are XML text."""
    before, start, layout = xml.partition("<style:page-layout-properties")
    inside, end, after = layout.partition(">")
    for name, value in LAYOUT.items():
        inside = re.sub(rf'{name}="[^"]*"', f'{name}="{value}"', inside)
    after = re.sub(r"<style:header-style\s*/>", HEADER_STYLE, after, count=1)
    sheet = SHEET.format(head=head, foot=foot)
    after = re.sub(r"<style:footer>.*?</style:footer>", lambda _old: sheet, after, count=1, flags=re.DOTALL)
    return before + start + inside + end + after


def ruled(xml: str) -> str:
    """Return content.xml with a thin line under each row of a table, which no sheet cuts."""
    whole = xml.replace("<table:table-row>", '<table:table-row table:style-name="WholeRow">')
    xml = whole.replace("</office:automatic-styles>", f"{WHOLE_ROW}</office:automatic-styles>", 1)
    return CELL.sub(rf'\1fo:padding="0.05cm" fo:border="none" fo:border-bottom="0.5pt solid {GREY}"', xml)
