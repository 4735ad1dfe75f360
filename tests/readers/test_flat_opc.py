"""Word's flat XML holds the parts of a .docx in one file, and is read as that."""

from __future__ import annotations

import base64
import zipfile
from io import BytesIO

import pytest

from generator.readers.document import Unreadable
from generator.readers.flat_opc import packaged
from generator.readers.kinds import sniff
from generator.readers.open_file import read_bytes
from tests.readers.samples import LIMITS, grids
from tests.readers.word_samples import p, run, tbl, tc, tr, word

HEAD = '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
SPACE = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'


def flat(data: bytes, binary: bool = False) -> str:
    """A package as one XML file."""
    parts = []
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            content = package.read(name)
            kind, text = ("binaryData", base64.b64encode(content).decode()) if binary else ("xmlData", content.decode())
            parts.append(f'<pkg:part pkg:name="/{name}" pkg:contentType="x"><pkg:{kind}>{text}</pkg:{kind}></pkg:part>')
    return f"{HEAD}<pkg:package {SPACE}>{''.join(parts)}</pkg:package>"


RAISED = run("1", '<w:vertAlign w:val="superscript"/>')
WHOLE = word(tbl(tr(tc("新收"), f"<w:tc><w:p>{run('22')}{RAISED}</w:p></w:tc>")) + p("x"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("binary", [False, True])
def test_its_tables_are_read_with_what_marks_their_text(encoding: str, binary: bool) -> None:
    data = flat(WHOLE, binary).encode(encoding)
    assert sniff(data, "示例.xml") == "flatopc"
    (grid,) = grids(read_bytes(data, "示例.xml", LIMITS))
    assert [(cell.text, cell.doubt is not None) for cell in grid.rows[0]] == [("新收", False), ("22", True)]


@pytest.mark.parametrize(
    "inside", ["", '<pkg:part pkg:name="/a"><pkg:binaryData>a</pkg:binaryData></pkg:part>', "<pkg:part/>"]
)
def test_one_without_parts_or_with_damaged_ones_is_refused(inside: str) -> None:
    with pytest.raises(Unreadable):
        packaged(f"{HEAD}<pkg:package {SPACE}>{inside}</pkg:package>".encode())
