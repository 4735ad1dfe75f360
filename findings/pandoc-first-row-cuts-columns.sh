#!/usr/bin/env bash
# pandoc 3.9 (pypandoc-binary 1.17); beside it mammoth 1.13.0; python-docx 1.2.0 makes the document.
#
# Word lets a row be shorter than its table (w:gridAfter, ECMA-376 part 1, 17.4.14; it comes of a row's last cell deleted, or
# of lines drawn by hand). pandoc makes a table as wide as the first row below the head. If that one is the short one, every
# cell further right is left out, in all rows and in the head: the column 总计 is not in the document any more, neither as text
# nor in pandoc's own tree, and each row seems to end with 法人. If another row is short, it is filled up with a blank and nothing
# is lost. No warning, exit 0.
#
# Seen: five columns, the first row below the head ends after 法人 → 4 columns in html, plain, gfm and native, 8 and 30 gone;
#       the second row short instead → 5 columns, 22 and 30 there; mammoth has all cells both times
# Expected: the columns of the table's grid, blanks where a row is short.
# For us: rows are laid on the grid of their table (generator/readers/docx_body.py).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'python-docx==1.2.0' 'mammoth==1.13.0' 'pypandoc-binary==1.17' \
  2>/dev/null
cat > look.py <<'PY'
import re

import docx
import mammoth
import pypandoc
from docx.oxml import parse_xml

ROWS = (("项目", "自然人", "法人", "其他", "总计"), ("公开", "20", "2", "0", "22"), ("不予", "7", "1", "0", "8"), ("合计", "27", "3", "0", "30"))
AFTER = """<w:trPr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:gridAfter w:val="1"/>
<w:wAfter w:w="1728" w:type="dxa"/></w:trPr>"""


def made(short: int) -> str:
    document = docx.Document()
    table = document.add_table(len(ROWS), 5)
    table.style = "Table Grid"
    for number, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            table.cell(number, column).text = text
    row = table.rows[short]._tr
    row.remove(row.tc_lst[-1])
    row.insert(0, parse_xml(AFTER))
    document.save(f"{short}.docx")
    return f"{short}.docx"


def rows(html: str) -> list[list[str]]:
    found = re.findall(r"<tr.*?</tr>", html, re.DOTALL)
    return [[re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)] for row in found]


assert pypandoc.get_pandoc_version() == "3.9"
seen = {}
for short in (1, 2):
    name = made(short)
    seen[short] = rows(pypandoc.convert_file(name, "html"))
    plain, gfm, native = (pypandoc.convert_file(name, kind) for kind in ("plain", "gfm", "native"))
    found = ["30" in plain, "30" in gfm, '"30"' in native]
    with open(name, "rb") as stream:
        by_mammoth = rows(mammoth.convert_to_html(stream).value)
    print(f"row {short} short: pandoc", *seen[short], "total in plain, gfm, native:", found)
    assert found == [short == 2] * 3, "pandoc has changed"
    assert by_mammoth == [list(row[: 4 if at == short else 5]) for at, row in enumerate(ROWS)], "mammoth has changed"
assert seen[1] == [list(row[:4]) for row in ROWS], "pandoc has changed"
assert seen[2] == [[*row[:4], "" if at == 2 else row[4]] for at, row in enumerate(ROWS)], "pandoc has changed"
PY
venv/bin/python look.py
