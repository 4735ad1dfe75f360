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
