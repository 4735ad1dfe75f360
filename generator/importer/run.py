"""One file's import from path to findings: read, take, ask, put into the content folder, check the draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.collection import folder as load
from generator.collection.context import context_of
from generator.collection.settings import Settings
from generator.drafts.folder import Deposit, deposit
from generator.finding import Finding, Level, Message, Place, UserError
from generator.forms import declared
from generator.forms.model import Form
from generator.importer.filled_workbook import take_filled
from generator.importer.make_draft import Draft, NeedsInput, take
from generator.readers.document import Document, Limits, Unreadable
from generator.readers.open_file import read_path
from generator.report.entry import Files, LoadedReport, ReportRef, read_entry
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
        wish: ImportRequest,
        agree: Callable[[Path, Draft], bool] = lambda path, draft: True,
        read: Callable[[Path, Limits], Document] = read_path,
    ) -> None:
        self.wish, self.agree, self.read = wish, agree, read
        self.forms: tuple[Form, ...] = declared.forms()
        self.settings: Settings = load.settings(wish.content, "")[0]
        self.context = context_of(self.settings, self.forms)

    def run(self, path: Path) -> ImportResult:
        wish = self.wish
        try:
            document = self.read(path, wish.limits)
            reading = take_filled if document.stamp else take
            draft = reading(document, self.forms, self.settings.organs, wish.organ, wish.year)
        except (Unreadable, NeedsInput) as error:
            return ImportResult(path, "refused", (_error("IMP-REFUSED", path, error.message),))
        if not self.agree(path, draft):
            return ImportResult(path, "declined", draft.findings, draft, document)
        identity = draft.identity
        try:
            put = deposit(wish.content, identity.year, identity.organ, draft.files, wish.replace)
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
        entry, found = read_entry(
            ref, Files(draft.files["tables.yaml"], draft.files["report.md"]), self.forms, None, load.ways(self.settings)
        )
        if entry is None:
            return found
        context = self.context._replace(previous=self._before(identity.year - 1, identity.organ))
        return accept(entry, [*found, *check_entry(entry, context)], context)

    def _before(self, year: int, organ: str) -> LoadedReport | None:
        ref = ReportRef(year, organ, f"{year}/{organ}")
        if not (self.wish.content / ref.folder / "tables.yaml").is_file():
            return None
        return read_entry(ref, load.files(self.wish.content, ref), self.forms)[0]


def _error(rule: str, path: Path, text: Message) -> Finding:
    return Finding(rule, Level.ERROR, Place(path.name), text)


# ---------------------------------------------------------------- as JSON
