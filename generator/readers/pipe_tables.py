"""Reads Markdown's pipe tables, and the marks that Markdown has inside a line.

Markdown has no merged cells: programs that write statutory tables as Markdown leave the other cells of a merged one
empty. They are merged again where the cells above and beside them leave no other sense.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from generator.readers.cell_text import cell_text, figure
from generator.readers.document import BlockPlace, DocumentCell, DocumentTable, Limits, Mark, Piece
from generator.readers.rectangle import too_large
from generator.readers.text_cleanup import joined_cell

_DASHES = re.compile(r"\|?\s*:?-+:?\s*(?>(?:\|\s*:?-+:?\s*)*)\|?")
_PIPE = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!~|<>-])")
_INLINE = re.compile(
    r"(?<!\\)(\*\*|__|~~)(?=[^\s])([^*_~<>]{1,500})\1|<(s|del|strike|sup|sub)>([^<>]{1,200})</\3>", re.IGNORECASE
)
_KINDS = {
    "~~": Mark.STRUCK,
    "s": Mark.STRUCK,
    "strike": Mark.STRUCK,
    "del": Mark.DELETED,
    "sup": Mark.RAISED,
    "sub": Mark.LOWERED,
}
_Owner = tuple[int, int]  # row and column of the first cell of a merged one


def begins(first: str, second: str) -> bool:
    """Tell the first two lines of a pipe table: cells, and below them as many dashes."""
    return "|" in first and "|" in second and bool(_DASHES.fullmatch(second.strip()))


def has_pipe_table(lines: Sequence[str]) -> bool:
    return any(begins(first, second) for first, second in itertools.pairwise(lines))


def pipe_table(lines: Sequence[str], where: BlockPlace, limits: Limits) -> DocumentTable:
    """Read a pipe table. A row of another length than the line of dashes is not certain."""
    width = len(_split(lines[1]))
    rows = [_split(line) for line in [lines[0], *lines[2:]]]
    wide = max(width, *map(len, rows))
    if wide * len(rows) > limits.cells:
        raise too_large(limits)
    cells = [[_cell(text, len(row) != width) for text in [*row, *[""] * (wide - len(row))]] for row in rows]
    even = all(len(row) == width for row in rows)
    return DocumentTable(tuple(map(tuple, _merged(cells) if even else cells)), where)


_RULE = frozenset("-+=|:｜－— ─━═│┃║┄┅┈┉┌┍┎┏┐┑┒┓└┗┘┛├┝┠┣┤┥┨┫┬┯┰┳┴┷┸┻┼┿╂╋╔╗╚╝╠╣╦╩╬╪╫╞╡╤╧")
_RULED = 3  # stretches between rules: fewer part a head from its rows, or nothing
_DRAWN = set("│┃║｜")
_BARS = str.maketrans("│┃║｜", "||||")


def _is_rule(line: str) -> bool:
    text = line.strip()
    return len(text) > 2 and set(text) <= _RULE and not set(text) <= set("|│┃║｜ ")


def _is_row(line: str) -> bool:
    text = line.strip().translate(_BARS)
    return len(text) > 2 and text[0] == text[-1] == "|" and not _is_rule(line)


def ruled_as_pipes(lines: Sequence[str]) -> list[str]:
    """Write tables drawn with characters (│ ─, | +---+, ｜) as pipe tables; where one has a rule, as many lines
    as before, so that what follows keeps its place.

    Where most rows have rules between them, the lines between two rules are one row."""
    made: list[str] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and (_is_row(lines[end]) or _is_rule(lines[end])):
            end += 1
        block = lines[at : max(end, at + 1)]
        rules = [not _is_row(line) for line in block]
        drawn = any(rules) or _DRAWN & set(block[0])
        if drawn and len(block) - sum(rules) > 1 and not begins(*block[:2]):
            rows = _ruled_rows(block, rules)
            table = [rows[0], "|" + "---|" * len(_split(rows[0])), *rows[1:]]
            made += table + [""] * (len(block) - len(table))
        else:
            made += block
        at += len(block)
    return made


def _ruled_rows(block: Sequence[str], rules: Sequence[bool]) -> list[str]:
    lines = [(line.translate(_BARS), rule) for line, rule in zip(block, rules, strict=True)]
    groups = [[line for line, _ in group] for rule, group in itertools.groupby(lines, lambda pair: pair[1]) if not rule]
    if len(groups) < _RULED or len(groups) * 3 < sum(map(len, groups)):  # no rules between the rows
        return [line for group in groups for line in group]
    joined = (itertools.zip_longest(*map(_split, group), fillvalue="") for group in groups)
    return ["|" + "|".join("<br>".join(filter(None, cell)) for cell in cells) + "|" for cells in joined]


def _split(line: str) -> list[str]:
    """Split a line at its pipes, those behind a backslash left alone."""
    parts = _PIPE.split(line.strip().removeprefix("|"))
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    return [part.replace("\\|", "|").strip() for part in parts]


def _cell(text: str, uncertain: bool) -> DocumentCell:
    made = cell_text(list(inline_pieces(line)) for line in _BREAK.split(text))
    return DocumentCell(joined_cell(made.lines), uncertain=uncertain, raw=made.raw, doubt=made.doubt)


def inline_pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of a line of Markdown: bold type, what is struck out, and HTML's raised and lowered text."""
    last = 0
    for match in _INLINE.finditer(text):
        yield Piece(unescaped(text[last : match.start()]))
        kind, words = match[1] or match[3].lower(), match[2] or match[4]
        yield Piece(unescaped(words), bold=kind in ("**", "__"), mark=_KINDS.get(kind))
        last = match.end()
    yield Piece(unescaped(text[last:]))


def unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


# ---------------------------------------------------------------- merged cells


def _merged(rows: list[list[DocumentCell]]) -> list[list[DocumentCell]]:
    """Give empty cells to the cell they were merged with; the rows as they are where that makes no rectangles."""
    owners = _owners([[cell.text or cell.raw for cell in row] for row in rows])
    groups: dict[_Owner, list[_Owner]] = {}
    for r, line in enumerate(owners):
        for c, owner in enumerate(line):
            groups.setdefault(owner, []).append((r, c))
    spans = {owner: (places[-1][0] - owner[0] + 1, places[-1][1] - owner[1] + 1) for owner, places in groups.items()}
    if any(down * across != len(groups[owner]) for owner, (down, across) in spans.items()):
        return rows
    return [
        [_part(rows[owner[0]][owner[1]], *spans[owner], (r, c) == owner) for c, owner in enumerate(line)]
        for r, line in enumerate(owners)
    ]


def _part(cell: DocumentCell, down: int, across: int, first: bool) -> DocumentCell:
    return cell._replace(first=first, rowspan=down, colspan=across)


def _owners(texts: list[list[str]]) -> list[list[_Owner]]:
    """Say for each place which cell it belongs to."""
    labels = next((c for c in range(len(texts[0])) if any(figure(row[c]) for row in texts)), len(texts[0]))
    owners: list[list[_Owner]] = []
    for r, row in enumerate(texts):
        heads = not any(map(figure, row)) and any(row[labels:])  # a row of headings
        title = sum(map(bool, row)) == 1 and _is_head(texts[r + 1] if r + 1 < len(texts) else [])
        line: list[_Owner] = []
        for c, text in enumerate(row):
            above = owners[r - 1] if r else None
            owner = (r, c)
            if not text and c and line[-1][0] == r and _goes_on(line[-1][1], c, row, above, labels, title):
                owner = line[-1]
            elif not text and above and any(row) and (c < labels or heads) and not figure(_at(texts, above[c])):
                owner = above[c]
            line.append(owner)
        owners.append(line)
    return owners


def _goes_on(start: int, c: int, row: list[str], above: list[_Owner] | None, labels: int, title: bool) -> bool:
    """Tell an empty cell that belongs to the one at `start` beside it: a title, a label, or below one merged cell."""
    if not row[start]:
        return False
    if title or above is None or above[start] == above[c]:
        return True
    return c < labels and any(map(figure, row))


def _is_head(row: list[str]) -> bool:
    return sum(map(bool, row)) > 1 and not any(map(figure, row))


def _at(texts: list[list[str]], place: _Owner) -> str:
    return texts[place[0]][place[1]]
