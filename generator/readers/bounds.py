"""Bounds on untrusted archives and XML: what exceeds them is refused with a sentence, never unpacked to disk."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from generator.readers.document import Limits, Unreadable
from generator.readers.notes import ENCRYPTED, damaged, refuse

_DIRECTORY_BYTES = 4_000_000  # of the zip's own table; 5,000 members need far less
_SMALL = 1_000_000  # below this the ratio does not matter
_MILLION = 1_000_000
_ELEMENTS = 2_000_000  # of one XML part


def bounded(data: bytes, limits: Limits) -> bytes:
    """The file itself, unless it is empty or too large."""
    if not data:
        raise refuse("文件是空的。", "The file is empty.")
    if len(data) > limits.file_bytes:
        raise refuse(
            f"文件有 {len(data) / _MILLION:.0f} MB，超过上限 {limits.file_bytes / _MILLION:.0f} MB，不读取。",
            f"The file has {len(data) / _MILLION:.0f} MB, more than the limit of {limits.file_bytes / _MILLION:.0f} MB.",
        )
    return data


@dataclass(frozen=True)
class Archive:
    """A zip whose directory has passed the bounds. Members are read into memory only, each no further than declared."""

    members: dict[str, zipfile.ZipInfo]
    zip: zipfile.ZipFile

    def __contains__(self, name: str) -> bool:
        return name in self.members

    def read(self, name: str) -> bytes:
        """One member's bytes; Unreadable when it is absent or damaged."""
        try:
            info = self.members[name]
            with self.zip.open(info) as stream:
                return stream.read(info.file_size)
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise damaged(name) from error

    def under(self, folder: str) -> list[str]:
        return [name for name in self.members if name.startswith(folder)]


def archive(data: bytes, limits: Limits) -> Archive:
    """Open a zip after looking at its directory only; refuses bombs, links, odd names, passwords, twins."""
    bounded(data, limits)
    _directory(data, limits)
    try:
        opened = zipfile.ZipFile(BytesIO(data))
        infos = opened.infolist()
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        EOFError,
        struct.error,
        NotImplementedError,
        UnicodeDecodeError,
    ) as error:
        raise damaged() from error
    return Archive(_members(infos, len(data), limits), opened)


def _directory(data: bytes, limits: Limits) -> None:
    """zipfile reads the whole directory before we may count it: look at its declared size first."""
    end = data.rfind(b"PK\5\6", max(0, len(data) - 65_557))
    if end < 0 or end + 22 > len(data):
        raise damaged()
    count, size = struct.unpack("<HL", data[end + 10 : end + 16])
    if count > limits.members or (size > _DIRECTORY_BYTES and size != 0xFFFFFFFF) or size == 0xFFFFFFFF:
        raise _too_many(limits)


def _too_many(limits: Limits) -> Unreadable:
    return refuse(
        f"压缩包里的文件超过 {limits.members} 个，不读取。", f"The archive has more than {limits.members} members."
    )


def _members(infos: list[zipfile.ZipInfo], size: int, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    if len(infos) > limits.members:
        raise _too_many(limits)
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = info.filename.replace("\\", "/")
        _permit(info, name, limits)
        if name in found:
            raise refuse(f"压缩包里有两个“{name}”，不知道以哪个为准，不读取。", f"The archive holds “{name}” twice.")
        found[name] = info
    unpacked = sum(info.file_size for info in infos)
    if unpacked > limits.unpacked_bytes:
        raise refuse(
            f"解开后有 {unpacked / _MILLION:.0f} MB，超过上限 {limits.unpacked_bytes / _MILLION:.0f} MB，不读取。",
            f"Unpacked it has {unpacked / _MILLION:.0f} MB, more than the limit of {limits.unpacked_bytes / _MILLION:.0f} MB.",
        )
    if sum(info.compress_size for info in infos) > size:
        raise refuse("压缩包里的文件互相重叠，不读取。", "Members of the archive overlap.")
    return found


def _permit(info: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    if info.flag_bits & 0x41:
        raise Unreadable(ENCRYPTED)
    if name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in name:
        raise refuse(
            f"压缩包里有可疑的文件名“{name[:60]}”，不读取。", f"The archive holds the suspicious name “{name[:60]}”."
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        raise refuse(
            f"压缩包里的“{name[:60]}”是符号链接，不读取。", f"“{name[:60]}” in the archive is a symbolic link."
        )
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise refuse(f"压缩包里“{name[:60]}”的压缩方法不支持。", f"“{name[:60]}” is packed in an unsupported way.")
    if info.file_size > _SMALL and info.file_size > limits.ratio * max(1, info.compress_size):
        raise refuse(
            f"压缩包里的“{name[:60]}”解开后是原来的 {limits.ratio} 倍以上，像是压缩炸弹，不读取。",
            f"“{name[:60]}” unpacks to more than {limits.ratio} times its size, like a zip bomb.",
        )


def repack(parts: dict[str, bytes]) -> bytes:
    """A plain stored zip of these parts: what a library that opens archives by itself is given instead of the original."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name, data in parts.items():
            packed.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


Start = Callable[[str, dict[str, str]], object]
End = Callable[[str], object]
Words = Callable[[str], object]


def events(data: bytes, part: str, limits: Limits, start: Start, end: End, words: Words) -> None:
    """Read XML by events. Names are `{namespace}local` as in ElementTree. No document type, no entities, bounded depth and count."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    depth = count = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > limits.depth:
            raise refuse(
                f"“{part}”里的标记嵌套超过 {limits.depth} 层，不读取。",
                f"Markup in “{part}” nests deeper than {limits.depth}.",
            )
        if count > _ELEMENTS:
            raise refuse(
                f"“{part}”里的标记超过 {_ELEMENTS} 个，不读取。", f"“{part}” holds more than {_ELEMENTS} elements."
            )
        start(_braced(name), {_braced(key): value for key, value in attributes.items()} if attributes else attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(_braced(name))

    def doctype(*_: object) -> None:
        raise refuse(f"“{part}”里有文档类型或实体声明，不读取。", f"“{part}” declares a document type or entities.")

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # a byte sequence or an encoding that is none
        raise damaged(part) from error


def _braced(name: str) -> str:
    return "{" + name if "}" in name else name


def local(name: str) -> str:
    return name.rpartition("}")[2]


def xml(data: bytes, part: str, limits: Limits) -> Element:
    """The root of a part within the same bounds. Names lose their namespaces: strict and transitional packages,
    and the dialects of their writers, then read alike; `m:r` and `m:t` of formulas keep theirs apart by their ancestor."""
    builder = TreeBuilder()

    def start(name: str, attributes: dict[str, str]) -> None:
        builder.start(local(name), {local(key): value for key, value in attributes.items()})

    events(data, part, limits, start, lambda name: builder.end(local(name)), builder.data)
    return builder.close()
