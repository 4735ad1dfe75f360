"""Thousands of spoilt files over the readers, each in a watched process: python bench/fuzz_readers.py --count 10000

Only a Document or a sentence may come out. Reports how often, the slowest case, the peak memory, and every failure by
its number (run one again with --first N --count 1). Exit code 1 when anything else happened.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import sys
import time
import traceback
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.budget import Budget, add_minutes, tally
from generator.readers.document import Unreadable
from tests.readers.mutate import mutated, seeds
from tests.readers.test_fuzz import read

SECONDS = 10
MEMORY = 4_000_000_000


def work(first: int, last: int, only: str, pipe: Connection) -> None:
    """Cases first to last, of one kind when `only` names it; tells the watcher of each before and after."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for number in range(first, last):
        if only and random.Random(number).choice(sorted(seeds())) != only:
            pipe.send(("done", number, "skipped", 0.0, 0, ""))
            continue
        kind, data = mutated(number)
        pipe.send(("start", number, kind, 0.0, 0, ""))
        start = time.perf_counter()
        verdict, trouble = "document", ""
        try:
            if read(data, kind) is None:
                verdict = "other kind"
        except Unreadable:
            verdict = "sentence"
        except BaseException:
            verdict, trouble = "EXCEPTION", traceback.format_exc()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        pipe.send(("done", number, verdict, time.perf_counter() - start, peak, trouble))
    pipe.close()


def watch(first: int, last: int, only: str, budget: Budget) -> int:
    """Run all cases, restarting the worker after a hang or a crash; gives the number of failures."""
    counts: Counter[tuple[str, str]] = Counter()
    failures, slowest, peak = [], (0.0, 0, ""), 0
    number = first
    while number < last and not budget.spent:
        ours, theirs = multiprocessing.Pipe()
        worker = multiprocessing.Process(target=work, args=(number, last, only, theirs))
        worker.start()
        theirs.close()
        kind = ""
        while number < last and not budget.spent:
            try:
                if not ours.poll(SECONDS):
                    failures.append(f"case {number} ({kind}): no end within {SECONDS} s")
                    break
                word, number, said, seconds, memory, trouble = ours.recv()
            except EOFError:
                failures.append(f"case {number} ({kind}): the process died")
                break
            if word == "start":
                kind = said
                continue
            if said != "skipped":
                counts[kind, said] += 1
            slowest, peak = max(slowest, (seconds, number, kind)), max(peak, memory)
            if trouble:
                failures.append(f"case {number} ({kind}): {trouble}")
            number += 1
        else:
            worker.kill()  # done, or no time left
            worker.join()
            break
        counts[kind, "HANG OR CRASH"] += 1
        number += 1
        worker.kill()
        worker.join()
    for kind in sorted(seeds()):
        print(
            f"{kind:6}", ", ".join(f"{said} {count}" for (name, said), count in sorted(counts.items()) if name == kind)
        )
    print(
        f"cases {tally(number - first, last - first)}, {counts.total()} read, failures {len(failures)}, "
        f"slowest {slowest[0]:.2f} s (case {slowest[1]}, {slowest[2]}), peak memory {peak / 1024:.0f} MB"
    )
    for failure in failures[:20]:
        print(failure)
    return len(failures)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=1000)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--only", default="", help="one kind of seed, such as xls")
    add_minutes(options)
    chosen = options.parse_args()
    seeds()
    failed = watch(chosen.first, chosen.first + chosen.count, chosen.only, Budget(chosen.minutes))
    sys.exit(1 if failed else 0)
