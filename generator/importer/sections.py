"""Splits a report into its parts by their numbers and titles, on lines of their own or inside running text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, zip_longest
from typing import NamedTuple

from generator.forms.model import Form
from generator.importer.label_match import bare, label
from generator.narrative import numerals
from generator.narrative.edit_distance import edit_distance
from generator.readers.document import Block, Paragraph, Piece

_NUMERALS = "零一二三四五六七八九十"
_START = re.compile(r"\s*(?:第?([一二三四五六七八九十]{1,2})(?:部分|章)?|(\d{1,2}))\s*([、.．,，:： ]?)\s*")
_UNKNOWN_TITLE = re.compile(r"[^。；;，,！!？?\d（(：:\n]{2,30}?(?:情况统计表|统计表|情况|措施|事项|概述|打算|计划)")
_CAPTION_END = re.compile(r"[。；;！!？?，,：:]\s*$")
_BEFORE = "。；;！!？?：:）)〕】”\"'’ \n\t无元件条次项个份篇日>"
_SPACES = re.compile(r"\s+")
_TRIES = 300
MAX_TITLE = 44


class Head(NamedTuple):
    """Locates a part's title in a text, from `start` to `end`; `number` is the one printed."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class ReportPart:
    """Holds the blocks below one title; the preface has none."""

    title: str
    blocks: tuple[Block, ...]


@lru_cache(maxsize=16)
def titles_of(forms: tuple[Form, ...]) -> tuple[str, ...]:
    """Return the bare titles of all parts of all forms, their aliases among them."""
    titles = (text for form in forms for section in form.sections for text in (section.title, *section.aliases))
    return tuple(dict.fromkeys(filter(None, (label(text).bare for text in titles))))


@lru_cache(maxsize=16)
def row_names(forms: tuple[Form, ...]) -> frozenset[str]:
    """Return the bare labels of all rows: some are numbered like parts, and may stand on a line of their own."""
    rows = (row for form in forms for table in form.tables for block in table.blocks for row in block.rows)
    return frozenset(label(text).bare for row in rows for text in row.path)


def title_end(text: str, start: int, titles: Sequence[str]) -> int:
    """Return where a known title that begins at `start` ends, slips allowed; 0 where none begins."""
    letters, ends = _letters(text, start)
    best = (99, 0)
    for title in titles:
        limit = len(title) // 5
        for length in range(max(2, len(title) - limit), min(len(letters), len(title) + limit) + 1):
            slips = edit_distance(letters[:length], title, limit)
            if slips <= limit:
                best = min(best, (slips, -length))
    if best[1] == 0:
        return 0
    return ends[-best[1] - 1]


def _letters(text: str, start: int) -> tuple[str, list[int]]:
    """Return the bare letters behind a place, and where each ends."""
    letters: list[str] = []
    ends: list[int] = []
    for at in range(start, min(len(text), start + 80)):
        char = unicodedata.normalize("NFKC", text[at])
        if len(char) == 1 and char.isalnum():
            letters.append(char)
            ends.append(at + 1)
        elif text[at] in "。；;！？":
            break
    return "".join(letters), ends


_LAST = 10  # parts are numbered so far


class Finder:
    """Finds titles in reading order: each number is looked for behind the one before.

    A text may leave parts out: a later number is one too, where its title is known and none of those between follows
    in what is still to be read: the `texts` behind the one `at`."""

    def __init__(self, forms: tuple[Form, ...], texts: Sequence[str] = ()) -> None:
        self.titles = titles_of(forms)
        self.rows = row_names(forms)
        self.next = 1
        self.tries = _TRIES
        self.texts, self.at = texts, 0

    def at_start(self, paragraph: Paragraph) -> Head | None:
        """Find a title at the start of a paragraph."""
        text = paragraph.text
        if len(text.strip()) == 0:
            return None
        start = _START.match(text)
        if start is None:
            return self._unnumbered(text)
        number = int(numerals.read(start[1] or start[2]) or 0)
        if not self.next <= number <= _LAST:
            return None
        if number > self.next + 2:
            self.tries -= 1
            if self.tries <= 0:
                return None
        end = title_end(text, start.end(), self.titles)
        if end and (start[1] or start[3]) and (number <= self.next + 2 or not self._follows(number, text, end)):
            return Head(0, self._line_end(text, end), number)
        short = len(text.strip()) <= MAX_TITLE and not _CAPTION_END.search(text)
        own_line = short and label(text).bare not in self.rows
        if own_line and start[1] and start[3] == "、" and number == self.next:
            return Head(0, len(text), number)
        return None

    def _unnumbered(self, text: str) -> Head | None:
        """Find a title that lost its number, alone on its line."""
        if len(text.strip()) > MAX_TITLE or bare(text) not in self.titles:
            return None
        return Head(0, len(text), self.next)

    def _line_end(self, text: str, end: int) -> int:
        """Return where a title ends: a short rest of its own line belongs to it."""
        rest = text[end:].strip()
        if rest and (len(text.strip()) > MAX_TITLE or _CAPTION_END.search(text)):
            return end
        return len(text)

    def _follows(self, number: int, text: str, at: int) -> bool:
        """Tell whether a part between the one awaited and this number begins behind a place, by its known title."""
        self.tries -= 1
        return self.tries <= 0 or any(
            self._known(text, at, awaited) is not None
            or any(self._known(ahead, 0, awaited) is not None for ahead in islice(self.texts, self.at + 1, None))
            for awaited in range(self.next, number)
        )

    def _known(self, text: str, at: int, number: int) -> Head | None:
        """Find the known title of a number behind a place in a text."""
        mark = _NUMERALS[number] + "、"
        while self.tries > 0 and (at := text.find(mark, at)) >= 0:
            self.tries -= 1
            end = title_end(text, at + len(mark), self.titles)
            if end and not (at and text[at - 1] in "（(第"):
                return Head(at, end, number)
            at += 1
        return None

    def inside(self, text: str, start: int) -> Iterator[Head]:
        """Find titles within running text, behind `start`."""
        at = start
        while self.next <= _LAST and self.tries > 0:
            mark = _NUMERALS[self.next] + "、"
            found = text.find(mark, at)
            if found < 0:
                head = self._beyond(text, start)
                if head is None:
                    return
            else:
                self.tries -= 1
                head = self._inside(text, found, found + len(mark))
            if head is None:
                at = found + 1
                continue
            self.next = head.number + 1
            yield head
            start = at = head.end

    def _beyond(self, text: str, start: int) -> Head | None:
        """Find the first known title of a later number, where the parts before it are nowhere."""
        for number in range(self.next + 1, _LAST + 1):
            head = self._known(text, start, number)
            if head is not None:
                apart = head.start == 0 or text[head.start - 1] in _BEFORE
                return head if apart and not self._follows(number, text, head.end) else None
        return None

    def _inside(self, text: str, at: int, behind: int) -> Head | None:
        if at and text[at - 1] in "（(第":
            return None
        end = title_end(text, behind, self.titles)
        if end:
            return Head(at, end, self.next)
        if at and text[at - 1] not in _BEFORE and not text[at - 1].isdigit():
            return None
        title = _UNKNOWN_TITLE.match(text, behind, behind + 40)
        return Head(at, title.end(), self.next) if title and len(text) > 600 else None


def parts_of(blocks: Sequence[Block], forms: tuple[Form, ...]) -> tuple[ReportPart, ...]:
    """Split blocks into the preface and the parts, titles taken out of their paragraphs.

    Titles with nothing below them, the first of which comes again behind the last, are a table of contents: they stay
    in the preface, and the parts are those behind it."""
    parts = _parts_of(blocks, forms)
    if len(parts) < 3 or any(map(_has_words, parts[1:-1])):
        return parts
    inner = _parts_of(parts[-1].blocks, forms)
    if len(inner) < 2 or in_contents(inner[1].title) != in_contents(parts[1].title):
        return parts
    contents = (Paragraph((Piece(listed.title),)) for listed in parts[1:])
    behind = (block for block in inner[0].blocks if _says_something(block))
    return (ReportPart("", (*parts[0].blocks, *contents, *behind)), *inner[1:])


_PAGE_NUMBER = re.compile(r"[\s.…·．—-]*\d{0,3}\s*$")


def in_contents(text: str) -> str:
    """Return the bare title of a line of a table of contents, which may end in dots and a page number."""
    return label(_PAGE_NUMBER.sub("", text)).bare


def _has_words(section: ReportPart) -> bool:
    """Tell whether anything but a page number stands below a title."""
    return any(map(_says_something, section.blocks))


def _says_something(block: Block) -> bool:
    return not isinstance(block, Paragraph) or bool(_PAGE_NUMBER.sub("", block.text).strip())


def _parts_of(blocks: Sequence[Block], forms: tuple[Form, ...]) -> tuple[ReportPart, ...]:
    finder = Finder(forms, [block.text if isinstance(block, Paragraph) else "" for block in blocks])
    parts: list[tuple[str, list[Block]]] = [("", [])]
    for number, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            parts[-1][1].append(block)
            continue
        finder.at = number
        for title, rest in _cut(block, finder):
            if title:
                parts.append((title, []))
            if rest is not None:
                parts[-1][1].append(rest)
    return tuple(ReportPart(title, tuple(below)) for title, below in parts)


def _cut(paragraph: Paragraph, finder: Finder) -> Iterator[tuple[str, Paragraph | None]]:
    """Split a paragraph at the titles in it: (title before, text); the first title is "" when it begins with text."""
    text = paragraph.text
    head = finder.at_start(paragraph)
    heads: list[Head] = []
    if head is not None:
        finder.next = head.number + 1
        heads.append(head)
    if len(text) > MAX_TITLE:
        heads += finder.inside(text, heads[-1].end if heads else 0)
    if not heads:
        yield "", paragraph
        return
    if heads[0].start:
        yield "", part(paragraph, 0, heads[0].start)
    for title, following in zip_longest(heads, heads[1:]):
        end = following.start if following else len(text)
        yield " ".join(text[title.start : title.end].split()), part(paragraph, title.end, end)


def part(paragraph: Paragraph, start: int, end: int) -> Paragraph | None:
    """Cut a passage out of a paragraph, formats kept; None when there is nothing in it."""
    pieces: list[Piece] = []
    at = 0
    for piece in paragraph.pieces:
        length = len(piece.text)
        text = piece.text[max(start - at, 0) : max(end - at, 0)]
        if text or (piece.picture and start <= at <= end):
            pieces.append(piece._replace(text=text))
        at += length
    if not any(piece.text.strip() or piece.picture for piece in pieces):
        return None
    where = paragraph.where._replace(start=paragraph.where.start + start)
    return replace(paragraph, pieces=tuple(pieces), where=where, level=0 if start else paragraph.level)


def collapsed(paragraph: Paragraph) -> Paragraph:
    """Make each run of spaces one, also across pieces, so that patterns need not count them."""
    pieces: list[Piece] = []
    spaced = True
    for piece in paragraph.pieces:
        text = _SPACES.sub(" ", piece.text)
        if spaced and not piece.picture:
            text = text.removeprefix(" ")
        if text:
            spaced = text.endswith(" ")
        pieces.append(piece._replace(text=text))
    return replace(paragraph, pieces=tuple(pieces))
