"""Does everything that touches a stranger's file, as jobs that a supervised process can be given: reading, recognition,
joining with what is there, and the rules. Jobs and results can be pickled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from generator.collection.office import Office
from generator.finding import NIANBAO, Finding, Message
from generator.importer.filled_workbook import take_filled
from generator.importer.make_draft import Draft, NeedsInput, Only, take
from generator.importer.placing import Placing, place
from generator.importer.review_page import review_page
from generator.readers.document import Document, Limits
from generator.readers.open_file import read_path
from generator.report.entry import DRAFT, Files, LoadedReport, ReportRef
from generator.report.reader import is_draft
from generator.rules.first_findings import first_findings
from generator.rules.runner import accept, check_entry
from generator.rules.withheld import ease

Job = Callable[["FileWork", Limits], Any]
T = TypeVar("T")
_OF_CONTENT = frozenset({"tables.yaml", "organs.yaml", "site.yaml"})


def ref_of(draft: Draft) -> ReportRef:
    """Names the report folder that a draft is for."""
    year, organ = draft.identity.year, draft.identity.organ
    return ReportRef(year, organ, f"{year}/{organ}")


def content_file(path: Path) -> Message | None:
    """Say what to do with a file that is part of a content folder already; None for any other."""
    if path.name not in _OF_CONTENT and not (path.name == "report.md" and path.with_name("tables.yaml").is_file()):
        return None
    return Message(
        "这已经是内容文件夹里的文件，不用导入：报告请把它所在的整个文件夹放进 content/（如 content/2024/编号/），"
        f"organs.yaml、site.yaml 放在 content/ 下，再用 {NIANBAO} check 检查",
        "this is a file of a content folder, so there is nothing to import: for a report put the whole folder that it "
        "is in under content/ (as content/2024/ID/), organs.yaml and site.yaml into content/ itself, then run "
        f"{NIANBAO} check",
    )


@dataclass(frozen=True, slots=True)
class Recognise:
    """Reads a file and makes its draft. Raises Unreadable and NeedsInput."""

    path: Path
    organ: str
    year: int
    only: Only

    def __call__(self, work: FileWork, limits: Limits) -> tuple[Document, Draft]:
        if (told := content_file(self.path)) is not None:
            raise NeedsInput(told)
        document = work.read(self.path, limits)
        make = take_filled if document.stamp else take
        organs = work.office.settings.organs
        return document, make(document, work.office.forms, organs, self.organ, self.year, self.only)


class Placed(NamedTuple):
    """What is to be written of a draft, and what the rules find on the report once it is."""

    placing: Placing
    files: Files
    checked: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Joins a draft with the files that are there, and checks the result."""

    draft: Draft
    there: Files

    def __call__(self, work: FileWork, limits: Limits) -> Placed:
        ref = ref_of(self.draft)
        placing = place(self.draft, self.there, lambda files: work.load(ref, files))
        tables = placing.files.get("tables.yaml", self.there.tables)
        files = Files(tables, placing.files.get("report.md", self.there.prose))
        return Placed(placing, files, work.check(ref, files))


@dataclass(frozen=True, slots=True)
class Check:
    """Checks the files of a report by the rules."""

    ref: ReportRef
    files: Files

    def __call__(self, work: FileWork, limits: Limits) -> tuple[Finding, ...]:
        return work.check(self.ref, self.files)


@dataclass(frozen=True, slots=True)
class Review:
    """Draws the side-by-side page."""

    template: str
    document: Document
    draft: Draft
    checked: tuple[Finding, ...]

    def __call__(self, work: FileWork, limits: Limits) -> str:
        return review_page(self.template, self.document, self.draft, self.checked)


@dataclass(frozen=True)
class FileWork:
    """Does the jobs; made once, and handed to the process that does them. `read` opens a file."""

    office: Office
    read: Callable[[Path, Limits], Document] = read_path

    def __call__(self, job: Job, limits: Limits) -> Any:
        return job(self, limits)

    def load(self, ref: ReportRef, files: Files) -> LoadedReport | None:
        return self.office.read(ref, None, files)[0]

    def check(self, ref: ReportRef, files: Files) -> tuple[Finding, ...]:
        """Checks the report by the rules, with last year's where content has it; a draft's errors are eased."""
        previous = self.office.read_before(ref)
        entry, findings = self.office.read(ref, previous.report if previous else None, files)
        if entry is not None:
            context = self.office.context._replace(previous=previous)
            findings = accept(entry, [*findings, *check_entry(entry, context)], context)
        if files.tables is not None and is_draft(files.tables):
            findings = ease(findings, ref._replace(withheld=DRAFT))
        return tuple(first_findings(findings))
