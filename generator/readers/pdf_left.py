"""Reports what a PDF reader left behind, which pages have no text, and which cells were read by position."""

from __future__ import annotations

from collections.abc import Sequence

from generator.finding import Finding, counted
from generator.readers.document import Block, DocumentTable, Mark
from generator.readers.notes import listed, note, quoted, warn
from generator.readers.pdf_open import Opened
from generator.readers.pdf_page import UNKNOWN, PdfPage


def left_behind(opened: Opened, file: str, heads: list[str], properties: dict[str, str]) -> list[Finding]:
    """Report invisible text, comments, running heads, scripts, attachments, form fields and metadata."""
    findings = [
        *_unseen(opened.pages, file),
        *(finding for page in opened.pages for finding in _page_notes(page, file)),
    ]
    if heads:
        zh, en = quoted(heads)
        findings.append(note("IMP-HEADER", file, f"页眉、页脚没有读入：{zh}。", f"Running heads were not read: {en}."))
    findings += _catalogue_notes(opened.marks, file)
    disclosed = [
        (word, properties[key]) for key, word in (("author", "作者"), ("company", "单位")) if key in properties
    ]
    if disclosed:
        zh, _ = listed(f"{word}“{value[:40]}”" for word, value in disclosed)
        _, en = quoted(value[:40] for _, value in disclosed)
        message = f"文件属性没有带入：{zh}。", f"Document properties were not imported: {en}."
        findings.append(note("IMP-META", file, *message))
    return findings


def _unseen(pages: Sequence[PdfPage], file: str) -> list[Finding]:
    """Report once what nobody sees: white, covered, clipped, tiny or transparent text, or text off the page."""
    texts = {page.number: "".join(char.text for char in page.hidden).strip() for page in pages}
    texts = {number: text for number, text in texts.items() if text}
    if not texts:
        return []
    numbers, listed_en = listed(map(str, texts))
    zh, en = quoted(text[:20] for text in texts.values())
    pages_en = f"page {listed_en}" if len(texts) == 1 else f"pages {listed_en}"
    message = f"第{numbers}页有看不见的文字没有读入：{zh}。", f"Invisible text on {pages_en} was not read: {en}."
    return [warn("IMP-HIDDEN", file, *message)]


def _page_notes(page: PdfPage, file: str) -> list[Finding]:
    findings = []
    if page.slanted:
        text = page.slanted[:20]
        zh = f"第{page.number}页的水印没有读入：“{text}”。"
        findings.append(note("IMP-WATERMARK", file, zh, f"The watermark of page {page.number} was not read: “{text}”."))
    if page.remarks:
        zh, en = quoted(text[:20] for text in page.remarks)
        message = f"第{page.number}页有批注没有读入：{zh}。", f"Comments on page {page.number} were not read: {en}."
        findings.append(warn("IMP-COMMENT", file, *message))
    return findings


def _catalogue_notes(marks: frozenset[str], file: str) -> list[Finding]:
    """Report what the catalogue carries besides pages (see `Opened.marks`)."""
    findings = []
    if "script" in marks:
        findings.append(warn("IMP-MACRO", file, "PDF 带有脚本，没有运行。", "The PDF has scripts, which were not run."))
    if "files" in marks:
        message = "PDF 带有附件，没有读入。", "Files attached to the PDF were not read."
        findings.append(warn("IMP-EMBEDDED", file, *message))
    if "form" in marks:
        zh = "PDF 有可填写的表单域，填写的内容没有读入：请先“打印”成普通 PDF 再导入。"
        en = "The PDF has form fields, whose content was not read; print it to a plain PDF and import that."
        findings.append(warn("IMP-EMBEDDED", file, zh, en))
    return findings


def picture_notes(stripped: list[str], lost: int, file: str) -> list[Finding]:
    """Report pictures (by name) that lost metadata, and how many could not be read."""
    findings = []
    if stripped:
        zh, en = listed(stripped)
        message = f"图片的附加信息已去掉：{zh}。", f"Metadata was removed from pictures: {en}."
        findings.append(note("IMP-EXIF", file, *message))
    if lost:
        zh = f"有{lost}张图片没有读入：请另存后放进报告文件夹。"
        en = f"{counted(lost, 'picture')} not read; save each separately in the report's folder."
        findings.append(warn("IMP-PICTURE", file, zh, en))
    return findings


def doubts(opened: Opened, blocks: Sequence[Block], file: str) -> list[Finding]:
    """Report pages without text, scans, unknown characters, and cells read by position where rules are missing."""
    findings = []
    if bare := [str(page.number) for page in opened.pages if not page.chars]:
        zh, en = listed(bare)
        message = (
            f"第{zh}页没有文字（可能是扫描件），没有读入。",
            f"Pages without text (perhaps scans) were not read: {en}.",
        )
        findings.append(warn("IMP-NO-TEXT", file, *message))
    if tangled := [str(page.number) for page in opened.pages if page.tangled]:
        zh, en = listed(tangled)
        message = (
            f"第{zh}页线条太多，没有按表格读：请核对。",
            f"Pages with too many lines were read without tables: {en}.",
        )
        findings.append(warn("IMP-UNCERTAIN", file, *message))
    scanned = [str(page.number) for page in opened.pages if page.scanned and page.chars]
    if scanned:
        zh, en = listed(scanned)
        zh = f"第{zh}页是扫描件，文字由识别软件生成：每个数都要核对。"
        findings.append(warn("IMP-OCR", file, zh, f"Pages {en} are scans with recognised text; check every figure."))
    if unknown := sum(char.text == UNKNOWN for page in opened.pages for char in page.chars):
        zh = f"有{unknown}个字认不出，记作〓，请照原件补上。"
        en = f"{counted(unknown, 'unknown character')} shown as 〓; fill in what it should be from the original."
        findings.append(warn("IMP-SYMBOL", file, zh, en))
    if other := sum(char.mark is Mark.OTHER for page in opened.pages for char in page.chars):
        zh = f"有{other}个数字画出来的样子与字体里的文字编码不符，表格里这些格没有读入：请照页面上看到的填写。"
        en = f"{counted(other, 'digit')} drawn as other characters than their fonts say; type in what the pages show."
        findings.append(warn("IMP-SYMBOL", file, zh, en))
    for block in blocks:
        if isinstance(block, DocumentTable) and str(block.where.page) not in scanned:
            findings += _uncertain_cells(block, file)
    return findings


def _uncertain_cells(table: DocumentTable, file: str) -> list[Finding]:
    texts = [cell.text for row in table.rows for cell in row if cell.uncertain and cell.first and cell.text]
    if not texts:
        return []
    zh, en = quoted(text.replace("\n", " ")[:20] for text in texts)
    page, number = table.where.page, table.where.table
    zh = f"第{page}页第{number}个表有{len(texts)}格按位置读出，请核对：{zh}。"
    return [warn("IMP-UNCERTAIN", file, zh, f"Page {page}, table {number}: check the cells read by position: {en}.")]
