"""What programs, templates and secret papers leave behind, found where it stands."""

from __future__ import annotations

import pytest

from generator.finding import Level
from tests.example import prose
from tests.rules.words import findings_of, in_paragraph, last_line, levels, with_paragraph, with_said

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


# each mark by itself, each with nothing else in the report that looks like a leak
LEAKS += (
    [
        ("LEAK-PATH", words, 2)
        for words in (
            "见D:/示例",
            "见D:\\\\示例",
            "见/home/shili",
            "见/Users/shili",
            "见AppData",
            "见ADMINI~1",
            "见WeChat Files",
            "见Tencent Files",
        )
    ]
    + [("LEAK-NULL", f"见{words}号", 2) for words in ("null", "undefined", "NaN", "{%if", "%}a", "${a}")]
    + [("LEAK-MSO", f"见{words}见", 2) for words in ("mso-list", 'class="MsoNormal', "cid:1", "data:image")]
    + [("LEAK-NET", f"见{words}见", 2) for words in ("10.1.2.3", "172.16.0.1", "172.31.0.1", "127.0.0.1")]
)

LEVELS = {"LEAK-MSO": Level.WARNING, "LEAK-CTRL": Level.WARNING, "SEC-WORD": Level.WARNING, "SEC-DOCNO": Level.WARNING}


@pytest.mark.parametrize(("rule", "words", "column"), LEAKS)
def test_leaks(rule: str, words: str, column: int) -> None:
    assert [at for at, _ in in_paragraph(rule, words)] == [column]
    assert [f.level for f in findings_of(rule, with_paragraph(words))] == [LEVELS.get(rule, Level.ERROR)]


def test_one_leak_a_line_and_each_line_its_own() -> None:
    narrative = with_paragraph("见C:/甲和D:/乙。\n\n见E:/丙。\n\n见F:/丁，G:/戊")
    assert [(f.place.line - last_line(narrative), f.place.column) for f in findings_of("LEAK-PATH", narrative)] == [
        (-4, 2),
        (-2, 2),
        (0, 2),
    ]


@pytest.mark.parametrize(
    ("words", "quoted"),
    [("一二三四五六七八九十甲None乙一二三四五六七八九十", "二三四五六七八九十甲None乙一二三四五六七八九")],
)
def test_a_leak_is_quoted_with_ten_characters_around_it(words: str, quoted: str) -> None:
    assert in_paragraph("LEAK-NULL", words) == [(12, quoted)]


def test_a_leak_at_the_very_beginning() -> None:
    (hit,) = findings_of("LEAK-PATH", "D:/甲\n\n" + prose(2021))
    assert (hit.place.line, hit.place.column) == (1, 1)


@pytest.mark.parametrize(
    ("rule", "words", "shown"),
    [
        ("LEAK-CTRL", "\u200b", "□"),
        ("LEAK-TEMPLATE", "××", "××"),
        ("SEC-MARK", "机密★", "机密★"),
        ("LEAK-NULL", "〔〕", "〔〕"),
    ],
)
def test_what_is_left_is_quoted_with_four_characters_around_it(rule: str, words: str, shown: str) -> None:
    assert in_paragraph(rule, f"一二三四五六{words}七八九十甲乙") == [(7, f"三四五六{shown}七八九十")]


@pytest.mark.parametrize(
    "words",
    [
        "172.15.0.1",
        "172.32.0.1",
        "192.169.1.1",
        "110.1.2.3",
        "10.1.2.3.4",
        "Nonesuch",
        "aD:/甲",
        "https://示例",
        "D://甲",
        "/homework",
    ],
)
def test_near_misses_of_leaks(words: str) -> None:
    assert [rule for rule in ("LEAK-PATH", "LEAK-NULL", "LEAK-NET") if in_paragraph(rule, f"见{words}见")] == []


def test_which_of_a_pictures_words_is_a_number() -> None:
    code = "0123456789abcdef"
    (description,) = findings_of("LEAK-HASH", with_paragraph(f"![{code}](tu-1.png)"))
    (name,) = findings_of("LEAK-HASH", with_paragraph(f"![示例](tu-{code}.png)"))
    assert "图片的文字说明“" in description.message.zh and "图片的文件名“" in name.message.zh
    assert description.message.en == "the picture's description is a meaningless number; say what it shows"
    assert name.message.en == "the picture's name is a meaningless number; say what it shows"
    assert description.level is name.level is Level.WARNING and name.place.column == 7
    assert findings_of("LEAK-HASH", with_paragraph("![示例](tu-0123456789abcde.png)")) == []  # fifteen are no hash
    (long,) = findings_of("LEAK-HASH", with_paragraph(f"![{code * 4}](tu-1.png)"))
    assert long.subject == (code * 4)[:40]
    note = with_said("图片: {1: {状态: 遗失, 说明: 示例}, 2: {状态: 遗失, 说明: picturecompress_2020}}")
    (hit,) = findings_of("LEAK-HASH", None, note)
    assert hit.subject == "picturecompress_2020" and "“图片.2”的说明" in hit.message.zh
    assert findings_of("LEAK-HASH", None, f"{note}联系: {{电话: output_1}}\n") == [hit]


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


def test_a_path_in_a_pictures_note_is_reported_once_at_its_place() -> None:
    text = with_said('图片: {1: {状态: 遗失, 说明: "C:/Users/ADMINI~1/AppData/Local/Temp/a.jpg"}}')
    (hit,) = findings_of("LEAK-PATH", None, text)
    assert hit.place.file == "2021/shili/tables.yaml"
    assert text.rstrip("\n").split("\n")[-1][hit.place.column - 1 :].startswith("C:/Users")
    assert hit.message.zh.endswith("是办公电脑的文件路径，会泄露用户名，请删去")


def test_a_number_for_a_description() -> None:
    code = "f560e98600000000"
    hits = findings_of("LEAK-HASH", with_paragraph(f"![{code}](tu-1.png)"))
    assert [(f.place.column, f.subject) for f in hits] == [(3, code)]
    assert [f.place.column for f in findings_of("LEAK-HASH", with_paragraph("![示例](output_1.jpg)"))] == [7]
    (hit,) = findings_of("LEAK-HASH", None, with_said(f"图片: {{1: {{状态: 遗失, 说明: {code}}}}}"))
    assert hit.place.file == "2021/shili/tables.yaml" and hit.level is Level.WARNING
    assert (
        findings_of("LEAK-HASH", with_paragraph(f"![示例图](tu-1.png) https://www.example.gov.cn/doc_{code}.html"))
        == []
    )
