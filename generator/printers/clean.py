"""Cleans every text on its way to a terminal: names of files and words of reports could command it.

A terminal obeys escape sequences, and marks of writing direction make it show another name than a file has. They are
shown as \\u001b, which in JSON still means the same character.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

_COMMANDS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
_IN_A_TEXT = re.compile(f"[{_COMMANDS}]")
_IN_A_LINE = re.compile(f"[{_COMMANDS}\t\n]")


def _shown(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def clean(text: str) -> str:
    """Shows what could command a terminal as \\u001b; line breaks and tabs stay."""
    return _IN_A_TEXT.sub(_shown, text)


def harmless(text: str) -> str:
    """Cleans a part of a line, such as a file's name: line breaks and tabs are shown too."""
    return _IN_A_LINE.sub(_shown, text)


class CleanText(io.TextIOWrapper):
    """A text stream that cleans what is written; takes the place of standard output and error, and keeps the stream
    that was there `before`: when that is collected, it closes what both write to."""

    before: TextIO | None = None

    def write(self, text: str, /) -> int:
        # "\r\n" is written by those who end lines so on Windows, and is no command
        super().write(text if text.isprintable() else clean(text.replace("\r\n", "\n")))
        return len(text)

    def obey(self, text: str) -> int:
        """Writes a text as it is: for a library that commands the terminal itself and cleans the words in between."""
        return super().write(text)


def cleaned(stream: TextIO) -> TextIO:
    """Returns a stream in the place of this one whose texts are cleaned; the same where that cannot be done."""
    if not isinstance(stream, io.TextIOWrapper) or isinstance(stream, CleanText):
        return stream
    stream.flush()
    clean_stream = CleanText(
        stream.buffer,
        stream.encoding,
        stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
    clean_stream.before = stream
    return clean_stream


class _Obeyed:
    """The stream as rich writes to it."""

    def __init__(self, stream: CleanText) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.obey(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Cleaned:
    """Renders something else with its words cleaned, and leaves rich's own commands alone."""

    def __init__(self, whole: RenderableType) -> None:
        self._whole = whole

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._whole, options):
            yield segment if segment.control else segment._replace(text=clean(segment.text))


class _Hook:
    def process_renderables(self, renderables: Sequence[Any]) -> list[Any]:
        return list(self._each(renderables))

    def _each(self, renderables: Sequence[Any]) -> Iterator[Any]:
        from rich.control import Control

        for item in renderables:
            yield item if isinstance(item, Control) else _Cleaned(item)


def clean_console(stream: TextIO) -> Console:
    """Makes rich's console on a stream: it takes no word for markup, and cleans each."""
    from rich.console import Console

    file: Any = _Obeyed(stream) if isinstance(stream, CleanText) else stream
    out = Console(file=file, highlight=False, soft_wrap=True, markup=False, emoji=False)
    out.push_render_hook(_Hook())  # type: ignore[arg-type]
    return out
