"""A report as data: every cell, and null for what is not known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from generator.website import downloads
from generator.website.downloads.report_json import ReportJson, report_json
from generator.website.words import load_words
from tests.example import SETTINGS, entry, prose, tables


def made(year: int, text: str, narrative: str | None = None, publisher: str = "示例区人民政府") -> dict[str, Any]:
    report, _ = entry(year, text, narrative)
    assert report is not None
    data: dict[str, Any] = json.loads(report_json(report, "示例区人民政府", publisher))
    return data


def cells(data: dict[str, Any], table: str) -> list[tuple[Any, ...]]:
    (cells,) = (item["cells"] for item in data["tables"] if item["id"] == table)
    return [(cell["value"], cell["text"], cell["unit"]) for cell in cells]


def test_a_figure_has_value_text_and_unit_and_a_blank_has_no_value() -> None:
    text = tables(2020, 表二_政府集中采购=[9, "1024.5万元"], 表二_规章=["~", 0, 0], 表二_行政事业性收费=["/", 0])
    data = cells(made(2020, text), "t2")
    assert data[0] == (None, "", None) and data[-2:] == [(9, "9", "项"), (1024.5, "1024.5万元", "万元")]
    assert ("/", "/", None) in data


def test_unknown_metadata_is_null() -> None:
    data = made(2021, tables(2021), publisher="")
    assert (data["published"], data["publisher"]) == (None, None)
    data = made(2021, tables(2021) + "发文日期: 2022-01-20\n")
    assert (data["published"], data["publisher"]) == ("2022-01-20", "示例区人民政府")


def test_head_and_narrative_are_those_of_the_report() -> None:
    data = made(2021, tables(2021))
    assert (data["schema"], data["year"], data["format"]) == ("nianbao.report/1", 2021, "gbkbh-2021-30")
    assert data["organ"] == {"id": "shili", "name": "示例区人民政府"}
    assert data["preface"] == "<p>示例引言。</p>\n" and len(data["sections"]) == 6


def test_indicators_keep_whole_numbers_whole() -> None:
    text = tables(2021) + "指标:\n  甲: {值: 40, 单位: 篇, 部分: 一, 约数: 是}\n  乙: {值: 86.5, 单位: '%', 部分: 一}\n"
    first, second = made(2021, text)["indicators"]
    plain = {"key": None, "name": "甲", "value": 40, "text": "40", "unit": "篇", "section": "一", "approximate": True}
    assert first == plain
    assert isinstance(first["value"], int) and (second["value"], second["approximate"]) == (86.5, False)


def test_a_table_of_the_narrative_names_its_section() -> None:
    table = "表：示例情况\n\n|指标|数量|\n|:-|:-:|\n|甲||\n\n"
    data = made(2021, tables(2021), prose(2021).replace("## 二、", table + "## 二、", 1))
    assert data["free_tables"] == [
        {"section": 1, "caption": "示例情况", "head": ["指标", "数量"], "body": [["甲", ""]]}
    ]


STATED = "信息处理费: {发出通知: 2, 总金额: 30, 实际收取: 30}\n指标:\n  甲: {值: 40, 单位: 篇, 部分: 一}\n"
REPORTS = [
    (2010, ""),
    (2014, tables(2014)),
    (2020, tables(2020, 表二_政府集中采购=[9, "1024.5万元"], 表二_规章=["~", "/", 0])),
    (2021, tables(2021) + STATED + "发文日期: 2022-01-20\n"),
]
SCHEMA = json.loads((Path(downloads.__file__).parent / "schemas" / "report-1.json").read_text("utf-8"))


def closed(schema: Any) -> Any:
    """The schema, with every object closed: what it does not describe is refused."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {name: closed(value) for name, value in schema.items()}
    return inner | {"additionalProperties": False} if "properties" in inner else inner


@pytest.mark.parametrize(("year", "text"), REPORTS, ids=[str(year) for year, _ in REPORTS])
def test_every_member_is_described_by_the_published_schema(year: int, text: str) -> None:
    data = made(year, text or tables(year))
    Draft202012Validator(closed(SCHEMA)).validate(data)
    Draft202012Validator(SCHEMA).validate(data | {"later": 1})
    with pytest.raises(ValidationError, match="is a required property"):
        Draft202012Validator(SCHEMA).validate({name: data[name] for name in data if name != "tables"})


def test_a_cell_has_the_keys_under_which_the_csv_file_has_it() -> None:
    data = made(2021, tables(2021))
    keys = [(cell["row_key"], cell["column_key"]) for table in data["tables"] for cell in table["cells"]]
    assert keys[10] == ("t3.received", "natural_person") and len(set(keys)) == 200


def test_the_download_names_the_publisher_as_the_report_gives_it() -> None:
    report, _ = entry(2021, tables(2021).replace("发布机构: 示例区人民政府", "发布机构: 示例区政府办公室"))
    assert report is not None
    data = json.loads(ReportJson().data(report, SETTINGS.organs[0], load_words()))
    assert (data["organ"]["name"], data["publisher"]) == ("示例区人民政府", "示例区政府办公室")
