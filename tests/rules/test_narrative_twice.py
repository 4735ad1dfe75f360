"""What is told twice of the whole year (NAR-TWICE)."""

from __future__ import annotations

import pytest

from generator.finding import Level
from tests.rules.words import findings_of, last_line, with_paragraph


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("全年发布政策解读36篇。经统计，共发布政策解读63篇。", "63≠36"),
        ("2021年，举办政务公开培训2次，培训150人次。\n\n全年举办政务公开培训3次。", "3≠2"),
        ("我区现有政务新媒体12个。\n\n目前共有政务新媒体14个。", "14≠12"),
        ("全年召开新闻发布会6场。全年召开新闻发布会6场。", ""),
        ("全年发布政策解读36篇。通过微信发布政策解读12篇。", ""),
        ("全年发布政策解读36篇。在教育领域，发布政策解读12篇。", ""),
        ("全年发布政策解读36篇。其中，发布政策解读12篇。", ""),
        ("上半年举办培训1次。全年举办培训3次。", ""),
        ("2020年举办培训1次，2021年举办培训3次。", ""),
        ("区教体局发布政策解读12篇。全年发布政策解读45篇。", ""),
        ("全年发布政策解读36篇。全年发布政策解读20期。", ""),
        ("全年举办业务培训3次。全年举办依申请公开培训1次。", ""),
        ("全年发布政策解读30余篇。全年发布政策解读36篇。", ""),
    ],
)
def test_one_thing_has_one_number(words: str, values: str) -> None:
    narrative = with_paragraph(words)
    found = findings_of("NAR-TWICE", narrative)
    assert [(item.values, item.level, item.place.line) for item in found] == [
        (values, Level.WARNING, last_line(narrative))
    ] * bool(values)
