"""Builds Word files from raw XML, by nothing of ours."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from PIL import Image

from tests.readers.samples import zipped

OOXML = "http://schemas.openxmlformats.org"
RELATIONS = f"{OOXML}/officeDocument/2006/relationships"
WML = f'xmlns:w="{OOXML}/wordprocessingml/2006/main"'
NAMESPACES = (
    f'{WML} xmlns:r="{RELATIONS}" xmlns:mc="{OOXML}/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    f'xmlns:wp="{OOXML}/drawingml/2006/wordprocessingDrawing" xmlns:a="{OOXML}/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    f'xmlns:m="{OOXML}/officeDocument/2006/math"'
)


def relations(*items: tuple[str, str, str, bool]) -> str:
    """(id, kind, target, outside) as a relationships part."""
    mode = {True: ' TargetMode="External"', False: ""}
    inner = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"{mode[outside]}/>'
        for name, kind, target, outside in items
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def word(
    body: str, parts: dict[str, str | bytes] | None = None, rels: Sequence[tuple[str, str, str, bool]] = ()
) -> bytes:
    """A Word file of this body XML, with further parts and relationships."""
    return zipped(
        {
            "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml", False)),
            "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(*rels),
            **(parts or {}),
        }
    )


def p(text: str, properties: str = "", run: str = "") -> str:
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(text: str, properties: str = "") -> str:
    inner = text if text.startswith("<w:") else p(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


BOX = "<w:txbxContent>{}</w:txbxContent>"


def boxed(content: str) -> str:
    """A text box as Word writes it: twice, for new and for old programs."""
    box = BOX.format(content)
    graphic = f"<a:graphic><a:graphicData><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
    choice = f'<mc:Choice Requires="wps"><w:drawing><wp:anchor>{graphic}</wp:anchor></w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
    return f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"


def _level(level: int, start: int, style: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def _list(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


# list 1 counts 一、 and （一）, list 2 counts 3. 4. …, list 3 has bullets
NUMBERING = (
    f"<w:numbering {WML}>"
    + _list(0, _level(0, 1, "chineseCounting", "%1、"), _level(1, 1, "chineseCounting", "（%2）"))
    + _list(1, _level(0, 3, "decimal", "%1."))
    + _list(2, _level(0, 1, "bullet", "&#xf0b7;"))
    + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n - 1}"/></w:num>' for n in (1, 2, 3))
    + "</w:numbering>"
)


def numbered(text: str, list_id: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def picture(suffix: str, **options: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), (200, 30, 30)).save(out, suffix, **options)
    return out.getvalue()


def drawn(relation: str, alt: str = "") -> str:
    graphic = f'<a:graphic><a:graphicData><a:blip r:embed="{relation}"/></a:graphicData></a:graphic>'
    described = f'<wp:docPr id="1" name="图" descr="{alt}"/>'
    return f"<w:r><w:drawing><wp:inline>{described}{graphic}</wp:inline></w:drawing></w:r>"
