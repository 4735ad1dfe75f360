"""Finds which of the form's sections each section of a report is: by its title, or else by its place between others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from generator.forms.sections import SectionForm
from generator.narrative.edit_distance import edit_distance
from generator.report.entry import LoadedReport, fact

_NUMBER = re.compile(r"\s*[（(]?[一二三四五六七八九十\d０-９]+[)）]?[、.．,，]?\s*")
_ALIKE = 5  # one slip for so many characters


def bare_title(title: str) -> str:
    """Strip a title of its number and blanks, for comparing words."""
    return re.sub(r"\s", "", _NUMBER.sub("", title, count=1))


@fact
def section_forms(entry: LoadedReport) -> tuple[SectionForm | None, ...]:
    """Return the form's section for each section of the narrative; None for one that the form does not have.

    A section left out, or one more, does not shift those behind it: titles that are known hold their place, and others
    fill the places between them in order."""
    forms = entry.report.form.sections
    return tuple(
        None if at is None else forms[at] for at in _placed([section.title for section in entry.prose.sections], forms)
    )


def _placed(titles: Sequence[str], forms: Sequence[SectionForm]) -> list[int | None]:
    if len(titles) == len(forms) and all(map(_is_of, titles, forms)):
        return list(range(len(forms)))
    known: list[tuple[int, int]] = []
    for at, title in enumerate(titles):
        before = known[-1][1] if known else -1
        found = next((number for number in range(before + 1, len(forms)) if _is_of(title, forms[number])), None)
        if found is not None:
            known.append((at, found))
    placed: list[int | None] = [None] * len(titles)
    for (at, number), (next_at, next_number) in pairwise([(-1, -1), *known, (len(titles), len(forms))]):
        if next_at < len(titles):
            placed[next_at] = next_number
        for place, form in zip(range(at + 1, next_at), range(number + 1, next_number), strict=False):
            placed[place] = form
    return placed


@lru_cache(maxsize=1024)
def _is_of(title: str, form: SectionForm) -> bool:
    """Tell whether a title is a section's: as prescribed, an accepted variant, or either with a slip or two."""
    bare = bare_title(title)
    for official in map(bare_title, (form.title, *form.aliases)):
        limit = len(official) // _ALIKE
        if bare == official or edit_distance(bare, official, limit) <= limit:
            return True
    return False
