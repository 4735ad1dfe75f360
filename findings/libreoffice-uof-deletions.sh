#!/usr/bin/env bash
# LibreOffice 7.4.7.2 (Debian libreoffice-common 4:7.4.7-1+deb12u14), lxml 6.0.2.
#
# UOF (标文通, GB/T 20916-2007) is what some office suites of Chinese administrations save. LibreOffice reads it by an XSLT
# stylesheet. Its part for tracked deletions stands behind a test for tracked *insertions*: a document that only deletes
# loses the mark, and the deleted words become living text. A cell that a reader of the original sees as 2293 (99 deleted
# with tracking) arrives as 992293.
#
# Seen: deletion alone            → text "992293", regions of changed text: 0
#       deletion and an insertion → regions of changed text: 2, one of them a deletion
# Expected: a deletion is a deletion, whatever else the document holds.
# For us: UOF is not converted by this filter without a look for 修订开始; such a file is refused with a sentence.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
apt-get download -qq 'libreoffice-common=4:7.4.7-1+deb12u14' >/dev/null 2>&1
dpkg-deb -x libreoffice-common_*.deb unpacked
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'lxml==6.0.2' 2>/dev/null
cat > look.py <<'PY'
from lxml import etree

FILTER = "unpacked/usr/lib/libreoffice/share/xslt/import/uof/uof2odf_text.xsl"
HEAD = """<uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof" xmlns:字="http://schemas.uof.org/cn/2003/uof-wordproc"
 uof:language="cn" uof:version="1.0" uof:mimetype="vnd.uof.text"><uof:文字处理><字:公用处理规则>
 <字:用户集><字:用户 字:标识符="u1" 字:姓名="示例"/></字:用户集>
 <字:修订信息集><字:修订信息 字:标识符="c1" 字:作者="u1" 字:日期="2024-01-01"/>
 <字:修订信息 字:标识符="c2" 字:作者="u1" 字:日期="2024-01-01"/></字:修订信息集></字:公用处理规则><字:主体>"""
TAIL = "</字:主体></uof:文字处理></uof:UOF>"


def change(kind: str, name: str, text: str) -> str:
    begin = f'<字:修订开始 字:标识符="{name}" 字:类型="{kind}" 字:修订信息引用="{name}"/>'
    return f'{begin}<字:句><字:文本串>{text}</字:文本串></字:句><字:修订结束 字:开始标识引用="{name}"/>'


def convert(*changes: str) -> tuple[str, int, int]:
    plain = "<字:句><字:文本串>2293</字:文本串></字:句>"
    source = etree.fromstring((HEAD + f"<字:段落>{''.join(changes)}{plain}</字:段落>" + TAIL).encode())
    made = etree.XSLT(etree.parse(FILTER))(source).getroot()
    spaces = {"text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0"}
    body = "".join(made.xpath("//text:p[not(ancestor::text:deletion)]//text()", namespaces=spaces)).strip()
    return body, len(made.xpath("//text:changed-region", namespaces=spaces)), len(made.xpath("//text:deletion", namespaces=spaces))


alone = convert(change("delete", "c1", "99"))
both = convert(change("delete", "c1", "99"), change("insert", "c2", "7"))
print("deletion alone:            text, regions, deletions =", alone)
print("deletion and an insertion: text, regions, deletions =", both)
assert alone == ("992293", 0, 0), "LibreOffice's filter has changed"
assert both[1:] == (2, 1), "LibreOffice's filter has changed"
PY
venv/bin/python look.py
