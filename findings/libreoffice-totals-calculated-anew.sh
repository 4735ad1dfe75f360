#!/usr/bin/env bash
# LibreOffice 7.4.7.2 (Debian 4:7.4.7-1+deb12u14), Writer.
#
# A table of a Word or WPS file can hold its totals as fields (=SUM(LEFT)); the file stores the result that the author saw,
# and Word shows it until someone asks for an update. LibreOffice calculates such fields anew while it opens the file, with
# the row's label in the range. A text there makes the sum 0: in a statutory table, where each row begins with its name,
# every total of an .rtf becomes 0, with exit 0 and without a message. Without a label the stored result gives way to
# LibreOffice's own sum. A field whose name nobody knows keeps its result.
#
# Seen: label 5 6 [=SUM(LEFT), stored 11] → 0; 3 5 6 [the same] → 14; with the first letter of the name changed → 11 twice
# Expected: 11 (RTF 1.9.1 and Office Open XML part 1, 17.16.2: the field result is the one last calculated and stored).
# For us: the codes of calculated fields are renamed in a copy before conversion (generator/readers/stored_fields.py).
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
test "$(soffice --version | cut -d' ' -f2)" = 7.4.7.2
cat > make.py <<'PY'
EDGES = "".join(rf"\cellx{2000 * number}" for number in range(1, 6))
ROW = rf"\trowd{EDGES}\pard\intbl %s\cell 5\cell 6\cell {{\field{{\*\fldinst  %s }}{{\fldrslt 11}}}}\cell z\cell\row "
for name, code in (("asked", "=SUM(LEFT)"), ("renamed", "XSUM(LEFT)")):
    for label in ("label", "3"):
        with open(f"{name}-{label}.rtf", "w") as stream:
            stream.write(r"{\rtf1\ansi " + ROW % (label, code) + r"\pard end\par}")
PY
python3 make.py
for kind in txt:Text docx; do
  soffice --headless "-env:UserInstallation=file://$place/user" --convert-to "$kind" ./*.rtf >/dev/null 2>&1
done
cells() {
  test "$(sed 's/^\xef\xbb\xbf//' "$1.txt" | tr '\n' ' ')" = "$2 end "
  unzip -p "$1.docx" word/document.xml | tr -d '\n' | grep -q "<w:t[^>]*>$3</w:t>"
  echo "$1: $2"
}
cells asked-label "label 5 6 0 z" 0
cells asked-3 "3 5 6 14 z" 14
cells renamed-label "label 5 6 11 z" 11
cells renamed-3 "3 5 6 11 z" 11
