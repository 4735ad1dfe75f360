#!/usr/bin/env bash
# odfdo 3.27.3; pandas 2.3.3 with odfpy 1.4.1 and python-calamine 0.9.1 beside it.
#
# A district's list groups its rows (分级显示): towns fold under the district, offices under their town. OpenDocument lets a
# row group hold row groups (ODF 1.3 part 3, element table:table-row-group). odfdo sees the rows outside of groups and those of
# the outermost groups, and none further in: get_values and to_csv leave them out and height does not count them. The rows
# below move up, the total stays, and the parts no longer add up to it. No message; with one level of groups every row is there.
#
# Seen: 示例甲镇 9 | (示例甲镇一所 4 | (示例甲镇二所 5)) | 示例乙镇 13 | 合计 22 → odfdo leaves 示例甲镇二所 5 out: height 5, not 6;
#       pandas and calamine give every row; one level of groups: odfdo too.
# Expected: six rows either way.
# For us: the reader of OpenDocument sheets finds rows at any depth of groups.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'odfdo==3.27.3' 'pandas==2.3.3' 'odfpy==1.4.1' \
  'python-calamine==0.9.1' 2>/dev/null
cat > look.py <<'PY'
import zipfile

import odfdo
import pandas
from python_calamine import CalamineWorkbook

WHOLE = [["单位", "件数"], ["示例甲镇", 9], ["示例甲镇一所", 4], ["示例甲镇二所", 5], ["示例乙镇", 13], ["合计", 22]]
KIND = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = "urn:oasis:names:tc:opendocument:xmlns"
GROUP = "<table:table-row-group>{}</table:table-row-group>"


def cell(value: str | int) -> str:
    kind = "string" if isinstance(value, str) else f'float" office:value="{value}'
    return f'<table:table-cell office:value-type="{kind}"><text:p>{value}</text:p></table:table-cell>'


def write(name: str, inner: str) -> None:
    rows = [f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in WHOLE]
    body = "".join((*rows[:2], GROUP.format(rows[2] + inner.format(rows[3])), *rows[4:]))
    spaces = " ".join(f'xmlns:{part}="{NAMES}:{part}:1.0"' for part in ("office", "table", "text"))
    with zipfile.ZipFile(name, "w") as ods:
        ods.writestr("mimetype", KIND)
        ods.writestr(
            "content.xml",
            f'<office:document-content {spaces} office:version="1.3"><office:body><office:spreadsheet><table:table '
            f'table:name="表"><table:table-column table:number-columns-repeated="2"/>{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        ods.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{NAMES}:manifest:1.0" manifest:version="1.3"><manifest:file-entry '
            f'manifest:full-path="/" manifest:version="1.3" manifest:media-type="{KIND}"/><manifest:file-entry '
            'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )


def table(name: str) -> odfdo.Table:
    return odfdo.Document(name).body.get_table(0)


write("one.ods", "{}")
write("two.ods", GROUP)
one, two, lines = table("one.ods").get_values(), table("two.ods").get_values(), table("two.ods").to_csv().split()
print(f"odfdo, one level: {one}\nodfdo, two levels: {two}, height {table('two.ods').height}, {lines}")
for name in ("one.ods", "two.ods"):
    by_pandas = pandas.read_excel(name, engine="odf", header=None).to_numpy().tolist()
    by_calamine = CalamineWorkbook.from_path(name).get_sheet_by_index(0).to_python()
    print(f"{name}: pandas {by_pandas}; calamine {by_calamine}")
    assert by_pandas == by_calamine == WHOLE, "pandas or calamine has changed"
assert one == WHOLE, "odfdo has changed"
left = [row for row in WHOLE if row[0] != "示例甲镇二所"]
assert two == left and table("two.ods").height == 5, "odfdo has changed"
assert lines == [f"{name},{figure}" for name, figure in left], "odfdo has changed"
PY
venv/bin/python -W ignore look.py
