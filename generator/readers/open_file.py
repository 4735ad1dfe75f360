"""Opens files from strangers and reads them into Documents; a file's bytes, not its name, decide what it is."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from generator.collection.strays import is_litter
from generator.collection.system_errors import cause
from generator.finding import Message
from generator.readers.document import Document, Limits, Unreadable

# Follow no link and wait for no pipe, on systems that have these flags; no translation of line ends on Windows.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_SYMBOLIC_LINK = Message("是符号链接，不读取；请放真实文件", "a symbolic link; not read, put the real file there")

_NO_FILE = Message("不是普通文件，不读取", "not a regular file; not read")
_FOLDER = Message(
    "是文件夹，里面套的文件夹太多，没有看；请直接指明里面的文件夹",
    "a folder in too many others, not looked into; name the folder itself",
)


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
        why = cause(error)
        raise Unreadable(Message(f"打不开：{why.zh}", f"cannot open the file: {why.en}")) from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise Unreadable(_FOLDER if stat.S_ISDIR(status.st_mode) else _NO_FILE)
    with os.fdopen(descriptor, "rb") as file:
        if status.st_size > limits.file_bytes:
            raise Unreadable(_too_large(status.st_size / 1e6, limits.file_bytes / 1e6))
        try:
            data = file.read(limits.file_bytes + 1)
        except OSError as error:  # a drive that went away, a file of the system that cannot be read
            why = cause(error)
            raise Unreadable(Message(f"读不出来：{why.zh}", f"cannot be read: {why.en}")) from None
        return read_bytes(data, path.name, limits)


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


_DEEP = 30  # levels of folders that are looked into


def gather(paths: Sequence[Path]) -> Gathered:
    """List the files named and all files of the folders named, so that each is read, refused with a reason, or counted
    as litter. Links to folders, folders that cannot be opened and those that are too deep are listed themselves:
    reading them says why not."""
    files: list[Path] = []
    litter = 0
    for path in paths:
        if path.is_dir():
            litter += _gather_below(path, _DEEP, files)
        else:
            files.append(path)
    return Gathered(files, litter)


def _gather_below(folder: Path, deep: int, files: list[Path]) -> int:
    """Add the files in a folder, then those in its folders; return how many names are litter."""
    try:
        with os.scandir(folder) as listing:
            items = sorted(listing, key=lambda item: item.name)
    except OSError:
        files.append(folder)
        return 0
    kept = [item for item in items if not is_litter(item.name)]
    folders = [Path(item) for item in kept if item.is_dir(follow_symlinks=False)]
    files += [Path(item) for item in kept if not item.is_dir(follow_symlinks=False)]
    if not deep:
        files += folders
        return len(items) - len(kept)
    return len(items) - len(kept) + sum(_gather_below(inner, deep - 1, files) for inner in folders)


def lock_beside(path: Path) -> str:
    """Return the name of the lock file that an office program, in which a file is open, lays beside it; "" without."""
    name = path.name
    excel, libreoffice, wps = f"~${name}", f".~lock.{name}#", f".~{name}"
    locks = excel, f"~${name[1:]}", f"~${name[2:]}", libreoffice, wps  # Word leaves out up to two characters
    return next((lock for lock in locks if os.path.lexists(path.with_name(lock))), "")
