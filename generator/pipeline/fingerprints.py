"""Tells whether what a record was made of is still the same: by stamps first, by content where stamps differ.

A stamp is what the file system says of a file (times, size). A file that changed within the last two seconds may change
again within the clock's grain unseen: its stamp proves nothing."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from generator import __version__, limits
from generator.collection.folder import FONTS, read_files, read_pictures
from generator.pipeline.installed import made_with, versions
from generator.pipeline.organ_record import digest
from generator.pipeline.request import Request
from generator.report.entry import Files, ReportRef
from generator.website.theme import templates_folder
from generator.wordlists.office_words import FOLDER

_GRAIN_NS = 2_000_000_000
_PACKAGE = Path(__file__).parent.parent
# Libraries whose version decides what a page looks like.
_LIBRARIES = {
    "jinja2": "jinja2",
    "markupsafe": "markupsafe",
    "markdown_it": "markdown-it-py",
    "mdurl": "mdurl",
    "yaml": "pyyaml",
    "lxml": "lxml",
    "PIL": "pillow",
}


class FolderState(NamedTuple):
    """A report's folder: `names` of its entries with kind and size, and its `signature`, "" where it proves nothing."""

    signature: str
    names: str


def look(folder: str) -> FolderState:
    """Looks at a report's folder without reading a file. Raises OSError where it cannot be listed."""
    newest, names, stamps = 0, [], []
    with os.scandir(folder) as listing:
        for item in listing:
            if item.is_dir(follow_symlinks=False):
                names.append(f"d {item.name}")
                continue
            status = item.stat(follow_symlinks=False)
            names.append(f"{status.st_mode:o} {status.st_size} {item.name}")
            stamps.append(f"{status.st_mtime_ns} {status.st_ctime_ns} {item.name}")
            newest = max(newest, status.st_mtime_ns, status.st_ctime_ns)
    names.sort()
    stamps.sort()
    known = "\n".join(names)
    settled = newest < time.time_ns() - _GRAIN_NS
    return FolderState(digest(known, *stamps) if settled else "", known)


def content_digest(state: FolderState, files: Files, pictures: Iterable[tuple[str, bytes | None]]) -> str:
    """Hashes what a report was read from: the names in its folder, its two files, the pictures it shows."""
    hashed = blake2b(digest_size=16)
    hashed.update(state.names.encode("utf-8", "surrogateescape"))
    for data in (files.tables, files.prose, *(data for _, data in pictures)):
        hashed.update(b"-" if data is None else b"%d:" % len(data))
        hashed.update(data or b"")
    return hashed.hexdigest()


def digest_of_folder(content: Path, ref: ReportRef, pictures: Sequence[str]) -> str:
    """Hashes a report's folder as it is now, as `content_digest` does while it is read."""
    state = look(f"{content}/{ref.folder}")
    shown = [(name, data) for name, data, _ in read_pictures(content, ref, pictures)]
    return content_digest(state, read_files(content, ref), shown)


def program_files() -> list[str]:
    """Lists the files of the program and its templates."""
    return [path for root in (_PACKAGE, templates_folder()) for path in _below(str(root))]


def _below(folder: str) -> Iterable[str]:
    with os.scandir(folder) as listing:
        for item in sorted(listing, key=lambda entry: entry.name):
            if item.is_dir(follow_symlinks=False):
                if item.name != "__pycache__":
                    yield from _below(item.path)
            elif item.is_file():
                yield item.path


def program_stamps() -> str:
    """Hashes the stamps of the program's files and of the folder in which its libraries are installed; "" where they
    prove nothing."""
    lines, newest = [__version__, repr(sys.version_info)], 0
    for path in (*program_files(), *map(_installed_in, ("jinja2", "yaml"))):
        status = os.stat(path)
        newest = max(newest, status.st_mtime_ns, status.st_ctime_ns)
        lines.append(f"{status.st_mtime_ns} {status.st_ctime_ns} {status.st_size} {path}")
    return digest(*lines) if newest < time.time_ns() - _GRAIN_NS else ""


def _installed_in(library: str) -> str:
    """Names the folder in which a library is installed, without loading it: most commands need no templates."""
    spec = find_spec(library)
    return str(Path(spec.origin).parent.parent) if spec and spec.origin else ""


def program_digest() -> str:
    """Hashes the program, its templates and the versions of what it draws with."""
    parts = [__version__, repr(sys.version_info), sys.byteorder, *made_with(), *versions(_LIBRARIES)]
    hashed = blake2b(digest(*parts).encode(), digest_size=16)
    for path in program_files():
        hashed.update(f"\n{os.path.basename(path)}\n".encode())
        hashed.update(Path(path).read_bytes())
    return hashed.hexdigest()


def office_digest(request: Request, program: str) -> str:
    """Hashes what all reports of a content folder depend on: the program, site.yaml, organs.yaml, its word lists, the
    stamps of its fonts, and the address of the section."""
    parts = [program, request.base_url]
    lists = request.content / FOLDER
    names = sorted(os.listdir(lists)) if lists.is_dir() else []
    for path in (request.content / "site.yaml", request.content / "organs.yaml", *(lists / name for name in names)):
        kind = "link" if path.is_symlink() else "file" if path.is_file() else ""
        hashed = _hashed(path) if path.is_file() and _readable(path) else "-"
        parts += [path.name, kind, hashed]
    fonts = request.content / FONTS
    return digest(*parts, *(look(str(path)).names + str(path.stat().st_mtime_ns) for path in _folders(fonts)))


def _hashed(path: Path) -> str:
    """Hashes a file; of one that is too large to be read, only its size counts."""
    size = path.stat().st_size
    return blake2b(path.read_bytes()).hexdigest() if size <= limits.FILE_BYTES else f"large {size}"


def _folders(folder: Path, deep: int = 9) -> Iterator[Path]:
    """Yields a folder and those below it, `deep` levels of them; none where it is not there."""
    if folder.is_dir() and not folder.is_symlink():
        yield folder
        for path in sorted(folder.iterdir()) if deep else ():
            yield from _folders(path, deep - 1)


def _readable(path: Path) -> bool:
    return os.access(path, os.R_OK)


def organ_key(office: str, reports: Iterable[tuple[int, str, str]]) -> str:
    """Names what an organ's findings and facts were made of; `reports` are (year, withheld, digest) of each."""
    return digest(office, *(f"{year} {withheld} {hashed}" for year, withheld, hashed in reports))


def drawing_key(organ: str, refs: Sequence[ReportRef], preview: bool) -> str:
    """Names what an organ's pages were made of: the same, and which of its reports they lead to."""
    return digest(organ, str(preview), *(f"{ref.year} {ref.previous} {ref.next}" for ref in refs))
