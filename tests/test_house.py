"""The house keeps its storeys: every module imports only from those below, and the lower ones touch no world."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parent.parent / "generator"

STOREYS = {
    "__init__": 0, "diagnostic": 0, "typography": 0,
    "source": 1, "format": 1,
    "grid": 2, "declaration": 2, "series": 3, "report": 2, "prose": 2, "settings": 2,
    "wordlist": 1, "nearby": 2, "checksums": 0,
    "manuscript": 2, "fitting": 3, "flat": 3, "text_table": 3, "library": 4,
    "readers": 1, "readers.document": 2,
    "numeral": 1, "expression": 1, "counterpart": 2, "placeholder": 3,
    "readers": 1, "readers.document": 2, "readers.words": 2, "readers.notes": 3, "readers.pictures": 3,
    "readers.safe": 4, "readers.rectangle": 4, "readers.opc": 5, "readers.docx_styles": 2, "readers.docx_marks": 3, "readers.docx_body": 6, "readers.docx": 7,
    "readers.ole": 4, "readers.kinds": 5, "readers.sheet_cells": 5, "readers.sheet_xls": 5, "readers.sheet_ods": 6, "readers.sheet_xlsx": 6,
    "readers.pdf_page": 1, "readers.pdf_rules": 3, "readers.pdf_images": 3, "readers.pdf_text": 3, "readers.pdf_bounds": 4, "readers.pdf_tables": 5,
    "readers.hush": 11, "readers.sheet": 12, "readers.pdf_open": 11, "readers.pdf_left": 12, "readers.pdf": 13, "readers.legacy": 13, "readers.office": 14,
    "readers.encoding": 4, "readers.text": 5, "readers.html": 5,
    "intake": 1, "intake.notes": 2, "intake.labels": 2, "intake.vocabulary": 3, "intake.reading": 3, "intake.lines": 3, "intake.sections": 3,
    "intake.recognise": 3, "intake.figures": 4, "intake.markdown": 4, "intake.draft": 4, "intake.chrome": 4,
    "intake.grids": 5, "intake.split": 5, "intake.flat": 6, "intake.take": 7, "intake.review": 8,
    "deposit": 12, "ingest": 15, "importing": 16, "show_import": 17, "reviewing": 17,
    "derive": 5, "gather": 5, "rollup": 6, "repair": 5, "rules.rule": 6,
    "rules.forms": 8, "rules.structure": 8, "rules.cells": 8, "rules.arithmetic": 8, "rules.indicators": 8,
    "rules.figures": 7, "rules.plausibility": 8, "rules.continuity": 8, "rules.rollup": 8,
    "rules.narrative": 6, "rules.narrative_reading": 7, "rules.narrative_figures": 8, "rules.narrative_shares": 8,
    "rules.narrative_denials": 8, "rules.narrative_words": 8,
    "downloads": 5, "downloads.tables_csv": 6, "downloads.report_json": 6, "downloads.datapackage": 6,
    "printers": 0, "printers.findings_json": 1, "printers.sarif": 1, "printers.annotations": 1, "printers.page": 4,
    "sketch": 0, "rules.text": 7, "rules.wording": 8, "rules.punctuation": 8, "rules.privacy": 8, "rules.residue": 8,
    "rules.crosstext": 8, "rules.coverage": 8, "rules.portal": 8, "rules.duplication": 8,
    "rules": 9, "rules.docs": 10,
    "terms": 3, "charts": 6,
    "rules": 9, "rules.docs": 10, "binding": 10,
    "check": 10, "views": 6, "tables": 7, "render": 8,
    "load": 11, "write": 11, "show": 11, "formats_show": 11,
    "findings": 12, "job": 12, "preview": 12,
    "build": 13, "summing": 14,
    "commands": 0, "commands.common": 14, "commands.building": 15, "commands.listing": 15, "commands.checking": 15, "commands.binding": 15,
    "__main__": 16,
    "commands": 0, "commands.common": 14, "commands.building": 15, "commands.listing": 15, "commands.checking": 15, "commands.importing": 18,
    "__main__": 19,
}  # fmt: skip
PURE_UP_TO = 10
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
