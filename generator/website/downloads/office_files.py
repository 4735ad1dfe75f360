"""Word, PDF and Excel files of a report. What makes each is loaded with the first of them: a section without them is
built without it."""

from __future__ import annotations

from generator.collection.settings import Organ
from generator.report.entry import LoadedReport
from generator.website.downloads.materials import NOTHING, Materials
from generator.website.words import Words


class Word:
    """The report as a Word document."""

    file, kind, extra = "report.docx", "Word", "office"
    modules = ("docx",)

    def label(self, words: Words) -> str:
        return words("report.as_document")

    def data(self, entry: LoadedReport, organ: Organ, words: Words, materials: Materials = NOTHING) -> bytes:
        from generator.website.downloads.manuscript import manuscript
        from generator.website.downloads.word import docx

        return docx(manuscript(entry, organ, words), words, materials.pictures)


class Pdf:
    """The report as printed pages."""

    file, kind, extra = "report.pdf", "PDF", "pdf"
    modules = ("typst", "pylopdf_fonts_zh_cn")

    def label(self, words: Words) -> str:
        return words("report.as_pages")

    def data(self, entry: LoadedReport, organ: Organ, words: Words, materials: Materials = NOTHING) -> bytes:
        from generator.website.downloads.manuscript import manuscript
        from generator.website.downloads.pdf import pdf

        return pdf(manuscript(entry, organ, words), words, materials)


class Excel:
    """The report as an Excel workbook."""

    file, kind, extra = "report.xlsx", "Excel", "office"
    modules = ("xlsxwriter",)

    def label(self, words: Words) -> str:
        return words("report.as_workbook")

    def data(self, entry: LoadedReport, organ: Organ, words: Words, materials: Materials = NOTHING) -> bytes:
        from generator.website.downloads.excel import xlsx
        from generator.website.downloads.manuscript import manuscript

        return xlsx(manuscript(entry, organ, words), entry.report, words)
