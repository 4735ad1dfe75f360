"""Deaths and interrupts of real builds, and what flushing costs.

    python bench/survival.py kills --reports 500       # a worker killed at 50 moments, Ctrl-C at 20
    python bench/survival.py fsync --reports 1000 --repeat 5   # the time spent flushing
    python bench/survival.py ways                      # three ways to flush 3,000 new files

--minutes N begins nothing more after N minutes and says how much was done. After each death the section must be the old
or the new release by its manifest, the lock free, and 5 s later no process of the build alive.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import workload
from bench.budget import Budget, add_minutes, tally
from bench.peers import ROOT
from generator.pipeline import flush
from generator.pipeline.layout import Layout
from generator.pipeline.verification import verify_folder
from tests.pipeline.test_processes import descendants, gone

BUILD = [sys.executable, "-m", "generator", "--lang", "en", "build"]


def command(content: Path, output: Path, *more: str) -> list[str]:
    return [*BUILD, "--content", str(content), "--output", str(output), *more]


def release(output: Path) -> str:
    verified = verify_folder(output)
    return verified.manifest.release if verified.equal else "not as its manifest"


def lock_is_free(output: Path) -> bool:
    with open(Layout(output).lock, "ab") as lock, contextlib.suppress(OSError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def one(content: Path, output: Path, moment: float, whom: str, chance: random.Random) -> dict[str, object]:
    """Starts a build, kills one of its workers or interrupts it that long after the first worker is there."""
    begun = time.monotonic()
    process = subprocess.Popen(
        command(content, output, "--jobs", "2"), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while not descendants(process.pid) and process.poll() is None:
        time.sleep(0.005)
    time.sleep(moment)
    workers = descendants(process.pid)
    hit = bool(workers) and process.poll() is None
    if whom == "worker" and hit:
        with contextlib.suppress(ProcessLookupError):
            os.kill(chance.choice(workers), signal.SIGKILL)
    elif whom == "Ctrl-C":
        process.send_signal(signal.SIGINT)
    at = time.monotonic()
    workers = sorted({*workers, *descendants(process.pid)})
    try:
        _, errors = process.communicate(timeout=120)
    except subprocess.TimeoutExpired:
        process.kill()
        return {"hit": hit, "hangs": True}
    took = time.monotonic() - at
    return {
        "hit": hit,
        "code": process.returncode,
        "seconds": took,
        "whole": at + took - begun,
        "left": not gone(workers),
        "traceback": "Traceback" in errors,
        "release": release(output),
        "lock": lock_is_free(output),
    }


def undisturbed(content: Path, output: Path) -> tuple[float, float]:
    """Builds; returns how long that takes, and how long its workers live."""
    begun = time.monotonic()
    words = command(content, output, "--jobs", "2")
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    first = last = begun
    while process.poll() is None:
        time.sleep(0.02)
        if descendants(process.pid):
            last = time.monotonic()
            first = first if first > begun else last
    if process.returncode:
        raise SystemExit(f"the build without a death ends with {process.returncode}")
    return time.monotonic() - begun, last - first


def kills(content: Path, work: Path, times: int, interrupts: int, budget: Budget) -> bool:
    """Tells whether all was as it should be."""
    output = work / "site"
    subprocess.run(command(content, output), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    before = release(output)
    kept = work / "kept"
    subprocess.run(["cp", "-a", str(work / "."), str(work.parent / "kept")], check=True)
    kept = work.parent / "kept"
    for narrative in content.glob("2*/*/report.md"):
        narrative.write_text(narrative.read_text("utf-8").replace("。", "。示例改动。", 1), encoding="utf-8")
    takes, working = undisturbed(content, output)
    after = release(output)
    chance, sound = random.Random(13), True
    for whom, count, span in (("worker", times, working), ("Ctrl-C", interrupts, takes)):
        results: list[dict[str, object]] = []
        for number in budget.within(chance.sample(range(count), count)):  # whatever there is time for is spread
            shutil.rmtree(work)
            subprocess.run(["cp", "-a", str(kept), str(work)], check=True)
            results.append(one(content, output, span * 0.95 * number / count, whom, chance))
        hit = [item for item in results if item["hit"]]
        seconds = [float(str(item["seconds"])) for item in results if "seconds" in item] or [0.0]
        longer = [float(str(item["whole"])) - takes for item in results if item["hit"] and item.get("code") == 0]
        fine = [
            item
            for item in results
            if not item.get("hangs")
            and not item["left"]
            and not item["traceback"]
            and item["lock"]
            and item["release"] == (after if item["code"] == 0 else before)
        ]
        codes = sorted({str(item.get("code")) for item in results})
        print(
            f"{whom}: {tally(len(results), count)} moments of a build of {takes:.1f} s, "
            f"{len(hit)} while workers lived; as it should be: {len(fine)}; "
            f"hangs: {sum('hangs' in item for item in results)}; exit codes {', '.join(codes)}; "
            f"to the end: median {statistics.median(seconds):.1f} s, worst {max(seconds):.1f} s; "
            f"longer than undisturbed by {max(longer, default=0):.1f} s at most; "
            f"load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        sound = sound and len(fine) == len(results)
    return sound


# Runs a build and says how long of it was spent flushing: two builds one after the other differ by more than that on a
# machine that has other things to do.
_TIMED = """\
import atexit, sys, time
from generator.pipeline import journal
spent, begun, flush = [], time.perf_counter(), journal.flush
def timed(paths):
    at = time.perf_counter()
    flush(paths)
    spent.append(time.perf_counter() - at)
journal.flush = timed
atexit.register(lambda: print(sum(spent), time.perf_counter() - begun, file=sys.stderr))
from generator.__main__ import main
main()
"""


def fsync(content: Path, work: Path, repeat: int, budget: Budget) -> None:
    """Cold builds and builds after an edit: the time spent flushing against the rest of the same build."""
    edited = next(content.glob("2*/*/tables.yaml")).parent / "report.md"
    text = edited.read_text("utf-8")
    ratios: dict[str, list[float]] = {"cold": [], "edited": []}
    done = 0
    for number in budget.within(range(repeat)):
        for state, found in ratios.items():
            edited.write_text(text if state == "cold" else text + "\n示例。\n", encoding="utf-8")
            os.sync()
            timed = [sys.executable, "-c", _TIMED, *command(content, work / f"site-{number}")[3:]]
            told = subprocess.run(timed, cwd=ROOT, capture_output=True, text=True, check=True).stderr.split()
            spent, total = float(told[-2]), float(told[-1])
            found.append(total / (total - spent))
            print(f"{state}: {spent:.3f} s of {total:.2f} s; load {os.getloadavg()[0]:.1f}", flush=True)
        shutil.rmtree(work / f"site-{number}")
        done += 1
    for state, found in ratios.items():
        if found:
            ratio = f"median {statistics.median(found):.3f}, worst {max(found):.3f}"
            print(f"{state}, with ÷ without: {ratio} ({tally(done, repeat)} repeats)")


def ways(work: Path) -> None:
    """The ways in which a thousand folders of three new files can be flushed."""

    def one_by_one(paths: list[str]) -> None:
        for path in paths:
            flush._fsync(path)

    def threads(paths: list[str]) -> None:
        with ThreadPoolExecutor(flush._THREADS) as pool:
            list(pool.map(flush._fsync, paths))

    for name, way in (
        ("syncfs", lambda paths: flush._syncfs(paths[0])),
        ("threads", threads),
        ("one by one", one_by_one),
    ):
        for number in range(3_000):
            path = work / name / str(number // 3) / str(number)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(os.urandom(1000) * (20, 30, 60)[number % 3])
        paths = list(flush.below(work / name))
        at = time.monotonic()
        way(paths)
        print(f"{name}: {time.monotonic() - at:.2f} s; load {os.getloadavg()[0]:.1f}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["kills", "fsync", "ways"])
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--interrupts", type=int, default=20)
    add_minutes(parser)
    asked = parser.parse_args()
    budget = Budget(asked.minutes)
    with tempfile.TemporaryDirectory() as folder:
        content, work = Path(folder) / "content", Path(folder) / "work"
        work.mkdir()
        if asked.what == "ways":
            ways(work)
            return 0
        workload.write_content(content, asked.reports)
        if asked.what == "kills":
            return 0 if kills(content, work, asked.kills, asked.interrupts, budget) else 1
        fsync(content, work, asked.repeat, budget)
    return 0


if __name__ == "__main__":
    sys.exit(main())
