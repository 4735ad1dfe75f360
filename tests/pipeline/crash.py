"""`python -m tests.pipeline.crash FOLDER [plain]`: a build killed before the single changes it makes to the disk.

FOLDER holds content/ and, published from an older content, site/. A child is killed (SIGKILL, by itself) at its
n-th change: every change around the exchange of the folders, every third of the long staging before and of the
long clearing away after. Then the site is looked at, and one more build must mend everything. `plain` forbids the
one-step exchange, as on a file system without it. Prints one JSON line.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from generator.pipeline import output_folder
from generator.pipeline import run as pipeline
from generator.pipeline.request import Request
from tests.pipeline.test_run import made

CHANGES = {"os.mkdir", "os.rename", "os.link", "os.remove", "os.rmdir", "shutil.rmtree", "ctypes.dlsym"}


def _changes(event: str, arguments: tuple[Any, ...]) -> bool:
    if event == "open":
        return bool(int(arguments[2]) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    return event in CHANGES


def _build(folder: Path, die_at: int) -> bool:
    """One build in a child; True when it lived to the end."""
    child = os.fork()
    if child == 0:
        seen = 0

        def watch(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal seen
            if _changes(event, arguments):
                seen += 1
                if seen == die_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        pipeline.run(Request(folder / "content", jobs=1), folder / "site")
        changes = seen
        (folder / "changes").write_text(str(changes), encoding="ascii")
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _look(folder: Path, old: dict[str, bytes], new: dict[str, bytes]) -> str:
    if not (folder / "site").exists():
        return "aside" if made(folder / ".site.nianbao-old") == old else "lost"
    now = made(folder / "site")
    return "old" if now == old else "new" if now == new else "mixture"


def main(folder: Path, plain: bool) -> dict[str, Any]:
    if plain:
        output_folder._renameat2 = lambda first, second: False
    old = made(folder / "site")
    shutil.copytree(folder / "site", folder / "kept")
    _build(folder, 0)
    new = made(folder / "site")
    seen: list[str] = []
    unmended = 0
    changes = int((folder / "changes").read_text("ascii"))
    middle = range(changes * 35 // 100, changes * 70 // 100)
    for step in [n for n in range(1, changes + 1) if n in middle or n % 3 == 1]:
        shutil.rmtree(folder / "site")
        shutil.copytree(folder / "kept", folder / "site")
        survived = _build(folder, step)
        seen.append(_look(folder, old, new))
        litter = ["survived"] if survived else []
        litter += [] if _build(folder, 0) and made(folder / "site") == new else ["site"]
        litter += [path.name for path in folder.glob(".site.nianbao-*") if path.name != ".site.nianbao-lock"]
        unmended += bool(litter)
    return {"seen": seen, "unmended": unmended, "differ": old != new}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), "plain" in sys.argv[2:])))
