"""The house keeps its storeys: every module imports only from those below, and the lower ones touch no world."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parent.parent / "generator"

STOREYS = {
    "__init__": 0, "diagnostic": 0,
    "source": 1, "format": 1,
    "grid": 2, "report": 2, "prose": 2, "settings": 2,
    "manuscript": 2, "flat": 3, "library": 3,
    "readers": 1, "readers.document": 2, "readers.words": 2, "readers.notes": 3, "readers.pictures": 3,
    "readers.safe": 4, "readers.rectangle": 4, "readers.opc": 5, "readers.docx_styles": 2, "readers.docx_body": 6, "readers.docx": 7,
    "readers.encoding": 4, "readers.text": 5, "readers.html": 5,
    "intake": 1, "intake.labels": 2, "intake.vocabulary": 3, "intake.reading": 3, "intake.lines": 3, "intake.sections": 3,
    "intake.recognise": 3, "intake.figures": 4, "intake.markdown": 4, "intake.draft": 4, "intake.chrome": 4,
    "intake.grids": 5, "intake.split": 5, "intake.flat": 6, "intake.take": 7, "intake.review": 8,
    "deposit": 11, "ingest": 13, "importing": 14, "show_import": 15, "reviewing": 15, "commands_import": 16,
    "readers.ole": 4, "readers.kinds": 5, "readers.sheet_cells": 5, "readers.sheet_xls": 5, "readers.sheet_ods": 6, "readers.sheet_xlsx": 6, "readers.sheet": 7,
    "readers.pdf_page": 1, "readers.pdf_open": 10, "readers.pdf": 11, "readers.legacy": 11, "readers.office": 12,
    "derive": 4, "gather": 4, "repair": 4, "rules.rule": 5,
    "rules.structure": 7, "rules.cells": 7, "rules.arithmetic": 7, "rules.indicators": 7,
    "rules.figures": 6, "rules.plausibility": 7, "rules.continuity": 7, "rules.rollup": 7,
    "downloads": 4, "downloads.tables_csv": 5, "downloads.report_json": 5, "downloads.datapackage": 5,
    "printers": 0, "printers.findings_json": 1, "printers.sarif": 1, "printers.annotations": 1, "printers.page": 3,
    "rules": 8, "rules.docs": 9,
    "check": 9, "views": 5, "tables": 6, "render": 7,
    "load": 10, "write": 10, "show": 10,
    "findings": 11, "job": 11, "preview": 11,
    "build": 12,
    "__main__": 17,
}  # fmt: skip
PURE_UP_TO = 9
WORLD = {"os", "pathlib", "time", "subprocess", "socket", "shutil", "tempfile", "random", "datetime", "logging"}


def modules() -> dict[str, str]:
    found = {}
    for path in sorted(GENERATOR.rglob("*.py")):
        name = path.relative_to(GENERATOR).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        found[name] = path.read_text(encoding="utf-8")
    return found


def imports(source: str) -> set[str]:
    """Modules of the project that a source imports, by the name used in STOREYS."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "generator":
            base = node.module.removeprefix("generator").removeprefix(".")
            for alias in node.names:
                full = f"{base}.{alias.name}".lstrip(".")
                found.add(full if full in STOREYS else base or "__init__")
    return found


def world(source: str) -> set[str]:
    """What a source uses of the outer world: modules, open, print."""
    used: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            used |= {alias.name.split(".")[0] for alias in node.names} & WORLD
        elif isinstance(node, ast.ImportFrom) and node.module:
            used |= {node.module.split(".")[0]} & WORLD
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("open", "print", "input", "eval", "exec"):
            used.add(node.func.id)
    return used


def test_every_module_has_a_storey() -> None:
    assert set(modules()) == set(STOREYS)


@pytest.mark.parametrize("name", sorted(STOREYS))
def test_a_module_imports_only_from_below(name: str) -> None:
    climbs = {other for other in imports(modules()[name]) if STOREYS[other] >= STOREYS[name]}
    assert not climbs


@pytest.mark.parametrize("name", sorted(name for name, storey in STOREYS.items() if storey <= PURE_UP_TO))
def test_the_lower_storeys_are_pure(name: str) -> None:
    assert world(modules()[name]) == set()


def test_the_two_checks_bite() -> None:
    assert imports("from generator.render import Page\nfrom generator import load") == {"render", "load"}
    assert world("import os\nfrom time import time\nprint(open('x'))") == {"os", "time", "print", "open"}
