"""The files of the whole collection, made of one piece of each report."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Sequence
from typing import Any

from generator.collection.summary import summarise
from generator.website.downloads import gzip_parts
from generator.website.downloads.collection import INDEX, DataFile, OfferedFile, data_files, pieces
from tests.example import SETTINGS, entry, tables

FILES = [OfferedFile("2021/shili/report.json", 2, "01"), OfferedFile("2021/shili/tables.csv", 1, "02")]
STATED = "信息处理费: {发出通知: 2, 总金额: 30, 实际收取: 30}\n"


def of_report(year: int = 2021, text: str | None = None) -> dict[str, bytes]:
    report, _ = entry(year, text)
    assert report is not None
    return dict(pieces(report, summarise(report), SETTINGS.organs[0], FILES))


def whole(file: DataFile, parts: Sequence[bytes], data: bytes = b"") -> bytes:
    """Join pieces as `pipeline.data_files` does; `data` is what a gzip copy is a copy of."""
    end = gzip_parts.tail(zlib.crc32(data), len(data)) if file.of else file.tail
    return file.head + b"".join(parts).removesuffix(file.between) + end


def test_a_year_has_its_cells_a_gzip_copy_and_its_indicators_and_there_is_one_index() -> None:
    paths = [file.path for file in data_files([2021, 2020, 2021], "")]
    of_year = [[f"data/{year}.csv", f"data/{year}.csv.gz", f"data/{year}-indicators.csv"] for year in (2020, 2021)]
    assert paths == [*of_year[0], *of_year[1], INDEX]
    assert list(of_report()) == [*of_year[1], INDEX]


def test_the_cells_of_a_year_are_those_of_its_reports_under_chinese_heads() -> None:
    cells, packed, *_ = data_files([2021], "")
    made = [of_report(), of_report()]
    data = whole(cells, [item[cells.path] for item in made])
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert data.startswith(b"\xef\xbb\xbf") and len(rows) == 400
    assert rows[0] == {
        **{"年度": "2021", "机关编号": "shili", "机关名称": "示例区人民政府", "层级": "区", "上级机关": ""},
        **{"格式": "gbkbh-2021-30", "表": "表二", "行": "第二十条第（一）项/规章", "列": "本年制发件数"},
        **{"数值": "0", "原表文字": "0", "单位": "件", "行键": "t2.rules", "列键": "issued"},
    }
    assert gzip.decompress(whole(packed, [item[packed.path] for item in made], data)) == data


def test_indicators_of_the_statement_have_keys_and_others_go_by_name() -> None:
    text = tables(2021) + STATED + "指标:\n  培训: {值: 40, 单位: 次, 部分: 一, 约数: 是}\n"
    file = data_files([2021], "")[2]
    data = whole(file, [of_report(2021, text)[file.path]])
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [(row["键"], row["指标"], row["数值"], row["约数"]) for row in rows] == [
        ("", "培训", "40", "true"),
        ("information_fees.notices", "信息处理费收费通知", "2", "false"),
        ("information_fees.charged", "信息处理费通知总金额", "30", "false"),
        ("information_fees.collected", "信息处理费实际收取", "30", "false"),
    ]


def index(count: int, base: str = "") -> Any:
    file = data_files([2021], base)[-1]
    return json.loads(whole(file, [of_report()[INDEX]] * count))


def test_the_index_lists_every_report_with_address_and_hashes() -> None:
    assert index(0) == {"schema": "nianbao.index/1", "base": None, "reports": []}
    assert len(index(3)["reports"]) == 3
    (report,) = index(1, "https://www.example.gov.cn/nianbao/")["reports"]
    assert report["files"][0] == {"path": "2021/shili/report.json", "bytes": 2, "sha256": "01"}
    assert (report["page"], report["level"], report["parent"]) == ("2021/shili/index.html", "区", None)
    assert (report["published"], report["form"]) == (None, "gbkbh-2021-30")


def test_a_report_without_tables_still_stands_in_the_index() -> None:
    made = of_report(2010)
    assert made["data/2010.csv"] == made["data/2010.csv.gz"] == b"" and json.loads(made[INDEX].rstrip(b",\n"))
