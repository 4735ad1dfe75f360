"""What checking costs, and whether it grows with the collection alone.

    python bench/check.py --sizes 1000 --repeat 3

For each size the same content is built with all rules and with none, in turn; checking may add at most 30 % to a cold
build. Then `check` is timed at every size: the time of ten times the reports is told as a ratio, which is how a rule
that compares reports with one another (duplicates) shows whether it stays linear.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import measure, workload
from bench.measure import Cost
from bench.peers import ROOT, workplace

LIMIT = 1.3
# The rules of single reports, those of the whole collection, and what is gathered for these alone; the rest of a build
# stays the same.
_WITHOUT = """\
from generator.pipeline.worker import Worker
from generator.rules import runner
assert runner.STEPS and runner.COLLECTION_RULES and Worker._gather, "mend bench/check.py: the rules stand elsewhere now"
runner.STEPS = runner.COLLECTION_RULES = ()
Worker._gather = lambda *_: None
from generator.__main__ import main
main()
"""


def _build(content: Path, output: Path, rules: bool) -> Cost:
    start = ["-m", "generator"] if rules else ["-c", _WITHOUT]
    return measure.run([sys.executable, *start, "build", "--content", str(content), "--output", str(output)], ROOT)


def _check(content: Path) -> Cost:
    return measure.run([sys.executable, "-m", "generator", "check", "--content", str(content)], ROOT)


def _best(costs: list[Cost]) -> Cost:
    return Cost(min(cost.wall for cost in costs), min(cost.cpu for cost in costs))


def compared(size: int, repeat: int, work: Path) -> Cost:
    """Prints what rules cost at one size; returns the cost of `check`."""
    content = work / f"content-{size}"
    workload.write_content(content, size)
    costs: dict[bool, list[Cost]] = {True: [], False: []}
    checks = []
    for number in range(repeat):
        for rules in (number % 2 == 0, number % 2 == 1):
            costs[rules].append(_build(content, work / f"site-{size}-{number}-{rules}", rules))
        checks.append(_check(content))
    on, off, alone = _best(costs[True]), _best(costs[False]), _best(checks)
    cpu, wall = on.cpu / off.cpu, on.wall / off.wall
    verdict = "met   " if cpu <= LIMIT else "MISSED"  # the steadier of the two on a busy machine
    print(
        f"{size} reports: with rules {on.wall:.2f} s (CPU {on.cpu:.2f}), without {off.wall:.2f} s (CPU {off.cpu:.2f}); "
        f"check alone {alone.wall:.2f} s (CPU {alone.cpu:.2f})"
    )
    print(f"{verdict} rules on ÷ off: wall {wall:.3f}, CPU {cpu:.3f} (at most {LIMIT})")
    return alone


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,10000", help="numbers of reports")
    parser.add_argument("--repeat", type=int, default=3, help="builds of each kind; the best counts")
    asked = parser.parse_args()
    print(f"load average at start: {' '.join(f'{load:.2f}' for load in os.getloadavg())} on {os.cpu_count()} cores")
    try:
        with workplace() as work:
            before: tuple[int, Cost] | None = None
            for size in map(int, asked.sizes.split(",")):
                cost = compared(size, asked.repeat, work)
                if before:
                    print(
                        f"check: {size / before[0]:g} times the reports take {cost.cpu / before[1].cpu:.1f} times the "
                        f"CPU, {cost.wall / before[1].wall:.1f} times the time"
                    )
                before = size, cost
    except measure.Failed as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
