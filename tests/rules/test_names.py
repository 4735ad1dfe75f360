"""Names of persons: behind 申请人 and the like, and in lists. Every name here is made up."""

from __future__ import annotations

import pytest

from generator.finding import Level
from generator.wordlists.shipped import shipped_words
from tests.rules.words import findings_of, in_paragraph, in_preface, levels, with_paragraph, with_preface

NAMED = [
    ("申请人张三申请公开示例文件。", 1, "申请人张*"),
    ("申请人王丽华不服答复。", 1, "申请人王**"),
    ("原告李志强诉示例区人民政府。", 1, "原告李**"),
    ("复议申请人：欧阳春，要求公开示例文件。", 3, "申请人：欧阳*"),
    ("示例局收到申请人赵国庆、钱芳等五人的申请。", 6, "申请人赵**"),
    ("第三人孙建国向本机关提交意见。", 1, "第三人孙**"),
    ("申请人（周敏）逾期未补正。", None, ""),
    ("受益人姓名：吴伟", 1, "受益人姓名：吴*"),
    ("当事人为郑晓明（男）。", 1, "当事人为郑**"),
    ("| 申请人冯军 | 已答复 |", 3, "申请人冯*"),
]


@pytest.mark.parametrize(("sentence", "column", "subject"), NAMED, ids=[case[0] for case in NAMED])
def test_the_name_of_a_party(sentence: str, column: int | None, subject: str) -> None:
    assert in_paragraph("PRIV-NAME", sentence) == ([(column, subject)] if column else [])


def test_it_is_a_warning_that_does_not_print_the_name_and_old_reports_are_not_let_off() -> None:
    (hit,) = findings_of("PRIV-NAME", with_paragraph("申请人王丽华不服答复。"))
    assert (
        hit.level is Level.WARNING
        and "丽华" not in hit.message.zh + hit.message.en + hit.subject
        and "“王某”" in hit.message.zh
    )
    assert levels("PRIV-NAME", with_paragraph("申请人王丽华不服答复。", 2020), 2020, historical_until=2020) == [
        Level.WARNING
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "申请人数量较上年增加。申请人无正当理由逾期不补正。申请人逾期未缴纳费用。",
        "及时与申请人沟通。申请人满意。申请人关注，申请人方便的，申请人高度认可。",
        "申请人张某、李某某不服答复，原告王××诉示例局。",
        "申请人李宁公司申请公开。原告金山示例公司诉示例局。申请人高新区示例中心。",
        "申请人易于获取，申请人常见问题，申请人任何时候可以申请。",
        "原告方、被告方。申请人方可查阅。申请人安全。申请人于12月提出。申请人曾三次提出。",
        "当事人陈述、申辩。当事人权益。当事人万元以下罚款。",
        "每件申请人均答复。举报人黄金周来电。",
        "申请人温和、冷静。申请人向本机关提出。",
        "申请人明确、申请人单位、申请人成立的时间。",
        "申请人田野调查，申请人江西籍，申请人武汉市民。",
    ],
)
def test_what_is_no_persons_name(sentence: str) -> None:
    assert in_paragraph("PRIV-NAME", sentence) == []


def test_the_preface_names_whom_to_ask() -> None:
    assert in_preface("PRIV-NAME", "申请人张三。") == []


LIST = "1. 张三，3703001990\n2. 李志强，3703001991\n3. 王丽华，3703001992"
ROWS = [
    (LIST, 4, "张*", "3"),
    (
        "| 序号 | 姓名 | 金额 |\n|---|---|---|\n"
        "| 1 | 张三 | 500 |\n| 2 | 李志强 | 500 |\n| 3 | 王丽华 | 500 |\n| 4 | 赵敏 | 500 |",
        7,
        "张*",
        "4",
    ),
    ("- 张三：12件\n- 欧阳春：3件\n- 王丽华：1件", 3, "张*", "3"),
    ("示例" * 40 + "：张三，电话3703001990；李志强，电话3703001991；王丽华，电话3703001992。", 82, "张*", "3"),
    (
        "2021年示例。\n\n" + "示例" * 40 + "：张三，电话3703001990；李志强，电话3703001991；王丽华，电话3703001992。",
        82,
        "张*",
        "3",
    ),
    ("- X张三：12件\n- X欧阳春：3件\n- X王丽华：1件", 4, "张*", "3"),
    ("- 张三（5）\n- 欧阳春（6）\n- 王丽华（7）", 3, "张*", "3"),
    ("5元，张三\n6元，李志强\n7元，王丽华", 4, "张*", "3"),
    ("1、张三5\n2、李志强6\n3、王丽华7", 3, "张*", "3"),
    (
        "\n".join(f"{name}{'，示例' * 25}，{number}件" for name, number in (("张三", 5), ("王丽", 6), ("李强", 7))),
        1,
        "张*",
        "3",
    ),
    (
        "\n".join(
            f"| {name} | {'示例' * 40} | {number} |" for name, number in (("张三", 5), ("李志强", 6), ("王丽华", 7))
        ),
        3,
        "张*",
        "3",
    ),
]


@pytest.mark.parametrize(("text", "column", "subject", "count"), ROWS, ids=[case[0][:20] for case in ROWS])
def test_three_rows_of_a_name_and_a_number_are_a_list_of_persons(
    text: str, column: int, subject: str, count: str
) -> None:
    (hit,) = findings_of("PRIV-ROWS", with_paragraph(text))
    assert (hit.place.column, hit.subject, hit.values, hit.level) == (column, subject, count, Level.WARNING)
    assert "志强" not in hit.message.zh + hit.message.en and f"有{count}行" in hit.message.zh


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(LIST.split("\n")[:2]),
        "1. 张三\n2. 李志强\n3. 王丽华",
        "| 地区 | 数 |\n|---|---|\n| 金华 | 1 |\n| 宁波 | 2 |\n| 武汉 | 3 |\n| 江西 | 4 |",
        "| 指标 | 数 |\n|---|---|\n| 文书 | 1 |\n| 万元 | 2 |\n| 高中 | 3 |\n| 毕业 | 4 |",
        "| 单位 | 数 |\n|---|---|\n| 石马镇 | 1 |\n| 池上镇 | 2 |\n| 商务局 | 3 |\n| 民政局 | 4 |",
        "示例" * 40 + "张三、李志强、王丽华共12人参加。",
        "1、张三\n2、李志强\n3、王丽华",
        "（1）张三\n（2）李志强\n（3）王丽华",
        "- 张三、李志强：5件\n- 王丽华：3件",
        "编号3703001990。\n\n" + "示例" * 40 + "：张三、李志强、王丽华。",
        "示例" * 40 + "：张三、李志强、王丽华，" + "示例" * 11 + "3703001990",
        "\n".join(f"{name}{'，示例' * 25}示，{number}件" for name, number in (("张三", 5), ("李强", 6), ("王丽", 7))),
    ],
)
def test_what_is_no_list_of_persons(text: str) -> None:
    assert findings_of("PRIV-ROWS", with_paragraph(text)) == []


def test_whom_to_ask_may_be_listed_in_the_preface() -> None:
    assert findings_of("PRIV-ROWS", with_preface(LIST)) == []


def test_rows_of_several_sections_are_no_list() -> None:
    first, _, rest = LIST.partition("\n")
    narrative = with_paragraph(rest).replace("件，均已答复。", f"件，均已答复。\n\n{first}", 1)
    assert findings_of("PRIV-ROWS", narrative) == []


def test_the_list_of_names_is_well_formed() -> None:
    names = shipped_words().names
    assert all(len(word) == 2 for word in names.compound) and len(names.before) == len(set(names.before)) > 5
    for characters in (names.surnames, names.given):
        assert len(characters) == len(set(characters)) and all(
            "\u4e00" <= character <= "\u9fff" for character in characters
        )
    idle = [word for word in names.unlike if word[0] not in names.surnames or not set(word[1:]) <= set(names.given)]
    assert idle == [] and len(names.unlike) == len(set(names.unlike)), (
        "a word that could not be taken for a name needs no excuse"
    )
