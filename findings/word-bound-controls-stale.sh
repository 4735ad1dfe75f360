#!/usr/bin/env bash
# pandoc 3.9 (pypandoc-binary 1.17), mammoth 1.11.0, docx2txt 0.9, docx2python 3.7.1, LibreOffice 7.4.7.2 (Debian
# 4:7.4.7-1+deb12u14); python-docx 1.2.0 makes the document.
#
# Office systems print reports from a Word template whose content controls are bound to an XML part of the file
# (w:dataBinding, ECMA-376 part 1, 17.5.2.6): a program writes the part, and the text stored with the control stays what it
# was. The standard has an application show the part's value; LibreOffice does, on the page and in all that it saves. Four
# libraries that turn Word into text or HTML give the stored text: a figure of an earlier draft, exit 0. Two people who
# look at one file, one in an office suite and one through a converter, read different figures, and both look right.
#
# Seen: data part 22, stored text 20 → LibreOffice 22 (PDF, .txt, .odt, .doc);
#       pandoc, mammoth, docx2txt and docx2python 20
# Expected: 22 in all.
# For us: the data is read (generator/readers/docx_bound.py); where it differs from the stored text the figure is 待核.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'pypandoc-binary==1.17' 'mammoth==1.11.0' 'docx2txt==0.9' \
  'docx2python==3.7.1' 'python-docx==1.2.0' 2>/dev/null
cat > make.py <<'PY'
import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
STORE = "{11111111-2222-3333-4444-555555555555}"
document = docx.Document()
table = document.add_table(rows=2, cols=2)
table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 1).text = "本年新收", "上年结转", "3"
table.cell(1, 0).paragraphs[0]._p.append(
    parse_xml(
        '<w:sdt xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:sdtPr>'
        "<w:dataBinding w:prefixMappings=\"xmlns:f='urn:example:figures'\" w:xpath=\"/f:figures[1]/f:received[1]\" "
        f'w:storeItemID="{STORE}"/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>20</w:t></w:r></w:sdtContent></w:sdt>'
    )
)
data = b'<f:figures xmlns:f="urn:example:figures"><f:received>22</f:received></f:figures>'
item = Part(PackURI("/customXml/item9.xml"), "application/xml", data, document.part.package)
named = f'<d:datastoreItem d:itemID="{STORE}" xmlns:d="{OFFICE}/customXml"/>'.encode()
kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
item.relate_to(Part(PackURI("/customXml/itemProps9.xml"), kind, named, document.part.package), f"{OFFICE}/relationships/customXmlProps")
document.part.relate_to(item, f"{OFFICE}/relationships/customXml")
document.save("made.docx")
PY
venv/bin/python make.py
for kind in pdf txt:Text odt doc; do
  soffice --headless "-env:UserInstallation=file://$place/user" --convert-to "$kind" made.docx >/dev/null 2>&1
done
mkdir again
soffice --headless "-env:UserInstallation=file://$place/user" --convert-to txt:Text --outdir again made.doc >/dev/null 2>&1
cat > look.py <<'PY'
import re
import subprocess
import zipfile

import docx2txt
import mammoth
import pypandoc
from docx2python import docx2python


def words(text):
    return "".join(re.findall(r"\d+", text))


office = {
    "pdf": words(subprocess.run(["pdftotext", "made.pdf", "-"], capture_output=True, text=True, check=True).stdout),
    "txt": words(open("made.txt", encoding="utf-8-sig").read()),
    "odt": words(re.sub("<[^>]+>", "", zipfile.ZipFile("made.odt").read("content.xml").decode().split("<office:body>")[1])),
    "doc": words(open("again/made.txt", encoding="utf-8-sig").read()),
}
with open("made.docx", "rb") as stream:
    by_mammoth = words(re.sub("<[^>]+>", " ", mammoth.convert_to_html(stream).value))
libraries = {
    "pandoc": words(pypandoc.convert_file("made.docx", "plain")),
    "mammoth": by_mammoth,
    "docx2txt": words(docx2txt.process("made.docx")),
    "docx2python": words(docx2python("made.docx").text),
}
print("LibreOffice (received, carried over):", office)
print("libraries:                           ", libraries)
assert set(office.values()) == {"223"}, "LibreOffice has changed"
assert set(libraries.values()) == {"203"}, "a library has changed"
PY
venv/bin/python look.py
