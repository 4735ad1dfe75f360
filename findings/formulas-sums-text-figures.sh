#!/usr/bin/env bash
# formulas 1.3.4 and xlcalculator 0.5.0; pycel 1.0b30 beside them.
#
# Figures come into a sheet of a statutory table as text as often as as numbers (pasted from a page, or typed into a cell of
# text format). SUM over a reference leaves text out, also text that looks like a number (“text in the array or reference
# are ignored”, Microsoft on WorksheetFunction.Sum); pycel does so, and LibreOffice 7.4.7.2. formulas and xlcalculator take
# such text for numbers. Who recalculates a workbook with them gets a total that the clerk's sheet never showed, and the
# workbook's own check of its total passes where it fails in the sheet. No message. A slash in the same column is left
# out, as it should be.
#
# Seen: 22, "9" (text), "/" (text), 3: SUM → formulas and xlcalculator 34; IF(SUM(…)=34,"相符","不符") → 相符.
# Expected: 25 and 不符, as pycel has it; with 9 as a number 34 and 相符 in all three.
# For us: a formula is never calculated; its stored result is read, and a formula without one is named (IMP-FORMULA).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'formulas==1.3.4' 'xlcalculator==0.5.0' 'pycel==1.0b30' \
  'openpyxl==3.1.5' 2>/dev/null
cat > look.py <<'PY'
import formulas
import openpyxl
from pycel import ExcelCompiler
from xlcalculator import Evaluator, ModelCompiler

CELLS = ("A5", "A6")


def write(name: str, nine: str | int) -> None:
    book = openpyxl.Workbook()
    book.active.title = "S"
    for row in ((22,), (nine,), ("/",), (3,), ("=SUM(A1:A4)",), ('=IF(SUM(A1:A4)=34,"相符","不符")',)):
        book.active.append(row)
    book.save(name)


def calculated(name: str) -> dict[str, list[object]]:
    solved = formulas.ExcelModel().loads(name).finish().calculate()
    compiled, evaluator = ExcelCompiler(name), Evaluator(ModelCompiler().read_and_parse_archive(name))
    return {
        "formulas": [solved[f"'[{name}]S'!{cell}"].value[0, 0] for cell in CELLS],
        "xlcalculator": [getattr(value := evaluator.evaluate(f"S!{cell}"), "value", value) for cell in CELLS],
        "pycel": [compiled.evaluate(f"S!{cell}") for cell in CELLS],
    }


write("text.xlsx", "9")
write("number.xlsx", 9)
text, number = calculated("text.xlsx"), calculated("number.xlsx")
print(f"9 as text: {text}\n9 as a number: {number}")
assert all(values == [34, "相符"] for values in number.values()), "figures as numbers have changed"
assert text["pycel"] == [25, "不符"], "pycel has changed"
assert text["formulas"] == text["xlcalculator"] == [34, "相符"], "formulas or xlcalculator has changed"
PY
venv/bin/python -W ignore look.py 2>&1 | grep -v 'it/s'
