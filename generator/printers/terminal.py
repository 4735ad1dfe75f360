"""Prints findings and progress on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from generator.finding import Finding, Level, Message, counted, counts
from generator.printers.clean import clean_console, harmless

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

_NAMES = {
    Level.ERROR: Message("错误", "error"),
    Level.WARNING: Message("警告", "warning"),
    Level.NOTE: Message("提示", "note"),
}
_STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.NOTE: "cyan"}
_ACCEPTED = Message("已接受", "accepted")


def console(stderr: bool = False) -> Console:
    return clean_console(sys.stderr if stderr else sys.stdout)


def lines(findings: Sequence[Finding], lang: str) -> Iterator[tuple[str, str]]:
    """Yields (style, text) lines: findings grouped by file, in the order they stand in it."""
    ordered = sorted(findings, key=lambda f: (f.place.file, f.place.line, f.place.column, f.rule))
    file = ""
    for finding in ordered:
        if finding.place.file != file:
            file = finding.place.file
            yield "bold", harmless(file)
        where = f"{finding.place.line}:{finding.place.column}" if finding.place.line else "-"
        accepted = finding.accepted is not None
        name = (_ACCEPTED if accepted else _NAMES[finding.level]).say(lang)
        style = "dim" if accepted else _STYLES[finding.level]
        yield style, f"  {where:>7}  {name}  {finding.rule}  {harmless(finding.message.say(lang))}"
        for place in finding.related:
            spot = f":{place.line}:{place.column}" if place.line else ""
            yield "dim", f"           {'see' if lang == 'en' else '另见'} {harmless(place.file)}{spot}"
        if accepted:
            yield "dim", f"           {'原因' if lang != 'en' else 'reason'}: {harmless(finding.accepted or '')}"


def levels_counted(number: Mapping[str, int]) -> str:
    """Says in English how many findings there are of each level."""
    return ", ".join(counted(number[level], level) for level in Level)


def totals(findings: Iterable[Finding], lang: str) -> str:
    number = counts(findings)
    if lang == "en":
        return f"{levels_counted(number)}, {number['accepted']} accepted"
    return "错误 {error}，警告 {warning}，提示 {note}，已接受 {accepted}".format(**number)


def print_findings(findings: Sequence[Finding], lang: str, hide_accepted: bool = False) -> None:
    shown = [f for f in findings if f.accepted is None] if hide_accepted else list(findings)
    if shown and sys.stdout.isatty():
        from rich.text import Text as Line

        out = console()
        for style, line in lines(shown, lang):
            out.print(Line(line, style=style))
    else:
        for _, line in lines(shown, lang):
            print(line)
    print(totals(findings, lang))


PATIENCE = 2.0  # seconds of work after which a bar is shown


class ProgressBar:
    """Shows a bar on stderr after some seconds of work, and never where there is no terminal. rich is loaded when the
    bar is first shown: most commands are done before."""

    def __init__(self, total: int, label: str, in_bytes: bool = False) -> None:
        self.total, self.label, self.in_bytes = total, label, in_bytes
        self._done = 0
        self._terminal = sys.stderr.isatty()
        self._since = time.monotonic()
        self._bar: Progress | None = None

    def __call__(self, count: int) -> None:
        """Advances by as many reports or bytes; 0 where work only goes on."""
        self._done += count
        if self._bar is None and self._terminal and time.monotonic() - self._since > PATIENCE:
            self._bar = _bar(self.total, self.label, self.in_bytes)
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=self._done)

    def expect(self, total: int) -> None:
        """Takes note of how many reports there are to do."""
        self.total = total

    def hide(self) -> None:
        if self._bar is not None:
            self._bar.stop()
        self._bar = None

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Steps aside while somebody is asked; the wait does not count as work."""
        self.hide()
        asked = time.monotonic()
        try:
            yield
        finally:
            self._since += time.monotonic() - asked


def _bar(total: int, label: str, in_bytes: bool) -> Progress:
    """Starts the bar itself."""
    from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn

    done = DownloadColumn() if in_bytes else MofNCompleteColumn()
    bar = Progress(TextColumn(label), BarColumn(), done, console=console(stderr=True), transient=True)
    bar.add_task(label, total=total)
    bar.start()
    return bar


@contextmanager
def progress(total: int, label: str, in_bytes: bool = False) -> Iterator[ProgressBar]:
    bar = ProgressBar(total, label, in_bytes)
    try:
        yield bar
    finally:
        bar.hide()
