"""Imports one file: reads it, makes the draft, asks, writes it into the content folder, and checks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.collection.office import open_office
from generator.drafts.folder import Deposit, deposit
from generator.finding import Finding, Level, Message, Place, UserError
from generator.importer.filled_workbook import take_filled
from generator.importer.make_draft import Draft, NeedsInput, take
from generator.readers.document import Document, Limits, Unreadable
from generator.readers.open_file import read_path
from generator.report.entry import Files, ReportRef
from generator.rules.runner import accept, check_entry


class ImportRequest(NamedTuple):
    """Says what to import into which content folder; `organ` "" and `year` 0 leave it to each file to say."""

    content: Path
    organ: str = ""
    year: int = 0
    replace: bool = False
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Reports the import of one file. `status` is that of its Deposit, or refused, or declined; `checked` are the
    findings of the rules on the draft, `findings` those of reading the file."""

    file: Path
    status: str
    findings: tuple[Finding, ...]
    draft: Draft | None = None
    document: Document | None = None
    folder: Path | None = None
    backup: Path | None = None
    checked: tuple[Finding, ...] = ()

    @property
    def failed(self) -> bool:
        """Tell whether the import or the check found an error."""
        return any(finding.blocking for finding in (*self.findings, *self.checked))


class Importer:
    """Imports files one after another; `agree` is asked before anything is written. `read` opens a file: pass that of a
    sandbox to have strangers' files read in a process of their own."""

    def __init__(
        self,
        request: ImportRequest,
        agree: Callable[[Path, Draft], bool] = lambda path, draft: True,
        read: Callable[[Path, Limits], Document] = read_path,
    ) -> None:
        self.request, self.agree, self.read = request, agree, read
        self.office = open_office(request.content)

    def run(self, path: Path) -> ImportResult:
        """Import one file; whatever is wrong with it becomes a finding."""
        try:
            document = self.read(path, self.request.limits)
            draft = self._draft(document)
        except (Unreadable, NeedsInput) as error:
            return ImportResult(path, "refused", (_error("IMP-REFUSED", path, error.message),))
        if not self.agree(path, draft):
            return ImportResult(path, "declined", draft.findings, draft, document)
        identity = draft.identity
        try:
            written = deposit(self.request.content, identity.year, identity.organ, draft.files, self.request.replace)
        except UserError as error:
            findings = (*draft.findings, _error("IMP-WRITE", path, error.message))
            return ImportResult(path, "refused", findings, draft, document)
        return self._result(path, draft, document, written)

    def _draft(self, document: Document) -> Draft:
        make = take_filled if document.stamp else take
        return make(document, self.office.forms, self.office.settings.organs, self.request.organ, self.request.year)

    def _result(self, path: Path, draft: Draft, document: Document, written: Deposit) -> ImportResult:
        findings = list(draft.findings)
        if written.status == "exists":
            message = Message(
                f"“{written.folder}”里已有内容而与这次读出的不同，没有改动；确要替换请加 --replace（旧的会留备份）",
                f"“{written.folder}” holds content that differs from what was read; it was left alone. "
                "Pass --replace to replace it (a backup is kept)",
            )
            findings.append(_error("IMP-EXISTS", path, message))
        checked = tuple(self._check(draft))
        return ImportResult(
            path, written.status, tuple(findings), draft, document, written.folder, written.backup, checked
        )

    def _check(self, draft: Draft) -> list[Finding]:
        """Check the draft by the rules, with last year's report where content has it."""
        identity = draft.identity
        ref = ReportRef(identity.year, identity.organ, f"{identity.year}/{identity.organ}")
        files = Files(draft.files["tables.yaml"], draft.files["report.md"])
        entry, findings = self.office.read(ref, None, files)
        if entry is None:
            return findings
        context = self.office.context._replace(previous=self.office.read_before(ref))
        return accept(entry, [*findings, *check_entry(entry, context)], context)


def _error(rule: str, path: Path, message: Message) -> Finding:
    return Finding(rule, Level.ERROR, Place(path.name), message)
