"""A file that shows nothing of a report is none; a page of headings is no narrative."""

from __future__ import annotations

import pytest

from generator.importer.make_draft import Draft, NeedsInput, take
from generator.readers.document import Limits
from generator.readers.open_file import read_bytes
from tests.example import FORMS, SETTINGS
from tests.importer.samples import PREFACE, dump_text, figures, flat_text

NOTICE = """关于做好2021年政府信息公开工作年度报告编制工作的通知
各单位：
一、编制要求
请各单位按照格式认真编制，数据要准确，文字要精练。
二、报送时间
请于2022年1月31日前报送。
"""
LISTED = (
    "关于报送年度报告的通知\n各单位的报告应当包括：\n一、总体情况\n二、主动公开政府信息情况\n"
    "三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题及改进情况\n"
    "六、其他需要报告的事项\n请各单位于1月31日前报送。\n"
)
NEWS = "示例区2021年政府信息公开工作年度报告已经发布，欢迎查阅。\n"
TITLE = "示例区2021年政府信息公开工作年度报告\n"


def made(text: str) -> Draft:
    return take(read_bytes(text.encode(), "a.txt", Limits()), FORMS, SETTINGS.organs, "shili", 2021)


@pytest.mark.parametrize("text", [NOTICE, LISTED, NEWS, TITLE, "与报告无关的文字。", "1\t2\n3\t4\n", "总计\t3\n"])
def test_what_shows_neither_a_table_nor_a_part_is_no_report(text: str) -> None:
    with pytest.raises(NeedsInput) as refused:
        made(text)
    assert "不是年度报告" in refused.value.message.zh and "nianbao new" in refused.value.message.say("zh")


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        dump_text(2021, figures(2021)),
        flat_text(2021, figures(2021)),
        dump_text(2021, figures(2021)).split("一、总体情况")[0]
        + dump_text(2021, figures(2021))[dump_text(2021, figures(2021)).index("二、主动公开") :],
        f"{TITLE}{PREFACE.format(year=2021)}\n一、总体情况\n示例正文若干字，没有法定表。\n",
        f"{TITLE}一、工作开展\n示例正文若干字，标题与格式不同。\n",
    ],
)
def test_tables_or_parts_of_a_text_make_one(text: str) -> None:
    assert made(text).identity.organ == "shili"


@pytest.mark.parametrize(
    ("text", "tables", "narrative"),
    [
        (dump_text(2021, figures(2021)), True, True),
        (
            dump_text(2021, figures(2021)).replace("示例正文，无实义。", "").replace(PREFACE.format(year=2021), ""),
            True,
            False,
        ),
        (f"{TITLE}一、总体情况\n示例正文若干字，没有法定表。\n", False, True),
    ],
)
def test_which_parts_a_file_has(text: str, tables: bool, narrative: bool) -> None:
    draft = made(text)
    assert (draft.has_tables, draft.has_narrative) == (tables, narrative)
    assert draft.is_draft is not (tables and narrative)
