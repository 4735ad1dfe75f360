#!/usr/bin/env bash
# pandas 2.3.3 with lxml 6.0.2; LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14), Calc and Writer.
#
# When a row of a statutory table is deleted in the editor of a content system, the cell that spanned it keeps its rowspan.
# Browsers end such a cell with its row group (HTML, 4.9.12, "growing cells" stop at the end of tbody); on the page the
# table looks right. Readers that let it grow on push the first row of the next group one column to the right: a figure
# comes to stand under another head, or in a column of its own that nobody sums. rowspan="0" (to the end of the group) is
# read as 1, and the rows below it move to the left.
#
# Seen, for a row 办 2 whose first cell spans 4, and in the next group rows 结 3 | 转 4 (rowspan 0) | 5:
#   pandas and Calc  结 and 转 in the second column, 3 and 4 in a third one
#   Writer           5 in the first column
# Expected: 结 3, 转 4, 转 5 in two columns, as browsers draw them.
# For us: spans end with their group; tests/readers/test_html.py holds this table.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'pandas==2.3.3' 'lxml==6.0.2' 2>/dev/null
cat > made.html <<'HTML'
<html><head><meta charset="utf-8"></head><body><table>
<tbody><tr><td>收</td><td>1</td></tr><tr><td rowspan="4">办</td><td>2</td></tr></tbody>
<tbody><tr><td>结</td><td>3</td></tr><tr><td rowspan="0">转</td><td>4</td></tr><tr><td>5</td></tr></tbody>
</table></body></html>
HTML
office() {
  soffice --headless "-env:UserInstallation=file://$place/user" "--infilter=$1" --convert-to "$2" made.html >/dev/null 2>&1
}
office "HTML (StarCalc)" "csv:Text - txt - csv (StarCalc):44,34,76"
office "HTML (StarWriter)" odt
cat > look.py <<'PY'
import csv
import re
import zipfile

import pandas

by_pandas = [[str(cell) for cell in row] for row in pandas.read_html("made.html", encoding="utf-8")[0].fillna("").values]
by_calc = list(csv.reader(open("made.csv", encoding="utf-8")))
content = zipfile.ZipFile("made.odt").read("content.xml").decode().split("<table:table-row")[1:]
by_writer = [[re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<text:p[^>]*>.*?</text:p>|<text:p[^>]*/>", row)] for row in content]
print("pandas:", by_pandas)
print("Calc:  ", by_calc)
print("Writer:", by_writer)
assert [row[:2] for row in by_pandas[2:]] == [["办", "结"], ["办", "转"], ["办", "5"]], "pandas has changed"
assert by_calc[2:] == [["", "结", "3"], ["", "转", "4"], ["", "5", ""]], "Calc has changed"
assert by_writer[4][0] == "5", "Writer has changed"
PY
venv/bin/python look.py
