"""Cases handled against cases received, within one sentence."""

from __future__ import annotations

import pytest

from generator.finding import Level
from tests.rules.words import findings_of, in_paragraph, in_preface, with_paragraph

RATES_WRONG = [
    (
        "全年受理审批事项117件，办结171件，办结率100%。",
        "171/117 办结率100%",
        "办结的比受理的多54件；办结率100%，二者之比是146.15%",
    ),
    ("收到留言150条，回复105条，回复率为百分之百。", "105/150 回复率为百分之百", "回复率为百分之百，二者之比是70.00%"),
    ("接听来电100次，答复90次，答复率100%。", "90/100 答复率100%", "答复率100%，二者之比是90.00%"),
    ("承办建议18件，办复12件，办复率100%。", "12/18 办复率100%", "办复率100%，二者之比是66.67%"),
    ("收到建议15件、提案20件，办结53件。", "53/35", "办结的比受理的多18件；请核对件数"),
    ("办理人大建议15件，政协提案20件，已办结36件。", "36/35", "办结的比受理的多1件"),
    ("收到建议15件和提案20件，均已办结，共办结25件，办结率100%。", "25/35 办结率100%", "二者之比是71.43%"),
    ("受理信访117件，办理171件。", "171/117", "办结的比受理的多54件"),
    ("收到工单117件，办结171件。", "171/117", "办结的比受理的多54件；请核对件数"),
    ("受理投诉100件，已答复90件，答复率达95.5％。", "90/100 答复率达95.5％", "答复率达95.5％，二者之比是90.00%"),
]
RATES_RIGHT = [
    "收到建议15件、提案20件，办结35件，办结率100%。",
    "收到建议15件、提案20件，全部办结，办理热线53件，办结率100%。",
    "收到建议15件、提案20件，办结热线53件。",
    "收到来信15件、来访20批，答复咨询53件。",
    "收到建议提案35件，其中建议15件、提案20件，办结35件，办结率100%。",
    "受理投诉20件，转办5件，办结20件，办结率100%。",
    "收到申请20次，收到建议15件、来访5次，办结30件。",
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
    assert in_preface("NAR-RATE", RATES_WRONG[0][0]) == []
