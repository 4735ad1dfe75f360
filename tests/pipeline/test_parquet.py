"""The whole collection as one Parquet file, queried as a researcher would."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from generator.finding import UserError
from generator.pipeline import run as pipeline
from generator.pipeline.parquet import write_parquet
from generator.pipeline.request import Request
from tests.example import prose, tables, write_content


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parquet")
    text = tables(2020, 表二_政府集中采购=[9, "1024.5万元"], 表二_规章=["~", "/", 0])
    reports = {"2020/shili": (text, prose(2020)), "2021/shili": (tables(2021), prose(2021))}
    content = write_content(folder / "content", reports)
    with (content / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("历史年度截至: 2021\n")
    assert pipeline.run(Request(content, jobs=1), folder / "site").written
    return folder / "site"


def test_every_cell_of_every_year_is_there_under_its_keys(site: Path, tmp_path: Path) -> None:
    target = tmp_path / "it's all.parquet"
    assert write_parquet(site, target) == 198 + 200
    database = duckdb.connect()
    names = [name for name, *_ in database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(target)]).fetchall()]
    assert names[:3] == ["year", "organ", "organ_name"]
    assert names[-6:] == ["value", "text", "unit", "row_key", "column_key", "value_double"]
    series = "SELECT year, value FROM read_parquet(?) WHERE row_key = 't3.received' AND column_key = 'total' ORDER BY 1"
    assert database.execute(series, [str(target)]).fetchall() == [(2020, 3), (2021, 3)]
    amount = (
        "SELECT value, text, unit FROM read_parquet(?) WHERE year = 2020 AND row_key IN ('t2.procurement', 't2.rules')"
    )
    assert database.execute(amount, [str(target)]).fetchall() == [
        (None, None, None),
        (None, "/", None),
        (0, "0", "件"),
        (9, "9", "项"),
        (Decimal("1024.5"), "1024.5万元", "万元"),
    ]


def test_it_equals_the_csv_files_and_the_same_files_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    write_parquet(site, one)
    write_parquet(site, two)
    assert one.read_bytes() == two.read_bytes()
    csv = "SELECT * FROM read_csv(?, header = true, all_varchar = true, union_by_name = true)"
    paths = [str(path) for path in sorted(site.glob("data/20[0-9][0-9].csv"))]
    rows = duckdb.connect().execute(csv, [paths]).fetchall()
    mine = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(one)]).fetchall()
    assert len(rows) == len(mine)
    for row, made in zip(rows, mine, strict=True):
        assert (int(row[0]), *row[1:9], *row[10:]) == (*made[:9], *made[10:-1])
        assert (Decimal(row[9]) if row[9] else None) == made[9]
        assert (float(row[9]) if row[9] else None) == made[-1]


@pytest.mark.parametrize(
    ("figure", "double"),
    [
        ("1001.88", 1001.88),
        ("0.000001", 0.000001),
        ("-0.1", -0.1),
        ("9007199254740992", 9007199254740992.0),
        ("9007199254740993", None),
        ("999999999999999999", None),
        ("999999999999.999999", None),
    ],
)
def test_a_double_stands_beside_each_figure_that_it_holds_to_the_last_digit(
    site: Path, tmp_path: Path, figure: str, double: float | None
) -> None:
    (tmp_path / "data").mkdir()
    head, first = (site / "data" / "2021.csv").read_text("utf-8").splitlines()[:2]
    cells = first.split(",")
    cells[9] = figure
    (tmp_path / "data" / "2021.csv").write_text(f"{head}\n{','.join(cells)}\n", "utf-8")
    write_parquet(tmp_path, tmp_path / "one")
    found = duckdb.connect().execute("SELECT value, value_double FROM read_parquet(?)", [str(tmp_path / "one")])
    assert found.fetchall() == [(Decimal(figure), double)]


def test_without_data_files_a_sentence_says_what_to_do_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        write_parquet(tmp_path, tmp_path / "x")
    assert "nianbao build" in error.value.message.say("en") and list(tmp_path.iterdir()) == []


def test_a_damaged_data_file_is_named_and_the_old_file_stays(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "2020.csv").write_text("年度\n甲\n", "utf-8")
    (tmp_path / "x").write_text("old")
    with pytest.raises(UserError) as error:
        write_parquet(tmp_path, tmp_path / "x")
    assert "2020.csv" in error.value.message.en and (tmp_path / "x").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "x"]


def test_without_duckdb_a_sentence_names_the_extra(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(UserError, match="nianbao\\[data\\]"):
        write_parquet(site, tmp_path / "x")
