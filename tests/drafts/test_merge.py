"""What a file says nothing of stays: keys of tables.yaml, figures bound in the narrative; what goes is counted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.drafts.merge import losses, rebound, with_kept
from generator.report.entry import LoadedReport
from tests.example import entry, prose, tables

OLD = """\
# 2021年度
年度: 2021
机关: shili
状态: 草稿  # 写完删去
标题: 示例旧标题
文号: 示例〔2022〕1号
发文日期: 2022-01-20
联系: {地址: 示例路1号, 电话: ~}

# 表二的列
表二:
  规章: [1, 1, 1]

表三:
  本年新收: [3, 0, 0, 0, 0, 0, 3]

# 只在正文里的数
指标:
  示例次数: {值: 7, 单位: 次}
接受:
  - {规则: T2-BLANK, 位置: 表二.规章, 原因: 示例}
增加行:
  - {表: 表二, 行: 示例行, 数: [1, 2, 3]}
"""
NEW = """\
年度: 2021
机关: shili
标题: 示例新标题
文号: ~
发文日期: 2022-02-02
联系: {地址: ~, 电话: ~}

表二:
  规章: [~, ~, ~]

表三:
  本年新收: [4, 0, 0, 0, 0, 0, 4]
"""


def test_what_the_file_lacks_or_has_blank_is_kept_and_named() -> None:
    text, kept = with_kept(NEW, OLD, ["表二"])
    assert kept == ["文号", "联系", "表二", "指标", "接受"]
    assert "文号: 示例〔2022〕1号\n" in text and "联系: {地址: 示例路1号, 电话: ~}\n" in text
    assert "# 表二的列\n表二:\n  规章: [1, 1, 1]\n" in text
    assert "\n# 只在正文里的数\n指标:\n  示例次数: {值: 7, 单位: 次}\n" in text and "接受:\n  - {规则: T2-BLANK" in text


def test_what_the_file_says_goes_before_what_was_there() -> None:
    text, _ = with_kept(NEW, OLD, ["表二"])
    assert "标题: 示例新标题" in text and "发文日期: 2022-02-02" in text and "[4, 0, 0, 0, 0, 0, 4]" in text
    assert "状态" not in text and "增加行" not in text, "those are the file's own matter"
    assert with_kept(NEW, NEW, ()) == (NEW, [])


def test_a_paragraph_that_reads_the_same_keeps_its_placeholders() -> None:
    old = "## 一、总体情况\n\n收到{{甲}}件。\n\n另收{{乙}}件。\n\n共{{无}}件。\n"
    new = "## 一、总体情况\n\n收到3件。\n\n另收5件。\n\n共9件。\n"
    assert rebound(new, old, {"甲": "3", "乙": "4"}.get) == new.replace("收到3件", "收到{{甲}}件", 1)


def test_of_paragraphs_that_read_the_same_each_keeps_its_own() -> None:
    old, new = "收到3件。\n\n收到{{甲}}件。\n\n收到3件。\n", "收到3件。\n\n收到3件。\n\n收到3件。\n"
    assert rebound(new, old, {"甲": "3"}.get) == old


TEXTS = st.lists(
    st.sampled_from(["收到{{甲}}件。", "收到3件。", "## 一、甲", "办结{{乙}}件\\*。", "{{", "示例"]), min_size=1
)


@given(TEXTS)
def test_importing_the_same_text_again_changes_nothing_whatever_was_bound(paragraphs: list[str]) -> None:
    figures = {"甲": "3", "乙": "12"}
    bound = "\n\n".join(paragraphs) + "\n"
    plain = bound.replace("{{甲}}", "3").replace("{{乙}}", "12")
    assert rebound(plain, bound, figures.get) == bound


def loaded(text: str, narrative: str) -> LoadedReport:
    found, _ = entry(2021, text, narrative)
    assert found is not None
    return found


def test_losses_are_counted_in_words() -> None:
    more = "指标:\n  示例次数: {值: 7}\n接受:\n  - {规则: T2-BLANK, 位置: 表二.规章, 原因: 示例}\n"
    old = loaded(tables(2021) + more, prose(2021))
    new = loaded(tables(2021, 表三_本年新收=[4, 0, 0, 0, 0, 0, "~"]), prose(2021).replace("示例引言。", "另一段。"))
    assert [item.zh for item in losses(old, new)] == [
        "改变1个数",
        "1个数变成空白",
        "去掉指标示例次数",
        "去掉1项“接受”",
        "正文换掉1段",
    ]
    assert list(losses(old, old)) == []
    assert [item.zh for item in losses(new, old)][:2] == ["改变1个数", "填上1个原来空白的数"]


def test_words_of_the_tables_that_change_are_named() -> None:
    old = loaded(tables(2021) + "发文日期: 2022-01-20\n联系: {电话: 0533-1234567}\n", prose(2021))
    new = loaded(tables(2021) + "发文日期: 2022-01-21\n", prose(2021))
    assert [item.zh for item in losses(old, new)] == ["改动或去掉发文日期、联系.电话"]
    assert list(losses(new, new)) == []


def test_a_paragraph_that_goes_takes_its_placeholders_along() -> None:
    old, new = loaded(tables(2021), prose(2021)), loaded(tables(2021), "示例。\n")
    said = [item.zh for item in losses(old, new)]
    assert len(said) == 1 and "其中引用" in said[0]
