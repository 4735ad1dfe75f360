"""Finds the cells of a tables.yaml that an import marked 待核 and that nobody has checked yet.

The mark is a comment behind a row, so YAML does not see it; a report is not finished while one is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.finding import Finding, Level, Message, Place
from generator.yaml_source.reader import decode

RULE = "IMP-UNCHECKED"
_WORD = [("待核".encode(encoding)) for encoding in ("utf-8", "gb18030")]
_MARK = re.compile(r"(?:^|[ \t])#[ \t]*待核[：:]?[ \t]*(.*)$")
_KEY = re.compile(r"^([^\s#:：-][^:：#]{0,40}):(?:\s|$)")
_ROW = re.compile(r"^[ \t]+(?:-[ \t]+)?([^\s{][^:：#{]{0,80}):(?:\s|$)")
_QUOTED = 120


def unchecked(tables: bytes, file: str) -> list[Finding]:
    """Reports each line that is still marked 待核, by table and row; the mark is removed once the cell is checked."""
    if not any(word in tables for word in _WORD):
        return []
    return [_finding(file, *mark) for mark in _marks(decode(tables, file)[0])]


def _marks(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yields (line, column, name, doubt) of each mark; the legend in the comments at the head of the file is none."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        key = _KEY.match(line)
        if key:
            table = key[1]
        mark = _MARK.search(line)
        if mark is None or line.startswith("#"):
            continue
        row = _ROW.match(line)
        name = ".".join(filter(None, (table, row[1] if row and not line.lstrip().startswith("#") else "")))
        yield number, mark.start() + 1 + (line[mark.start()] != "#"), name, mark[1].strip()[:_QUOTED]


def _finding(file: str, line: int, column: int, name: str, doubt: str) -> Finding:
    because = f"（{doubt}）" if doubt else ""
    message = Message(
        f"{name}还标着“待核”{because}：请对照原文件核对，改对后删去这条注释",
        f"{name} is still marked 待核{f' ({doubt})' if doubt else ''}: compare it with the "
        "file, then delete the comment",
    )
    return Finding(RULE, Level.WARNING, Place(file, line, column), message, subject=name)
