"""Defines what a statutory form asks of the narrative: its sections, the sentence on fees, the terms it explains."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SectionForm:
    """Describes a section that the form asks for; `prompt` tells its writer what belongs there.

    `keywords` find it where titles are not prescribed to the letter. There an `optional` one may be left out, and one
    with `needs` where the figures of that role are 0: without a request there is nothing to say of its fees."""

    title: str
    aliases: tuple[str, ...]
    table: str
    keywords: tuple[str, ...] = ()
    prompt: str = ""
    optional: bool = False
    needs: str = ""

    def meant(self, title: str) -> bool:
        """Tell whether a title as written is this section's, by its keywords."""
        return any(word in re.sub(r"\s", "", title) for word in self.keywords)


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    term: str
    text: str
    article: str


@dataclass(frozen=True, slots=True)
class SentenceFigure:
    """Describes a figure of a required sentence: `role` in rules, `label` in listings; `hint` says what to type."""

    key: str
    role: str
    label: str
    unit: str
    hint: str


@dataclass(frozen=True, slots=True)
class RequiredSentence:
    """Describes what a report states in one sentence of its narrative, beside its tables (信息处理费, section 六).

    `sentence` has `{key}` where the figures go. `required`: every report on this form must have it, so new folders and
    workbooks ask for it. `id` leads the stable keys of its figures."""

    key: str
    section: str
    sentence: str
    figures: tuple[SentenceFigure, ...]
    required: bool
    id: str

    def find(self, name: str) -> SentenceFigure | None:
        """Find a figure by the name that content and narrative use (信息处理费.总金额); None where there is none."""
        group, _, key = name.partition(".")
        return next((item for item in self.figures if group == self.key and item.key == key), None)
