"""Finds the printed labels of a table in plain text whose cells ran together.

One pattern holds all labels of a table, longest first. A label that is misprinted is found by what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.forms.model import Form, Table
from generator.importer.form_labels import labels_of
from generator.importer.label_match import Label, label, nearest

_JUNK = re.compile(r"[^\d\s]{2,80}")
_FIGURES = re.compile(r"[\s\d./—－–-]{0,40}(?:万元|人次|[元件项条笔次个人篇])?[\s\d./—－–-]{0,40}")
_HEADS = 3
_ROWS = 6  # rows of a list with only figures between them, where it has no header of three columns


class Token(NamedTuple):
    """Locates a label in the text: `kind` is title, head, group, row or twin (a row name that several groups have);
    `name` the printed label or the row's key."""

    kind: str
    name: str
    start: int
    end: int
    near: bool = False  # misspelt, and found by what is missing


# punctuation of a label → what may be printed for it
_VARIANTS = {
    **dict.fromkeys("“”\"'‘’「」", "[“”\"'‘’「」]?"),
    **dict.fromkeys("（(", "[（(]"),
    **dict.fromkeys("）)", "[）)]"),
    **dict.fromkeys(".．", "[.．、]"),
    **dict.fromkeys("、，,", "[、，,]?"),
    **dict.fromkeys("/／", "[/／]?"),
    "本": "(?:本|20[0-4][0-9])",  # 本年度, or the year itself
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
                for text in (row.path[-1], *row.aliases):
                    kinds.setdefault(text, ("row", row.key))
                    rows[label(text).bare] = (row.key, label(text))
        for text in words.groups.values():
            kinds.setdefault(text, ("group", text))
        for text in words.heads.values():
            kinds.setdefault(text, ("head", text))
    ordered = sorted(filter(None, kinds), key=lambda text: (-len(text), text))
    by_group = {f"g{number}": kinds[text] for number, text in enumerate(ordered)}
    alternatives = "|".join(f"(?P<g{number}>{_pattern(text)})" for number, text in enumerate(ordered))
    return _Lexicon(re.compile(f"{_beginning(ordered)}(?:{alternatives})"), by_group, rows)


def _beginning(labels: Sequence[str]) -> str:
    """Return a look ahead at what labels begin with: at most places of a text it spares trying them one by one."""
    first = dict.fromkeys(text.lstrip()[0] for text in labels if text.strip())
    return f"(?={'|'.join(map(_pattern, first))})" if first else ""


def tokens_of(text: str, table: Table, form: Form) -> list[Token]:
    """Find the labels of a table in a text, from the first dense run of them on; none where there is no such run."""
    lexicon = _lexicon(table, form)
    tokens = [_token(match, lexicon) for match in lexicon.pattern.finditer(text)]
    start = _opening(text, tokens, table)
    return [] if start is None else list(_mended(text, tokens[start:], lexicon))


def _token(match: re.Match[str], lexicon: _Lexicon) -> Token:
    kind, name = lexicon.kinds[str(match.lastgroup)]
    return Token(kind, name, match.start(), match.end())


def _opening(text: str, tokens: Sequence[Token], table: Table) -> int | None:
    """Return the number of the token that begins the first dense run of titles and headers, of a list also that of rows
    with nothing but figures between them; None for no run."""
    run = rows = 0
    for number, token in enumerate(tokens):
        touches = run > 0 and text[tokens[number - 1].end : token.start].strip(" \n:：|") == ""
        run = (run + 1 if touches else 1) if token.kind in ("title", "head") else 0
        if run == _HEADS:
            return number - _HEADS + 1
        between = _FIGURES.fullmatch(text, tokens[number - 1].end, token.start) if rows else None
        rows = (rows + 1 if between else 1) if token.kind in ("row", "group") or run else 0
        if rows == _ROWS and table.optional:
            return number - _ROWS + 1
    return None


def _mended(text: str, tokens: Sequence[Token], lexicon: _Lexicon) -> Iterator[Token]:
    """Add tokens for misspelt row names between the others that read like one of the missing rows."""
    known = {token.name for token in tokens if token.kind == "row"}
    for number, token in enumerate(tokens):
        yield token
        end = tokens[number + 1].start if number + 1 < len(tokens) else min(len(text), token.end + 200)
        for junk in _JUNK.finditer(text, token.end, end):
            missing = {bare: key for bare, (key, _) in lexicon.rows.items() if key not in known}
            near = _near_end(junk[0], missing, lexicon)
            if near is None:
                continue
            name, start = near.name, junk.start() + near.start
            printed = next(name for key, name in lexicon.rows.values() if key == near.name)
            # its number stands before it, glued to the figures of the row above
            if printed.number.isdigit() and text[:start].endswith(printed.number):
                start -= len(printed.number)
            known.add(name)
            yield Token("row", name, start, junk.end(), True)


class _NearEnd(NamedTuple):
    """Names a row whose misspelt name begins at `start` of a text."""

    name: str
    start: int


def _near_end(text: str, missing: Mapping[str, str], lexicon: _Lexicon) -> _NearEnd | None:
    """Return the missing row that a text names, alone or behind a header that is misspelt as well."""
    near = nearest(label(text).bare, missing)
    if near is not None:
        return _NearEnd(near.name, 0)
    heads = {label(name).bare: name for kind, name in lexicon.kinds.values() if kind == "head"}
    best: tuple[int, _NearEnd] | None = None
    for start in range(2, len(text) - 1):
        head = nearest(label(text[:start]).bare, heads)
        row = nearest(label(text[start:]).bare, missing) if head is not None else None
        if head is not None and row is not None and (best is None or head.slips + row.slips < best[0]):
            best = head.slips + row.slips, _NearEnd(row.name, start)
    return None if best is None else best[1]
