"""`python -m tests.pipeline.crash WAY [EVERY]`: a release killed before every single change that it makes to the disk.

WAY is `files` (few changes, renamed one by one), `exchange` (the whole folder in one step), `plain` (the whole folder
where that is not possible), `rollback` or `first`. A child is killed (SIGKILL, by itself) before its first change, its
second and so on. Each time the site is looked at as it stands, then after a command that only opens it, and then after
one that publishes again. With EVERY, only each EVERY-th change. Prints one JSON line.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from generator.pipeline import journal
from generator.pipeline.layout import Layout
from generator.pipeline.manifest import differences, load_manifest, measure_folder
from generator.pipeline.output_folder import Stage
from generator.pipeline.rollback import roll_back

CHANGES = {"os.mkdir", "os.rename", "os.link", "os.remove", "os.rmdir", "shutil.rmtree", "ctypes.dlsym"}
Files = dict[str, bytes]


def section(reports: Mapping[tuple[int, str], str], style: str = "1") -> Files:
    """A section in small: reports by year and organ, with downloads, listings that lead to them, and a style sheet."""
    css = f"assets/a.{style:0>8}.css"
    years, organs = sorted({year for year, _ in reports}), sorted({organ for _, organ in reports})
    pages: dict[str, list[str]] = {"index.html": [f"{year}/index.html" for year in years]}
    pages["index.html"] += [f"organs/{organ}/index.html" for organ in organs]
    for year in years:
        pages[f"{year}/index.html"] = [f"{year}/{o}/index.html" for y, o in reports if y == year]
    for organ in organs:
        pages[f"organs/{organ}/index.html"] = [f"{y}/{o}/index.html" for y, o in reports if o == organ]
    files = {css: b"a {}", "data/reports.csv": json.dumps(sorted(reports.values())).encode()}
    for (year, organ), text in reports.items():
        folder = f"{year}/{organ}"
        files[f"{folder}/report.json"] = files[f"{folder}/tables.csv"] = text.encode()
        pages[f"{folder}/index.html"] = [f"{folder}/report.json", f"{folder}/tables.csv", f"organs/{organ}/index.html"]
    for path, links in pages.items():
        text = reports.get((int(path[:4]), path[5:-11]), "") if path[:4].isdecimal() else ""
        files[path] = text.encode() + b"".join(f"<a href='/{link}'>".encode() for link in (css, *links))
    return files


def publish(output: Path, files: Mapping[str, bytes], durable: bool = False) -> None:
    with Stage(output, durable) as stage:
        for path, data in files.items():
            stage.put(path, data)
        stage.commit("salt", [], "")


def tree(folder: Path) -> Files:
    """Every file of a folder, and its folders as paths that end in a slash."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {
        f"{name}/" if path.is_dir() else name: b"" if path.is_dir() else path.read_bytes()
        for name, path in found.items()
    }


def dead_links(folder: Path) -> list[str]:
    """Links to nothing on the pages that a reader can come to from the home page."""
    seen, todo, dead = set[str](), ["index.html"], []
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        if not (folder / path).is_file():
            dead.append(path)
        elif path.endswith(".html"):
            todo += re.findall("href='/([^']*)'", (folder / path).read_text("utf-8"))
    return dead


def in_child(action: Callable[[], object], die_at: int) -> bool:
    """Runs an action in a child that kills itself before its n-th change of the disk; True when it lived to the end."""
    child = os.fork()
    if child == 0:
        seen = 0

        def watch(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal seen
            opened = event == "open" and int(arguments[2]) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if opened or event in CHANGES:
                seen += 1
                if seen == die_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        action()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@contextmanager
def in_memory() -> Iterator[Path]:
    """A temporary folder in memory where the system has one, so that thousands of small files wait for no disk."""
    memory = "/dev/shm"
    with tempfile.TemporaryDirectory(dir=memory if os.path.isdir(memory) else None) as folder:
        yield Path(folder)


def _copy(source: Path, target: Path) -> None:
    """Puts a copy of a section, and all that is kept beside it, in the place of another."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, symlinks=True)


def _stands(folder: Path, old: Files, new: Files) -> Iterator[str]:
    """What a reader meets at this moment: `old` or `new`, `between` whole files of both, `aside`, or a fault."""
    output = folder / "site"
    if not output.exists():
        yield "aside" if old and tree(folder / ".site.nianbao-old") == old else "none" if not old else "lost"
        return
    now = tree(output)
    halves = [
        path for path, data in now.items() if not path.endswith("/") and data not in (old.get(path), new.get(path))
    ]
    yield from (f"half a file: {path}" for path in halves)
    yield from (f"dead link: {path}" for path in dead_links(output))
    yield "old" if now == old else "new" if now == new else "between"


def _beside(folder: Path) -> Iterator[str]:
    """What is wrong with the files beside a section at rest."""
    layout = Layout(folder / "site")
    keep = (layout.lock, layout.manifest, layout.record, layout.records, layout.previous)
    yield from (f"left over: {path.name}" for path in folder.glob(".site.nianbao-*") if path not in keep)
    manifest = load_manifest(layout.manifest)
    if layout.output.exists() and (manifest is None or any(differences(manifest, measure_folder(layout.output)))):
        yield "the manifest is not that of the section"


def trial(
    folder: Path, start: Callable[[Path], object], action: Callable[[Path], object], every: int = 1
) -> dict[str, Any]:
    """Runs the trial of one way: `start` makes the section as it is before, `action` is what is killed."""
    work, kept, after = folder / "work", folder / "kept", folder / "after"
    kept.mkdir()
    start(kept / "site")
    _copy(kept, after)
    action(after / "site")
    old, new = (tree(place / "site") if (place / "site").exists() else {} for place in (kept, after))
    seen: list[str] = []
    wrong: list[str] = []
    for step in range(1, 10_000, every):
        _copy(kept, work)
        alive = in_child(lambda: action(work / "site"), step)
        *faults, state = _stands(work, old, new)
        seen.append(state)
        wrong += [f"{step}: {fault}" for fault in faults]
        if alive:
            break
        with Stage(work / "site"):  # what any command does first
            pass
        *faults, state = _stands(work, old, new)
        at_rest = ("old", "new") if old else ("none", "new")
        wrong += [f"{step}, opened: {fault}" for fault in (*faults, *_beside(work), *({state} - set(at_rest)))]
        if state == at_rest[0]:
            action(work / "site")
        *faults, state = _stands(work, old, new)
        wrong += [f"{step}, again: {fault}" for fault in (*faults, *_beside(work), *({state} - {"new"}))]
        roll_back_works = not old or _goes_back(work / "site", old)
        wrong += [] if roll_back_works else [f"{step}: the release before is not whole"]
    return {"kills": len(seen) - 1, "seen": seen, "wrong": wrong}


def _goes_back(output: Path, old: Files) -> bool:
    """Whether rolling back gives the files of the old release, besides assets of the one left."""
    roll_back(output)
    now = tree(output)
    return {path: now.get(path) for path in old} == old


OLD = {(year, organ): f"{year} {organ}" for year in range(2019, 2024) for organ in ("a", "b", "c", "d", "e", "f")}
NEW = {key: text for key, text in OLD.items() if key != (2019, "f")} | {(2023, "a"): "edited", (2024, "a"): "added"}


def _twice(output: Path) -> None:
    for reports in (OLD, NEW):
        publish(output, section(reports))


WAYS: dict[str, tuple[Callable[[Path], object], Callable[[Path], object]]] = {
    "files": (lambda at: publish(at, section(OLD)), lambda at: publish(at, section(NEW))),
    "exchange": (lambda at: publish(at, section(OLD)), lambda at: publish(at, section(NEW, "2"))),
    "plain": (lambda at: publish(at, section(OLD)), lambda at: publish(at, section(NEW, "2"))),
    "first": (lambda at: None, lambda at: publish(at, section(OLD))),
    "rollback": (_twice, roll_back),
}


def main(way: str, every: int) -> dict[str, Any]:
    journal.flush = lambda paths: None  # type: ignore[attr-defined] # a kill loses nothing of what was written; waiting for the disk is slow
    if way == "plain":
        journal._renameat2 = lambda first, second: False
    with in_memory() as folder:
        return trial(folder, *WAYS[way], every)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int((sys.argv[2:] or ["1"])[0]))))
