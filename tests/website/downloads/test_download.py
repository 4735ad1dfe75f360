"""What is offered beside a report: each file once, the same every time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.collection.settings import FORMATS
from generator.finding import Level, UserError
from generator.report.entry import LoadedReport
from generator.website.downloads import download
from generator.website.downloads.download import DOWNLOADS, check_downloads, chosen, make, name_of
from generator.website.words import load_words
from tests.example import SETTINGS, entry, prose

WORDS = load_words()


def report() -> LoadedReport:
    loaded, _ = entry(2021)
    assert loaded is not None
    return loaded


def test_each_download_has_a_file_name_and_a_label_of_its_own() -> None:
    files, labels = ([*texts] for texts in zip(*((d.file, d.label(WORDS)) for d in DOWNLOADS), strict=True))
    assert files == ["report.docx", "report.pdf", "report.xlsx", "tables.csv", "report.json"]
    assert labels == ["全文", "全文", "全文和统计表", "统计数据", "全文数据"]


def test_formats_that_site_yaml_knows_are_those_there_are() -> None:
    assert tuple(item.kind for item in DOWNLOADS if item.modules) == FORMATS
    assert all(item.extra in ("office", "pdf") for item in DOWNLOADS if item.modules)


def kinds(wanted: tuple[str, ...] | None) -> list[str]:
    return [item.kind for item in chosen(replace(SETTINGS, downloads=wanted))]


def test_an_office_chooses_its_files_and_data_are_always_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kinds(None) == ["Word", "PDF", "Excel", "CSV", "JSON"]
    assert kinds(()) == ["CSV", "JSON"] and kinds(("PDF",)) == ["PDF", "CSV", "JSON"]
    monkeypatch.setattr(download, "can_make", lambda item: item.kind != "PDF")
    assert kinds(None) == ["Word", "Excel", "CSV", "JSON"] and kinds(("PDF",)) == ["PDF", "CSV", "JSON"]


def test_what_cannot_be_made_here_is_noted_or_an_error_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(check_downloads(replace(SETTINGS, downloads=None))) == []
    monkeypatch.setattr(download, "can_make", lambda item: item.kind != "PDF")
    (note,) = check_downloads(replace(SETTINGS, downloads=None))
    assert (note.rule, note.level) == ("SITE-DOWNLOAD", Level.NOTE) and "nianbao[pdf]" in note.message.zh
    assert list(check_downloads(replace(SETTINGS, downloads=("Word",)))) == []
    with pytest.raises(UserError, match="nianbao\\[pdf\\]"):
        list(check_downloads(replace(SETTINGS, downloads=("Word", "PDF"))))


def test_a_file_is_saved_under_the_title_of_the_report() -> None:
    names = [name_of(item, "示例区2021年政府信息公开工作年度报告", WORDS) for item in DOWNLOADS]
    assert names[:3] == [f"示例区2021年政府信息公开工作年度报告.{end}" for end in ("docx", "pdf", "xlsx")]
    assert names[3] == "示例区2021年政府信息公开工作年度报告（统计数据）.csv"
    assert name_of(DOWNLOADS[0], 'a/b\\c:"d"?\n', WORDS) == "a b c d.docx"
    assert name_of(DOWNLOADS[0], "年报\u202excod.exe", WORDS) == "年报 xcod.exe.docx"
    for item in DOWNLOADS:
        name = name_of(item, "题" * 300, WORDS)
        assert len(name.encode()) <= 255 and (item.kind != "CSV" or name.endswith("（统计数据）.csv"))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("CON", "_CON.docx"),
        ("con.示例", "_con.示例.docx"),
        ("LPT1", "_LPT1.docx"),
        ("CONTACT", "CONTACT.docx"),
        ("示例报告. . ", "示例报告.docx"),
        ("..\\..\\示例", "示例.docx"),
        (". .", "report.docx"),
        ("示例\x85\u2028报告", "示例 报告.docx"),
        ("\U0002cb5a" * 100, "\U0002cb5a" * 54 + ".docx"),  # four bytes each
    ],
)
def test_every_system_takes_the_name(title: str, name: str) -> None:
    assert name_of(DOWNLOADS[0], title, WORDS) == name
    assert max(len(name_of(item, title, WORDS, draft=True).encode()) for item in DOWNLOADS) <= 255


def test_the_file_of_a_draft_is_named_so() -> None:
    assert name_of(DOWNLOADS[0], "示例报告", WORDS, draft=True) == "草稿 示例报告.docx"


def test_one_that_cannot_be_made_is_left_out_and_reported() -> None:
    strange = entry(2021, narrative=prose(2021).replace("示例引言。", "示例\U0001f600引言。", 1))[0]
    assert strange is not None
    made, (slip,) = make(DOWNLOADS, strange, SETTINGS.organs[0], WORDS)
    assert [item.download.kind for item in made] == ["Word", "Excel", "CSV", "JSON"]
    assert (slip.rule, slip.level, slip.subject) == ("DOWNLOAD", Level.WARNING, "PDF")
    assert slip.place.file == "2021/shili/report.md" and (slip.year, slip.organ) == (2021, "shili")


def test_the_same_report_gives_the_same_bytes() -> None:
    organ, first, second = SETTINGS.organs[0], report(), report()
    for item in DOWNLOADS:
        data = item.data(first, organ, WORDS)
        assert data and data == item.data(second, organ, WORDS) == item.data(first, organ, WORDS)
