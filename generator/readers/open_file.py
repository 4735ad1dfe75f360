"""Files on disk → Documents: the trust boundary of the importer. What a file is its bytes say, not its name."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.finding import Message
from generator.readers.document import Document, Limits, Unreadable

SUFFIXES = frozenset(
    (
        ".txt",
        ".text",
        ".html",
        ".htm",
        ".shtml",
        ".mht",
        ".mhtml",
        ".docx",
        ".docm",
        ".doc",
        ".wps",
        ".wpt",
        ".rtf",
        ".odt",
        ".xlsx",
        ".xlsm",
        ".xls",
        ".et",
        ".ods",
        ".pdf",
    )
)


def read_bytes(data: bytes, name: str, limits: Limits) -> Document:
    """The Document of one file's bytes. Raises Unreadable with the sentence for the clerk."""
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
        raise Unreadable(Message(f"这类文件（{kind}）读不了", f"this kind of file ({kind}) is not read"))
    return OFFICE[kind](data, name, limits)


def read_path(path: Path, limits: Limits) -> Document:
    """The Document of a file: plain files only, no links, none larger than the limits."""
    try:
        descriptor = os.open(
            path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    except OSError as error:
        if path.is_symlink():
            raise Unreadable(
                Message("是符号链接，不读取；请放真实文件", "a symbolic link; not read, put the real file there")
            ) from None
        raise Unreadable(Message(f"打不开：{error.strerror}", f"cannot be opened: {error.strerror}")) from None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(Message("不是普通文件，不读取", "not a plain file; not read"))
        if status.st_size > limits.file_bytes:
            raise Unreadable(
                Message(
                    f"有{status.st_size / 1e6:.0f}MB，超过{limits.file_bytes / 1e6:.0f}MB，不读取；确需导入请用 --max-mb",
                    f"{status.st_size / 1e6:.0f} MB, over {limits.file_bytes / 1e6:.0f} MB: not read; use --max-mb if it must be",
                )
            )
        return read_bytes(file.read(limits.file_bytes + 1), path.name, limits)


def files_of(paths: Sequence[Path]) -> Iterator[Path]:
    """The files named, and of folders those of kinds that may hold a report; hidden and lock files left out."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path, followlinks=False):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if not name.startswith((".", "~$")) and Path(name).suffix.lower() in SUFFIXES:
                    yield Path(folder, name)
