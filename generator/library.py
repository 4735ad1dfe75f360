"""A report folder read whole: figures, narrative, what is bound in it, and every slip found on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from html import escape
from typing import NamedTuple

from generator.diagnostic import Finding, Level, Place, Text
from generator.fitting import fit
from generator.format import Form
from generator.manuscript import Passage, passages
from generator.prose import Prose, read_prose
from generator.report import NA, Report, read_report
from generator.source import decode, read


class Ref(NamedTuple):
    """One report folder; `previous`/`next` are the nearest years of the same organ (0 = none)."""

    year: int
    organ: str
    folder: str
    previous: int = 0
    next: int = 0


class Files(NamedTuple):
    """The bytes of a report folder; None where the file is missing or was refused."""

    tables: bytes | None
    prose: bytes | None
    pictures: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, eq=False)
class Entry:
    """A report that could be read, with its narrative as typed and rendered to HTML."""

    ref: Ref
    report: Report
    prose: Prose
    text: str = ""

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The narrative in plain text, figures in place; made when the first rule asks."""
        return passages(self.text, partial(_printed, self.report))


def _printed(report: Report, key: str) -> str | None:
    """What a placeholder prints, in plain text; a lost picture prints nothing."""
    if key.startswith("图片."):
        return "" if key.removeprefix("图片.") in report.pictures else None
    value = report.figure(key)
    return value[1] if value else None


def _html(report: Report, key: str) -> str | None:
    """HTML of what a placeholder names; None when it names nothing that is printed."""
    if key.startswith("图片."):
        note = report.pictures.get(key.removeprefix("图片."))
        if note is None:
            return None
        title = escape(note or "原图遗失", quote=True)
        return f'<span class="lost-picture" title="{title}">〔图{escape(key.removeprefix("图片."))}：原图遗失〕</span>'
    value, text = report.figure(key) or (None, "")
    if not text:
        return None
    return escape(text) if value is NA else f'<data value="{value}">{escape(text)}</data>'


def _unresolved(report: Report, prose: Prose, file: str) -> list[Finding]:
    found = []
    for item in prose.placeholders:
        if _html(report, item.key) is not None:
            continue
        if report.figure(item.key) is not None:
            rule, zh, en = "BIND-BLANK", f"“{item.key}”在表中是空白，正文无数可用", f"“{item.key}” is blank in its table"
        else:
            rule, zh, en = "BIND-UNKNOWN", f"占位“{item.key}”找不到对应的数", f"placeholder “{item.key}” names no figure"
        found.append(Finding(rule, Level.ERROR, Place(file, item.line, item.column), Text(zh, en), subject=item.key))
    return found


def read_entry(ref: Ref, files: Files, forms: Sequence[Form]) -> tuple[Entry | None, list[Finding]]:
    """A report and its slips; no Entry when there is nothing that could be shown."""
    findings = list(files.findings)
    tables_file, prose_file = f"{ref.folder}/tables.yaml", f"{ref.folder}/report.md"
    if files.tables is None:
        text = Text("缺少 tables.yaml（统计数据）", "tables.yaml (the figures) is missing")
        findings.append(Finding("STR-MISSING", Level.ERROR, Place(tables_file), text))
        return None, _sign(findings, ref)
    node, slips = read(files.tables, tables_file)
    findings += slips
    if node is None:
        return None, _sign(findings, ref)
    form, origin, slips = fit(node, forms, ref.year, tables_file)
    findings += slips
    if form is None:
        return None, _sign(findings, ref)
    report = read_report(node, form, tables_file, ref.year, ref.organ, origin)
    prose, typed = _prose(report, files.prose, prose_file, findings)
    return Entry(ref, report, prose, typed), _sign([*findings, *report.findings], ref)


def _prose(report: Report, data: bytes | None, file: str, findings: list[Finding]) -> tuple[Prose, str]:
    text = ""
    if data is None:
        message = Text("缺少 report.md（正文）", "report.md (the narrative) is missing")
        findings.append(Finding("STR-MISSING", Level.ERROR, Place(file), message))
    else:
        text, slips = decode(data, file)
        findings += slips
    prose = read_prose(text, file, partial(_html, report))
    findings += prose.findings
    findings += _unresolved(report, prose, file)
    return prose, text


def _sign(findings: list[Finding], ref: Ref) -> list[Finding]:
    return [replace(finding, organ=ref.organ, year=ref.year) for finding in findings]
