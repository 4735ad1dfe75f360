"""The house keeps its storeys: every module imports only from those below, and the lower ones touch no world."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parent.parent / "generator"

STOREYS = {
    "__init__": 0, "checksums": 0, "commands": 0, "diagnostic": 0, "downloads": 0, "downloads.datapackage": 0, "intake": 0,
    "intake.labels": 0, "manuscript": 0, "numeral": 0, "printers": 0, "readers": 0, "readers.docx_styles": 0, "readers.pdf_page": 0,
    "readers.pictures": 0, "readers.words": 0, "sketch": 0, "stamp": 0, "typography": 0, "views": 0, "workbook": 0, "workbook.dress": 0,
    "traces": 1, "dialect": 1, "expression": 1, "format": 1, "intake.notes": 1, "printers.annotations": 1, "printers.findings_json": 1, "printers.sarif": 1,
    "readers.document": 1, "readers.pdf_rules": 1, "source": 1, "wordlist": 1,
    "counterpart": 2, "prose": 2, "declaration": 2, "grid": 2, "intake.lines": 2, "intake.reading": 2, "intake.sections": 2, "intake.vocabulary": 2,
    "nearby": 2, "readers.docx_marks": 2, "readers.notes": 2, "readers.pdf_images": 2, "readers.pdf_text": 2, "report": 2,
    "settings": 2,
    "carry": 3, "fitting": 3, "own_narrative": 3, "own_words": 2, "flat": 3, "intake.chrome": 3, "intake.draft": 3, "intake.figures": 3, "intake.markdown": 3, "intake.recognise": 3,
    "placeholder": 3, "printers.page": 3, "readers.encoding": 3, "readers.ole": 3, "readers.pdf_bounds": 3, "readers.rectangle": 3,
    "readers.safe": 3, "repair": 3, "series": 3, "terms": 3, "text_table": 3,
    "workbook.layout": 3,
    "formats_show": 4, "intake.extra": 4, "intake.split": 4, "library": 4, "readers.html": 4, "readers.kinds": 4, "readers.opc": 4,
    "readers.mht": 5, "readers.pdf_tables": 4, "readers.sheet_cells": 4, "readers.sheet_xls": 4, "readers.text": 4, "scaffold": 4,
    "derive": 5, "downloads.report_json": 5, "gather": 5, "intake.flat": 5, "intake.grids": 5, "readers.docx_body": 5, "readers.sheet_ods": 5,
    "readers.sheet_xlsx": 5, "rules.narrative": 5, "workbook.checks": 5,
    "charts": 6, "downloads.tables_csv": 6, "intake.take": 6, "readers.docx": 6, "rollup": 6, "rules.narrative_reading": 6,
    "rules.rule": 6, "workbook.table_sheet": 6,
    "intake.filled": 7, "intake.review": 7, "rules.arithmetic": 7, "rules.cells": 7, "rules.coverage": 7, "rules.duplication": 7, "rules.fees": 7, "rules.figures": 7,
    "rules.forms": 7, "rules.indicators": 7, "rules.narrative_figures": 7, "rules.narrative_shares": 7,
    "rules.narrative_words": 7, "rules.rollup": 7, "rules.structure": 7, "rules.text": 7, "tables": 7,
    "binding": 8, "render": 8, "rules.continuity": 8, "rules.crosstext": 8, "rules.plausibility": 8, "rules.names": 8, "rules.narrative_denials": 8, "rules.portal": 8,
    "rules.privacy": 8, "rules.punctuation": 8, "rules.residue": 8, "rules.wording": 8,
    "rules": 9,
    "check": 10, "rules.docs": 10,
    "load": 11, "preview": 11, "readers.hush": 11, "readers.pdf_open": 11, "show": 11, "workbook.make": 11, "write": 11,
    "deposit": 12, "findings": 12, "job": 12, "readers.pdf_left": 12, "readers.sheet": 12,
    "build": 13, "prepare": 13, "readers.legacy": 13, "readers.pdf": 13,
    "commands.common": 14, "readers.office": 14, "summing": 14,
    "commands.binding": 15, "commands.building": 15, "commands.checking": 15, "commands.listing": 15, "commands.preparing": 15,
    "ingest": 15,
    "guard": 16, "importing": 16,
    "reviewing": 17, "show_import": 17,
    "commands.importing": 18,
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


# Python before 3.11.5 (Debian 12 has 3.11.2) takes too much where a repeated group fails halfway: `(?:,\\d)*+`. An atomic
# group around it says the same and is right everywhere: `(?>(?:,\\d)*)`.
_POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+")


def possessive_groups(source: str) -> list[str]:
    texts = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [text for text in texts if _POSSESSIVE_GROUP.search(text)]


@pytest.mark.parametrize("name", sorted(STOREYS))
def test_no_pattern_repeats_a_group_possessively(name: str) -> None:
    assert possessive_groups(modules()[name]) == []


def test_no_list_repeats_a_group_possessively() -> None:
    lists = sorted(GENERATOR.rglob("*.yaml"))
    assert lists and [path.name for path in lists if _POSSESSIVE_GROUP.search(path.read_text("utf-8"))] == []


def test_the_possessive_check_bites() -> None:
    assert possessive_groups('a = r"(?:,x)*+"; b = rf"(?:{a}){{1,3}}+"; c = r"(ab)++"') == [r"(?:,x)*+", "(ab)++", "){1,3}+"]
    assert possessive_groups(r'a = r"(?>(?:,x)*)[\w)]*+x++\)?+"') == []
