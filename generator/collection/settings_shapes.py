"""Reads the nodes of site.yaml and organs.yaml by the shape each part must have; what has another is reported and left
out, so that settings hold texts and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from generator.finding import Finding, Level, Message, Place
from generator.yaml_source.nodes import Items, Node, Pairs, Scalar


class Shape(Enum):
    """What may stand under a key, and what it is called."""

    TEXT = Message("一段文字", "a text")
    YEAR = Message("四位数字的年度", "a year of four digits")
    TEXTS = Message("一段文字，或文字的列表", "a text or a list of texts")
    NAMED = Message("“名称: 文字”的若干行", "lines of “name: text”")
    YEARS = Message("“名称: 四位数字的年度”", "“name: year of four digits”")
    LIST = Message("以“- ”开头的若干项", "a list of “- ” items")


# The entries of each list; keys that are not named are texts.
ENTRIES: Mapping[str, Mapping[str, Shape]] = {
    "导航": {},
    "面包屑": {},
    "原页面": {"年度": Shape.YEAR},
    "机关": {"起": Shape.YEAR, "止": Shape.YEAR, "前身": Shape.TEXTS, "曾用名": Shape.YEARS},
    "未报告": {"年度": Shape.YEAR},
}
# What other modules read, and report on.
_ELSEWHERE = frozenset(("发布", "下载", "redirects"))
# The keys of either file that are no texts.
TOP: Mapping[str, Shape] = {
    **dict.fromkeys(ENTRIES, Shape.LIST),
    **dict.fromkeys(("联系", "数据许可", "英文页面", "规则级别", "历史规则级别", "规则设置"), Shape.NAMED),
    "历史年度截至": Shape.YEAR,
}


class Entry(NamedTuple):
    """One entry of a list: its texts by key (lists joined by line breaks, names with years as “year name”), and its
    line."""

    texts: Mapping[str, str]
    line: int


class Sound(NamedTuple):
    """What of a file has its shape: texts, groups of named texts, and lists of entries; blank values are ""."""

    texts: Mapping[str, str]
    groups: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, tuple[Entry, ...]]
    findings: tuple[Finding, ...]


def read_shapes(node: Node | None, file: str) -> Sound:
    """Reads a file; None is a file that is not there."""
    reader = _Reader(file)
    texts: dict[str, str] = {}
    groups: dict[str, Mapping[str, str]] = {}
    lists: dict[str, tuple[Entry, ...]] = {}
    for key, value in reader.pairs(node, file):
        if key.text in _ELSEWHERE:
            continue
        shape = TOP.get(key.text, Shape.TEXT)
        if shape is Shape.LIST:
            lists[key.text] = tuple(reader.entries(value, key.text))
        elif shape is Shape.NAMED:
            groups[key.text] = reader.fields(value, key.text, {})
        elif (text := reader.text(value, key.text, shape)) is not None:
            texts[key.text] = text
    return Sound(texts, groups, lists, tuple(reader.findings))


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def wrong(self, at: Node, what: str, shape: Shape) -> None:
        message = Message(
            f"“{what}”应为{shape.value.zh}，这里不是，没有采用", f"“{what}” must be {shape.value.en}; it was left out"
        )
        place = Place(self.file, at.line, at.column)
        self.findings.append(Finding("SITE-SHAPE", Level.ERROR, place, message, subject=what))

    def pairs(self, node: Node | None, what: str) -> tuple[tuple[Scalar, Node], ...]:
        if isinstance(node, Pairs):
            return node.pairs
        if node is not None and not is_blank(node):
            self.wrong(node, what, Shape.NAMED)
        return ()

    def text(self, node: Node, what: str, shape: Shape) -> str | None:
        """Reads a text, a year or texts; None, reported, where it is none."""
        if is_blank(node):
            return ""
        if shape is Shape.TEXTS and isinstance(node, Items):
            texts = [self.text(item, what, Shape.TEXT) for item in node.items]
            return "\n".join(filter(None, texts))
        if shape is Shape.YEARS and isinstance(node, Pairs):
            years = [(name.text, self.text(year, f"{what}.{name.text}", Shape.YEAR)) for name, year in node.pairs]
            return "\n".join(f"{year} {name}" for name, year in years if year)
        if not isinstance(node, Scalar) or shape is Shape.YEARS or (shape is Shape.YEAR and not _is_year(node.text)):
            self.wrong(node, what, shape)
            return None
        return node.text

    def fields(self, node: Node, what: str, shapes: Mapping[str, Shape]) -> dict[str, str]:
        """Reads named texts; those of another shape are left out."""
        read = (
            (key.text, self.text(value, f"{what}.{key.text}", shapes.get(key.text, Shape.TEXT)))
            for key, value in self.pairs(node, what)
        )
        return {key: text for key, text in read if text is not None}

    def entries(self, node: Node, what: str) -> Iterator[Entry]:
        if not isinstance(node, Items):
            if not is_blank(node):
                self.wrong(node, what, Shape.LIST)
            return
        for item in node.items:
            fields = self.fields(item, what, ENTRIES[what])
            if fields:
                yield Entry(fields, item.line)


def is_blank(node: Node) -> bool:
    """Tells whether nothing is written: ~, null, or nothing at all."""
    return isinstance(node, Scalar) and node.plain and node.text in ("", "~", "null")


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdecimal()
