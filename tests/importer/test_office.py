"""Reports that LibreOffice made of a pasted page, in every format it writes: the figures come out as they went in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.readers.open_file import read_bytes
from tests.importer.samples import LIMITS, Figures, figures, list_report, ordered_list, page, taken, texts_of
from tests.readers.samples import convert_at_once, converted
from tests.readers.test_libreoffice import IDS, OLD, TOGETHER

pytestmark = [pytest.mark.office, pytest.mark.slow]


@pytest.mark.parametrize("formats", TOGETHER, ids=IDS)
def test_the_figures_of_an_office_file(
    formats: Sequence[tuple[str, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two forms and the list of 2016 in one start of LibreOffice for each format."""
    said = {str(year): reported(year) for year in (2020, 2021)}
    pages = {year: form_page(int(year), figures) for year, figures in said.items()} | {"示例2016": list_page()}
    files = {kind: made(pages, kind, target, infilter, tmp_path) for kind, target, infilter in formats}
    if formats is OLD:
        convert_at_once(monkeypatch, [tmp_path / f"made/{kind}-{name}.{kind}" for kind in files for name in pages])
    for kind, of_kind in files.items():
        for year, figures_ in said.items():
            draft = taken(read_bytes(of_kind[year], f"report.{kind}", LIMITS))
            assert draft.identity.year == int(year)
            assert {name: texts_of(draft, name) for name in figures_} == figures_
            assert draft.counts["undecided"] == draft.counts["missing"] == 0
            if kind != "pdf":  # a table over two pages may lack its header on the second
                assert draft.counts["inferred"] == 0 and not draft.ignored
        draft = taken(read_bytes(of_kind["示例2016"], f"示例2016.{kind}", LIMITS))
        assert texts_of(draft, "stat") == ordered_list()
        assert draft.counts["missing"] == draft.counts["undecided"] == 0


def reported(year: int) -> dict[str, list[str]]:
    return figures(
        year,
        t3_上年结转=[12, 0, 0, 0, 0, 1, 13],
        t3_结转下年度=[12, 0, 0, 0, 0, 1, 13],
        t3_重复申请=["", "", 0, 0, 0, 0, 0],
        t2_行政强制=[29, -10, 16][: 3 if year == 2020 else 1],
    )


def form_page(year: int, said: Figures) -> str:
    return (
        page(year, said)
        .replace("<head>", "<head><style>@page{size:A4}td{font-size:7pt}</style>")
        .replace(' style="width:38px;" ', " ")
        .replace('nowrap="nowrap" style="width:38px;"', "")
    )


def list_page() -> str:
    return list_report("page", ordered_list()).replace(' nowrap="nowrap" style="width:38px;"', "")


def made(pages: dict[str, str], kind: str, target: str, infilter: str, folder: Path) -> dict[str, bytes]:
    """The pages as office files, by their names."""
    sources = [folder / f"{kind}-{name}.html" for name in pages]
    for source, text in zip(sources, pages.values(), strict=True):
        source.write_text(text, encoding="utf-8")
    return dict(zip(pages, converted(sources, target, infilter), strict=True))
