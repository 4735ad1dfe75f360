"""Tables whose cells ran together in plain text: found by the form's own words, cut into rows.

Text is searched with one pattern of all labels of a table, longest first; whatever stands between two labels is
what the cells held. Only a dense run of header labels starts a table, so prose that mentions a label does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from generator.drafts.readings import Ignored, SourcePlace
from generator.finding import Message
from generator.forms.model import Form, Table
from generator.importer.added_rows import Trail
from generator.importer.form_labels import BlockLabels, words_of
from generator.importer.label_match import Label, label, nearest
from generator.importer.run_together_digits import Raw

_CELLS = re.compile(r"[\s\d.,，/+\-−–—－．０-９万元件项条笔次个]*")
_JUNK = re.compile(r"[^\d\s]{2,80}")
_DIGIT = re.compile(r"[\d/]").search
_HEADS = 3
_FOREIGN = Message("这个格式的表中没有这一行", "the form has no such row")


class Token(NamedTuple):
    """A label in the text: `kind` is title, head, group, row or twin (a row name that several groups have); `name` the
    printed label or the row's key."""

    kind: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table found between `start` and `end` of a text."""

    table: Table
    start: int
    end: int
    rows: Mapping[str, Raw]
    labels: int
    ignored: tuple[Ignored, ...]


def _pattern(printed: str) -> str:
    """A label with its spaces, widths and punctuation left open."""
    out = []
    for char in printed:
        if char.isspace():
            continue
        if char in "“”\"'‘’「」":
            out.append("[“”\"'‘’「」]?")
        elif char in "（(":
            out.append("[（(]")
        elif char in "）)":
            out.append("[）)]")
        elif char in ".．":
            out.append("[.．、]")
        elif char in "、，,":
            out.append("[、，,]?")
        elif char in "/／":
            out.append("[/／]?")
        else:
            out.append(re.escape(char))
    return r"\s?".join(out)


class _Lexicon(NamedTuple):
    pattern: re.Pattern[str]
    kinds: Mapping[str, tuple[str, str]]
    rows: Mapping[str, tuple[str, Label]]


@lru_cache(maxsize=64)
def _lexicon(table: Table, form: Form) -> _Lexicon:
    """All labels of a table, by the name of their group in one pattern."""
    said: dict[str, tuple[str, str]] = {}
    rows: dict[str, tuple[str, Label]] = {}
    for words in (words for words in words_of(form) if words.table is table):
        for text in (words.block.title,):
            said.setdefault(text, ("title", text))
        for row in words.block.rows:
            own = label(row.path[-1])
            if own.bare in words.twins:
                said.setdefault(row.path[-1], ("twin", row.path[-1]))
            elif row.path[-1]:
                said.setdefault(row.path[-1], ("row", row.key))
                rows[own.bare] = (row.key, own)
        for text in words.groups.values():
            said.setdefault(text, ("group", text))
        for text in words.heads.values():
            said.setdefault(text, ("head", text))
    ordered = sorted(filter(None, said), key=lambda text: (-len(text), text))
    names = {f"g{number}": said[text] for number, text in enumerate(ordered)}
    body = "|".join(f"(?P<g{number}>{_pattern(text)})" for number, text in enumerate(ordered))
    return _Lexicon(re.compile(body), names, rows)


def find(text: str, table: Table, form: Form, place: Callable[[int], SourcePlace]) -> FoundTable | None:
    """The table in a text (spaces already collapsed to one), None where it is not there; `place` tells an offset's spot."""
    lexicon = _lexicon(table, form)
    tokens = [_token(found, lexicon) for found in lexicon.pattern.finditer(text)]
    start = _opening(text, tokens)
    if start is None:
        return None
    tokens = list(_mended(text, tokens[start:], lexicon))
    return _rows(text, table, form, tokens, place)


def _token(found: re.Match[str], lexicon: _Lexicon) -> Token:
    kind, name = lexicon.kinds[str(found.lastgroup)]
    return Token(kind, name, found.start(), found.end())


def _opening(text: str, tokens: Sequence[Token]) -> int | None:
    """The first token of the first dense run of titles and headers."""
    run = 0
    for number, token in enumerate(tokens):
        touches = run > 0 and text[tokens[number - 1].end : token.start].strip(" \n:：|") == ""
        run = (run + 1 if touches else 1) if token.kind in ("title", "head") else 0
        if run == _HEADS:
            return number - _HEADS + 1
    return None


def _mended(text: str, tokens: Sequence[Token], lexicon: _Lexicon) -> Iterator[Token]:
    """The tokens, and between them misspelt row names that read like one of the rows."""
    have = {token.name for token in tokens if token.kind == "row"}
    for number, token in enumerate(tokens):
        yield token
        end = tokens[number + 1].start if number + 1 < len(tokens) else min(len(text), token.end + 200)
        for junk in _JUNK.finditer(text, token.end, end):
            said = label(junk[0]).bare
            near = nearest(said, {bare: key for bare, (key, _) in lexicon.rows.items() if key not in have})
            if near is not None:
                start = junk.start()
                wanted = next(own for key, own in lexicon.rows.values() if key == near.name)
                # its number stands before it, glued to the figures of the row above
                if wanted.number.isdigit() and text[:start].endswith(wanted.number):
                    start -= len(wanted.number)
                have.add(near.name)
                yield Token("row", near.name, start, junk.end())


def _rows(
    text: str, table: Table, form: Form, tokens: Sequence[Token], place: Callable[[int], SourcePlace]
) -> FoundTable:
    rows: dict[str, Raw] = {}
    ignored: list[Ignored] = []
    labels = 0
    end = tokens[0].start
    ours = [words for words in words_of(form) if words.table is table]
    hidden = next((words.block.rows[0].key for words in ours if words.hidden), "")
    trail = Trail()
    for number, token in enumerate(tokens):
        if not _joined(text, end, token, rows):
            break
        behind = tokens[number + 1].start if number + 1 < len(tokens) else len(text)
        key, trail = _row_of(token, ours, trail)
        start = _past_unit(text, token.end, behind, table, key)
        cells = _CELLS.match(text, start, behind)
        assert cells is not None
        raw = cells[0].strip()
        if not key and token.kind == "head" and _DIGIT(raw):
            key = hidden
        spot = place(start + len(cells[0]) - len(cells[0].lstrip()))
        labels += 1
        if key:
            # a blank is one only where the next label follows at once
            junk = "" if raw or number + 1 == len(tokens) else text[start:behind].strip()[:40]
            _take(rows, key, Raw(raw or junk, spot), ignored)
        elif any(char.isdigit() for char in raw):
            ignored.append(Ignored(raw[:120], spot, _FOREIGN))
        end = cells.end() if key and raw else token.end
        if _complete(table, rows):
            break
    return FoundTable(table, tokens[0].start, end, rows, labels, tuple(ignored))


def _row_of(token: Token, ours: Sequence[BlockLabels], trail: Trail) -> tuple[str, Trail]:
    """The key of the row that a label names ("" for another label), and where in the table that is."""
    if token.kind == "row":
        words = next(words for words in ours if token.name in words.paths)
        return token.name, trail.at(words, token.name)
    for words in ours:
        if token.kind == "twin" and (near := trail.twin(words, token.name)) is not None:
            return near.name, trail.at(words, near.name)
        if token.kind == "group" and label(token.name).bare in words.groups:
            return "", trail.past(words, [label(token.name).bare], False)
    return "", trail


def _past_unit(text: str, at: int, behind: int, table: Table, key: str) -> int:
    """Behind the unit that a list prints between a row's name and its figure, before the next label."""
    if not any(block.listed for block in table.blocks):
        return at
    unit = table.row_columns[key][0].unit if key else ""
    found = re.compile(rf"\s*(?:{re.escape(unit)}|[—－–-]+)" if unit else r"\s*[—－–-]+").match(text, at, behind)
    return found.end() if found else at


def _take(rows: dict[str, Raw], key: str, raw: Raw, ignored: list[Ignored]) -> None:
    if key in rows and rows[key].text != raw.text:
        ignored.append(Ignored(raw.text[:120], raw.spot, Message("同一行又出现了一次", "the same row appears again")))
    else:
        rows[key] = raw


def _joined(text: str, end: int, token: Token, rows: Mapping[str, Raw]) -> bool:
    """Whether a label still belongs to the table: not a page of prose behind what was read last."""
    return not rows or token.start - end < 120


def _complete(table: Table, rows: Mapping[str, Raw]) -> bool:
    return len(rows) == len(table.row_ranges)
