"""report.docx is a report as a Word document, in the layout of official documents (GB/T 9704-2012).

python-docx makes an empty document, once; each report fills it."""

from __future__ import annotations

from collections.abc import Mapping

from generator.website.downloads.manuscript import Manuscript
from generator.website.downloads.materials import Pictures, no_pictures
from generator.website.downloads.office_package import packed
from generator.website.downloads.word_attached import Attached
from generator.website.downloads.word_body import NAMESPACES, Body, text
from generator.website.downloads.word_frame import AUTHOR, DAY, TITLE_OF, frame, section
from generator.website.words import Words

_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
UNKNOWN_DAY = (1980, 1, 1)  # the day in the properties of a report whose day is unknown


def docx(report: Manuscript, words: Words, pictures: Pictures = no_pictures) -> bytes:
    """Writes the document; the same report always gives the same bytes."""
    lists, attached = Lists(), Attached(pictures, words)
    body = "".join(Body(attached.link, attached.draw, lists.number, words("document.corrected")).blocks(report))
    parts = dict(frame())
    parts["word/document.xml"] = f"{_DECLARED}<w:document {NAMESPACES}><w:body>{body}{section()}</w:body></w:document>"
    parts["docProps/core.xml"] = _filled(parts["docProps/core.xml"], _properties(report))
    for name, more in (
        ("word/numbering.xml", lists.written()),
        ("word/_rels/document.xml.rels", attached.relations()),
        ("[Content_Types].xml", attached.types()),
    ):
        before, root, end = parts[name].rpartition("</")
        parts[name] = f"{before}{more}{root}{end}"
    return packed({**parts, **attached.media})


def _properties(report: Manuscript) -> Mapping[str, str]:
    """Says what the file is and nothing of who made it when: the day is the report's own."""
    year, month, day = report.date or UNKNOWN_DAY
    return {TITLE_OF: text(report.title), AUTHOR: text(report.organ), DAY: f"{year:04}-{month:02}-{day:02}T"}


def _filled(xml: str, values: Mapping[str, str]) -> str:
    for mark, value in values.items():
        xml = xml.replace(mark, value)
    return xml


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

    def written(self) -> str:
        """Writes the lists, for the numbering of a document."""
        return "".join(
            f'<w:num w:numId="{at}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="{depth - 1}">'
            f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            for at, (depth, start) in enumerate(self._starts, 2)
        )
