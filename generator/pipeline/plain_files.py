"""Opens plain files only: a pipe or a device in the place of one would keep the process waiting for ever."""

from __future__ import annotations

import errno
import os
import stat
from io import FileIO
from pathlib import Path

from generator.finding import Message, UserError

_NEVER_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def refusal(path: str | Path) -> UserError:
    """Says that something which is no plain file stands where one belongs."""
    return UserError(
        Message(
            f"“{path}”不是普通文件（是管道、设备、套接字或文件夹）：请移走它，再运行一次",
            f"“{path}” is no plain file (a pipe, device, socket or folder): move it away and run this again",
        )
    )


def refuse_misplaced(path: Path, folder: bool) -> None:
    """Raises UserError where something else than a plain file, or with `folder` than a folder, stands under a name that
    nianbao uses beside the output; a link counts as something else. Nothing there is fine."""
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return
    if folder and not stat.S_ISDIR(mode):
        raise UserError(
            Message(
                f"“{path}”应当是 nianbao 自己的文件夹，现在是文件、链接或管道等：请移走或删除它，再运行一次",
                f"“{path}” should be a folder of nianbao's own, but is a file, link or pipe: move it away or delete "
                "it, and run this again",
            )
        )
    if not folder and not stat.S_ISREG(mode):
        raise UserError(
            Message(
                f"“{path}”应当是 nianbao 自己的文件，现在是文件夹、链接或管道等，不是普通文件："
                "请移走或删除它，再运行一次",
                f"“{path}” should be a file of nianbao's own, but is no plain file (a folder, link, pipe …): move it "
                "away or delete it, and run this again",
            )
        )


def is_free_or_plain(path: Path) -> bool:
    """Tells whether a path is a plain file or nothing at all."""
    return not os.path.lexists(path) or stat.S_ISREG(os.lstat(path).st_mode)


def no_records(path: Path) -> Message:
    """Says that the file of records cannot be used, so that every run does everything anew."""
    return Message(
        f"“{path}”不是普通文件，处理记录没有用上也没有留下，每次都要全部重做：请移走或删除它",
        f"“{path}” is no plain file: no records were used or kept, and every run does everything anew; move it away or "
        "delete it",
    )


def is_odd(mode: int) -> bool:
    """Tells whether a file mode is that of a pipe, device or socket."""
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode))


def open_plain(path: str | Path, flags: int = os.O_RDONLY) -> FileIO:
    """Opens a plain file unbuffered, by default for reading, without ever waiting. Raises UserError for a pipe, device,
    socket or folder, OSError where the system refuses."""
    try:
        descriptor = os.open(path, flags | _NEVER_WAIT, 0o666)
    except OSError as error:
        if error.errno in (errno.ENXIO, errno.EISDIR):  # a socket, or a pipe to be written
            raise refusal(path) from error
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise refusal(path)
    return FileIO(descriptor, "r+b" if flags & os.O_RDWR else "rb")


def read_plain(path: str | Path) -> bytes:
    """Reads a plain file whole; raises as `open_plain`."""
    with open_plain(path) as file:
        return file.read()
