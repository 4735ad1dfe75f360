"""report.docx is a report as a Word document, in the layout of official documents (GB/T 9704-2012)."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

from generator.collection.settings import Organ
from generator.report.entry import LoadedReport
from generator.website.downloads.manuscript import NOTHING, Manuscript, Materials, Pictures, manuscript, no_pictures
from generator.website.downloads.narrative_blocks import Picture
from generator.website.downloads.page_style import TEXT_WIDTH
from generator.website.downloads.word_body import NAMESPACES, Body, text
from generator.website.downloads.word_frame import frame, section
from generator.website.words import Words

_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
UNKNOWN_DAY = (1980, 1, 1)  # the day in the properties of a report whose day is unknown: the earliest a zip can hold


class Word:
    """The report as a Word document."""

    file, kind, extra = "report.docx", "Word", "office"
    modules = ("docx",)

    def label(self, words: Words) -> str:
        return words("report.as_document")

    def data(self, entry: LoadedReport, organ: Organ, words: Words, materials: Materials = NOTHING) -> bytes:
        return docx(manuscript(entry, organ, words), words, materials.pictures)


def docx(report: Manuscript, words: Words, pictures: Pictures = no_pictures) -> bytes:
    """Writes the document; the same report always gives the same bytes."""
    from docx import Document
    from docx.oxml import parse_xml

    document = Document(io.BytesIO(frame()))
    lists = Lists()
    body = Body(_link_to(document), _drawer(document, pictures, words), lists.number)
    xml = "".join(body.blocks(report))
    # parsed as a whole: moving elements into another tree costs as much as parsing them
    document.part._element = parse_xml(f"<w:document {NAMESPACES}><w:body>{xml}{section()}</w:body></w:document>")
    lists.write(document.part.numbering_part.element, parse_xml)
    _set_properties(document.core_properties, report)
    out = io.BytesIO()
    document.save(out)
    return undated(out.getvalue())


def _set_properties(properties: Any, report: Manuscript) -> None:
    """Says what the file is and nothing of who made it when: the day is the report's own."""
    day = datetime(*(report.date or UNKNOWN_DAY))
    properties.title, properties.author, properties.language = report.title, report.organ, "zh-CN"
    properties.created = properties.modified = day
    properties.last_modified_by = properties.comments = properties.keywords = properties.subject = ""
    properties.revision = 1


def _link_to(document: Any) -> Callable[[str], str]:
    def link(address: str) -> str:
        return str(document.part.relate_to(address, _HYPERLINK, is_external=True))

    return link


def _drawer(document: Any, pictures: Pictures, words: Words) -> Callable[[Picture], str]:
    """Returns what puts a picture into the document; one that Word cannot show is told by its description."""
    from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError

    def draw(picture: Picture) -> str:
        data = pictures(picture.name)
        described = text(words("document.picture", text=picture.described))
        instead = f"<w:r><w:t>{described}</w:t></w:r>"
        if data is None:
            return instead
        try:
            _, image = document.part.get_or_add_image(io.BytesIO(data))
            inline = document.part.new_pic_inline(io.BytesIO(data), width=_width(image))
        except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, ZeroDivisionError):
            return instead
        inline.docPr.set("descr", picture.described)
        inline.docPr.set("name", picture.name)
        return f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"

    return draw


def _width(image: Any) -> int:
    """The width of a picture in EMU: its own, but no wider than the text."""
    return min(int(image.width), int(TEXT_WIDTH * 36000))


class Lists:
    """Numbers lists: each run of items is a list of its own that begins with its first number."""

    def __init__(self) -> None:
        self._starts: list[tuple[int, int]] = []  # depth and first number of each numbered list
        self._next: dict[int, tuple[int, int]] = {}  # by depth: the list that is going on and its next number

    def number(self, marker: str, depth: int) -> int:
        """Gives the list that an item belongs to; list 1 are the items without numbers."""
        if not marker[:-1].isdecimal():
            return 1
        number = int(marker[:-1])
        going, due = self._next.get(depth, (0, 0))
        if number != due:
            self._starts.append((depth, number))
            going = len(self._starts) + 1
        self._next = {at: item for at, item in self._next.items() if at < depth} | {depth: (going, number + 1)}
        return going

    def write(self, numbering: Any, parse: Callable[[str], Any]) -> None:
        """Adds the lists to the numbering of a document."""
        for at, (depth, start) in enumerate(self._starts, 2):
            over = f'<w:lvlOverride w:ilvl="{depth - 1}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            numbering.append(parse(f'<w:num {NAMESPACES} w:numId="{at}"><w:abstractNumId w:val="1"/>{over}</w:num>'))


def undated(archive: bytes) -> bytes:
    """Sets the time of every member of a zip file to the earliest there is, so that its bytes tell no clock."""
    data = bytearray(archive)
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        at, members = opened.start_dir, opened.infolist()
    stamp = struct.pack("<HH", 0, 1 << 5 | 1)
    for member in members:
        data[member.header_offset + 10 : member.header_offset + 14] = stamp
        data[at + 12 : at + 16] = stamp
        name, extra, comment = struct.unpack("<HHH", data[at + 28 : at + 34])
        at += 46 + name + extra + comment
    return bytes(data)
