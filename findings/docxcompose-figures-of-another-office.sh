#!/usr/bin/env bash
# docxcompose 2.2.0, python-docx 1.2.0; LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14) shows what it makes.
#
# A district joins the reports of its units to one Word file (汇编). The units filled in one template, so that the figures
# stand in content controls bound to an XML part of each file (w:dataBinding, ECMA-376 part 1, 17.5.2.6), a part that has
# the same id in all of them, since it is the template's. docxcompose takes over the body of a further file and the bound
# controls in it, and leaves its XML part behind. The controls then find the part of the first file under that id: every
# unit shows the figures of the first. In the joined file the text kept with the control is still the right one, so that
# a look with a library finds nothing.
#
# Seen: 甲局 22, 乙局 35, joined → 甲局 22, 乙局 22 on the page, in .odt and .txt; text kept with the control 22 and 35
# Expected: 22 and 35 (each part carried over under an id of its own, or the binding dropped).
# For us: reports are joined as data, never as Word files; a bound control whose text differs from its data is 待核.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'docxcompose==2.2.0' 'python-docx==1.2.0' 2>/dev/null
cat > make.py <<'PY'
import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docxcompose.composer import Composer

OFFICE = "http://schemas.openxmlformats.org"
RELATION = f"{OFFICE}/officeDocument/2006/relationships"
ITEM = "{7A5F2C31-0B1D-4D6E-9C55-3D4B0E6B7A10}"
PROPERTIES = f'<ds:datastoreItem ds:itemID="{ITEM}" xmlns:ds="{OFFICE}/officeDocument/2006/customXml"/>'
KIND = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


def report(name: str, organ: str, figure: int) -> str:
    document = docx.Document()
    package = document.part.package
    data = f'<report xmlns="urn:example"><received>{figure}</received></report>'
    part = Part(PackURI("/customXml/item7.xml"), "application/xml", data.encode(), package)
    document.part.relate_to(part, f"{RELATION}/customXml")
    about = Part(PackURI("/customXml/itemProps7.xml"), KIND, PROPERTIES.encode(), package)
    part.relate_to(about, f"{RELATION}/customXmlProps")
    paragraph = document.add_paragraph(f"{organ}本年新收")
    paragraph._p.append(
        parse_xml(f"""<w:sdt xmlns:w="{OFFICE}/wordprocessingml/2006/main"><w:sdtPr><w:id w:val="{1000 + figure}"/>
<w:dataBinding w:prefixMappings="xmlns:x='urn:example'" w:xpath="/x:report/x:received" w:storeItemID="{ITEM}"/><w:text/>
</w:sdtPr><w:sdtContent><w:r><w:t>{figure}</w:t></w:r></w:sdtContent></w:sdt>""")
    )
    paragraph.add_run("件")
    document.save(name)
    return name


joined = Composer(docx.Document(report("first.docx", "甲局", 22)))
joined.append(docx.Document(report("second.docx", "乙局", 35)))
joined.save("joined.docx")
PY
venv/bin/python make.py
for kind in txt:Text pdf odt; do
  soffice --headless "-env:UserInstallation=file://$place/user" --convert-to "$kind" ./*.docx >/dev/null 2>&1
done
cat > look.py <<'PY'
import re
import subprocess
import zipfile

parts = [name for name in zipfile.ZipFile("joined.docx").namelist() if re.search("item7|item8", name)]
body = zipfile.ZipFile("joined.docx").read("word/document.xml").decode()
kept = re.findall(r"<w:sdtContent><w:r><w:t>(\d+)", body)
alone = [open(f"{name}.txt", encoding="utf-8-sig").read().strip() for name in ("first", "second")]
text = open("joined.txt", encoding="utf-8-sig").read().split()
printed = re.findall(r"\d+", subprocess.run(["pdftotext", "joined.pdf", "-"], capture_output=True, text=True).stdout)
content = zipfile.ZipFile("joined.odt").read("content.xml").decode().partition("<office:text")[2]
saved = re.findall(r"\d+", re.sub("<[^>]*>", " ", content.partition(">")[2]))
print("alone:", alone, "\njoined:", text, printed, saved, "\nkept with the controls:", kept, parts)
assert alone == ["甲局本年新收22件", "乙局本年新收35件"], "LibreOffice has changed"
assert kept == ["22", "35"], "docxcompose has changed"
assert text == ["甲局本年新收22件", "乙局本年新收22件"] and printed == saved == ["22", "22"], "docxcompose has changed"
PY
venv/bin/python look.py
