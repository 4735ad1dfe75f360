"""Reads what the records of an .xls say about the look of its cells: fonts, colours, number formats, rich text."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise

from generator.readers.document import Mark
from generator.readers.sheet_formats import BUILT_IN
from generator.readers.sheet_looks import BASIC_COLOURS, BLACK, WHITE, Face, Run
from generator.readers.sheet_styles import CellStyle
from generator.readers.text_cleanup import of_pictures

_FONT, _FORMAT, _STYLE, _PALETTE, _STRINGS, _CONTINUE = 0x0031, 0x041E, 0x00E0, 0x0092, 0x00FC, 0x003C
_SCRIPTS = {1: Mark.RAISED, 2: Mark.LOWERED}
_TWIPS = 20  # of a point; smaller type cannot be seen
_MOST_RUNS = 4_000


class XlsStyles:
    """Collects the records of the workbook's globals that tell how cells look."""

    def __init__(self) -> None:
        self._fonts: list[bytes] = []
        self._codes = dict(BUILT_IN)
        self._styles: list[bytes] = []
        self._colours = [*BASIC_COLOURS, *BASIC_COLOURS]
        self._strings: list[bytes] = []
        self._last = 0

    def record(self, kind: int, body: bytes) -> None:
        """Take in one record of the globals, in the order of the file."""
        if kind == _FONT and len(body) >= 10:
            self._fonts.append(body)
        elif kind == _FORMAT and len(body) >= 5:
            self._codes[struct.unpack_from("<H", body)[0]] = _short_text(body)
        elif kind == _STYLE and len(body) >= 4:
            self._styles.append(body)
        elif kind == _PALETTE and len(body) >= 2:
            own = [body[at : at + 3].hex().upper() for at in range(2, len(body) - 3, 4)]
            self._colours = [*BASIC_COLOURS, *own]
        elif kind == _STRINGS or (kind == _CONTINUE and self._last in (_STRINGS, _CONTINUE) and self._strings):
            self._strings.append(body)
        self._last = kind

    def styles(self) -> list[CellStyle]:
        """Return the cell styles by their number."""
        return [self._style(body) for body in self._styles]

    def _style(self, body: bytes) -> CellStyle:
        font, code = struct.unpack_from("<HH", body)
        background = WHITE
        if len(body) >= 20:
            pattern, colours = struct.unpack_from("<LH", body, 14)
            solid = pattern >> 26 == 1
            background = WHITE if not pattern >> 26 else self._colour(colours & 0x7F) if solid else ""
        repeated = len(body) >= 7 and body[6] & 7 == 4
        return CellStyle(self._codes.get(code, "General"), self._face(font), background, repeated=repeated)

    def _face(self, number: int) -> Face:
        """Read a font; number 4 does not exist, so that those behind it count one less."""
        place = number - (number > 4)
        if place >= len(self._fonts):
            return Face()
        height, options, colour, _, script = struct.unpack_from("<HHHHH", self._fonts[place])
        mark = Mark.STRUCK if options & 8 else _SCRIPTS.get(script)
        if of_pictures(_font_name(self._fonts[place])):
            mark = Mark.DRAWN
        return Face(mark, BLACK if colour == 0x7FFF else self._colour(colour), height <= _TWIPS, float(height))

    def _colour(self, number: int) -> str:
        if number in (64, 65):
            return (BLACK, WHITE)[number - 64]
        return self._colours[number] if number < len(self._colours) else ""

    def rich(self) -> dict[int, tuple[Run, ...]]:
        """Return the runs of those shared strings that have rich text, by number; as many as can be read."""
        found: dict[int, tuple[Run, ...]] = {}
        try:
            for number, (text, runs) in enumerate(_shared(self._strings)):
                if runs:
                    found[number] = tuple(self._runs(text, runs))
        except (struct.error, IndexError):
            pass
        return found

    def _runs(self, text: bytes, runs: list[tuple[int, int]]) -> Iterator[Run]:
        """Cut a text where its fonts begin; before the first it has the font of the cell."""
        starts = [(0, -1), *runs, (len(text) // 2, -1)]
        for (start, font), (end, _) in pairwise(starts):
            if end > start:
                part = text[start * 2 : end * 2].decode("utf-16-le", "replace")
                yield Run(part, None if font < 0 else self._face(font))


def _font_name(body: bytes) -> str:
    count, wide = body[14] if len(body) > 15 else 0, len(body) > 15 and body[15] & 1
    return body[16 : 16 + count * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _short_text(body: bytes) -> str:
    """Read the text of a FORMAT record: count, kind, characters."""
    wide = body[4] & 1
    count = struct.unpack_from("<H", body, 2)[0]
    return body[5 : 5 + count * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


class _Parts:
    """Reads on over the ends of records: text that goes on in the next begins there with its kind again."""

    def __init__(self, records: list[bytes]) -> None:
        self._records, self._record, self._at = records, 0, 0

    @property
    def ended(self) -> bool:
        return self._record >= len(self._records)

    def take(self, size: int) -> bytes:
        """Return the next bytes, whatever records they are in."""
        taken = b""
        while size > 0:
            part = self._records[self._record][self._at : self._at + size]
            taken += part
            size -= len(part)
            self._move(len(part))
        return taken

    def text(self, count: int, wide: bool) -> bytes:
        """Return so many characters in UTF-16."""
        parts = []
        while count > 0:
            rest = self._records[self._record][self._at : self._at + count * 2]
            size = min(count, len(rest) // 2 if wide else len(rest))
            part = rest[: size * 2] if wide else rest[:size]
            parts.append(part if wide else part.decode("latin-1").encode("utf-16-le"))
            count -= size
            before = self._record
            self._move(max(1, len(part)))
            if count > 0 and self._record > before:
                wide = bool(self.take(1)[0] & 1)
        return b"".join(parts)

    def _move(self, size: int) -> None:
        self._at += size
        while not self.ended and self._at >= len(self._records[self._record]):
            self._at -= len(self._records[self._record])
            self._record += 1


def _shared(records: list[bytes]) -> Iterator[tuple[bytes, list[tuple[int, int]]]]:
    """Yield the strings of a workbook in UTF-16, with where a font begins and its number."""
    if not records:
        return
    parts = _Parts([records[0][8:], *records[1:]])
    while not parts.ended:
        count, kind = struct.unpack("<HB", parts.take(3))
        runs = struct.unpack("<H", parts.take(2))[0] if kind & 8 else 0
        extra = struct.unpack("<L", parts.take(4))[0] if kind & 4 else 0
        text = parts.text(count, bool(kind & 1))
        fonts = [struct.unpack("<HH", parts.take(4)) for _ in range(runs)]
        parts.take(extra)
        yield text, [(start, font) for start, font in fonts[:_MOST_RUNS]]
