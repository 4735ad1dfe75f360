"""Writes paragraphs and tables as the project's Markdown: the page will show the file's text word for word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from urllib.parse import quote, urlsplit

from generator.importer.marked_text import settled_cell
from generator.narrative.html import read_prose
from generator.readers.document import Block, DocumentTable, Paragraph, Piece

PictureWriter = Callable[[Piece], str]  # a picture → its Markdown

_SPECIAL = re.compile(r"([\\*\[\]<>&])")
_BRACES = re.compile(r"\{(?=\{)")
_UNDERLINED = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_LEADING = re.compile(r"([#+>|~=:-]|\d{1,9}(?=[.)](?:[ \t]|$)))")
_TAGS = re.compile(r"<[^>]*>")
_SUB = re.compile(r"[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]")
_SUBSUB = re.compile(r"\d{1,2}\s*[.．、](?!\d)")
_RUN_IN = re.compile(r"(?<=[。；;！!？?”〕\s])(?=[（(][一二三四五六七八九十]{1,2}[）)])")
_SENTENCE = re.compile(r"[。；;！!？?，,：:]")
_MAX_HEADING = 44
_MAX_LINE = 15_000


def blocks_as_markdown(blocks: Sequence[Block], picture: PictureWriter) -> str:
    """Write the blocks below one title, an empty line between them; list items stand together."""
    out: list[str] = []
    listed = ""
    for block in blocks:
        bullet = block.bullet if isinstance(block, Paragraph) else ""
        texts = list(_paragraphs(block, picture)) if isinstance(block, Paragraph) else [_table(block)]
        for text in filter(None, texts):
            if bullet and listed == bullet and out:
                out[-1] += "\n" + text
            else:
                out.append(text)
        listed = bullet
    return "\n\n".join(out)


def _paragraphs(paragraph: Paragraph, picture: PictureWriter) -> Iterator[str]:
    for piece in _by_lines(paragraph):
        yield _paragraph(piece, picture)


def _by_lines(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Split running text that lost its line ends before （一）, and what is too long for a line at a full stop."""
    from generator.importer.sections import part

    text = paragraph.text
    cuts = [0, *(match.start() for match in _RUN_IN.finditer(text))] if len(text) > 300 else [0]
    at = 0
    while len(text) - at > _MAX_LINE:
        stop = text.rfind("。", at + 1, at + _MAX_LINE) + 1
        at = stop if stop > at else at + _MAX_LINE
        cuts.append(at)
    cuts = sorted({cut for cut in cuts if cut < len(text)} | {0})
    if len(cuts) == 1:
        yield paragraph
        return
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        cut = part(paragraph, start, end)
        if cut is not None:
            yield cut


def _paragraph(paragraph: Paragraph, picture: PictureWriter) -> str:
    """Write one paragraph; pictures among its words go on a line before it."""
    pictures = "".join(picture(piece) for piece in paragraph.pieces if piece.picture)
    return "\n\n".join(filter(None, (pictures, _words(paragraph))))


def _words(paragraph: Paragraph) -> str:
    """Write the words of a paragraph; where its bold type or links would change them, the plain text instead."""
    text = " ".join("".join(p.text for p in paragraph.pieces if not p.picture).split())
    if not text:
        return ""
    level = _level(text, paragraph)
    if level:
        return f"{'#' * level} {escape(text)}"
    markdown = _formatted(paragraph)
    if _shown(markdown) != text:
        markdown = escape(text)
    marker = {"": "", "-": "- "}.get(paragraph.bullet, f"{paragraph.bullet} ")
    return marker + (markdown if marker else _start(markdown))


def _level(text: str, paragraph: Paragraph) -> int:
    """Return the heading level: 3 for （一）, 4 for 1. on a line of its own, the file's own if short; 0 for none."""
    if len(text) > _MAX_HEADING or paragraph.bullet:
        return 0
    sentence = _SENTENCE.search(text.rstrip("。"))
    ended = text.endswith(("。", "；", ";", "：", ":", "，"))
    if _SUB.match(text):
        return 0 if sentence and ended and not paragraph.level else 3
    if _SUBSUB.match(text):
        return 0 if sentence or ended else 4
    return min(max(paragraph.level, 3), 5) if paragraph.level and not sentence else 0


def _formatted(paragraph: Paragraph) -> str:
    """Write the pieces of a paragraph with their bold type and links."""
    out = []
    for piece in _merged(paragraph.pieces):
        text = re.sub(r"\s+", " ", piece.text)
        core = text.strip()
        if not core:
            out.append(" " if text else "")
            continue
        markdown = escape(core)
        if piece.link and _allowed(piece.link):
            markdown = f"[{markdown}]({quote(piece.link, safe=':/?#@!$&+,;=%~.-_')})"
        if piece.bold:
            markdown = f"**{markdown}**"
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        out.append(before + markdown + after)
    return re.sub(r"\s+", " ", "".join(out)).strip()


def _merged(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Merge neighbours of the same format; pictures are written elsewhere."""
    last: Piece | None = None
    for piece in pieces:
        if piece.picture:
            continue
        if last is not None and (last.bold, last.link) == (piece.bold, piece.link):
            last = last._replace(text=last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _allowed(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def escape(text: str) -> str:
    """Escape a text so that Markdown shows it as it stands."""
    text = _SPECIAL.sub(r"\\\1", text)
    return _UNDERLINED.sub(r"\\_", _BRACES.sub(r"\\{", text))


def _start(text: str) -> str:
    """Escape the start of a paragraph that looks like a list, a quotation or a heading."""
    match = _LEADING.match(text)
    if not match:
        return text
    at = match.end() if match[1].isdigit() else 0
    return text[:at] + "\\" + text[at:]


def _shown(markdown: str) -> str:
    """Return the words that a page shows for a paragraph."""
    html = read_prose(_start(markdown), "", lambda key: None).preface
    return " ".join(unescape(_TAGS.sub("", html)).split())


def _table(grid: DocumentTable) -> str:
    """Write a table of the narrative; a merged cell's text goes into its first place only, so no figure is doubled.
    Rows and columns that the file hides are left out."""
    rows = [
        [
            _cell(settled_cell(cell)) if cell.first else ""
            for at, cell in enumerate(row)
            if at not in grid.hidden_columns
        ]
        for number, row in enumerate(grid.rows)
        if number not in grid.hidden_rows
    ]
    rows = [row for row in rows if any(row)]
    if not rows:
        return ""
    lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    table = "\n".join("| " + " | ".join(row) + " |" for row in lines)
    caption = escape(" ".join(grid.caption.split()))
    return f"{_start(caption)}\n\n{table}" if caption else table


def _cell(text: str) -> str:
    return escape(" ".join(text.split())).replace("|", "\\|")
