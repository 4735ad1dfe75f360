from __future__ import annotations

import pytest

from generator.collection.settings import Organ
from generator.drafts.carry_over import carried, contact, sources
from generator.report.model import Report
from tests.example import entry, form, tables

NEW, OLD = form("gbkbh-2021-30"), form("gbkbh-2019-60")
ROW = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def report(year: int, *figures: object) -> Report:
    found = entry(year, tables(year, 表三_结转下年度=figures) + "联系: {电话: 0533-1234567, 邮编: ~}\n")[0]
    assert found is not None
    return found.report


def organ(name: str, since: str = "", until: str = "", before: tuple[str, ...] = ()) -> Organ:
    return Organ(name, name, name, "部门", "shili", "", since, until, before)


@pytest.mark.parametrize("year", [2020, 2021])
def test_what_is_carried_out_is_carried_in_also_across_formats(year: int) -> None:
    found = carried(NEW, [report(year, 1, 2, 0, 0, 0, 0, 3)])
    assert found == {f"表三.上年结转.{key}": text for key, text in zip(ROW, "1200003", strict=True)}


def test_a_blank_is_not_carried_as_nothing() -> None:
    assert carried(NEW, [report(2020, 1, "~", 0, "/", 0, 0, 3)]) == {
        f"表三.上年结转.{key}": text for key, text in zip(ROW, ("1", "", "0", "", "0", "0", "3"), strict=True) if text
    }


def test_merged_organs_are_added_and_a_blank_in_one_leaves_the_cell_open() -> None:
    found = carried(NEW, [report(2021, 1, 2, 0, 0, 0, 0, 3), report(2021, 4, "~", 0, 0, 0, 0, 4)])
    assert (found["表三.上年结转.自然人"], found["表三.上年结转.总计"]) == (
        "5",
        "7",
    ) and "表三.上年结转.商业企业" not in found


def test_without_a_report_or_a_role_nothing_is_carried() -> None:
    assert carried(NEW, []) == {} == carried(form("era-2014-stat"), [report(2021, 1, 0, 0, 0, 0, 0, 1)])


def test_whose_reports_count() -> None:
    jia, yi = organ("jia", until="2024"), organ("yi", until="2020")
    bing, ding = organ("bing", since="2025", before=("jia", "yi")), organ("ding", before=("jia", "wu"))
    organs = [jia, yi, bing, ding]
    assert sources(jia, organs, 2024) == ("jia",)
    assert sources(bing, organs, 2025) == ("jia",)  # renamed; 乙 was gone long before
    assert sources(ding, organs, 2025) == ("jia", "ding")  # merged into one that goes on; 戊 is not registered
    assert sources(bing, organs, 2026) == ("bing",)


def test_the_contact_of_last_year_is_at_hand_without_its_blanks() -> None:
    assert contact(report(2021, 0, 0, 0, 0, 0, 0, 0)) == {"联系.电话": "0533-1234567"} and contact(None) == {}
