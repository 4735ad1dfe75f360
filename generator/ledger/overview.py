"""Gathers what a publication would change, as the director reads it: counts, reports figure by figure, other files."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from generator.finding import Message
from generator.ledger.changes import INSERTED, REMOVED, SAME, FigureChange, FormOf, Piece, ReportChange, report_change
from generator.ledger.proposal import Proposal

SCHEMA = "nianbao.diff/1"
BLANK, NONE = Message("（空白）", "(blank)"), Message("（无）", "(none)")
# So many characters of unchanged text are shown beside a change.
_AROUND = 14


class Overview(NamedTuple):
    """What changes: `reports` are those that are public already, `added` and `withdrawn` reports as year and name;
    the rest are paths."""

    before: str
    reports: tuple[ReportChange, ...]
    added: tuple[str, ...]
    withdrawn: tuple[str, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


Reports = Mapping[str, Mapping[str, Any] | None]


def overview(before: str, proposal: Proposal, old: Reports, new: Reports, form_of: FormOf) -> Overview:
    """Compares; `old` and `new` are the `report.json` that differ, by path."""
    changes = [
        report_change(record, new_record, form_of)
        for path, new_record in sorted(new.items())
        if new_record is not None and (record := old.get(path)) is not None
    ]
    added = [f"{r['year']} {r['organ']['name']}" for path, r in sorted(new.items()) if r and path not in old]
    gone = [path.removesuffix("/report.json") for path in proposal.gone if path.endswith("/report.json")]
    told = tuple(item for item in changes if item.fields or item.figures or item.paragraphs)
    return Overview(before, told, tuple(added), tuple(gone), proposal.new, proposal.changed, proposal.gone)


def lines(view: Overview, lang: str, most: int = sys.maxsize) -> Iterator[str]:
    """Yields the overview as text; of new reports, and of reports that go, `most` by name."""

    def t(zh: str, en: str) -> str:
        return Message(zh, en).say(lang)

    new, changed, gone = (_pages(paths) for paths in (view.new, view.changed, view.gone))
    yield t(
        f"网页：新增 {new[0]}，改动 {changed[0]}，取消 {gone[0]}；"
        f"其他文件：新增 {new[1]}，改动 {changed[1]}，取消 {gone[1]}",
        f"pages: {new[0]} new, {changed[0]} changed, {gone[0]} gone; other files: {new[1]} new, {changed[1]} changed, "
        f"{gone[1]} gone",
    )
    for title, items in ((t("新增报告", "new reports"), view.added), (t("取消报告", "reports gone"), view.withdrawn)):
        yield from (f"{title}  {item}" for item in items[:most])
        if len(items) > most:
            yield f"{title}  … (+{len(items) - most})"
    for report in view.reports:
        for item in (*report.fields, *report.figures):
            yield f"{report.year} {report.name} {figure_line(item, lang)}"
        for pieces in report.paragraphs:
            yield f"{report.year} {report.name} {t('正文', 'text')}：{paragraph_line(pieces, lang)}"
    yield from (f"{t('取消', 'gone')}  {path}" for path in view.gone)


def figure_line(item: FigureChange, lang: str) -> str:
    """`表三.本年新收.总计 22 → 23`."""
    old, new = (NONE.say(lang) if text is None else text or BLANK.say(lang) for text in (item.old, item.new))
    return f"{item.name} {old} → {new}"


def shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Cuts long unchanged text down to what stands beside a change."""
    for number, piece in enumerate(pieces):
        if piece.kind != SAME or len(piece.text) <= 2 * _AROUND + 1:
            yield piece
            continue
        head = piece.text[:_AROUND] if number else ""
        tail = piece.text[-_AROUND:] if number < len(pieces) - 1 else ""
        yield Piece(SAME, f"{head}…{tail}")


def paragraph_line(pieces: Sequence[Piece], lang: str) -> str:
    """One line a paragraph, with what goes and what comes in brackets."""
    removed, inserted = Message("删", "out").say(lang), Message("增", "in").say(lang)
    marks = {SAME: "{}", REMOVED: f"〔{removed}：{{}}〕", INSERTED: f"〔{inserted}：{{}}〕"}
    return "".join(marks[piece.kind].format(piece.text) for piece in shortened(pieces))


def _pages(paths: Sequence[str]) -> tuple[int, int]:
    pages = sum(path.endswith(".html") for path in paths)
    return pages, len(paths) - pages


def as_json(view: Overview) -> str:
    """Writes the overview as JSON, schema `nianbao.diff/1`; a figure is null where there is no such cell."""
    record = {
        "schema": SCHEMA,
        "published": view.before or None,
        "reports": [
            {
                "year": report.year,
                "organ": {"id": report.organ, "name": report.name},
                "fields": [item._asdict() for item in report.fields],
                "figures": [item._asdict() for item in report.figures],
                "paragraphs": [[piece._asdict() for piece in pieces] for pieces in report.paragraphs],
            }
            for report in view.reports
        ],
        "added": list(view.added),
        "withdrawn": list(view.withdrawn),
        "files": {"new": list(view.new), "changed": list(view.changed), "gone": list(view.gone)},
    }
    return json.dumps(record, ensure_ascii=False, indent=1)
