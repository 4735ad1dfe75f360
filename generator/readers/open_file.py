"""Opens files from strangers and reads them into Documents; a file's bytes, not its name, decide what it is."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.finding import Message
from generator.readers.document import Document, Limits, Unreadable

_EXTENSIONS = (
    "txt text md markdown html htm shtml mht mhtml docx docm doc wps wpt rtf odt uot uos uof xlsx xlsm xls et ods pdf"
)
SUFFIXES = frozenset(f".{name}" for name in _EXTENSIONS.split())

# Follow no link and wait for no pipe, on systems that have these flags; no translation of line ends on Windows.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_SYMBOLIC_LINK = Message("是符号链接，不读取；请放真实文件", "a symbolic link; not read, put the real file there")


def read_bytes(data: bytes, name: str, limits: Limits) -> Document:
    """Read one file's bytes, struck-out text of the narrative left out; raises Unreadable with a message."""
    from generator.readers.marked_text import settle

    return settle(_read(data, name, limits))


def _read(data: bytes, name: str, limits: Limits) -> Document:
    from generator.readers.kinds import refused, sniff

    kind = sniff(data, name, limits)
    if kind == "txt":
        from generator.readers import text

        return text.read(data, name, limits)
    if kind == "html":
        from generator.readers import html

        return html.read(data, name, limits)
    if kind == "mht":
        from generator.readers import mht

        return mht.read(data, name, limits)
    sentence = refused(kind)
    if sentence is not None:
        raise sentence
    from generator.readers.office import OFFICE

    if kind not in OFFICE:
        raise Unreadable(Message(f"这类文件（{kind}）读不了", f"files of this kind ({kind}) cannot be read"))
    return OFFICE[kind](data, name, limits)


def read_path(path: Path, limits: Limits) -> Document:
    """Read a file; raises Unreadable for symbolic links, irregular files and files over the limits."""
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        if path.is_symlink():
            raise Unreadable(_SYMBOLIC_LINK) from None
        raise Unreadable(Message(f"打不开：{error.strerror}", f"cannot open the file: {error.strerror}")) from None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(Message("不是普通文件，不读取", "not a regular file; not read"))
        if status.st_size > limits.file_bytes:
            raise Unreadable(_too_large(status.st_size / 1e6, limits.file_bytes / 1e6))
        return read_bytes(file.read(limits.file_bytes + 1), path.name, limits)


def _too_large(size: float, most: float) -> Message:
    """Word the refusal of a file; both sizes in MB."""
    return Message(
        f"有{size:.0f}MB，超过{most:.0f}MB，不读取；确需导入请用 --max-mb",
        f"{size:.0f} MB is over the limit of {most:.0f} MB; not read, pass --max-mb to import it anyway",
    )


def files_of(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files named and, of folders, those that may hold a report; skips hidden and lock files."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path, followlinks=False):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith((".", "~$")) and Path(name).suffix.lower() in SUFFIXES:
                    yield Path(folder, name)
