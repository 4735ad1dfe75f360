"""What is offered beside a report: each file once, the same every time."""

from __future__ import annotations

from generator.report.entry import LoadedReport
from generator.website.downloads.download import DOWNLOADS
from generator.website.words import load_words
from tests.example import SETTINGS, entry

WORDS = load_words()


def report() -> LoadedReport:
    loaded, _ = entry(2021)
    assert loaded is not None
    return loaded


def test_each_download_has_a_file_name_and_a_label_of_its_own() -> None:
    files, labels = ([*texts] for texts in zip(*((d.file, d.label(WORDS)) for d in DOWNLOADS), strict=True))
    assert files == ["tables.csv", "report.json"] and labels == ["统计数据", "全文数据"]
    assert all(download.file.endswith(f".{download.kind.lower()}") for download in DOWNLOADS)


def test_the_same_report_gives_the_same_bytes() -> None:
    organ, first, second = SETTINGS.organs[0], report(), report()
    for download in DOWNLOADS:
        data = download.data(first, organ, WORDS)
        assert data and data == download.data(second, organ, WORDS) == download.data(first, organ, WORDS)
