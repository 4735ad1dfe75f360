"""`python -m tests.pipeline.crash FOLDER [plain]`: a build killed before the single changes it makes to the disk.

FOLDER holds content/ and, published from an older content, site/. A child is killed (SIGKILL, by itself) at its
n-th change: every change from the record's staging until the journal is gone, every third of the long staging
before and of the clearing away after. Then the site is looked at, and one more build must mend everything. `plain`
forbids the one-step exchange, as on a file system without it. Prints one JSON line.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from generator.pipeline import publication
from generator.pipeline import run as pipeline
from generator.pipeline.layout import Layout
from generator.pipeline.manifest import differences, load_manifest, measure_folder
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
        seen: list[str] = []

        def watch(event: str, arguments: tuple[Any, ...]) -> None:
            if _changes(event, arguments):
                seen.append(f"{event} {arguments[0]}")
                if len(seen) == die_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        pipeline.run(Request(folder / "content", jobs=1), folder / "site")
        (folder / "changes").write_text("\n".join(seen), encoding="utf-8")
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _look(folder: Path, old: dict[str, bytes], new: dict[str, bytes]) -> str:
    if not (folder / "site").exists():
        return "aside" if made(folder / ".site.nianbao-old") == old else "lost"
    now = made(folder / "site")
    return "old" if now == old else "new" if now == new else "mixture"


def _copy(source: Path, target: Path) -> None:
    """Copies the section and all that is kept beside it, in the place of what is there."""
    for path in (target / "site", *target.glob(".site.nianbao-*")):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    for path in (source / "site", *source.glob(".site.nianbao-*")):
        target.mkdir(exist_ok=True)
        shutil.copytree(path, target / path.name) if path.is_dir() else shutil.copy2(path, target)


def _wrong_beside(folder: Path, old: dict[str, bytes]) -> list[str]:
    """What is wrong beside a section that was mended: left over, or not as the section and the one before are."""
    layout = Layout(folder / "site")
    keep = (layout.lock, layout.manifest, layout.record, layout.previous)
    wrong = [path.name for path in folder.glob(".site.nianbao-*") if path not in keep]
    for manifest, tree in ((layout.manifest, layout.output), (layout.previous_manifest, layout.previous_tree)):
        known = load_manifest(manifest)
        wrong += [] if known and not any(differences(known, measure_folder(tree))) else [manifest.name]
    return wrong + ([] if made(layout.previous_tree) == old else ["previous"])


def main(folder: Path, plain: bool) -> dict[str, Any]:
    if plain:
        publication._renameat2 = lambda first, second: False
    old = made(folder / "site")
    _copy(folder, folder / "kept")
    _build(folder, 0)
    new = made(folder / "site")
    seen: list[str] = []
    unmended = 0
    changes = (folder / "changes").read_text("utf-8").split("\n")
    begins = next(n for n, change in enumerate(changes, 1) if change.endswith("nianbao-new/record"))
    ends = max(n for n, change in enumerate(changes, 1) if change.endswith("nianbao-journal"))
    for step in [n for n in range(1, len(changes) + 1) if begins <= n <= ends or n % 3 == 1]:
        _copy(folder / "kept", folder)
        survived = _build(folder, step)
        seen.append(_look(folder, old, new))
        litter = ["survived"] if survived else []
        litter += [] if _build(folder, 0) and made(folder / "site") == new else ["site"]
        unmended += bool(litter + _wrong_beside(folder, old))
    return {"seen": seen, "unmended": unmended, "differ": old != new}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), "plain" in sys.argv[2:])))
