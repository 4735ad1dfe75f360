"""Draws narratives by structure for tests: lists in lists, tables in lists, comments, notes, references, code, headings
by lines below, emphasis beside Chinese marks, hard breaks, long lines. Each word in them is another."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

_PLAIN = 0.7  # so many pieces of a line are words only


class Structures:
    """Draws texts from a seed: the same seed, the same texts."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._words = 0

    def text(self) -> str:
        self._words = self._random.randrange(500)
        blocks = (self._block(0, 0) for _ in range(self._random.randrange(1, 4)))
        return "".join(block + self._one_of("\n", "\n\n", "\n\n\n") for block in blocks)

    def _one_of(self, *choices: str) -> str:
        return self._random.choice(choices)

    def _word(self) -> str:
        self._words += 1
        return chr(0x4E8C + self._words * 7 % 0x2000) + chr(0x4F00 + self._words * 13 % 0x1500)

    def _number(self) -> int:
        return self._random.randrange(20)

    def _inline(self, depth: int = 0) -> str:
        word = self._word()
        if self._random.random() < _PLAIN:
            return word
        within = self._inline(depth + 1) if depth < 2 else self._word()
        return self._one_of(
            *(f"**{within}**{self._word()}", f"{word}**“{within}”**，", f"{word}*{within}*{self._word()}"),
            *(f"[{within}](http://a.cn/{self._number()})", f"[{word}](b.pdf)", f"[{word}][ref]", f"[{word}][]"),
            *(f"{word}[^{self._number()}]", f"{word}&amp;&lt;&#x7532;&nbsp;{self._word()}", f"![{word}](c.png)"),
            *(f"{word}<!-- {self._word()} -->{self._word()}", f"{word}<br>{self._word()}"),
            *(f"``{word}`{self._word()}``", f"**{word}：**{self._word()}", f"＊＊{word}＊＊"),
            *(f"{word}  \n{self._word()}", f"{word}\\\n{self._word()}", f"{word}\\*{self._word()}\\_{self._word()}"),
            *(f"~~{word}~~", f"=={word}==", f"<http://a.cn/{self._number()}>", f"{word}http://a.cn/x_{self._number()}_y"),
            f"{word}（{self._word()}）**（{self._word()}）**{self._word()}",
            *(f"__{word}__{self._word()}", f"{word}^2^{self._word()}~1~", f"{self._number()}*{self._number()}*3米"),
        )  # fmt: skip

    def _line(self) -> str:
        pieces = (self._one_of("", "，", "。", "；", " ") + self._inline() for _ in range(self._random.randrange(1, 4)))
        line = "".join(pieces)
        return line + self._word() * 400 if self._random.random() < 0.05 else line

    def _row(self) -> str:
        return self._line().replace("\n", " ")

    def _list(self, mark: str, indent: int, depth: int) -> str:
        items = []
        for number in range(1, self._random.randrange(2, 5)):
            lead = mark if mark in "-*+" else f"{self._random.choice([number, number, self._number()])}{mark}"
            items.append(f"{' ' * indent}{lead} {self._line()}")
            if depth < 3 and self._random.random() < 0.4:
                items.append(self._block(indent + self._random.choice([1, 2, 3, 4, len(lead) + 1]), depth + 1))
        return self._one_of("\n", "\n\n").join(items)

    def _table(self, indent: int) -> str:
        columns, pad = self._random.randrange(1, 4), " " * indent
        rules = "|".join(self._one_of("---", ":--", "--:", ":-:", "-") for _ in range(columns))
        rows = [f"{pad}|{'|'.join(self._row() for _ in range(columns))}|", f"{pad}|{rules}|"]
        for _ in range(self._random.randrange(3)):
            count = max(1, columns + self._random.choice([0, 0, 0, 1, -1]))
            rows.append(f"{pad}|{'|'.join(self._row() for _ in range(count))}" + self._one_of("|", ""))
        return "\n".join(rows)

    def _block(self, indent: int, depth: int) -> str:
        pad = " " * indent
        kinds: list[Callable[[], str]] = [
            *[lambda: pad + self._line()] * 4,
            *[lambda mark=mark: self._list(mark, indent, depth) for mark in ("-", "*", "+", ".", ")", "、")],
            lambda: self._table(indent),
            lambda: f"{pad}> {self._line()}\n{pad}> {self._one_of('', '- ', '> ', '1. ')}{self._line()}",
            lambda: f"{pad}{self._row()}\n{pad}{self._one_of('===', '---', '=', '-----')}",
            lambda: f"{pad}{'#' * self._random.randrange(1, 8)}{self._one_of(' ', '', '　')}{self._row()}",
            lambda: pad + self._one_of("    ", "\t", "　　") + self._line(),
            lambda: f"<!--\n{self._line()}\n-->",
            lambda: f"[ref]: http://a.cn/{self._word()}",
            lambda: f"[{self._word()}]: {self._word()}",
            lambda: f"[^{self._number()}]: {self._line()}",
            lambda: pad + self._one_of("---", "***", "* * *"),
            lambda: f"{pad}{self._one_of('```', '~~~')}\n{self._line()}\n{self._one_of('```', '~~~', '')}",
            lambda: f"<div>{self._line()}</div>",
            lambda: f"{pad}- [ ] {self._line()}\n{pad}- [x] {self._line()}",
            lambda: f"{self._word()}\n: {self._line()}",
        ]
        return self._random.choice(kinds)()
