"""Metadata hidden in pictures. The pictures are made here; what reads them is judged by Pillow's writers."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from generator.collection.folder import read_pictures
from generator.collection.picture_metadata import traces
from generator.finding import Level
from generator.report.entry import ReportRef
from tests.example import brief, write_content

PLACE, SERIAL, PERSON, DEVICE, TIME, WORDS = (
    "拍摄地点（GPS）",
    "设备序列号",
    "作者或所有者的姓名",
    "拍摄设备、软件",
    "拍摄、修改的时间",
    "注释文字",
)


def told(data: bytes) -> list[str]:
    return [trace.what.zh for trace in traces(data)]


def saved(kind: str, **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, kind, **options)
    return out.getvalue()


def exif(gps: bool = False, **tags: int | str) -> bytes:
    """EXIF by Pillow: t013B="…" in the main directory, xA431="…" in the photograph's."""
    made = Image.Exif()
    for name, value in tags.items():
        (made.get_ifd(0x8769) if name[0] == "x" else made)[int(name[1:], 16)] = value
    if gps:
        made.get_ifd(0x8825).update({1: "N", 2: (36.0, 29.0, 40.0), 3: "E", 4: (117.0, 51.0, 42.0)})
    return made.tobytes()


EXIF: list[tuple[dict[str, object], list[str]]] = [
    ({"gps": True}, [PLACE]),
    ({"t013B": "Zhang San"}, [PERSON]),
    ({"xA431": "0123456789"}, [SERIAL]),
    ({"xA430": "Zhang San", "xA435": "12"}, [PERSON, SERIAL]),
    ({"t010F": "Example", "t0110": "Phone", "t0132": "2021:01:29 09:30:00"}, [DEVICE, TIME]),
    ({"gps": True, "t0131": "Editor", "x9003": "2021:01:29 09:30:00"}, [PLACE, DEVICE, TIME]),
    ({"t013B": "", "t010E": "   "}, []),
    ({"t0112": 1}, []),
]


@pytest.mark.parametrize(("tags", "expected"), EXIF, ids=[" ".join(case[0]) for case in EXIF])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_exif_of_photographs(kind: str, tags: dict[str, object], expected: list[str]) -> None:
    assert sorted(told(saved(kind, exif=exif(**tags)))) == sorted(expected)  # type: ignore[arg-type]


def test_the_grave_stands_first() -> None:
    found = traces(saved("JPEG", exif=exif(gps=True, t010F="Example")))
    assert [trace.grave for trace in found] == [True, False]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_that_is_nothing_else(kind: str) -> None:
    assert told(saved(kind)) == []


def xmp(words: str) -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{words}</x:xmpmeta>'.encode()


def info(*pairs: tuple[str, str]) -> PngInfo:
    made = PngInfo()
    for name, value in pairs:
        made.add_text(name, value)
    return made


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


PLAIN, GIF = saved("PNG"), saved("GIF")
XMP_BLOCKS = b"\x1a<dc:creator>Zhang San</dc>\0"
OTHERS = [
    ("XMP of a JPEG", saved("JPEG", xmp=xmp("<dc:creator>Zhang San</dc:creator>")), [PERSON]),
    ("XMP of a WebP", saved("WEBP", xmp=xmp('<rdf exif:GPSLatitude="36,29N"/>')), [PLACE]),
    (
        "XMP of a PNG",
        saved("PNG", pnginfo=info(("XML:com.adobe.xmp", xmp("<aux:SerialNumber>1</aux:SerialNumber>").decode()))),
        [SERIAL],
    ),
    ("XMP that says little", saved("JPEG", xmp=xmp("")), [WORDS]),
    ("a JPEG's comment", saved("JPEG", comment="C:/Users/zhangsan/1.jpg"), [WORDS]),
    ("a GIF's comment", saved("GIF", comment=b"made by Zhang San"), [WORDS]),
    ("a GIF's XMP", GIF[:-1] + b"\x21\xff\x0bXMP DataXMP" + XMP_BLOCKS + GIF[-1:], [PERSON]),
    (
        "bytes of a picture that look like a comment",
        GIF[:-1] + b"\x2c" + bytes(9) + b"\x02\x04\x21\xfe\x04x\0" + GIF[-1:],
        [],
    ),
    (
        "a PNG's words",
        saved("PNG", pnginfo=info(("Author", "Zhang San"), ("Software", "Editor"), ("Comment", "x"))),
        [PERSON, DEVICE, WORDS],
    ),
    ("a PNG's time", PLAIN[:33] + chunk(b"tIME", b"\x07\xe5\x01\x1d\x09\x1e\x00") + PLAIN[33:], [TIME]),
    ("a by-line", b"\xff\xd8\xff\xed\x00\x12Photoshop\0\x1c\x02\x50\x00\x01Z" + saved("JPEG")[2:], [PERSON]),
]


@pytest.mark.parametrize(("data", "expected"), [case[1:] for case in OTHERS], ids=[case[0] for case in OTHERS])
def test_other_places_where_words_are_kept(data: bytes, expected: list[str]) -> None:
    assert told(data) == expected


# ---------------------------------------------------------------- byte by byte

MAIN = {
    0x010E: WORDS,
    0x010F: DEVICE,
    0x0110: DEVICE,
    0x0131: DEVICE,
    0x0132: TIME,
    0x013B: PERSON,
    0x013C: DEVICE,
    0x8298: WORDS,
    0x9C9B: WORDS,
    0x9C9C: WORDS,
    0x9C9D: PERSON,
    0x9C9E: WORDS,
}
PHOTOGRAPH = {
    0x9003: TIME,
    0x9004: TIME,
    0x927C: DEVICE,
    0x9286: WORDS,
    0xA430: PERSON,
    0xA431: SERIAL,
    0xA434: DEVICE,
    0xA435: SERIAL,
}
Entry = tuple[int, int, int, bytes]  # tag, type, count, value


def tiff(entries: list[Entry], order: str = "<", inner: int = 0, rest: bytes = b"") -> bytes:
    """EXIF with one directory, or with one below the tag `inner` of the main one; longer values stand behind it."""
    made = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    if inner:
        made += struct.pack(f"{order}HHHII", 1, inner, 4, 1, 22)
    at = len(made) + 2 + 12 * len(entries)
    made += struct.pack(f"{order}H", len(entries))
    values = b""
    for tag, kind, count, value in entries:
        inline = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack(f"{order}I", at + len(values))
        made += struct.pack(f"{order}HHI", tag, kind, count) + inline
        values += value if len(value) > 4 else b""
    return made + values + rest


def in_png(body: bytes) -> bytes:
    return PLAIN[:33] + chunk(b"eXIf", body) + PLAIN[33:]


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize(("directory", "tags"), [(0, MAIN), (0x8769, PHOTOGRAPH)])
def test_every_tag_of_exif_that_tells_and_none_beside_it(directory: int, tags: dict[int, str], order: str) -> None:
    for tag in sorted({known + step for known in tags for step in (-1, 0, 1)}):
        found = traces(in_png(tiff([(tag, 2, 3, b"ab\0")], order, directory)))
        assert [trace.what.zh for trace in found] == ([tags[tag]] if tag in tags else []), hex(tag)
        assert all(trace.grave is (trace.what.zh in (PLACE, SERIAL, PERSON)) for trace in found)


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize(("kind", "size"), [(1, 1), (2, 1), (3, 2), (4, 4), (5, 8), (7, 1), (9, 4), (10, 8)])
def test_values_of_every_type_are_as_long_as_they_are(kind: int, size: int, order: str) -> None:
    """Within the entry up to four bytes, elsewhere beyond; what is blank tells nothing, whatever stands behind it."""
    for count in range(1, 8):
        length = size * count
        for value, expected in ((b"\0" * (length - 1) + b"\1", [PERSON]), (b"\0" * length, [])):
            assert told(in_png(tiff([(0x013B, kind, count, value)], order, 0, b"\1"))) == expected, (count, expected)


@pytest.mark.parametrize("tag", range(6))
@pytest.mark.parametrize("value", [b"\0\0\0\1\0\0\0\1" * 3, b"\0" * 24])
def test_a_place_is_its_coordinates(tag: int, value: bytes) -> None:
    assert told(in_png(tiff([(tag, 5, 3, value)], "<", 0x8825))) == ([PLACE] if tag in (2, 4) and any(value) else [])


NAME = (0x013B, 2, 3, b"ab\0")
HARMLESS = (0x0112, 3, 1, b"\1\0")
ODD = [
    ("the last entry ends the file", tiff([HARMLESS, NAME]), [PERSON]),
    ("the last entry is cut short", tiff([HARMLESS, NAME])[:-1], []),
    (
        "what stands behind a directory is no entry",
        tiff([HARMLESS], "<", 0, struct.pack("<HHI", 0x013B, 2, 3) + b"ab\0\0"),
        [],
    ),
    ("a directory within the head", b"II*\0\7\0\0\0" + b"\1" + struct.pack("<HHI", 0x013B, 2, 3) + b"ab\0\0", []),
    ("a type that is none", tiff([(0x013B, 99, 3, b"ab\0")]), []),
    ("blanks in the photograph's directory", tiff([(0x9286, 2, 3, b"   ")], "<", 0x8769), []),
    ("neither order of bytes", b"IM" + tiff([NAME])[2:], []),
]


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in ODD], ids=[case[0] for case in ODD])
def test_directories_end_where_they_say(body: bytes, expected: list[str]) -> None:
    assert told(in_png(body)) == expected


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


NOTE, GPS = segment(0xFE, b"note"), b"Exif\0\0" + tiff([(2, 5, 3, b"\1" * 24)], "<", 0x8825)
JPEGS = [
    ("a note", NOTE, [WORDS]),
    ("a blank note", segment(0xFE, b"\0 "), []),
    ("filling before a marker", b"\xff\xff" + NOTE, [WORDS]),
    ("one byte of it", b"\xff" + NOTE, [WORDS]),
    ("behind the picture itself", segment(0xDA, b"") + NOTE, []),
    ("behind a table", segment(0xDB, b"\0" * 65) + NOTE, [WORDS]),
    ("behind a long segment", segment(0xE0, b"\0" * 300) + NOTE, [WORDS]),
    ("what is no marker", b"\0" + NOTE[1:], []),
    ("a segment that ends the file", b"\xff\xe1\0\2", [WORDS]),
    ("a segment cut short", b"\xff\xe1\0", []),
    ("EXIF", segment(0xE1, GPS), [PLACE]),
    ("EXIF elsewhere", segment(0xE5, GPS), []),
    ("a block without a by-line", segment(0xED, b"Photoshop\0\x1c\x02\x78\0\1Z"), [WORDS]),
]


@pytest.mark.parametrize(("data", "expected"), [case[1:] for case in JPEGS], ids=[case[0] for case in JPEGS])
def test_segments_of_a_jpeg(data: bytes, expected: list[str]) -> None:
    assert told(b"\xff\xd8" + data) == expected


def piece(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


CHUNKS = [
    ("a word with two ends", PLAIN[:33] + chunk(b"tEXt", b"Author\0Zhang\0San"), [PERSON]),
    ("a keyword alone", PLAIN[:33] + chunk(b"tEXt", b"Author"), [PERSON]),
    ("a head that ends the file", PLAIN[:33] + b"\0\0\0\0tIME", [TIME]),
    ("behind a piece of odd length", b"RIFF\0\0\0\0WEBP" + piece(b"VP8 ", b"abc") + piece(b"EXIF", GPS), [PLACE]),
    ("a RIFF file that is no picture", b"RIFF\0\0\0\0WAVE" + piece(b"EXIF", GPS), []),
]


@pytest.mark.parametrize(("data", "expected"), [case[1:] for case in CHUNKS], ids=[case[0] for case in CHUNKS])
def test_pieces_of_a_png_and_a_webp(data: bytes, expected: list[str]) -> None:
    assert told(data) == expected


def gif(*parts: bytes, flags: int = 0, palette: bytes = b"") -> bytes:
    return b"GIF89a\1\0\1\0" + bytes([flags]) + b"\0\0" + palette + b"".join(parts) + b";"


COMMENT, LOOP = b"\x21\xfe\x04note\0", b"\x21\xff\x0bNETSCAPE2.0\x03\1\0\0\0"


def image(left: int = 0, flags: int = 0, palette: bytes = b"", blocks: bytes = b"\1\0\0") -> bytes:
    return b"\x2c" + bytes([left]) + b"\0" * 7 + bytes([flags]) + palette + b"\2" + blocks


GIFS = [
    ("a comment", gif(COMMENT), [WORDS]),
    ("an empty comment", gif(b"\x21\xfe\0"), []),
    ("a loop", gif(LOOP), []),
    ("behind a loop and an image", gif(LOOP, image(), COMMENT), [WORDS]),
    ("behind a palette", gif(COMMENT, flags=0x80, palette=b"\x2c" * 6), [WORDS]),
    ("no palette, of a size", gif(COMMENT, flags=1), [WORDS]),
    ("behind an image's palette", gif(image(flags=0x81, palette=b"\x21" * 12), COMMENT), [WORDS]),
    ("an image far from the left", gif(image(left=0xFE)), []),
    ("an image that looks like XMP", gif(image(blocks=b"\x0bXMP DataXMP\0")), []),
    ("behind the end", gif() + bytes(11) + COMMENT, []),
    ("a comment cut short", gif(b"\x21\xfe\x09ab")[:-1], [WORDS]),
]


@pytest.mark.parametrize(("data", "expected"), [case[1:] for case in GIFS], ids=[case[0] for case in GIFS])
def test_blocks_of_a_gif(data: bytes, expected: list[str]) -> None:
    assert told(data) == expected


@given(
    st.binary(max_size=200),
    st.sampled_from(
        [
            b"\xff\xd8",
            b"\xff\xd8\xff\xe1\x00\x80Exif\0\0II*\0\x08\0\0\0",
            b"\x89PNG\r\n\x1a\n",
            b"RIFF\0\0\0\0WEBP",
            b"GIF89a",
            b"",
        ]
    ),
)
def test_any_bytes_are_borne(data: bytes, start: bytes) -> None:
    assert len(traces(start + data)) <= 6


@pytest.mark.slow
def test_a_length_that_leads_nowhere_or_back_ends_the_search() -> None:
    assert told(b"\xff\xd8" + b"\xff\xe1\x00\x00" * 100_000) == [WORDS]
    huge = b"MM\0*" + struct.pack(">IH", 8, 65535) + struct.pack(">HHII", 0x8769, 4, 1, 8) * 500
    assert told(b"\x89PNG\r\n\x1a\n" + chunk(b"eXIf", huge)) == []


def test_a_report_with_such_a_picture_is_not_published_and_says_why(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    for name, data in (
        ("tu.jpg", saved("JPEG", exif=exif(gps=True, t0110="Phone"))),
        ("tu.png", saved("PNG", pnginfo=info(("Software", "Editor")))),
        ("ok.png", PLAIN),
    ):
        (content / "2021/shili" / name).write_bytes(data)
    found = [
        f
        for _, _, slips in read_pictures(
            content, ReportRef(2021, "shili", "2021/shili"), ["tu.jpg", "tu.png", "ok.png"]
        )
        for f in slips
    ]
    assert brief(found) == ["LEAK-DOCMETA tu.jpg", "LEAK-DOCMETA tu.png"]
    assert [(f.level, f.place.file, f.year, f.organ) for f in found] == [
        (Level.ERROR, "2021/shili/tu.jpg", 2021, "shili"),
        (Level.NOTE, "2021/shili/tu.png", 2021, "shili"),
    ]
    assert "拍摄地点（GPS）、拍摄设备、软件" in found[0].message.zh and "36" not in found[0].message.zh
