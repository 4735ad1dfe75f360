"""Loads a report folder: figures, narrative, resolved placeholders, and a finding for every mistake on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial, wraps
from html import escape
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from generator import limits
from generator.finding import NIANBAO, Finding, Level, Message, Place
from generator.forms.model import Form
from generator.narrative.html import NarrativeHtml, read_prose
from generator.narrative.plain_text import Passage, PlainNarrative, join, passages
from generator.narrative.similarity import sketch
from generator.report import placeholders
from generator.report.figure import Slip
from generator.report.form_choice import fit
from generator.report.model import Report
from generator.report.placeholders import PrintedPlaceholder
from generator.report.reader import read_report
from generator.report.review_marks import unchecked
from generator.wordlists.figure_patterns import FigurePatterns, shipped_patterns
from generator.yaml_source.reader import decode, read

# Reports that are loaded and checked in one batch.
TOGETHER = 48


class ReportRef(NamedTuple):
    """Identifies a report folder; `previous` and `next` are the nearest years of the same organ (0 = none). `withheld`
    says why the report stays off the site: DRAFT, ERRORS, or "" where it does not."""

    year: int
    organ: str
    folder: str
    previous: int = 0
    next: int = 0
    withheld: str = ""


# A report that is still being written (状态: 草稿); one that an office holds back for its errors.
DRAFT, ERRORS = "draft", "errors"


class Files(NamedTuple):
    """Holds the bytes of a report folder's files; None where a file is missing or was refused."""

    tables: bytes | None
    prose: bytes | None
    pictures: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, eq=False)
class LoadedReport:
    """Holds a report with its narrative as typed and rendered to HTML.

    `previous` is the same organ's report of the year before, which derived placeholders draw on; `texts` are what the
    placeholders of the narrative print; `patterns` are the office's wordings for figures; `facts` caches what rules
    derive from the report (`fact`)."""

    ref: ReportRef
    report: Report
    prose: NarrativeHtml
    text: str = ""
    previous: Report | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    patterns: FigurePatterns = field(default_factory=shipped_patterns)
    facts: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Return the narrative in plain text with the figures filled in; made when the first rule asks."""
        return passages(self.text, partial(_printed, self.report, self.previous, self.texts))

    @cached_property
    def plain(self) -> PlainNarrative:
        """Join the narrative and the printed words of tables.yaml to one text; made when the first rule asks."""
        typed = self.report.typed.values()
        return join(self.passages, tuple((item.text, item.line, item.column + (not item.plain)) for item in typed))

    @cached_property
    def sketch(self) -> frozenset[int]:
        """Fingerprint the narrative without its preface, to tell how similar it is to another."""
        return sketch(self.plain.text[self.plain.preface : self.plain.narrative])


T = TypeVar("T")
P = ParamSpec("P")


def fact(work: Callable[Concatenate[LoadedReport, P], T]) -> Callable[Concatenate[LoadedReport, P], T]:
    """Cache on the report what `work` derives from it, for the rules that ask later. Arguments must be hashable."""

    @wraps(work)
    def cached(entry: LoadedReport, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (work, *args)
        facts = entry.facts
        if key not in facts:
            facts[key] = work(entry, *args, **kwargs)
        known: T = facts[key]
        return known

    return cached


def _printed(report: Report, previous: Report | None, texts: Mapping[str, str], key: str) -> str | None:
    """Return what a placeholder prints, from `texts` where it is known already."""
    return texts[key] if key in texts else printed(report, previous, key)


def printed(report: Report, previous: Report | None, key: str) -> str | None:
    """Return what a placeholder prints, in plain text; None where it is an error. A lost picture prints nothing."""
    if key.startswith("图片."):
        return "" if key.removeprefix("图片.") in report.pictures else None
    value = report.figure(key)
    if value is not None:
        return value[1]
    shown = placeholders.show(key, report, previous)
    return None if isinstance(shown, Slip) else shown.text


class _PrintedPlaceholders(dict[str, PrintedPlaceholder | Slip]):
    """Caches what each placeholder of a narrative prints, or why it prints nothing."""

    def __init__(self, report: Report, previous: Report | None) -> None:
        super().__init__()
        self.report, self.previous = report, previous

    def __missing__(self, key: str) -> PrintedPlaceholder | Slip:
        shown = self[key] = placeholders.show(key, self.report, self.previous)
        return shown

    def texts(self) -> dict[str, str]:
        return {key: shown.text for key, shown in self.items() if isinstance(shown, PrintedPlaceholder)}


def _html(known: _PrintedPlaceholders, key: str) -> str | None:
    """Render a placeholder as HTML; None when it names nothing that is printed."""
    if key.startswith("图片."):
        note = known.report.pictures.get(key.removeprefix("图片."))
        if note is None:
            return None
        title = escape(note or "原图遗失", quote=True)
        return f'<span class="lost-picture" title="{title}">〔图{escape(key.removeprefix("图片."))}：原图遗失〕</span>'
    shown = known[key]
    if isinstance(shown, Slip):
        return None
    # A plain span: editors of content systems delete an element they do not know together with its text.
    return f'<span class="fig">{escape(shown.text)}</span>' if shown.value else escape(shown.text)


_HINTED = 20  # looking for close names is slow, and a narrative with more unknown ones is hardly a report


def _unresolved(known: _PrintedPlaceholders, prose: NarrativeHtml, file: str) -> Iterator[Finding]:
    """Report every placeholder that prints nothing; the first ones with the closest name that exists."""
    hinted, report = 0, known.report
    for item in prose.placeholders:
        if item.key.startswith("图片."):
            slip = None if item.key.removeprefix("图片.") in report.pictures else placeholders.unknown(item.key)
        else:
            shown = known[item.key]
            slip = shown if isinstance(shown, Slip) else None
        if slip is None:
            continue
        if slip.rule == "BIND-UNKNOWN" and hinted < _HINTED:
            hinted += 1
            if slip == placeholders.unknown(item.key):
                slip = placeholders.nearest(item.key, report)
        yield Finding(slip.rule, Level.ERROR, Place(file, item.line, item.column), slip.message, subject=item.key)


def read_entry(
    ref: ReportRef,
    files: Files,
    forms: Sequence[Form],
    previous: Report | None = None,
    patterns: FigurePatterns | None = None,
) -> tuple[LoadedReport | None, list[Finding]]:
    """Load a report with its findings; None instead of the report where nothing could be shown.

    `previous` is the same organ's report of the year before, None where there is none."""
    findings = list(files.findings)
    tables_file, prose_file = f"{ref.folder}/tables.yaml", f"{ref.folder}/report.md"
    if files.tables is None:
        text = Message(
            f"缺少 tables.yaml（统计数据）：用 {NIANBAO} new 生成，或从别处放进来",
            f"tables.yaml (the figures) is missing: make it with {NIANBAO} new, or put it there",
        )
        return None, _sign([*findings, *_missing(tables_file, text, files)], ref)
    node, slips = read(files.tables, tables_file)
    findings += slips
    if node is None:
        return None, _sign(findings, ref)
    form, origin, slips = fit(node, forms, ref.year, tables_file)
    findings += slips
    if form is None:
        return None, _sign(findings, ref)
    report = read_report(node, form, tables_file, ref.year, ref.organ, origin)
    findings, slips = _without_repeats(findings, report)
    shown = _PrintedPlaceholders(report, previous)
    typed, unreadable = _narrative(files, prose_file)
    findings += unreadable
    if typed is None:
        return None, _sign([*findings, *slips], ref)
    prose = read_prose(typed, prose_file, partial(_html, shown))
    findings += [*prose.findings, *_unresolved(shown, prose, prose_file)]
    findings += unchecked(files.tables, tables_file)
    entry = LoadedReport(ref, report, prose, typed, previous, shown.texts(), patterns or shipped_patterns())
    return entry, _sign([*findings, *slips], ref)


def _without_repeats(slips: list[Finding], report: Report) -> tuple[list[Finding], list[Finding]]:
    """Drop findings of the file and of the report that repeat each other.

    `[1，024]` is reported for the cell or row, whose message names it; `［1, 2］` for the file, whose message names the
    brackets, and not for the figures that could not be read because of them."""
    better: dict[int, int] = {}
    for finding in report.findings:
        if finding.rule in ("FIG-COMMA", "ROW-LENGTH"):
            better.setdefault(finding.place.line, finding.place.column)
    kept = [f for f in slips if f.rule != "SRC-FULLWIDTH" or f.place.column <= better.get(f.place.line, f.place.column)]
    causes = {f.place for f in kept if f.rule == "SRC-FULLWIDTH"}
    return kept, [f for f in report.findings if f.place not in causes]


def _missing(file: str, message: Message, files: Files) -> list[Finding]:
    """Report a file that is not there, unless it is and was refused: why is told already."""
    refused = any(finding.place.file == file and finding.level is Level.ERROR for finding in files.findings)
    return [] if refused else [Finding("STR-MISSING", Level.ERROR, Place(file), message)]


def _narrative(files: Files, file: str) -> tuple[str | None, list[Finding]]:
    """Decode the narrative; None where it cannot be read, and nothing is then said of what it lacks."""
    if files.prose is None:
        text = Message("缺少 report.md（正文）", "report.md (the narrative) is missing")
        findings = _missing(file, text, files)
        return ("" if findings else None), findings
    typed, findings = decode(files.prose, file, limits.NARRATIVE_BYTES)
    unreadable = any(finding.level is Level.ERROR for finding in findings)
    return (None if unreadable else typed), findings


def _sign(findings: list[Finding], ref: ReportRef) -> list[Finding]:
    """Set the organ and the year of every finding."""
    return [replace(finding, organ=ref.organ, year=ref.year) for finding in findings]
