"""The overview of what would change, as text and as JSON."""

from __future__ import annotations

import json

from generator.forms.declared import declared_form
from generator.ledger.changes import Piece
from generator.ledger.overview import as_json, lines, overview, paragraph_line
from generator.ledger.proposal import Proposal
from tests.targets.samples import record

PATH = "2021/shili/report.json"
PROPOSAL = Proposal(
    {}, (), ("2021/jiaju/index.html",), (PATH,), (), ("2020/shili/report.json", "2020/shili/index.html")
)
VIEW = overview(
    "000001-x", PROPOSAL, {PATH: json.loads(record())}, {PATH: json.loads(record(received="4"))}, declared_form
)


def test_lines_say_what_changes_figure_by_figure_and_what_goes() -> None:
    assert list(lines(VIEW, "zh")) == [
        "网页：新增 1，改动 0，取消 1；其他文件：新增 0，改动 1，取消 1",
        "取消报告  2020/shili",
        "2021 示例区人民政府 表三.本年新收.总计 3 → 4",
        "取消  2020/shili/report.json",
        "取消  2020/shili/index.html",
    ]


def test_json_holds_the_same() -> None:
    found = json.loads(as_json(VIEW))
    assert found["schema"] == "nianbao.diff/1" and found["published"] == "000001-x"
    (report,) = found["reports"]
    assert report["figures"] == [{"name": "表三.本年新收.总计", "old": "3", "new": "4"}]
    assert found["files"]["gone"] == list(PROPOSAL.gone) and found["withdrawn"] == ["2020/shili"]


def test_a_report_that_is_not_public_yet_is_new() -> None:
    view = overview("", PROPOSAL, {}, {PATH: json.loads(record())}, declared_form)
    assert view.added == ("2021 示例区人民政府",) and view.reports == ()


def test_long_unchanged_text_is_cut_to_what_stands_beside_the_change() -> None:
    text = "甲" * 60
    pieces = (Piece("same", text), Piece("removed", "旧"), Piece("inserted", "新"), Piece("same", text))
    assert paragraph_line(pieces, "zh") == f"…{'甲' * 14}〔删：旧〕〔增：新〕{'甲' * 14}…"


def test_a_first_publication_names_some_of_its_reports() -> None:
    record = {"year": 2021, "organ": {"id": "a", "name": "示例区"}}
    paths = [f"2021/o{number}/report.json" for number in range(30)]
    view = overview("", PROPOSAL, {}, dict.fromkeys(paths, record), declared_form)
    assert list(lines(view, "zh", 20)).count("新增报告  2021 示例区") == 20
    assert "新增报告  … (+10)" in lines(view, "zh", 20) and "新增报告  … (+10)" not in lines(view, "zh")
