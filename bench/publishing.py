"""Measures what publishing costs beside `rsync -a` of the same trees, in one run: a first publication, and one changed
report.

    python bench/publishing.py [REPORTS] [WAYS]

The whole command is measured, from its start to its end, as after a build: the section lies there with its manifest and
record. The targets are a folder and, by rsync and sftp, an OpenSSH server on loopback. The trees are 示例."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.pipeline.build_record import BuildRecord, input_paths, result_json, salt, stamps, write_record
from generator.pipeline.layout import Layout
from generator.pipeline.manifest import Entry, make_manifest, measure, measure_folder, write_manifest
from generator.pipeline.request import Request
from tests.example import write_content
from tests.targets.samples import record
from tests.targets.ssh_server import running

ROOT = Path(__file__).parent.parent
ROUNDS = 3
FILES = ("index.html", "tables.csv", "report.json", "text.js")


def lay(root: Path, reports: int, changed: int) -> Path:
    """Makes a section of so many reports, of which the first few were changed one after the other, up to `changed`."""
    (root / "assets").mkdir(parents=True)
    (root / "assets/style.0a0a0a0a.css").write_bytes(b"p{}" * 1000)
    (root / "index.html").write_bytes("示例首页".encode() * 500)
    for path in ("assets/style.0a0a0a0a.css", "index.html"):
        os.utime(root / path, (1_700_000_000, 1_700_000_000))
    for number in range(reports):
        folder = root / f"{2001 + number % 25}/organ{number // 25:05d}"
        folder.mkdir(parents=True, exist_ok=True)
        version = int(0 < number <= changed)
        mark = f"{number} {'changed' * version}\n".encode()
        for name in FILES:
            data = record() if name == "report.json" else mark + name.encode() * 400
            (folder / name).write_bytes(data)
            os.utime(folder / name, (1_700_000_000 + version, 1_700_000_000 + version))
    return root


def recorded(section: Path, content: Path) -> Path:
    """Leaves beside a section what a build of this content leaves: the manifest, and the record of what was read."""
    layout = Layout(section)
    listed = {path: os.stat(section / path) for path in measure_folder(section)}
    entries = [Entry(path, *measure(str(section / path))) for path in listed]
    manifest = make_manifest(entries)
    write_manifest(layout.manifest, manifest)
    outputs = [f"{status.st_mtime_ns} {status.st_size} {path}" for path, status in sorted(listed.items())]
    request, inputs = Request(content.resolve()), list(stamps(input_paths(content)))
    record = BuildRecord(salt(request), inputs, outputs, result_json([], 1), manifest.release)
    write_record(layout.record, record)
    return section


def lay_content(folder: Path, reports: int, values: Mapping[str, str]) -> Path:
    """Makes a content folder of so many reports, as far as publishing looks at it, with one target."""
    content = write_content(folder, {})
    with (content / "site.yaml").open("a", encoding="utf-8") as site:
        site.write(f"发布: {{门户: {json.dumps(dict(values), ensure_ascii=False)}}}\n")
    for number in range(reports):
        place = content / f"{2001 + number % 25}/organ{number // 25:05d}"
        place.mkdir(parents=True)
        for name in ("tables.yaml", "report.md"):
            (place / name).write_text("示例", encoding="utf-8")
    return content


class Cost(NamedTuple):
    """Seconds on the clock, and of the processor on this side, servers on loopback left out."""

    seconds: float
    cpu: float


# Modules are compiled before anything is measured, as they are where nianbao is installed.
COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def timed(command: Sequence[str]) -> Cost:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL, env=COMPILED)
    took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measure_way(
    base: Path, values: Mapping[str, str], rsync: Sequence[str], place: str, reports: int
) -> dict[str, Cost]:
    """Copies and publishes both trees in turn, each to a place of its own: first the whole tree, then one changed
    report, before and after as many releases are kept as asked for (2 here)."""
    base.mkdir()
    content, section = lay_content(base / "content", reports, values), base / "site"
    publish = [sys.executable, "-m", "generator", "publish", "--yes", "--content", str(content)]
    found: dict[str, list[tuple[Cost, Cost]]] = {}
    for number in range(ROUNDS + 2):
        shutil.rmtree(section, ignore_errors=True)
        recorded(lay(section, reports, number), content)
        name = ("first", "one report, second release")[number] if number < 2 else "one report"
        pair = timed([*rsync, f"{section}/", place]), timed([*publish, "--output", str(section)])
        found.setdefault(name, []).append(pair)
    return {
        f"{who}, {name}": min(pair[side] for pair in pairs)
        for name, pairs in found.items()
        for side, who in enumerate(("rsync -a", "publish"))
    }


def main() -> None:
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    ways = sys.argv[2].split(",") if len(sys.argv) > 2 else ["目录", "rsync", "sftp"]
    base = Path(tempfile.mkdtemp(prefix="nianbao-bench-"))
    COMPILED["PYTHONPYCACHEPREFIX"] = str(base / "compiled")
    try:
        results = {}
        if "目录" in ways:
            values = {"方式": "目录", "目录": str(base / "www"), "保留": "2"}
            results["目录"] = measure_way(base / "local", values, ["rsync", "-a"], str(base / "copy"), reports)
        (base / "sshd").mkdir()
        with running(base / "sshd") as server:
            ssh = f"ssh -p {server.port} -i {server.folder}/key -o UserKnownHostsFile={server.folder}/known_hosts"
            for way in [way for way in ways if way != "目录"]:
                values = {"方式": way, **server.values, "目录": str(base / f"www-{way}"), "保留": "2"}
                place = f"{server.values['用户']}@127.0.0.1:{base}/copy-{way}"
                results[way] = measure_way(base / way, values, ["rsync", "-a", "-e", ssh], place, reports)
        told = {
            way: {name: [round(n, 2) for n in cost] for name, cost in found.items()} for way, found in results.items()
        }
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        print(json.dumps({"reports": reports, "seconds, cpu": told, "memory_mb": memory}, indent=1, ensure_ascii=False))
    finally:
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    main()
