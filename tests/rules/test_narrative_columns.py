"""Counts by kind of applicant against the columns of table 三, results of reviews and lawsuits against table 四."""

from __future__ import annotations

import pytest

from generator.finding import Level
from tests.rules.sentence_reports import found_in

WHO_WRONG = [
    ("收到政府信息公开申请22件，其中自然人申请20件。", "20≠18", "表三.本年新收.自然人"),
    ("收到政府信息公开申请22件，公民提出17件，法人或其他组织提出5件。", "17≠18", "表三.本年新收.自然人"),
    ("收到政府信息公开申请22件，其中法人和其他组织申请3件。", "3≠4", "表三.本年新收.商业企业"),
    ("政府信息公开申请中商业企业3件。", "3≠2", "表三.本年新收.商业企业"),
    ("政府信息公开申请人为科研机构的1件。", "1≠0", "表三.本年新收.科研机构"),
    ("政府信息公开申请中，自然人申请占90%。", "90%≠81.82%", "表三.本年新收.自然人"),
    ("政府信息公开申请中，自然人申请18件，占82.5%。", "82.5%≠81.82%", "表三.本年新收.自然人"),
]
WHO_RIGHT = [
    "收到政府信息公开申请22件，其中自然人18件，商业企业2件，法律服务机构1件，其他1件。",
    "办理政府信息公开申请23件（含上年结转1件），其中自然人19件、法人或其他组织4件。",
    "政府信息公开申请中，自然人申请18件，占81.8%；法人或其他组织4件，占18.2%。",
    "政府信息公开申请中，自然人申请占82%。",
    "2020年政府信息公开申请中，自然人17件。",
    "政府信息公开申请予以公开15件，其中自然人12件。",
    "因政府信息公开申请引发行政复议，申请人为自然人的2件。",
    "政府信息公开申请中，网络申请14件，自然人13件、法人1件。",
    "对自然人办理许可40件。",
    "政府信息公开申请中，自然人和法人申请22件。",
]
RESULTS_WRONG = [
    ("因政府信息公开引发行政复议2件，其中维持2件。", "2≠1", "表四.行政复议.结果维持"),
    ("政府信息公开行政复议2件，结果纠正1件，尚未审结1件。", "1≠0", "表四.行政复议.结果纠正"),
    ("政府信息公开行政诉讼4件，其中维持4件。", "4≠3", "表四.未经复议直接起诉.结果维持"),
    ("因政府信息公开未经复议直接起诉3件，其中结果维持3件。", "3≠2", "表四.未经复议直接起诉.结果维持"),
    ("因政府信息公开复议后起诉1件，尚未审结1件。", "1≠0", "表四.复议后起诉.尚未审结"),
]
RESULTS_RIGHT = [
    "因政府信息公开引发行政复议2件，其中维持1件，尚未审结1件；行政诉讼4件，维持3件，纠正1件。",
    "政府信息公开未经复议直接起诉3件，维持2件，纠正1件；复议后起诉1件，结果维持1件。",
    "政府信息公开行政复议、行政诉讼案件6件，维持5件。",
    "2020年政府信息公开行政复议维持5件。",
    "政府信息公开行政诉讼一审维持5件，二审维持4件。",
    "办理行政复议案件60件，维持50件。",
]


@pytest.mark.parametrize(("sentence", "values", "cell"), WHO_WRONG)
def test_applicants_that_are_not_those_of_the_column(sentence: str, values: str, cell: str) -> None:
    hit = next(item for item in found_in(sentence) if item.rule == "NAR-WHO")
    assert (hit.values, hit.level) == (values, Level.WARNING)
    assert cell.rpartition(".")[2] in "".join(hit.cells[0].column)
    assert "请核对，改正文或改表" in hit.message.zh and hit.related


@pytest.mark.parametrize("sentence", WHO_RIGHT)
def test_applicants_that_are_or_may_be(sentence: str) -> None:
    assert [item.values for item in found_in(sentence) if item.rule == "NAR-WHO"] == []


@pytest.mark.parametrize(("sentence", "values", "cell"), RESULTS_WRONG)
def test_results_that_are_not_those_of_the_table(sentence: str, values: str, cell: str) -> None:
    hit = next(item for item in found_in(sentence) if item.rule == "NAR-RESULT")
    assert (hit.values, hit.level) == (values, Level.WARNING)
    assert cell.rpartition(".")[2] in "".join(hit.cells[0].column) and hit.subject in sentence


@pytest.mark.parametrize("sentence", RESULTS_RIGHT)
def test_results_that_are_or_may_be(sentence: str) -> None:
    assert [item.values for item in found_in(sentence) if item.rule == "NAR-RESULT"] == []
