"""Reports that LibreOffice made of a pasted page, in every format it writes: the figures come out as they went in."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.readers import legacy
from generator.readers.office import OFFICE
from generator.readers.open_file import read_bytes
from tests.importer.samples import LIMITS, Figures, figures, list_report, ordered_list, page, taken, texts_of
from tests.readers.samples import converted
from tests.readers.test_libreoffice import FORMATS

pytestmark = [pytest.mark.office, pytest.mark.slow]


@pytest.mark.parametrize(("kind", "target", "infilter"), FORMATS, ids=[name for name, _, _ in FORMATS])
def test_the_figures_of_an_office_file(
    kind: str, target: str, infilter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two forms and the list of 2016 in one start of LibreOffice, and one more for what is read by way of .docx."""
    said = {str(year): reported(year) for year in (2020, 2021)}
    pages = {year: form_page(int(year), figures) for year, figures in said.items()} | {"示例2016": list_page()}
    files = made(pages, kind, target, infilter, tmp_path)
    as_if_converted(monkeypatch, kind, files, tmp_path)
    for year, figures_ in said.items():
        draft = taken(read_bytes(files[year], f"report.{kind}", LIMITS))
        assert draft.identity.year == int(year)
        assert {name: texts_of(draft, name) for name in figures_} == figures_
        assert draft.counts["undecided"] == draft.counts["missing"] == 0
        if kind != "pdf":  # a table over two pages may lack its header on the second
            assert draft.counts["inferred"] == 0 and not draft.ignored
    draft = taken(read_bytes(files["示例2016"], f"示例2016.{kind}", LIMITS))
    assert texts_of(draft, "stat") == ordered_list() and draft.counts["missing"] == draft.counts["undecided"] == 0


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
    sources = [folder / f"{name}.html" for name in pages]
    for source, text in zip(sources, pages.values(), strict=True):
        source.write_text(text, encoding="utf-8")
    return dict(zip(pages, converted(sources, target, infilter), strict=True))


def as_if_converted(monkeypatch: pytest.MonkeyPatch, kind: str, files: dict[str, bytes], folder: Path) -> None:
    """Converts old formats all at once, as the reader does one by one; how it does is shown in the reader's tests."""
    if OFFICE[kind] is not legacy.read:
        return
    sources = [folder / "made" / f"{name}.{kind}" for name in files]
    modern = dict(zip(files.values(), converted(sources, "docx:MS Word 2007 XML"), strict=True))
    monkeypatch.setattr(legacy, "convert", lambda soffice, data, *rest: modern[data])
