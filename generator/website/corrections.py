"""Shows corrections of published figures: a list at the head of the report, a mark at each cell."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

from generator.report.entry import LoadedReport
from generator.report.model import TableFigures, address
from generator.website.views import CorrectionView
from generator.website.words import Words


def correction_views(entry: LoadedReport, words: Words) -> tuple[CorrectionView, ...]:
    """Every correction, newest first, with the address of its cell on the page where it has one."""
    report = entry.report
    if not report.corrections:
        return ()
    cells = {
        slot.name: (key.address, address(sheet.table, slot))
        for sheet in report.sheets
        for slot, key in zip(sheet.table.slots, sheet.table.keys, strict=True)
    }
    blank, joint = words("correction.blank"), words("correction.joint")

    def place(name: str) -> str:
        in_words = words.cell(name, cells[name][1] if name in cells else None)
        return name.replace(".", joint) if in_words == name else in_words

    return tuple(
        CorrectionView(
            f"correction-{number}",
            item.date,
            place(item.name),
            f"#{cells[item.name][0]}" if item.name in cells else "",
            item.old or blank,
            item.new or blank,
            item.reason,
        )
        for number, item in sorted(enumerate(report.corrections, 1), key=lambda pair: pair[1].date, reverse=True)
    )


def cell_marks(entry: LoadedReport, sheet: TableFigures, words: Words) -> Mapping[int, Markup]:
    """What stands behind each corrected figure of a table, by the number of its cell."""
    if not entry.report.corrections:
        return {}
    names = {slot.name: number for number, slot in enumerate(sheet.table.slots)}
    marks = {}
    for number, item in enumerate(entry.report.corrections, 1):
        if item.name in names:
            label = escape(words("correction.at_cell", old=item.old or words("correction.blank")))
            text = words("correction.mark")
            marks[names[item.name]] = Markup(
                f'<sup class="correction"><a href="#correction-{number}" title="{label}">{escape(text)}</a></sup>'
            )
    return marks
