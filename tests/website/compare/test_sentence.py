"""The sentence at the head of a comparison: it names grounds only where every report of the sum tells them."""

from __future__ import annotations

from generator.collection.summary import ReportSummary
from generator.website.compare.measures import Measure
from generator.website.compare.sentence import sentence
from generator.website.numbers import by_organ, texts
from generator.website.words import load_words
from tests.example import FORMS, SETTINGS
from tests.website.compare.samples import TRENDS, report

ORGANS = [organ for organ in SETTINGS.organs if organ.parent]
FORM = next(form for form in FORMS if form.id == report(2021, "jiaju").form)


def refused(year: int, organ: str, total: int, **grounds: int) -> ReportSummary:
    """A report with so many refusals, by row of the form."""
    names = [name.split(".")[1] for name in FORM.role("results")]
    assert grounds.keys() <= {*names}
    return report(year, organ, 100, 不予公开=str(total))._replace(
        outcomes=tuple(str(grounds.get(name, 0)) for name in names)
    )


def said(*reports: ReportSummary, lang: str = "zh") -> str:
    known = {(item.organ, item.year): texts(item) for item in reports}
    measure = Measure(TRENDS["不予公开"], ORGANS, by_organ(reports), known, {form.id: form for form in FORMS})
    return sentence(measure, ORGANS, load_words(lang))


def test_the_three_most_frequent_grounds_follow_the_count_and_its_rate() -> None:
    grounds = {"属于国家秘密": 1, "属于行政查询事项": 6, "属于行政执法案卷": 2, "保护第三方合法权益": 3}
    before = [refused(2020, "jiaju", 4), refused(2020, "yizhen", 4)]
    assert said(refused(2021, "jiaju", 12, **grounds), refused(2021, "yizhen", 1, 属于国家秘密=1), *before) == (
        "2021年，2份报告合计不予公开13件，较上年+5件，占办理总计的6.5%（n=200）。"
        "最多的情形：属于行政查询事项6件、保护第三方合法权益3件、属于国家秘密2件。"
    )


def test_no_grounds_are_named_where_a_report_does_not_tell_all() -> None:
    silent = refused(2021, "yizhen", 1)
    outcomes = tuple("" if number in range(2, 10) else "0" for number in range(len(silent.outcomes)))
    assert "最多的情形" not in said(refused(2021, "jiaju", 2, 属于国家秘密=2), silent._replace(outcomes=outcomes))


def test_no_grounds_are_named_where_there_are_none() -> None:
    assert "最多的情形" not in said(refused(2021, "jiaju", 0))


def test_in_english_the_sentences_stand_apart() -> None:
    english = said(refused(2021, "jiaju", 2, 属于国家秘密=2), lang="en")
    assert "(n=100). Most frequent grounds: State secrets – 2 cases." in english
