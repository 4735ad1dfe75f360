"""Proposes a placeholder for each typed number of a narrative that is a known figure, for the command `bind`.

A placeholder is proposed only where it prints exactly what is typed and the line reads the same with it, so binding
does not change what is published.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from generator.finding import Message
from generator.narrative import numerals
from generator.narrative.plain_text import Passage, passages
from generator.report import placeholders
from generator.report.entry import LoadedReport, printed
from generator.report.figure import Slip
from generator.rules.narrative_claims import Claim, passage_claims
from generator.rules.narrative_figures import readings, settled
from generator.rules.narrative_shares import BASES, near, subjects
from generator.rules.narrative_tables import exact, phrase

_CONTEXT = 16


class BindableNumber(NamedTuple):
    """Holds a number of the narrative. `kind`: "bound" (printed by a placeholder), "matched" (a rule knows its figure),
    "likely" (a figure or indicator of that value, its name nearby), "figure" (of the narrative alone), "free" (a date,
    an ordinal, …). `key` is the placeholder proposed for the `length` characters from `column` on, "" for none."""

    line: int
    column: int
    length: int
    typed: str
    kind: str
    key: str
    why: Message
    context: str

    @property
    def sure(self) -> bool:
        return self.kind == "matched" and bool(self.key)


def survey(entry: LoadedReport) -> list[BindableNumber]:
    """Lists every number of the narrative in order, each once."""
    by_line = {item.passage.line: item.claims for item in passage_claims(entry)}
    lines = entry.text.split("\n")
    numbers: list[BindableNumber] = []
    for passage in entry.passages:
        numbers += _passage(entry, passage, by_line.get(passage.line, ()), lines[passage.line - 1])
    return sorted(numbers, key=lambda item: (item.line, item.column))


class _Span(NamedTuple):
    start: int
    end: int
    kind: str
    key: str
    why: Message


class _Taken:
    """Keeps spans that do not overlap, in the order they came; a paragraph may have a hundred thousand numbers."""

    def __init__(self) -> None:
        self.spans: list[_Span] = []
        self._starts: list[int] = []
        self._ends: list[int] = []

    def is_free(self, start: int, end: int) -> bool:
        """Tell whether no span overlaps what lies between two places."""
        at = bisect_right(self._starts, start)
        return (at == 0 or self._ends[at - 1] <= start) and (at == len(self._starts) or self._starts[at] >= end)

    def take(self, span: _Span) -> None:
        """Add a span that is free."""
        at = bisect_right(self._starts, span.start)
        self._starts.insert(at, span.start)
        self._ends.insert(at, span.end)
        self.spans.append(span)


def _passage(entry: LoadedReport, passage: Passage, claims: Sequence[Claim], line: str) -> Iterator[BindableNumber]:
    spans = [*_trends(entry, passage, claims), *_claimed(entry, claims), *_shares(entry, passage, claims)]
    taken = _Taken()
    for span in spans:
        if taken.is_free(span.start, span.end):
            taken.take(span)
    for number in numerals.find(passage.text):
        if taken.is_free(number.start, number.start + 1):
            taken.take(_plain(entry, passage, number))
    for span in taken.spans:
        yield _number(entry, passage, span, line)


def _number(entry: LoadedReport, passage: Passage, span: _Span, line: str) -> BindableNumber:
    number, column = passage.place(span.start)
    typed = passage.text[span.start : span.end]
    bindable = passage.kind == "text" and _reads_alike(entry, passage, line, column, typed, span.key)
    around = passage.text[max(0, span.start - _CONTEXT) : span.end + _CONTEXT]
    return BindableNumber(number, column, len(typed), typed, span.kind, span.key if bindable else "", span.why, around)


def _reads_alike(entry: LoadedReport, passage: Passage, line: str, column: int, typed: str, key: str) -> bool:
    """Tells whether the line with the placeholder reads as it did, its figure now bound."""
    if not key:
        return False
    before = line[: column - 1]
    if line[column - 1 : column - 1 + len(typed)] != typed or before.count("{{") != before.count("}}"):
        return False
    bound = f"{before}{{{{{key}}}}}{line[column - 1 + len(typed) :]}"
    read = passages(bound, partial(printed, entry.report, entry.previous))
    return len(read) == 1 and read[0].text == passage.text and len(read[0].bound) == len(passage.bound) + 1


# ---------------------------------------------------------------- numbers that a rule knows


def _prints(entry: LoadedReport, keys: Iterable[str], typed: str) -> str:
    """Returns the first placeholder that prints exactly what is typed, "" where none does."""
    for key in keys:
        shown = placeholders.show(key, entry.report, entry.previous)
        if not isinstance(shown, Slip) and shown.text == typed:
            return key
    return ""


def _claimed(entry: LoadedReport, claims: Sequence[Claim]) -> Iterator[_Span]:
    for claim in claims:
        typed = claim.passage.text[claim.at : claim.digits]
        if claim.bound:
            continue
        roles = settled(entry, claim, readings(entry, claim)) if claim.year in (0, entry.report.year) else None
        if roles is None:
            why = Message(
                f"{claim.rule} 认得这句话，但数与表对不上",
                f"known to {claim.rule}, but differs from the table's figure",
            )
            yield _Span(claim.at, claim.digits, "figure", "", why)
            continue
        name = phrase(entry.report.form, roles)
        key = _prints(entry, (name, f"{name}|汉字", f"{name}|千分位"), typed)
        why = Message(f"{claim.rule}：“{claim.quote}”", f"{claim.rule}: “{claim.quote}”")
        yield _Span(claim.at, claim.digits, "matched", key, why)


_SHARE = Message("NAR-PCT：占比", "NAR-PCT: a share")


def _shares(entry: LoadedReport, passage: Passage, claims: Sequence[Claim]) -> Iterator[_Span]:
    for claim in claims:
        match = entry.patterns.share.match(passage.text[claim.end : claim.end + 60])
        roles = settled(entry, claim, readings(entry, claim))
        if match is None or roles is None:
            continue
        start, end = claim.end + match.start(1), claim.end + match.end(1) + 1
        if passage.is_bound(start, end):
            continue
        part, typed = phrase(entry.report.form, roles), passage.text[start:end]
        digits = len(match[1].partition(".")[2])
        for base in BASES:
            total = exact(entry.report, base)
            if total and near(match[1], claim.value * 100 / total):
                name = f"{part}|占 {phrase(entry.report.form, base)}"
                key = _prints(entry, (name, f"{name}|{digits}位"), typed)
                yield _Span(start, end, "matched" if key else "figure", key, _SHARE)
                break


def _trends(entry: LoadedReport, passage: Passage, claims: Sequence[Claim]) -> Iterator[_Span]:
    """Takes “增加2件” as one span: the placeholder prints the direction too."""
    item = next((item for item in passage_claims(entry) if item.passage is passage), None)
    for match in entry.patterns.trend.finditer(passage.text) if item else ():
        start, end = match.start("word"), match.end()
        if item is None or not match["number"] or passage.is_bound(start, end):
            continue
        if match["year"] and int(match["year"]) != entry.report.year - 1:
            continue
        digits = len(match["number"].partition(".")[2])
        names = [phrase(entry.report.form, roles) for roles in subjects(entry, item, match.start())]
        keys = [f"{name}|较上年{extra}" for name in names if name for extra in ("", "%", f"%|{digits}位")]
        key = _prints(entry, keys, passage.text[start:end])
        if key:
            yield _Span(start, end, "matched", key, Message("NAR-YOY：与上年相比", "NAR-YOY: against last year"))


# ---------------------------------------------------------------- numbers that no rule knows

_FREE = {
    "date": Message("年月日、文号、序次", "a date, a document's number, an ordinal"),
    "ordinal": Message("序号", "an ordinal"),
    "code": Message("电话、邮编、文号等", "a telephone, postcode, document number, …"),
    "word": Message("词语", "a word"),
    "bare": Message("没有量词", "no measure word"),
}


def _plain(entry: LoadedReport, passage: Passage, number: numerals.NarrativeNumber) -> _Span:
    start, end = number.start, number.end
    bound = next((item for item in passage.bound if item.start < end and start < item.end), None)
    if bound is not None:
        return _Span(start, end, "bound", "", Message(f"{{{{{bound.key}}}}}", f"{{{{{bound.key}}}}}"))
    if number.kind != "figure" or passage.kind in ("title", "heading") or number.value is None:
        return _Span(start, end, "free", "", _FREE.get(number.kind, _FREE["ordinal"]))
    if not passage.section:
        return _Span(start, end, "free", "", Message("引言", "in the preface"))
    sentence = passage.text[max(0, start - 40) : end + 10]
    key = _prints(entry, _candidates(entry, number, number.value, sentence), number.text)
    if key:
        return _Span(start, end, "likely", key, _LIKELY)
    return _Span(start, end, "figure", "", _as_indicator(passage, number))


_LIKELY = Message("数值相同，上下文提到这一项", "the same value, and its name nearby")


def _candidates(entry: LoadedReport, number: numerals.NarrativeNumber, value: Decimal, sentence: str) -> Iterator[str]:
    yield from _indicators(entry, number, sentence)
    yield from _cells(entry, value, sentence)


def _indicators(entry: LoadedReport, number: numerals.NarrativeNumber, sentence: str) -> Iterator[str]:
    """Yields the one indicator and the one figure of a required sentence of that value and unit whose name is near."""
    same = [item for item in entry.report.indicators if item.value == number.value and item.unit == number.unit]
    nearby = [item for item in same if _mentions(sentence, item.name)]
    if len(nearby) == 1:
        yield f"指标.{nearby[0].name}"
    stated = entry.report.stated
    given = [(key, item) for key, item in stated.figures.items() if _mentions(sentence, item.name)] if stated else []
    same_stated = [key for key, item in given if item.value == number.value and item.unit == number.unit]
    if stated and len(same_stated) == 1:
        yield f"{stated.statement.key}.{same_stated[0]}"


def _cells(entry: LoadedReport, value: Decimal, sentence: str) -> Iterator[str]:
    """Yields the one cell of that value whose row is mentioned; a row's total before its parts."""
    if value < 10:
        return
    matches: list[tuple[bool, str, str]] = []
    for sheet in entry.report.sheets:
        for index, figure in enumerate(sheet.values):
            slot = sheet.table.slots[index]
            if figure == value and _mentions(sentence, slot.row.key or slot.column.key):
                matches.append((slot.column.key != sheet.table.total, slot.row.key, slot.name))
    totals = [item for item in matches if not item[0]]
    if len(matches) == 1 or (len({row for _, row, _ in matches}) == 1 and len(totals) == 1):
        yield min(matches)[2]


def _mentions(sentence: str, name: str) -> bool:
    """Tells whether half of a name's pairs of characters stand in the sentence."""
    pairs = {name[at : at + 2] for at in range(len(name) - 1)}
    return bool(pairs) and sum(pair in sentence for pair in pairs) * 2 >= len(pairs)


_SECTIONS = "〇一二三四五六七八九"
_NAME = re.compile(r"[一-鿿]{2,12}$")


def _as_indicator(passage: Passage, number: numerals.NarrativeNumber) -> Message:
    """Shows the line of tables.yaml that would make a number an indicator; the clerk chooses the name."""
    name = _NAME.search(passage.text[max(0, number.start - 12) : number.start])
    more = ", 约数: 是" if number.more else ""
    section = _SECTIONS[passage.section] if passage.section < len(_SECTIONS) else ""
    unit = f'"{number.unit}"' if number.unit in ("%", "％", "‰") else number.unit
    line = f"{name[0] if name else '名称'}: {{值: {number.value}, 单位: {unit}, 部分: {section}{more}}}"
    return Message(f"可列为指标：{line}", f"could be an indicator: {line}")


# ---------------------------------------------------------------- applying

_BREAKS = re.compile(r"(\r\n|\r|\n)")


def bind(text: str, chosen: Iterable[BindableNumber]) -> str:
    """Replaces the chosen numbers of a file's text by their placeholders; every other character stays. ValueError where
    the text is not the one that was surveyed."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    pieces = _BREAKS.split(text[len(mark) :])
    for item in sorted(chosen, key=lambda item: (item.line, item.column), reverse=True):
        index, at = 2 * (item.line - 1), item.column - 1
        line = pieces[index] if index < len(pieces) else ""
        if line[at : at + item.length] != item.typed:
            raise ValueError(item.typed)
        pieces[index] = f"{line[:at]}{{{{{item.key}}}}}{line[at + item.length :]}"
    return mark + "".join(pieces)
