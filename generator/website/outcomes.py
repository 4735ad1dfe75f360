"""Draws how the requests of a year were dealt with, over the leading organs' reports, as a table with bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from markupsafe import Markup

from generator.collection.summary import ReportSummary
from generator.forms.model import Form
from generator.website.charts import composition_of
from generator.website.directory import Directory
from generator.website.line_breaks import bare, unnumbered
from generator.website.numbers import share
from generator.website.shell import Shell
from generator.website.views import PartView
from generator.website.words import Words

_SAID = 3  # parts that the sentence names


class Outcomes(NamedTuple):
    """A sentence with the largest parts, and the table of all of them."""

    said: str
    table: Markup


def outcomes(
    shell: Shell,
    directory: Directory,
    forms: Sequence[Form],
    year: int,
    built: Sequence[ReportSummary],
    before: Mapping[str, ReportSummary] = MappingProxyType({}),
) -> Outcomes | None:
    """Draws a year's results over reports of organs that belong to no other, or of all where each belongs to one; None
    where fewer than two parts have a case. A report with a blank result, or on another form than most, is left out.

    Beside them stand those of the year `before` (reports by organ), where the same organs have them on that form."""
    top = [summary for summary in built if not directory.organ(summary.organ).parent] or list(built)
    by_form = Counter(summary.form for summary in top if summary.outcomes)
    form = next((form for form in forms if by_form and form.id == by_form.most_common(1)[0][0]), None)
    added = [summary for summary in top if form and _counts(summary, form)]
    parts = _parts(form, added) if form and added else []
    total, used = sum(cases for _, cases in parts), [cases for _, cases in parts if cases]
    if len(used) < 2:
        return None
    words = shell.words
    then = _year_before(form, added, before) if form else {}
    views = [
        PartView(label, f"{n / max(used) * 100:.1f}", str(n), share(n, total), then.get(label, ""))
        for label, n in parts
    ]
    largest = sorted(views, key=lambda view: -int(view.cases))[:_SAID]
    of = words("outcomes.of_all", count=len(added))
    if len(added) < len(top):
        of = words("outcomes.of_some", count=len(added), total=len(top))
    levels = directory.levels(directory.organ(summary.organ) for summary in added)
    named = (_said(view, words) for view in largest if view.cases != "0")
    said = words(
        "outcomes.said", year=year, levels=levels, reports=of, total=total, parts=words("page.comma").join(named)
    )
    note = words("outcomes.note", levels=levels, reports=of)
    table = shell.env.get_template("composition.html").render(
        parts=views, note=note, before=words("outcomes.before") if then else ""
    )
    return Outcomes(said, Markup(table))


def _counts(summary: ReportSummary, form: Form) -> bool:
    """Tells whether every result of a report is a number, on this form."""
    return summary.form == form.id and all(map(str.isdecimal, summary.outcomes))


def _year_before(form: Form, added: Sequence[ReportSummary], before: Mapping[str, ReportSummary]) -> dict[str, str]:
    """The cases of the year before by part; none unless the same organs can be added up on the same form."""
    there = [old for now in added if (old := before.get(now.organ)) and _counts(old, form)]
    return {label: str(cases) for label, cases in _parts(form, there)} if len(there) == len(added) else {}


def _said(view: PartView, words: Words) -> str:
    label = unnumbered(view.label)
    if not view.share:
        return words("outcomes.few", label=label, cases=view.cases)
    return words("outcomes.part", label=label, cases=view.cases, share=view.share)


def _parts(form: Form, summaries: Sequence[ReportSummary]) -> list[tuple[str, int]]:
    """The parts in official order, each with its cases in all reports."""
    drawn = composition_of(form)
    if drawn is None:
        return []
    numbers = {form.by_name[name][1]: number for number, name in enumerate(form.role("results"))}
    return [
        (bare(part.label), sum(int(summary.outcomes[numbers[cell]]) for summary in summaries for cell in part.cells))
        for part in drawn.parts
    ]
