"""What a file really is, whatever it is called."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest

from generator.readers.document import Unreadable
from generator.readers.kinds import refused, sniff
from generator.readers.ole import MAGIC, Compound, names, pack, summary
from generator.readers.sheet_xls import scan
from tests.readers.samples import book, p, word, zipped

ODS = "application/vnd.oasis.opendocument.spreadsheet"


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (word(p("文")), "年报.doc", "docx"),
        (word(p("文")), "年报.wps", "docx"),
        (zipped({"xl/workbook.xml": "", "a": ""}), "表.xls", "xlsx"),
        (zipped({"xl/workbook.bin": ""}), "表.xlsx", "xlsb"),
        (zipped({"mimetype": ODS}), "表.xlsx", "ods"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "a.odt", "odt"),
        (zipped({"OFD.xml": ""}), "年报.ofd", "ofd"),
        (zipped({"年报.docx": ""}), "年报.docx", "zip"),
        (b"%PDF-1.4 ", "年报.doc", "pdf"),
        (b"\xef\xbb\xbf<html><body>", "年报.doc", "html"),
        ("<!DOCTYPE html><TABLE>".encode("utf-16"), "表.xls", "html"),
        ("<meta charset=gbk><table><tr><td>甲".encode("gb18030"), "表.xls", "html"),
        (b"{\\rtf1\\ansi", "年报.doc", "rtf"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "年报.doc", "mht"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "年报.xml", "wordml"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "表.xml", "sheetml"),
        ("一、总体情况".encode("gb18030"), "年报.txt", "txt"),
        ("一、总体情况".encode("utf-16"), "年报.txt", "txt"),
        (b"\x89PNG\r\n", "年报.pdf", "picture"),
        (b"\1\2\3\0\0", "年报.docx", "unknown"),
    ],
)
def test_kinds_by_bytes(data: bytes, name: str, kind: str) -> None:
    assert sniff(data, name) == kind


def test_what_no_reader_takes_has_a_sentence() -> None:
    for kind in ("encrypted", "ofd", "xlsb", "zip", "picture", "unknown"):
        sentence = refused(kind)
        assert sentence is not None and "：" in sentence.message.zh
    assert refused("docx") is None


def compound(*streams: tuple[str, bytes]) -> bytes:
    """A small container: header, one table of sectors, a directory, and streams of at least 4096 bytes."""
    padded = [(name, data + b"\0" * (max(4096, (len(data) + 511) // 512 * 512) - len(data))) for name, data in streams]
    directory_sectors = (len(padded) + 4) // 4
    fat = [0xFFFFFFFD] + [
        number + 2 if number + 1 < directory_sectors else 0xFFFFFFFE for number in range(directory_sectors)
    ]
    entries = [("Root Entry", 5, 0xFFFFFFFE, 0)]
    body = b""
    for name, data in padded:
        start, count = len(fat), len(data) // 512
        fat += [start + number + 1 for number in range(count - 1)] + [0xFFFFFFFE]
        entries.append((name, 2, start, len(data)))
        body += data
    directory = b""
    for name, kind, start, size in entries:
        raw = (name + "\0").encode("utf-16-le")
        directory += (
            raw.ljust(64, b"\0")
            + struct.pack("<HBB", len(raw), kind, 1)
            + b"\xff" * 12
            + b"\0" * 36
            + struct.pack("<LLL", start, size, 0)
        )
    directory = directory.ljust(directory_sectors * 512, b"\0")
    header = (
        MAGIC
        + b"\0" * 16
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + b"\0" * 10
        + struct.pack("<LLLLLLLL", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    )
    header += struct.pack("<L", 0) + b"\xff" * 4 * 108
    return header + struct.pack(f"<{len(fat)}L", *fat).ljust(512, b"\xff") + directory + body


def test_compound_containers() -> None:
    data = compound(("WordDocument", b"text"), ("Macros", b"x"))
    assert Compound(data).read("WordDocument").startswith(b"text\0") and Compound(data).read("missing") == b""
    assert names(data) == {"Root Entry", "WordDocument", "Macros"}
    assert sniff(data, "a.xls") == "doc"
    assert sniff(compound(("Workbook", b"x")), "a.doc") == "xls"
    assert sniff(compound(("EncryptedPackage", b"x")), "a.docx") == "encrypted"
    assert (
        sniff(compound(("Contents", b"x")), "a.et") == "xls" and sniff(compound(("Contents", b"x")), "a.wps") == "doc"
    )


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


@pytest.mark.parametrize("rows", [(0, 1_599_995_930, 0, 12), (0, 10, 0, 60_000)])
def test_a_workbook_that_promises_more_cells_than_there_are(rows: tuple[int, int, int, int]) -> None:
    """Found by fuzzing: calamine reserved 768 GB for these dimensions, and the process died."""
    head = record(0x0809, b"\0\6\5\0" + b"\0" * 12) + record(
        0x0085, struct.pack("<L", 8 + 16 + 4 + 4 + 2) + b"\0\0\1\0A"
    )
    dimensions = record(0x0200, struct.pack("<LLHHH", *rows, 0))
    stream = head + record(0x000A, b"")
    place = len(stream)
    stream = (
        stream.replace(struct.pack("<L", 34), struct.pack("<L", place), 1)
        + record(0x0809, b"\0\6\x10\0" + b"\0" * 12)
        + dimensions
        + record(0x000A, b"")
    )
    with pytest.raises(Unreadable):
        scan(compound(("Workbook", stream)))
    few = stream.replace(dimensions, record(0x0200, struct.pack("<LLHHH", 0, 10, 0, 12, 0)))
    assert len(scan(compound(("Workbook", few))).tabs) == 1
    with pytest.raises(Unreadable):
        scan(compound(("Workbook", record(0x0809, b"\0" * 16) + record(0x00FC, struct.pack("<LL", 9, 2_000_000_000)))))


def test_broken_containers() -> None:
    for data in (b"", MAGIC, MAGIC + b"\0" * 600, compound(("Workbook", b"x"))[:700]):
        assert names(data) == set() or "Workbook" in names(data)
    looped = bytearray(compound(("Workbook", b"x")))
    looped[512 + 4 * 2 : 512 + 4 * 3] = struct.pack("<L", 2)  # the stream's first sector points to itself
    assert len(Compound(bytes(looped)).read("Workbook")) == 4096
    with pytest.raises(Unreadable):
        Compound(b"x" * 600)


@pytest.mark.parametrize("size", [0, 10, 4096, 5000, 9_000_000])
def test_a_packed_stream_comes_out_again(size: int) -> None:
    data = bytes(number % 251 for number in range(1000)) * (size // 1000) + b"x" * (size % 1000)
    packed = Compound(pack("Workbook", data))
    assert packed.read("Workbook").rstrip(b"\0") == data.rstrip(b"\0") and packed.names == {"Root Entry", "Workbook"}


def test_properties_of_old_files() -> None:
    author = "示例甲".encode("gb18030") + b"\0"
    value = struct.pack("<LL", 30, len(author)) + author
    section = struct.pack("<LL", 16 + len(value), 1) + struct.pack("<LL", 4, 16) + value
    stream = b"\xfe\xff\0\0" + b"\0" * 20 + struct.pack("<L", 1) + b"\0" * 16 + struct.pack("<L", 48) + section
    assert summary(Compound(compound(("\5SummaryInformation", stream)))) == {"author": "示例甲"}


def test_a_real_workbook_is_one() -> None:
    data = book(lambda workbook: workbook.add_worksheet("表").write(0, 0, 1))
    assert zipfile.is_zipfile(BytesIO(data)) and sniff(data, "表.et") == "xlsx"
