#!/usr/bin/env bash
# pandoc 3.9 (pypandoc-binary 1.17), mammoth 1.13.0, markitdown 0.1.9, python-docx 1.2.0; beside them docx2txt 0.9 and
# LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14).
#
# A figure that a template prints at several places is a field: a property of the document, a bookmark of the table, a mail
# merge. Word and the programs that write Word files store a field in two ways, in pieces (w:fldChar) or, where its
# result has one look, whole (w:fldSimple, ECMA-376 part 1, 17.16.19). The result of the first way is found by all; of the second
# pandoc, mammoth, markitdown and python-docx find nothing: 本年新收22件 is 本年新收件, and the cell is blank, which a
# program that counts blanks as 0 reads as none. Which way was taken cannot be seen in Word. docx2txt and LibreOffice have it.
#
# Seen: 22 as w:fldChar → 22 in all six; as w:fldSimple → nothing in pandoc, mammoth, markitdown and python-docx
# Expected: 22 both times.
# For us: both ways are read (generator/readers/docx_runs.py).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'python-docx==1.2.0' 'mammoth==1.13.0' 'docx2txt==0.9' \
  'pypandoc-binary==1.17' 'markitdown[docx]==0.1.9' 2>/dev/null
cat > make.py <<'PY'
import docx
from docx.oxml import parse_xml

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RESULT, CODE = "<w:r><w:t>22</w:t></w:r>", ' REF received \\* MERGEFORMAT '
KINDS = ("begin", "separate", "end")
BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in KINDS)
PIECES = f'{BEGIN}<w:r><w:instrText xml:space="preserve">{CODE}</w:instrText></w:r>{SEPARATE}{RESULT}{END}'
WHOLE = f'<w:fldSimple w:instr="{CODE}">{RESULT}</w:fldSimple>'
MARK = '<w:bookmarkStart w:id="7" w:name="received"/>', '<w:r><w:t>22</w:t></w:r>', '<w:bookmarkEnd w:id="7"/>'

for name, field in (("pieces", PIECES), ("whole", WHOLE)):
    document = docx.Document()
    paragraph = document.add_paragraph("表中总计")
    for element in parse_xml(f"<w:p {SPACE}>{''.join(MARK)}</w:p>"):
        paragraph._p.append(element)
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text = "总计"
    for place in (cells[1].paragraphs[0], document.add_paragraph("本年新收")):
        for element in parse_xml(f"<w:p {SPACE}>{field}</w:p>"):
            place._p.append(element)
        place.add_run("件")
    document.save(f"{name}.docx")
PY
venv/bin/python make.py
soffice --headless "-env:UserInstallation=file://$place/user" --convert-to txt:Text pieces.docx whole.docx >/dev/null 2>&1
cat > look.py <<'PY'
import re

import docx
import docx2txt
import mammoth
import pypandoc
from markitdown import MarkItDown

assert pypandoc.get_pandoc_version() == "3.9"


def texts(name: str) -> dict[str, str]:
    word = docx.Document(name)
    with open(name, "rb") as stream:
        html = mammoth.convert_to_html(stream).value
    return {
        "pandoc": pypandoc.convert_file(name, "plain"),
        "mammoth": re.sub("<[^>]+>", " ", html),
        "markitdown": MarkItDown().convert(name).text_content,
        "python-docx": " ".join([word.tables[0].cell(0, 1).text, word.paragraphs[-1].text]),
        "docx2txt": docx2txt.process(name),
        "LibreOffice": open(name.replace("docx", "txt"), encoding="utf-8-sig").read(),
    }


found = {name: {reader: re.findall(r"(\S*)件", text) for reader, text in texts(f"{name}.docx").items()} for name in ("pieces", "whole")}
for name, readers in found.items():
    print(f"{name}:", readers)
assert set(map(tuple, found["pieces"].values())) == {("22", "本年新收22")}, "a reader has changed"
for reader, seen in found["whole"].items():
    right = reader in ("docx2txt", "LibreOffice")
    assert seen == (["22", "本年新收22"] if right else ["", "本年新收"]), f"{reader} has changed"
PY
venv/bin/python look.py
