"""The benchmark's workload is what it claims, and its comparison and its measuring would notice if it were not so."""

from __future__ import annotations

import re
import shutil
import sys
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from bench import budget, demo, measure, run, verify, workload
from generator.pipeline import run as pipeline
from generator.pipeline.request import Request

pytestmark = pytest.mark.slow

SIZE = 20


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    workload.write_content(folder / "content", SIZE)
    assert pipeline.run(Request(folder / "content", jobs=1), folder / "site").written is not None
    return folder / "site"


def test_the_workload_is_the_same_every_time_and_no_two_reports_are_alike() -> None:
    reports = list(workload.reports(SIZE))
    assert [r.prose for r in reports] == [r.prose for r in workload.reports(SIZE)]
    assert len({r.prose for r in reports}) == len(reports) == SIZE
    assert {r.form.id for r in reports} == {"gbkbh-2019-60", "gbkbh-2021-30"}
    assert all("示例" in r.title and "示例" in r.prose for r in reports)
    lengths = [len(r.prose.encode()) for r in reports]
    assert min(lengths) > 6_000 and max(lengths) < 13_000


def test_nothing_is_found_wrong_with_the_workload(tmp_path: Path) -> None:
    workload.write_content(tmp_path, 2 * SIZE)  # a district with all its bureaus and towns
    found = pipeline.run(Request(tmp_path, jobs=1), None).findings
    assert [(f.rule, f.subject, f.place) for f in found if f.accepted is None] == []


def test_figures_follow_on_from_year_to_year_and_add_up_to_the_government() -> None:
    top, *units = [list(own) for _, own in groupby(workload.reports(SIZE), lambda report: report.organ.id)]
    for own in (top, *units):
        for before, after in pairwise(own):
            assert after.tables["表三"]["上年结转"] == before.tables["表三"]["结转下年度"]
    for number, report in enumerate(top):
        assert int(report.tables["表三"]["本年新收"][-1]) == sum(
            int(own[number].tables["表三"]["本年新收"][-1]) for own in units
        )


def test_an_edit_changes_one_figure_and_breaks_nothing(tmp_path: Path) -> None:
    workload.write_content(tmp_path, SIZE)
    file = tmp_path / workload.EDITED / "tables.yaml"
    before = file.read_text(encoding="utf-8")
    file.write_text(workload.edited(before), encoding="utf-8")
    lines = zip(before.splitlines(), file.read_text(encoding="utf-8").splitlines(), strict=True)
    changed = [(old.split(", "), new.split(", ")) for old, new in lines if old != new]
    assert len(changed) == 1 and sum(old != new for old, new in zip(*changed[0], strict=True)) == 1
    assert [f for f in pipeline.run(Request(tmp_path, jobs=1), None).findings if f.accepted is None] == []


def test_a_site_says_the_same_as_itself(site: Path) -> None:
    assert list(verify.differences(site, site)) == []


CHANGES = [
    ("2019/q0001/index.html", "</td>", "7</td>"),
    ("2019/q0001/index.html", 'rowspan="20"', 'rowspan="19"'),
    ("2019/q0001/index.html", "<title>", "<title>又"),
    ("2019/q0001/index.html", "本报告为性能测试用的", "本报告为"),
    ("2019/q0001/index.html", "<h3>引用</h3>", "<h3>引证</h3>"),
    ("2019/q0001/index.html", 'href="#term-5"', 'href="#term-6"'),
    ("2019/q0001/index.html", "%</td>", "0%</td>"),
    ("2019/q0001/index.html", '" height="10"', '" height="11"'),
    ("2019/q0001-keji/index.html", "照原样登载<ul>", "照原样<ul>"),
    ("2019/q0001-keji/index.html", "空白（2格）", "空白（3格）"),
    ("organs/q0001/index.html", 'width="34"', 'width="33"'),
    ("organs/q0001/index.html", '<desc id="said-1">', '<desc id="said-1">又'),
    ("2019/index.html", "2019/q0001/index.html", "2019/q0002/index.html"),
    ("2019/q0001/report.json", '"value":0', '"value":1'),
    ("2019/q0001/tables.csv", "件", "项"),
    ("data/2020.csv", "2020,q0001,", "2020,q0002,"),
]


@pytest.fixture(scope="module")
def few(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that are changed below, and no others: each is read on both sides for each change."""
    folder = tmp_path_factory.mktemp("few")
    for path in {path for path, _, _ in CHANGES}:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(site / path, folder / path)
    return folder


@pytest.mark.parametrize(("path", "old", "new"), CHANGES)
def test_one_difference_is_told(few: Path, tmp_path: Path, path: str, old: str, new: str) -> None:
    other = tmp_path / "other"
    shutil.copytree(few, other)
    text = (other / path).read_text(encoding="utf-8")
    assert old in text
    (other / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = list(verify.differences(few, other))
    assert len(found) == 1 and found[0].startswith(f"{path.replace('2020.csv', 'reports.csv')}: ")


def test_addresses_of_rows_are_ours_and_no_part_of_a_table() -> None:
    with_address = (
        '<table><caption>c</caption><tr><td>a<a class="key" href="#t3.received">#t3.received</a></td></tr></table>'
    )
    without = "<table><caption>c</caption><tr><td>a</td></tr></table>"
    assert verify.page(with_address, "x.html") == verify.page(without, "x.html")


def test_ours_may_say_more_around_a_report_and_the_peer_may_not(few: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(few, other)
    page = other / "2019/q0001/index.html"
    page.write_text(
        page.read_text(encoding="utf-8").replace("<h3>引用</h3>", "<h3>引用</h3><p>又一句</p>"), encoding="utf-8"
    )
    assert list(verify.differences(other, few)) == []
    assert len(list(verify.differences(few, other))) == 1


def test_charts_give_no_length_more_digits_than_can_be_seen(site: Path) -> None:
    drawn = "".join(page.read_text(encoding="utf-8") for page in site.glob("organs/*/index.html"))
    lengths = re.findall(r'\b(?:[xy][12]?|width|height)="([\d.]+)"', drawn)
    assert len(lengths) > 500 and max(map(len, lengths)) == len("100.0")


def test_a_missing_page_is_told(few: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(few, other)
    (other / "2019/q0001/tables.csv").unlink()
    assert list(verify.differences(few, other)) == ["only ours: 2019/q0001/tables.csv"]


_CHILD = "import time; held = b'x' * 60_000_000; time.sleep(0.5)"
_PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_CHILD!r}], check=True)"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="process trees are read from /proc")
def test_memory_and_cpu_of_the_whole_process_tree_are_seen(tmp_path: Path) -> None:
    cost = measure.run([sys.executable, "-c", _PARENT], tmp_path, watch=True)
    assert cost.wall > 0.5 and 0 < cost.cpu < cost.wall
    assert cost.memory > 65_000_000  # the child's 60 MB and two interpreters


def test_a_command_that_fails_says_what_it_printed(tmp_path: Path) -> None:
    with pytest.raises(measure.Failed, match="no such thing"):
        measure.run([sys.executable, "-c", "import sys; sys.exit('no such thing')"], tmp_path)


def _costs(wall: float, memory: int) -> dict[str, object]:
    return {**{state: {"wall": wall, "cpu": wall} for state in run.STATES}, "memory": memory}


def test_an_anchor_that_leads_nowhere_is_no_link() -> None:
    html = '<table><caption>表</caption><tr><td>0<a id="t2-old"></a> <a href="#term-1">一</a></td></tr></table>'
    assert verify.page(html, "2020/shili/index.html").links == [("0 一", "/nianbao/2020/shili/#term-1")]


def test_each_promise_is_told_as_kept_or_missed() -> None:
    small = {"nianbao": _costs(1.0, 50), "hugo": _costs(2.0, 400)}
    large = {"nianbao": _costs(12.0, 60), "hugo-new": _costs(40.0, 900)}
    told = {
        line[7:].partition(":")[0]: line[:6].strip() for line in run.targets({"sizes": {"1000": small, "10000": large}})
    }
    assert told == {
        "cold, 1000 reports, nianbao ÷ hugo": "met",
        "unchanged, 1000 reports, nianbao ÷ hugo": "MISSED",
        "cold, 10000 reports, nianbao ÷ hugo-new": "met",
        "unchanged, 10000 reports, nianbao ÷ hugo-new": "MISSED",
        "one figure edited ÷ cold, 1000 reports": "MISSED",
        "one figure edited ÷ cold, 10000 reports": "MISSED",
        "one figure edited, 10000 reports, nianbao ÷ hugo-new": "MISSED",
        "peak memory, 10000 reports, nianbao ÷ hugo-new": "met",
        "cold, 10000 ÷ 1000 reports": "MISSED",
    }
    assert "| 1000 | cold | hugo | 2.00 | 2.00 | 0 | 0.50 | 0.50 | 0.125 |" in run.table({"sizes": {"1000": small}})


def test_the_sample_portal_has_what_a_real_one_has(tmp_path: Path) -> None:
    demo.write_content(tmp_path)
    reports = sorted(path.parent.relative_to(tmp_path).as_posix() for path in tmp_path.glob("*/*/tables.yaml"))
    assert len(demo.organs()) == 60 and len(reports) == 60 * 8 - 1 + len(demo.DRAFTS)
    forms = {workload.form_of(year).id for year in demo.YEARS}
    assert forms == {"era-2014-stat", "gbkbh-2019-60", "gbkbh-2021-30"}
    outcome = pipeline.run(Request(tmp_path, jobs=1), None)
    assert not [item.message.zh for item in outcome.findings if item.blocking]
    corrected = {
        path.parent.relative_to(tmp_path) for path in tmp_path.glob("*/*/tables.yaml") if "更正:" in path.read_text()
    }
    assert corrected == {Path(str(year), organ) for year, organ in demo.CORRECTED}
    accepted = {item.rule for item in outcome.findings if item.accepted}
    assert accepted == {"AGG-CELL", "T3-BLANK"}  # a sum that differs for a reason, blanks of the original


def test_a_trial_with_no_time_left_begins_nothing_more_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter((0.0, 10.0, 59.0, 60.0))
    monkeypatch.setattr("bench.budget.monotonic", lambda: next(clock))
    assert list(budget.Budget(1).within(range(9))) == [0, 1] and list(budget.Budget(None).within("ab")) == ["a", "b"]
    assert (budget.tally(2, 9), budget.tally(9, 9)) == ("2 of 9 (time spent)", "9")
