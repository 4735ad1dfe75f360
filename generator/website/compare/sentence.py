"""Says in one sentence what a page of the comparison answers first: how many, how that changed, its rate, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.collection.settings import Organ
from generator.website.charts import said_change
from generator.website.compare.measures import Measure
from generator.website.line_breaks import unnumbered
from generator.website.words import Words

_NAMED = 3  # grounds that the sentence names


def sentence(measure: Measure, top: Sequence[Organ], words: Words) -> str:
    """Says the latest sum over the leading organs, its change, its rate and most frequent grounds; "" without one."""
    trend, year = measure.trend, measure.years[0]
    (now, changed, *_) = measure.sums("", top).cells
    if not now.text:
        return ""
    count = sum(bool(measure.known(organ, year)) for organ in top)
    unit, figure = _unit(measure, words, now.text), words.term(trend.name)
    parts = [words("compare.said", year=year, count=count, figure=figure, sum=now.text, unit=unit)]
    if changed.text:
        parts.append(said_change(changed.text, _printed_unit(measure), trend.name, words))
    if trend.share and measure.rate_years[:1] == [year]:
        cell = measure.rate_of("", top).cells[0]
        if cell.text.endswith("%"):
            parts.append(words("compare.said_rate", of=words.term(trend.share.of), rate=cell.text, n=cell.note))
    said = words("chart.between").join(parts)
    return "".join(words("chart.sentence", text=text) for text in (said, *_said_grounds(measure, top, count, words)))


def _printed_unit(measure: Measure) -> str:
    return [*measure.trend.units.values()][-1]


def _unit(measure: Measure, words: Words, figure: str) -> str:
    return words.unit(_printed_unit(measure), measure.trend.name, figure)


def _said_grounds(measure: Measure, top: Sequence[Organ], count: int, words: Words) -> Iterator[str]:
    """Names the most frequent grounds of the latest sum, where all its `count` reports print each of them."""
    grounds = measure.grounds()
    if grounds is None:
        return
    telling = {row.organ.id for row in grounds.rows if row.organ}
    sums = measure.ground_sums("", top, grounds.year, measure.forms[grounds.form]).cells
    if sum(organ.id in telling for organ in top) < count or any(not cell.text or cell.note for cell in sums):
        return
    counted = sorted(zip(sums, grounds.labels, strict=True), key=lambda item: -int(item[0].text))
    named = [
        words(
            "compare.said_ground",
            label=unnumbered(words.term(label)),
            cases=cell.text,
            unit=_unit(measure, words, cell.text),
        )
        for cell, label in counted[:_NAMED]
        if cell.text != "0"
    ]
    if named:
        yield words("compare.said_grounds", parts=words("page.comma").join(named))
