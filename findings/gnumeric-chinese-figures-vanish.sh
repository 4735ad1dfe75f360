#!/usr/bin/env bash
# Gnumeric 1.12.55 (Debian gnumeric 1.12.55-1, libgoffice-0.10-10 0.10.55-1, libgsf-1-114 1.14.50-1+deb12u1, pxlib1 0.6.8-1+b1);
# XlsxWriter 3.3.1 makes the workbook; LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14) shows it beside.
#
# Chinese offices show figures as 二十二, 贰拾贰 or ２２ by the number formats that Excel lists under 特殊 (DBNum1 to DBNum3).
# Gnumeric knows none of them and shows such a cell as blank: on screen, in the PDF and print that it makes, in text saved "as
# shown". The stored figure is there still, so that a total beside it, without the format, counts requests that no cell
# shows. Nothing is reported. A statutory table of figures looks as if nobody had asked.
#
# Seen: 22 and 0 with DBNum1, DBNum2, DBNum3, with and without [$-804], before General and 0 → nothing; LibreOffice 二十二, 22 …
# Expected: 二十二, or at least 22 (ECMA-376 part 1, 18.8.31 lists DBNum1 to DBNum3 among the parts of a format).
# For us: our workbooks use no such format; import reads the stored figure and works out what a cell shows
# (generator/readers/sheet_formats.py); the blank cells of a PDF made that way are each reported as blank, never read as 0.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
apt-get download -qq gnumeric=1.12.55-1 gnumeric-common=1.12.55-1 libgoffice-0.10-10=0.10.55-1 \
  libgoffice-0.10-10-common=0.10.55-1 libgsf-1-114=1.14.50-1+deb12u1 libgsf-1-common=1.14.50-1+deb12u1 \
  pxlib1=0.6.8-1+b1 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
glib-compile-schemas root/usr/share/glib-2.0/schemas
mkdir -p .gnumeric/1.12.55
ln -s "$place/root/usr/lib/gnumeric/1.12.55/plugins" .gnumeric/1.12.55/plugins
gnumeric() {
  HOME="$place" XDG_DATA_DIRS="$place/root/usr/share:/usr/share" GSETTINGS_BACKEND=memory \
    LD_LIBRARY_PATH="$place/root/usr/lib:$place/root/usr/lib/x86_64-linux-gnu" root/usr/bin/ssconvert "$@"
}
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'XlsxWriter==3.3.1' 2>/dev/null
cat > make.py <<'PY'
import xlsxwriter

FORMATS = ["0", *(f"[DBNum{n}]{code}" for n in (1, 2, 3) for code in ("[$-804]General", "General", "0"))]
with xlsxwriter.Workbook("made.xlsx") as book:
    sheet = book.add_worksheet()
    for row, code in enumerate(FORMATS):
        sheet.write(row, 0, code)
        for column, figure in enumerate((22, 0), 1):
            sheet.write(row, column, figure, book.add_format({"num_format": code}))
PY
venv/bin/python make.py
gnumeric --version 2>&1 | head -1
gnumeric -T Gnumeric_stf:stf_assistant -O 'format=preserve separator=|' made.xlsx gnumeric.txt >/dev/null 2>&1
soffice --headless "-env:UserInstallation=file://$place/user" \
  --convert-to 'csv:Text - txt - csv (StarCalc):124,34,76,1,,0,false,true' made.xlsx >/dev/null 2>&1
paste -d' ' gnumeric.txt made.csv
cat > look.py <<'PY'
seen = [line.rstrip("\n").split("|") for line in open("gnumeric.txt", encoding="utf-8")]
beside = [line.rstrip("\n").split("|") for line in open("made.csv", encoding="utf-8")]
assert seen[0] == ["0", "22", "0"] == beside[0], "the plain format is shown otherwise"
assert len(seen) == len(beside) == 10
assert all(figures == ["", ""] for _, *figures in seen[1:]), "Gnumeric has changed"
assert all(all(figures) for _, *figures in beside[1:]) and beside[1][1] == "二十二", "LibreOffice has changed"
PY
python3 look.py
