"""What cannot be, whatever the tables say."""

from __future__ import annotations

import pytest

from generator.finding import Level
from tests.rules.words import findings_of, with_paragraph

WRONG = [
    ("2021年是“十三五”规划的收官之年。", ""),
    ("今年是十四五收官之年。", ""),
    ("与2021年相比，申请数量增长5%。", ""),
    ("2021年13月召开会议。", ""),
    ("2月30日召开会议。", ""),
    ("2021年2月29日召开会议。", ""),
    ("6月31日前完成。", ""),
    ("群众满意率102%。", "102>100"),
    ("答复率均达到120.5%。", "120.5>100"),
    ("主要存在三个问题：一是公开不及时；二是解读不够。", "2≠3"),
    ("采取以下两项措施。一是完善机制；二是加强培训；三是强化解读。", "3≠2"),
    ("收到申请30件，比上年增加10件，增长80%。", "80%≠50.00%"),
    ("公开信息90条，较2020年减少10条，下降15.5%。", "15.5%≠10.00%"),
    ("申请由20件增长到25件，增长20%。", "20%≠25.00%"),
]
RIGHT = [
    "2020年是“十三五”规划收官之年，2021年是“十四五”规划开局之年。",
    "与2020年相比，2021年增加5件。",
    "2022年的申请预计与2021年相比略有增加。",
    "2020年2月29日、2月29日、12月31日召开会议，历时13个月，2021年10月完成。",
    "满意率100%，任务完成率120%，同比增长率150%。",
    "主要存在三个问题：一是公开不及时；二是解读不够；三是平台不便。",
    "存在两个问题。一是公开不及时；二是解读不够。下一步，采取措施：一是完善机制；二是加强培训；三是强化解读。",
    "主要存在三个问题：公开不及时、解读不够、平台不便。一是完善机制；二是加强培训。",
    "收到申请30件，比上年增加10件，增长50%。公开信息90条，较2020年减少10条，下降10%。",
    "公开信息1205条，同比增加133条，增长12.4%。申请由20件增长到25件，增长25%。",
    "申请由0件增长到25件，增长100%。",
]


@pytest.mark.parametrize(("words", "values"), WRONG)
def test_what_cannot_be(words: str, values: str) -> None:
    (hit,) = findings_of("NAR-SENSE", with_paragraph(words))
    assert (hit.values, hit.level) == (values, Level.WARNING)
    assert words[hit.place.column - 1 :].startswith(hit.subject[:4]) and "请核对" in hit.message.zh


@pytest.mark.parametrize("words", RIGHT)
def test_what_may_be(words: str) -> None:
    assert findings_of("NAR-SENSE", with_paragraph(words)) == []


def test_an_announcement_is_told_once_whatever_list_follows_close_by() -> None:
    words = "主要存在三个问题：一是公开慢；二是解读少。措施：一是培训；二是检查。"
    assert [hit.values for hit in findings_of("NAR-SENSE", with_paragraph(words))] == ["2≠3"]


def test_points_in_paragraphs_of_their_own() -> None:
    points = "主要存在三个问题：\n\n一是公开不及时。\n\n二是解读不够。"
    assert [f.values for f in findings_of("NAR-SENSE", with_paragraph(points))] == ["2≠3"]
    assert findings_of("NAR-SENSE", with_paragraph(points + "\n\n三是平台不便。")) == []
