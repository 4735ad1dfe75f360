"""Lays out help for the terminal: a Chinese character takes two columns there, which click counts as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from inspect import cleandoc

import click

# what a line may end with: a word, or one Chinese character, each with the marks that belong before and behind it
_PIECES = re.compile(r" *[（“《【\[]*(?:[!-~]+|[^ ])[，。；：、？！）”》】…]*")
_COLUMNS = 34  # of options at most; a longer one has its help on the next line


def wrapped(text: str, room: int) -> Iterator[str]:
    """Yields the lines of a text, each at most so many columns wide unless a single word is wider."""
    from rich.cells import cell_len

    line = ""
    for piece in _PIECES.findall(" ".join(text.split())):
        if line and cell_len(line + piece) > room:
            yield line
            line = piece.lstrip()
        else:
            line += piece
    yield line


class WideFormatter(click.HelpFormatter):
    """Writes texts and lists as click does, in columns of the terminal instead of characters."""

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        for line in wrapped(text, self.width - self.current_indent):
            self.write(f"{indent}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _COLUMNS, col_spacing: int = 2) -> None:
        from rich.cells import cell_len

        rows, indent = list(rows), " " * self.current_indent
        left = min(max((cell_len(name) for name, _ in rows), default=0), col_max, self.width // 2) + col_spacing
        for name, text in rows:
            missing = left - cell_len(name)
            start = f"{indent}{name}" + (" " * missing if missing >= col_spacing else f"\n{indent}{' ' * left}")
            lines = wrapped(text, self.width - self.current_indent - left)
            self.write(start + f"\n{indent}{' ' * left}".join(lines).rstrip() + "\n")


class HelpContext(click.Context):
    formatter_class = WideFormatter


class ListedCommand(click.Command):
    """A command whose line in the list is its short help, or its whole help: never cut in the middle."""

    context_class = HelpContext

    def get_short_help_str(self, limit: int = 0) -> str:
        return cleandoc(self.short_help or self.help or "")


class ListingGroup(click.Group):
    context_class = HelpContext

    def get_short_help_str(self, limit: int = 0) -> str:
        return cleandoc(self.short_help or self.help or "")
