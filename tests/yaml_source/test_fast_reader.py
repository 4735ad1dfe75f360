"""The canonical layout line by line: whatever it reads, it reads as the parser does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.yaml_source import reader
from generator.yaml_source.fast_reader import read_lines
from generator.yaml_source.nodes import Node

CANONICAL = """\
# 说明
年度: 2020
标题: "博山区：2020年"
文号: ~      # 未知
电话: 0533-4110087
联系: {地址: 县前街46号, 邮编: "255200"}

表二:
  # 三列
  规章: [0, ~, /]
  政府集中采购: [107,16284万元]
接受:
  - 规则: T3-BLANK
    位置:
      - 表三.上年结转.总计
      - 表三.总计
    原因: 原文如此，未作改动
  - {规则: STR-NUM, 位置: [2、 主动公开]}
空:
"""


def read_by_parser(text: str) -> Node | None:
    tree, findings = reader._read_events(text, "t.yaml", [])
    return None if findings else tree


def test_the_canonical_layout_needs_no_parser() -> None:
    fast = read_lines(CANONICAL)
    assert fast is not None
    assert fast == read_by_parser(CANONICAL)


MARKS = (
    "规章 a 本年增/减 12 -5 - : [ ] { } , ， ： ~ / \" ' # ! & * | > % 万元 --- ... << = ? @ ` \\"
    " （一） 【 ［ [0,22] {值:7} 甲: <> “255”"
)

PIECES = st.sampled_from(
    [
        *MARKS.split(),
        *("- ", ": ", ":  ", ", ", " #", " ", "  ", "\n", "\n  ", "\n    ", "\n  - ", "\n- ", "\n---\n"),
        *("\n乙: ", "\n  丙: ", "\n    丁: [1, 2]", "[0, 0, 22]", "{值: 7, 单位: 次}", '"255200"'),
        *("\t", "\u3000", "\x85", "\u2028"),
    ]
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_any_text_is_read_by_lines_as_by_the_parser(text: str) -> None:
    fast = read_lines(text)
    assert fast is None or fast == read_by_parser(text)


# a file in the canonical layout, then a few slips anywhere in it
WORD = st.sampled_from(
    ["0", "22", "~", "/", "-3", "16284万元", '"a, b"', "'x: y'", "甲 乙", "2、 主动", "86.99", "22，0"]
)
NAMES = "规章 本年增/减 甲 乙 丙 丁 戊 己 庚 12345热线 （一） 1 满意率"
NAME = st.sampled_from(NAMES.split())
COMMA = st.sampled_from([", ", ", ", ", ", ",", ",  "])


@st.composite
def values(draw: st.DrawFn) -> str:
    kind = draw(st.integers(0, 2))
    if kind == 0:
        return draw(WORD)
    inside = draw(COMMA).join(draw(st.lists(WORD, min_size=1, max_size=7)))
    if kind == 1:
        return f"[{inside}]"
    names = draw(st.lists(NAME, min_size=1, max_size=4, unique=True))
    pairs = [f"{name}: {draw(st.sampled_from([draw(WORD), f'[{inside}]']))}" for name in names]
    return "{" + draw(COMMA).join(pairs) + "}"


@st.composite
def blocks(draw: st.DrawFn, indent: str = "", depth: int = 0) -> list[str]:
    lines: list[str] = []
    listed = depth > 0 and draw(st.integers(0, 3)) == 0
    for name in draw(st.lists(NAME, min_size=1, max_size=4, unique=True)):
        head = f"{indent}- " if listed else f"{indent}{name}:"
        if listed:
            start = draw(st.sampled_from(["", f"{name}: "]))
            lines.append(head + start + draw(values()))
            if start:
                lines.extend(f"{indent}  {line}" for line in draw(st.sampled_from([[], ["后: 1"], ["后:", "  - 1"]])))
        elif depth < 3 and draw(st.integers(0, 2)) == 0:
            lines += [head, *draw(blocks(indent + "  ", depth + 1))]
        else:
            lines.append(head + draw(st.sampled_from([" ", "   "])) + draw(values()))
        lines += draw(st.sampled_from([[], [], [""], ["  # 说明"], ["   "]]))
    return lines


@st.composite
def files(draw: st.DrawFn) -> str:
    text = "\n".join(draw(blocks())) + "\n"
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(PIECES) + text[at + draw(st.integers(0, 3)) :]
    return text


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(files())
def test_near_canonical_files_are_read_by_lines_as_by_the_parser(text: str) -> None:
    fast = read_lines(text)
    assert fast is None or fast == read_by_parser(text)
