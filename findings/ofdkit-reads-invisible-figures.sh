#!/usr/bin/env bash
# ofdkit 0.2.0.
#
# OFD (GB/T 33190-2016) hides a drawn object by Visible="false" (8.5, CT_GraphicUnit; default true): programs that make
# official documents leave superseded figures in the file that way. ofdkit takes every TextObject for text, so that the
# hidden 99 and the 2293 that replaced it, both at the place of one cell, are one figure: 229399. Text of Alpha="0" is read
# likewise.
#
# Seen: visible alone → 2293; with a hidden 99 at the same place → 229399; beside it → "2293 99".
# Expected: 2293 each time.
# For us: OFD is not imported (refused by name, with the formats that are read); a reader would have to heed this.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'ofdkit==0.2.0' 2>/dev/null
cat > look.py <<'PY'
import zipfile

import ofdkit

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
FILES = {
    "OFD.xml": f"""<ofd:OFD {SPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>
<ofd:DocID>0123456789abcdef0123456789abcdef</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>
</ofd:DocBody></ofd:OFD>""",
    "Doc_0/Document.xml": f"""<ofd:Document {SPACE}><ofd:CommonData><ofd:MaxUnitID>100</ofd:MaxUnitID><ofd:PageArea>
<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>
<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>""",
    "Doc_0/PublicRes.xml": f"""<ofd:Res {SPACE} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="2" FontName="宋体"/></ofd:Fonts>
</ofd:Res>""",
}


def drawn(number: int, left: int, text: str, deltas: str, more: str = "") -> str:
    return f"""<ofd:TextObject ID="{number}" Boundary="{left} 20 30 6" Font="2" Size="4" {more}>
<ofd:TextCode X="0" Y="4" DeltaX="{deltas}">{text}</ofd:TextCode></ofd:TextObject>"""


def read(*objects: str) -> str:
    page = f"""<ofd:Page {SPACE}><ofd:Content><ofd:Layer ID="10" Type="Body">{"".join(objects)}</ofd:Layer></ofd:Content>
</ofd:Page>"""
    with zipfile.ZipFile("made.ofd", "w") as archive:
        for name, text in {**FILES, "Doc_0/Pages/Page_0/Content.xml": page}.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return " ".join(ofdkit.extract_text("made.ofd").split())


figure = drawn(11, 20, "2293", "g 3 2")
alone = read(figure)
same, beside = (read(figure, drawn(12, left, "99", "2", 'Visible="false"')) for left in (20, 60))
print(f"alone: {alone}; hidden at the same place: {same}; hidden beside it: {beside}")
assert (alone, same, beside) == ("2293", "229399", "2293 99"), "ofdkit has changed"
PY
venv/bin/python look.py
