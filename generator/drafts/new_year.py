"""What a new year starts from: for which organs, with what last year hands over; forms and folders, never over anything."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.collection.office import open_office
from generator.collection.safe_files import safe_path, write_bytes
from generator.collection.settings import Organ, Settings
from generator.drafts.blank_report import CARRIED, LAST_YEARS, Prefill, scaffold
from generator.drafts.carry_over import carried, contact, sources
from generator.drafts.folder import deposit
from generator.finding import Message, UserError
from generator.forms.model import Form, form_for
from generator.report.entry import ReportRef
from generator.report.model import Report
from generator.workbook.layout import Filling, IndicatorRow, plan
from generator.workbook.make import make, stamp_of


class PreparedFolder(NamedTuple):
    """What came of one organ: `status` is new, unchanged, exists (and differs: left alone) or replaced; `lacking` are
    organs whose report of last year is not here, so that nothing was carried over."""

    organ: Organ
    status: str
    path: Path
    lacking: tuple[str, ...] = ()


class Preparation:
    """A year's start for some organs of a content folder. Raises UserError where year or organ will not do."""

    def __init__(self, content: Path, year: int, organ: str) -> None:
        self.office, self.year = open_office(content), year
        self.form = _form(self.office.forms, year)
        self.organs = _organs(self.office.settings, year, organ)

    def forms_into(self, folder: Path, replace: bool, done: Callable[[int], None]) -> list[PreparedFolder]:
        """A workbook for each organ. OSError where the folder cannot be written."""
        if not self.form.tables:
            raise UserError(
                Message(
                    f"{self.year}年度没有全国统一的法定表，不能生成填报表；可用 nianbao new 建文件夹，照原样写正文",
                    f"there is no national table for {self.year}, so no form; nianbao new makes the folder for a narrative",
                )
            )
        folder.mkdir(parents=True, exist_ok=True)
        made = []
        for organ, name in zip(self.organs, _names(self.organs, self.year), strict=True):
            start, lacking = self._start(organ)
            layout = plan(self.form)
            data = make(layout, stamp_of(layout, self.year, organ.id, organ.name), _filling(start))
            made.append(PreparedFolder(organ, _put(folder / name, data, replace), folder / name, lacking))
            done(1)
        return made

    def folders(self, done: Callable[[int], None]) -> list[PreparedFolder]:
        """A report folder for each organ. Raises UserError where one cannot be written."""
        made = []
        for organ in self.organs:
            start, lacking = self._start(organ)
            put = deposit(self.office.content, self.year, organ.id, scaffold(self.form, start), replace=False)
            made.append(PreparedFolder(organ, put.status, put.folder, lacking))
            done(1)
        return made

    def _start(self, organ: Organ) -> tuple[Prefill, tuple[str, ...]]:
        """What last year's reports hand over; nothing while one of them is not here."""
        wanted = sources(organ, self.office.settings.organs, self.year)
        reports = {name: self._report(name) for name in wanted}
        lacking = tuple(name for name, report in reports.items() if report is None)
        figures = carried(self.form, [report for report in reports.values() if report]) if not lacking else {}
        own = reports.get(organ.id)
        return Prefill(self.year, organ.id, organ.name, figures, contact(own), own.indicators if own else ()), lacking

    def _report(self, organ: str) -> Report | None:
        entry = self.office.read_before(ReportRef(self.year, organ, f"{self.year}/{organ}"))
        return entry.report if entry else None


def _form(forms: Sequence[Form], year: int) -> Form:
    form = form_for(forms, year)
    if form is None:
        raise UserError(Message(f"{year}年度没有登记法定格式", f"no statutory form is declared for {year}"))
    return form


def _organs(settings: Settings, year: int, organ: str) -> list[Organ]:
    """The organ named, or all that report for the year."""
    if organ:
        found = settings.organ(organ)
        if found is None:
            raise UserError(Message(f"机关编号“{organ}”不在 organs.yaml 中", f"organ “{organ}” is not in organs.yaml"))
        if not found.valid_in(year):
            raise UserError(
                Message(
                    f"{found.name}在{year}年度不存在（organs.yaml：起{found.since or '—'}，止{found.until or '—'}）",
                    f"{found.name} did not exist in {year} (organs.yaml: {found.since or '—'} to {found.until or '—'})",
                )
            )
        return [found]
    excused = {(item.year, item.organ) for item in settings.excuses}
    every = [item for item in settings.organs if item.valid_in(year) and (year, item.id) not in excused]
    if not every:
        raise UserError(
            Message(f"organs.yaml 里没有{year}年度应报告的机关", f"organs.yaml has no organ that reports for {year}")
        )
    return every


_UNSAFE = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\x7f.~$]+')


def _names(organs: Sequence[Organ], year: int) -> Iterator[str]:
    """File names that every system takes, told apart by the organ's id where two bear one name."""
    plain = [_UNSAFE.sub("_", organ.name).strip("_")[:60] or organ.id for organ in organs]
    for organ, name in zip(organs, plain, strict=True):
        yield safe_path(f"{year}年度_{name}.xlsx" if plain.count(name) == 1 else f"{year}年度_{name}_{organ.id}.xlsx")


def _filling(start: Prefill) -> Filling:
    front = {"标题": start.title, "发布机构": start.name, **start.contact}
    said = {**dict.fromkeys(start.figures, CARRIED), **dict.fromkeys(start.contact, LAST_YEARS)}
    rows = (
        IndicatorRow(
            item.name, "", item.unit, item.section, "是" if item.approximate else "", *(item.parts or ("", ""))
        )
        for item in start.indicators
    )
    return Filling(start.figures, front, (), tuple(rows), said)


def _put(path: Path, data: bytes, replace: bool) -> str:
    there = os.path.lexists(path)
    if there and path.is_file() and not path.is_symlink() and path.read_bytes() == data:
        return "unchanged"
    if there and not replace:
        return "exists"
    write_bytes(path, data)
    return "replaced" if there else "new"
