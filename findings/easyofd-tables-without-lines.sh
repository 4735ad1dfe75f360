#!/usr/bin/env bash
# easyofd 20260427 with pymupdf 2.0 and reportlab 5.1.0.
#
# Offices are asked to offer reports as OFD (版式文件, GB/T 33190-2016) beside PDF. easyofd turns a PDF into OFD. As it
# comes, every page becomes one picture: no text to search, copy or read aloud, though the PDF had it. With
# optional_text=True there is text, but no line of a table: cells and merged heads cannot be told apart any more.
#
# Seen: a page with a ruled table of 4 cells (6 lines, 4 texts) → by default 0 texts, 0 paths, a picture;
#       with optional_text=True 4 texts, 0 paths, 0 pictures.
# Expected: TextObject and PathObject elements for what the PDF draws.
# For us: no OFD is offered by this way.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place"
python3 -m venv venv
venv/bin/python -m pip install -q --disable-pip-version-check 'easyofd==20260427' 'pymupdf==2.0' 'pymupdf_layout==2.0' \
  'pymupdf4llm==2.0' 'reportlab==5.1.0' 2>/dev/null
cat > look.py <<'PY'
import contextlib
import io
import os
import re
import shutil
import zipfile

from loguru import logger
from reportlab.pdfgen.canvas import Canvas

logger.remove()  # a warning for each font of Windows that is not here
from easyofd.ofd import OFD  # noqa: E402

made = io.BytesIO()
canvas = Canvas(made, pagesize=(300, 200))
canvas.grid([50, 150, 250], [50, 100, 150])
for x, y, text in ((60, 120, "T3-1"), (160, 120, "2293"), (60, 70, "T3-2"), (160, 70, "22")):
    canvas.drawString(x, y, text)
canvas.save()


def convert(text: bool) -> tuple[list[str], int, int]:
    shutil.rmtree("test", ignore_errors=True)  # where it works
    with contextlib.redirect_stdout(open(os.devnull, "w")):
        data = OFD().pdf2ofd(made.getvalue(), optional_text=text)
    archive = zipfile.ZipFile(io.BytesIO(data))
    pages = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith("Content.xml"))
    return (
        re.findall(r"<ofd:TextCode[^>]*>([^<]*)", pages),
        len(re.findall(r"<ofd:PathObject\b", pages)),
        len(re.findall(r"<ofd:ImageObject\b", pages)),
    )


picture, text = convert(False), convert(True)
print("as it comes:        texts, paths, pictures =", *picture)
print("optional_text=True: texts, paths, pictures =", *text)
assert picture[0] == [] and picture[1] == 0 and picture[2] > 0, "easyofd has changed"
assert sorted(text[0]) == ["22", "2293", "T3-1", "T3-2"] and text[1:] == (0, 0), "easyofd has changed"
PY
venv/bin/python look.py
