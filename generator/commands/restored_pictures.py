"""Reads the pictures of a published report back: the files beside its page, and where the text shows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from generator.collection.safe_files import safe_name, write_bytes

_FIGURE = re.compile(
    r'<figure>(?P<img><img src="[^"<>]*" alt="(?P<alt>[^"<>]*)") loading="lazy">'
    r"(?:<figcaption>(?P<caption>[^<>]*)</figcaption>)?</figure>"
)
_IMAGE = re.compile(
    r'<img src="(?P<src>[^"<>/\\:]+\.(?:png|jpe?g|gif|webp))" alt="(?P<alt>[^"<>]*)"'
    r'(?: title="(?P<title>[^"<>]*)")? loading="lazy">',
    re.IGNORECASE,
)
_LARGEST = 50_000_000  # bytes of a picture
# One grey pixel: it keeps the place of a picture in the page that is read, so that no picture is decoded here.
_DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


class Shown(NamedTuple):
    """A picture where a published page shows it: its file's name, and its caption where that is not the description."""

    name: str
    caption: str


def marked_page(page: Path, most: int) -> tuple[bytes, tuple[Shown, ...]]:
    """Marks the places of the pictures in a page that this generator wrote, at most `most` of them, and takes captions
    out of the text: they come back with their pictures. Pictures without a file beside the page stay lost."""
    shown: list[Shown] = []

    def bare(found: re.Match[str]) -> str:
        caption = unescape(found["caption"] or "")
        title = f' title="{escape(caption)}"' if caption != unescape(found["alt"]) else ""
        return f'<p>{found["img"]}{title} loading="lazy"></p>'

    def dotted(found: re.Match[str]) -> str:
        name = unquote(unescape(found["src"]))
        if len(shown) == most or not _is_there(page.parent, name):
            return found[0]
        shown.append(Shown(name, unescape(found["title"] or "")))
        return f'<img src="{_DOT}" alt="{found["alt"]}">'

    text = page.read_bytes().decode("utf-8", "surrogateescape")
    text = _IMAGE.sub(dotted, _FIGURE.sub(bare, text))
    return text.encode("utf-8", "surrogateescape"), tuple(shown)


def put_pictures(published: Path, folder: Path, shown: Sequence[Shown]) -> None:
    """Puts the pictures beside a published page into the report's folder, unaltered, in place of the marks that the
    importer took for pictures."""
    marks = {path.name: shown[number - 1] for number, path in _marks(folder) if number <= len(shown)}

    def named(found: re.Match[str]) -> str:
        if found[1] not in marks:
            return found[0]
        name, caption = marks[found[1]]
        title = re.sub(r'(["\\])', r"\\\1", caption)
        address = re.sub(r"[\s()<>%\\]", lambda sign: quote(sign[0]), name)
        return f"]({address}" + (f' "{title}")' if title else ")")

    for mark in marks:
        (folder / mark).unlink()
    for name in {item.name for item in marks.values()}:
        write_bytes(folder / name, (published / name).read_bytes())
    report = folder / "report.md"
    text = report.read_bytes().decode("utf-8")
    write_bytes(report, re.sub(r"\]\((picture-\d+\.png)\)", named, text).encode())


def _marks(folder: Path) -> list[tuple[int, Path]]:
    found = ((re.fullmatch(r"picture-(\d+)\.png", path.name), path) for path in folder.iterdir())
    return [(int(match[1]), path) for match, path in found if match]


def _is_there(folder: Path, name: str) -> bool:
    path = folder / name
    return safe_name(name) and not path.is_symlink() and path.is_file() and path.stat().st_size <= _LARGEST
