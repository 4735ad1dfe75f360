"""What pictures tell besides what they show. The pictures are made here; the readers of their marks are judged by Pillow's writers."""

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

from generator import load
from generator.diagnostic import Level
from generator.library import Ref
from generator.traces import traces
from tests.example import brief, write_content

PLACE, SERIAL, PERSON, DEVICE, TIME, WORDS = "拍摄地点（GPS）", "设备序列号", "作者或所有者的姓名", "拍摄设备、软件", "拍摄、修改的时间", "注释文字"


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
]  # fmt: skip


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
    ("XMP of a PNG", saved("PNG", pnginfo=info(("XML:com.adobe.xmp", xmp("<aux:SerialNumber>1</aux:SerialNumber>").decode()))), [SERIAL]),
    ("XMP that says little", saved("JPEG", xmp=xmp("")), [WORDS]),
    ("a JPEG's comment", saved("JPEG", comment="C:/Users/zhangsan/1.jpg"), [WORDS]),
    ("a GIF's comment", saved("GIF", comment=b"made by Zhang San"), [WORDS]),
    ("a GIF's XMP", GIF[:-1] + b"\x21\xff\x0bXMP DataXMP" + XMP_BLOCKS + GIF[-1:], [PERSON]),
    ("bytes of a picture that look like a comment", GIF[:-1] + b"\x2c" + bytes(9) + b"\x02\x04\x21\xfe\x04x\0" + GIF[-1:], []),
    ("a PNG's words", saved("PNG", pnginfo=info(("Author", "Zhang San"), ("Software", "Editor"), ("Comment", "x"))), [PERSON, DEVICE, WORDS]),
    ("a PNG's time", PLAIN[:33] + chunk(b"tIME", b"\x07\xe5\x01\x1d\x09\x1e\x00") + PLAIN[33:], [TIME]),
    ("a by-line", b"\xff\xd8\xff\xed\x00\x12Photoshop\0\x1c\x02\x50\x00\x01Z" + saved("JPEG")[2:], [PERSON]),
]  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), [case[1:] for case in OTHERS], ids=[case[0] for case in OTHERS])
def test_other_places_where_words_are_kept(data: bytes, expected: list[str]) -> None:
    assert told(data) == expected


@given(st.binary(max_size=200), st.sampled_from([b"\xff\xd8", b"\xff\xd8\xff\xe1\x00\x80Exif\0\0II*\0\x08\0\0\0", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"GIF89a", b""]))
def test_any_bytes_are_borne(data: bytes, start: bytes) -> None:
    assert len(traces(start + data)) <= 6


def test_a_length_that_leads_nowhere_or_back_ends_the_search() -> None:
    assert told(b"\xff\xd8" + b"\xff\xe1\x00\x00" * 100_000) == [WORDS]
    huge = b"MM\0*" + struct.pack(">IH", 8, 65535) + struct.pack(">HHII", 0x8769, 4, 1, 8) * 500
    assert told(b"\x89PNG\r\n\x1a\n" + chunk(b"eXIf", huge)) == []


def test_a_report_with_such_a_picture_is_not_published_and_says_why(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    for name, data in (("tu.jpg", saved("JPEG", exif=exif(gps=True, t0110="Phone"))), ("tu.png", saved("PNG", pnginfo=info(("Software", "Editor")))), ("ok.png", PLAIN)):
        (content / "2021/shili" / name).write_bytes(data)
    found = [f for _, _, slips in load.pictures(content, Ref(2021, "shili", "2021/shili"), ["tu.jpg", "tu.png", "ok.png"]) for f in slips]
    assert brief(found) == ["LEAK-DOCMETA tu.jpg", "LEAK-DOCMETA tu.png"]
    assert [(f.level, f.place.file, f.year, f.organ) for f in found] == [
        (Level.ERROR, "2021/shili/tu.jpg", 2021, "shili"), (Level.NOTE, "2021/shili/tu.png", 2021, "shili"),
    ]  # fmt: skip
    assert "拍摄地点（GPS）、拍摄设备、软件" in found[0].message.zh and "36" not in found[0].message.zh
