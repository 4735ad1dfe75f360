"""Keeps values between runs, as JSON in a folder of temporary files that is the user's alone, as jinja2 keeps compiled
templates: what takes long to work out of the program's own files, by the hash of these. Without such a folder nothing
is kept, and all is worked out each time."""

from __future__ import annotations

import json
import os
import stat
import tempfile
from contextlib import suppress
from functools import cache
from typing import Any


def recall(name: str) -> Any:
    """Returns a value that was kept under this name; None where there is none."""
    folder = _folder()
    if folder:
        with suppress(OSError, ValueError), open(f"{folder}/{name}.json", encoding="utf-8") as file:
            return json.load(file)
    return None


def keep(name: str, value: Any) -> None:
    """Keeps a value that JSON gives back as it is, in one step: another process may be at the same file."""
    folder = _folder()
    if folder:
        with suppress(OSError, TypeError, ValueError):
            data = json.dumps(value, ensure_ascii=False).encode()
            if json.loads(data) != value:
                return  # a key that is a number, for instance
            number, draft = tempfile.mkstemp(dir=folder)
            with open(number, "wb") as file:
                file.write(data)
            os.replace(draft, f"{folder}/{name}.json")


def _folder() -> str:
    """Names the folder; "" where there is none."""
    try:
        return _made(tempfile.gettempdir())
    except OSError:  # no folder for temporary files at all
        return ""


@cache
def _made(temporary: str) -> str:
    """Makes the folder, or finds it; "" where it is not ours alone. Raises OSError where it cannot be made."""
    if not hasattr(os, "getuid"):
        return ""
    folder = f"{temporary}/nianbao-kept-{os.getuid()}"
    with suppress(FileExistsError):
        os.mkdir(folder, stat.S_IRWXU)
    status = os.lstat(folder)
    ours = stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid()
    return folder if ours and stat.S_IMODE(status.st_mode) == stat.S_IRWXU else ""
