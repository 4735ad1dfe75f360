"""What a form asks of the narrative."""

from __future__ import annotations

from generator.forms.sections import SectionForm
from tests.example import form

OF_2021 = form("gbkbh-2021-30")


def test_a_title_that_is_not_prescribed_is_known_by_its_words_however_they_are_spaced() -> None:
    section = SectionForm("存在的问题", (), "", keywords=("问题", "不足"))
    assert section.meant("五、主要问 题及改进") and section.meant("工作中的不足")
    assert not section.meant("总体情况") and not SectionForm("存在的问题", (), "").meant("存在的问题")


def test_a_figure_of_the_statement_is_found_by_its_full_name_only() -> None:
    statement = OF_2021.statement
    assert statement is not None
    charged = statement.find("信息处理费.总金额")
    assert charged is not None and (charged.role, charged.unit) == ("charged", "元")
    assert statement.find("总金额") is statement.find("信息处理费.减免") is statement.find("信息处理费") is None
