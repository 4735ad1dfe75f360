"""Gathers what rules may know besides the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from generator.collection.register import Register
from generator.collection.settings import Organ, Settings
from generator.forms.model import Form
from generator.report.entry import LoadedReport, ReportRef
from generator.wordlists.matcher import NO_WORDS, WordLists

_NONE: Mapping[str, str] = MappingProxyType({})
_NO_ORGANS: Mapping[str, Organ] = MappingProxyType({})


class Context(NamedTuple):
    """What a rule may know beyond the report.

    Reports up to `historical_until` are records, not drafts. `previous` is the same organ's report of the year
    before, None where there is none. `levels` and `historical_levels` are the office's own severities by rule id
    (错误, 警告, 提示, 关闭), `options` its settings of rules; `excused` gives the reason why an organ has no report of
    a year, `originals` are the reports (year, organ) that stand on their original pages only; `words` are the
    lists of words with the office's own added; `host` is the site's own (域名).
    """

    historical_until: int = 0
    previous: LoadedReport | None = None
    organs: Mapping[str, Organ] = _NO_ORGANS
    levels: Mapping[str, str] = _NONE
    historical_levels: Mapping[str, str] = _NONE
    options: Mapping[str, str] = _NONE
    forms: Mapping[str, Form] = MappingProxyType({})
    excused: Mapping[tuple[int, str], str] = MappingProxyType({})
    originals: frozenset[tuple[int, str]] = frozenset()
    words: WordLists = NO_WORDS
    host: str = ""

    def organ_of(self, ref: ReportRef) -> Organ | None:
        """Returns the organ of a report by the name that it bore in the report's year; None where it is not
        registered."""
        organ = self.organs.get(ref.organ)
        return organ.named_in(ref.year) if organ else None

    def option(self, name: str, default: float) -> float:
        """Reads a rule's number from 规则设置; the default where it is unset or no number."""
        try:
            return float(self.options.get(name, default))
        except ValueError:
            return default


def context_of(settings: Settings, forms: Sequence[Form], words: WordLists = NO_WORDS) -> Context:
    """Makes the context of all reports from the settings, the forms and the word lists."""
    return Context(
        settings.historical_until,
        None,
        Register({organ.id: organ for organ in settings.organs}),
        settings.levels,
        settings.historical_levels,
        settings.options,
        {form.id: form for form in forms},
        {(item.year, item.organ): item.reason for item in settings.excuses},
        frozenset((item.year, item.organ) for item in settings.legacy),
        words,
        settings.values.get("域名", ""),
    )
