"""How many single wrong figures the rules find: every cell of a consistent 示例 report changed by +1 and by -1.

python bench/figure_mutations.py

Prints the share found per form and table, with and without last year's report at hand, and the cells no identity
covers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator.collection.context import Context
from generator.report.entry import Files, LoadedReport, ReportRef, read_entry
from generator.report.model import Report
from generator.rules.runner import check_entry
from tests.example import FORMS, SETTINGS, prose, tables

# Figures that leave no cell at its bounds, so that ±1 is a plain wrong figure.
RICH: dict[int, dict[str, list[object]]] = {
    2020: {
        "表二_规范性文件": [5, 5, 20],
        "表二_行政许可": [40, 3, 50],
        "表二_其他对外管理服务事项": [30, 2, 60],
        "表二_行政处罚": [20, -1, 9],
        "表二_行政强制": [6, 0, 4],
        "表二_行政事业性收费": [12, 1],
        "表二_政府集中采购": [7, "88万元"],
    },
    2021: {
        "表二_行政规范性文件": [5, 2, 23],
        "表二_行政许可": [53],
        "表二_行政处罚": [11],
        "表二_行政强制": [3],
        "表二_行政事业性收费": ["12.5"],
    },
}
CASES: list[object] = [3, 1, 2, 1, 7, 2, 1, 1, 1, 5, 1, 1, 1, 1, 4]


def read(year: int, text: str) -> LoadedReport:
    files = Files(text.encode(), prose(year).encode())
    entry, _ = read_entry(ReportRef(year, "shili", f"{year}/shili"), files, FORMS)
    assert entry is not None
    return entry


def rich(year: int) -> str:
    """A consistent report's tables.yaml without a cell at its bounds."""
    form = next(form for form in FORMS if form.governs(year))
    results = [key for _, key in form.row_roles["results"]]
    rows: dict[str, list[object]] = {f"表三_{key}": [2, 1, 1, 1, 1, 1, 7] for key in results}
    n = len(results)
    rows["表三_总计"] = [2 * n, n, n, n, n, n, 7 * n]
    rows["表三_结转下年度"] = [1, 1, 1, 1, 1, 1, 6]
    rows["表三_上年结转"] = [1, 0, 0, 0, 0, 0, 1]
    rows["表三_本年新收"] = [2 * n, n + 1, n + 1, n + 1, n + 1, n + 1, 7 * n + 5]
    return tables(year, **rows, **RICH[min(year, 2021)], 表四_件数=CASES)


def mutants(report: Report, text: str) -> Iterator[tuple[str, str, str]]:
    """(table, cell, text with that one figure changed)"""
    lines = text.split("\n")
    for sheet in report.sheets:
        for index, slot in enumerate(sheet.table.slots):
            line, column = sheet.mark(index)
            typed = sheet.texts[index]
            number = typed.removesuffix("万元")
            for change in (1, -1):
                new = str(Decimal(number) + change) + typed[len(number) :]
                row = lines[line - 1]
                changed = row[: column - 1] + new + row[column - 1 + len(typed) :]
                yield sheet.table.id, slot.name, "\n".join([*lines[: line - 1], changed, *lines[line:]])


def tell(year: int, previous: LoadedReport | None) -> None:
    text = rich(year)
    entry = read(year, text)
    context = Context(previous=previous, organs={organ.id: organ for organ in SETTINGS.organs})
    base = {(f.rule, f.subject, f.values) for f in check_entry(entry, context)}
    found: dict[str, list[bool]] = {}
    missed: list[str] = []
    for table, cell, mutant in mutants(entry.report, text):
        changed = read(year, mutant)
        new = [*changed.report.findings] + [
            f for f in check_entry(changed, context) if (f.rule, f.subject, f.values) not in base
        ]
        found.setdefault(table, []).append(bool(new))
        if not new:
            missed.append(cell)
    covered = {
        slot.name
        for table in entry.report.form.tables
        for e in table.equations
        for slot in (table.slots[i] for i in (*e.left, *e.right))
        if e.relation == "equal"
    }
    print(f"\n{entry.report.form.document} {year}{'，上年报告在手 with last year' if previous else ''}")
    for table, results in found.items():
        print(f"  {table}: {sum(results)}/{len(results)} found")
    inside = [cell for cell in missed if cell in covered]
    print(f"  missed although an equality covers them: {inside or 'none'}")
    print(f"  missed, no equality covers them: {sorted(set(missed) - covered)}")


# Last year's reports made to fit: what they carried out, kept in force and counted leads to this year's.
BEFORE: dict[int, dict[str, list[object]]] = {
    2019: {
        "表二_规范性文件": [3, 3, 15],
        "表二_行政许可": [40, 0, 50],
        "表二_其他对外管理服务事项": [30, 0, 60],
        "表二_行政处罚": [20, 0, 9],
        "表二_行政强制": [6, 0, 4],
        "表二_行政事业性收费": [12, 0],
    },
    2020: {},
}


def main() -> None:
    for year in (2020, 2021, 2022):
        tell(year, None)
        fits: dict[str, list[object]] = {"表三_结转下年度": [1, 0, 0, 0, 0, 0, 1]}
        own = BEFORE.get(year - 1, {"表二_行政规范性文件": [0, 0, 20]})
        tell(year, read(year - 1, tables(year - 1, **fits, **own)))


if __name__ == "__main__":
    main()
