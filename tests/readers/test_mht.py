"""Reads pages saved as one file by browsers, Word and Excel; refuses what exceeds the limits."""

from __future__ import annotations

import base64
import quopri
import time
from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator.importer.make_draft import take
from generator.readers import html
from generator.readers.document import Document, Limits, Paragraph, Unreadable
from generator.readers.kinds import sniff
from generator.readers.mht import read
from generator.readers.open_file import read_bytes
from tests.browser import needed, running
from tests.example import FORMS
from tests.importer.samples import figures, page, texts_of
from tests.readers.samples import grids, rules, texts


def png(colour: int = 9) -> bytes:
    out = BytesIO()
    Image.new("RGB", (20, 20), (colour, 9, 9)).save(out, "PNG")
    return out.getvalue()


def leaf(body: bytes, kind: str = "text/html", coding: str = "quoted-printable", **headers: str) -> bytes:
    coded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(coding, bytes)(body)
    lines = [
        f"Content-Type: {kind}",
        f"Content-Transfer-Encoding: {coding}",
        *(f"Content-{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + coded


def archive(*leaves: bytes, boundary: str = "----=_NextPart_01", top: str = "") -> bytes:
    """A file as Word writes it."""
    kind = f'multipart/related; boundary="{boundary}"'
    head = f"MIME-Version: 1.0\r\nContent-Type: {kind}\r\n{top}\r\n此文件为单个文件网页。\r\n"
    cut = f"\r\n--{boundary}\r\n".encode()
    return head.encode() + b"".join(cut + part for part in leaves) + f"\r\n--{boundary}--\r\n".encode()


def doc(data: bytes, limits: Limits | None = None) -> Document:
    return read(data, "示例.mht", limits or Limits())


def pictures(document: Document) -> list[str]:
    return [
        piece.picture
        for block in document.blocks
        if isinstance(block, Paragraph)
        for piece in block.pieces
        if piece.picture
    ]


@pytest.mark.slow
@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["gb2312", "gb18030", "utf-8", "utf-16"])
def test_whatever_its_encoding_the_page_reads_like_the_page(coding: str, charset: str) -> None:
    text = page(2021, figures(2021)).replace("utf-8", charset)
    plain = html.read(text.encode(charset, "replace"), "示例.html", Limits())
    document = doc(
        archive(
            leaf(
                text.encode(charset, "replace"),
                f'text/html; charset="{charset}"',
                coding,
                Location="file:///C:/0/1.htm",
            )
        )
    )
    assert (document.blocks, document.properties) == (plain.blocks, plain.properties) and document.kind == "mht"


def test_a_report_is_imported_whole() -> None:
    expected = figures(2021, t3_本年新收=[20, 0, 0, 0, 0, 1, 21])
    data = archive(leaf(page(2021, expected).encode("gbk", "replace"), 'text/html; charset="gb2312"'))
    draft = take(read_bytes(data, "年报.doc", Limits()), FORMS, (), "shili")
    assert [texts_of(draft, name) for name in ("t2", "t3", "t4")] == [expected[name] for name in ("t2", "t3", "t4")]


@pytest.mark.parametrize(
    ("source", "headers"),
    [
        ("年报.files/image001.png", {"Location": "file:///C:/2A3B/%E5%B9%B4%E6%8A%A5.files/image001.png"}),
        ("http://www.example.gov.cn/a/1.png?x=1", {"Location": "http://www.example.gov.cn/a/1.png?x=1"}),
        ("../img/1.png", {"Location": "http://www.example.gov.cn/img/1.png"}),
        ("cid:part1@local", {"ID": "<part1@local>"}),
        ("1.png", {"Location": "=?utf-8?Q?http://www.example.gov.cn/a/1.png?="}),
    ],
)
def test_pictures_beside_the_page_are_found_however_it_calls_them(source: str, headers: dict[str, str]) -> None:
    body = f'<p>甲</p><img src="{source}" alt="示例图"><img src="none.png" alt="缺">'.encode()
    document = doc(
        archive(
            leaf(body, "text/html; charset=utf-8", Location="http://www.example.gov.cn/a/b.html"),
            leaf(png(), "image/png", "base64", **headers),
        )
    )
    assert pictures(document) == ["picture-1.png", "lost-1"]
    assert [picture.alt for picture in document.pictures] == ["示例图"]
    assert document.pictures[0].data.startswith(b"\x89PNG") and "IMP-PICTURE" in rules(document)


def test_two_pictures_of_one_name_are_not_mixed_up() -> None:
    body = '<img src="b/1.png" alt="乙"><img src="c/1.png" alt="丙">'.encode()
    others = [
        leaf(png(n), "image/png", "base64", Location=f"http://x.cn/{name}/1.png") for n, name in enumerate("ab", 1)
    ]
    document = doc(archive(leaf(body, "text/html; charset=utf-8", Location="http://x.cn/p.html"), *others))
    assert pictures(document) == ["picture-1.png", "lost-1"]
    assert Image.open(BytesIO(document.pictures[0].data)).getpixel((0, 0)) == (2, 9, 9)


def test_the_frame_with_the_report_is_read_and_the_others_are_named() -> None:
    shell = '<p>示例门户</p><iframe src="cid:frame-1@mhtml.blink">'.encode()
    report, other = f"<p>{'示例' * 300}</p>".encode(), f"<p>{'其他' * 100}</p>".encode()
    data = archive(
        leaf(shell),
        leaf(b"<p>ad</p>", ID="<frame-0@x>"),
        leaf(report, ID="<frame-1@x>"),
        leaf(other, Location="http://x.cn/o.html"),
    )
    document = doc(data)
    assert texts(document) == ["示例" * 300]
    (named,) = [finding.message.zh for finding in document.findings if finding.rule == "IMP-FRAME"]
    assert "“o.html”" in named


def test_all_visible_sheets_of_a_workbook_are_read() -> None:
    sheets = [
        f"<table><tr><td>{name}</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
        for name in ("甲", "丙", "丁")
    ]
    sheets[1] = f"<xml><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></xml>{sheets[1]}"
    leaves = [
        leaf(sheet.encode(), "text/html; charset=utf-8", Location=f"file:///C:/x.files/sheet00{n}.htm")
        for n, sheet in enumerate(sheets)
    ]
    document = doc(
        archive(leaf(b'<html><frameset rows="*,39"><frame src="x.files/sheet001.htm"></frameset></html>'), *leaves)
    )
    assert [grid.rows[0][0].text for grid in grids(document)] == ["甲", "丁"]
    assert [grid.where.table for grid in grids(document)] == [1, 2]
    assert "sheet001.htm" in next(finding.message.zh for finding in document.findings if finding.rule == "IMP-HIDDEN")


def test_a_single_page_without_parts_and_a_letter_with_alternatives() -> None:
    alone = (
        b'From: <Saved by Microsoft Internet Explorer>\r\nContent-Type: text/html;\r\n\tcharset="gb2312"\r\n'
        + leaf("<p>甲</p>".encode("gbk"))
    )
    assert sniff(alone, "a.mht") == "mht" and texts(doc(alone)) == ["甲"]
    letter = EmailMessage()
    letter["MIME-Version"] = "1.0"
    letter.set_content("甲")
    letter.add_alternative('<p>乙</p><img src="cid:p1">', subtype="html")
    parts = letter.get_payload()
    assert isinstance(parts, list) and isinstance(parts[1], EmailMessage)
    parts[1].add_related(png(), "image", "png", cid="<p1>")
    document = doc(letter.as_bytes())
    assert texts(document) == ["乙", ""] and pictures(document) == ["picture-1.png"]


@needed
@pytest.mark.browser
def test_what_a_browser_saves_reads_like_the_page(tmp_path: Path) -> None:
    expected = figures(2021, t3_本年新收=[20, 0, 0, 0, 0, 1, 21])
    source = tmp_path / "年报.html"
    (tmp_path / "图.png").write_bytes(png())
    more = f'<p>一、总体情况</p><p>{"示例。" * 400}</p><p>图：<img src="图.png" alt="示例图"></p>'
    source.write_text(page(2021, expected).replace("<p>一、总体情况</p>", more), encoding="utf-8")
    with running() as browser:
        opened = browser.new_page()
        opened.goto(source.as_uri())
        saved = opened.context.new_cdp_session(opened).send("Page.captureSnapshot", {"format": "mhtml"})["data"]
    document = read_bytes(saved.encode(), "年报.mhtml", Limits())
    plain = read_bytes(source.read_bytes(), "年报.html", Limits())
    assert document.kind == "mht" and grids(document) == grids(plain) and texts(document) == texts(plain)
    assert len(document.pictures) == 1 and str(tmp_path) not in repr(document)
    draft = take(document, FORMS, (), "shili", 2021)
    assert texts_of(draft, "t3") == expected["t3"]


# ---------------------------------------------------------------- hostile


def nested(depth: int) -> bytes:
    data = leaf("<p>甲</p>".encode())
    for number in range(depth):
        data = archive(data, boundary=f"b{number}")
    return data


@pytest.mark.parametrize(
    ("make_data", "sentence"),
    [
        (lambda: archive(leaf(b"x", "image/png")), "没有网页"),
        (archive, "没有网页"),
        (lambda: nested(5), "层层嵌套"),
        (lambda: nested(900), "层层嵌套"),
        (lambda: archive(*[b"\r\nx"] * 6000), "超过 5000 个"),
        (lambda: archive(*[archive(*[b"\r\n"] * 300, boundary="in")] * 30), "超过 5000 个"),
        (lambda: archive(leaf(b"x"), boundary="b" * 300), "已损坏"),
        (lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n--\r\n\r\n<p>", "已损坏"),
        (lambda: b"MIME-Version: 1.0\r\n" + b"A: b\r\n" * 2_000_000 + b"\r\n", "已损坏"),
        (lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n" + b" " * 30_000_000, "已损坏"),
        (lambda: archive(leaf(b"\xff\xfe\xff" * 40, coding="8bit")), "没有网页"),
        (lambda: archive(leaf(b"<div>" * 5000 + b"x")), "嵌套太深"),
    ],
)
def test_bombs_and_wrecks_are_refused_with_a_sentence(make_data: Callable[[], bytes], sentence: str) -> None:
    data = make_data()
    begun = time.process_time()
    with pytest.raises(Unreadable) as caught:
        doc(data)
    assert sentence in caught.value.message.zh and time.process_time() - begun < 3


def test_what_the_headers_lie_about_does_no_harm() -> None:
    body = "<p>甲</p><img src=' ../../../etc/passwd ' alt=x><img src='http://[x/1.png'><img src='file:///etc/hostname'>".encode()
    for kind in (
        'text/html; charset="no-such"',
        "text/html; charset*=utf-8''%ff",
        "text/html; charset=big5",
        "TEXT/HTML ; charset",
    ):
        for coding in ("quoted-printable", "base64", "x-uuencode", "8bit"):
            data = leaf(body, kind, coding, Location="http://[::1", ID="<>")
            document = doc(archive(data, leaf(b"!not base64!", "image/png", "base64", Location="x")))
            assert texts(document)[0] == "甲" and not document.pictures
    pad = archive(leaf(body, coding="base64").rstrip(b"=\r\n"))  # cut short
    assert texts(doc(pad))[0] == "甲"


def test_many_pictures_are_bounded() -> None:
    body = b"".join(b'<img src="%d.png">' % n for n in range(60))
    leaves = [leaf(png(n), "image/png", "base64", Location=f"{n}.png") for n in range(60)]
    document = doc(archive(leaf(b"<p>x</p>" + body), *leaves), Limits(pictures=50))
    assert len(document.pictures) == 50 and document.findings
