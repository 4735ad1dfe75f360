"""Power cuts, on a real file system: `python bench/powercut.py [--every N]`, as root on Linux.

A section is published on an ext4 file system within a file. The publishing process is killed before one of its changes
to the disk, and at that moment the file is copied: it holds what had reached the disk, and nothing that only waited in
memory (ext4 is mounted so that it writes nothing by itself within minutes; another program flushes a file of its own).
The copy is mounted like a disk after the power came back, and the next command must find the old release or the new
one, whole by hash. The same is done without flushing, to see that the trial can fail. What a real disk loses of its own
cache is not simulated.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.pipeline.output_folder import Stage
from generator.pipeline.verification import verify_folder
from tests.pipeline.crash import NEW, OLD, Files, in_child, in_memory, publish, section, tree

SLOW = "loop,commit=600,noatime"


@contextmanager
def mounted(image: Path) -> Iterator[Path]:
    folder = image.with_suffix(".mount")
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", SLOW, str(image), str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def another_program_flushes(disk: Path) -> None:
    """Flushes a file of somebody else's, as a database on the same disk does all the time. With it ext4 writes down all
    names that changed, but not yet what is in other new files: this is what leaves empty files after a power cut."""
    with open(disk / "theirs", "wb") as file:
        file.write(b"x")
        file.flush()
        os.fsync(file.fileno())


def copy(image: Path, name: str) -> Path:
    target = image.with_name(name)
    subprocess.run(["cp", "--sparse=always", str(image), str(target)], check=True)
    return target


def after_the_cut(image: Path, old: Files, new: Files) -> str:
    """What the next command finds: `old`, `new` or what is wrong."""
    with mounted(image) as disk:
        try:
            with Stage(disk / "site", durable=False):
                pass
            now = tree(disk / "site")
            state = "old" if now == old else "new" if now == new else "neither"
            return state if verify_folder(disk / "site").equal else f"{state}, not as its manifest"
        except Exception as error:
            return type(error).__name__


def trial(work: Path, release: Callable[[Path], object], new: Files, every: int) -> Counter[str]:
    """Cuts the power before each EVERY-th change and once after the last."""
    image = work / "before.img"
    image.unlink(missing_ok=True)
    subprocess.run(["truncate", "-s", "48M", str(image)], check=True)
    subprocess.run(["mkfs.ext4", "-q", str(image)], check=True)
    with mounted(image) as disk:
        publish(disk / "site", section(OLD))
        old = tree(disk / "site")
    found: Counter[str] = Counter()
    for step in range(1, 10_000, every):
        running = copy(image, "running.img")
        with mounted(running) as disk:
            alive = in_child(lambda: release(disk / "site"), step)
            another_program_flushes(disk)
            cut = copy(running, "cut.img")
        found[after_the_cut(cut, old, new) + (" (after the end)" if alive else "")] += 1
        if alive:
            return found
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    every = parser.parse_args().every
    with in_memory() as work:
        for way, style in (("files", "1"), ("exchange", "2")):
            publish(work / "new/site", section(OLD))
            publish(work / "new/site", section(NEW, style))
            new = tree(work / "new/site")
            subprocess.run(["rm", "-r", str(work / "new")], check=True)
            for durable in (True, False):
                found = trial(work, partial(publish, files=section(NEW, style), durable=durable), new, every)
                print(f"{way}, {'flushed' if durable else '--no-fsync'}: {sum(found.values())} cuts: {dict(found)}")


if __name__ == "__main__":
    main()
