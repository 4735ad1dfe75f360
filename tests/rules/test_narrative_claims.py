"""The narrative's numbers against the tables: what is found, where, and what is rightly left alone. 示例 figures."""

from __future__ import annotations

import re
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.collection.context import Context
from generator.finding import Finding, Level
from generator.narrative.plain_text import passages
from generator.report.entry import Files, LoadedReport, ReportRef, read_entry
from generator.rules import narrative_claims
from generator.rules.narrative_shares import near, trend
from generator.rules.rule import Rule
from generator.wordlists import figure_patterns
from generator.wordlists.office_patterns import PatternSource
from tests.example import FORMS, findings, prose, tables


def row(count: int) -> list[object]:
    return [count, 0, 0, 0, 0, 0, count]


FIGURES: dict[str, list[object]] = {
    "表三_本年新收": row(22),
    "表三_上年结转": row(1),
    "表三_予以公开": row(15),
    "表三_部分公开": row(2),
    "表三_属于国家秘密": row(1),
    "表三_属于行政执法案卷": row(1),
    "表三_本机关不掌握": row(2),
    "表三_重复申请": row(1),
    "表三_总计": row(22),
    "表三_结转下年度": row(1),
    "表四_件数": [1, 0, 0, 1, 2, 2, 1, 0, 0, 3, 1, 0, 0, 0, 1],
    "表二_行政规范性文件": [9, 1, 30],
}
ZERO: dict[str, list[object]] = {"表三_本年新收": row(0), "表三_予以公开": row(0), "表三_总计": row(0)}


def found(sentence: str, year: int = 2021, previous: LoadedReport | None = None, **rows: list[object]) -> list[Finding]:
    """What the narrative's rules find in one sentence added to a consistent report."""
    text = tables(year, "shili", **(rows or FIGURES))
    everything = findings(year, text, prose(year) + f"\n{sentence}\n", previous=previous)
    assert [f.message.zh for f in everything if f.rule == "BUG"] == []
    # prose() itself says 收到申请{{…}}件，均已答复
    return [f for f in everything if f.rule.startswith("NAR-") and f.rule != "NAR-REV"]


def brief(items: list[Finding]) -> list[tuple[str, str, str]]:
    return [(f.rule, f.subject, f.values) for f in items]


AGREE = [
    "2021年共收到政府信息公开申请22件，上年结转1件，办结22件，结转下年度继续办理1件。",
    "全年受理政府信息公开申请23件（含2020年结转1件）。",
    "全区共收到二十三件政府信息公开申请，按时答复20件。",
    "收到依申请公开22件，办结22件，其中予以公开15件、部分公开2件、不予公开2件、无法提供2件、不予处理1件。",
    "答复申请22件（另有1件申请按照《条例》顺延到下年度答复），予以公开及部分公开17件，占77.27%。",
    "收到申请22件，予以公开15件，占68.2%；不予公开的2件，占9%。",
    "收到政府信息公开申请22件，其中网上申请15件，信函申请7件。",
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
    "收到申请22件，其中自然人20件、网上15件、信函5件。",
    "收到政府信息公开申请23件，其中2020年结转至2021年的申请1件。",
    "对申请予以公开15件、部分公开2件，占比分别为68.18%、9.09%。",
    "以区政府名义制发行政规范性文件5件、以区政府办公室名义制发行政规范性文件4件。",
    "办结申请22件，其中按期答复20件、延期答复2件。",
    "未发生因答复超期引发的政府信息公开行政复议案件。",
    "未收到外省转来的政府信息公开申请，未收到法人提出的政府信息公开申请。",
    "政府信息公开行政复议和行政诉讼均依法应诉。",
    "2020年收到政府信息公开申请1件，2020年对申请不予处理1件。",
    "申请公开指南可查阅。办事材料网上15件，邮寄5件。",
    "收到政府信息公开申请{{表三.部分公开.总计}}件，办结申请22件。",
    "未收到政府信息公开申请的补正材料。",
    "| 收到政府信息公开申请25件 | 办结20件 |",
    "公报刊登政府规章、规范性文件等112件，部门规范性文件45件。",
    "受理12345热线36175件，办结34673件，满意率86.99%。",
    "人大建议54件、政协提案147件，均在规定时间内办结，予以公开120件。",
    "全年制发公文125件，其中主动公开100件、依申请公开20件、不予公开5件。",
    "办理行政许可申请9982件，收到补正申请3件。",
    "2020年收到政府信息公开申请17件。",
    "截至年末，自2008年以来累计收到政府信息公开申请500件。",
    "收到政府信息公开申请{{表三.本年新收.总计}}件，办结{{表三.本年新收.总计}}件。",
    "未收到政府信息公开申请的补正材料，未收到通过传真提交的申请。",
    "未发生因行政复议、行政诉讼应诉不当被通报的情况。",
    "发布稿件2.36余篇，6余篇，0.136余篇，余件。",
    "余件，其余稿件，培训360余人，发布稿件130余篇，一百三十余件。",
    "全年没有发生政府信息公开行政诉讼审结后逾期履行的情况。",
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
    "收到政府信息公开申请22件，其中网上申请10余件，信函申请6件，当面申请1件。",
    "政府信息公开行政诉讼未经行政复议直接起诉3件，行政诉讼中复议后起诉1件。",
    "收到了一项政府信息公开申请。",
    "2019年收到的申请，2020年答复申请1件。",
    "收到政府信息公开申请22件，区教育局收到政府信息公开申请9件。",
    "未收到申请。政府信息公开工作平稳。",
    "未收到申请。甲乙丙。政府信息公开工作平稳。",
    "2020年未收到政府信息公开申请。",
    f"复议方面未收到政府信息公开申请{'，甲' * 20}。",
    "未出现政府信息公开行政复议被纠正的情况。",  # lawsuits were
    "政府信息公开行政诉讼4件，均已审结。",  # a review was not
    "政府信息公开案件均获维持。",
    "收取信息处理费0元。",
    "收到政府信息公开申请22件，占全部来件的50%；部分公开2件，占9%。",
    "对申请予以公开15件，部分公开2件，占9%。",
    "2020年对申请予以公开5件，占10%。",
    "对申请予以公开15件，占{{表三.予以公开.总计|占 表三.结转下年度.总计}}。",
    "收到政府信息公开申请22件，其中网上申请15件。",
    "收到政府信息公开申请22件，其中网上申请{{表三.部分公开.总计}}件，信函申请{{表三.上年结转.总计}}件。",
    "收到政府信息公开申请22件，网站留言15件，咨询信函6件。",
    "收到政府信息公开申请22件，网上申请15件，来访咨询信函6件。",
    "收到政府信息公开申请22件，其中网上申请15件。另有信函申请7件。",
    "政府信息公开网上申请15件，信函申请7件。",
    "政府信息公开网上申请15件，信函申请8件。",  # with what was carried in
    "2020年通过网上申请15件，信函申请5件，均是政府信息公开申请。",
    "收到政府信息公开申请22件，网上办公15件，信函6件。",
    "收取行政事业性收费400元，收取涉企服务费用400元。",
    "未收取涉企费用。",
]


@pytest.mark.parametrize("sentence", AGREE)
def test_what_agrees_or_speaks_of_other_things_is_left_alone(sentence: str) -> None:
    assert brief(found(sentence)) == []


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
    ("对申请予以公开15件，占71.4%。", "NAR-PCT", "予以公开15件，占71.4%", "71.4%≠68.18%", "71.4"),
    (
        "收到政府信息公开申请22件，其中网上申请15件，信函申请6件。",
        "NAR-CHANNEL",
        "网上申请15件，信函申请6件",
        "21≠22",
        "网上申请15",
    ),
    (
        "收到政府信息公开申请25件，其中网上申请15件，信函申请10件。",
        "NAR-NEW",
        "收到政府信息公开申请25件",
        "25≠22",
        "25件",
    ),
    ("对申请予以公开{{表三.予以公开.总计}}件，占71.4%。", "NAR-PCT", "予以公开15件，占71.4%", "71.4%≠68.18%", "71.4"),
    ("发布稿件136余篇。", "NAR-YU", "136余篇", "", "136余"),
    ("其余稿件1,136余篇，其余130余篇。", "NAR-YU", "1,136余篇", "", "1,136余"),
    ("21余件次稿件。", "NAR-YU", "21余件次", "", "21余"),
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
    (
        "收到政府信息公开申请22件，其中网上申请15件，信函申请6件，解答了好多件。",
        "NAR-CHANNEL",
        "网上申请15件，信函申请6件",
        "21≠22",
        "网上申请15",
    ),
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
    ("对申请不予公开2件，占5%。", "NAR-PCT", "不予公开2件，占5%", "5%≠9.09%", "5%"),
    ("对申请无法提供2件，占5%。", "NAR-PCT", "无法提供2件，占5%", "5%≠9.09%", "5%"),
    ("对申请不予处理1件，占5.0%。", "NAR-PCT", "不予处理1件，占5.0%", "5.0%≠4.55%", "5.0%"),
    ("对申请其他处理0件，占5%。", "NAR-PCT", "其他处理0件，占5%", "5%≠0.00%", "5%"),
    (
        "收到政府信息公开申请22件，其中网上申请{{表三.部分公开.总计}}件，信函申请6件。",
        "NAR-CHANNEL",
        "网上申请2件，信函申请6件",
        "8≠22",
        "网上申请",
    ),
    (
        "收到信息公开类申请22件，其中网上10件，信函6件，当面5件，合力解决群众急难愁盼。",
        "NAR-CHANNEL",
        "网上10件，信函6件，当面5件",
        "21≠22",
        "网上10",
    ),
    (
        "收到政府信息公开申请22件，不予公开2件，网上申请1件，信函申请1件。",
        "NAR-CHANNEL",
        "网上申请1件，信函申请1件",
        "2≠22",
        "网上申请1",
    ),
    ("收到政府信息公开申22件，其中网上15件，信函6件。", "NAR-CHANNEL", "网上15件，信函6件", "21≠22", "网上15"),
    ("政府信息公开网上申请15件，信函申请6件。", "NAR-CHANNEL", "网上申请15件，信函申请6件", "21≠22", "网上申请15"),
    (
        "政府信息公开网上申请15件，信函申请6件，共收到政府信息公开申请21件。",
        "NAR-NEW",
        "收到政府信息公开申请21件",
        "21≠22",
        "21件",
    ),
    (
        "政府信息公开网站提交的申请15件，电子邮件提交的申请3件，邮政快递寄送提出的申请2件，信函提交的申请1件。",
        "NAR-CHANNEL",
        "网站提交的申请15件，电子邮件提交的申请3件，邮政快递寄送提出的申请2件，信函提交的申请1件"[:40],
        "21≠22",
        "网站",
    ),
    ("收到申请22件， 5件结转下年度继续办理。", "NAR-CARRYOUT", "5件", "5≠1", "5件"),
    # behind asides
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
    ("sentence", "rule", "subject", "values", "at"), DIFFER, ids=[f"{c[1]} {c[2]}" for c in DIFFER]
)
def test_a_number_that_differs_is_found_where_it_stands(
    sentence: str, rule: str, subject: str, values: str, at: str
) -> None:
    (finding,) = found(sentence)
    assert (finding.rule, finding.subject, finding.values, finding.level) == (rule, subject, values, Level.WARNING)
    line = sentence.rpartition("\n")[2]
    assert (
        finding.place.file == "2021/shili/report.md" and finding.place.line == (prose(2021) + sentence).count("\n") + 2
    )
    assert finding.place.column == line.rindex(at) + 1
    assert finding.message.zh and finding.message.en


@pytest.mark.parametrize(
    ("far", "within", "beyond"),
    [
        (
            "words that excuse: 60 before the number",
            f"复议{'甲' * 48}收到政府信息公开申请25件。",
            f"复议{'甲' * 49}收到政府信息公开申请25件。",
        ),
        (
            "words that it is about: 60 behind it",
            f"予以公开16件，{'甲' * 58}申请。",
            f"予以公开16件，{'甲' * 57}申请。",
        ),
        (
            "20 behind words that deny",
            f"未收到政府信息公开申请{'甲' * 18}补正。",
            f"未收到政府信息公开申请{'甲' * 19}补正。",
        ),
        ("40 before them", f"复议{'甲' * 38}未收到政府信息公开申请。", f"复议{'甲' * 39}未收到政府信息公开申请。"),
        (
            "what they are about: 100 behind them",
            f"未收到申请，{'甲' * 96}信息公开。",
            f"未收到申请，{'甲' * 95}信息公开。",
        ),
        (
            "words that excuse a channel: 40 before it",
            f"收到政府信息公开申请22件，咨询{'甲' * 34}网上申请15件，信函申请6件。",
            f"收到政府信息公开申请22件，咨询{'甲' * 35}网上申请15件，信函申请6件。",
        ),
        ("600 before it", f"申请{'甲' * 595}予以公开16件。", f"申请{'甲' * 594}予以公开16件。"),
    ],
    ids=lambda words: words[:40],
)
def test_how_far_is_looked(far: str, within: str, beyond: str) -> None:
    assert [found(within), len(found(beyond))] == [[], 1], far


def test_an_office_speaks_in_ways_of_its_own() -> None:
    own = PatternSource({**figure_patterns.shipped_source().raw, "fee_said": "示例费"})
    assert figure_patterns.compile_patterns(own).fee_said.search(
        "示例费"
    ) and not figure_patterns.shipped_patterns().fee_said.search("示例")
    assert figure_patterns.compile_patterns(own).fee_said.search("信息处理费") is None


@pytest.mark.parametrize(
    ("kind", "sentence", "number", "unit"),
    [
        ("notices", "发出收费通知3件", "3", "件"),
        ("notices", "发出三份收费通知", "三", "份"),
        ("charged", "收费通知总金额1,234.50元", "1,234.50", "元"),
        ("collected", "实际收取总金额2万元", "2", "万元"),
    ],
)
def test_what_is_said_of_fees_has_a_number_and_a_unit(kind: str, sentence: str, number: str, unit: str) -> None:
    (found,) = [
        found for pattern in figure_patterns.shipped_patterns().fees[kind] if (found := pattern.search(sentence))
    ]
    assert (found["number"], found["unit"]) == (number, unit)


@pytest.mark.parametrize(
    ("text", "at", "begins"),
    [
        ("甲。乙丙", 3, 2),
        ("甲。乙。丙", 4, 4),
        ("甲。乙。丙", 3, 2),
        ("甲乙丙", 2, 0),
        ("甲" * 400, 350, 50),
        ("甲" * 49 + "。" + "甲" * 400, 350, 50),
        ("甲" * 50 + "。" + "甲" * 400, 350, 51),
        ("。" * 60 + "甲" * 400, 350, 60),
        ("甲" * 20 + "。" + "甲" * 400, 350, 50),
    ],
)
def test_a_sentence_begins_behind_a_stop_and_is_at_most_300_characters_long(text: str, at: int, begins: int) -> None:
    assert narrative_claims.sentence_of(text, at) == begins


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
        "正文写“予以公开及部分公开15件”，表中“予以公开 + 部分公开”是17（15 + 2）；15只是其中的“表三.予以公开.总计”。"
        "请核对，改正文或改表；正文写成{{表三.予以公开.总计 + 表三.部分公开.总计}}就不会再不一致",
        "the narrative says “予以公开及部分公开15件”, the table gives “disclosed + partly disclosed” 17; “表三.予以公开.总计” alone is that; "
        "check both, or bind it: {{表三.予以公开.总计 + 表三.部分公开.总计}}",
    ),
    (
        "政府信息公开行政诉讼5件。",
        FIGURES,
        "正文写“行政诉讼5件”，表中“行政诉讼总计”是4。请核对，改正文或改表；正文写成{{表四.未经复议直接起诉.总计 + 表四.复议后起诉.总计}}就不会再不一致",
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
        "the narrative says “收到政府信息公开申请25件”, the table gives “newly received” 22; check both, or bind it: {{表三.本年新收.总计}}",
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
        "正文写“不予公开的1件”，表中“不予公开”是2；1只是其中的“表三.属于国家秘密.总计”。请核对，改正文或改表；正文写成{{合计 表三.不予公开}}就不会再不一致",
        "the narrative says “不予公开的1件”, the table gives “denied” 2; “表三.属于国家秘密.总计” alone is that; check both, or bind it: {{合计 表三.不予公开}}",
    ),
    (
        "对申请予以公开15件，占71.4%。",
        FIGURES,
        "“予以公开15件，占71.4%”：15 ÷ 22（办理总计）是68.18%，除以“本年新收 + 上年结转”23是65.22%，不是71.4%",
        "“予以公开15件，占71.4%”: 15 ÷ 22 (total handled) is 68.18%, not 71.4%",
    ),
    (
        "对申请予以公开15件，占71.4%。",
        {**FIGURES, "表三_总计": row(30)},
        "“予以公开15件，占71.4%”：15 ÷ 30（办理总计）是50.00%，除以“本年新收”22是68.18%，除以“本年新收 + 上年结转”23是65.22%，不是71.4%",
        "“予以公开15件，占71.4%”: 15 ÷ 30 (total handled) is 50.00%, not 71.4%",
    ),
    (
        "发布稿件1,136余篇。",
        FIGURES,
        "“1,136余篇”：1,136是确数，不能再说“余”；写“1,136篇”或“1130余篇”",
        "“1,136余篇”: 1,136 is exact, 余 cannot follow; write 1,136篇 or 1130余篇",
    ),
    (
        "收到信息公开类申请22件，其中网上10件，信函6件，当面5件。",
        FIGURES,
        "各渠道相加 10 + 6 + 5 = 21，申请总数是22；请核对“网上10件，信函6件，当面5件”",
        "the channels add up to 10 + 6 + 5 = 21, the total is 22; check “网上10件，信函6件，当面5件”",
    ),
    (
        "对申请予以公开14件。",
        BLANKS,
        "正文写“予以公开14件”，表中“予以公开”至少是15，表中空白格未计。请核对，改正文或改表",
        "the narrative says “予以公开14件”, the table gives “disclosed” at least 15, blank cells not counted; check both",
    ),
]


@pytest.mark.parametrize(("sentence", "rows", "zh", "en"), MESSAGES, ids=[case[0] for case in MESSAGES])
def test_the_message_gives_both_figures_and_the_placeholder_that_would_end_it(
    sentence: str, rows: dict[str, list[object]], zh: str, en: str
) -> None:
    (finding,) = found(sentence, 2021, None, **rows)
    assert (finding.message.zh, finding.message.en) == (zh, en)


def test_the_cells_a_number_speaks_of_are_named() -> None:
    (finding,) = found("对申请予以公开及部分公开16件。")
    assert [cell.row[-1][:7] for cell in finding.cells] == ["（一）予以公开", "（二）部分公开"]
    lines = tables(2021, "shili", **FIGURES).split("\n")
    places = [(place.file, lines[place.line - 1].split(":")[0].strip(), place.column) for place in finding.related]
    assert places == [("2021/shili/tables.yaml", "予以公开", 29), ("2021/shili/tables.yaml", "部分公开", 28)]


def test_blanks_leave_a_sum_open_upwards_and_never_count_as_nothing() -> None:
    """Row 予以公开: total blank, cells 10 and 5 filled in: 15 at least."""
    assert [f.values for f in found("对申请予以公开14件。", 2021, None, **BLANKS)] == ["14≠15"]
    assert found("对申请予以公开15件。", 2021, None, **BLANKS) == []
    assert found("对申请予以公开40件。", 2021, None, **BLANKS) == [], "cannot tell: a blank operand"
    both: dict[str, list[object]] = {**BLANKS, "表三_部分公开": [2, 0, 0, 0, 0, 0, "~"]}
    assert found("对申请予以公开及部分公开40件。", 2021, None, **both) == [], "one blank cannot tell, the other can"
    assert found("现行有效行政规范性文件39件。", 2021, None, **{**FIGURES, "表二_行政规范性文件": [9, 1, "~"]}) == []
    open_answers: dict[str, list[object]] = {**FIGURES, "表三_总计": ["~"] * 7}
    assert found("收到政府信息公开申请22件，按时答复40件。", 2021, None, **open_answers) == []
    blanks: dict[str, list[object]] = {
        **FIGURES,
        "表三_本机关不掌握": [5, "~", 0, 0, 0, 0, "~"],
        "表三_没有现成信息": row(4),
    }
    (part,) = found("申请中无法提供5件。", 2021, None, **blanks)
    assert part.values == "5≠9" and "5只是其中的“表三.本机关不掌握.总计”" in part.message.zh
    full_row: dict[str, list[object]] = {**FIGURES, "表三_上年结转": [1, 0, 0, 0, 0, 0, "~"]}
    (finding,) = found("收到政府信息公开申请24件。", 2021, None, **full_row)
    assert finding.values == "24≠22" and "“本年新收 + 上年结转”是23" in finding.message.zh, (
        "a full row says what its blank total is"
    )


def before(year: int = 2020, **rows: list[object]) -> LoadedReport:
    entry, _ = read_entry(
        ReportRef(year, "shili", f"{year}/shili"),
        Files(tables(year, "shili", **rows).encode(), prose(year).encode()),
        FORMS,
    )
    assert entry is not None
    return entry


LAST = before(表三_本年新收=row(20), 表三_部分公开=row(2), 表三_予以公开=row(18), 表三_总计=row(20))


@pytest.mark.parametrize(
    "sentence",
    [
        "收到政府信息公开申请22件，较上年增加2件。",
        "收到政府信息公开申请22件，同比增长10%。",
        "申请数量较2020年上升10.0%。",
        "对申请部分公开2件，与去年持平。",
        "收到政府信息公开申请22件，比去年有所增加。",
        "公开信息350条，较上年增加20条。",
        "涉及征地拆迁的申请较多。",
        "收到政府信息公开申请22件，较2018年减少9件。",
        "收到政府信息公开申请22件，较上年{{表三.本年新收.总计|较上年}}。",
        "收到政府信息公开申请22件，部分公开较上年持平。",
        "收到政府信息公开申请22件（含上年结转1件），较上年减少9件。",
        "收到政府信息公开申请22件，较上年{{表三.部分公开.总计|较上年}}。",
        "收到政府信息公开申请22件，较上年增加3个百分点。",
        "2020年收到政府信息公开申请20件，较上年减少5件。",
        "政府信息公开申请指南公开条目350条，较上年减少20条。",
        "较上年减少5件，收到申请22件。",
        "政府信息公开申请办理质量较上年下降。",
        "政府信息公开栏目发布5件，较上年减少，收到政府信息公开申请22件。",
        "收到政府信息公开申请22件，较上年增加件数不多。",
        "收到政府信息公开申请22件，相比减少5件。",
        "收到政府信息公开申请22件。较上年减少5件。",
    ],
)
def test_a_change_that_follows_from_both_years_is_left_alone(sentence: str) -> None:
    assert [f for f in found(sentence, previous=LAST) if f.rule == "NAR-YOY"] == []


UP, UP_EN, SAME, SAME_EN = "应为增加2件（10%）", "up 2 (10%)", "应为持平", "unchanged"
CHANGES = [
    ("收到政府信息公开申请22件，较上年减少2件。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请22件，较上年增加4件。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请22件，同比增长12%。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请22件，同比增长12％。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请22件，与去年持平。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请22件（比上年少）。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请22件，与去年同比增长12%。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请22件，总量较上年下降。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请{{表三.本年新收.总计}}件，与上年持平。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请{{表三.本年新收.总计}}件，较上年持平。", "22;20", UP, UP_EN),
    ("收到政府信息公开申请{{表三.本年新收.总计}}件（比上年少）。", "22;20", UP, UP_EN),
    ("对申请部分公开2件，较上年增加1件。", "2;2", SAME, SAME_EN),
    ("对申请予以公开15件，较上年增加1件。", "15;18", "应为减少3件（16.67%）", "down 3 (16.67%)"),
    ("全年申请数量较去年有所下降。", "22;20", UP, UP_EN),
    ("申请数量较2020年下降9.1%。", "22;20", UP, UP_EN),
    ("答复申请22件，较上年减少1件。", "22;20", UP, UP_EN),
    ("政府信息公开行政复议2件，与上年持平。", "2;0", "应为增加2件", "up 2"),
    ("政府信息公开行政诉讼4件，与上年持平。", "4;0", "应为增加4件", "up 4"),
    ("对申请不予公开2件，与上年持平。", "2;0", "应为增加2件", "up 2"),
]


@pytest.mark.parametrize(("sentence", "values", "right", "right_en"), CHANGES, ids=[case[0] for case in CHANGES])
def test_a_change_that_does_not_follow_says_what_does(sentence: str, values: str, right: str, right_en: str) -> None:
    (finding,) = found(sentence, previous=LAST)
    now, then = values.split(";")
    assert (finding.rule, finding.level, finding.values) == ("NAR-YOY", Level.WARNING, values)
    said = finding.message.zh[1:].partition("”")[0]
    assert finding.message.zh == f"“{said}”：本年{now}、上年{then}，{right}"
    assert finding.message.en == f"“{said}”: {now} this year, {then} last year: {right_en}"
    assert finding.subject.endswith(said) and (said in sentence or "{{" in sentence)
    assert found(sentence) == [], "without last year's report nothing can be told"


def test_a_change_that_a_placeholder_gives_is_of_what_it_names() -> None:
    text = "## 一、总体情况\n\n收到政府信息公开申请22件，较上年{{表三.部分公开.总计|较上年}}。\n"
    files = Files(tables(2021, "shili", **FIGURES).encode(), text.encode())
    read, _ = read_entry(ReportRef(2021, "shili", "2021/shili"), files, FORMS, LAST.report)
    assert read is not None and "22件，较上年持平。" in read.plain.text
    assert list(trend(read, Context(previous=LAST))) == []


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("申请数量较去年有所下降。", "申请数量较去年有所下降"),
        ("甲。 申请数量较去年有所下降。", "申请数量较去年有所下降"),
        ("甲。乙；申请数量较去年有所下降。", "申请数量较去年有所下降"),
        (f"{'甲' * 30}申请数量较去年有所下降。", f"{'甲' * 12}申请数量较去年有所下降"),
    ],
)
def test_a_change_is_quoted_with_the_words_before_it(sentence: str, subject: str) -> None:
    assert [f.subject for f in found(sentence, previous=LAST)] == [subject]


@pytest.mark.parametrize(
    ("then", "sentence", "right"),
    [
        (1, "较上年增加1件", []),
        (1, "与上年持平", ["应为增加1件（100%）"]),
        (3, "较上年减少1件", []),
        (3, "与上年持平", ["应为减少1件（33.33%）"]),
        (0, "与上年持平", ["应为增加2件"]),
        (0, "同比增长100%", []),
        (0, "同比下降100%", ["应为增加2件"]),
    ],
)
def test_a_change_by_one_or_from_nothing(then: int, sentence: str, right: list[str]) -> None:
    last = before(表三_部分公开=row(then))
    assert [f.message.zh.rpartition("，")[2] for f in found(f"对申请部分公开2件，{sentence}。", previous=last)] == right


def test_what_was_carried_in_may_be_counted_with_what_was_received() -> None:
    """23 with it, 20 last year: up 3, or up 2 without."""
    carried = before(表三_本年新收=row(20), 表三_予以公开=row(20), 表三_总计=row(20))
    assert found("申请数量较去年增加3件，申请数量较去年增加2件。", previous=carried) == []
    assert [f.subject for f in found("申请数量较去年增加1件。", previous=carried)] == ["申请数量较去年增加1件"]


def test_a_blank_compares_with_nothing() -> None:
    blank: dict[str, list[object]] = {"表三_部分公开": ["~"] * 7}
    sentence = "对申请部分公开2件，较上年增加9件。"
    assert len(found(sentence, previous=LAST)) == 1
    assert found(sentence, previous=before(2020, **blank)) == []
    assert found(sentence, 2021, LAST, **{**FIGURES, **blank}) == []


def test_forms_that_count_otherwise_are_not_compared() -> None:
    received: dict[str, list[object]] = {"表三_本年新收": row(22), "表三_予以公开": row(22), "表三_总计": row(22)}
    sentence = "收到政府信息公开申请22件，较上年减少2件。"
    assert found(sentence, 2019, before(2018, 统计表_收到申请数=[20]), **received) == []
    assert (
        len(
            found(
                sentence,
                2020,
                before(2019, 表三_本年新收=row(20), 表三_予以公开=row(20), 表三_总计=row(20)),
                **received,
            )
        )
        == 1
    )


@pytest.mark.parametrize("share", ["50", "68.18", "65.22", "68", "68.2", "50.05", "49.95"])
def test_a_share_may_be_of_all_handled_of_all_received_or_of_these_with_what_was_carried_in(share: str) -> None:
    handled: dict[str, list[object]] = {**FIGURES, "表三_总计": row(30)}
    assert found(f"对申请予以公开15件，占{share}%。", 2021, None, **handled) == []


@pytest.mark.parametrize(
    ("said", "value", "is_near"),
    [
        ("68", "68.5", True),
        ("68", "67.5", True),
        ("68", "68.51", False),
        ("68.2", "68.25", True),
        ("68.2", "68.26", False),
        ("68.18", "68.23", True),
    ],
)
def test_a_percentage_is_as_near_as_its_decimals(said: str, value: str, is_near: bool) -> None:
    assert near(said, Decimal(value)) is is_near


def test_a_report_without_such_figures_owes_no_sum_and_no_share() -> None:
    blank: dict[str, list[object]] = {**FIGURES, "表三_本年新收": ["~"] * 7}
    assert found("政府信息公开网上申请15件，信函申请6件。", 2021, None, **blank) == []
    nothing: dict[str, list[object]] = {**ZERO, "表三_上年结转": row(0)}
    assert found("对申请予以公开0件，占5%。", 2021, None, **nothing) == []
    assert [f.rule for f in found("政府信息公开网上申请15件，信函申请6件。", 2018, 统计表_收到申请数=[22])] == [
        "NAR-CHANNEL"
    ], "2018 has no row for 结转"


def test_less_than_last_year_is_less_in_words_too() -> None:
    more = before(表三_本年新收=row(32), 表三_予以公开=row(32), 表三_总计=row(32))
    assert found("收到政府信息公开申请22件，较上年减少10件，申请数量同比下降31.25%。", previous=more) == []
    (finding,) = found("收到政府信息公开申请22件，较上年增加10件。", previous=more)
    assert "应为减少10件（31.25%）" in finding.message.zh


CONTRADICT = [
    ("2021年未收到政府信息公开申请。", "NAR-NOREQ", "未收到政府信息公开申请", "0≠22"),
    ("本年度没有接到依申请公开申请。", "NAR-NOREQ", "没有接到依申请公开申请", "0≠22"),
    ("未发生因政府信息公开被申请行政复议的情况。", "NAR-NOCASE", "未发生因政府信息公开被申请行政复议的情况", "0≠2"),
    ("全年没有因政府信息公开引发的行政诉讼案件。", "NAR-NOCASE", "没有因政府信息公开引发的行政诉讼案件", "0≠4"),
    ("未出现政府信息公开行政诉讼败诉的情况。", "NAR-NOCASE", "未出现政府信息公开行政诉讼败诉的情况", "结果纠正1"),
    ("政府信息公开类行政复议2件，均获维持。", "NAR-UPHELD", "复议2件，均获维持", "尚未审结1"),
    ("政府信息公开行政诉讼4件，全部胜诉。", "NAR-UPHELD", "诉讼4件，全部胜诉", "结果纠正1"),
    ("政府信息公开行政诉讼保持零败诉。", "NAR-UPHELD", "零败诉", "结果纠正1"),
    ("未收取信息处理费。依据规定向一名申请人收取信息处理费400元。", "NAR-FEE", "未收取信息处理费", "0≠400元"),
    ("未收取信息处理费。收取信息处理费0元，收取信息处理费1,400元。", "NAR-FEE", "未收取信息处理费", "0≠1,400元"),
    ("未收到申请，政府信息公开工作平稳。", "NAR-NOREQ", "未收到申请", "0≠22"),
    ("### （二）政府信息公开情况\n\n未收到申请。", "NAR-NOREQ", "未收到申请", "0≠22"),
    ("2020年政府信息公开平台改版，2021年未收到政府信息公开申请。", "NAR-NOREQ", "未收到政府信息公开申请", "0≠22"),
    ("2020年机构改革。未收到政府信息公开申请。", "NAR-NOREQ", "未收到政府信息公开申请", "0≠22"),
    ("未收到政府信息公开申请，及时提醒补正。", "NAR-NOREQ", "未收到政府信息公开申请", "0≠22"),
    ("办理复议，未收到政府信息公开申请。", "NAR-NOREQ", "未收到政府信息公开申请", "0≠22"),
    ("未发生政府信息公开行政复议 。", "NAR-NOCASE", "未发生政府信息公开行政复议", "0≠2"),
    ("政府信息公开行政复议、行政诉讼6件，均获维持。", "NAR-UPHELD", "诉讼6件，均获维持", "结果纠正1;尚未审结1"),
    (f"政府信息公开行政复议{'甲' * 28}均获维持。", "NAR-UPHELD", f"复议{'甲' * 28}均获维持", "尚未审结1"),
    (f"政府信息公开行政复议{'甲' * 29}均获维持。", "NAR-UPHELD", "均获维持", "尚未审结1"),
]


@pytest.mark.parametrize(
    ("sentence", "rule", "subject", "values"), CONTRADICT, ids=[f"{c[1]} {c[2]}" for c in CONTRADICT]
)
def test_what_contradicts_the_table_is_an_error(sentence: str, rule: str, subject: str, values: str) -> None:
    (finding,) = [
        f for f in found(sentence) if f.rule != "NAR-FEE" or f.place.line == (prose(2021) + sentence).count("\n") + 2
    ]
    assert (finding.rule, finding.subject, finding.values, finding.level) == (rule, subject, values, Level.ERROR)
    assert finding.place.line == (prose(2021) + sentence).count("\n") + 2
    assert finding.place.column == sentence.rpartition("\n")[2].index(subject) + 1


LONG = "未发生因政府信息公开申请办理答复及信息主动公开工作各环节引起的申请人提起行政复议或者提起行政诉讼的情况"
DENIALS = [
    (
        "未收到政府信息公开申请。",
        ["正文写“未收到政府信息公开申请”，而表三本年新收是22；请核对，改正文或改表"],
        ["the narrative says “未收到政府信息公开申请”, but table 三 received 22; check both"],
        ["本年新收"],
    ),
    (
        LONG,
        [
            f"正文写“{LONG[:40]}”，而表四行政复议总计是2；请核对，改正文或改表",
            f"正文写“{LONG[:40]}”，而表四行政诉讼总计是4；请核对，改正文或改表",
        ],
        [
            f"the narrative says “{LONG[:40]}”, but table 四 has 2 reviews; check both",
            f"the narrative says “{LONG[:40]}”, but table 四 has 4 lawsuits; check both",
        ],
        ["件数", "件数", "件数"],
    ),
    (
        "政府信息公开行政复议、行政诉讼6件，均获维持。",
        [
            "正文写“诉讼6件，均获维持”，而表四.未经复议直接起诉.结果纠正是1，表四.行政复议.尚未审结是1；请核对，改正文或改表"
        ],
        ["the narrative says “诉讼6件，均获维持”, but table 四 has 1 corrected, 1 pending; check both"],
        ["件数", "件数"],
    ),
]


@pytest.mark.parametrize(("sentence", "zh", "en", "rows"), DENIALS, ids=[case[0][:20] for case in DENIALS])
def test_the_message_sets_the_words_against_the_cells(
    sentence: str, zh: list[str], en: list[str], rows: list[str]
) -> None:
    items = found(sentence)
    assert [f.message.zh for f in items] == zh and [f.message.en for f in items] == en
    lines = tables(2021, "shili", **FIGURES).split("\n")
    assert [lines[place.line - 1].split(":")[0].strip() for f in items for place in f.related] == rows
    assert [len(f.cells) for f in items] == [len(f.related) for f in items]


REVIEW_LOST: dict[str, list[object]] = {**FIGURES, "表四_件数": [1, 1, 1, 0, 3, 3, 0, 0, 0, 3, 1, 0, 0, 0, 1]}


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("未出现政府信息公开行政复议被纠正的情况。", ["结果纠正1"]),
        ("未出现政府信息公开行政诉讼败诉的情况。", []),
        ("政府信息公开行政复议3件，均获维持。", ["结果纠正1;其他结果1"]),
        ("政府信息公开行政诉讼4件，均获维持。", []),
    ],
)
def test_each_kind_of_case_has_its_own_outcomes(sentence: str, values: list[str]) -> None:
    assert [f.values for f in found(sentence, 2021, None, **REVIEW_LOST)] == values


def test_a_blank_outcome_contradicts_nothing() -> None:
    blank: dict[str, list[object]] = {**FIGURES, "表四_件数": [2, "~", 0, "~", 2, *[0] * 10]}
    assert found("政府信息公开行政复议2件，均获维持。", 2021, None, **blank) == []


def test_no_fee_notice_contradicts_requests_closed_for_an_unpaid_one() -> None:
    unpaid: dict[str, list[object]] = {**FIGURES, "表三_逾期不缴费": row(1), "表三_总计": row(23)}
    (finding,) = [f for f in found("本年度未发出收费通知。", 2021, None, **unpaid) if f.rule == "NAR-FEE"]
    assert (finding.level, finding.subject, finding.values) == (Level.ERROR, "未发出收费通知", "0≠1")
    assert (
        finding.message.zh
        == "正文写“未发出收费通知”，而表三有1件因逾期未按收费通知缴费而不再处理；请核对，改正文或改表"
    )
    assert (
        finding.message.en
        == "the narrative says “未发出收费通知”, but table 三 closed 1 for an unpaid fee notice; check both"
    )
    assert found("本年度未发出收费通知。") == []


def test_denials_of_fees_are_set_against_their_figures() -> None:
    text = tables(2021) + "信息处理费: {发出通知: 3, 总金额: 1200, 实际收取: 900}\n"
    narrative = prose(2021).replace(
        "未收取信息处理费。", "未发出收费通知，未收取信息处理费。2020年未收取费用。未收取涉企费用。"
    )
    items = [f for f in findings(2021, text, narrative) if f.rule == "NAR-FEE"]
    assert [(f.subject, f.values) for f in items] == [("未发出收费通知", "0≠3件"), ("未收取信息处理费", "0≠900元")]
    none = tables(2021) + "信息处理费: {发出通知: 0, 总金额: 0, 实际收取: 0}\n"
    assert [f for f in findings(2021, none, narrative) if f.rule == "NAR-FEE"] == []
    assert items[0].message.zh == "正文写“未发出收费通知”，而 tables.yaml 的信息处理费写的是3件；请核对，改成一致"
    assert items[1].message.en == "the narrative says “未收取信息处理费”, tables.yaml gives 900 元; make them agree"


def test_every_denial_of_fees_is_set_against_the_first_amount() -> None:
    items = [f for f in found("收取信息处理费400元，收取信息处理费500元。未收费，未收取费用。") if f.rule == "NAR-FEE"]
    assert [(f.subject, f.values) for f in items] == [
        ("未收取信息处理费", "0≠400元"),
        ("未收费", "0≠400元"),
        ("未收取费用", "0≠400元"),
    ]
    assert items[1].message.zh == "“未收费”与“收取信息处理费400元”矛盾；请核对，改成一致"


def test_closed_cases_may_have_closed_since_so_that_is_a_warning() -> None:
    (finding,) = found("政府信息公开行政复议2件，均已结案。")
    assert (finding.rule, finding.level, finding.values) == ("NAR-UPHELD", Level.WARNING, "尚未审结1")


QUIET: dict[str, list[object]] = {**ZERO, "表四_件数": [0] * 15}


@pytest.mark.parametrize(
    "sentence",
    [
        "2021年未收到政府信息公开申请，未发生因政府信息公开引发的行政复议或行政诉讼案件。",
        "无政府信息公开行政复议、行政诉讼案件。",
        "2018年未收到政府信息公开申请。",
        "未发生因政府信息公开工作被申请行政复议或提起行政诉讼的情况，未收取任何费用。",
    ],
)
def test_denials_that_are_true_are_left_alone(sentence: str) -> None:
    assert found(sentence, 2021, None, **QUIET) == []


def test_a_blank_does_not_contradict_a_denial() -> None:
    blank: dict[str, list[object]] = {**ZERO, "表三_本年新收": ["~"] * 7}
    assert found("未收到政府信息公开申请。", 2021, None, **blank) == []


def unmentioned(narrative: str) -> list[Finding]:
    return [f for f in findings(2021, tables(2021, "shili", **FIGURES), narrative) if f.rule == "NAR-REV"]


def test_cases_the_narrative_never_mentions_are_noted() -> None:
    (finding,) = unmentioned(prose(2021))
    assert (finding.level, finding.values, finding.subject) == (Level.NOTE, "2;4", "复议诉讼")
    assert (finding.place.line, finding.place.column) == (3, 1)
    assert finding.message.zh == "表四：行政复议总计2，行政诉讼总计4，正文没有说明；建议在总体情况中说明"
    assert finding.message.en == "table 四 has 2 reviews, 4 lawsuits; the narrative never mentions them"
    for words in ("行政复议情况见表。", "行政诉讼情况见表。"):
        assert unmentioned(prose(2021) + f"\n{words}\n") == []
    for words in ("### 复议和诉讼情况", "| 复议 | 诉讼 |"):
        assert len(unmentioned(prose(2021) + f"\n{words}\n")) == 1, "a heading and a table tell nothing"
    assert len(unmentioned("复议和诉讼见表。\n\n" + prose(2021))) == 1, "nor does the preface"
    assert [(f.place.line, f.place.column) for f in unmentioned("没有标题。\n")] == [(1, 1)]
    assert [f for f in findings(2021) if f.rule == "NAR-REV"] == [], "no cases, nothing to say"


def test_a_finding_on_words_is_accepted_by_its_words_and_figures() -> None:
    accepted = "接受:\n  - {规则: NAR-NEW, 位置: [收到政府信息公开申请25件], 值: 25≠22, 原因: 示例：原文如此}\n"
    narrative = prose(2021) + "\n收到政府信息公开申请25件。\n"
    text = tables(2021, "shili", **FIGURES)
    (finding,) = [f for f in findings(2021, text + accepted, narrative) if f.rule.startswith(("NAR-NEW", "ACC"))]
    assert finding.accepted == "示例：原文如此"
    other = tables(2021, "shili", **{**FIGURES, "表三_本年新收": row(21)})
    assert "ACC-LAPSED" in [f.rule for f in findings(2021, other + accepted, narrative)]


def unsaid(narrative: str, year: int = 2021) -> list[Finding]:
    return [f for f in findings(year, narrative=narrative) if f.rule == "XT-FEE"]


def test_section_six_says_what_fees_were_charged() -> None:
    silent = prose(2021).replace("未收取信息处理费。", "无其他需要报告的事项。")
    (finding,) = unsaid(silent)
    line = silent[: silent.index("## 六")].count("\n") + 1
    assert (finding.level, finding.place.line, finding.place.column, finding.subject) == (
        Level.WARNING,
        line,
        1,
        "信息处理费",
    )
    told = "“六、其他需要报告的事项”没有说明信息处理费的收取情况{}；没有收取也要写明，如“本年度发出收费通知0件，总金额0元，实际收取总金额0元”"
    told_en = (
        "“六、其他需要报告的事项” does not say what information-processing fees were charged{}; say so even when none"
    )
    assert (finding.message.zh, finding.message.en) == (told.format(""), told_en.format(""))
    (moved,) = unsaid(silent.replace("件，均已答复。", "件，均已答复，未收取任何费用。", 1))
    assert moved.message.zh == told.format("（别处写了“未收取任何费用”，应移到这里）")
    assert moved.message.en == told_en.format(" (“未收取任何费用” stands elsewhere)")
    (preface,) = unsaid("未收取任何费用。\n\n" + silent)
    assert preface.message.zh == told.format("")
    assert unsaid(silent + "\n## 七、信息处理费收取情况\n\n无。\n") == []
    (other_title,) = unsaid(
        silent.replace("六、其他需要报告的事项", "六、其他应当报告的事项").replace("问题及改进", "问题及其改进")
    )
    assert "“六、其他应当报告的事项”" in other_title.message.zh
    for year, levels in ((2020, [Level.NOTE]), (2019, [Level.NOTE]), (2018, [])):
        assert [f.level for f in unsaid(prose(year).replace("未收取信息处理费。", "无。"), year)] == levels
    assert unsaid(prose(2021)) == []


def test_older_reports_and_a_missing_section_owe_no_fee_statement() -> None:
    assert [
        f for f in findings(2018, narrative=prose(2018).replace("未收取信息处理费。", "")) if f.rule == "XT-FEE"
    ] == []
    assert [f for f in findings(2021, narrative=prose(2021).split("## 六、")[0]) if f.rule == "XT-FEE"] == []


def test_the_preface_is_not_held_against_the_tables() -> None:
    text = tables(2021, "shili", **FIGURES)
    assert [
        f for f in findings(2021, text, "收到政府信息公开申请25件。\n\n" + prose(2021)) if f.rule == "NAR-NEW"
    ] == []


def test_the_year_left_from_last_year_is_found_unless_last_year_had_the_same() -> None:
    sentence = "2020年收到政府信息公开申请22件。"
    assert [f.rule for f in found(sentence, previous=LAST)] == ["NAR-YEAR"]
    same = before(表三_本年新收=row(22), 表三_予以公开=row(22), 表三_总计=row(22))
    assert found(sentence, previous=same) == []
    assert [f.rule for f in found("2019年收到政府信息公开申请22件。", previous=same)] == ["NAR-YEAR"], (
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
        assert [f.rule for f in found(sentence.format(number), 2021, None, **received)] == rules
        assert [f.rule for f in found(sentence.format(number), 2021, LAST, **received)] == ["NAR-YEAR"]
    assert found(sentence.format(0), 2021, LAST, **ZERO) == [], "nothing is the same as nothing by chance"
    other_form = before(2018)  # has no such figure
    assert (
        found(
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


WHOLE = (
    "共收到政府信息公开申请22件，上年结转1件。办结申请22件，其中予以公开15件，占68.18%；部分公开2件，占9.09%；不予公开2件；"
    "无法提供2件；不予处理1件；其他处理0件。1件申请结转下年度继续办理。政府信息公开行政复议2件，行政诉讼4件。"
    "制发行政规范性文件9件，现行有效行政规范性文件30件。收到政府信息公开申请22件，较上年增加2件，增长10%。"
)
NUMBERS = [found.span() for found in re.finditer(r"\d+(?:\.\d+)?", WHOLE)]


@pytest.mark.parametrize("span", NUMBERS[:-1], ids=[WHOLE[a - 6 : b + 1] for a, b in NUMBERS[:-1]])
def test_any_single_wrong_number_of_a_whole_paragraph_is_found_at_its_place(span: tuple[int, int]) -> None:
    start, end = span
    number = WHOLE[start:end]
    wrong = f"{float(number) + 1:.2f}" if "." in number else str(int(number) + 2)
    items = found(WHOLE[:start] + wrong + WHOLE[end:], previous=LAST)
    assert items and any(abs(f.place.column - 1 - start) < 12 for f in items)
    assert found(WHOLE, previous=LAST) == []


# ---------------------------------------------------------------- robustness


def entry_of(text: str) -> LoadedReport:
    read, _ = read_entry(
        ReportRef(2021, "shili", "2021/shili"), Files(tables(2021, "shili", **FIGURES).encode(), text.encode()), FORMS
    )
    assert read is not None
    return read


@given(st.text(alphabet="收到申请予以公开部分复议诉讼未均维持较上年增加占22件，。；（）%0123余万二十", max_size=120))
@settings(max_examples=200, deadline=None)
def test_whatever_the_words_every_claim_quotes_its_text(text: str) -> None:
    read = entry_of(f"## 一、总体情况\n\n政府信息公开申请，{text}\n")
    for item in narrative_claims.passage_claims(read):
        for claim in item.claims:
            assert claim.quote and item.passage.text[claim.at : claim.digits] in claim.quote


HOSTILE = [
    "收到申请" * 250_000,
    "1" * 1_000_000,
    "1,1" * 330_000,
    "予以公开及" * 200_000,
    "未收到" * 330_000,
    "较上年增加" * 200_000,
    "申请1件，" * 100_000,
    "无政府信息公开" * 140_000,
    "行政复议" * 250_000,
    "（" * 1_000_000,
    "一" * 1_000_000,
    "占" * 999_990 + "申请1件",
    "收取费" * 330_000 + "申请元",
    "1余" * 500_000,
    "均全部" * 330_000 + "复议维持",
]


@pytest.mark.parametrize("line", HOSTILE, ids=[line[:6] for line in HOSTILE])
def test_a_hostile_line_costs_no_more_than_its_length(line: str) -> None:
    """1 MB lines, twice as long at most about twice as slow; and never more than some seconds."""
    import dataclasses

    plain = entry_of("## 一、总体情况\n\n申请\n")
    times = []
    for part in (line[: len(line) // 4] + line[-6:], line):
        text = f"## 一、总体情况\n\n申请复议诉讼{part}\n"
        read = dataclasses.replace(plain, text=text)
        assert passages(text, lambda key: None)
        start = time.process_time()
        for rule in rules():
            list(rule.check(read, Context(previous=LAST)))
        times.append(time.process_time() - start)
    assert times[1] < 15 and times[1] < 10 * max(times[0], 0.05), times


def rules() -> tuple[Rule, ...]:
    from generator.rules import narrative_denials, narrative_figures, narrative_shares, narrative_words

    return (*narrative_figures.RULES, *narrative_shares.RULES, *narrative_denials.RULES, *narrative_words.RULES)


MIXED: dict[str, list[object]] = {**FIGURES, "表四_件数": [1, 1, 0, 0, 2, 3, 0, 0, 0, 3, 0, 0, 0, 0, 0]}


@pytest.mark.parametrize(
    "sentence",
    [
        "政府信息公开行政复议2件，其中维持1件、纠正1件；行政诉讼3件，均获维持。",
        "政府信息公开行政复议2件，其中纠正1件，行政诉讼3件，均获维持。",
    ],
)
def test_all_upheld_speaks_of_the_kind_it_follows(sentence: str) -> None:
    assert found(sentence, 2021, None, **MIXED) == []


def test_a_denial_speaks_of_its_own_clause() -> None:
    none_sued: dict[str, list[object]] = {**FIGURES, "表四_件数": [1, 0, 0, 0, 1, *[0] * 10]}
    assert found("未发生政府信息公开行政诉讼案件，行政复议案件1件。", 2021, None, **none_sued) == []
