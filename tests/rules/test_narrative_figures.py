"""Counts in the narrative against the figures they speak of: what is found, where, and what is left alone."""

from __future__ import annotations

import pytest

from tests.example import findings, prose, tables
from tests.rules.narrative import FIGURES, LAST, ZERO, assert_reported, brief, narrative_findings, report_of, row

AGREE = [
    "2021年共收到政府信息公开申请22件，上年结转1件，办结22件，结转下年度继续办理1件。",
    "全年受理政府信息公开申请23件（含2020年结转1件）。",
    "全区共收到二十三件政府信息公开申请，按时答复20件。",
    "收到依申请公开22件，办结22件，其中予以公开15件、部分公开2件、不予公开2件、无法提供2件、不予处理1件。",
    "收到政府信息公开申请22件，其中区教育局收到申请9件。",
    "通过网络渠道收到政府信息公开申请15件。",
    "因政府信息公开引起的行政复议案件2件、行政诉讼案件4件。",
    "政府信息公开行政复议、行政诉讼共6件，其中未经复议直接起诉3件，复议后起诉1件。",
    "全年办理行政复议案件300件，行政诉讼120件。",  # a review organ's cases, none over disclosure
    "政府信息公开行政复议结果维持1件、尚未审结1件。",
    "制发行政规范性文件9件，废止规范性文件1件，现行有效行政规范性文件30件。",
    "主动公开行政规范性文件30件。",
    "在网站、《示例政府公报》等平台主动公开行政规范性文件9件。",
    "收到政府信息公开申请22件，申请数量与去年相近；答复申请22件。",
    "因政府信息公开引发的行政复议案件2件，其中维持1件；行政诉讼案件4件。",
    "收到政府信息公开申请23件，其中2020年结转至2021年的申请1件。",
    "以区政府名义制发行政规范性文件5件、以区政府办公室名义制发行政规范性文件4件。",
    "办结申请22件，其中按期答复20件、延期答复2件。",
    "2020年收到政府信息公开申请1件，2020年对申请不予处理1件。",
    "收到政府信息公开申请{{表三.部分公开.总计}}件，办结申请22件。",
    "| 收到政府信息公开申请25件 | 办结20件 |",
    "公报刊登政府规章、规范性文件等112件，部门规范性文件45件。",
    "受理12345热线36175件，办结34673件，满意率86.99%。",
    "人大建议54件、政协提案147件，均在规定时间内办结，予以公开120件。",
    "全年制发公文125件，其中主动公开100件、依申请公开20件、不予公开5件。",
    "办理行政许可申请9982件，收到补正申请3件。",
    "2020年收到政府信息公开申请17件。",
    "截至年末，自2008年以来累计收到政府信息公开申请500件。",
    "收到政府信息公开申请{{表三.本年新收.总计}}件，办结{{表三.本年新收.总计}}件。",
    "政府信息公开申请的渠道包括当面、邮寄、网络3种。",
    "收到申请22件，其中2019年结转申请3件。",  # not of the year before
    "收到申请22件，其中5件已结转至2019年。",
    "收到政府信息公开申请22件。另有不动产登记300件，已办结280件。",
    "收到政府信息公开申请22件，已按时答复20件。",
    "健全政府信息公开行政诉讼3项制度。",
    "对申请不同意公开2件，部分予以公开2件。",
    "对网上申请予以公开5件，网上申请答复5件。",
    "### 依申请公开\n\n职称申报结果予以公开16件。",
    "收到政府信息公开申请一百二件，政府信息公开申请受理.5件。",
    "收到政府信息公开申请,25件。",
    "收到政府信息公开申请20余件，办结申请20多件。",
    "收到政府信息公开申请近20件，受理政府信息公开申请近十件，受理政府信息公开申请约20件，接收政府信息公开申请逾20件。",
    "收到政府信息公开申请超20件，受理政府信息公开申请超过20件，接收政府信息公开申请不足20件，受理政府信息公开申请不到20件。",
    "收到政府信息公开申请上万件，受理政府信息公开申请数百件，接收政府信息公开申请近千件，接到政府信息公开申请上亿件。",
    "依据2019年修订的《条例》，收到政府信息公开申请22件。",
    "《条例》2019年5月15日起施行，收到政府信息公开申请{{表三.本年新收.总计}}件。",
    "落实《2020年政务公开工作要点》，收到政府信息公开申请22件。",
    "2019年以来首次收到政府信息公开申请22件。",
    "对申请未予以公开2件，未同意公开2件。",
    "近20件申请结转下年度继续办理。",
    "几十件申请结转下年度继续办理。",
    "收到政府信息公开申请数十件，受理政府信息公开申请几十件。",
    "政府信息公开行政诉讼未经行政复议直接起诉3件，行政诉讼中复议后起诉1件。",
    "收到了一项政府信息公开申请。",
    "2019年收到的申请，2020年答复申请1件。",
    "收到政府信息公开申请22件，区教育局收到政府信息公开申请9件。",
    "全年办理行政复议案件12件，其中信息公开类2件。",
    "收到申请22件、上年结转1件，收到申请22件和上年结转1件。",
    "收到政府信息公开申请22件，办结22件、结转下年度1件，办结22件并结转下年度1件。",
    "区司法局办理行政复议案件56件，涉政府信息公开2件。",
    "受理群众申请30件，其中政府信息公开申请22件。",
]


@pytest.mark.parametrize("sentence", AGREE)
def test_counts_that_agree_or_speak_of_other_things_are_left_alone(sentence: str) -> None:
    assert brief(narrative_findings(sentence)) == []


DIFFER = [
    ("共收到政府信息公开申请25件。", "NAR-NEW", "收到政府信息公开申请25件", "25≠22", "25件"),
    ("全区收到二十五件政府信息公开申请。", "NAR-NEW", "收到二十五件", "25≠22", "二十五"),
    ("收到申请22件，上年结转申请3件。", "NAR-CARRYIN", "上年结转申请3件", "3≠1", "3件"),
    ("收到申请22件，其中2020年结转申请3件。", "NAR-CARRYIN", "2020年结转申请3件", "3≠1", "3件"),
    ("收到申请22件，5件结转下年度继续办理。", "NAR-CARRYOUT", "5件", "5≠1", "5件"),
    ("收到申请22件，结转至2022年办理5件。", "NAR-CARRYOUT", "结转至2022年办理5件", "5≠1", "5件"),
    ("收到政府信息公开申请22件，办结20件。", "NAR-DONE", "办结20件", "20≠22", "20件"),
    ("收到政府信息公开申请22件，按时答复24件。", "NAR-DONE", "按时答复24件", "24≠22", "24件"),
    ("对申请予以公开16件。", "NAR-OPEN", "予以公开16件", "16≠15", "16件"),
    ("对申请予以公开及部分公开16件。", "NAR-OPEN", "予以公开及部分公开16件", "16≠17", "16件"),
    ("对申请部分公开3件。", "NAR-PART", "部分公开3件", "3≠2", "3件"),
    ("对申请不予公开的1件。", "NAR-DENY", "不予公开的1件", "1≠2", "1件"),
    ("申请中因本机关不掌握等原因无法提供1件。", "NAR-NONE", "无法提供1件", "1≠2", "1件"),
    ("申请中不予处理4件。", "NAR-REJ", "不予处理4件", "4≠1", "4件"),
    ("申请中其他处理4件。", "NAR-OTHER", "其他处理4件", "4≠0", "4件"),
    ("政府信息公开行政复议3件。", "NAR-REVIEW", "行政复议3件", "3≠2", "3件"),
    ("政府信息公开行政诉讼3件。", "NAR-SUIT", "行政诉讼3件", "3≠4", "3件"),
    ("政府信息公开行政复议和行政诉讼案件共9件。", "NAR-SUIT", "行政复议和行政诉讼案件共9件", "9≠6", "9件"),
    ("现行有效行政规范性文件39件。", "NAR-DOCS", "现行有效行政规范性文件39件", "39≠30", "39件"),
    ("在网站、《示例政府公报》等平台主动公开行政规范性文件8件。", "NAR-DOCS", "公开行政规范性文件8件", "8≠9", "8件"),
    ("现行有效行政规范性文件30件，制发的规范性文件10件。", "NAR-DOCS", "制发的规范性文件10件", "10≠9", "10件"),
    ("制定出台行政规范性文件8件。", "NAR-DOCS", "制定出台行政规范性文件8件", "8≠9", "8件"),
    ("2020年收到政府信息公开申请22件。", "NAR-YEAR", "收到政府信息公开申请22件", "2020", "22件"),
    (
        "收到政府信息公开申请25件，其中网上申请15件，信函申请10件。",
        "NAR-NEW",
        "收到政府信息公开申请25件",
        "25≠22",
        "25件",
    ),
    ("收到政府信息公开申22件，收到政府信息公开申25件。", "NAR-NEW", "收到政府信息公开申25件", "25≠22", "25件"),
    ("制发规章3件。", "NAR-DOCS", "制发规章3件", "3≠0", "3件"),
    ("收到2021年度政府信息公开申请25件。", "NAR-NEW", "收到2021年度政府信息公开申请25件", "25≠22", "25件"),
    ("2020年开通网上申请，2021年收到政府信息公开申请25件。", "NAR-NEW", "收到政府信息公开申请25件", "25≠22", "25件"),
    (
        "落实《2020年政务公开工作要点》，收到政府信息公开申请25件。",
        "NAR-NEW",
        "收到政府信息公开申请25件",
        "25≠22",
        "25件",
    ),
    ("收到2020年度政府信息公开申请22件。", "NAR-YEAR", "收到2020年度政府信息公开申请22件", "2020", "22件"),
    ("2020年收到政府信息公开申请{{表三.本年新收.总计}}件。", "NAR-YEAR", "收到政府信息公开申请22件", "2020", "{{"),
    (
        "2021年改版，2020年收到政府信息公开申请{{表三.本年新收.总计}}件。",
        "NAR-YEAR",
        "收到政府信息公开申请22件",
        "2020",
        "{{",
    ),
    (
        "办结申请{{表三.本年新收.总计}}件，收到政府信息公开申请25件。",
        "NAR-NEW",
        "收到政府信息公开申请25件",
        "25≠22",
        "25件",
    ),
    (
        "收到依照《条例》第二十条提出的政府信息公开申请25件。",
        "NAR-NEW",
        "收到依照《条例》第二十条提出的政府信息公开申请25件",
        "25≠22",
        "25件",
    ),
    ("收到一个单位提出的政府信息公开申请25件。", "NAR-NEW", "收到一个单位提出的政府信息公开申请25件", "25≠22", "25件"),
    ("收到政府信息公开申请一件。", "NAR-NEW", "收到政府信息公开申请一件", "1≠22", "一件"),
    ("收到政府信息公开申请一份。", "NAR-NEW", "收到政府信息公开申请一份", "1≠22", "一份"),
    ("5件申请结转下年度继续办理。", "NAR-CARRYOUT", "5件", "5≠1", "5件"),
    ("收到政府信息公开申请十件。", "NAR-NEW", "收到政府信息公开申请十件", "10≠22", "十件"),
    ("收到政府信息公开申请２５件。", "NAR-NEW", "收到政府信息公开申请２５件", "25≠22", "２５"),
    ("不断完善办理行政复议，收到政府信息公开申请25件。", "NAR-NEW", "收到政府信息公开申请25件", "25≠22", "25件"),
    ("制度健全，办理行政复议，收到政府信息公开申请25件。", "NAR-NEW", "收到政府信息公开申请25件", "25≠22", "25件"),
    ("依法办理、（及时收到政府信息公开申请25件）。", "NAR-NEW", "收到政府信息公开申请25件", "25≠22", "25件"),
    ("依法办理、(及时收到政府信息公开申请25件)。", "NAR-NEW", "收到政府信息公开申请25件", "25≠22", "25件"),
    ("在门户网站主动公开行政规范性文件8件。", "NAR-DOCS", "公开行政规范性文件8件", "8≠9", "8件"),
    ("对申请不同意公开3件。", "NAR-DENY", "不同意公开3件", "3≠2", "3件"),
    ("对申请同意公开16件。", "NAR-OPEN", "同意公开16件", "16≠15", "16件"),
    ("对申请部分予以公开3件。", "NAR-PART", "部分予以公开3件", "3≠2", "3件"),
    ("对申请予以公开的信息和部分公开的信息16件。", "NAR-PART", "部分公开的信息16件", "16≠2", "16件"),
    ("政府信息公开行政诉讼未经行政复议直接起诉5件。", "NAR-SUIT", "行政诉讼未经行政复议直接起诉5件", "5≠3", "5件"),
    ("政府信息公开案件行政复议后起诉5件。", "NAR-SUIT", "行政复议后起诉5件", "5≠1", "5件"),
    ("### （三）政府信息公开情况\n\n行政诉讼3件。", "NAR-SUIT", "行政诉讼3件", "3≠4", "3件"),
    ("### 政府信息公开情况\n\n| 案件 | 件数 |\n\n行政诉讼3件。", "NAR-SUIT", "行政诉讼3件", "3≠4", "3件"),
    (
        "收到政府信息公开申请22件。区教育局收到政府信息公开申请9件。",
        "NAR-NEW",
        "收到政府信息公开申请9件",
        "9≠22",
        "9件",
    ),
    ("现行有效规范性文件30件，废止规范性文件5件。", "NAR-DOCS", "废止规范性文件5件", "5≠1", "5件"),
    (
        "政府信息公开网上申请15件，信函申请6件，共收到政府信息公开申请21件。",
        "NAR-NEW",
        "收到政府信息公开申请21件",
        "21≠22",
        "21件",
    ),
    ("收到申请22件， 5件结转下年度继续办理。", "NAR-CARRYOUT", "5件", "5≠1", "5件"),
    (
        "全年（含上门）工作有序，收到（含结转）政府信息公开申请25件。",
        "NAR-NEW",
        "收到（含结转）政府信息公开申请25件",
        "25≠22",
        "25件",
    ),
    ("收到(含结转)政府信息公开申请25件。", "NAR-NEW", "收到(含结转)政府信息公开申请25件", "25≠22", "25件"),
    ("全年（1月至12月）收到政府信息公开申请25件。", "NAR-NEW", "收到政府信息公开申请25件", "25≠22", "25件"),
    ("全年(1月至12月)收到政府信息公开申请25件。", "NAR-NEW", "收到政府信息公开申请25件", "25≠22", "25件"),
    (
        "全年（上半年）（下半年）收到政府信息公开申请（来函）（来人）25件。",
        "NAR-NEW",
        "收到政府信息公开申请（来函）（来人）25件",
        "25≠22",
        "25件",
    ),
    (
        "收到政府信息公开申请（含来函，来人）25件。",
        "NAR-NEW",
        "收到政府信息公开申请（含来函，来人）25件",
        "25≠22",
        "25件",
    ),
]


@pytest.mark.parametrize(
    ("sentence", "rule", "subject", "values", "at"), DIFFER, ids=[f"{case[1]} {case[2]}" for case in DIFFER]
)
def test_a_count_that_differs_is_found_where_it_stands(
    sentence: str, rule: str, subject: str, values: str, at: str
) -> None:
    assert_reported(sentence, rule, subject, values, at)


BLANKS: dict[str, list[object]] = {**FIGURES, "表三_予以公开": [10, 5, "~", "~", "~", "~", "~"]}
MESSAGES: list[tuple[str, dict[str, list[object]], str, str]] = [
    (
        "对申请不予公开0件。",
        FIGURES,
        "正文写“不予公开0件”，表中“不予公开”是2。请核对，改正文或改表；正文写成{{合计 表三.不予公开}}就不会再不一致",
        "the narrative says “不予公开0件”, the table gives “denied” 2; check both, or bind it: {{合计 表三.不予公开}}",
    ),
    (
        "对申请予以公开及部分公开15件。",
        FIGURES,
        "正文写“予以公开及部分公开15件”，表中“予以公开 + 部分公开”是17（15 + 2）；"
        "15只是其中的“表三.予以公开.总计”。"
        "请核对，改正文或改表；正文写成{{表三.予以公开.总计 + 表三.部分公开.总计}}就不会再不一致",
        "the narrative says “予以公开及部分公开15件”, the table gives “disclosed + partly disclosed” 17; "
        "“表三.予以公开.总计” alone has that value; check both, "
        "or bind it: {{表三.予以公开.总计 + 表三.部分公开.总计}}",
    ),
    (
        "政府信息公开行政诉讼5件。",
        FIGURES,
        "正文写“行政诉讼5件”，表中“行政诉讼总计”是4。"
        "请核对，改正文或改表；正文写成{{表四.未经复议直接起诉.总计 + 表四.复议后起诉.总计}}就不会再不一致",
        "the narrative says “行政诉讼5件”, the table gives “lawsuits” 4; "
        "check both, or bind it: {{表四.未经复议直接起诉.总计 + 表四.复议后起诉.总计}}",
    ),
    (
        "申请中其他处理4件。",
        FIGURES,
        "正文写“其他处理4件”，表中“其他处理”是0。请核对，改正文或改表；正文写成{{合计 表三.其他处理}}就不会再不一致",
        "the narrative says “其他处理4件”, the table gives “other” 0; check both, or bind it: {{合计 表三.其他处理}}",
    ),
    (
        "收到政府信息公开申请25件。",
        FIGURES,
        "正文写“收到政府信息公开申请25件”，表中“本年新收”是22，“本年新收 + 上年结转”是23，“办理总计 + 结转下年度”是23。"
        "请核对，改正文或改表；正文写成{{表三.本年新收.总计}}就不会再不一致",
        "the narrative says “收到政府信息公开申请25件”, the table gives “newly received” 22; "
        "check both, or bind it: {{表三.本年新收.总计}}",
    ),
    (
        "对申请予以公开及部分公开16件。",
        FIGURES,
        "正文写“予以公开及部分公开16件”，表中“予以公开 + 部分公开”是17（15 + 2）。"
        "请核对，改正文或改表；正文写成{{表三.予以公开.总计 + 表三.部分公开.总计}}就不会再不一致",
        "the narrative says “予以公开及部分公开16件”, the table gives “disclosed + partly disclosed” 17; "
        "check both, or bind it: {{表三.予以公开.总计 + 表三.部分公开.总计}}",
    ),
    (
        "对申请不予公开的1件。",
        FIGURES,
        "正文写“不予公开的1件”，表中“不予公开”是2；1只是其中的“表三.属于国家秘密.总计”。"
        "请核对，改正文或改表；正文写成{{合计 表三.不予公开}}就不会再不一致",
        "the narrative says “不予公开的1件”, the table gives “denied” 2; "
        "“表三.属于国家秘密.总计” alone has that value; check both, or bind it: {{合计 表三.不予公开}}",
    ),
    (
        "对申请予以公开14件。",
        BLANKS,
        "正文写“予以公开14件”，表中“予以公开”至少是15，表中空白格未计。请核对，改正文或改表",
        "the narrative says “予以公开14件”, the table gives “disclosed” at least 15, blank cells not counted; "
        "check both",
    ),
]


@pytest.mark.parametrize(("sentence", "rows", "zh", "en"), MESSAGES, ids=[case[0] for case in MESSAGES])
def test_the_message_gives_both_figures_and_the_placeholder_that_would_end_it(
    sentence: str, rows: dict[str, list[object]], zh: str, en: str
) -> None:
    (finding,) = narrative_findings(sentence, 2021, None, **rows)
    assert (finding.message.zh, finding.message.en) == (zh, en)


def test_the_cells_a_number_speaks_of_are_named() -> None:
    (finding,) = narrative_findings("对申请予以公开及部分公开16件。")
    assert [cell.row[-1][:7] for cell in finding.cells] == ["（一）予以公开", "（二）部分公开"]
    lines = tables(2021, "shili", **FIGURES).split("\n")
    places = [(place.file, lines[place.line - 1].split(":")[0].strip(), place.column) for place in finding.related]
    assert places == [("2021/shili/tables.yaml", "予以公开", 29), ("2021/shili/tables.yaml", "部分公开", 28)]


def test_blanks_leave_a_sum_open_upwards_and_never_count_as_nothing() -> None:
    """Row 予以公开: total blank, cells 10 and 5 filled in: 15 at least."""
    assert [f.values for f in narrative_findings("对申请予以公开14件。", 2021, None, **BLANKS)] == ["14≠15"]
    assert narrative_findings("对申请予以公开15件。", 2021, None, **BLANKS) == []
    assert narrative_findings("对申请予以公开40件。", 2021, None, **BLANKS) == [], "cannot tell: a blank operand"
    both: dict[str, list[object]] = {**BLANKS, "表三_部分公开": [2, 0, 0, 0, 0, 0, "~"]}
    assert narrative_findings("对申请予以公开及部分公开40件。", 2021, None, **both) == [], (
        "one blank cannot tell, the other can"
    )
    in_force: dict[str, list[object]] = {**FIGURES, "表二_行政规范性文件": [9, 1, "~"]}
    assert narrative_findings("现行有效行政规范性文件39件。", 2021, None, **in_force) == []
    open_answers: dict[str, list[object]] = {**FIGURES, "表三_总计": ["~"] * 7}
    assert narrative_findings("收到政府信息公开申请22件，按时答复40件。", 2021, None, **open_answers) == []
    blanks: dict[str, list[object]] = {
        **FIGURES,
        "表三_本机关不掌握": [5, "~", 0, 0, 0, 0, "~"],
        "表三_没有现成信息": row(4),
    }
    (part,) = narrative_findings("申请中无法提供5件。", 2021, None, **blanks)
    assert part.values == "5≠9" and "5只是其中的“表三.本机关不掌握.总计”" in part.message.zh
    full_row: dict[str, list[object]] = {**FIGURES, "表三_上年结转": [1, 0, 0, 0, 0, 0, "~"]}
    (finding,) = narrative_findings("收到政府信息公开申请24件。", 2021, None, **full_row)
    assert finding.values == "24≠22" and "“本年新收 + 上年结转”是23" in finding.message.zh, (
        "a full row says what its blank total is"
    )


def test_a_finding_on_words_is_accepted_by_its_words_and_figures() -> None:
    accepted = "接受:\n  - {规则: NAR-NEW, 位置: [收到政府信息公开申请25件], 值: 25≠22, 原因: 示例：原文如此}\n"
    narrative = prose(2021) + "\n收到政府信息公开申请25件。\n"
    text = tables(2021, "shili", **FIGURES)
    (finding,) = [f for f in findings(2021, text + accepted, narrative) if f.rule.startswith(("NAR-NEW", "ACC"))]
    assert finding.accepted == "示例：原文如此"
    other = tables(2021, "shili", **{**FIGURES, "表三_本年新收": row(21)})
    assert "ACC-LAPSED" in [f.rule for f in findings(2021, other + accepted, narrative)]


def test_the_year_left_from_last_year_is_found_unless_last_year_had_the_same() -> None:
    sentence = "2020年收到政府信息公开申请22件。"
    assert [f.rule for f in narrative_findings(sentence, previous=LAST)] == ["NAR-YEAR"]
    same = report_of(表三_本年新收=row(22), 表三_予以公开=row(22), 表三_总计=row(22))
    assert narrative_findings(sentence, previous=same) == []
    assert [f.rule for f in narrative_findings("2019年收到政府信息公开申请22件。", previous=same)] == ["NAR-YEAR"], (
        "not the year of last year's report"
    )


def test_a_small_number_is_the_same_by_chance_unless_last_year_shows_otherwise() -> None:
    sentence = "2020年收到政府信息公开申请{}件。"
    for number, rules in ((10, ["NAR-YEAR"]), (9, [])):
        received: dict[str, list[object]] = {
            "表三_本年新收": row(number),
            "表三_予以公开": row(number),
            "表三_总计": row(number),
        }
        assert [f.rule for f in narrative_findings(sentence.format(number), 2021, None, **received)] == rules
        assert [f.rule for f in narrative_findings(sentence.format(number), 2021, LAST, **received)] == ["NAR-YEAR"]
    assert narrative_findings(sentence.format(0), 2021, LAST, **ZERO) == [], "nothing is the same as nothing by chance"
    other_form = report_of(2018)  # has no such figure
    assert (
        narrative_findings(
            "2018年申请中无法提供5件。",
            2019,
            other_form,
            表三_本机关不掌握=row(5),
            表三_总计=row(8),
            表三_本年新收=row(8),
        )
        == []
    )


def test_a_missing_table_is_not_held_against_the_narrative() -> None:
    text = "".join(tables(2021, "shili", **FIGURES).partition("表四:")[:1])
    assert [
        f
        for f in findings(2021, text, prose(2021) + "\n政府信息公开行政复议3件，均获维持。\n")
        if f.rule.startswith("NAR-")
    ] == []
