"""Measures what publishing costs beside `rsync -a` of the same two trees: a first publication, and one changed report.

    python bench/publishing.py [REPORTS]

Figures in the trees are 示例. The targets are a folder and, by rsync and sftp, an OpenSSH server on loopback."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.collection.destinations import Destination
from generator.collection.office import open_office
from generator.targets.publication import carry_out, prepare
from generator.targets.ways import open_target
from tests.example import write_content
from tests.targets.samples import TIME, record
from tests.targets.ssh_server import running

FILES = ("index.html", "tables.csv", "report.json", "text.js")


def lay(root: Path, reports: int, changed: int = -1) -> None:
    """Makes a section of so many reports; that of number `changed` differs."""
    (root / "assets").mkdir(parents=True)
    (root / "assets/style.0a0a0a0a.css").write_bytes(b"p{}" * 1000)
    (root / "index.html").write_bytes("示例首页".encode() * 500)
    for number in range(reports):
        folder = root / f"{2001 + number % 25}/organ{number // 25:05d}"
        folder.mkdir(parents=True, exist_ok=True)
        mark = f"{number} {'changed' if number == changed else ''}\n".encode()
        for name in FILES:
            data = record() if name == "report.json" else mark + name.encode() * 400
            (folder / name).write_bytes(data)
            os.utime(folder / name, (1_700_000_000 + (number == changed), 1_700_000_000 + (number == changed)))


def timed(work: Callable[[], object]) -> float:
    os.sync()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure(base: Path, values: dict[str, str], rsync: list[str], place: str, old: Path, new: Path) -> dict[str, float]:
    """Publishes and copies both trees, each into an empty folder of its own; seconds."""
    content = write_content(base / "content", {})
    office, found = open_office(content), {}
    for name, tree in (("first", old), ("one report", new)):
        found[f"rsync -a, {name}"] = timed(partial(subprocess.run, [*rsync, f"{tree}/", place], check=True))
    destination = Destination("门户", values["方式"], values)

    def publish(tree: Path) -> None:
        target = open_target(destination, content)
        scratch = Path(tempfile.mkdtemp(dir=base))
        publication = prepare(office, tree, destination, target, (), False, scratch)
        carry_out(publication, TIME, "示例", "", (), lambda _: None)
        target.close()

    for name, tree in (("first", old), ("one report", new)):
        found[f"publish, {name}"] = timed(partial(publish, tree))
    return found


def main() -> None:
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    base = Path(tempfile.mkdtemp(prefix="nianbao-bench-"))
    try:
        old, new = base / "old", base / "new"
        lay(old, reports)
        lay(new, reports, changed=7)
        results = {}
        folder = {"方式": "目录", "目录": str(base / "www")}
        results["folder"] = measure(base / "a", folder, ["rsync", "-a"], str(base / "copy"), old, new)
        (base / "sshd").mkdir()
        with running(base / "sshd") as server:
            for way in ("rsync", "sftp"):
                values = {"方式": way, **server.values, "目录": str(base / f"www-{way}")}
                ssh = f"ssh -p {server.port} -i {server.folder}/key -o UserKnownHostsFile={server.folder}/known_hosts"
                place = f"{server.values['用户']}@127.0.0.1:{base}/copy-{way}"
                results[way] = measure(base / way, values, ["rsync", "-a", "-e", ssh], place, old, new)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps({"reports": reports, "seconds": results, "memory_mb": memory}, indent=1, ensure_ascii=False))
    finally:
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    main()
