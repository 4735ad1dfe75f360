"""From a content folder to a section: what is written, that it is always the same, and that it is never half."""

from __future__ import annotations

import csv
import gc
import gzip
import hashlib
import io
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import frictionless
import pytest
from csvw import TableGroup
from jsonschema import Draft202012Validator

from generator.collection.folder import scan
from generator.collection.office import open_office
from generator.finding import UserError
from generator.pipeline import output_folder, worker
from generator.pipeline import run as pipeline
from generator.pipeline.request import BuildResult, Request
from generator.pipeline.worker import Worker
from tests.example import prose, tables, write_content

pytestmark = pytest.mark.slow

REAL = Path(__file__).parents[2] / "content"


def made(folder: Path) -> dict[str, bytes]:
    """Every published file of a section: path → bytes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in files
        if not p.relative_to(folder).as_posix().startswith(".")
    }


def run(content: Path, output: Path, jobs: int = 1) -> BuildResult:
    return pipeline.run(Request(content, jobs=jobs), output)


@pytest.mark.slow
def test_the_real_content_becomes_a_section_with_its_page_kinds(tmp_path: Path) -> None:
    outcome = run(REAL, tmp_path / "site")
    files = made(tmp_path / "site")
    assert outcome.written is not None and outcome.reports == 1
    for path in (
        "index.html",
        "2020/index.html",
        "organs/boshan/index.html",
        "404.html",
        "sitemap.xml",
        "data/datapackage.json",
    ):
        assert path in files
    for path in ("2020/boshan/index.html", "2020/boshan/report.json", "2020/boshan/tables.csv"):
        assert path in files


def test_on_the_real_report_exactly_the_twelve_blanks_are_named_and_no_arithmetic() -> None:
    found = pipeline.run(Request(REAL, jobs=1), None).findings
    blanks = sorted((f.rule, f.subject) for f in found if f.rule.endswith("-BLANK"))
    columns = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
    expected = [("T2-BLANK", "表二.其他对外管理服务事项.本年增/减"), ("T3-BLANK", "表三.上年结转.总计")]
    expected += [("T3-BLANK", f"表三.{row}.{column}") for row in ("总计", "结转下年度") for column in columns]
    assert blanks == sorted(expected)
    assert not [f for f in found if f.blocking or re.match(r"T[34]-(ROW|SUM|BAL)|T2-19-(DISC|DELTA|UNIT|YOY)", f.rule)]


def test_report_json_and_tables_csv_hold_every_cell(tmp_path: Path) -> None:
    run(REAL, tmp_path / "site")
    files = made(tmp_path / "site")
    report = json.loads(files["2020/boshan/report.json"])
    assert report["schema"] == "nianbao.report/1" and report["organ"] == {"id": "boshan", "name": "博山区人民政府"}
    assert report["published"] is None and len(report["sections"]) == 6
    assert [len(table["cells"]) for table in report["tables"]] == [22, 161, 15]
    cells = {(tuple(c["row"]), tuple(c["column"])): c for table in report["tables"] for c in table["cells"]}
    amount = cells[("第二十条第（九）项", "政府集中采购"), ("采购总金额",)]
    assert (amount["value"], amount["text"], amount["unit"]) == (16284, "16284万元", "万元")
    assert sum(c["value"] is None for c in cells.values()) == 12
    data = files["2020/boshan/tables.csv"]
    assert data.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == 198 and {row["表"] for row in rows} == {"表二", "表三", "表四"}


@pytest.mark.slow
def test_the_collection_is_a_valid_data_package(tmp_path: Path) -> None:
    run(REAL, tmp_path / "site")
    report = frictionless.validate(str(tmp_path / "site/data/datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])
    assert [task.stats["rows"] for task in report.tasks] == [198, 17]
    assert len((tmp_path / "site/data/2020.csv").read_text("utf-8").splitlines()) == 199


@pytest.mark.slow
def test_an_independent_reader_of_csv_on_the_web_finds_every_column_and_value(tmp_path: Path) -> None:
    run(REAL, tmp_path / "site")
    tables = TableGroup.from_file(tmp_path / "site/data/csv-metadata.json").tables
    cells, indicators = ([*table.iterdicts()] for table in tables)
    assert len(cells) == 198 and len(indicators) == 17
    assert cells[21]["value"] == 16284 and cells[21]["text"] == "16284万元" and cells[0]["year"] == 2020
    assert {row["row_key"] for row in cells} >= {"t2.procurement", "t3.denied.state_secret", "t4.cases"}
    assert indicators[0]["approximate"] is False


def test_a_changed_report_changes_the_files_of_its_year_alone(tmp_path: Path) -> None:
    reports = {f"{year}/shili": (tables(year), prose(year)) for year in (2020, 2021)}
    content = write_content(tmp_path / "content", reports)
    with (content / "site.yaml").open("a", encoding="utf-8") as site:
        site.write("历史年度截至: 2021\n")
    run(content, tmp_path / "site")
    before = {path: data for path, data in made(tmp_path / "site").items() if path.startswith("data/")}
    (content / "2021/shili/tables.yaml").write_text(tables(2021, 表二_行政许可=[5]), encoding="utf-8")
    assert run(content, tmp_path / "site").written
    after = {path: data for path, data in made(tmp_path / "site").items() if path.startswith("data/")}
    assert {path for path in after if after[path] != before[path]} == {
        "data/2021.csv",
        "data/2021.csv.gz",
        "data/index.json",
    }
    assert gzip.decompress(after["data/2021.csv.gz"]) == after["data/2021.csv"] != before["data/2021.csv"]


def test_the_index_of_reports_says_what_lies_in_the_section(tmp_path: Path) -> None:
    run(write_content(tmp_path / "content"), tmp_path / "site")
    files = made(tmp_path / "site")
    index = json.loads(files["data/index.json"])
    Draft202012Validator(json.loads(files["data/schema/index-1.json"])).validate(index)
    assert [(item["year"], item["organ"]) for item in index["reports"]] == [
        *((2021, "jiaju"), (2020, "shili"), (2021, "shili"))
    ]
    for item in index["reports"]:
        assert item["page"] in files
        for file in item["files"]:
            data = files[file["path"]]
            assert (file["bytes"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())


def test_the_printed_sentences_carry_the_bound_figures(tmp_path: Path) -> None:
    run(REAL, tmp_path / "site")
    page = (tmp_path / "site/2020/boshan/index.html").read_text("utf-8")
    text = re.sub(r"<[^>]+>", "", page)
    assert "2020年共收到政府信息公开申22件，按时答复22件。其中，网上申请15件，信件申请7件" in text
    assert "共受理12345热线36175件，办结34673件，满意件30162件，满意率86.99%" in text
    name, headers = "t2.other_services-items_change", "t2.other_services t2.article_20_5-items_change"
    in_words = '<a id="t2-其他对外管理服务事项-本年增-减"></a>'
    assert "{{" not in page and f'<td id="{name}" headers="{headers}" class="blank">{in_words}</td>' in page


def test_unknown_metadata_is_left_out_and_never_empty(tmp_path: Path) -> None:
    run(REAL, tmp_path / "site")
    for path, data in made(tmp_path / "site").items():
        if path.endswith(".html"):
            assert b'content=""' not in data and b"SiteIDCode" not in data and "索引号".encode() not in data, path
            assert b'name="SiteDomain" content="www.boshan.gov.cn"' in data


def test_every_internal_link_of_every_page_resolves(tmp_path: Path) -> None:
    """Relative links only, so that the section works under any base path and from file://."""
    run(REAL, tmp_path / "site")
    site = tmp_path / "site"
    for path, data in made(site).items():
        if not path.endswith(".html") or path.endswith("404.html"):
            continue
        for link in re.findall(r'(?:href|src)="([^"]*)"', data.decode()):
            if link.startswith(("http://", "#")):
                continue
            assert not link.startswith("/"), (path, link)
            assert (site / path).parent.joinpath(link.partition("#")[0]).resolve().is_file(), (path, link)


ENVIRONMENTS = [
    {"TZ": "UTC", "LANG": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "PYTHONHASHSEED": "7"},
]


@pytest.mark.slow
def test_same_input_same_bytes_whatever_the_machine(tmp_path: Path) -> None:
    years = [(f"{year}/ju{number}", year) for number in range(12) for year in range(2019, 2026)]
    reports = {key: (tables(year, key.split("/")[1]), prose(year)) for key, year in years}
    results = []
    for number, (environment, jobs) in enumerate(zip(ENVIRONMENTS, (1, 3), strict=True)):
        content = write_content(tmp_path / f"somewhere{number}" / "content", reports)
        output = tmp_path / f"out{number}"
        command = [
            sys.executable,
            "-m",
            "generator",
            "build",
            "--content",
            str(content),
            "--output",
            str(output),
            "--jobs",
            str(jobs),
        ]
        subprocess.run(command, check=True, env=os.environ | environment, stdout=subprocess.DEVNULL)
        results.append(made(output))
    assert len(results[0]) > 250 and results[0] == results[1]


@pytest.mark.slow
def test_an_unchanged_page_keeps_its_file_and_a_stale_one_goes(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    site = tmp_path / "site"
    run(content, site)
    before = {path: (site / path).stat().st_ino for path in made(site)}
    (content / "2021/jiaju/report.md").write_text(prose(2021).replace("示例引言", "示例引言改"), encoding="utf-8")
    for name in ("tables.yaml", "report.md"):
        (content / "2020/shili" / name).unlink()
    (content / "2020/shili").rmdir()
    outcome = run(content, site)
    after = {path: (site / path).stat().st_ino for path in made(site)}
    assert "2020/shili/index.html" in before and "2020/shili/index.html" not in after
    # its four files, the page of its year, three data files of the year and files of a search that knows less
    searched = sum(path.startswith("search/") for path in before.keys() - after.keys())
    assert outcome.written is not None and outcome.written.removed == 8 + searched
    assert before["2021/jiaju/index.html"] != after["2021/jiaju/index.html"]
    assert before["2021/jiaju/tables.csv"] == after["2021/jiaju/tables.csv"]


@pytest.mark.slow
def test_assets_of_an_older_program_go_though_its_record_cannot_be_read(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    site = tmp_path / "site"
    run(content, site)
    before = set(made(site))
    for name in ("record", "manifest.jsonl"):
        (tmp_path / f".site.nianbao-{name}").write_bytes(b"of another make")
    by_hand = ("assets/logo.png", "assets/seal.0123abcd.svg", "assets/nianbao.css", "notice.0123abcd.html")
    for name in ("assets/nianbao.0123abcd.css", *by_hand):
        (site / name).write_text("x", encoding="utf-8")
    run(content, site)
    assert set(made(site)) == before | set(by_hand)


@pytest.mark.slow
def test_a_site_with_errors_does_not_replace_the_old_one(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    site = tmp_path / "site"
    run(content, site)
    before = made(site)
    (content / "2021/jiaju/tables.yaml").write_text(
        tables(2021, "jiaju", 表三_总计=[9, 0, 0, 0, 0, 0, 9]), encoding="utf-8"
    )
    outcome = run(content, site)
    assert outcome.written is None and {f.rule for f in outcome.findings if f.blocking} == {
        "AGG-CELL",
        "T3-BAL",
        "T3-SUM",
    }
    assert made(site) == before


def test_a_folder_with_foreign_files_is_refused_and_untouched(tmp_path: Path) -> None:
    mine = tmp_path / "documents"
    mine.mkdir()
    (mine / "thesis.docx").write_bytes(b"precious")
    with pytest.raises(UserError, match="did not make"):
        run(REAL, mine)
    assert [path.name for path in mine.iterdir()] == ["thesis.docx"]


@pytest.mark.slow
def test_killed_at_any_moment_the_site_is_the_old_or_the_new_one(tmp_path: Path) -> None:
    keys = [(f"{year}/ju{number}", year) for number in range(6) for year in range(2019, 2026)]
    content = write_content(tmp_path / "content", {k: (tables(y, k.split("/")[1]), prose(y)) for k, y in keys})
    site = tmp_path / "site"
    command = [sys.executable, "-m", "generator", "build", "--content", str(content), "--output", str(site)]
    started = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    takes = time.monotonic() - started
    versions = [made(site)]
    chance = random.Random(7)
    for attempt in range(3):
        for key, year in keys:
            (content / key / "report.md").write_text(
                prose(year).replace("示例引言", f"示例引言{attempt}"), encoding="utf-8"
            )
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
        time.sleep(chance.uniform(0.3, 1.05) * takes)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        now = made(site)
        told = {
            match[0]
            for match in re.findall(rb"(\xe7\xa4\xba\xe4\xbe\x8b\xe5\xbc\x95\xe8\xa8\x80(\d*))", b"".join(now.values()))
        }
        assert len(told) == 1 and now.keys() == versions[0].keys(), "a mixture of two builds"
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert not list(tmp_path.glob(".site.nianbao-[noj]*"))


def test_symbolic_links_in_report_folders_are_not_followed(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    secret = tmp_path / "secret.md"
    secret.write_text("## 机密\n", encoding="utf-8")
    narrative = content / "2021/jiaju/report.md"
    narrative.unlink()
    narrative.symlink_to(secret)
    found = pipeline.run(Request(content, jobs=1), None).findings
    assert any(f.rule == "FILE-LINK" and f.place.file == "2021/jiaju/report.md" for f in found)


def test_hostile_narratives_cannot_put_script_or_foreign_files_on_a_page(tmp_path: Path) -> None:
    evil = prose(2021) + (
        "\n<script>alert(1)</script> [点](javascript:alert(1)) ![图](../../site.yaml) ![图](/etc/passwd)"
        " {{''.__class__}} {% include 'x' %} <img src=x onerror=alert(1)>\n"
    )
    content = write_content(tmp_path / "content", {"2021/shili": (tables(2021), evil)})
    refs, _ = scan(content)
    found = pipeline.run(Request(content, jobs=1), None).findings
    rules = {f.rule for f in found}
    assert {"MD-HTML", "MD-LINK", "MD-PICTURE", "BIND-UNKNOWN"} <= rules
    entry, _ = open_office(content).read(refs[0])
    assert entry is not None
    html = "".join(section.html for section in entry.prose.sections)
    assert "<script" not in html and "<img" not in html and 'href="javascript' not in html


@pytest.mark.slow
def test_reports_leave_no_cycles_behind(tmp_path: Path) -> None:
    """Else memory would grow while the collector is hardly ever called, as it is during a build."""
    content = write_content(tmp_path / "content")
    refs, _ = scan(content)
    with output_folder.Stage(tmp_path / "first") as first, output_folder.Stage(tmp_path / "second") as second:
        reader = Worker(open_office(content), refs, first.writer())
        reader.check(0, refs)  # fills the caches
        reader.writer = second.writer()
        gc.collect()
        gc.disable()
        try:
            reader.check(0, refs)
            assert gc.collect() == 0
        finally:
            gc.enable()


@pytest.mark.parametrize("together", [1, 2, 3])
def test_how_many_reports_are_checked_together_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    """Neither what is found nor its order: not what follows from the year before, nor where a report cannot be read."""
    reports = {
        f"{year}/shili": (tables(year, 表三_上年结转=[year % 7, 0, 0, 0, 0, 0, 0]), prose(year))
        for year in range(2015, 2024)
    }
    content = write_content(tmp_path / "content", reports)
    (content / "2019/shili/tables.yaml").unlink()
    whole = pipeline.run(Request(content, jobs=1), None).findings
    assert {"STR-MISSING", "T3-YOY-CARRY"} <= {f.rule for f in whole}
    monkeypatch.setattr(worker, "TOGETHER", together)
    assert pipeline.run(Request(content, jobs=1), None).findings == whole


def test_every_csv_file_a_page_links_has_the_mark_that_excel_needs(tmp_path: Path) -> None:
    reports = {f"2021/{organ}": (tables(2021, organ), prose(2021)) for organ in ("shili", "jiaju")}
    run(write_content(tmp_path / "content", reports), tmp_path / "site")
    files = sorted(path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*.csv"))
    assert files == ["2021/jiaju/tables.csv", "2021/shili/tables.csv", "data/2021-indicators.csv", "data/2021.csv"]
    assert {(tmp_path / "site" / file).read_bytes()[:3] for file in files} == {b"\xef\xbb\xbf"}


def test_old_addresses_lead_on_and_wrong_ones_stop_the_build(tmp_path: Path) -> None:
    content, site = write_content(tmp_path / "content"), tmp_path / "site"
    settings = (content / "site.yaml").read_text("utf-8")
    lines = "redirects:\n  organs/jiuju/: organs/jiaju/\n  old.html: data/2021.csv\n"
    (content / "site.yaml").write_text(settings + lines, "utf-8")
    assert run(content, site).written is not None
    assert b'href="../../organs/jiaju/index.html"' in made(site)["organs/jiuju/index.html"]
    assert b'href="data/2021.csv"' in made(site)["old.html"]
    before = made(site)
    for line, said in (
        ("2021/jiaju/: 2021/shili/", "page of its own"),
        ("old/: 2019/jiaju/", "no page of the section"),
    ):
        (content / "site.yaml").write_text(f"{settings}redirects:\n  {line}\n", "utf-8")
        outcome = run(content, site)
        (wrong,) = [item for item in outcome.findings if item.rule == "SITE-REDIRECT"]
        assert said in wrong.message.en and wrong.place.line == settings.count("\n") + 2
        assert outcome.written is None and made(site) == before
    (content / "site.yaml").write_text(settings, "utf-8")
    assert run(content, site).written is not None and "old.html" not in made(site)
