"""Prints findings and progress on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from generator.finding import Finding, Level, Message, counts
from generator.printers.clean import clean_console, harmless

if TYPE_CHECKING:
    from rich.console import Console

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


def totals(findings: Iterable[Finding], lang: str) -> str:
    number = counts(findings)
    if lang == "en":
        return "{error} errors, {warning} warnings, {note} notes, {accepted} accepted".format(**number)
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


class ProgressBar:
    """Shows a bar on stderr after two seconds of work, and never where there is no terminal."""

    def __init__(self, total: int, label: str, in_bytes: bool = False) -> None:
        from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn

        out = console(stderr=True)
        self._terminal = out.is_terminal
        done = DownloadColumn() if in_bytes else MofNCompleteColumn()
        self._bar = Progress(TextColumn(label), BarColumn(), done, console=out, transient=True)
        self._task = self._bar.add_task(label, total=total)
        self._since = time.monotonic()
        self._shown = False

    def __call__(self, count: int) -> None:
        """Advances by as many reports or bytes; 0 where work only goes on."""
        if count:
            self._bar.advance(self._task, count)
        if not self._shown and self._terminal and time.monotonic() - self._since > 2:
            self._bar.start()
            self._shown = True

    def hide(self) -> None:
        if self._shown:
            self._bar.stop()
        self._shown = False

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Steps aside while somebody is asked; the wait does not count as work."""
        self.hide()
        asked = time.monotonic()
        try:
            yield
        finally:
            self._since += time.monotonic() - asked


@contextmanager
def progress(total: int, label: str, in_bytes: bool = False) -> Iterator[ProgressBar]:
    bar = ProgressBar(total, label, in_bytes)
    try:
        yield bar
    finally:
        bar.hide()
