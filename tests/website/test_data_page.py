"""The page that explains the data: every file, column and key, and examples that find what they promise."""

from __future__ import annotations

import ast
import csv
import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter
from lxml import html  # type: ignore[import-untyped]

from generator.collection.settings import Settings
from generator.collection.summary import summarise
from generator.forms.english import in_english
from generator.pipeline import run as pipeline
from generator.pipeline.request import Request
from generator.website.data_page import data_page
from generator.website.downloads.columns import cell_columns, indicator_columns
from generator.website.site import open_site
from generator.website.words import load_words
from tests.example import FORMS, SETTINGS, entry, form, prose, tables, write_content
from tests.readers.samples import soffice

WORDS = load_words()


def page(*years: int, settings: Settings = SETTINGS) -> Any:
    reports = [report for report, _ in map(entry, years) if report]
    shell = open_site(settings, [report.ref for report in reports]).shell
    return html.document_fromstring(data_page(shell, [summarise(report) for report in reports], FORMS).data)


def texts(page: Any, path: str) -> list[str]:
    return ["".join(node.itertext()) for node in page.xpath(path)]


def test_the_files_of_every_year_are_linked_newest_first() -> None:
    links = page(2020, 2021).xpath("//section[@aria-labelledby='files']//table//a/@href")
    assert [link.removeprefix("../data/") for link in links] == [
        *("2021.csv", "2021.csv.gz", "2021-indicators.csv", "2020.csv", "2020.csv.gz", "2020-indicators.csv")
    ]


def test_the_address_in_words_is_that_of_its_page_in_both_languages() -> None:
    for words in (WORDS, load_words("en")):
        site = open_site(SETTINGS, [], words=words)
        forms = [form if site.shell.words.lang == "zh" else in_english(form) for form in FORMS]
        report = entry(2021)[0]
        assert report
        drawn = html.document_fromstring(data_page(site.shell, [summarise(report)], forms).data)
        (paragraph,) = [text for text in texts(drawn, "//section[@aria-labelledby='keys']/p") if "#t3.received" in text]
        addresses = re.findall(r"#[\w.-]+\w", paragraph)
        assert addresses == ["#t3.received-total", "#t3-本年新收", "#t3-本年新收-总计"]


def test_the_spoken_name_of_a_file_holds_what_is_printed() -> None:
    named = [(link.text, link.get("aria-label")) for link in page(2020, 2021).xpath("//a[@aria-label]")]
    assert len(named) == 6 and all(text in name for text, name in named)


def test_every_column_is_explained_by_head_key_and_meaning() -> None:
    rows = texts(page(2021), "//section[@aria-labelledby='columns']//tbody/tr/th")
    assert rows == [column.head for column in (*cell_columns(WORDS), *indicator_columns(WORDS))]
    keys = texts(page(2021), "//section[@aria-labelledby='columns']//tbody/tr/td[1]")
    assert keys == [column.key for column in (*cell_columns(WORDS), *indicator_columns(WORDS))]


def test_every_key_of_the_forms_in_use_stands_there_and_no_other_form() -> None:
    found = page(2021)
    assert texts(found, "//details/summary") == ["国办公开办函〔2021〕30号（gbkbh-2021-30）"]
    keys = texts(found, "//details//td/code")
    wanted = {key for table in form("gbkbh-2021-30").tables for key in table.keys}
    assert {key for pair in wanted for key in pair} == set(keys)


def test_without_reports_the_page_has_no_examples_and_names_no_year() -> None:
    found = page()
    assert texts(found, "//pre") == [] and texts(found, "//details") == [] and texts(found, "//h2")[0] == "数据文件"


def test_a_licence_is_stated_or_its_absence_is() -> None:
    assert "发布单位没有声明数据的许可" in texts(page(2021), "//dl[@class='facts']//dd")
    licence = {"名称": "示例许可", "网址": "https://www.example.gov.cn/x"}
    stated = page(2021, settings=replace(SETTINGS, licence=licence))
    assert stated.xpath("//dl[@class='facts']//a/@href") == ["https://www.example.gov.cn/x"]


def test_the_description_for_search_engines_cannot_end_its_element_early() -> None:
    settings = replace(SETTINGS, values={**SETTINGS.values, "栏目说明": "</script><b>&"})
    (linked,) = page(2021, settings=settings).xpath("//script[@type='application/ld+json']")
    assert "\\u003c/script\\u003e\\u003cb\\u003e\\u0026" in linked.text


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder data/ of a section with two reports, 3 and 5 requests."""
    folder = tmp_path_factory.mktemp("data")
    row = [5, 0, 0, 0, 0, 0, 5]
    more = tables(2021, "jiaju", 表三_本年新收=row, 表三_予以公开=row, 表三_总计=row)
    reports = {"2021/shili": (tables(2021), prose(2021)), "2021/jiaju": (more, prose(2021))}
    content = write_content(folder / "content", reports)
    (content / "site.yaml").write_text((content / "site.yaml").read_text("utf-8") + "历史年度截至: 2021\n", "utf-8")
    assert pipeline.run(Request(content, jobs=1), folder / "site").written
    return folder / "site" / "data"


def example(data: Path, name: str) -> str:
    source = (data / "index.html").read_text("utf-8")
    found = re.search(rf'<pre tabindex="0" role="region" aria-label="{name}"><code>(.*?)</code>', source, re.DOTALL)
    assert found
    return unescape(found[1])


FOUND = [("示例区甲局", 5), ("示例区人民政府", 3)]


def test_the_example_for_duckdb_runs(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data)
    assert duckdb.connect().execute(example(data, "DuckDB")).fetchall() == FOUND


def test_the_example_for_duckdb_keeps_decimals_that_come_late(data: Path, tmp_path: Path) -> None:
    """DuckDB guesses types from the first 20,480 rows and rounds what comes later; few cells have decimals."""
    header, *rows = csv.reader((data / "2021.csv").read_text("utf-8-sig").splitlines())
    value, text = header.index("数值"), header.index("原表文字")
    whole = next(row for row in rows if row[value] == row[text] == "0")
    fee = [{value: "1.5", text: "1.50"}.get(column, cell) for column, cell in enumerate(whole)]
    with (tmp_path / "2021.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *[whole] * 20_480, fee])
    reading = re.search(r"FROM (read_csv\(.*\))\n", example(data, "DuckDB"))
    assert reading
    late = reading[1].replace("'2021.csv'", f"'{tmp_path / '2021.csv'}'")
    found = duckdb.connect().execute(f'SELECT "数值", "原表文字" FROM {late} WHERE "数值" > 0').fetchall()
    assert found == [(Decimal("1.5"), "1.50")]


def test_the_example_for_pandas_names_columns_and_keys_of_the_file(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pandas itself is no dependency: its few calls are played by a stand-in that knows nothing else."""

    class Table:
        def __init__(self, rows: list[dict[str, str]]) -> None:
            self.rows = rows

        def __getitem__(self, key: Any) -> Any:
            if isinstance(key, str):
                return Mask([row[key] for row in self.rows])
            if isinstance(key, Mask):
                return Table([row for row, kept in zip(self.rows, key.values, strict=True) if kept])
            return [tuple(row[name] for name in key) for row in self.rows]

    class Mask:
        def __init__(self, values: list[Any]) -> None:
            self.values = values

        def __eq__(self, other: object) -> Any:
            return Mask([value == other for value in self.values])

        __hash__ = None  # type: ignore[assignment]

        def __and__(self, other: Mask) -> Mask:
            return Mask([a and b for a, b in zip(self.values, other.values, strict=True)])

    class Pandas:
        @staticmethod
        def read_csv(path: str, keep_default_na: bool, na_values: dict[str, str]) -> Table:
            assert (keep_default_na, na_values) == (False, {"数值": ""})  # “nan” is the id of an organ, say 南区
            return Table(list(csv.DictReader((data / path).read_text("utf-8-sig").splitlines())))

    printed: list[Any] = []
    code = example(data, "pandas").replace("import pandas\n", "")
    ast.parse(code)
    exec(code, {"pandas": Pandas, "print": printed.append})
    assert sorted((name, int(value)) for name, value in printed[0]) == sorted(FOUND)


def letters(formula: str) -> list[int]:
    return [ord(letter) - ord("A") for letter in re.findall(r"([A-Z]):[A-Z]", formula)]


def test_the_formula_for_excel_names_the_columns_of_the_file(data: Path) -> None:
    formula = example(data, "Excel")
    header, *rows = csv.reader((data / "2021.csv").read_text("utf-8-sig").splitlines())
    value, row, column = letters(formula)
    assert [header[index] for index in (value, row, column)] == ["数值", "行键", "列键"]
    keys = re.findall(r'"([^"]+)"', formula)
    assert sum(int(line[value] or 0) for line in rows if [line[row], line[column]] == keys) == 8


# LibreOffice keeps the stored results of a workbook unless it is told to calculate.
CALCULATE = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@pytest.mark.office
@pytest.mark.slow
def test_the_formula_for_excel_gives_the_sum_in_a_spreadsheet(data: Path, tmp_path: Path) -> None:
    source = tmp_path / "sum.xlsx"
    with xlsxwriter.Workbook(str(source)) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(csv.reader((data / "2021.csv").read_text("utf-8-sig").splitlines())):
            for column, text in enumerate(line):
                sheet.write(number, column, int(text) if text.isdecimal() else text)
        sheet.write_formula(0, 20, example(data, "Excel"))
    (tmp_path / "profile/user").mkdir(parents=True)
    (tmp_path / "profile/user/registrymodifications.xcu").write_text(CALCULATE, "utf-8")
    first = soffice(source, "csv", profile=tmp_path / "profile").decode("utf-8", "replace").splitlines()[0]
    assert first.endswith(",8")
