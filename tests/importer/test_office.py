"""Reports that LibreOffice made of a pasted page, in every format it writes: the figures come out as they went in."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.readers.open_file import read_bytes
from tests.importer.samples import LIMITS, figures, list_report, ordered_list, page, taken, texts_of
from tests.readers.samples import soffice
from tests.readers.test_libreoffice import FORMATS

pytestmark = [pytest.mark.office, pytest.mark.slow]


@pytest.mark.parametrize("year", [2020, 2021])
@pytest.mark.parametrize(("kind", "target", "infilter"), FORMATS, ids=[name for name, _, _ in FORMATS])
def test_the_figures_of_an_office_file(year: int, kind: str, target: str, infilter: str, tmp_path: Path) -> None:
    said = figures(
        year,
        t3_上年结转=[12, 0, 0, 0, 0, 1, 13],
        t3_结转下年度=[12, 0, 0, 0, 0, 1, 13],
        t3_重复申请=["", "", 0, 0, 0, 0, 0],
        t2_行政强制=[29, -10, 16][: 3 if year == 2020 else 1],
    )
    source = tmp_path / "report.html"
    source.write_text(
        page(year, said)
        .replace("<head>", "<head><style>@page{size:A4}td{font-size:7pt}</style>")
        .replace(' style="width:38px;" ', " ")
        .replace('nowrap="nowrap" style="width:38px;"', ""),
        encoding="utf-8",
    )
    draft = taken(read_bytes(soffice(source, target, infilter), f"report.{kind}", LIMITS))
    assert draft.identity.year == year
    assert {name: texts_of(draft, name) for name in said} == said
    assert draft.counts["undecided"] == draft.counts["missing"] == 0
    if kind != "pdf":  # a table over two pages may lack its header on the second
        assert draft.counts["inferred"] == 0 and not draft.ignored


@pytest.mark.parametrize(("kind", "target", "infilter"), FORMATS, ids=[name for name, _, _ in FORMATS])
def test_the_list_in_office_files(kind: str, target: str, infilter: str, tmp_path: Path) -> None:
    said = ordered_list()
    source = tmp_path / "report.html"
    source.write_text(list_report("page", said).replace(' nowrap="nowrap" style="width:38px;"', ""), encoding="utf-8")
    draft = taken(read_bytes(soffice(source, target, infilter), f"示例2016.{kind}", LIMITS))
    assert texts_of(draft, "stat") == said and draft.counts["missing"] == draft.counts["undecided"] == 0
