"""Writes report.md, the narrative of a draft, and says where its lines stand in the file that was read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from generator.drafts.readings import SourcePlace
from generator.importer.markdown_writer import blocks_as_markdown, escape
from generator.importer.sections import ReportPart
from generator.readers.document import Paragraph, Piece

_LEAKS = re.compile(
    r"[A-Za-z]:[\\/]|\\\\|/(?:home|Users)/|AppData|[0-9a-f]{16,}|\.(?:png|jpe?g|gif|bmp)", re.IGNORECASE
)


class PictureWriter:
    """Writes pictures into the narrative; one whose data is not in the file becomes a numbered placeholder."""

    def __init__(self, names: set[str]) -> None:
        self.names = names
        self.lost: dict[str, str] = {}

    def __call__(self, piece: Piece) -> str:
        if piece.picture in self.names:
            alt = re.sub(r"[\[\]\\]", "", piece.text).strip()
            return f"![{alt}]({piece.picture})"
        number = str(len(self.lost) + 1)
        self.lost[number] = _describe_lost(piece.text)
        return f"{{{{图片.{number}}}}}"


def _describe_lost(alt: str) -> str:
    """Describe a lost picture by its alternative text; file paths and hashes in it are not repeated."""
    alt = " ".join(alt.split())
    if not alt:
        return "原替代文本为空"
    return "原替代文本是文件名或路径，未转录" if _LEAKS.search(alt) else f"原替代文本：{alt[:80]}"


def narrative_of(parts: Sequence[ReportPart], pictures: Callable[[Piece], str]) -> str:
    """Write report.md: the parts below their titles, the preface first."""
    texts: list[str] = []
    for section in parts:
        title = f"## {escape(section.title)}" if section.title else ""
        texts += filter(None, (title, blocks_as_markdown(section.blocks, pictures)))
    return "\n\n".join(texts) + "\n"


def passages_of(parts: Sequence[ReportPart], column: str = "") -> dict[str, SourcePlace]:
    """Map lines of report.md to where they stand in the file, `column` of a worksheet; what stands there twice is left
    out."""
    places: dict[str, set[SourcePlace]] = {}
    for section in parts:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                spot = SourcePlace(block.where, cell=f"{column}{block.where.line}" if column else "")
                for line in blocks_as_markdown((block,), lambda piece: "").split("\n"):
                    places.setdefault(line.strip(), set()).add(spot)
    return {text: spots.pop() for text, spots in places.items() if text and len(spots) == 1}
