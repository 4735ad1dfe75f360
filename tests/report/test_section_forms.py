"""Which of the form's sections each section of a report is."""

from __future__ import annotations

import pytest

from generator.report.section_forms import section_forms
from tests.example import entry as read
from tests.example import prose, report

OFFICIAL = [section.title for section in report(2021).form.sections]
FEES = "五、信息处理费收取情况"


def found(*titles: str) -> list[str | None]:
    """The numeral of the form's section for each title."""
    narrative = "\n\n".join(f"## {title}\n\n示例。" for title in titles)
    loaded, _ = read(2021, None, narrative)
    assert loaded is not None
    return [form.title[0] if form else None for form in section_forms(loaded)]


@pytest.mark.parametrize(
    ("titles", "numerals"),
    [
        (OFFICIAL, list("一二三四五六")),
        (OFFICIAL[:5], list("一二三四五")),
        # one left out does not shift the others
        ([*OFFICIAL[:1], *OFFICIAL[2:]], list("一三四五六")),
        # nor does one more
        ([OFFICIAL[0], "二、示例工作", *OFFICIAL[1:]], ["一", None, *"二三四五六"]),
        ([*OFFICIAL[:4], FEES, "六、存在的主要问题及改进措施"], [*"一二三四", None, "五"]),
        # titles of another wording take the places that are left
        (["一、甲", "二、乙", "三、丙", "四、丁", "五、戊", "六、己"], list("一二三四五六")),
        ([*OFFICIAL[:4], "五、不足与打算", OFFICIAL[5]], list("一二三四五六")),
        ([*OFFICIAL, "七、附件"], [*"一二三四五六", None]),
        ([OFFICIAL[1], OFFICIAL[0], *OFFICIAL[2:]], ["二", None, *"三四五六"]),
        (["一、总体 情况", "2.主动公开政府信息情況", *OFFICIAL[2:]], list("一二三四五六")),
    ],
)
def test_titles_hold_their_place_and_others_fill_the_gaps(titles: list[str], numerals: list[str | None]) -> None:
    assert found(*titles) == numerals


def test_a_report_without_prescribed_titles_is_taken_by_order() -> None:
    loaded, _ = read(2010, None, prose(2010))
    assert loaded is not None
    assert [form.title for form in section_forms(loaded) if form] == [s.title for s in loaded.report.form.sections]
