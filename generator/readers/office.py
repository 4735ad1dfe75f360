"""Maps each office file type that `kinds.sniff` detects to its reader."""

from __future__ import annotations

from collections.abc import Callable

from generator.readers import docx, flat_opc, legacy, pdf, sheet
from generator.readers.document import Document, Limits

OFFICE: dict[str, Callable[[bytes, str, Limits], Document]] = {
    "docx": docx.read,
    "flatopc": flat_opc.read,
    "xlsx": sheet.read,
    "xls": sheet.read,
    "ods": sheet.read,
    "fods": sheet.read,
    "pdf": pdf.read,
    "doc": legacy.read,
    "rtf": legacy.read,
    "odt": legacy.read,
    "wordml": legacy.read,
    "sheetml": legacy.read,
    "uot": legacy.read,
    "uos": legacy.read,
}
