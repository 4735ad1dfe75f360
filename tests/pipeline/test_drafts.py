"""Drafts and reports held back: the finished ones are built, nothing of the others reaches the site."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.collection.folder import scan
from generator.collection.office import open_office
from generator.finding import Level
from generator.pipeline.one_report import check_report
from generator.pipeline.request import BuildResult, Request
from generator.pipeline.run import run
from tests.example import SITE, prose, tables, write_content
from tests.pipeline.test_run import made

pytestmark = pytest.mark.slow

DRAFT = "状态: 草稿  # 写完、核对无误后删去这一行\n"
FLAWED = tables(2021, "jiaju", 表三_总计=[9, 0, 0, 0, 0, 0, 9])
LEGACY = "原页面:\n  - {机关: shili, 年度: 2022, 标题: 示例旧页, 网址: 'http://www.example.gov.cn/old'}\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    reports = {
        "2021/shili": (tables(2021), prose(2021)),
        "2021/jiaju": (tables(2021, "jiaju"), prose(2021)),
        "2022/shili": (DRAFT + tables(2022, 表三_本年新收=["~"] * 7), "【待填写】引言\n\n" + prose(2022)),
    }
    return write_content(tmp_path / "content", reports)


def build(content: Path, strict: bool = False, preview: bool = False) -> tuple[BuildResult, dict[str, bytes]]:
    output = content.parent / "site"
    result = run(Request(content, jobs=1, strict=strict, preview=preview), output)
    return result, made(output) if output.exists() else {}


def test_next_years_draft_does_not_stop_this_years_site(content: Path) -> None:
    result, site = build(content)
    assert result.written is not None and {"2021/shili/index.html", "2021/jiaju/index.html"} <= set(site)
    assert not any(path.startswith("2022") for path in site)
    assert not any(b"2022" in data for path, data in site.items() if path.endswith((".html", ".csv", ".xml")))


@pytest.mark.slow
def test_not_even_strict(content: Path) -> None:
    assert build(content, strict=True)[0].written is not None


def test_the_draft_is_checked_in_a_few_lines_without_an_error(content: Path) -> None:
    findings = [f for f in build(content)[0].findings if f.year == 2022]
    assert findings[0].rule == "DRAFT-STATE" and {f.level for f in findings} <= {Level.WARNING, Level.NOTE}
    assert {"T3-BLANK"} <= {f.rule for f in findings} and len(findings) < 15


def test_one_draft_is_checked_alone_as_in_the_whole(content: Path) -> None:
    ref = next(ref for ref in scan(content)[0] if ref.year == 2022)
    whole = [f for f in run(Request(content, jobs=1), None).findings if f.year == 2022]
    assert check_report(open_office(content), ref) == whole


def test_an_original_page_of_the_drafts_year_is_still_led_to(content: Path) -> None:
    (content / "site.yaml").write_text(SITE + LEGACY, encoding="utf-8")
    site = build(content)[1]
    assert b"http://www.example.gov.cn/old" in site["2022/index.html"]


def test_a_finished_report_beyond_a_draft_is_linked_past_it(content: Path) -> None:
    (content / "2023/shili").mkdir(parents=True)
    (content / "2023/shili/tables.yaml").write_text(tables(2023, 表三_上年结转=[0] * 7), encoding="utf-8")
    (content / "2023/shili/report.md").write_text(prose(2023), encoding="utf-8")
    site = build(content)[1]
    page = site["2021/shili/index.html"].decode()
    assert "../../2023/shili/index.html" in page and "../../2022" not in page


def test_the_preview_shows_the_draft_with_a_mark(content: Path) -> None:
    site = build(content, preview=True)[1]
    assert "草稿，未公开" in site["2022/shili/index.html"].decode() and "（草稿）" in site["2022/index.html"].decode()
    draft = site["2022/shili/index.html"].decode()
    assert "斜纹格还没有填" in draft and "原表中是空白" not in draft
    assert "../../2022/shili/index.html" in site["2021/shili/index.html"].decode()
    assert "草稿" not in site["2021/shili/index.html"].decode()


@pytest.mark.slow
def test_the_preview_shows_reports_with_errors_too(content: Path) -> None:
    (content / "2021/jiaju/tables.yaml").write_text(FLAWED, encoding="utf-8")
    result, site = build(content, preview=True)
    assert any(f.blocking for f in result.findings) and "2021/jiaju/index.html" in site
    assert build(content)[0].written is None


@pytest.mark.slow
def test_a_report_that_cannot_be_read_stays_at_its_last_good_state_in_the_preview(content: Path) -> None:
    before = build(content, preview=True)[1]["2021/jiaju/index.html"]
    (content / "2021/jiaju/tables.yaml").write_text("甲: [", encoding="utf-8")
    (content / "2021/shili/report.md").write_text(prose(2021) + "\n新写的一句。\n", encoding="utf-8")
    site = build(content, preview=True)[1]
    assert site["2021/jiaju/index.html"] == before and "新写的一句" in site["2021/shili/index.html"].decode()


@pytest.mark.slow
def test_one_units_error_stops_all_unless_the_office_lets_the_others_go_on(content: Path) -> None:
    (content / "2021/jiaju/tables.yaml").write_text(FLAWED, encoding="utf-8")
    assert build(content)[0].written is None
    (content / "site.yaml").write_text(SITE + "有错误的新报告: 暂缓发布\n", encoding="utf-8")
    result, site = build(content)
    assert result.written is not None and "2021/jiaju/index.html" not in site
    assert "尚未发布：示例区甲局。" in site["2021/index.html"].decode()
    held = [f for f in result.findings if f.organ == "jiaju"]
    assert held[0].rule == "HELD-BACK" and "T3-SUM" in {f.rule for f in held}
    assert not any(f.blocking for f in result.findings)


def test_a_historical_report_with_errors_is_not_held_back(content: Path) -> None:
    (content / "2021/jiaju/tables.yaml").write_text("甲: [", encoding="utf-8")
    (content / "site.yaml").write_text(SITE + "有错误的新报告: 暂缓发布\n历史年度截至: 2021\n", encoding="utf-8")
    assert build(content)[0].written is None


@pytest.mark.parametrize("figures", [FLAWED, tables(2021, "jiaju")])
def test_a_corrected_report_is_public_and_not_held_back(content: Path, figures: str) -> None:
    item = "{位置: 表三.本年新收.自然人, 原值: 2, 更正为: 4, 日期: 2022-03-01, 原因: 示例, 批准人: 示例}"
    (content / "2021/jiaju/tables.yaml").write_text(f"{figures}更正:\n  - {item}\n", encoding="utf-8")
    (content / "site.yaml").write_text(SITE + "有错误的新报告: 暂缓发布\n", encoding="utf-8")
    result = build(content)[0]
    assert result.written is None, "its page would vanish from the site, and 尚未发布 would be untrue"
    assert {"CORR-VALUE"} <= {f.rule for f in result.findings if f.blocking}


@pytest.mark.parametrize(("state", "told"), [("状态: 草稿\n", [Level.WARNING]), ("", [])])
def test_a_corrected_report_that_becomes_a_draft_is_told(content: Path, state: str, told: list[Level]) -> None:
    item = "{位置: 表三.本年新收.自然人, 原值: 2, 更正为: 3, 日期: 2022-03-01, 原因: 示例, 批准人: 示例}"
    text = f"{state}{tables(2021, 'jiaju')}更正:\n  - {item}\n"
    (content / "2021/jiaju/tables.yaml").write_text(text, encoding="utf-8")
    (ref,) = (ref for ref in scan(content)[0] if ref[:2] == (2021, "jiaju"))
    found = check_report(open_office(content), ref)
    assert [f.level for f in found if f.rule == "CORR-DRAFT"] == told


def test_an_error_of_the_settings_stops_all_the_same(content: Path) -> None:
    (content / "2021/jiaju/tables.yaml").write_text(FLAWED, encoding="utf-8")
    (content / "site.yaml").write_text(
        SITE.replace("1234567890", "12") + "有错误的新报告: 暂缓发布\n", encoding="utf-8"
    )
    assert build(content)[0].written is None


@pytest.mark.slow
def test_another_wording_of_the_setting_is_an_error(content: Path) -> None:
    (content / "site.yaml").write_text(SITE + "有错误的新报告: 照发\n", encoding="utf-8")
    assert "SITE-HOLD" in {f.rule for f in build(content)[0].findings}


def test_a_unit_that_is_a_draft_leaves_the_finished_reports_of_its_year_alone(content: Path) -> None:
    (content / "2021/jiaju/tables.yaml").write_text(DRAFT + tables(2021, "jiaju"), encoding="utf-8")
    result, site = build(content)
    assert result.written is not None and "2021/jiaju/index.html" not in site
    (cover,) = [f for f in result.findings if f.rule == "AGG-COVER"]
    assert cover.level is Level.NOTE and "还是草稿" in cover.message.zh


MARKED = tables(2021, "jiaju").replace("  规章: [0, 0, 0]", "  规章: [0, 0, 0]  # 待核：示例")


@pytest.mark.slow
@pytest.mark.parametrize(("until", "built"), [("", False), ("历史年度截至: 2021\n", True)])
def test_a_new_report_with_a_cell_to_be_checked_is_not_built(content: Path, until: str, built: bool) -> None:
    (content / "2021/jiaju/tables.yaml").write_text(MARKED, encoding="utf-8")
    (content / "site.yaml").write_text(SITE + until, encoding="utf-8")
    result, _ = build(content)
    (mark,) = [f for f in result.findings if f.rule == "IMP-UNCHECKED"]
    assert (result.written is not None, mark.level is Level.WARNING) == (built, built)


def test_check_names_it_as_a_warning_and_strict_as_an_error(content: Path) -> None:
    (content / "2021/jiaju/tables.yaml").write_text(MARKED, encoding="utf-8")
    levels = []
    for strict in (False, True):
        findings = run(Request(content, jobs=1, strict=strict), None).findings
        levels += [f.level for f in findings if f.rule == "IMP-UNCHECKED"]
    assert levels == [Level.WARNING, Level.ERROR]


def test_a_draft_may_have_cells_to_be_checked(content: Path) -> None:
    (content / "2021/jiaju/tables.yaml").write_text(DRAFT + MARKED, encoding="utf-8")
    assert build(content)[0].written is not None


def test_a_report_that_cannot_be_read_stays_in_the_lists_of_a_preview_with_a_mark(content: Path) -> None:
    """Halfway through an edit the file is no YAML: its last page stays, and so do the ways that lead to it."""
    build(content, preview=True)
    (content / "2021/jiaju/tables.yaml").write_text("表二: [", encoding="utf-8")
    result, site = build(content, preview=True)
    assert result.written is not None and "2021/jiaju/index.html" in site
    mark, link = "（现在读不出来）", 'href="/2021/jiaju/index.html"'
    for page in ("2021/index.html", "organs/jiaju/index.html"):
        text = site[page].decode()
        assert "原页面" not in text
        assert mark in text.replace("<wbr>", "") and link in text, page


def test_one_that_never_could_be_read_leads_to_its_year(content: Path) -> None:
    (content / "2021/jiaju/tables.yaml").write_text("表二: [", encoding="utf-8")
    text = build(content, preview=True)[1]["2021/index.html"].decode()
    assert "现在读不出来" in text and 'href="/2021/index.html"' in text and "2021/jiaju" not in text


def test_a_site_never_has_a_report_that_could_not_be_read(content: Path) -> None:
    (content / "2021/jiaju/tables.yaml").write_text("表二: [", encoding="utf-8")
    result, site = build(content)
    assert result.written is None and not site
