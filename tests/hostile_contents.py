"""Makes hostile content folders: what a careless or malicious office could send in. Every figure is 示例.

Each spoils a sound folder of three reports in one way. `bench/hostile.py` runs every command on all of them,
`tests/test_hostile_contents.py` on a sample.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise, product
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from tests.example import ORGANS, SITE, prose, tables, write_content

Spoil = Callable[[Path], object]


class Hostile(NamedTuple):
    """A hostile content folder: `spoil` changes a sound one (`tests.example.write_content`)."""

    name: str
    spoil: Spoil

    def write(self, folder: Path) -> Path:
        """Writes the folder; it must not be there yet."""
        content = write_content(folder)
        self.spoil(content)
        return content


# What stands where something else is expected.
SHAPES = {
    "nothing": "~",
    "word": "示例",
    "list": "[]",
    "lists": "[[[甲], 乙], 丙]",
    "mapping": "{}",
    "mappings": "{甲: {乙: [丙, {丁: 1}]}}",
    "40 digits": "9" * 40,
    "5001 digits": "9" * 5_001,
    "wide digits": "２０２１",
    "reserved": "con",
    "commands": '"\\e[31m甲"',
    "long": "甲" * 20_000,
}

_TABLES_KEYS = (
    "年度 机关 状态 格式 标题 索引号 文号 发文日期 发布机构 联系 增加行 指标 图片 接受 表一 表二 表三 表四 信息处理费"
).split()
_SITE_KEYS = (
    "网站名称 栏目名称 域名 网址 门户首页 主办单位 联系 历史年度截至 网站标识码 导航 面包屑 原页面 规则级别 "
    "历史规则级别 规则设置 有错误的新报告 发布 下载 语言"
).split()
_ORGANS_KEYS = "机关 未报告".split()
_ORGAN_FIELDS = "编号 名称 简称 层级 上级 统一社会信用代码 起 止 前身".split()
_ORIGINAL_FIELDS = "机关 年度 标题 网址 发布日期".split()
_LISTS = "wording domains names phrases script narrative unknown".split()
_LIST_KEYS = "entries phrases offices pairs before surnames compound patterns".split()


def _without(text: str, key: str) -> str:
    """Takes a top-level key with all below it out of a YAML text."""
    kept, inside = [], False
    for line in text.split("\n"):
        inside = line.startswith(f"{key}:") or (inside and line.startswith((" ", "-")))
        kept += [] if inside else [line]
    return "\n".join(kept)


def _put(file: str, text: str) -> Spoil:
    return lambda content: _write(content / file, text.encode("utf-8", "surrogatepass"))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _shapes() -> Iterator[Hostile]:
    """Yields every key of every file with every shape as its value."""
    for key, (name, value) in product(_TABLES_KEYS, SHAPES.items()):
        text = _without(tables(2021), key) + f"{key}: {value}\n"
        yield Hostile(f"tables.yaml {key} {name}", _put("2021/shili/tables.yaml", text))
    for key, (name, value) in product(_SITE_KEYS, SHAPES.items()):
        yield Hostile(f"site.yaml {key} {name}", _put("site.yaml", _without(SITE, key) + f"{key}: {value}\n"))
    for key, (name, value) in product(_ORGANS_KEYS, SHAPES.items()):
        yield Hostile(f"organs.yaml {key} {name}", _put("organs.yaml", _without(ORGANS, key) + f"{key}: {value}\n"))
    for key, (name, value) in product(_ORGAN_FIELDS, SHAPES.items()):
        fields = {"编号": "shili", "名称": "示例", "上级": "~"} | {key: value}
        entry = ", ".join(f"{key}: {value}" for key, value in fields.items())
        yield Hostile(f"organ {key} {name}", _put("organs.yaml", f"机关:\n  - {{{entry}}}\n"))
    for key, (name, value) in product(_ORIGINAL_FIELDS, SHAPES.items()):
        fields = {"机关": "shili", "年度": "2019", "网址": '"http://x/"'} | {key: value}
        entry = ", ".join(f"{key}: {value}" for key, value in fields.items())
        yield Hostile(f"original {key} {name}", _put("site.yaml", f"{SITE}原页面:\n  - {{{entry}}}\n"))
    for key, (name, value) in product(("年度", "机关", "原因"), SHAPES.items()):
        fields = {"年度": "2021", "机关": "yizhen"} | {key: value}
        entry = ", ".join(f"{key}: {value}" for key, value in fields.items())
        yield Hostile(
            f"excuse {key} {name}", _put("organs.yaml", f"{ORGANS.partition('未报告')[0]}未报告: [{{{entry}}}]\n")
        )
    for file, (name, value) in product(_LISTS, SHAPES.items()):
        yield Hostile(f"lists/{file} {name}", _put(f"lists/{file}.yaml", f"{value}\n"))
        body = "".join(f"{key}: {value}\n" for key in _LIST_KEYS)
        yield Hostile(f"lists/{file} keys {name}", _put(f"lists/{file}.yaml", body))


_NUMBERS = {
    "18 digits": "9" * 18,
    "19 digits": "9" * 19,
    "40 digits": "9" * 40,
    "5001 digits": "9" * 5_001,
    "60000 digits": "9" * 60_000,
    "decimals": "0." + "3" * 5_000,
    "exponent": "1e999999",
    "infinity": "Infinity",
    "not a number": "NaN",
    "negative": "-" + "9" * 18,
    "arabic": "٣",
    "superscript": "²",
    "fraction": "½",
    "thousands": "1,000" * 2,
    "underscored": "1_000",
    "hexadecimal": "0xFF",
    "money": "9" * 40 + "万元",
}


def _figures() -> Iterator[Hostile]:
    """Yields numbers that are none or too large wherever a figure stands."""
    for name, number in _NUMBERS.items():
        cell = tables(2021, 表三_本年新收=[f'"{number}"', 0, 0, 0, 0, 0, f'"{number}"'])
        yield Hostile(f"cell {name}", _put("2021/shili/tables.yaml", cell))
        more = {
            "indicator": f'指标:\n  示例: {{值: "{number}", 分子: "{number}", 分母: "{number}"}}\n',
            "fee": f'信息处理费: {{发出通知: "{number}", 总金额: "{number}", 实际收取: "{number}"}}\n',
            "accepted": f'接受:\n  - {{规则: T3-SUM, 位置: "{number}", 原因: 示例, 值: "{number}"}}\n',
            "added row": f'增加行:\n  - {{表: 表一, 行: "{number}", 值: ["{number}"]}}\n',
        }
        for where, text in more.items():
            yield Hostile(f"{where} {name}", _put("2021/shili/tables.yaml", tables(2021) + text))
    whole = {row: [f'"{"9" * 18}"'] * 7 for row in ("表三_本年新收", "表三_予以公开", "表三_总计", "表三_上年结转")}
    for key in ("2020/shili", "2021/shili", "2021/jiaju"):
        year, organ = key.split("/")
        yield Hostile(f"largest figures {key}", _put(f"{key}/tables.yaml", tables(int(year), organ, **whole)))
    for count in (0, 61, 5_000):
        row = tables(2021, 表三_本年新收=[0] * count)
        yield Hostile(f"{count} columns", _put("2021/shili/tables.yaml", row))


def _text(name: str, text: str, **more: str) -> Hostile:
    """A narrative with something behind it, and figures with something behind them."""

    def spoil(content: Path) -> None:
        _write(content / "2021/shili/report.md", f"{prose(2021)}\n{text}\n".encode("utf-8", "surrogatepass"))
        if more:
            _write(content / "2021/shili/tables.yaml", (tables(2021) + more["figures"]).encode())

    return Hostile(f"report.md {name}", spoil)


_MOST = 1_200_000

# Pieces that are repeated on one line up to the length a line may have, and on many lines up to that of a file.
_PIECES = {
    "braces": "{{",
    "closed": "}}",
    "bound": "{{表三.本年新收.总计}}",
    "unknown": "{{表三.没有}}",
    "asterisks": "*",
    "emphasis": "*a **a ",
    "strong": "**甲",
    "underscores": "_a ",
    "brackets": "[",
    "links": "[a](b ",
    "whole links": "[a](http://b/) ",
    "pictures": "![",
    "whole pictures": "![a](b.png) ",
    "bars": "|",
    "cells": "|a",
    "quotes": ">",
    "backticks": "`",
    "tildes": "~",
    "entities": "&amp",
    "tags": "<a ",
    "comments": "<!--",
    "backslashes": "\\",
    "marks": "甲，",
    "digits": "1",
    "numerals": "一万",
    "years": "2021年",
    "counts": "公开3件，",
    "parts": "公开30条，其中甲类10条，",
    "lists": "- ",
    "numbers": "1. ",
    "headings": "# ",
    "names": "申请人张三，",
    "mail": "a@b.c ",
    "addresses": "http://a@b/ ",
    "identities": "37030419900101001X",
    "spaces": " ",
    "wide spaces": "\u3000",
    "combining": "a\u0301",
    "emoji": "👨‍👩‍👧",
}


def _narratives() -> Iterator[Hostile]:
    """Yields narratives that repeat something a parser or a rule looks for."""
    for name, piece in _PIECES.items():
        size = len(piece.encode())
        line = piece * (60_000 // size)
        lines = (piece * (600 // size) + "\n") * 2_000
        yield _text(f"line {name}", line)
        yield _text(f"lines {name}", lines)
        yield _text(f"paragraphs {name}", f"{piece}\n\n" * (_MOST // (size + 2) // 4))
    deep = "".join("  " * n + "- 甲\n" for n in range(300))
    quoted = "".join(">" * n + " 甲\n\n" for n in range(1, 300))
    columns = "|" + "a|" * 5_000 + "\n|" + "-|" * 5_000 + "\n" + "|a|\n" * 2_000
    yield _text("deep lists", deep)
    yield _text("deep quotes", quoted)
    yield _text("wide table", columns)
    yield _text("long table", "|a|b|\n|-|-|\n" + "|1|2|\n" * 100_000)
    yield _text("many tables", "|a|b|\n|-|-|\n|1|2|\n\n" * 20_000)
    yield _text("headings", "### 甲\n\n" * 100_000)
    yield _text("sections", "## 甲\n\n" * 100_000)
    yield _text("numbered", "".join(f"{n}. 甲\n" for n in range(50_000)))
    yield _text("references", "".join(f"[{n}]: http://a/{n}\n" for n in range(20_000)) + "[1] " * 15_000)
    yield _text("rows in braces", "|{{表三.本年新收.总计|较上年}}|\n" * 20_000)
    yield _text("reserved picture", "![图](aux.png)")
    yield _text("control", "甲\x1b[31m乙")
    yield _text("bidi", "甲\u202e乙\u2066丙")
    yield _text("surrogate", "甲\ud800乙")
    yield _text("NUL", "甲\0乙")
    yield _text("user at host", "[示例](https://www.example.gov.cn@evil.example/)")
    yield _text("lost picture", "{{图片.甲}}", figures="图片:\n  甲: {说明: 示例}\n")
    yield _text("derived", "{{表三.本年新收.总计｜较上年}}{{表三.本年新收.总计｜占 表三.上年结转.总计}}{{合计 表三}}")
    for n, key in enumerate(
        ("表三" + "." * 190, "表三.本年新收.总计｜" * 10, "指标." + "9" * 190, "／" * 200, "汉字｜" * 60)
    ):
        yield _text(f"placeholder {n}", "{{" + key + "}}")
    for encoding in ("utf-16", "utf-32", "gb18030", "big5", "utf-7"):
        yield Hostile(f"report.md in {encoding}", _recode("2021/shili/report.md", encoding))
        yield Hostile(f"tables.yaml in {encoding}", _recode("2021/shili/tables.yaml", encoding))


def _recode(file: str, encoding: str) -> Spoil:
    return lambda content: (content / file).write_bytes((content / file).read_text("utf-8").encode(encoding, "replace"))


# Names of organs' folders, of years and of pictures, as bytes where they are no text.
_ORGAN_NAMES = [
    b"con", b"aux", b"nul", b"com1", b"lpt9", b"com0", b"-", b"--", b"-a", b"a-", b"1", b"0", b"A", b"a.b", b"a b",
    b"a" * 100, b"a" * 255, "示例局".encode("gbk"), "示例局".encode(), b"\xff\xfe", b"a\nb", b"a\x1b[31mb",
    "a\u202eb".encode(), b"a\\b", b"a:b", b"$(id)", b"%s", b"{}", b"..a", b"a.", b" a", b"index.html", b"data",
]  # fmt: skip
_YEAR_NAMES = [
    b"0000", b"0001", b"0021", b"1000", b"2007", b"2008", b"2018", b"2100", b"9999", b"20211", b"-2021", b"2021 ",
    "２０２１".encode(), "2021年".encode("gbk"), b"2021\n", b"assets", b"data", b"organs", b"con", b"\xff",
]  # fmt: skip
_PICTURE_NAMES = [
    "aux.png", "con.png", "nul.tar.png", "COM1.jpg", "lpt9.gif", "a .png", "a. .png", "tu.PNG", "a'b.png", "a&b.png",
    "a#b.png", "a;b.png", "{{a}}.png", "a%41.png", "a\u202eb.png", "图" * 45 + ".png", "a" * 150 + ".png", "con .png",
    "index.html.png", "report.json.png", "conin$.png", "a~1.png", "-a.png", "$a.png", "`a`.png", "a\tb.png",
]  # fmt: skip


def _at(path: str, name: bytes) -> Spoil:
    """Writes a sound report into a folder of this name."""

    def spoil(content: Path) -> None:
        folder = Path(os.fsdecode(os.fsencode(content / path) + b"/" + name))
        if len(path) < 4:
            folder = folder / "shili"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "tables.yaml").write_text(tables(2021), "utf-8")
        (folder / "report.md").write_text(prose(2021), "utf-8")

    return spoil


def _picture(name: str, data: bytes = b"\x89PNG\r\n\x1a\n") -> Spoil:
    def spoil(content: Path) -> None:
        (content / "2021/shili" / name).write_bytes(data)
        (content / "2021/shili/report.md").write_text(f"{prose(2021)}\n![图](<{name}>)\n", "utf-8")

    return spoil


def _names() -> Iterator[Hostile]:
    for name in _ORGAN_NAMES:
        yield Hostile(f"organ folder {name!r:.40} ({len(name)})", _at("2021", name))
    for name in _YEAR_NAMES:
        yield Hostile(f"year folder {name!r:.40}", _at("", name))
    for picture in _PICTURE_NAMES:
        yield Hostile(f"picture {picture!a:.40}", _picture(picture))
    for name in (b"\x1b]0;x\x07.txt", b"\xff\xfe.txt", b"a\nb", "a\u202egnp.exe".encode(), b"\xc2\x9b31m"):
        yield Hostile(f"stray {name!r}", _stray("2021/shili", name))
        yield Hostile(f"stray at the top {name!r}", _stray("", name))
        yield Hostile(f"list {name!r}", _stray("lists", name + b".yaml"))


def _stray(folder: str, name: bytes) -> Spoil:
    def spoil(content: Path) -> None:
        (content / folder).mkdir(exist_ok=True)
        with open(os.fsencode(content / folder) + b"/" + name, "wb") as file:
            file.write(b"a: 1\n")

    return spoil


def _nested(folder: str, depth: int) -> Spoil:
    def spoil(content: Path) -> None:
        (content / folder).mkdir(exist_ok=True)
        here = os.open(content / folder, os.O_RDONLY)
        for _ in range(depth):
            os.mkdir("d", dir_fd=here)
            deeper = os.open("d", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = deeper
        os.close(here)

    return spoil


def _folder_instead(file: str) -> Spoil:
    def spoil(content: Path) -> None:
        (content / file).unlink(missing_ok=True)
        (content / file).mkdir(parents=True)

    return spoil


def _link_instead(file: str, target: str) -> Spoil:
    def spoil(content: Path) -> None:
        (content / file).unlink(missing_ok=True)
        (content / file).symlink_to(target)

    return spoil


def _gone(file: str) -> Spoil:
    return lambda content: (content / file).unlink()


def _trees() -> Iterator[Hostile]:
    """Yields folders, links and missing files where others are expected."""
    for folder, depth in product(("", "2021", "2021/shili", "lists", "fonts"), (2, 200, 1_500)):
        yield Hostile(f"{depth} folders in {folder or 'content'}", _nested(folder, depth))
    files = ("site.yaml", "organs.yaml", "2021/shili/tables.yaml", "2021/shili/report.md")
    for file in (*files, "lists/wording.yaml"):
        yield Hostile(f"{file} is a folder", _folder_instead(file))
    for file in files:
        yield Hostile(f"{file} is missing", _gone(file))
        yield Hostile(f"{file} is empty", _put(file, ""))
        yield Hostile(f"{file} is binary", lambda content, file=file: _write(content / file, bytes(range(256)) * 40))  # type: ignore[misc]
        yield Hostile(f"{file} is a list", _put(file, "- 甲\n- 乙\n"))
        yield Hostile(f"{file} is deep", _put(file, "年度: " + "[" * 60_000))
        yield Hostile(f"{file} is large", _put(file, "甲: 1\n" * 1_000_000))
        yield Hostile(f"{file} points at itself", _link_instead(file, Path(file).name))
        yield Hostile(f"{file} points at /dev/zero", _link_instead(file, "/dev/zero"))
    for file in (*files, "lists/wording.yaml", "2021/shili/tu.png"):
        yield Hostile(f"{file} is sparse, 20 GB", _sparse(file))
    for url in ("http://[", "http://a@b/", "javascript:1", "http://\\udcff/", "//a/", "http:/a", "http://a:b/"):
        text = f'{SITE}网址: "{url}"\n原页面: [{{机关: shili, 年度: 2019, 网址: "{url}"}}]\n'
        yield Hostile(f"address {url}", _put("site.yaml", text))
    yield Hostile("lists is a file", _put("lists", "甲"))
    yield Hostile("2022 is a file", _put("2022", "甲"))
    yield Hostile("3000 strays", _many(lambda n: f"2021/shili/{n}.txt"))
    yield Hostile("3000 organs", _many(lambda n: f"2021/o{n}/x"))
    yield Hostile("same picture twice", _two_cases)
    yield Hostile("no reports", _without_narratives)


def _many(name: Callable[[int], str]) -> Spoil:
    def spoil(content: Path) -> None:
        for number in range(3_000):
            _write(content / name(number), b"")

    return spoil


def _without_narratives(content: Path) -> None:
    for file in content.rglob("*.md"):
        file.unlink()


def _sparse(file: str) -> Spoil:
    def spoil(content: Path) -> None:
        _write(content / file, b"")
        os.truncate(content / file, 20_000_000_000)
        if file.endswith(".png"):
            (content / "2021/shili/report.md").write_text(f"{prose(2021)}\n![图](tu.png)\n", "utf-8")

    return spoil


def _two_cases(content: Path) -> None:
    for name in ("tu.png", "TU.png"):
        (content / "2021/shili" / name).write_bytes(b"\x89PNG")
    (content / "2021/shili/report.md").write_text(prose(2021) + "\n![甲](tu.png)\n\n![乙](TU.png)\n", "utf-8")


def _organs(*entries: str) -> Spoil:
    return _put("organs.yaml", "机关:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries))


def _structures() -> Iterator[Hostile]:
    """Yields settings that contradict themselves, and files with too many of something."""
    yield Hostile("organ above itself", _organs("编号: shili, 名称: 示例, 上级: shili"))
    yield Hostile("organs above one another", _organs("编号: shili, 上级: jiaju", "编号: jiaju, 上级: shili"))
    yield Hostile("an id twice", _organs("编号: shili, 名称: 甲", "编号: shili, 名称: 乙"))
    yield Hostile("organ above unknown", _organs("编号: shili, 名称: 甲, 上级: wu"))
    yield Hostile("organ before itself", _organs("编号: shili, 名称: 甲, 前身: [shili, shili]"))
    yield Hostile("organs in a chain", _organs(*(f"编号: o{n}, 上级: o{n + 1}" for n in range(2_000))))
    yield Hostile("id of a thousand letters", _organs(f"编号: {'a' * 1_000}, 名称: 甲"))
    yield Hostile("id with a slash", _organs("编号: ../../x, 名称: 甲"))
    many = {
        "keys": "".join(f"k{n}: 1\n" for n in range(100_000)),
        "indicators": "指标:\n" + "".join(f"  示例{n}: {{值: 1}}\n" for n in range(30_000)),
        "acceptances": "接受:\n" + "".join(f"  - {{规则: R{n}, 位置: 甲, 原因: 乙}}\n" for n in range(20_000)),
        "added rows": "增加行:\n" + "".join(f"  - {{表: 表一, 行: 甲{n}, 值: [1]}}\n" for n in range(20_000)),
        "pictures": "图片:\n" + "".join(f"  p{n}: {{说明: 甲}}\n" for n in range(40_000)),
        "contacts": "联系:\n" + "".join(f"  甲{n}: 乙\n" for n in range(40_000)),
        "wrong rows": "表九:\n" + "".join(f"  甲{n}: [0, 0]\n" for n in range(40_000)),
        "slips": "附: [" + ", ".join(["１，２"] * 8_000) + "]\n",
    }
    for name, text in many.items():
        yield Hostile(f"many {name}", _put("2021/shili/tables.yaml", tables(2021) + text))
    rows = "".join(f"  甲{n}: [0]\n" for n in range(40_000))
    yield Hostile("many rows", _put("2021/shili/tables.yaml", tables(2021).replace("表三:\n", f"表三:\n{rows}")))
    long_row = "  本年新收: [" + "0, " * 18_000 + "0]\n"
    yield Hostile("long row", _put("2021/shili/tables.yaml", _without(tables(2021), "表三") + f"表三:\n{long_row}"))
    for name, head in {
        "alias": "a: &a [x]\nb: *a\n",
        "tag": "年度: !!python/object/apply:os.system ['true']\n",
        "merge": "<<: {年度: 2021}\n",
        "documents": "年度: 2021\n---\n年度: 2020\n",
        "directive": "%YAML 9.9\n---\n年度: 2021\n",
        "complex key": "? [a, b]\n: 1\n",
        "tab": "年度:\t2021\n\t机关: shili\n",
        "unclosed": '年度: "2021\n机关: shili\n',
        "surrogate": '标题: "\\ud800"\n',
        "NUL written": '标题: "\\0"\n',
        "bidi written": '标题: "\\u202e甲"\n',
        "block": "标题: |\n" + "  甲\n" * 100_000,
    }.items():
        for file in ("2021/shili/tables.yaml", "site.yaml", "organs.yaml", "lists/wording.yaml"):
            yield Hostile(f"{file} {name}", _put(file, head))


_GIF = b"GIF89a" + b"\xff\xff\xff\xff\xf7\0\0" + b"\0" * 768
_PICTURES = {
    "empty.png": b"",
    "cut.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "long.png": b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffeXIf" + b"x" * 100,
    "chunks.png": b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0tEXt\0\0\0\0" * 300_000,
    "cut.jpg": b"\xff\xd8\xff\xe1\xff\xff",
    "marks.jpg": b"\xff\xd8" + b"\xff\xe1\0\2" * 1_000_000,
    "exif.jpg": b"\xff\xd8\xff\xe1\0\x20Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\x88\x69\0\4\0\0\0\1\0\0\0\x08" * 900,
    "fills.jpg": b"\xff" * 4_000_000,
    "blocks.gif": _GIF + b"!\xfe\1a\0" * 500_000,
    "cut.gif": _GIF + b"!\xfe\xff",
    "cut.webp": b"RIFF\xff\xff\xff\xffWEBPEXIF\xff\xff\xff\xff",
    "chunks.webp": b"RIFF\xff\xff\xff\xffWEBP" + b"EXIF\0\0\0\0" * 400_000,
    "text.png": b"<script>alert(1)</script>",
}


def _pictures() -> Iterator[Hostile]:
    for name, data in _PICTURES.items():
        yield Hostile(f"picture data {name}", _picture(name, data))


# ---------------------------------------------------------------- of YAML, of links, of registers


_TABLES = "2021/shili/tables.yaml"
_BOMB = "a: &a [" + ", ".join(["甲"] * 9) + "]\n" + "".join(
    f"{new}: &{new} [" + ", ".join([f"*{old}"] * 9) + "]\n" for old, new in pairwise("abcdefghijklmnop")
)  # fmt: skip
_YAML = {
    "alias bomb": _BOMB,
    "merge bomb": "a: &a {甲: 1}\n" + "".join(f"b{n}: &b{n} {{<<: *a, k{n}: 1}}\n" for n in range(5_000)),
    "anchor at itself": "a: &a [*a]\n",
    "tag python": "标题: !!python/name:os.system ''\n",
    "tag of its own": "标题: !示例 甲\n年度: !!float 2021\n",
    "binary": "标题: !!binary 5L2g\n",
    "key twice deep": "指标:\n  示例: {值: 1, 值: 2}\n  示例: {值: 3}\n",
    "keys that are lists": "[甲, 乙]: 1\n{丙: 丁}: 2\n? |\n  戊\n: 3\n",
    "null keys": "~: 1\n: 2\n? \n",
    "empty documents": "---\n---\n...\n---\n",
    "only comments": "# 甲\n" * 1_000,
    "mark in the middle": "标题: 甲\ufeff乙\n\ufeff年度: 2021\n",
    "mark twice": "\ufeff\ufeff年度: 2021\n",
    "carriage returns": "年度: 2021\r机关: shili\r标题: 甲\r",
    "line separators": "年度: 2021\u2028机关: shili\u0085标题: 甲\n",
    "folded long": "标题: >-\n" + "  甲\n\n" * 50_000,
    "quoted over lines": '标题: "' + "甲\n  " * 20_000 + '"\n',
    "flow of flows": "a: " + "[{a: " * 900 + "1" + "}]" * 900 + "\n",
    "dashes": "- " * 1_000 + "甲\n",
    "colons": "a: " * 1_000 + "\n",
    "question marks": "? " * 900 + "甲\n",
}
_SCALARS = {
    "1e400": "1e400", "inf": ".inf", "nan": ".nan", "octal": "0o17", "old octal": "017", "sixty": "12:30:45",
    "date": "2021-01-31", "time": "2021-01-31T08:00:00Z", "negative zero": "-0", "plus": "+5", "yes": "yes",
    "binary": "0b101", "trailing dot": "5.", "leading dot": ".5", "equals": "=", "merge": "<<",
    "huge": "1" + "0" * 400, "list": "[1]", "mapping": "{1: 2}", "blank": '""',
    "spaces": '"   "', "line end": '"1\\n2"',
    "bidi": '"\\u202e1"', "joined": '"1\\u200d"', "wide blank": '"\\u3000"', "alias": "*a", "tag": "!!int '1'",
}  # fmt: skip
_ODD_NAMES = {
    "blanks": '"   "', "wide blanks": '"\\u3000\\u3000"', "bidi": '"\\u202e局"', "200 characters": "局" * 200,
    "20000 characters": "局" * 20_000, "markup": '"<script>alert(1)</script>&amp;\\"\'"', "line ends": '"甲\\n乙"',
    "tab": '"甲\\t乙"', "zero width": '"\\u200b"', "emoji": "👨‍👩‍👧", "slashes": "../../etc", "formula": '"=1+1"',
    "percent": '"%s%n{0}"', "tag": "!!python/name:os.system ''",
}  # fmt: skip
_ACCEPTED = {
    "a word": "接受: 甲", "a mapping": "接受: {规则: T3-SUM}", "words": "接受: [甲, 乙]", "nulls": "接受: [~, ~]",
    "lists": "接受: [[规则, T3-SUM]]", "no rule": "接受: [{原因: 甲}]", "no reason": "接受: [{规则: T3-SUM}]",
    "unknown rule": "接受: [{规则: 'X\u202eY', 位置: 甲, 原因: 乙}]", "rule list": "接受: [{规则: [T3-SUM], 原因: 甲}]",
    "place number": "接受: [{规则: T3-SUM, 位置: 5, 原因: 甲}]",
    "long": f"接受: [{{规则: {'T' * 9_000}, 原因: {'甲' * 9_000}}}]",
    "values": "接受: [{规则: T3-SUM, 位置: 表三, 原因: 甲, 值: {甲: [1, .inf, {乙: 丙}]}}]",
    "twice": "接受:\n" + "  - {规则: T3-SUM, 位置: 表三.总计, 原因: 甲}\n" * 500,
    "syntax": "接受: [{规则: SRC-SYNTAX, 位置: 甲, 原因: 乙}]",
}  # fmt: skip


def _documents() -> Iterator[Hostile]:
    """Yields oddities of YAML in every file, and scalars of every kind where figures, dates and texts stand."""
    for file, (name, text) in product((_TABLES, "site.yaml", "organs.yaml", "lists/wording.yaml"), _YAML.items()):
        yield Hostile(f"{file} all {name}", _put(file, text))
        if file != "lists/wording.yaml":
            sound = {_TABLES: tables(2021), "site.yaml": SITE, "organs.yaml": ORGANS}[file]
            yield Hostile(f"{file} and {name}", _put(file, sound + text))
    keys = ("年度", "机关", "标题", "索引号", "文号", "发文日期", "发布机构", "状态", "格式")
    for name, value in _SCALARS.items():
        row = tables(2021, 表三_本年新收=[value] * 7)
        yield Hostile(f"row of {name}", _put(_TABLES, f"a: &a 1\n{row}"))
        text = tables(2021)
        for key in keys:
            text = _without(text, key)
        yield Hostile(f"every text {name}", _put(_TABLES, text + "".join(f"{key}: {value}\n" for key in keys)))
        site = "".join(
            f"{key}: {value}\n" for key in ("历史年度截至", "网站名称", "域名", "网址", "网站标识码", "更新方式")
        )
        yield Hostile(f"site of {name}", _put("site.yaml", f"a: &a 1\n{site}"))
        block = f"发布: {{本机: {{方式: 目录, 目录: {value}, 保留: {value}}}}}\n更正: {value}\n"
        yield Hostile(f"target of {name}", _put("site.yaml", f"a: &a 1\n{SITE}{block}"))
        said = ", ".join(f"{key}: {value}" for key in ("日期", "位置", "原值", "更正为", "原因", "批准人"))
        corrected = f"更正: [{{{said}}}]\n"
        yield Hostile(f"corrected {name}", _put(_TABLES, f"a: &a 1\n{tables(2021)}{corrected}"))
    for name, text in _ACCEPTED.items():
        yield Hostile(f"accepts {name}", _put(_TABLES, f"{tables(2021)}{text}\n"))


def _registers() -> Iterator[Hostile]:
    """Yields registers of organs with odd names and parents, and links that lead in circles."""
    for name, text in _ODD_NAMES.items():
        yield Hostile(f"organ called {name}", _organs(f"编号: shili, 名称: {text}, 简称: {text}, 层级: {text}"))
        yield Hostile(f"site called {name}", _put("site.yaml", _without(SITE, "网站名称") + f"网站名称: {text}\n"))
        titled = _without(tables(2021), "标题") + f"标题: {text}\n指标: {{{text}: {{值: 1, 单位: {text}}}}}\n"
        yield Hostile(f"title {name}", _put(_TABLES, titled))
    yield Hostile("10000 organs", _organs(*(f"编号: o{n}, 名称: 示例{n}局, 上级: shili" for n in range(10_000))))
    yield Hostile("parents in a long circle", _organs(*(f"编号: o{n}, 上级: o{(n + 1) % 3_000}" for n in range(3_000))))
    yield Hostile("before in a circle", _organs("编号: shili, 前身: [jiaju]", "编号: jiaju, 前身: [shili]"))
    yield Hostile("a thousand before", _organs(f"编号: shili, 前身: [{', '.join(f'o{n}' for n in range(1_000))}]"))
    yield Hostile("ends before it begins", _organs("编号: shili, 名称: 甲, 起: 2022, 止: 2020"))
    for name, target in {"itself": "shili", "its parent": "..", "the content": "../..", "the root": "/"}.items():
        yield Hostile(f"link in an organ to {name}", _link_instead("2021/shili/loop", target))
        yield Hostile(f"organ folder links to {name}", _link_instead("2021/quan", target))
        yield Hostile(f"year links to {name}", _link_instead("2022", target))
        yield Hostile(f"picture links to {name}", _link_instead("2021/shili/tu.png", target))
    yield Hostile("links at each other", _both(_link_instead("2021/a", "b"), _link_instead("2021/b", "a")))
    for folder in (
        b"2021.",
        b"2021 .",
        b"2021..",
        b".2021",
        b"2021\xe2\x80\x8b",
        "２021".encode(),
        b"+2021",
        b"2021.0",
    ):
        yield Hostile(f"year folder {folder!r}", _at("", folder))
    for file in (_TABLES, "2021/shili/report.md", "site.yaml"):
        yield Hostile(f"{file} in CR only", _replaced(file, "\n", "\r"))
        yield Hostile(f"{file} in NEL only", _replaced(file, "\n", "\u0085"))
        yield Hostile(f"{file} with marks", _replaced(file, "：", "\ufeff："))


def _both(*spoils: Spoil) -> Spoil:
    def spoil(content: Path) -> None:
        for one in spoils:
            one(content)

    return spoil


def _replaced(file: str, old: str, new: str) -> Spoil:
    return lambda content: (content / file).write_bytes((content / file).read_text("utf-8").replace(old, new).encode())


# ---------------------------------------------------------------- drawn at random

_FILES = ("site.yaml", "organs.yaml", "2021/shili/tables.yaml", "2021/shili/report.md", "lists/wording.yaml")
_PLACES = ("", "2021", "2021/shili", "2020/shili", "lists", "2022", "2022/jiaju", "2021/con")
_KEYS = (
    *_TABLES_KEYS,
    *_SITE_KEYS,
    *_ORGANS_KEYS,
    *_ORGAN_FIELDS,
    *_LIST_KEYS,
    "值",
    "单位",
    "规则",
    "位置",
    "原因",
    "行",
)
_WORDS = st.sampled_from((*_KEYS, *_NUMBERS.values(), *_PIECES.values(), *SHAPES.values(), "shili", "2021", "总计"))
_VALUES = st.recursive(
    _WORDS | st.text(max_size=20) | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_WORDS | st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@st.composite
def _odd_value(draw: st.DrawFn) -> Spoil:
    """A value of any shape under some key of a YAML file."""
    file, key, value = draw(st.sampled_from(_FILES)), draw(st.sampled_from(_KEYS)), draw(_VALUES)

    def spoil(content: Path) -> None:
        path = content / file
        text = _without(path.read_text("utf-8", "replace"), key) if path.is_file() else ""
        _write(path, f"{text}{key}: {json.dumps(value, ensure_ascii=False)}\n".encode("utf-8", "surrogatepass"))

    return spoil


@st.composite
def _odd_text(draw: st.DrawFn) -> Spoil:
    """A narrative of pieces and words, repeated."""
    pieces = draw(st.lists(_WORDS | st.text(max_size=30) | st.sampled_from(("\n", "\n\n", "## ", "|")), max_size=12))
    text = "".join(pieces) * draw(st.sampled_from((1, 1, 2, 50)))
    return _put("2021/shili/report.md", prose(2021) + text[:300_000])


@st.composite
def _odd_file(draw: st.DrawFn) -> Spoil:
    """A file, folder or link of some name and bytes, somewhere."""
    names = st.binary(min_size=1, max_size=30) | st.sampled_from(
        (*_ORGAN_NAMES, b"tables.yaml", b"report.md", b"tu.png")
    )
    name = draw(names.filter(lambda name: b"/" not in name and b"\0" not in name and name not in (b".", b"..")))
    place, kind = draw(st.sampled_from(_PLACES)), draw(st.sampled_from(("file", "file", "folder", "link")))
    data = draw(
        st.binary(max_size=200) | st.sampled_from((tables(2021).encode(), prose(2021).encode(), *_PICTURES.values()))
    )

    def spoil(content: Path) -> None:
        (content / place).mkdir(parents=True, exist_ok=True)
        path = os.fsencode(content / place) + b"/" + name
        if os.path.lexists(path) and not os.path.isfile(path):
            return
        if os.path.lexists(path):
            os.unlink(path)
        if kind == "folder":
            os.mkdir(path)
        elif kind == "link":
            os.symlink(data[:20].replace(b"\0", b"") or b"x", path)
        else:
            Path(os.fsdecode(path)).write_bytes(data)

    return spoil


@st.composite
def _spoilt_bytes(draw: st.DrawFn) -> Spoil:
    """A sound file with some of its bytes overwritten, or cut."""
    file, at, data = draw(st.sampled_from(_FILES[:4])), draw(st.integers(0, 2_000)), draw(st.binary(max_size=20))
    cut = draw(st.booleans())

    def spoil(content: Path) -> None:
        path = content / file
        old = path.read_bytes() if path.is_file() else b""
        _write(path, old[:at] + data + (b"" if cut else old[at + len(data) :]))

    return spoil


@st.composite
def trees(draw: st.DrawFn) -> Hostile:
    """Draws a content folder that is spoilt in one to four ways."""
    spoils = draw(st.lists(_odd_value() | _odd_text() | _odd_file() | _spoilt_bytes(), min_size=1, max_size=4))

    def spoil(content: Path) -> None:
        for one in spoils:
            with suppress(NotADirectoryError, FileExistsError, IsADirectoryError):
                one(content)

    return Hostile("drawn at random", spoil)


def contents() -> list[Hostile]:
    """Lists every hostile content folder; their names are unique."""
    kinds = (_shapes, _figures, _narratives, _names, _trees, _structures, _pictures, _documents, _registers)
    return [hostile for kind in kinds for hostile in kind()]
