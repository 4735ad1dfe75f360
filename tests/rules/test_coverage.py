"""What the narrative must cover, each once present and once missing, at the line of its section."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.collection.context import Context
from generator.finding import Level
from generator.report.entry import LoadedReport
from generator.rules.runner import check_entry
from tests.example import MORE, SETTINGS, entry, findings, prose
from tests.rules.words import findings_of

OVERVIEW, PROBLEMS = MORE["总体情况"], MORE["问题"]
BODY = "收到申请{{表三.本年新收.总计}}件，均已答复。"  # stands behind them in the example
Hit = tuple[str, Level, str, int, int]


def written(overview: str = OVERVIEW, problems: str = PROBLEMS, year: int = 2021) -> str:
    """Writes the example with these words, and no others, in both sections."""
    return prose(year).replace(OVERVIEW + BODY, overview).replace(PROBLEMS + BODY, problems)


def hits(
    rule: str, narrative: str, year: int = 2021, previous: LoadedReport | None = None, **options: str
) -> list[Hit]:
    """Returns (subject, level, message, line, column) of each finding of a rule."""
    return [
        (f.subject, f.level, f.message.zh, f.place.line, f.place.column)
        for f in findings_of(rule, narrative, None, year, previous, **options)
    ]


def line_of(start: str, narrative: str) -> int:
    return next(number for number, line in enumerate(narrative.split("\n"), 1) if line.startswith(start))


# ---------------------------------------------------------------- the overview

BRIEFLY = {
    "主动公开": "主动公开信息。",
    "依申请公开": "办理申请。",
    "政府信息管理": "逐件审查。",
    "平台建设": "办好网站。",
    "监督保障": "开展考核。",
}
TOLD = [
    ("主动公开", ["主动公开信息300条。", "主动向社会公开信息300条。"]),
    ("依申请公开", ["收到申请3件。"]),
    ("政府信息管理", ["完善信息管理制度。", "先审查后发布。", "文稿逐级审核。", "清理规范性文件。", "公文标明属性。"]),
    ("平台建设", ["平台改版。", "网站改版。", "用好新媒体。", "公众号发文30篇。", "开设专栏。"]),
    ("监督保障", ["接受群众监督。", "纳入年度考核。", "培训干部。", "经费有保障。", "开展社会评议。", "每季检查。"]),
]


@pytest.mark.parametrize(
    ("topic", "sentence"), [(topic, sentence) for topic, sentences in TOLD for sentence in sentences]
)
def test_the_overview_speaks_of_five_matters(topic: str, sentence: str) -> None:
    others = "".join(words for name, words in BRIEFLY.items() if name != topic)
    assert hits("NAR-SEC1-COV", written(others)) == [(topic, Level.WARNING, f"总体情况没有说到：{topic}；请补写", 3, 1)]
    assert hits("NAR-SEC1-COV", written(others + sentence)) == []


def test_all_that_the_overview_lacks_is_reported_at_once() -> None:
    lacking = "依申请公开、政府信息管理、平台建设"
    assert hits("NAR-SEC1-COV", written("主动公开，接受监督。")) == [
        (lacking, Level.WARNING, f"总体情况没有说到：{lacking}；请补写", 3, 1)
    ]
    assert hits("NAR-SEC1-COV", written("")) == [], "an empty section is another rule's affair"


# ---------------------------------------------------------------- problems and improvements

FILL = "示例文字" * 15  # 60 characters
SAID = [
    (PROBLEMS, ""),
    ("", "空：没有内容"),
    *[(words, "空：没有内容") for words in ("无", "无。", "暂无．", "没有.", "不存在。", "不存在问题。")],
    ("无重大问题，将加强公开。", "太短：只有12字，太短"),
    ("问题 将改" + FILL[:55], "太短：只有59字，太短"),
    ("问题 将改" + FILL[:56], ""),
    (FILL, "问题：没有说存在的问题"),
    (FILL + "改进措施是加强培训", "问题：没有说存在的问题"),
    *[
        (FILL + words, "改进：没有说改进情况或措施")
        for words in ["问题", "不足", "差距", "薄弱", "短板", "不够", "有待", "困难"]
    ],
    *[
        (FILL + "不足" + words, "")
        for words in ["改进", "措施", "下一步", "整改", "加强", "提升", "完善", "今后", "将"]
    ],
]
TITLE = "五、存在的主要问题及改进情况"


@pytest.mark.parametrize(("words", "expected"), SAID)
def test_problems_and_improvements(words: str, expected: str) -> None:
    narrative = written(problems=words)
    subject, _, zh = expected.partition("：")
    reported = [(subject, Level.WARNING, f"“{TITLE}”{zh}，请补写", line_of("## 五", narrative), 1)] if expected else []
    assert hits("NAR-SEC5", narrative) == reported


@pytest.mark.parametrize(
    ("words", "en"),
    [
        ("", "is empty"),
        ("不足", "has only 2 characters"),
        (FILL, "names no problem"),
        (FILL + "不足", "names no improvement"),
    ],
)
def test_they_are_asked_for_in_english(words: str, en: str) -> None:
    assert [f.message.en for f in findings_of("NAR-SEC5", written(problems=words))] == [
        f"the section on problems {en}; please complete it"
    ]


# ---------------------------------------------------------------- where the sections are

PLACES = [
    ("## 五、工作不足和改进措施", "“五、工作不足和改进措施”只有2字，太短，请补写"),  # by its place
    ("## 九、问题及改进", "“九、问题及改进”只有2字，太短，请补写"),
    ("## 5.其他需要报告的事项", ""),  # the section is not there, and another has its place
    ("", ""),
]


@pytest.mark.parametrize(("title", "expected"), PLACES)
def test_a_section_under_another_title(title: str, expected: str) -> None:
    narrative = written(problems="示例").replace(f"## {TITLE}", title)
    narrative = narrative if title else narrative.partition("## 六")[0]
    reported = [("太短", Level.WARNING, expected, line_of(title, narrative), 1)] if expected else []
    assert hits("NAR-SEC5", narrative) == reported


def test_several_sections_under_other_titles() -> None:
    narrative = (
        written(problems="示例").replace("一、总体情况", "一、基本情况").replace(TITLE, "五、工作不足和改进措施")
    )
    assert [hit[2:] for hit in hits("NAR-SEC5", narrative)] == [
        ("“五、工作不足和改进措施”只有2字，太短，请补写", line_of("## 五", narrative), 1)
    ]


def test_the_first_section_is_the_overview_whatever_its_title() -> None:
    assert hits("NAR-SEC1-COV", written("办理申请。").replace("一、总体情况", "一、基本情况")) != []
    assert hits("NAR-SEC1-COV", written("办理申请。").replace("一、总体情况", "一、主动公开政府信息情况")) == []
    assert hits("NAR-SEC1-COV", "示例引言。\n") == [] == hits("NAR-SEC5", "示例引言。\n")


@pytest.mark.parametrize("rule", ["NAR-SEC1-COV", "NAR-SEC5", "NAR-GOV50"])
@pytest.mark.parametrize(("year", "asked"), [(2018, False), (2019, True), (2020, True), (2021, True)])
def test_the_law_asks_for_it_since_2019(rule: str, year: int, asked: bool) -> None:
    plain = "示例引言。\n\n## 一、总体情况\n\n示例。\n\n## 二、问题\n\n示例。\n"
    assert bool(hits(rule, plain, year)) is asked


# ---------------------------------------------------------------- last year's problems

NAMED = "存在问题：一是政策解读形式单一；二是基层人员力量薄弱。改进情况：一是加强年度示例培训。" + FILL
SINCE = [
    (NAMED, "一是示例事项办理时限偏长；二是示例栏目更新迟缓。改进情况：要完善。", "政策解读形式单一"),
    (NAMED, "存在问题：一是示例栏目更新迟缓。改进情况：丰富了政策解读。", ""),  # four characters of one are enough
    (NAMED, "丰富了政策说明，基层人手增加，质量薄弱的不多。", "政策解读形式单一"),  # three are not
    (NAMED, "充实了人员力量。", ""),
    (NAMED, "改变了形式单一的状况。", ""),
    (
        "存在问题：一是有待提高，专栏太少。",
        "丰富了内容，仍有待提高。",
        "有待提高，专栏太少",
    ),  # usual words are no mention; quoted with them
    ("存在问题：一是有待提高，专栏太少。", "专栏太少的状况好转。", ""),
    ("存在问题：一是政府信息公开平台不足；二是更新不够及时。", "", ""),  # nothing of four characters is named
    ("存在问题：一是工作需要进一步提升，专栏少。", "专栏增加。", ""),
    ("改进情况：一是制定示例细则三项。", "", ""),
    ("存在问题：一是有待进一步提高完善；二是政策解读形式单一。", "一是示例栏目更新迟缓。", "政策解读形式单一"),
]


@pytest.mark.parametrize(("before", "words", "problem"), SINCE)
def test_what_became_of_last_years_problems(before: str, words: str, problem: str) -> None:
    last, _ = entry(2020, None, written(problems=before, year=2020))
    now = written(problems=words + FILL)
    message = f"上一年报告说的问题（如“{problem}”）本年没有再提到；请交代改进情况"
    assert hits("NAR-ANSWER", now, 2021, last) == (
        [("2020年的问题", Level.NOTE, message, line_of("## 五", now), 1)] if problem else []
    )


def test_nobody_is_asked_without_last_years_report_or_this_years_section() -> None:
    before, _ = entry(2020, None, written(problems=NAMED, year=2020))
    assert hits("NAR-ANSWER", written(problems=FILL), 2021, before) != []
    assert hits("NAR-ANSWER", written(problems=FILL)) == []
    assert hits("NAR-ANSWER", written(problems=FILL).partition("## 五")[0], 2021, before) == []


@pytest.mark.parametrize(("year", "asked"), [(2019, False), (2020, True)])
def test_problems_are_to_be_answered_since_2020(year: int, asked: bool) -> None:
    before, _ = entry(year - 1, None, f"## 一、问题\n\n{NAMED}\n")
    assert bool(hits("NAR-ANSWER", written(problems=FILL, year=year), year, before)) is asked


# ---------------------------------------------------------------- governments, length

REVIEWED = [
    ("考核评议问责。", ""),
    ("年终考评，社会评议，追究责任。", ""),
    ("考核、评议，没有追责。", ""),
    ("评议问责。", "工作考核"),
    ("考核问责。", "社会评议"),
    ("考核评议。", "责任追究结果"),
    ("示例。", "工作考核、社会评议、责任追究结果"),
]


@pytest.mark.parametrize(("words", "lacking"), REVIEWED)
def test_a_government_reports_assessment_review_and_accountability(words: str, lacking: str) -> None:
    message = f"政府的年度报告还应说到：{lacking}（《条例》第五十条第（四）项）；没有的也请写明"
    assert hits("NAR-GOV50", written(words)) == ([(lacking, Level.WARNING, message, 3, 1)] if lacking else [])
    assert [hit[3:] for hit in hits("NAR-GOV50", words)] == ([(0, 0)] if lacking else []), (
        "without sections, no line is to blame"
    )


def test_a_department_need_not() -> None:
    report, _ = entry(2021, None, written(""))
    assert report is not None
    organs = {organ.id: organ for organ in SETTINGS.organs}
    for organ, asked in (("shili", True), ("yizhen", True), ("jiaju", False), ("unknown", False)):
        of_organ = replace(report, ref=report.ref._replace(organ=organ))
        assert bool([f for f in check_entry(of_organ, Context(organs=organs)) if f.rule == "NAR-GOV50"]) is asked


@pytest.mark.parametrize(
    ("limit", "reported"),
    [
        ("", False),
        ("无", False),
        ("nan", False),
        ("0", False),
        ("-1", False),
        ("1", True),
        ("19", True),
        ("20", False),
        ("21", False),
    ],
)
def test_length_where_a_limit_is_set(limit: str, reported: bool) -> None:
    message = f"总体情况有20字，超过规定的{limit}字；请压缩"
    narrative = written("示例文字 " * 4 + "　示例文字\n")  # blanks and line ends do not count
    assert hits("NAR-LEN", narrative, 总体情况字数=limit) == (
        [("总体情况", Level.NOTE, message, 3, 1)] if reported else []
    )
    assert [f.values for f in findings_of("NAR-LEN", narrative, 总体情况字数=limit)] == ["20"] * reported
    assert hits("NAR-LEN", "示例引言。", 总体情况字数=limit) == []


def test_no_length_is_asked_for_unless_set() -> None:
    assert [f for f in findings() if f.rule == "NAR-LEN"] == []


def test_a_prompt_that_new_wrote_is_not_told_as_a_short_text() -> None:
    """LEAK-TEMPLATE says that the prompt is still there; how long it is says nothing."""
    narrative = (
        prose(2021).partition("## 五、")[0] + "## 五、存在的主要问题及改进情况\n\n【待填写】既写问题又写改进。\n"
    )
    assert findings_of("NAR-SEC5", narrative) == []
    (told,) = findings_of("LEAK-TEMPLATE", narrative)
    assert "还没有写" in told.message.zh and "范文" not in told.message.zh
