#!/usr/bin/env bash
# html-docx-js 0.3.1 (npm) makes the document; LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14), pandoc 3.9
# (pypandoc-binary 1.17), mammoth 1.11.0, docx2txt 0.9, docx2python 3.7.1, python-docx 1.2.0.
#
# Web systems that offer a report "as Word" often put their page whole into a .docx (w:altChunk with an MHT part, ECMA-376
# part 1, 17.17.2.1); html-docx-js does it in the browser. Word shows the page and makes it text when it saves. Everything
# else tried here opens such a file and finds nothing in it, not a table, not a letter; between
# other paragraphs the part is just missing.
#
# Seen: a statutory row (本年新收 22) in six readers: no text at all, exit 0; only mammoth has a message (unknown element)
# Expected: the row, or a message that a part was left out.
# For us: such parts are read (generator/readers/docx_fragments.py), and named where they cannot be.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
npm init -y >/dev/null 2>&1
npm install --silent --no-audit --no-fund html-docx-js@0.3.1 >/dev/null 2>&1
cat > make.js <<'JS'
const page = '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><table><tr><td>本年新收</td><td>22</td></tr></table></body></html>';
Promise.resolve(require("html-docx-js").asBlob(page))
  .then((made) => (made.arrayBuffer ? made.arrayBuffer() : made))
  .then((made) => require("fs").writeFileSync("made.docx", Buffer.from(made)));
JS
node make.js
unzip -l made.docx | grep -q 'word/afchunk.mht'
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'pypandoc-binary==1.17' 'mammoth==1.11.0' 'docx2txt==0.9' \
  'docx2python==3.7.1' 'python-docx==1.2.0' 2>/dev/null
soffice --headless "-env:UserInstallation=file://$place/user" --convert-to txt:Text made.docx >/dev/null 2>&1
cat > look.py <<'PY'
import docx
import docx2txt
import mammoth
import pypandoc
from docx2python import docx2python

word = docx.Document("made.docx")
with open("made.docx", "rb") as stream:
    by_mammoth = mammoth.convert_to_html(stream)
    print([message.message for message in by_mammoth.messages])
seen = {
    "LibreOffice": open("made.txt", encoding="utf-8-sig").read().strip(),
    "pandoc": pypandoc.convert_file("made.docx", "plain").strip(),
    "mammoth": by_mammoth.value,
    "docx2txt": docx2txt.process("made.docx").strip(),
    "docx2python": docx2python("made.docx").text.strip(),
    "python-docx": "".join(item.text for item in word.paragraphs) + "".join(str(item) for item in word.tables),
}
print(seen)
assert set(seen.values()) == {""}, "a reader has changed"
PY
venv/bin/python look.py
