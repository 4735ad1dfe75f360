"""Builds spreadsheets: XlsxWriter books of one sheet, raw worksheet XML, OpenDocument tables, old containers."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from typing import Any

from generator.readers.ole import MAGIC
from tests.readers.samples import book, zipped


def one_sheet(fill: Any) -> bytes:
    """A workbook of one sheet 表 filled by `fill(sheet, workbook)`."""
    return book(lambda workbook: fill(workbook.add_worksheet("表"), workbook))


def parts_of(data: bytes) -> dict[str, bytes]:
    """The members of a package."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def sheet_xml(inner: str, after: str = "") -> bytes:
    """A workbook whose only sheet has this XML in its data and after it."""
    plain = one_sheet(lambda sheet, _: sheet.write(0, 0, 1))
    parts: dict[str, str | bytes] = {**parts_of(plain)}
    parts["xl/worksheets/sheet1.xml"] = (
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{inner}</sheetData>{after}</worksheet>'
    )
    return zipped(parts)


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="表">{}</table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)


def ods(inner: str) -> bytes:
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ODS.format(inner)})


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


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body
