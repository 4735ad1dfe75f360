"""One file's import from path to findings: read, take, ask, put into the content folder, check the draft."""

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
    """What an import was asked for; `organ` "" and `year` 0 where the files are to tell."""

    content: Path
    organ: str = ""
    year: int = 0
    replace: bool = False
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of one file. `status` is that of its Deposit, or refused, or declined; `checked` are the findings of the
    rules on the draft, `findings` those of reading."""

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
        return any(finding.blocking for finding in (*self.findings, *self.checked))


class Importer:
    """Imports files one after another; `agree` is asked before anything is written. `read` opens a file: give that of a
    `Guard` to have strangers' files read in a process of its own."""

    def __init__(
        self,
        request: ImportRequest,
        agree: Callable[[Path, Draft], bool] = lambda path, draft: True,
        read: Callable[[Path, Limits], Document] = read_path,
    ) -> None:
        self.request, self.agree, self.read = request, agree, read
        self.office = open_office(request.content)

    def run(self, path: Path) -> ImportResult:
        try:
            document = self.read(path, self.request.limits)
            reading = take_filled if document.stamp else take
            office, asked = self.office, self.request
            draft = reading(document, office.forms, office.settings.organs, asked.organ, asked.year)
        except (Unreadable, NeedsInput) as error:
            return ImportResult(path, "refused", (_error("IMP-REFUSED", path, error.message),))
        if not self.agree(path, draft):
            return ImportResult(path, "declined", draft.findings, draft, document)
        identity = draft.identity
        try:
            put = deposit(self.request.content, identity.year, identity.organ, draft.files, self.request.replace)
        except UserError as error:
            return ImportResult(
                path, "refused", (*draft.findings, _error("IMP-WRITE", path, error.message)), draft, document
            )
        return self._result(path, draft, document, put)

    def _result(self, path: Path, draft: Draft, document: Document, put: Deposit) -> ImportResult:
        findings = list(draft.findings)
        if put.status == "exists":
            findings.append(
                _error(
                    "IMP-EXISTS",
                    path,
                    Message(
                        f"“{put.folder}”里已有内容而与这次读出的不同，没有改动；确要替换请加 --replace（旧的会留备份）",
                        f"“{put.folder}” holds content that differs from what was read; left alone. Use --replace to replace it (a backup is kept)",
                    ),
                )
            )
        checked = tuple(self._check(draft))
        return ImportResult(path, put.status, tuple(findings), draft, document, put.folder, put.backup, checked)

    def _check(self, draft: Draft) -> list[Finding]:
        """What the rules say of the draft, with the year before at hand where content has it."""
        identity = draft.identity
        ref = ReportRef(identity.year, identity.organ, f"{identity.year}/{identity.organ}")
        files = Files(draft.files["tables.yaml"], draft.files["report.md"])
        entry, findings = self.office.read(ref, None, files)
        if entry is None:
            return findings
        context = self.office.context._replace(previous=self.office.read_before(ref))
        return accept(entry, [*findings, *check_entry(entry, context)], context)


def _error(rule: str, path: Path, text: Message) -> Finding:
    return Finding(rule, Level.ERROR, Place(path.name), text)
