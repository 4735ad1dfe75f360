"""Makes one HTML page of findings that opens without a server: by report, filterable, cells shown in place."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from generator.finding import CellName, Finding, Level, Message, counts
from generator.report.model import Report, TableFigures, address

LEVELS = {
    Level.ERROR: Message("错误", "Error"),
    Level.WARNING: Message("警告", "Warning"),
    Level.NOTE: Message("提示", "Note"),
}


class FragmentCell(NamedTuple):
    text: str
    marked: bool


class Fragment(NamedTuple):
    """Holds the rows of one statutory table that a finding is about, all columns, the cells in question marked."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[FragmentCell, ...]], ...]


class FindingView(NamedTuple):
    rule: str
    level: str
    level_name: str
    where: str
    message: str
    accepted: str | None
    help: str
    fragments: tuple[Fragment, ...]


class GroupView(NamedTuple):
    title: str
    folder: str
    findings: tuple[FindingView, ...]


ReadReport = Callable[[int, str], Report | None]


def fragments(report: Report, cells: Sequence[CellName]) -> Iterator[Fragment]:
    """Cuts out one fragment for each block of a table that holds any of the cells."""
    wanted = set(cells)
    for sheet in report.sheets:
        if any(cell.table == sheet.table.id for cell in cells):
            for number, block in enumerate(sheet.table.blocks):
                marked = [
                    index
                    for index in range(block.first, block.first + len(block.rows) * len(block.columns))
                    if address(sheet.table, sheet.table.slots[index]) in wanted
                ]
                if marked:
                    yield _fragment(sheet, number, set(marked))


def _fragment(sheet: TableFigures, number: int, marked: set[int]) -> Fragment:
    block = sheet.table.blocks[number]
    width = len(block.columns)
    rows = []
    for at, row in enumerate(block.rows):
        cells = range(block.first + at * width, block.first + (at + 1) * width)
        if marked & set(cells):
            label = "／".join(label for label in row.path if label) or row.hidden
            rows.append((label, tuple(FragmentCell(sheet.texts[index], index in marked) for index in cells)))
    last = [column.path[-1] for column in block.columns]
    columns = tuple(
        column.path[-1] if last.count(column.path[-1]) == 1 else "·".join(column.path[-2:]) for column in block.columns
    )
    return Fragment(f"{sheet.table.key} {block.title}".strip(), columns, tuple(rows))


def _key(finding: Finding) -> tuple[int, str]:
    return -finding.year, finding.organ


def _groups(
    findings: Iterable[Finding],
    lang: str,
    report_of: ReadReport,
    names: Mapping[str, str],
    explain: Callable[[str], Message | None],
) -> Iterator[GroupView]:
    """Groups findings by report, newest year first; what belongs to no report comes last."""
    order = sorted(
        findings,
        key=lambda f: (
            not f.year,
            *_key(f),
            f.accepted is not None,
            list(Level).index(f.level),
            f.place.file,
            f.place.line,
        ),
    )
    for (year, organ), group in groupby(order, _key):
        report = report_of(-year, organ) if year else None
        title = (
            (report.title if report else "")
            or names.get(organ, organ)
            or Message("门户与登记", "Portal and register").say(lang)
        )
        views = tuple(_view(finding, lang, report, explain) for finding in group)
        yield GroupView(title, f"{-year}/{organ}" if year else "", views)


def _view(finding: Finding, lang: str, report: Report | None, explain: Callable[[str], Message | None]) -> FindingView:
    place = finding.place
    where = f"{place.file}:{place.line}:{place.column}" if place.line else place.file
    doc = explain(finding.rule)
    return FindingView(
        finding.rule,
        finding.level.value,
        LEVELS[finding.level].say(lang),
        where,
        finding.message.say(lang),
        finding.accepted,
        doc.say(lang) if doc else "",
        tuple(fragments(report, finding.cells)) if report else (),
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def page(
    templates: Mapping[str, str],
    style: str,
    script: str,
    findings: Sequence[Finding],
    lang: str,
    report_of: ReadReport,
    names: Mapping[str, str],
    explain: Callable[[str], Message | None],
) -> Iterator[str]:
    """Yields the page in pieces, so that a long list is never held whole. `report_of` gives a report to show cells
    of."""
    from jinja2 import DictLoader, Environment, StrictUndefined  # other formats need none of it

    env = Environment(
        loader=DictLoader(dict(templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals["t"] = lambda zh, en: Message(zh, en).say(lang)
    number = counts(findings)
    groups = _groups(findings, lang, report_of, names, explain)
    rules = sorted({finding.rule for finding in findings})
    yield from env.get_template("findings.html").generate(
        lang="zh-CN" if lang == "zh" else "en",
        style=style,
        script=script,
        style_hash=_digest(style),
        script_hash=_digest(script),
        counts=number,
        total=len(findings),
        rules=rules,
        groups=groups,
        levels=[(level.value, LEVELS[level].say(lang)) for level in Level],
    )
