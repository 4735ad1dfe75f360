"""Opens untrusted archives and XML within limits; refuses what exceeds them and never unpacks to disk."""

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

_DIRECTORY_BYTES = 4_000_000  # of the zip's central directory; 5,000 members need far less
_SMALL = 1_000_000  # bytes; below this the compression ratio does not matter
_MILLION = 1_000_000
_ELEMENTS = 2_000_000  # of one XML part
# What zipfile raises on damaged bytes: while it reads the directory, and while it unpacks a member.
_DIRECTORY_ERRORS = (zipfile.BadZipFile, ValueError, OSError, EOFError, struct.error, NotImplementedError)
_MEMBER_ERRORS = (*_DIRECTORY_ERRORS, KeyError, zlib.error, RuntimeError)


def bounded(data: bytes, limits: Limits) -> bytes:
    """Return the bytes unchanged; raise Unreadable when there are none or more than `limits.file_bytes`."""
    if not data:
        raise refuse("文件是空的。", "The file is empty.")
    if len(data) > limits.file_bytes:
        size, most = len(data) / _MILLION, limits.file_bytes / _MILLION
        raise refuse(
            f"文件有 {size:.0f} MB，超过上限 {most:.0f} MB，不读取。",
            f"The file is {size:.0f} MB, more than the limit of {most:.0f} MB.",
        )
    return data


@dataclass(frozen=True)
class Archive:
    """Holds a zip whose directory is within the limits; members are read into memory, none beyond its declared size."""

    members: dict[str, zipfile.ZipInfo]
    zip: zipfile.ZipFile

    def __contains__(self, name: str) -> bool:
        return name in self.members

    def read(self, name: str) -> bytes:
        """Return one member's bytes; raise Unreadable when it is absent or damaged."""
        try:
            info = self.members[name]
            with self.zip.open(info) as stream:
                return stream.read(info.file_size)
        except _MEMBER_ERRORS as error:
            raise damaged(name) from error

    def under(self, folder: str) -> list[str]:
        return [name for name in self.members if name.startswith(folder)]


def archive(data: bytes, limits: Limits) -> Archive:
    """Open a zip, having looked at its directory only.

    Raises Unreadable for zip bombs, symbolic links, suspicious or duplicate names, and passwords.
    """
    bounded(data, limits)
    _directory(data, limits)
    try:
        opened = zipfile.ZipFile(BytesIO(data))
        infos = opened.infolist()
    except _DIRECTORY_ERRORS as error:
        raise damaged() from error
    return Archive(_members(infos, len(data), limits), opened)


def _directory(data: bytes, limits: Limits) -> None:
    """Check the declared size of the directory, for zipfile reads all of it before anything can be counted."""
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
    members: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = info.filename.replace("\\", "/")
        _permit(info, name, limits)
        if name in members:
            raise refuse(f"压缩包里有两个“{name}”，不知道以哪个为准，不读取。", f"The archive contains “{name}” twice.")
        members[name] = info
    unpacked = sum(info.file_size for info in infos)
    if unpacked > limits.unpacked_bytes:
        most = limits.unpacked_bytes / _MILLION
        raise refuse(
            f"解开后有 {unpacked / _MILLION:.0f} MB，超过上限 {most:.0f} MB，不读取。",
            f"The archive unpacks to {unpacked / _MILLION:.0f} MB, more than the limit of {most:.0f} MB.",
        )
    if sum(info.compress_size for info in infos) > size:
        raise refuse("压缩包里的文件互相重叠，不读取。", "Members of the archive overlap.")
    return members


def _permit(info: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    if info.flag_bits & 0x41:
        raise Unreadable(ENCRYPTED)
    if name.startswith("/") or ".." in name.split("/") or ":" in name or "\0" in name:
        raise refuse(
            f"压缩包里有可疑的文件名“{name[:60]}”，不读取。",
            f"The archive contains a suspicious file name: “{name[:60]}”.",
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        raise refuse(
            f"压缩包里的“{name[:60]}”是符号链接，不读取。", f"“{name[:60]}” in the archive is a symbolic link."
        )
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise refuse(
            f"压缩包里“{name[:60]}”的压缩方法不支持。", f"“{name[:60]}” is compressed with an unsupported method."
        )
    if info.file_size > _SMALL and info.file_size > limits.ratio * max(1, info.compress_size):
        raise refuse(
            f"压缩包里的“{name[:60]}”解开后是原来的 {limits.ratio} 倍以上，像是压缩炸弹，不读取。",
            f"“{name[:60]}” unpacks to more than {limits.ratio} times its packed size, like a zip bomb.",
        )


def repack(parts: dict[str, bytes]) -> bytes:
    """Pack these parts into a plain stored zip, to hand to a library that opens archives by itself."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name, data in parts.items():
            packed.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


OnStart = Callable[[str, dict[str, str]], object]
OnEnd = Callable[[str], object]
OnText = Callable[[str], object]


def events(data: bytes, part: str, limits: Limits, start: OnStart, end: OnEnd, text: OnText) -> None:
    """Parse XML and call back for each start tag, end tag and text; names are `{namespace}local` as in ElementTree.

    Raises Unreadable for document types, entities, damage, and more depth or elements than the limits allow.
    """
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
                f"Markup in “{part}” is nested deeper than {limits.depth} levels.",
            )
        if count > _ELEMENTS:
            raise refuse(
                f"“{part}”里的标记超过 {_ELEMENTS} 个，不读取。", f"“{part}” has more than {_ELEMENTS} elements."
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
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # invalid bytes or an unknown encoding
        raise damaged(part) from error


def _braced(name: str) -> str:
    return "{" + name if "}" in name else name


def local(name: str) -> str:
    return name.rpartition("}")[2]


def xml(data: bytes, part: str, limits: Limits) -> Element:
    """Parse a part within the same limits and return its root, with names stripped of their namespaces.

    Strict and transitional packages then read alike; `m:r` and `m:t` of formulas are told apart by their ancestor.
    """
    builder = TreeBuilder()

    def start(name: str, attributes: dict[str, str]) -> None:
        builder.start(local(name), {local(key): value for key, value in attributes.items()})

    events(data, part, limits, start, lambda name: builder.end(local(name)), builder.data)
    return builder.close()
