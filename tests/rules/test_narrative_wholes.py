"""Parts, shares and rates against the whole of their sentence (NAR-SHARE)."""

from __future__ import annotations

import pytest

from generator.finding import Level
from tests.rules.narrative import line_of, narrative_findings

WRONG = [
    ("主动公开信息1200条，其中通过网站公开1300条。", "1300>1200"),
    ("发布解读30篇。其中图解36篇。", "36>30"),
    ("公开信息1000条，其中通过网站公开850条，占80%。", "80%≠85.00%"),
    ("公开信息1000条，其中网站850条（占比85.5%）。", "85.5%≠85.00%"),
    ("公开信息1000条，其中网站600条，占60%，微信300条，占40%。", "40%≠30.00%"),
    ("发放问卷300份，收回280份，回收率95%。", "95%≠93.33%"),
    ("检查信息400条，合格380条，合格率为98.5%。", "98.5%≠95.00%"),
    ("发现问题86个，整改84个，整改率100%。", "100%≠97.67%"),
    ("征集建议126条，采纳85条，采纳率达65%。", "65%≠67.46%"),
    ("应公开事项120项，已公开130项，公开率100%。", "100%≠108.33%"),
]
RIGHT = [
    "公开信息1000条，其中通过网站公开850条，占85%。",
    "公开信息1000条，其中网站556条，占55.6%，微信333条，占33.3%。",
    "公开信息300条，其中网站200条，占66.6%。",  # cut off
    "公开信息300条，其中网站200条，占67%。",
    "公开信息1000条，其中政策解读45条，占应解读文件的90%。",
    "公开信息1200余条，其中通过网站公开1300条。",
    "公开信息1.2万条，解读36条，其中图解60条。",
    "公开信息5000条，解读36条，其中网站发布120条。",
    "公开信息500条，其中累计公开往年文件600条。",
    "公开信息500条，累计公开6000条，其中网站5000条。",
    "公开信息500条，较上年增加100条，其中网站450条，占80%，比上年提高5%。",
    "培训3次，其中线上2次，参训120人。",
    "发放问卷300份，收回285份，回收率95%。",
    "检查单位50家，发现问题86个，整改84个，整改率97.67%。",
    "受理建议35件，办结33件，满意率100%。",
    "公开信息1000条，其中网站600条、微信250条，共占85%。",
    "收到申请22件，其中涉及土地2件，占9.09%。",
    "文件解读45篇，图解20篇，占44.44%。",
    "印发文件76份，公开40份，公开率100%。",
]


@pytest.mark.parametrize(("sentence", "values"), WRONG)
def test_what_does_not_follow_from_the_whole(sentence: str, values: str) -> None:
    (finding,) = [item for item in narrative_findings(sentence) if item.rule == "NAR-SHARE"]
    assert (finding.values, finding.level, finding.place.line) == (values, Level.WARNING, line_of(sentence))
    assert finding.subject in sentence and "核对" in finding.message.zh and "check it" in finding.message.en


@pytest.mark.parametrize("sentence", RIGHT)
def test_what_follows_or_may_be_of_something_else(sentence: str) -> None:
    assert [item for item in narrative_findings(sentence) if item.rule == "NAR-SHARE"] == []


def test_a_bound_figure_is_left_alone() -> None:
    sentence = "发布解读20篇，申请22件，其中予以公开{{表三.予以公开.总计}}件，占90%。"
    assert [item for item in narrative_findings(sentence) if item.rule == "NAR-SHARE"] == []
