"""The benchmark: nianbao and its peers on the same job, in turn, in one run. `make bench`, or with options:

    python bench/run.py --sizes 100,1000 --peers nianbao,hugo --repeat 3

For each size every tool builds from nothing (cold), again with nothing changed, and after one edited figure. The tools
take turns within each repeat, and the best of the repeats counts. Before anything is timed, each site is built once
with its memory watched and compared with ours: a peer that does not say the same is an error, not a result.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import measure, verify, workload
from bench.measure import Cost
from bench.peers import HERE, PEERS, ROOT, Missing, Peer, workplace

STATES = ("cold", "unchanged", "edited")
# Reports compared cell by cell in each size; listings and data/reports.csv are compared whole.
_COMPARED = 200
# A file younger than this proves nothing to nianbao, so it would look at everything again; nobody rebuilds that fast.
_SETTLED = 2.2


class Tool:
    """One peer at one size: its input, its output folders, its costs."""

    def __init__(self, peer: Peer, folder: Path, size: int) -> None:
        self.peer, self.size = peer, size
        self.source, self.folder = folder / peer.name, folder
        self.outputs = 0
        self.edits = 0
        self.costs: dict[str, list[Cost]] = {state: [] for state in STATES}
        self.memory = 0
        peer.prepare(self.source, size)

    @property
    def output(self) -> Path:
        return self.folder / f"{self.peer.name}-site-{self.outputs}"

    def build(self, watch: bool = False) -> Cost:
        cwd = ROOT if self.peer.name == "nianbao" else self.source
        return measure.run(self.peer.command(self.source, self.output), cwd, watch)

    def first(self) -> None:
        """The untimed build: fills the file cache, shows the memory and the site to compare."""
        self.memory = self.build(watch=True).memory

    def repeat(self, state: str) -> None:
        if state == "cold":
            # a new folder each time: where many files were just deleted, ext4 creates files slower for minutes
            self.outputs += 1
        elif state == "edited":
            self.edits += 1
            file = self.source / self.peer.edited
            file.write_text(workload.edited(file.read_text(encoding="utf-8")), encoding="utf-8")
        self.costs[state].append(self.build())

    def best(self, state: str) -> dict[str, float]:
        costs = self.costs[state]
        return {"wall": min(cost.wall for cost in costs), "cpu": min(cost.cpu for cost in costs)}


def measured(peers: Sequence[Peer], size: int, repeat: int, folder: Path) -> dict[str, Any]:
    """All tools at one size, as plain values."""
    if size % len(workload.YEARS):
        raise SystemExit(f"{size} is no multiple of {len(workload.YEARS)}, the years of an organ")
    tools = [tool for tool in (Tool(peer, folder, size) for peer in peers) if _begins(tool)]
    for tool in tools[1:] if tools and tools[0].peer.name == "nianbao" else ():
        _compare(tools[0], tool)
    time.sleep(_SETTLED)
    for number in range(repeat):
        _say(f"  {size} reports: repeat {number + 1} of {repeat}")
        for state in STATES:
            turn = tools[number % len(tools) :] + tools[: number % len(tools)]
            for tool in turn:
                tool.repeat(state)
        time.sleep(_SETTLED)
    return {tool.peer.name: {**{state: tool.best(state) for state in STATES}, "memory": tool.memory} for tool in tools}


def _begins(tool: Tool) -> bool:
    """The first build; a tool that cannot do this size is said to, and left out of it."""
    _say(f"  {tool.size} reports: {tool.peer.name} once, watched")
    try:
        tool.first()
    except measure.Failed as error:
        _say(f"  {tool.size} reports: without {tool.peer.name}: {error}")
        return False
    return True


def _compare(ours: Tool, theirs: Tool) -> None:
    found = list(verify.differences(ours.output, theirs.output, max(1, ours.size // _COMPARED)))
    if found:
        raise SystemExit(f"{theirs.peer.name} does not say the same as nianbao:\n" + "\n".join(found[:20]))
    _say(f"  {ours.size} reports: {theirs.peer.name} says the same as nianbao")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# ---------------------------------------------------------------- what is told


def machine() -> dict[str, Any]:
    model = ""
    if Path("/proc/cpuinfo").is_file():
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
    return {
        "system": platform.platform(),
        "processor": model,
        "cores": os.cpu_count(),
        "memory": pages,
        "load": list(os.getloadavg()),
    }


def table(results: dict[str, Any]) -> str:
    """The results as a Markdown table; ratios are ours to theirs, so less than 1 is faster or smaller."""
    lines = [
        "| reports | state | tool | wall s | CPU s | peak MB | nianbao ÷ it: wall | CPU | memory |",
        "|--:|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for size, tools in results["sizes"].items():
        for state in STATES:
            ours = tools.get("nianbao")
            for name, tool in tools.items():
                cold = state == "cold"
                cost = tool[state]
                row = [
                    size,
                    state,
                    name,
                    f"{cost['wall']:.2f}",
                    f"{cost['cpu']:.2f}",
                    f"{tool['memory'] / 1e6:.0f}" if cold else "",
                ]
                if ours and name != "nianbao":
                    ratios = [ours[state]["wall"] / cost["wall"], ours[state]["cpu"] / cost["cpu"]]
                    row += [f"{ratio:.2f}" for ratio in ratios] + [
                        f"{ours['memory'] / tool['memory']:.3f}" if cold else ""
                    ]
                else:
                    row += ["", "", ""]
                lines.append("| " + " | ".join(row) + " |")
    return "\n".join(lines)


# Peer → size → how many times its CPU time a cold build of ours may take.
_COLD = {
    "hugo": {"1000": 0.8, "10000": 0.8},
    "hugo-new": {"100": 0.9, "1000": 0.45, "10000": 0.4},
    "eleventy": {"100": 0.5, "1000": 0.5, "10000": 0.55},
}


def targets(results: dict[str, Any]) -> list[str]:
    """The promises of the project, each with what was measured. CPU time is compared, which other work on the machine
    changes less than wall time."""
    sizes, said = results["sizes"], []

    def tell(what: str, ratio: float, limit: float) -> None:
        said.append(f"{'met   ' if ratio <= limit else 'MISSED'} {what}: {ratio:.3f} (at most {limit})")

    for size, tools in sizes.items():
        ours = tools.get("nianbao")
        for name, limits in _COLD.items():
            if ours and name in tools and size in limits:
                ratio = ours["cold"]["cpu"] / tools[name]["cold"]["cpu"]
                tell(f"cold, {size} reports, nianbao ÷ {name}", ratio, limits[size])
                unchanged = ours["unchanged"]["cpu"] / tools[name]["unchanged"]["cpu"]
                if size != "100":
                    tell(f"unchanged, {size} reports, nianbao ÷ {name}", unchanged, 0.05)
    for size, limit in (("1000", 0.15), ("10000", 0.05)):
        tools = sizes.get(size, {})
        if ours := tools.get("nianbao"):
            tell(f"one figure edited ÷ cold, {size} reports", ours["edited"]["cpu"] / ours["cold"]["cpu"], limit)
    large, medium = (sizes.get(size, {}) for size in ("10000", "1000"))
    if ours := large.get("nianbao"):
        if "hugo-new" in large:
            ratio = ours["edited"]["cpu"] / large["hugo-new"]["edited"]["cpu"]
            tell("one figure edited, 10000 reports, nianbao ÷ hugo-new", ratio, 0.03)
            tell("peak memory, 10000 reports, nianbao ÷ hugo-new", ours["memory"] / large["hugo-new"]["memory"], 0.1)
        if "nianbao" in medium:
            tell("cold, 10000 ÷ 1000 reports", ours["cold"]["cpu"] / medium["nianbao"]["cold"]["cpu"], 11)
    return said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--sizes", default="100,1000,10000", help=f"numbers of reports, multiples of {len(workload.YEARS)}"
    )
    parser.add_argument(
        "--peers", default=",".join(PEERS), help="tools to measure; nianbao among them is compared with the others"
    )
    parser.add_argument("--repeat", type=int, default=3, help="timed builds of each kind; the best counts")
    parser.add_argument("--readme", action="store_true", help="put the results into bench/README.md")
    parser.add_argument("--keep", action="store_true", help="leave inputs and sites in bench/.cache/work-…")
    asked = parser.parse_args()
    wanted = asked.peers.split(",")
    for name in wanted:
        if name not in PEERS:
            parser.error(f"no peer “{name}”; known: {', '.join(PEERS)}")
    peers = _found(wanted)
    if not peers:
        parser.error("none of these tools is here")
    results = {"date": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine(), "repeat": asked.repeat}
    results |= {"command": " ".join(["python bench/run.py", *sys.argv[1:]])}
    results |= {"versions": {peer.name: peer.version for peer in peers}, "sizes": {}}
    _say(
        f"load average at start: {' '.join(f'{load:.2f}' for load in results['machine']['load'])} "
        f"on {os.cpu_count()} cores"
    )
    try:
        with workplace(asked.keep) as work:
            for size in map(int, asked.sizes.split(",")):
                results["sizes"][str(size)] = measured(peers, size, asked.repeat, work / str(size))
                _keep(results)
    except measure.Failed as error:
        raise SystemExit(str(error)) from None
    print(told(results))
    if asked.readme:
        _write_readme(told(results))


def _found(names: Sequence[str]) -> list[Peer]:
    """The tools that are here or could be installed; what is missing is said, and measuring goes on without it."""
    peers = []
    for name in names:
        try:
            peers.append(PEERS[name]())
        except Missing as error:
            _say(f"without {name}: {error}")
    return peers


def _keep(results: dict[str, Any]) -> None:
    """Results so far, so that a long run that is stopped leaves what it measured."""
    folder = HERE / "results"
    folder.mkdir(exist_ok=True)
    name = results["date"].replace(":", "").replace("+0000", "Z")
    (folder / f"{name}.json").write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def told(results: dict[str, Any]) -> str:
    about = results["machine"]
    promises = targets(results)
    return "\n".join(
        [
            f"{results['date']}; {about['cores']} × {about['processor']}, {about['memory'] / 2**30:.0f} GB; "
            f"{about['system']}.",
            f"Load average at start {' '.join(f'{load:.2f}' for load in about['load'])}; best of {results['repeat']}.",
            f"{'; '.join(results['versions'].values())}.",
            f"Command: `{results['command']}`",
            "",
            table(results),
            *(["", "```", *promises, "```"] if promises else []),
        ]
    )


_MEASURED = re.compile(r"(?s)(<!-- measured -->\n).*?(<!-- end -->)")


def _write_readme(text: str) -> None:
    """Put the results in place of the last ones in bench/README.md."""
    readme = HERE / "README.md"
    before = readme.read_text(encoding="utf-8")
    after, count = _MEASURED.subn(lambda found: f"{found[1]}{text}\n{found[2]}", before, count=1)
    if not count:
        raise SystemExit(f"{readme} has no place for results")
    readme.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main()
