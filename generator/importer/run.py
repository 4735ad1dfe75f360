"""Imports one file: reads it, makes the draft, asks, writes it into the content folder, and checks it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from generator.collection.folder import read_files
from generator.collection.office import open_office
from generator.drafts.folder import deposit, is_untouched, standing, was_received
from generator.drafts.new_year import fresh_files
from generator.finding import Finding, Level, Message, UserError, counted
from generator.finding import Place as FilePlace
from generator.importer.draft_findings import not_told
from generator.importer.file_work import Check, FileWork, Job, Place, Placed, Recognise, Review, ref_of
from generator.importer.make_draft import Draft, NeedsInput, Only
from generator.importer.placing import Placing
from generator.readers.document import Document, Limits, Unreadable
from generator.readers.open_file import lock_beside
from generator.report.reader import is_draft


class ImportRequest(NamedTuple):
    """Says what to import into which content folder; `organ` "" and `year` 0 leave it to each file to say, `only` takes
    only the tables or only the narrative."""

    content: Path
    organ: str = ""
    year: int = 0
    replace: bool = False
    limits: Limits = Limits()
    only: Only = Only.BOTH


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Reports the import of one file. `status` is that of its Deposit, or refused, declined, unfilled (a workbook
    without a typed figure), taken (it came in before, and was edited since) or second (another file has more of the
    same report); `checked` are the findings of the rules on the draft, `findings` those of reading the file. `kept` and
    `lost` say what becomes of the report that was there; `is_draft`: what was written is marked as one (状态: 草稿)."""

    file: Path
    status: str
    findings: tuple[Finding, ...]
    draft: Draft | None = None
    document: Document | None = None
    folder: Path | None = None
    backup: Path | None = None
    checked: tuple[Finding, ...] = ()
    kept: tuple[Message, ...] = ()
    lost: tuple[Message, ...] = ()
    is_draft: bool = False

    @property
    def failed(self) -> bool:
        """Tell whether the import or the check found an error."""
        return any(finding.blocking for finding in (*self.findings, *self.checked))


class _Taken(NamedTuple):
    """Remembers which file a report came from in this run, and what of it that file had."""

    path: Path
    draft: Draft
    written: bool


Agree = Callable[[Path, Draft, Placing], bool]
Do = Callable[[Job, Limits], Any]


class Importer:
    """Imports files one after another; `agree` is asked before anything is written. `do` does the jobs on a file
    (`self.work` by default): pass that of a guard to have them done in a process with limits."""

    def __init__(self, request: ImportRequest, agree: Agree = lambda path, draft, placing: True) -> None:
        self.request, self.agree = request, agree
        self.office = open_office(request.content)
        self.work = FileWork(self.office)
        self.do: Do = self.work
        self.taken: dict[tuple[int, str], _Taken] = {}
        self._seconds = 0.0

    def run(self, path: Path) -> ImportResult:
        """Import one file; whatever is wrong with it becomes a finding."""
        result = self._run(path)
        return replace(result, findings=(*result.findings, *_open(path)))

    def _run(self, path: Path) -> ImportResult:
        request, self._seconds = self.request, 0.0
        result = ImportResult(path, "refused", ())
        try:
            document, draft = self._do(Recognise(path, request.organ, request.year, request.only))
            result = replace(result, document=document, draft=draft)
            if draft.unfilled:
                return replace(result, status="unfilled", findings=(self._unfilled(path, draft),))
            return self._import(path, document, draft)
        except (Unreadable, NeedsInput) as error:
            return replace(result, findings=(_error("IMP-REFUSED", path, error.message),))

    def review(self, result: ImportResult, template: str) -> str | None:
        """Draw the side-by-side page of a file that was read; None where there is none or it takes too much."""
        if result.draft is None or result.document is None:
            return None
        self._seconds = 0.0
        try:
            return str(self._do(Review(template, result.document, result.draft, result.checked)))
        except Unreadable:
            return None

    def _do(self, job: Job) -> Any:
        """Do a job within what is left of the time that one file may take."""
        limits, began = self.request.limits, time.monotonic()
        left = max(1, math.ceil(limits.seconds - self._seconds))
        try:
            return self.do(job, limits._replace(seconds=left))
        finally:
            self._seconds += time.monotonic() - began

    def _import(self, path: Path, document: Document, draft: Draft) -> ImportResult:
        """Write a draft that was read, unless what is there forbids it."""
        key = draft.identity.year, draft.identity.organ
        first = self.taken.get(key)
        draft, over, notes = _beside(path, draft, first)
        there = read_files(self.request.content, ref_of(draft))
        placed = self._do(Place(draft, there))
        placed = placed._replace(checked=not_told(placed.checked, draft.findings))
        placing, _, checked = placed
        folder = self.request.content / str(key[0]) / key[1]
        of_file = (item for item in draft.findings if item.rule != "IMP-TABLE" or item.subject not in placing.tables)
        found, state = (*of_file, *notes), standing(folder, placing.files)
        kept, lost = placing.kept, placing.lost
        fresh = fresh_files(self.office, *key) if state == "exists" else {}
        if state == "exists" and is_untouched(folder, placing.files, fresh):
            state, lost = "new", ()  # as `new` wrote it: prompts, and figures that it would carry over again
        result = ImportResult(path, state, found, draft, document, folder, kept=kept, lost=lost)
        if result.status == "exists":
            if first is not None and not over:
                return replace(result, status="second", findings=(*result.findings, _second(path, draft, first)))
            if was_received(folder, draft.fingerprint):
                note = _received(path, draft, folder)
                return replace(result, status="taken", findings=(note,), checked=self._do(Check(ref_of(draft), there)))
            if not (self.request.replace or over):
                return replace(result, findings=(*result.findings, _exists(path, placing, folder)), checked=checked)
        if result.status != "unchanged" and not self.agree(path, draft, placing):
            return replace(result, status="declined", folder=None)
        return self._write(result, placed, over, fresh)

    def _write(self, result: ImportResult, placed: Placed, over: bool, fresh: Mapping[str, bytes]) -> ImportResult:
        """Write the files of a result whose turn it is."""
        draft, path = result.draft, result.file
        assert draft is not None
        year, organ = draft.identity.year, draft.identity.organ
        swap = self.request.replace or over
        try:
            files = placed.placing.files
            written = deposit(self.request.content, year, organ, files, swap, draft.fingerprint, fresh)
        except UserError as error:
            findings = (*result.findings, _error("IMP-WRITE", path, error.message))
            return replace(result, status="refused", findings=findings, folder=None)
        first = self.taken.get((year, organ))
        if first is None or over:
            whole = draft if first is None else _union(first.draft, draft)
            self.taken[year, organ] = _Taken(path, whole, written.status != "unchanged")
        result = replace(result, status=written.status, folder=written.folder, backup=written.backup)
        return replace(result, checked=placed.checked, is_draft=is_draft(placed.files.tables or b""))

    def _unfilled(self, path: Path, draft: Draft) -> Finding:
        organ = self.office.settings.organ(draft.identity.organ)
        name, text = organ.name if organ else draft.identity.organ, len(draft.passages)
        zh, en = (f"，只写了正文{text}行", f", only {counted(text, 'line')} of text") if text else ("", "")
        ref = ref_of(draft)
        if read_files(self.request.content, ref).tables is None:
            left = Message(f"“{name}”仍算缺报", f"“{name}” still counts as missing")
        else:  # an earlier workbook came in filled, or `new` made the folder
            left = Message(f"“{ref.folder}”里原有的没有动", f"what “{ref.folder}” holds stays as it was")
        message = Message(
            f"填报表没有填：一个数也没有填{zh}（由上年带入的不算），没有写入，{left.zh}；请退回填好再导入",
            f"the workbook is not filled in: no figure was typed{en} (those carried over from last year do not count). "
            f"Nothing was written and {left.en}; have it filled in, then import it again",
        )
        return _error("IMP-UNFILLED", path, message)


# ---------------------------------------------------------------- two files for one report


def _fullness(draft: Draft) -> tuple[int, int]:
    """Measure how much of a report a file has: its figures, then the length of its text."""
    figures = sum(bool(reading.text) for read in draft.tables for reading in read.readings.values())
    return figures, len(draft.files["report.md"]) if draft.has_narrative else 0


def _beside(path: Path, draft: Draft, first: _Taken | None) -> tuple[Draft, bool, tuple[Finding, ...]]:
    """Compare a draft with the file that the same report came from before in this run: what to write of it, and whether
    it goes over what that file gave."""
    if first is None:
        return draft, False, ()
    tables = draft.has_tables and not first.draft.has_tables
    narrative = draft.has_narrative and not first.draft.has_narrative
    if (tables or narrative) and first.written:
        part = Message("表", "tables") if tables else Message("正文", "narrative")
        message = Message(
            f"与“{first.path.name}”是同一份报告，{part.zh}取自这一份",
            f"same report as “{first.path.name}”; its {part.en} come from this file",
        )
        return replace(draft, has_tables=tables, has_narrative=narrative), True, (_note("IMP-TWICE", path, message),)
    if _fullness(draft) > _fullness(first.draft) and first.written:
        differing = _differing(first.draft, draft)
        message = Message(
            f"与“{first.path.name}”是同一份报告，这一份更全（{_size(draft).zh}，那一份{_size(first.draft).zh}），取这一份"
            + differing.zh,
            f"same report as “{first.path.name}”; this one has more ({_size(draft).en} against "
            f"{_size(first.draft).en}) and was taken{differing.en}",
        )
        return draft, True, (replace(_note("IMP-TWICE", path, message), level=Level.WARNING),)
    return draft, False, ()


def _union(first: Draft, second: Draft) -> Draft:
    """Return the fuller of two drafts of one report, with the parts of both."""
    fuller = max(first, second, key=_fullness)
    both = first.has_tables or second.has_tables, first.has_narrative or second.has_narrative
    return replace(fuller, has_tables=both[0], has_narrative=both[1])


def _size(draft: Draft) -> Message:
    figures, length = _fullness(draft)
    characters = len(draft.files["report.md"].decode()) if length else 0
    return Message(
        f"{figures}个数、{f'正文{characters}字' if length else '没有正文'}",
        f"{counted(figures, 'figure')}, "
        + (f"a narrative of {counted(characters, 'character')}" if length else "no narrative"),
    )


def _differing(first: Draft, second: Draft) -> Message:
    """Say where two drafts of one report contradict each other, "" where they do not: only a person can tell which of
    two clerks is right."""
    one, other = _read(first), _read(second)
    figures = sum(text != other[at] for at, text in one.items() if text and other.get(at))
    both = first.has_narrative and second.has_narrative
    text = both and first.files["report.md"].split() != second.files["report.md"].split()
    zh = "、".join([f"{figures}个数不同"] * bool(figures) + ["正文不同"] * text)
    en = " and ".join([counted(figures, "figure")] * bool(figures) + ["the narrative"] * text)
    return Message(
        f"；两份有{zh}，请问清以哪一份为准" if zh else "", f"; they differ in {en}: ask which is right" if en else ""
    )


def _read(draft: Draft) -> dict[str, str]:
    """List the figures of a draft by the names of their cells."""
    return {read.table.slots[at].name: item.text for read in draft.tables for at, item in read.readings.items()}


def _second(path: Path, draft: Draft, first: _Taken) -> Finding:
    differing = _differing(first.draft, draft)
    message = Message(
        f"与“{first.path.name}”是同一份报告，那一份不比它少（{_size(first.draft).zh}，这一份{_size(draft).zh}），没有用这一份"
        f"{differing.zh}；应以这一份为准的，请单独导入它并加 --replace",
        f"same report as “{first.path.name}”, which has no less ({_size(first.draft).en} against {_size(draft).en}); "
        f"this file was not used{differing.en}. If it is the right one, import it alone with --replace",
    )
    return _error("IMP-TWICE", path, message)


# ---------------------------------------------------------------- what is said


def _received(path: Path, draft: Draft, folder: Path) -> Finding:
    message = Message(
        f"这张填报表已收过，此后“{folder}”里又改过，没有动；确要照它重来，先把这个文件夹移到别处再导入",
        f"this workbook came in before, and “{folder}” was edited since; it was left alone. To start again from the "
        "workbook, move the folder away and import it once more",
    )
    return _note("IMP-TAKEN", path, message)


def _exists(path: Path, placing: Placing, folder: Path) -> Finding:
    zh, en = "；".join(item.zh for item in placing.lost), "; ".join(item.en for item in placing.lost)
    message = Message(
        f"“{folder}”里已有内容而与这次读出的不同，没有改动；确要替换请加 --replace（旧的会留备份）"
        + (f"，替换后：{zh}" if zh else ""),
        f"“{folder}” holds content that differs from what was read; it was left alone. "
        "Pass --replace to replace it (a backup is kept)" + (f"; then {en}" if en else ""),
    )
    return _error("IMP-EXISTS", path, message)


def _error(rule: str, path: Path, message: Message) -> Finding:
    return Finding(rule, Level.ERROR, FilePlace(path.name), message)


def _note(rule: str, path: Path, message: Message) -> Finding:
    return Finding(rule, Level.NOTE, FilePlace(path.name), message)


def _open(path: Path) -> tuple[Finding, ...]:
    """Warn of a file that is open: what is not saved yet is not in what was read."""
    lock = lock_beside(path)
    message = Message(
        f"旁边有锁定文件“{lock}”：文件可能还在办公软件里开着，没有保存的修改读不到；请保存、关闭后再导入一次",
        f"the lock file “{lock}” lies beside it: it may still be open in an office program, and what is not saved was "
        "not read; save and close it, then import it again",
    )
    return (Finding("IMP-OPEN", Level.WARNING, FilePlace(path.name), message, subject=lock),) if lock else ()
