#!/usr/bin/env bash
# pandoc 3.9 (pypandoc-binary 1.17), docx2txt 0.9, docx2python 3.7.1, mammoth 1.13.0; python-docx 1.2.0 makes the document.
#
# Offices lay small text boxes on a printed form: a correction, 附件1, the number of the page. Word anchors a box in the
# paragraph that it lies on. What happens to that paragraph's own text differs in every converter; none says a word:
#   pandoc       the paragraph is replaced by the box: a cell with 22 under a box with 9 is 9, a sentence is 9
#   docx2txt     the box is read twice (for new and for old Word) and glued: 9, then 922
#   docx2python  the box ends the table: the cells of the row are a table of their own, behind two boxes with 9
#   mammoth      the cell has 22, then 9
#
# Seen: as above, in a table and in running text, for a box before and after the text (docx2txt glues only the former).
# Expected: 22 in the cell; the box apart or left out.
# For us: text boxes are read apart from the paragraph they are anchored in, and told.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'pypandoc-binary==1.17' 'docx2txt==0.9' 'docx2python==3.7.1' \
  'mammoth==1.13.0' 'python-docx==1.2.0' 2>/dev/null
cat > make.py <<'PY'
import docx
from docx.oxml import parse_xml

OFFICE, WORD = "http://schemas.openxmlformats.org", "http://schemas.microsoft.com/office/word/2010"
SPACES = {
    "w": f"{OFFICE}/wordprocessingml/2006/main",
    "mc": f"{OFFICE}/markup-compatibility/2006",
    "wp": f"{OFFICE}/drawingml/2006/wordprocessingDrawing",
    "a": f"{OFFICE}/drawingml/2006/main",
    "wps": f"{WORD}/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}
TEXT = "<w:txbxContent><w:p><w:r><w:t>9</w:t></w:r></w:p></w:txbxContent>"
PLACE = """<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx="300000" cy="300000"/>
<wp:wrapNone/><wp:docPr id="7" name="Box 7"/><wp:cNvGraphicFramePr/>"""
SHAPE = """<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="300000" cy="300000"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>"""
BOX = f"""<w:r {" ".join(f'xmlns:{name}="{uri}"' for name, uri in SPACES.items())}><mc:AlternateContent>
<mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"
 behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">{PLACE}<a:graphic><a:graphicData uri="{SPACES["wps"]}"><wps:wsp>
{SHAPE}<wps:txbx>{TEXT}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:shape style="width:20pt;height:20pt"><v:textbox>{TEXT}</v:textbox></v:shape></w:pict></mc:Fallback>
</mc:AlternateContent></w:r>"""

document = docx.Document()
table = document.add_table(2, 3)
for row, texts in enumerate((("本年新收", "上年结转", "合计"), ("22", "3", "25"))):
    for column, text in enumerate(texts):
        table.cell(row, column).text = text
sentence = document.add_paragraph("全年收到申请22件。")
for paragraph in (table.cell(1, 0).paragraphs[0], sentence):
    paragraph._p.insert(0, parse_xml(BOX))
document.save("made.docx")
PY
venv/bin/python make.py
cat > look.py <<'PY'
import re

import docx2txt
import mammoth
import pypandoc
from docx2python import docx2python

assert pypandoc.get_pandoc_version() == "3.9"
by_pandoc = re.findall(r"<(?:td|p)>([^<]*)<", pypandoc.convert_file("made.docx", "html"))
by_docx2txt = docx2txt.process("made.docx").split()
by_docx2python = docx2python("made.docx").body
by_mammoth = re.sub(r"(<[^>]*>)+", " ", mammoth.convert_to_html(open("made.docx", "rb")).value).split()
print("pandoc:     ", by_pandoc)
print("docx2txt:   ", by_docx2txt[3:])
print("docx2python:", by_docx2python[1:])
print("mammoth:    ", by_mammoth[3:])
assert by_pandoc == ["9", "3", "25", "9"], "pandoc has changed"
assert by_docx2txt[3:] == ["9", "922", "3", "25", "9", "9全年收到申请22件。"], "docx2txt has changed"
assert [["22"], ["3"], ["25"]] == by_docx2python[3][0], "docx2python has changed"
assert by_mammoth[3:] == ["22", "9", "3", "25", "全年收到申请22件。", "9"], "mammoth has changed"
PY
venv/bin/python look.py
