#!/usr/bin/env bash
# LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14), python-docx 1.2.0.
#
# 带圈字符 (enclose characters) of Word and WPS is stored as a field without a result: eq \o\ac(○,3) draws a 3 in a circle.
# LibreOffice reads such a document and drops the field: in .odt, .html, .txt, .doc and in the printed PDF there is nothing
# where the circle was. 依据第③项 becomes 依据第项; a figure written that way is gone, without a message.
#
# Seen: "依据第项" in .txt, .odt, .html and .pdf.
# Expected: 依据第③项, or at least the characters of the field.
# For us: .docx is read directly and its EQ fields understood; for .doc and .rtf, which LibreOffice converts, the loss is
# told (IMP-SYMBOL).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'python-docx==1.2.0' 'pypdfium2==5.15.2' 2>/dev/null
cat > make.py <<'PY'
import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

document = docx.Document()
paragraph = document.add_paragraph("依据第")


def mark(kind: str) -> None:
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(element)


mark("begin")
for part in (" eq \\o\\ac(", "○", ",3)"):
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = part
    paragraph.add_run()._r.append(code)
mark("end")
paragraph.add_run("项")
document.save("made.docx")
PY
venv/bin/python make.py
for kind in odt html txt:Text pdf; do
    soffice --headless "-env:UserInstallation=file://$place/user" --convert-to "$kind" made.docx >/dev/null 2>&1
done
cat > look.py <<'PY'
import re
import zipfile
from pathlib import Path

import pypdfium2

odt = re.sub("<[^>]+>", "", zipfile.ZipFile("made.odt").read("content.xml").decode().split("<office:text")[1].split(">", 1)[1])
seen = {
    "txt": Path("made.txt").read_text(encoding="utf-8-sig").strip(),
    "odt": odt.strip(),
    "html": re.sub(r"<[^>]+>|\s", "", Path("made.html").read_text(encoding="utf-8").split("<body")[1].split(">", 1)[1]),
    "pdf": pypdfium2.PdfDocument("made.pdf")[0].get_textpage().get_text_range().strip(),
}
for kind, text in seen.items():
    print(f"{kind:5}{text}")
assert set(seen.values()) == {"依据第项"}, "LibreOffice has changed"
PY
venv/bin/python look.py
