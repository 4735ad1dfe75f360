"""Listed kinds against their total, and cases handled against cases received, within one sentence."""

from __future__ import annotations

import pytest

from generator.finding import Level
from tests.rules.words import findings_of, in_paragraph, in_preface, with_paragraph

KINDS_WRONG = [
    (
        "在主动公开的425条政府信息中，机构职能类信息148条，占34.8%；政策文件类信息121条，占28.5%；"
        "规划计划类信息52条，占12.2%；其他信息100条，占23.5%。",
        "421≠425",
    ),
    ("主动公开信息30条（其中机构类10条，政策类11条，规划类3条，其余5条）。", "29≠30"),
    ("举办培训2次。公开信息30条，分别为：机构类10条、政策类11条、规划类10条。", "31≠30"),
    ("公开30条。其中，网站10条，公报11条，其它10条。", "31≠30"),
    ("举办培训2次，获取信息467条，其中主动公开53条，依申请公开246条，不予公开169条。", "468≠467"),
    ("公开信息30条，其中甲类10条，占33.3%；乙类11条，占36.7%；丙类10条，占33.3%。", "31≠30"),
    ("公开信息30条，包括甲类信息10条、乙类信息11条、丙类信息10条。", "31≠30"),
    ("公开信息30条，包括机构10条、政策11条、其他10条。", "31≠30"),
    ("网站公开12条、微信公开11条，共计30条。", "23≠30"),
    ("网站发布12条，微博发布11条，微信发布9条，合计30条。", "32≠30"),
    ("办理建议12件、提案11件，总计30件。", "23≠30"),
]
KINDS_RIGHT = [
    "主动公开信息30条（其中机构类10条，政策类11条，规划类4条，其他5条）。",
    "公开信息20条，其中环境类8条，其他12条；公开决算信息2条，公告50条。",
    "公开信息117条，其中规划6条；许可1条；其他36条；在专栏公开信息74条。",
    "公开信息30条，其中甲类10条，乙类11条，丙类3条。",
    "公开信息30条，其中甲类10条，占33.3%；乙类11条，占36.7%；丙类3条。",
    "公开信息30条，其中网站30条，公报20条，其他渠道40条。",
    "公开信息30条，其中甲类20条（其中新制作5条），乙类3条，其他7条。",
    "公开信息30条，其中文章20篇，图解3件，其他1个。",
    "公开信息30条，其中甲类20条，其中新制作5条，乙类3条，其他7条。",
    "公开信息30条（甲类10条，乙类11条，丙类9条），其他网站3条。",
    "公开信息30余条，其中甲类10条，乙类11条，其他3条。",
    "公开信息30条。解读10条，答复11条，其他10条。",
    "公开信息30条，包括甲类10条、乙类11条、丙类3条。",
    "公开信息30条，其中网站20条、微信10条、微博8条。",
    "网站公开12条、微信公开11条，共计23条。",
    "发布公告5条；网站公开12条、微信公开11条，共计23条。",
    "召开会议3次、座谈2场，共计30次。",
    "公开信息12条，其中新制作3条，共计30条。",
    "举办培训3次、座谈2次，共计培训30次。",
    "网站公开12条、微信公开11条，另公开5条，共计28条。",
]


@pytest.mark.parametrize(("words", "values"), KINDS_WRONG)
def test_kinds_that_do_not_add_up(words: str, values: str) -> None:
    (hit,) = findings_of("NAR-PARTS", with_paragraph(words))
    assert (hit.values, hit.level) == (values, Level.WARNING)
    assert f"= {values.partition('≠')[0]}，与{values.partition('≠')[2]}相差" in hit.message.zh
    total = values.partition("≠")[2]
    assert hit.place.column == words.index(total) + 1 and total in hit.subject


@pytest.mark.parametrize("words", KINDS_RIGHT)
def test_kinds_that_add_up_or_may_be_some_only(words: str) -> None:
    assert in_paragraph("NAR-PARTS", words) == []


RATES_WRONG = [
    (
        "全年受理审批事项117件，办结171件，办结率100%。",
        "171/117 办结率100%",
        "办结的比受理的多54件；办结率100%，二者之比是146.15%",
    ),
    ("收到留言150条，回复105条，回复率为百分之百。", "105/150 回复率为百分之百", "回复率为百分之百，二者之比是70.00%"),
    ("接听来电100次，答复90次，答复率100%。", "90/100 答复率100%", "答复率100%，二者之比是90.00%"),
    ("承办建议18件，办复12件，办复率100%。", "12/18 办复率100%", "办复率100%，二者之比是66.67%"),
    ("受理信访117件，办理171件。", "171/117", "办结的比受理的多54件"),
    ("收到工单117件，办结171件。", "171/117", "办结的比受理的多54件；请核对件数"),
    ("受理投诉100件，已答复90件，答复率达95.5％。", "90/100 答复率达95.5％", "答复率达95.5％，二者之比是90.00%"),
]
RATES_RIGHT = [
    "受理热线36175件，办结34673件，满意件30162件，满意率86.99%。",
    "受理投诉100件，办结96件，办结率96%。",
    "收到留言50条，回复50条，回复率为百分之百。",
    "承办建议18件，办复18件，办复率100%。",
    "受理投诉100件，办理许可171件。",
    "受理投诉123件，办结120件，办结率97.56%。",
    "受理投诉100件，办结90件，按时办结率100%。",
    "受理投诉100件（含上年结转9件），办结109件，办结率100%。",
    "历年累计受理100件，本年办结109件。",
    "受理投诉100件，回访办结109次。",
    "受理投诉0件，办结1件。",
    "办结投诉100件，答复咨询109件。",
    "受理投诉100件，发布解读答复栏目文章并办结109件。",
]


@pytest.mark.parametrize(("words", "values", "zh"), RATES_WRONG)
def test_cases_and_rates_that_cannot_be(words: str, values: str, zh: str) -> None:
    (hit,) = findings_of("NAR-RATE", with_paragraph(words))
    assert (hit.values, hit.level) == (values, Level.WARNING) and zh in hit.message.zh
    assert hit.place.column == words.index("1") + 1


@pytest.mark.parametrize("words", RATES_RIGHT)
def test_cases_and_rates_that_may_be(words: str) -> None:
    assert in_paragraph("NAR-RATE", words) == []


def test_requests_are_compared_with_the_tables() -> None:
    assert in_paragraph("NAR-RATE", "收到政府信息公开申请2件，答复3件。") == []
    assert len(findings_of("NAR-RATE", with_paragraph("收到政府信息公开申请2件，答复3件，答复率100%。"))) == 1


def test_the_preface_counts_nothing() -> None:
    assert in_preface("NAR-RATE", RATES_WRONG[0][0]) == in_preface("NAR-PARTS", KINDS_WRONG[0][0]) == []


def test_a_long_line_costs_little() -> None:
    words = "公开30条，其中甲类10条，" * 700
    assert findings_of("NAR-PARTS", with_paragraph(words)) == []


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("公开信息中文件类占34.8%、政策类占28.5%、规划类占12.2%、其他占23.5%。", "99≠100"),
        ("文件类占34%、政策类占28%、其余类别占40%。", "102≠100"),
        ("文件类占33.3%、政策类占33.3%、其他占33.3%。", ""),  # rounding
        ("文件类占33%、政策类占33%、其他占33%。", ""),
        ("文件类占34.8%、政策类占28.5%、规划类占12.2%。", ""),  # not all are listed
        ("文件类占34.8%、其他占63%。", ""),
        ("网站公开占80%、公报占60%、其他渠道占40%。", ""),  # overlapping
    ],
)
def test_shares_listed_up_to_the_rest_are_all(words: str, values: str) -> None:
    assert [f.values for f in findings_of("NAR-PARTS", with_paragraph(words))] == [values] * bool(values)
