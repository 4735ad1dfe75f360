"""Prepares a new year: workbooks and folders for its organs, with the figures carried over; nothing is overwritten."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.collection.office import Office, open_office
from generator.collection.safe_files import safe_path, write_bytes
from generator.collection.settings import Organ, Settings
from generator.drafts.blank_report import CARRIED, LAST_YEARS, Prefill, scaffold
from generator.drafts.carry_over import carried, contact, sources
from generator.drafts.folder import deposit
from generator.finding import NIANBAO, Message, UserError, did_you_mean
from generator.forms.model import Form, form_for
from generator.report.entry import ReportRef
from generator.report.model import Indicator, Report
from generator.workbook.layout import Filling, IndicatorRow, plan
from generator.workbook.make import make, stamp_of


class PreparedFolder(NamedTuple):
    """Reports what was made for one organ. `status` is new, unchanged, exists (differs, left alone) or replaced;
    `lacking` are organs whose report of last year is missing, so that nothing was carried over; `blank` tells that the
    reports are there but hand nothing over, because their 结转下年度 is not filled in."""

    organ: Organ
    status: str
    path: Path
    lacking: tuple[str, ...] = ()
    blank: bool = False


class _Start(NamedTuple):
    """Holds what a report begins with, and what could not be carried over."""

    prefill: Prefill
    lacking: tuple[str, ...]
    blank: bool


class Preparation:
    """Prepares a year for some organs of a content folder. Raises UserError for an unknown year or organ."""

    def __init__(self, content: Path, year: int, organ: str) -> None:
        self.office, self.year = open_office(content), year
        self.form = _form(self.office.forms, year)
        self.organs = _organs(self.office.settings, year, organ)

    def make_workbooks(self, folder: Path, replace: bool, done: Callable[[int], None]) -> list[PreparedFolder]:
        """Write a workbook for each organ. Raises OSError where the folder cannot be written."""
        if not self.form.tables:
            raise UserError(
                Message(
                    f"{self.year}年度没有全国统一的法定表，不能生成填报表；可用 {NIANBAO} new 建文件夹，照原样写正文",
                    f"no national form for {self.year} has tables, so there is no workbook to make; "
                    f"use {NIANBAO} new to make a folder for the narrative",
                )
            )
        folder.mkdir(parents=True, exist_ok=True)
        made = []
        for organ, name in zip(self.organs, _names(self.organs, self.year), strict=True):
            start = _start(self.office, self.year, organ)
            layout = plan(self.form)
            data = make(layout, stamp_of(layout, self.year, organ.id, organ.name), _filling(start.prefill))
            status = _put(folder / name, data, replace)
            made.append(PreparedFolder(organ, status, folder / name, start.lacking, start.blank))
            done(1)
        return made

    def folders(self, done: Callable[[int], None]) -> list[PreparedFolder]:
        """Write a report folder for each organ. Raises UserError where one cannot be written."""
        made = []
        for organ in self.organs:
            start = _start(self.office, self.year, organ)
            put = deposit(self.office.content, self.year, organ.id, scaffold(self.form, start.prefill), replace=False)
            made.append(PreparedFolder(organ, put.status, put.folder, start.lacking, start.blank))
            done(1)
        return made


def fresh_files(office: Office, year: int, organ: str) -> Mapping[str, bytes]:
    """Return what `folders` would write for an organ by now, by file name; nothing for an organ that is not
    registered or a year without a form."""
    named, form = office.settings.organ(organ), form_for(office.forms, year)
    return {} if named is None or form is None else scaffold(form, _start(office, year, named.named_in(year)).prefill)


def _start(office: Office, year: int, organ: Organ) -> _Start:
    """Return what is carried over from last year's reports (nothing while one is missing), and the missing ones; an
    organ that was not there last year misses none of its own."""
    names = sources(organ, office.settings.organs, year)
    reports = {name: _report(office, year, name) for name in names}
    known = {item.id: item for item in office.settings.organs}
    form = _form(office.forms, year)
    takes_over = bool(form.row_roles.get("carried_in"))  # the forms of 2008-2018 carry nothing over
    lacking = tuple(
        name for name, report in reports.items() if takes_over and report is None and known[name].valid_in(year - 1)
    )
    there = [report for report in reports.values() if report is not None]
    figures = carried(form, there) if not lacking else {}
    last = reports.get(organ.id)
    indicators = last.indicators if last else ()
    prefill = Prefill(year, organ.id, organ.name, figures, contact(last), indicators)
    hands_over = any(report.form.row_roles.get("carried_out") for report in there)
    return _Start(prefill, lacking, hands_over and not lacking and not figures)


def _report(office: Office, year: int, organ: str) -> Report | None:
    entry = office.read_before(ReportRef(year, organ, f"{year}/{organ}"))
    return entry.report if entry else None


def _form(forms: Sequence[Form], year: int) -> Form:
    form = form_for(forms, year)
    if form is None:
        raise UserError(
            Message(
                f"{year}年度没有登记法定格式；有哪些年度见 {NIANBAO} forms",
                f"no statutory form is declared for {year}; {NIANBAO} forms lists the years that have one",
            )
        )
    return form


def _organs(settings: Settings, year: int, organ: str) -> list[Organ]:
    """Return the organ named, or all that report for the year."""
    if organ:
        named = settings.organ(organ)
        if named is None:
            near = did_you_mean(organ, (item.id for item in settings.organs))
            raise UserError(
                Message(
                    f"机关编号“{organ}”不在 organs.yaml 中{near.zh or '；新成立的机关先在那里加一行'}",
                    f"organ “{organ}” is not in organs.yaml{near.en or '; add a new organ there first'}",
                )
            )
        if not named.valid_in(year):
            since, until = named.since or "—", named.until or "—"
            raise UserError(
                Message(
                    f"{named.name}在{year}年度不存在（organs.yaml：起{since}，止{until}）；写错了的请改那里",
                    f"{named.name} did not exist in {year} (organs.yaml: {since} to {until}); mend it there if that is "
                    "wrong",
                )
            )
        return [named.named_in(year)]
    excused = {(item.year, item.organ) for item in settings.excuses}
    due = [item.named_in(year) for item in settings.organs if item.valid_in(year) and (year, item.id) not in excused]
    if not due:
        raise UserError(
            Message(f"organs.yaml 里没有{year}年度应报告的机关", f"no organ of organs.yaml reports for {year}")
        )
    return due


_UNSAFE = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\x7f.~$]+')


def _names(organs: Sequence[Organ], year: int) -> Iterator[str]:
    """Make file names that every system accepts; two organs of one name are distinguished by their ids."""
    plain = [_UNSAFE.sub("_", organ.name).strip("_")[:60] or organ.id for organ in organs]
    for organ, name in zip(organs, plain, strict=True):
        yield safe_path(f"{year}年度_{name}.xlsx" if plain.count(name) == 1 else f"{year}年度_{name}_{organ.id}.xlsx")


def _filling(start: Prefill) -> Filling:
    front = {"标题": start.title, "发布机构": start.name, **start.contact}
    carried_from = {**dict.fromkeys(start.figures, CARRIED), **dict.fromkeys(start.contact, LAST_YEARS)}
    return Filling(start.figures, front, (), tuple(map(_indicator_row, start.indicators)), carried_from)


def _indicator_row(indicator: Indicator) -> IndicatorRow:
    """Make the line of last year's indicator, without its value."""
    approximate, parts = "是" if indicator.approximate else "", indicator.parts or ("", "")
    return IndicatorRow(indicator.name, "", indicator.unit, indicator.section, approximate, *parts)


def _put(path: Path, data: bytes, replace: bool) -> str:
    """Write one workbook unless another is there; the result is the status of a PreparedFolder."""
    exists = os.path.lexists(path)
    if exists and path.is_file() and not path.is_symlink() and path.read_bytes() == data:
        return "unchanged"
    if exists and not replace:
        return "exists"
    write_bytes(path, data)
    return "replaced" if exists else "new"
