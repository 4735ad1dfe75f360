from __future__ import annotations

import pytest

from generator.diagnostic import Level
from tests.rules.words import found, in_paragraph, levels, with_paragraph, with_said

LEAKS = [
    ("LEAK-PATH", "见C:/Users/ADMINI~1/AppData/Local/Temp/x.jpg", 2),
    ("LEAK-PATH", "见file://示例", 2),
    ("LEAK-PATH", "见\\\\\\\\server\\\\示例", 3),
    ("LEAK-NULL", "文号None号", 3),
    ("LEAK-NULL", "文号〔〕号", 3),
    ("LEAK-NULL", "索引113703040042180156/2023-5335442.0", 21),
    ("LEAK-MSO", "示例<o:p>示例", 3),
    ("LEAK-MSO", "示例[image: 图]", 3),
    ("LEAK-NET", "系统地址192.168.1.1:80", 5),
    ("LEAK-NET", "系统地址localhost", 5),
    ("LEAK-TEMPLATE", "该部分以表格形式报告。", 1),
    ("LEAK-TEMPLATE", "示例XX镇报告", 3),
    ("LEAK-TEMPLATE", "示例××局报告", 3),
    ("LEAK-TEMPLATE", "（填写单位）", 1),
    ("SEC-MARK", "机密★1年", 1),
    ("SEC-WORD", "密级：示例", 1),
    ("SEC-DOCNO", "示例明电〔2020〕1号", 3),
    ("LEAK-CTRL", "示\u200b例", 2),
    ("LEAK-CTRL", "示例\ue123", 3),
]


@pytest.mark.parametrize(("rule", "words", "column"), LEAKS)
def test_leaks(rule: str, words: str, column: int) -> None:
    assert [at for at, _ in in_paragraph(rule, words)] == [column]


RIGHT = [
    "见https://www.example.gov.cn/home/a.html，http://www.example.gov.cn。",
    "None of us，1:2，10.5%，版本10.1.2。",
    "属于国家秘密，落实保密审查办法，有待补充完善，申请填写表格，加密级别。",
    "公开精密级测量，泄露工作秘密。",
]


@pytest.mark.parametrize("words", RIGHT)
def test_right_words_are_no_leaks(words: str) -> None:
    rules = {rule for rule, _, _ in LEAKS} - ({"LEAK-NULL"} if "None" in words else set())
    assert not [rule for rule in rules if in_paragraph(rule, words)]


def test_old_reports_are_not_let_off() -> None:
    assert levels("LEAK-PATH", with_paragraph("见C:/Users/x", 2020), 2020, historical_until=2020) == [Level.ERROR]


def test_a_path_in_a_pictures_note_is_told_once_at_its_place() -> None:
    text = with_said("图片: {1: {状态: 遗失, 说明: \"C:/Users/ADMINI~1/AppData/Local/Temp/a.jpg\"}}")
    (hit,) = found("LEAK-PATH", None, text)
    assert hit.place.file == "2021/shili/tables.yaml"
    assert text.rstrip("\n").split("\n")[-1][hit.place.column - 1 :].startswith("C:/Users")
    assert hit.message.zh.endswith("是办公电脑的文件路径，会泄露用户名，请删去")


def test_a_number_for_a_description() -> None:
    code = "f560e98600000000"
    hits = found("LEAK-HASH", with_paragraph(f"![{code}](tu-1.png)"))
    assert [(f.place.column, f.subject) for f in hits] == [(3, code)]
    assert [f.place.column for f in found("LEAK-HASH", with_paragraph("![示例](output_1.jpg)"))] == [7]
    (hit,) = found("LEAK-HASH", None, with_said(f"图片: {{1: {{状态: 遗失, 说明: {code}}}}}"))
    assert hit.place.file == "2021/shili/tables.yaml" and hit.level is Level.WARNING
    assert found("LEAK-HASH", with_paragraph(f"![示例图](tu-1.png) https://www.example.gov.cn/doc_{code}.html")) == []
