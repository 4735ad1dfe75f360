"""Reading YAML by position: words as typed, slips named at their place, hostile files refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.finding import Level
from generator.yaml_source import reader
from generator.yaml_source.nodes import Items, Node, Pairs, Scalar, get
from generator.yaml_source.reader import decode, read
from tests.yaml_source.test_fast_reader import CANONICAL, read_by_parser


def rules(text: str | bytes) -> list[tuple[str, int, int]]:
    data = text if isinstance(text, bytes) else text.encode()
    return [(f.rule, f.place.line, f.place.column) for f in read(data, "t.yaml")[1]]


def node(text: str) -> Node:
    found, findings = read(text.encode(), "t.yaml")
    assert found is not None
    assert findings == []
    return found


def test_words_stay_as_typed_with_their_place() -> None:
    words = get(node('电话: 0533\n否: [no, 12:30, ~, "~", 022, 2021-01-01]\n'), "否")
    assert isinstance(words, Items)
    assert [word.text for word in words.items if isinstance(word, Scalar)] == [
        "no",
        "12:30",
        "~",
        "~",
        "022",
        "2021-01-01",
    ]
    assert words.items[3] == Scalar("~", False, 2, 19)
    assert (words.line, words.column) == (2, 4)


def test_an_empty_value_is_the_empty_word() -> None:
    assert get(node("空:\n后: 1\n"), "空") == Scalar("", True, 1, 3)
    assert get(None, "空") is None
    assert get(node("- a\n"), "空") is None


def test_windows_line_ends_change_nothing() -> None:
    assert node(CANONICAL.replace("\n", "\r\n")) == node(CANONICAL)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", [("SRC-DUPLICATE", 2, 1)]),
        ("表二:\n  规章: [0]\n  规章: [1]\n", [("SRC-DUPLICATE", 3, 3)]),
        ("a: {b: 1, b: 2}\n", [("SRC-DUPLICATE", 1, 11)]),
        ("a: &x 1\nb: *x\n", [("SRC-ALIAS", 1, 4)]),
        ("a: *x\n", [("SRC-ALIAS", 1, 4)]),
        ("a: !!python/object/apply:os.system [id]\n", [("SRC-TAG", 1, 4)]),
        ("a: 1\n---\nb: 2\n", [("SRC-DOCUMENTS", 2, 1)]),
        ("a: " + "[" * 8 + "]" * 8, [("SRC-DEEP", 1, 11)]),
        ("", [("SRC-EMPTY", 0, 0)]),
        ("# 只有说明\n", [("SRC-EMPTY", 0, 0)]),
        ("? [a]\n: 1\n", [("SRC-SYNTAX", 1, 3)]),
        ("a: [1\n", [("SRC-SYNTAX", 1, 4)]),
        ("a: x\x0by", [("SRC-CONTROL", 1, 5)]),
    ],
)
def test_refused(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert rules(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年度：2020\n机关: a\n", [("SRC-FULLWIDTH", 1, 3)]),
        ("年度：2020\n机关：a\n", [("SRC-FULLWIDTH", 1, 3)]),
        ("表二:\n  规章：[0, 0]\n", [("SRC-FULLWIDTH", 2, 5)]),
        ("表二:\n  规章：[0, 0]\n  规范: [1]\n", [("SRC-FULLWIDTH", 2, 5)]),
        ("表二:\n  规章: [22，0]\n", [("SRC-FULLWIDTH", 2, 10)]),
        ("表二:\n  规章: [22、 0, 1]\n", [("SRC-FULLWIDTH", 2, 10)]),
        ("甲: {值: 7，单位: 次}\n", [("SRC-FULLWIDTH", 1, 9)]),
        ("甲: ［1, 2］\n", [("SRC-FULLWIDTH", 1, 4)]),
        ("表二:\n\t规章: [1]\n", [("SRC-TAB", 2, 1)]),
        ("年度:2020\n机关: a\n", [("SRC-COLON", 1, 3)]),
    ],
)
def test_slips_are_named_where_they_are(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert rules(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "原因: 注：12，13\n",
        "原因:\n  注：另行说明\n",
        "原因: |\n  注：12\n  值，1\n",
        '原因: ["22，0"]\n',
        "位置: [2、 主动公开]\n",
        "网址: http://a.cn\n",
    ],
)
def test_ordinary_words_are_no_slips(text: str) -> None:
    assert rules(text) == []


def test_every_finding_speaks_both_languages() -> None:
    for text in ("年度：2020\n机关: a\n", "a: [1\n", "a: 1\na: 2\n"):
        for finding in read(text.encode(), "t.yaml")[1]:
            assert finding.message.zh
            assert finding.message.en
            assert finding.level is Level.ERROR


def test_encodings() -> None:
    assert rules(b"\xef\xbb\xbfa: 1") == [("SRC-BOM", 1, 1)]
    tree, findings = read("年度: 2020\n".encode("gb18030"), "t.yaml")
    assert get(tree, "年度") == Scalar("2020", True, 1, 5)
    assert [(f.rule, f.level) for f in findings] == [("SRC-ENCODING", Level.WARNING)]
    assert rules(b"PK\x03\x04\xff\xff\xff") == [("SRC-ENCODING", 1, 1)]
    assert decode(b"  \n", "t")[1][0].rule == "SRC-EMPTY"


def test_large_files_are_not_read() -> None:
    assert rules(b"a" * 10_000_000) == [("SRC-LARGE", 0, 0)]
    assert rules(b"a: 1\nb: " + b"x" * 70_000) == [("SRC-LARGE", 2, 1)]


def test_bombs_cost_nothing() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True))
    assert rules(bomb) == [("SRC-ALIAS", 1, 4)]
    assert rules("[" * 60_000) == [("SRC-DEEP", 1, 9)]
    assert rules("{a: " * 16_000) == [("SRC-DEEP", 1, 33)]
    assert rules("".join(" " * n + "a:\n" for n in range(200)))[0][0] == "SRC-DEEP"


# Deeper than the 1,000 levels at which libyaml 0.2.6 (PyYAML 6.0.4) stops scanning, before it hands out the events.
TOO_DEEP = [
    ("[" * 60_000, [("SRC-DEEP", 1, 9)]),
    ("{" * 3_000, [("SRC-DEEP", 1, 9)]),
    ("[\n" * 3_000, [("SRC-DEEP", 9, 1)]),
    ("- " * 30_000, [("SRC-DEEP", 1, 17)]),
    ("? " * 30_000, [("SRC-DEEP", 1, 17)]),
    ("说: " + "[" * 1_500, [("SRC-DEEP", 1, 11)]),
    ("a: 1\na: 2\nx: " + "[" * 3_000, [("SRC-DUPLICATE", 2, 1), ("SRC-DEEP", 3, 11)]),
    ("a: [b,\n\tc\n" + "[" * 3_000, [("SRC-TAB", 2, 1)]),
    ("a: b\n" + "[" * 3_000, [("SRC-SYNTAX", 2, 3000)]),
]


@pytest.mark.slow
@pytest.mark.parametrize("libyaml", [True, False], ids=["libyaml", "pure Python"])
@pytest.mark.parametrize(("text", "expected"), TOO_DEEP, ids=[repr(text[:12]) for text, _ in TOO_DEEP])
def test_nesting_without_end_is_reported_where_it_gets_too_deep(
    text: str, expected: list[tuple[str, int, int]], libyaml: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not libyaml:
        monkeypatch.setattr(reader, "CParser", None)
    assert rules(text) == expected


def test_without_libyaml_the_tree_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read_by_parser(CANONICAL)
    monkeypatch.setattr(reader, "CParser", None)
    assert read_by_parser(CANONICAL) == expected


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    tree, findings = read(data, "t.yaml")
    assert tree is None or isinstance(tree, Scalar | Items | Pairs)
    assert tree is not None or findings
