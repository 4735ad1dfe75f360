"""Dates, hours and numbers that cannot be as they are typed."""

from __future__ import annotations

import pytest

from tests.rules.words import in_paragraph

WRONG = [
    "2021-02-30发布公告。",
    "2021.13.05召开会议。",
    "二月三十日前报送。",
    "2021年十三月完成。",
    "13月起实行。",
    "自2021年5月至2021年3月开展整治。",
    "2021年12月31日至2021年1月1日受理。",
    "受理时间为上午8:30-11:75。",
    "每日25时关闭。",
    "收到申请22.5件。",
    "办结率为98.5。",
    "办结率达百分之一百零五。",
]
RIGHT = [
    "2021-02-28发布，2021.12.05召开会议，版本2021.13.1.2。",
    "二月二十八日报送，十二月三十一日完成，二〇二一年十二月。",
    "历时13个月，13月龄儿童，1-12月公开信息。",
    "自2020年12月1日至2021年1月31日开展整治，2021年3月至5月检查。",
    "受理时间为上午8:30-12:00、下午14:00-17:30，比例为1:75。",
    "每天24时前更新。",
    "平均每月公开22.5件，人均1.5次，5.6万件，增长22.5个百分点。",
    "办结率为98.5%，满意度为96分，办结率均为100%。",
    "任务完成率达百分之一百二十。",
]


@pytest.mark.parametrize("words", WRONG)
def test_what_is_typed_wrongly(words: str) -> None:
    assert len(in_paragraph("NAR-TYPED", words)) == 1


@pytest.mark.parametrize("words", RIGHT)
def test_what_is_typed_right(words: str) -> None:
    assert in_paragraph("NAR-TYPED", words) == []
