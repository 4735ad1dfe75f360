#!/usr/bin/env bash
# LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14), python-docx 1.2.0.
#
# A body that ends with its table (w:tbl, then w:sectPr; ECMA-376 part 1, 17.2.2 asks for no paragraph after it) is what
# programs write whose document is one statutory form. LibreOffice reads it rightly: .odt, .rtf and .pdf of it have the
# table. Saved as .doc, which older archives still ask for, the table is gone and all its cells are one run of text without
# a mark between them: 12, 9 and 21 are 12921, and no reader of the .doc can tell them apart again. Exit 0, no warning. A
# paragraph behind the table, or a foot line in the section, saves it.
#
# Seen: table last → .doc without a table, text 本年新收自然人法人总计12921; .odt with one
#       a paragraph behind it, or a foot line → .doc with the table
# Expected: a table of 2 rows and 4 columns in every one.
# For us: our Word files have foot lines; rows of run-together figures are never cut by guess, the cells are blank 待核.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'python-docx==1.2.0' 2>/dev/null
cat > make.py <<'PY'
import docx

ROWS = (("本年新收", "自然人", "法人", "总计"), ("", "12", "9", "21"))


def form() -> "docx.document.Document":
    document = docx.Document()
    document.add_paragraph("三、收到和处理政府信息公开申请情况")
    table = document.add_table(2, 4)
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    return document


form().save("last.docx")
more = form()
more.add_paragraph("示例")
more.save("paragraph.docx")
foot = form()
foot.sections[0].footer.paragraphs[0].text = "示例"
foot.save("foot.docx")
PY
venv/bin/python make.py
convert() { soffice --headless "-env:UserInstallation=file://$place/user" --convert-to "$1" --outdir "$2" "${@:3}" >/dev/null 2>&1; }
convert odt direct last.docx
convert doc doc last.docx paragraph.docx foot.docx
convert odt back doc/last.doc doc/paragraph.doc doc/foot.doc
cat > look.py <<'PY'
import re
import zipfile


def look(name: str) -> tuple[int, str]:
    body = zipfile.ZipFile(name).read("content.xml").decode().partition("<office:text")[2]
    paragraphs = re.findall(r"<text:p [^>]*>(.*?)</text:p>", body)
    glued = [re.sub("<[^>]*>", "", text) for text in paragraphs if "本年新收" in text]
    return body.count("<table:table "), glued[0]


seen = {name: look(f"{name}.odt") for name in ("direct/last", "back/last", "back/paragraph", "back/foot")}
for name, (tables, text) in seen.items():
    print(f"{name}: tables {tables}, paragraph with 本年新收: {text}")
assert seen == {
    "direct/last": (1, "本年新收"),
    "back/last": (0, "本年新收自然人法人总计12921"),
    "back/paragraph": (1, "本年新收"),
    "back/foot": (1, "本年新收"),
}, "LibreOffice has changed"
PY
venv/bin/python look.py
