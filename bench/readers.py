"""Speed of the readers, a file at a time: python bench/readers.py [FILE…]

Without files: made-up reports in every format LibreOffice writes. Prints the median of several readings by the clock
and by this process's own work (converting old formats is another process's), and the first one, which pays for the
libraries' import.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.readers.document import DocumentTable, Limits, Unreadable
from generator.readers.open_file import read_bytes
from tests.readers import samples
from tests.readers.test_libreoffice import MODERN, OLD

ROUNDS = 7


def made(folder: Path) -> list[Path]:
    """A report of two tables in each format."""
    draw = random.Random(1)
    source = folder / "report.html"
    source.write_text(samples.page([samples.small_table(draw), samples.big_table(draw)]), encoding="utf-8")
    found = []
    for kind, target, infilter in (*MODERN, *OLD):
        path = folder / f"made.{kind}"
        path.write_bytes(samples.soffice(source, target, infilter))
        found.append(path)
    return found


def measure(path: Path) -> str:
    data = path.read_bytes()
    times, work = [], []
    try:
        for _ in range(ROUNDS):
            start, worked = time.perf_counter(), time.process_time()
            document = read_bytes(data, path.name, Limits())
            times.append((time.perf_counter() - start) * 1000)
            work.append((time.process_time() - worked) * 1000)
    except Unreadable as error:
        return f"{path.name:40} {error}"
    cells = sum(len(block.rows) * len(block.rows[0]) for block in document.blocks if isinstance(block, DocumentTable))
    clock, own_work = statistics.median(times[1:]), statistics.median(work[1:])
    return (
        f"{path.name:40} {len(data) / 1000:8.1f} KB {cells:6} cells {clock:9.1f} ms, own work {own_work:7.1f} ms "
        f"(first {times[0]:.0f} ms)"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    with tempfile.TemporaryDirectory() as folder:
        for path in parser.parse_args().files or made(Path(folder)):
            print(measure(path))
