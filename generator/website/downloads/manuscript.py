"""Lays a report out for files made of pages: title, paragraphs, headings and tables in the order they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import ceil
from typing import NamedTuple

from generator.collection.settings import Organ
from generator.report.entry import DRAFT, LoadedReport, fact
from generator.report.model import Report, TableFigures
from generator.website.downloads.narrative_blocks import Block, Cell, FreeGrid, Heading, Run, blocks_of
from generator.website.words import Words


class StatutoryTable(NamedTuple):
    """A statutory table with its figures, where the form wants it; `caption` is "" where the section's title
    says the same, `corrected` are the numbers of the figures that were corrected after publication."""

    sheet: TableFigures
    caption: str
    corrected: frozenset[int] = frozenset()


class Manuscript(NamedTuple):
    """A report as it is printed.

    `catalogue` (索引号) stands above the title, the document `number` below it; `publisher` and `day`, which is `date`
    as printed, sign it ("" and None where unknown); `organ` is the name that its properties give.
    `corrections` (更正说明) stand behind the signature, None where nothing was corrected; `notice` heads a draft."""

    title: str
    number: str
    catalogue: str
    blocks: tuple[Block | StatutoryTable, ...]
    publisher: str
    date: tuple[int, int, int] | None
    day: str
    organ: str
    year: int
    corrections: FreeGrid | None = None
    notice: str = ""

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title in lines that each make sense: what is too long for one is broken before its year, and a name that
        is still too long behind the words that names of organs are made of."""
        if len(self.title) <= _TITLE_LINE:
            return (self.title,)
        name, *rest = _YEAR.split(self.title, maxsplit=1)
        return tuple(filter(None, [*_balanced(name), *rest]))


def _balanced(name: str) -> tuple[str, ...]:
    """Breaks a name behind its words into lines about as long as one another: the fewest that hold it, or one more."""
    least = ceil(len(name) / _TITLE_LINE)
    if least < 2:
        return (name,)
    for lines in (least, least + 1):
        fits = range(max(1, len(name) - (lines - 1) * _TITLE_LINE), _TITLE_LINE + 1)
        ends = [match.end() for match in _PART.finditer(name) if match.end() in fits]
        if ends:
            even = len(name) / lines
            at = min(ends, key=lambda end: (_in_brackets(name[:end]), abs(end - even)))
            return (name[:at], *_balanced(name[at:]))
    return (name,)


def _in_brackets(text: str) -> bool:
    return text.count("（") > text.count("）")


@fact
def manuscript(entry: LoadedReport, organ: Organ, words: Words) -> Manuscript:
    """Puts the report's parts in order: each table stands at the end of the section that its form names."""
    report, date = entry.report, _day(entry.report.published)
    index = report.meta.get("索引号", "")
    blocks: list[Block | StatutoryTable] = [*blocks_of(entry.prose.preface)]
    waiting = {sheet.table.id: sheet for sheet in report.sheets}
    forms = report.form.sections
    for number, section in enumerate(entry.prose.sections):
        blocks += [Heading(1, (Run(section.title.strip()),)), *blocks_of(section.html)]
        name = forms[number].table if number < len(forms) else ""
        if name in waiting:
            sheet = waiting.pop(name)
            blocks.append(_table(report, sheet, "" if sheet.table.caption in section.title else sheet.table.caption))
    blocks += [_table(report, sheet, sheet.table.caption) for sheet in waiting.values()]
    publisher = printable(report.meta.get("发布机构", ""))
    return Manuscript(
        printable(report.title),
        printable(report.meta.get("文号", "")),
        words("document.index", number=printable(index)) if index else "",
        tuple(blocks),
        publisher,
        date,
        words("document.day", year=date[0], month=date[1], day=date[2]) if date else "",
        publisher or printable(organ.name),
        report.year,
        _corrections(report, words),
        words("document.draft") if entry.ref.withheld == DRAFT else "",
    )


def _table(report: Report, sheet: TableFigures, caption: str) -> StatutoryTable:
    corrected = {item.name for item in report.corrections}
    holes = (number for number, slot in enumerate(sheet.table.slots) if slot.name in corrected)
    return StatutoryTable(sheet, caption, frozenset(holes))


def _corrections(report: Report, words: Words) -> FreeGrid | None:
    """Lists the corrections of published figures, newest first as on the page."""
    if not report.corrections:
        return None
    blank = words("correction.blank")
    heads = (
        words("document.correction_date"),
        words("document.correction_place"),
        words("document.correction_old"),
        words("document.correction_new"),
        words("document.correction_reason"),
        words("document.correction_approver"),
    )

    def place(name: str) -> str:
        return name.replace(".", words("correction.joint"))

    def row(texts: Iterable[str], side: str = "") -> tuple[Cell, ...]:
        return tuple(Cell((Run(printable(text)),), side) for text in texts)

    rows = [
        (item.date, place(item.name), item.old or blank, item.new or blank, item.reason, item.approver)
        for item in sorted(report.corrections, key=lambda item: item.date, reverse=True)
    ]
    caption = (Run(words("document.corrections")),)
    return FreeGrid(caption, row(heads), tuple(map(row, rows)))


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def printable(text: str) -> str:
    """Replaces the characters that files of XML cannot hold by U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)


_TITLE_LINE = 20  # characters of 22 points in 156 mm
# what words of an organ's name end in, with what they are not: 区人民政府, 市场监督, 乡村振兴, 政法委员会
_PART = re.compile(
    r"(?:委员会|管委会|协会|人民政府|办公室|办事处|开发区|自治[区州县旗]|中心|街道|委(?!员)|办(?![公事理])|处(?![理置])|部(?!门)"
    r"|[省市州区县旗镇乡](?!人民政府|[场域村])|[厅局院站所])(?![）)、])|[）)、]"
)
_YEAR = re.compile(r"(?=(?<!\d)\d{4}年)")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def _day(published: str) -> tuple[int, int, int] | None:
    match = _DAY.match(published)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None
