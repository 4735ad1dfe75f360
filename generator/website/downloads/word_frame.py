"""Makes the empty Word document of a report by python-docx: page, styles, footers and settings after GB/T 9704-2012.

Fonts are only named, with the names under which other systems know them; none is embedded.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from generator.website.downloads import page_style
from generator.website.downloads.office_package import unpacked
from generator.website.downloads.page_style import FIRST, PLAIN, SECOND, TEXT, TITLE

LINE = 579  # twentieths of a point: 22 lines in 225 mm
# Twentieths of a point between characters of 16 points, so that 28 stand in 156 mm. Programs read the grid's own
# distance between characters differently, and this one alike.
_CLOSER = -5
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

# name, id, font, half points, alignment, lines before and after, first line in hundredths of a character, outline level
_STYLES = (
    ("Title", "Title", TITLE, 44, "center", 1, 1, 0, ""),
    ("Heading 1", "Heading1", FIRST, 32, "both", 0, 0, 200, "0"),
    ("Heading 2", "Heading2", SECOND, 32, "both", 0, 0, 200, "1"),
    ("Heading 3", "Heading3", TEXT, 32, "both", 0, 0, 200, "2"),
    ("Heading 4", "Heading4", TEXT, 32, "both", 0, 0, 200, "3"),
    ("Body Text", "BodyText", TEXT, 32, "both", 0, 0, 200, ""),
    ("List Paragraph", "ListParagraph", TEXT, 32, "both", 0, 0, 0, ""),
    ("Caption", "Caption", FIRST, 24, "center", 0, 0, 0, ""),
    ("Document Number", "DocumentNumber", TEXT, 32, "center", 0, 1, 0, ""),
    ("Signature", "Signature", TEXT, 32, "right", 0, 0, 0, ""),
    ("Table Small", "TableSmall", TEXT, 18, "center", 0, 0, 0, ""),
    ("Table Text", "TableText", TEXT, 21, "center", 0, 0, 0, ""),
)
_KEPT = frozenset({"Normal", "DefaultParagraphFont", "TableNormal", "NoList"})


# What stands in the properties of the empty document for those of a report.
TITLE_OF, AUTHOR, DAY = "@title@", "@author@", "1980-01-01T"


@lru_cache(maxsize=1)
def frame() -> Mapping[str, str]:
    """Gives the parts of the empty document by name, all of them XML; its body holds the page's settings."""
    return {name: data.decode() for name, data in unpacked(empty()).items()}


@lru_cache(maxsize=1)
def empty() -> bytes:
    """Makes the empty document."""
    from docx import Document

    document = Document()
    _drop_parts(document)
    _set_styles(document)
    _set_page(document)
    _set_settings(document.settings.element)
    _set_lists(document.part.numbering_part.element)
    _name_fonts(document)
    _set_properties(document.core_properties)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@lru_cache(maxsize=1)
def section() -> str:
    """Writes the settings of the page, which end the body of every document made in this frame."""
    from docx import Document

    return str(Document(io.BytesIO(empty())).sections[0]._sectPr.xml)


def _set_properties(properties: Any) -> None:
    properties.title, properties.author, properties.language = TITLE_OF, AUTHOR, "zh-CN"
    properties.created = properties.modified = datetime.fromisoformat(f"{DAY}00:00:00")
    properties.last_modified_by = properties.comments = properties.keywords = properties.subject = ""
    properties.revision = 1


def _parse(xml: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(xml)


def _drop_parts(document: Any) -> None:
    """Leaves out what python-docx's template has beyond need: a preview, effects, a bibliography, list styles."""
    part, package = document.part, document.part.package
    for relations, unwanted in (
        (package.rels, ("thumbnail", "extended-properties")),
        (part.rels, ("stylesWithEffects", "customXml", "webSettings", "theme")),
    ):
        for name in [name for name, rel in relations.items() if rel.reltype.rpartition("/")[2] in unwanted]:
            del relations[name]


def _set_styles(document: Any) -> None:
    root = document.styles.element
    for child in list(root):
        if child.tag.endswith("}style") and child.get(f"{{{_W}}}styleId") not in _KEPT:
            root.remove(child)
        elif child.tag.endswith("}docDefaults"):
            root.replace(child, _parse(_DEFAULTS))
        elif child.tag.endswith("}latentStyles"):
            root.remove(child)
    normal = document.styles["Normal"].element
    for child in list(normal):
        if child.tag.endswith(("}rPr", "}pPr", "}rsid")):
            normal.remove(child)
    for name, key, font, size, side, before, after, first, outline in _STYLES:
        root.append(_parse(_style(name, key, font, size, side, (before, after), first, outline)))


_DEFAULTS = (
    f'<w:docDefaults xmlns:w="{_W}"><w:rPrDefault><w:rPr>'
    f'<w:rFonts w:ascii="{TEXT}" w:eastAsia="{TEXT}" w:hAnsi="{TEXT}" w:cs="Times New Roman"/>'
    '<w:kern w:val="2"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    f'</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="{LINE}" '
    'w:lineRule="exact"/></w:pPr></w:pPrDefault></w:docDefaults>'
)


def _style(
    name: str, key: str, font: str, size: int, side: str, around: tuple[int, int], first: int, outline: str
) -> str:
    in_table = key.startswith("Table")
    # of lines in tables: 1.22 times the text, as in the PDF, whatever font a machine takes instead
    line = round(size * 12.2) if in_table else 700 if key == "Title" else LINE
    spacing = (
        f'<w:spacing w:before="{around[0] * LINE}" w:after="{around[1] * LINE}" w:line="{line}" w:lineRule="exact"/>'
    )
    indent = f'<w:ind w:firstLineChars="{first}" w:firstLine="{first * size // 10}"/>' if first else ""
    level = f'<w:keepNext/>{{}}<w:outlineLvl w:val="{outline}"/>' if outline else "{}"
    grid = '<w:snapToGrid w:val="0"/>' if in_table else ""
    look = level.format(f'{grid}{spacing}{indent}<w:jc w:val="{side}"/>')
    fonts = f'<w:rFonts w:ascii="{font}" w:eastAsia="{font}" w:hAnsi="{font}"/>'
    if size == 32:
        fonts += f'<w:spacing w:val="{_CLOSER}"/>'
    return (
        f'<w:style xmlns:w="{_W}" w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{look}</w:pPr>'
        f'<w:rPr>{fonts}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _set_page(document: Any) -> None:
    """Sets A4 with its margins, the grid of 22 lines, and the page numbers."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(page_style.WIDTH), Mm(page_style.HEIGHT)
    section.top_margin, section.bottom_margin = Mm(page_style.TOP), Mm(page_style.BOTTOM)
    section.left_margin, section.right_margin = Mm(page_style.LEFT), Mm(page_style.RIGHT)
    section.footer_distance, section.header_distance = Mm(22.5), Mm(20)
    properties = section._sectPr
    properties.attrib.clear()  # the sessions in which the template was edited
    for child in list(properties):
        if child.tag.endswith(("}docGrid", "}cols")):
            properties.remove(child)
    properties.append(_parse(f'<w:docGrid xmlns:w="{_W}" w:type="lines" w:linePitch="{LINE}"/>'))
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        element = footer._element
        for child in list(element):
            element.remove(child)
        element.append(_parse(_folio(side)))


def _folio(side: str) -> str:
    """Writes the page number, one character in from the outer edge."""
    look = (
        f'<w:rPr><w:rFonts w:ascii="{PLAIN}" w:eastAsia="{PLAIN}" w:hAnsi="{PLAIN}"/><w:sz w:val="28"/>'
        '<w:szCs w:val="28"/></w:rPr>'
    )

    def run(inner: str) -> str:
        return f"<w:r>{look}{inner}</w:r>"

    before, after = page_style.FOLIO
    parts = (
        f'<w:t xml:space="preserve">{before}</w:t>',
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
        f'<w:t xml:space="preserve">{after}</w:t>',
    )
    return (
        f'<w:p xmlns:w="{_W}"><w:pPr><w:spacing w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/></w:pPr>{"".join(map(run, parts))}</w:p>'
    )


_SETTINGS = (
    '<w:zoom w:percent="100"/>',
    "<w:evenAndOddHeaders/>",
    '<w:drawingGridVerticalSpacing w:val="579"/>',
    '<w:characterSpacingControl w:val="compressPunctuation"/>',
    "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/>"
    '<w:adjustLineHeightInTable/><w:useFELayout/><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>',
    '<w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/>',
)


def _set_settings(element: Any) -> None:
    """Replaces the template's settings, which name its makers' sessions and a Japanese theme."""
    for child in list(element):
        element.remove(child)
    for child in _parse(f'<w:settings xmlns:w="{_W}">{"".join(_SETTINGS)}</w:settings>'):
        element.append(child)


def _set_lists(numbering: Any) -> None:
    """Declares two kinds of lists, of points (list 1) and of numbers, nine levels deep."""
    for child in list(numbering):
        numbering.remove(child)
    for key, (kind, shown) in enumerate((("bullet", "•"), ("decimal", "%{}."))):
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="space"/>'
            f'<w:lvlText w:val="{shown.format(level + 1)}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{640 * level}" w:firstLine="640"/></w:pPr></w:lvl>'
            for level in range(9)
        )
        numbering.append(_parse(f'<w:abstractNum xmlns:w="{_W}" w:abstractNumId="{key}">{levels}</w:abstractNum>'))
    numbering.append(_parse(f'<w:num xmlns:w="{_W}" w:numId="1"><w:abstractNumId w:val="0"/></w:num>'))


def _name_fonts(document: Any) -> None:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="roman"/></w:font>'
        for name, other in page_style.INSTEAD.items()
    )
    table = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable"))
    table._blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="{_W}">{fonts}</w:fonts>'.encode()
    )
