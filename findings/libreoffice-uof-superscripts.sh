#!/usr/bin/env bash
# LibreOffice 7.4.7.2 (Debian libreoffice-common 4:7.4.7-1+deb12u14), lxml 6.0.2.
#
# UOF (标文通, GB/T 20916-2007) is what some office suites of Chinese administrations save. LibreOffice reads texts by an
# XSLT stylesheet that does not mention 字:上下标 at all, its element for raised and lowered text: a figure with the raised
# mark of a note becomes another figure.
#
# Seen: 2293 with a raised 1, in a table and in a paragraph → "22931", no text-position; the stylesheet for
#       spreadsheets does know the element
# Expected: raised text is raised.
# For us: figures of a UOF file that has such looks anywhere are 待核.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
apt-get download -qq 'libreoffice-common=4:7.4.7-1+deb12u14' >/dev/null 2>&1
dpkg-deb -x libreoffice-common_*.deb unpacked
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'lxml==6.0.2' 2>/dev/null
cat > look.py <<'PY'
from pathlib import Path

from lxml import etree

FOLDER = Path("unpacked/usr/lib/libreoffice/share/xslt/import/uof")
FILTER = FOLDER / "uof2odf_text.xsl"
HEAD = """<uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof" xmlns:字="http://schemas.uof.org/cn/2003/uof-wordproc"
 uof:language="cn" uof:version="1.0" uof:mimetype="vnd.uof.text"><uof:文字处理><字:公用处理规则/><字:主体>"""
TAIL = "</字:主体></uof:文字处理></uof:UOF>"
SPACES = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
}


def run(text: str, look: str = "") -> str:
    return f"<字:句><字:句属性>{look}</字:句属性><字:文本串>{text}</字:文本串></字:句>"


def convert(inner: str, in_table: bool) -> tuple[str, int]:
    """The text of the only paragraph, and how many styles raise anything."""
    body = f"<字:段落>{inner}</字:段落>"
    if in_table:
        cell = f"<字:单元格><字:单元格属性/>{body}</字:单元格>"
        body = f"<字:文字表><字:文字表属性/><字:行><字:表行属性/>{cell}</字:行></字:文字表>"
    made = etree.XSLT(etree.parse(str(FILTER)))(etree.fromstring((HEAD + body + TAIL).encode())).getroot()
    looks = made.xpath("//@style:text-position", namespaces=SPACES)
    return "".join(made.xpath("//text:p//text()", namespaces=SPACES)).strip(), len(looks)


raised = run("2293") + run("1", '<字:上下标 字:值="sup"/>')
for in_table in (False, True):
    print("raised 1 in a table:" if in_table else "raised 1 in a paragraph:", convert(raised, in_table))
    assert convert(raised, in_table) == ("22931", 0), "the filter has changed"
known = {path.name: path.read_text(encoding="utf-8").count("上下标") for path in sorted(FOLDER.glob("*.xsl"))}
print("字:上下标 is mentioned in", known)
assert known["uof2odf_text.xsl"] == 0 < known["uof2odf_spreadsheet.xsl"], "the filter has changed"
PY
venv/bin/python look.py
