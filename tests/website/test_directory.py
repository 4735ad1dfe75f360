"""How pages find organs, and reports that stand elsewhere."""

from __future__ import annotations

from dataclasses import replace

from generator.collection.settings import Legacy
from generator.collection.summary import Figure, ReportSummary
from generator.report.entry import ReportRef
from generator.website.directory import Directory, key_figures
from generator.website.views import EntryView, LabelledValue
from generator.website.words import load_words
from tests.example import SETTINGS

OLD = Legacy("jiaju", 2012, "甲局2012年报", "http://www.example.gov.cn/2012", "2013-01-05")
ALSO_BUILT = replace(OLD, year=2021)
DIRECTORY = Directory(
    replace(SETTINGS, legacy=(OLD, ALSO_BUILT)), [ReportRef(2021, "jiaju", "2021/jiaju")], load_words()
)
FIGURES = (Figure("新收申请", "3", "件"), Figure("行政许可", "", "件"))
SUMMARY = ReportSummary(2021, "jiaju", "甲局2021年报", "2022-01-20", "gbkbh-2021-30", FIGURES, ())


def test_an_original_page_gives_way_to_the_report_built_here() -> None:
    assert DIRECTORY.originals == {"jiaju": [OLD]}


def test_an_organ_that_is_not_listed_goes_by_its_id() -> None:
    assert DIRECTORY.organ("jiaju").name == "示例区甲局"
    assert (DIRECTORY.organ("bingju").name, DIRECTORY.organ("bingju").level) == ("bingju", "")


def test_a_report_bears_the_name_that_its_organ_had_that_year() -> None:
    renamed = replace(SETTINGS.organs[1], former=((2020, "示例区旧局"),))
    directory = Directory(replace(SETTINGS, organs=(SETTINGS.organs[0], renamed)), [], load_words())
    assert directory.organ("jiaju").name == directory.organ("jiaju", 2021).name == "示例区甲局"
    assert directory.entry("", SUMMARY._replace(year=2020)).organ == "示例区旧局"
    assert directory.original(OLD).organ == "示例区旧局"


def test_a_report_built_here_is_linked_within_the_section() -> None:
    assert DIRECTORY.entry("../", SUMMARY) == EntryView(
        2021,
        "示例区甲局",
        "部门",
        "甲局2021年报",
        "../2021/jiaju/index.html",
        external=False,
        published="2022-01-20",
        figures=("3", ""),
    )


def test_an_original_page_is_linked_outside_with_a_row_of_blanks() -> None:
    entry = DIRECTORY.original(OLD, 2)
    assert (entry.url, entry.external, entry.figures) == ("http://www.example.gov.cn/2012", True, ("", ""))


def test_key_figures_leave_out_what_cannot_be_computed() -> None:
    assert key_figures(SUMMARY, load_words()) == (LabelledValue("新收申请", "3", "件"),)


def test_organs_with_one_short_name_are_told_apart_by_their_full_names() -> None:
    shorts = {"jiaju": "教育局", "yizhen": "教育局"}
    organs = tuple(replace(organ, short=shorts.get(organ.id, organ.short)) for organ in SETTINGS.organs)
    directory = Directory(replace(SETTINGS, organs=organs), [], load_words())
    assert [directory.short(organ) for organ in organs] == ["示例区", "示例区甲局", "示例区乙镇人民政府"]


def test_levels_are_named_once_and_a_missing_one_too() -> None:
    organs = [*SETTINGS.organs, DIRECTORY.organ("bingju"), SETTINGS.organs[0]]
    assert DIRECTORY.levels(organs) == "区、部门、镇、未注明层级"
