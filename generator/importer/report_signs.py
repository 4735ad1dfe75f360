"""Tells whether a file shows anything of an annual report, and whether its narrative is there."""

from __future__ import annotations

from collections.abc import Sequence

from generator.forms.model import Form
from generator.importer.best_form import Attempt
from generator.importer.label_match import label
from generator.importer.sections import ReportPart, title_end, titles_of
from generator.readers.document import DocumentTable, Paragraph

_CELLS = 5  # a note or a list may have a word or two in common with a statutory table
_PREFACE = 60


def shows_report(attempt: Attempt, title: str, forms: tuple[Form, ...]) -> bool:
    """Tell whether a statutory table or a part of the narrative was recognised in a file.

    A notice may name the parts of a report one behind the other: most of them must have a text below. Parts by other
    titles may be those of any document; they count where the file is entitled an annual report (`title`)."""
    if attempt.tables.mapped >= _CELLS:
        return True
    parts = [part for part in attempt.parts if part.title]
    if title and any(map(_has_text, parts)):
        return True
    tabled = {label(section.title).bare for form in forms for section in form.sections if section.table}
    known = [part for part in parts if _is_known(part.title, titles_of(forms)) and label(part.title).bare not in tabled]
    written = sum(map(_has_text, known))
    return written > 0 and 2 * written >= len(known)


def _has_text(part: ReportPart) -> bool:
    return any(isinstance(block, DocumentTable) for block in part.blocks) or _length(part) > 0


def _length(part: ReportPart) -> int:
    return sum(len(block.text.strip()) for block in part.blocks if isinstance(block, Paragraph))


def _is_known(title: str, titles: Sequence[str]) -> bool:
    return title_end(title, title.find("、") + 1, titles) > 0


def has_narrative(parts: Sequence[ReportPart], form: Form) -> bool:
    """Tell whether a file has a text: anything in a part that is not a statutory table's, or a preface of some length.

    Words around a table, such as its unit or a heading, are no narrative."""
    tabled = {label(section.title).bare for section in form.sections if section.table}
    written = (part for part in parts if part.title and label(part.title).bare not in tabled)
    return any(map(_length, written)) or sum(map(_length, parts)) >= _PREFACE
