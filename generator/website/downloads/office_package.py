"""Packs the parts of Word and Excel files: the same parts always give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_LEVEL = 4  # of deflate: with 6, Word and Excel of a report take an eighth more time for 3 % less room
_MADE_ON_UNIX = 3  # whatever the machine is
_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can hold


def unpacked(archive: bytes) -> dict[str, bytes]:
    """Reads the parts of a package by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(archive)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    """Writes a package that tells no clock and no machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            member = zipfile.ZipInfo(name, _DAY)
            member.create_system = _MADE_ON_UNIX
            package.writestr(member, data, zipfile.ZIP_DEFLATED, _LEVEL)
    return out.getvalue()
