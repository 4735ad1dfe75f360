"""Opens files from strangers and reads them into Documents; a file's bytes, not its name, decide what it is."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from generator.collection.strays import is_litter
from generator.finding import Message
from generator.readers.document import Document, Limits, Unreadable

# Follow no link and wait for no pipe, on systems that have these flags; no translation of line ends on Windows.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_SYMBOLIC_LINK = Message("是符号链接，不读取；请放真实文件", "a symbolic link; not read, put the real file there")


def read_bytes(data: bytes, name: str, limits: Limits) -> Document:
    """Read one file's bytes; raises Unreadable with a message for the clerk."""
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


class Gathered(NamedTuple):
    """Holds the files to read, and how many others of the folders named are no documents (`litter`): hidden, lock and
    system files."""

    files: list[Path]
    litter: int


def gather(paths: Sequence[Path]) -> Gathered:
    """List the files named and all files of the folders named, so that each is read, refused with a reason, or counted
    as litter. Links to folders and folders that cannot be opened are listed themselves: reading them says why not."""
    files: list[Path] = []
    litter = 0
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        closed: list[OSError] = []
        for folder, folders, names in os.walk(path, onerror=closed.append, followlinks=False):
            links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
            litter += sum(map(is_litter, (*folders, *names)))
            folders[:] = sorted(name for name in folders if not is_litter(name) and name not in links)
            files += (Path(folder, name) for name in sorted((*names, *links)) if not is_litter(name))
        files += (Path(error.filename) for error in closed)
    return Gathered(files, litter)
