"""Archives and XML beyond the bounds are refused with a sentence, before anything is unpacked."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from io import BytesIO

import pytest

from generator.readers.bounds import archive, events, repack, xml
from generator.readers.document import Limits, Unreadable
from tests.readers.samples import zipped

LIMITS = Limits()


def test_a_plain_archive_is_read() -> None:
    package = archive(zipped({"word/a.xml": "<a/>", "b\\c.xml": "<c/>"}), LIMITS)
    assert package.read("word/a.xml") == b"<a/>"
    assert package.read("b/c.xml") == b"<c/>"
    assert package.under("word/") == ["word/a.xml"]
    with pytest.raises(Unreadable, match="damaged"):
        package.read("missing")


@pytest.mark.parametrize("name", ["../evil.xml", "a/../../b", "/etc/passwd", "C:/x", "..\\evil"])
def test_names_that_leave_the_archive(name: str) -> None:
    with pytest.raises(Unreadable, match="suspicious"):
        archive(zipped({name: "x"}), LIMITS)


def one_member(info: zipfile.ZipInfo, data: bytes = b"x") -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(info, data)
    return out.getvalue()


def test_symbolic_links() -> None:
    info = zipfile.ZipInfo("word/document.xml")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(Unreadable, match="symbolic"):
        archive(one_member(info, b"/etc/passwd"), LIMITS)


@pytest.mark.slow
def test_bombs_by_ratio_and_by_sum() -> None:
    bomb = zipped({"word/document.xml": b"\0" * 50_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(Unreadable, match="bomb"):
        archive(bomb, LIMITS)
    with pytest.raises(Unreadable, match="more than the limit"):
        archive(zipped({f"{number}": b"\0" * 900_000 for number in range(9)}), Limits(unpacked_bytes=5_000_000))


def test_a_size_that_lies_does_not_unpack_further() -> None:
    """The directory declares 10 bytes, the stream holds 50 million."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = packed.compress(b"\0" * 50_000_000) + packed.flush()
    lie = struct.pack("<LLL", 0, len(stream), 10)
    local = b"PK\3\4" + struct.pack("<HHHHH", 20, 0, 8, 0, 0x21) + lie + struct.pack("<HH", 1, 0) + b"a"
    central = (
        b"PK\1\2"
        + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0x21)
        + lie
        + struct.pack("<HHHHHLL", 1, 0, 0, 0, 0, 0, 0)
        + b"a"
    )
    end = b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(central), len(local) + len(stream), 0)
    package = archive(local + stream + central + end, LIMITS)
    with pytest.raises(Unreadable):
        package.read("a")  # its checksum is wrong after ten bytes


def test_too_many_members_twins_passwords_and_overlaps() -> None:
    with pytest.raises(Unreadable, match="members"):
        archive(zipped({str(number): "" for number in range(30)}), Limits(members=20))
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("a", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("a", "2")
    with pytest.raises(Unreadable, match="twice"):
        archive(out.getvalue(), LIMITS)
    locked = bytearray(zipped({"a": "x"}))
    locked[locked.rfind(b"PK\1\2") + 8] |= 1
    with pytest.raises(Unreadable, match="encrypted"):
        archive(bytes(locked), LIMITS)


def test_a_directory_that_declares_itself_huge() -> None:
    for count, size in ((60_000, 50), (1, 900_000_000), (1, 0xFFFFFFFF)):
        with pytest.raises(Unreadable, match="members"):
            archive(
                b"PK\3\4" + b"\0" * 60 + b"PK\5\6" + struct.pack("<HHHHLLH", 0, 0, count, count, size, 0, 0), LIMITS
            )


def test_size_of_the_file_itself() -> None:
    with pytest.raises(Unreadable, match="empty"):
        archive(b"", LIMITS)
    with pytest.raises(Unreadable, match="limit"):
        archive(b"PK\3\4" + b"\0" * 100, Limits(file_bytes=50))


def test_odd_compression() -> None:
    info = zipfile.ZipInfo("a")
    info.compress_type = zipfile.ZIP_BZIP2
    with pytest.raises(Unreadable, match="unsupported"):
        archive(one_member(info), LIMITS)


LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    + "]><lolz>&j;</lolz>"
)


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS.encode(),
        LAUGHS.encode("utf-16"),
        b'<!DOCTYPE a SYSTEM "http://evil.example/x.dtd"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    ],
)
def test_document_types_and_entities(data: bytes) -> None:
    with pytest.raises(Unreadable, match="entities"):
        xml(data, "a.xml", LIMITS)


def test_depth_and_bad_markup() -> None:
    assert xml(b"<a>" * 200 + b"</a>" * 200, "a.xml", LIMITS).tag == "a"
    with pytest.raises(Unreadable, match="deeper"):
        xml(b"<a>" * 201 + b"</a>" * 201, "a.xml", LIMITS)
    for broken in (
        b"",
        b"<a>",
        b"<a><b></a>",
        b"\xff\xfe\0",
        b'<?xml version="1.0" encoding="martian"?><a/>',
        b"<a>&b;</a>",
    ):
        with pytest.raises(Unreadable, match="damaged"):
            xml(broken, "a.xml", LIMITS)


def test_names_lose_their_namespace_in_trees_and_keep_it_in_events() -> None:
    source = b'<w:a xmlns:w="urn:w" w:val="1"><b/></w:a>'
    root = xml(source, "a.xml", LIMITS)
    assert (root.tag, root.attrib, root[0].tag) == ("a", {"val": "1"}, "b")
    seen: list[str] = []
    events(source, "a.xml", LIMITS, lambda name, attributes: seen.extend([name, *attributes]), seen.append, seen.append)
    assert seen == ["{urn:w}a", "{urn:w}val", "b", "b", "{urn:w}a"]


def test_repacked_parts_are_the_same_every_time() -> None:
    first = repack({"a": b"1", "b": b"2"})
    assert first == repack({"a": b"1", "b": b"2"}) and zipfile.ZipFile(BytesIO(first)).read("b") == b"2"
