"""Finds tables whose cells ran together in plain text by the form's labels, and cuts them into rows.

The text is searched with one pattern of all labels of a table, longest first; what stands between two labels is what
the cells held. Only a dense run of header labels starts a table, so prose that mentions a label does not.
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
from generator.importer.form_labels import BlockLabels, labels_of
from generator.importer.label_match import Label, label, nearest
from generator.importer.run_together_digits import Raw

_CELLS = re.compile(r"[\s\d.,，/+\-−–—－．０-９万元件项条笔次个]*")
_JUNK = re.compile(r"[^\d\s]{2,80}")
_DIGIT = re.compile(r"[\d/]").search
_HEADS = 3
_FOREIGN = Message("这个格式的表中没有这一行", "the form has no such row")


class Token(NamedTuple):
    """Locates a label in the text: `kind` is title, head, group, row or twin (a row name that several groups have);
    `name` the printed label or the row's key."""

    kind: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundTable:
    """Holds a table found between `start` and `end` of a text; `rows` are the raw texts by row key."""

    table: Table
    start: int
    end: int
    rows: Mapping[str, Raw]
    labels: int
    ignored: tuple[Ignored, ...]


# punctuation of a label → what may be printed for it
_VARIANTS = {
    **dict.fromkeys("“”\"'‘’「」", "[“”\"'‘’「」]?"),
    **dict.fromkeys("（(", "[（(]"),
    **dict.fromkeys("）)", "[）)]"),
    **dict.fromkeys(".．", "[.．、]"),
    **dict.fromkeys("、，,", "[、，,]?"),
    **dict.fromkeys("/／", "[/／]?"),
}


def _pattern(printed: str) -> str:
    """Return a pattern for a label that allows for other spaces, widths and punctuation."""
    return r"\s?".join(_VARIANTS.get(char) or re.escape(char) for char in printed if not char.isspace())


class _Lexicon(NamedTuple):
    """The labels of a table: one pattern, (kind, name) by the pattern's group, and (key, label) by bare row name."""

    pattern: re.Pattern[str]
    kinds: Mapping[str, tuple[str, str]]
    rows: Mapping[str, tuple[str, Label]]


@lru_cache(maxsize=64)
def _lexicon(table: Table, form: Form) -> _Lexicon:
    """Build the pattern of all labels of a table."""
    kinds: dict[str, tuple[str, str]] = {}
    rows: dict[str, tuple[str, Label]] = {}
    for words in (words for words in labels_of(form) if words.table is table):
        kinds.setdefault(words.block.title, ("title", words.block.title))
        for row in words.block.rows:
            name = label(row.path[-1])
            if name.bare in words.twins:
                kinds.setdefault(row.path[-1], ("twin", row.path[-1]))
            elif row.path[-1]:
                kinds.setdefault(row.path[-1], ("row", row.key))
                rows[name.bare] = (row.key, name)
        for text in words.groups.values():
            kinds.setdefault(text, ("group", text))
        for text in words.heads.values():
            kinds.setdefault(text, ("head", text))
    ordered = sorted(filter(None, kinds), key=lambda text: (-len(text), text))
    by_group = {f"g{number}": kinds[text] for number, text in enumerate(ordered)}
    alternatives = "|".join(f"(?P<g{number}>{_pattern(text)})" for number, text in enumerate(ordered))
    return _Lexicon(re.compile(alternatives), by_group, rows)


def find(text: str, table: Table, form: Form, place: Callable[[int], SourcePlace]) -> FoundTable | None:
    """Find a table in a text (runs of spaces already made one), None where it is not there.

    `place` converts an offset of the text to a place in the file.
    """
    lexicon = _lexicon(table, form)
    tokens = [_token(match, lexicon) for match in lexicon.pattern.finditer(text)]
    start = _opening(text, tokens)
    if start is None:
        return None
    tokens = list(_mended(text, tokens[start:], lexicon))
    return _rows(text, table, form, tokens, place)


def _token(match: re.Match[str], lexicon: _Lexicon) -> Token:
    kind, name = lexicon.kinds[str(match.lastgroup)]
    return Token(kind, name, match.start(), match.end())


def _opening(text: str, tokens: Sequence[Token]) -> int | None:
    """Return the number of the token that begins the first dense run of titles and headers; None for no run."""
    run = 0
    for number, token in enumerate(tokens):
        touches = run > 0 and text[tokens[number - 1].end : token.start].strip(" \n:：|") == ""
        run = (run + 1 if touches else 1) if token.kind in ("title", "head") else 0
        if run == _HEADS:
            return number - _HEADS + 1
    return None


def _mended(text: str, tokens: Sequence[Token], lexicon: _Lexicon) -> Iterator[Token]:
    """Add tokens for misspelt row names between the others that read like one of the missing rows."""
    known = {token.name for token in tokens if token.kind == "row"}
    for number, token in enumerate(tokens):
        yield token
        end = tokens[number + 1].start if number + 1 < len(tokens) else min(len(text), token.end + 200)
        for junk in _JUNK.finditer(text, token.end, end):
            missing = {bare: key for bare, (key, _) in lexicon.rows.items() if key not in known}
            near = nearest(label(junk[0]).bare, missing)
            if near is not None:
                start = junk.start()
                printed = next(name for key, name in lexicon.rows.values() if key == near.name)
                # its number stands before it, glued to the figures of the row above
                if printed.number.isdigit() and text[:start].endswith(printed.number):
                    start -= len(printed.number)
                known.add(near.name)
                yield Token("row", near.name, start, junk.end())


def _rows(
    text: str, table: Table, form: Form, tokens: Sequence[Token], place: Callable[[int], SourcePlace]
) -> FoundTable:
    """Cut the text behind the tokens into the raw texts of rows, as far as the table goes on."""
    rows: dict[str, Raw] = {}
    ignored: list[Ignored] = []
    labels = 0
    end = tokens[0].start
    blocks = [words for words in labels_of(form) if words.table is table]
    hidden = next((words.block.rows[0].key for words in blocks if words.hidden), "")
    trail = Trail()
    for number, token in enumerate(tokens):
        if not _joined(text, end, token, rows):
            break
        behind = tokens[number + 1].start if number + 1 < len(tokens) else len(text)
        key, trail = _row_of(token, blocks, trail)
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


def _row_of(token: Token, blocks: Sequence[BlockLabels], trail: Trail) -> tuple[str, Trail]:
    """Return the key of the row that a label names ("" for another label), and the trail behind it."""
    if token.kind == "row":
        words = next(words for words in blocks if token.name in words.paths)
        return token.name, trail.at(words, token.name)
    for words in blocks:
        if token.kind == "twin" and (near := trail.twin(words, token.name)) is not None:
            return near.name, trail.at(words, near.name)
        if token.kind == "group" and label(token.name).bare in words.groups:
            return "", trail.past(words, [label(token.name).bare], False)
    return "", trail


def _past_unit(text: str, at: int, behind: int, table: Table, key: str) -> int:
    """Return where the unit ends that a list prints between a row's name and its figure, before the next label."""
    if not any(block.listed for block in table.blocks):
        return at
    unit = table.row_columns[key][0].unit if key else ""
    pattern = rf"\s*(?:{re.escape(unit)}|[—－–-]+)" if unit else r"\s*[—－–-]+"
    match = re.compile(pattern).match(text, at, behind)
    return match.end() if match else at


def _take(rows: dict[str, Raw], key: str, raw: Raw, ignored: list[Ignored]) -> None:
    if key in rows and rows[key].text != raw.text:
        ignored.append(Ignored(raw.text[:120], raw.spot, Message("同一行又出现了一次", "the same row appears again")))
    else:
        rows[key] = raw


def _joined(text: str, end: int, token: Token, rows: Mapping[str, Raw]) -> bool:
    """Tell whether a label still belongs to the table: no long prose lies between it and what was read last."""
    return not rows or token.start - end < 120


def _complete(table: Table, rows: Mapping[str, Raw]) -> bool:
    return len(rows) == len(table.row_ranges)
