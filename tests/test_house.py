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
    "readers.document": 1, "readers.pdf_rules": 1, "nodes": 1, "yaml_slips": 1, "wordlist": 1,
    "counterpart": 2, "prose": 2, "declaration": 2, "grid": 2, "intake.lines": 2, "intake.reading": 2, "intake.sections": 2, "intake.vocabulary": 2,
    "nearby": 2, "readers.docx_marks": 2, "readers.notes": 2, "readers.pdf_images": 2, "readers.pdf_text": 2, "figure": 2, "canonical": 2,
    "settings": 2,
    "report": 3, "source": 3,
    "carry": 4, "report_reader": 4, "fitting": 4, "own_narrative": 4, "own_words": 2, "flat": 4, "intake.chrome": 4, "intake.draft": 4, "intake.figures": 4, "intake.markdown": 4, "intake.recognise": 4,
    "placeholder": 4, "printers.page": 4, "readers.encoding": 4, "readers.ole": 4, "readers.pdf_bounds": 4, "readers.rectangle": 4,
    "readers.safe": 4, "repair": 4, "series": 4, "terms": 4, "text_table": 4,
    "workbook.layout": 4,
    "formats_show": 5, "intake.extra": 5, "intake.split": 5, "library": 5, "readers.html": 5, "readers.kinds": 5, "readers.opc": 5,
    "readers.mht": 6, "readers.pdf_tables": 5, "readers.sheet_cells": 5, "readers.sheet_xls": 5, "readers.text": 5, "scaffold": 5,
    "derive": 6, "downloads.report_json": 6, "gather": 6, "intake.flat": 6, "intake.grids": 6, "readers.docx_body": 6, "readers.sheet_ods": 6,
    "readers.sheet_xlsx": 6, "rules.narrative": 6, "workbook.checks": 6,
    "charts": 7, "downloads.tables_csv": 7, "intake.take": 7, "readers.docx": 7, "rollup": 7, "rules.narrative_reading": 7,
    "rules.rule": 7, "workbook.table_sheet": 7,
    "intake.filled": 8, "intake.review": 8, "rules.arithmetic": 8, "rules.cells": 8, "rules.coverage": 8, "rules.duplication": 8, "rules.fees": 8, "rules.figures": 8,
    "rules.forms": 8, "rules.indicators": 8, "rules.narrative_figures": 8, "rules.narrative_shares": 8,
    "rules.narrative_words": 8, "rules.rollup": 8, "rules.structure": 8, "rules.text": 8, "tables": 8,
    "binding": 9, "render": 9, "rules.continuity": 9, "rules.crosstext": 9, "rules.plausibility": 9, "rules.names": 9, "rules.narrative_denials": 9, "rules.portal": 9,
    "rules.privacy": 9, "rules.punctuation": 9, "rules.residue": 9, "rules.wording": 9,
    "rules": 10,
    "check": 11, "rules.docs": 11,
    "load": 12, "preview": 12, "readers.hush": 12, "readers.pdf_open": 12, "show": 12, "workbook.make": 12, "write": 12,
    "deposit": 13, "findings": 13, "job": 13, "readers.pdf_left": 13, "readers.sheet": 13,
    "build": 14, "prepare": 14, "readers.legacy": 14, "readers.pdf": 14,
    "commands.common": 15, "readers.office": 15, "summing": 15,
    "commands.binding": 16, "commands.building": 16, "commands.checking": 16, "commands.listing": 16, "commands.preparing": 16,
    "ingest": 16,
    "guard": 17, "importing": 17,
    "reviewing": 18, "show_import": 18,
    "commands.importing": 19,
    "__main__": 20,
}  # fmt: skip
PURE_UP_TO = 11
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
    assert imports("from generator.website.pages import Page\nfrom generator import load") == {"render", "load"}
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
