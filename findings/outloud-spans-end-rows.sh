#!/usr/bin/env bash
# outloud 0.2.1, a checker of PDF/UA; typst 0.15.2 sets and tags the tables, pikepdf (which outloud brings) counts their cells.
#
# The head of the statutory table of requests ends in 总计, which goes over two rows. The last row of the head has no
# cell of its own in that column, as it should; outloud leaves out what spans from above behind a row's last cell, finds
# it a column short and calls the table irregular, an error ("the grid does not close", ISO 14289-1 7.5): a gate that
# asks it turns every such report away. With the same cell in the first column it finds nothing, nor with a cell below
# each head, so that only the side on which the cell stands makes the difference.
#
# Seen: 自然人 | 总计 over two rows at the right → TBL-004, rows of 3 and 2 columns; at the left → none
# Expected: none for either (ISO 32000-1, 14.8.5.7: RowSpan is the number of rows that a cell spans).
# For us: nothing; our PDF files keep their heads as the form prints them.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'outloud==0.2.1' 'typst==0.15.2' 2>/dev/null
cat > look.py <<'PY'
import outloud
import pikepdf
import typst

SPAN, OVER = "table.cell(rowspan: 2)[Total]", "table.cell(colspan: 2)[Applicants]"
HEADS = {
    "right": f"{OVER}, {SPAN}, [Persons], [Firms]",
    "left": f"{SPAN}, {OVER}, [Persons], [Firms]",
    "none": f"{OVER}, [Total], [Persons], [Firms], [All]",
}
PAGE = """#set document(title: "Table")
#set text(lang: "en")
#title()
#table(columns: 3, table.header(%s), [12], [7], [19], [3], [2], [5])"""


def spans(name: str) -> list[tuple[int, int]]:
    """Columns and rows of each cell, as the file says them."""
    found = []
    with pikepdf.open(name) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") in ("/TH", "/TD"):
                said = item.A[0] if isinstance(item.A, pikepdf.Array) else item.A
                found.append((int(said.get("/ColSpan", 1)), int(said.get("/RowSpan", 1))))
    return found


seen = {}
for name, head in HEADS.items():
    with open(f"{name}.pdf", "wb") as file:
        file.write(typst.compile((PAGE % head).encode(), format="pdf", pdf_standards=["ua-1"]))
    cells = spans(f"{name}.pdf")
    assert sum(across * down for across, down in cells) == 4 * 3, cells  # four rows of three columns, none open
    seen[name] = [found.message for found in outloud.check(f"{name}.pdf", only=["TBL-004"]).findings]
    print(f"{name}:", cells, seen[name])
assert seen["left"] == seen["none"] == []
assert seen["right"] == ["rows occupy different numbers of columns (2 to 3); the grid does not close"], "outloud has changed"
PY
venv/bin/python look.py
