"""Opens an office: its content folder, with all that holds for every one of its reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from generator.collection.context import Context, context_of
from generator.collection.folder import FONTS, read_files, read_lists, read_strays
from generator.collection.settings import Settings, read_settings
from generator.collection.site_files import read_site
from generator.finding import Finding, Message, Place, UserError, tool_fault
from generator.forms.declared import declared_forms, declared_trends
from generator.forms.model import Form
from generator.forms.series import Trend
from generator.report.entry import Files, LoadedReport, ReportRef, read_entry
from generator.report.model import Report
from generator.wordlists import office_patterns, office_words
from generator.wordlists.figure_patterns import FigurePatterns, compile_patterns, shipped_source
from generator.wordlists.matcher import WordLists
from generator.wordlists.shipped import shipped_words
from generator.yaml_source.nodes import Node


@dataclass(frozen=True)
class Office:
    """A content folder, opened once and handed in: `words` are the shipped lists with the office's own over them,
    `patterns` how its narratives speak of figures; `findings` say what is wrong with site.yaml, organs.yaml and the
    office's lists."""

    content: Path
    settings: Settings
    forms: tuple[Form, ...]
    trends: tuple[Trend, ...]
    words: WordLists
    patterns: FigurePatterns
    findings: tuple[Finding, ...] = ()

    @property
    def fonts(self) -> str:
        """Names the folder of the office's own fonts for the PDF files, "" where there is none."""
        folder = self.content.absolute() / FONTS
        return str(folder) if folder.is_dir() else ""

    @cached_property
    def context(self) -> Context:
        """Holds what rules may know beyond a report."""
        return context_of(self.settings, self.forms, self.words)

    def read(
        self, ref: ReportRef, previous: Report | None = None, files: Files | None = None
    ) -> tuple[LoadedReport | None, list[Finding]]:
        """Reads one report and its slips; None when there is nothing that could be shown.

        `previous` is the same organ's report of the year before; `files` are its bytes where they do not lie in the
        content folder yet."""
        if files is not None:
            return read_entry(ref, files, self.forms, previous, self.patterns)
        entry, findings = read_entry(ref, read_files(self.content, ref), self.forms, previous, self.patterns)
        return entry, findings + read_strays(self.content, ref, entry.prose.pictures if entry else ())

    def read_before(self, ref: ReportRef) -> LoadedReport | None:
        """Reads the same organ's report of the year before; None where there is none that can be read."""
        before = ReportRef(ref.year - 1, ref.organ, f"{ref.year - 1}/{ref.organ}")
        if not (self.content / before.folder / "tables.yaml").is_file():
            return None
        return self.read(before)[0]


def open_office(content: Path, base_url: str = "", required: bool = True) -> Office:
    """Opens a content folder. `base_url` goes before the address that site.yaml gives. Raises UserError where the
    folder has no site.yaml, unless that is not `required`."""
    settings, findings = _tried("site.yaml", lambda: read_site(content, base_url, required), read_settings(None, None))
    none: dict[str, Node] = {}
    lists, slips = _tried(office_words.FOLDER, lambda: read_lists(content), none)
    shipped = shipped_words()
    words, word_slips = _tried(office_words.FOLDER, lambda: office_words.laid_over(shipped, lists), shipped)
    source, narrative = shipped_source(), lists.get(office_words.NARRATIVE)
    source, pattern_slips = _tried(office_words.FOLDER, lambda: office_patterns.laid_over(source, narrative), source)
    forms = declared_forms()
    return Office(
        content,
        settings,
        forms,
        declared_trends(forms),
        words.with_local(settings.options),
        compile_patterns(source),
        (*findings, *slips, *word_slips, *pattern_slips),
    )


T = TypeVar("T")


def _tried(file: str, read: Callable[[], tuple[T, list[Finding]]], instead: T) -> tuple[T, list[Finding]]:
    """Reads a part of the office; a fault of ours in it becomes a finding, and the reports are checked without it."""
    try:
        return read()
    except (OSError, UserError):
        raise
    except Exception as error:
        return instead, [tool_fault(error, Message(file, file), Place(file))]
