"""Reads Word's “Flat XML” (Flat OPC): the parts of a .docx one after another in one XML file."""

from __future__ import annotations

import base64
import binascii
import re

from generator.readers import docx
from generator.readers.bounds import bounded, repack
from generator.readers.document import Document, Limits
from generator.readers.notes import damaged

_PART = re.compile(
    rb"<(?:\w{1,20}:)?part\b([^<>]{0,2000})>\s*<(?:\w{1,20}:)?(xmlData|binaryData)\b[^<>]{0,200}>(.*?)</(?:\w{1,20}:)?\2\s*>",
    re.DOTALL,
)
_NAME = re.compile(rb"\bname\s*=\s*[\"']/?([^\"']{1,300})[\"']")


def packaged(data: bytes) -> bytes:
    """Make a package of the parts; raises Unreadable where there is none, or one is damaged."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    parts = {}
    for match in _PART.finditer(data):
        if name := _NAME.search(match[1]):
            parts[name[1].decode("utf-8", "replace")] = _content(match[2], match[3])
    if not parts:
        raise damaged()
    return repack(parts)


def _content(kind: bytes, data: bytes) -> bytes:
    if kind == b"xmlData":
        return data.strip()
    try:
        return base64.b64decode(data)
    except (binascii.Error, ValueError) as error:
        raise damaged() from error


def read(data: bytes, file: str, limits: Limits) -> Document:
    """Read such a file as the .docx that it holds; raises Unreadable as that reader does."""
    return docx.read(packaged(bounded(data, limits)), file, limits)
