"""What stands within a line: emphasis beside Chinese, HTML that stays text, braces."""

from __future__ import annotations

import pytest

from tests.narrative.rendered import html, read, rules


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**注意：**正文", "<strong>注意：</strong>正文"),
        ("**「强调」**后接", "<strong>「强调」</strong>后接"),
        ("前文**「强调」**后接", "前文<strong>「强调」</strong>后接"),
        ("**“双随机”**监管", "<strong>“双随机”</strong>监管"),
        ("*（一）*甲", "<em>（一）</em>甲"),
        ("a * b * c", "a * b * c"),
        ("**不 是**", "<strong>不 是</strong>"),
        ("全** 角**", "全** 角**"),
    ],
)
def test_emphasis_needs_no_spaces_in_chinese(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"


def test_braces_without_their_pair() -> None:
    assert rules("甲{{乙") == [("MD-BRACES", 1, 2)]
    assert rules("甲{{}}\n\n乙") == [("MD-BRACES", 1, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "甲<iframe src=//evil.cn></iframe>",
        "<!-- 注 -->",
        "<style>*{}</style>",
        '![<b>](a.png "<b onx=1>")',
        "[<b>](http://a.cn)",
    ],
)
def test_html_is_text(text: str) -> None:
    page = read(text)
    assert "MD-HTML" in {f.rule for f in page.findings}
    for tag in ("<script", "<iframe", "<!--", "<style", "<b", "<img src=x"):
        assert tag not in page.preface


def test_ordinary_angle_brackets_are_no_html() -> None:
    assert rules("a < b，<通知>，x<y") == []
