"""What a PDF reader tells of: what was left behind, which pages have no text, which cells were read by position."""

from __future__ import annotations

from collections.abc import Sequence

from generator.finding import Finding
from generator.readers.document import Block, DocumentTable
from generator.readers.notes import listed, note, quoted, warn
from generator.readers.pdf_open import Opened
from generator.readers.pdf_page import UNKNOWN


def left(opened: Opened, file: str, heads: list[str], properties: dict[str, str]) -> list[Finding]:
    found: list[Finding] = []
    for page in opened.pages:
        if page.hidden:
            words = page.hidden[:20]
            found.append(
                warn(
                    "IMP-HIDDEN",
                    file,
                    f"第{page.number}页有看不见的文字没有读入：“{words}”。",
                    f"Invisible text on page {page.number} was not read: “{words}”.",
                )
            )
        if page.remarks:
            zh, en = quoted(text[:20] for text in page.remarks)
            found.append(
                warn(
                    "IMP-COMMENT",
                    file,
                    f"第{page.number}页有批注没有读入：{zh}。",
                    f"Comments on page {page.number} were not read: {en}.",
                )
            )
    if heads:
        zh, en = quoted(heads)
        found.append(note("IMP-HEADER", file, f"页眉、页脚没有读入：{zh}。", f"Running heads left behind: {en}."))
    if "script" in opened.marks:
        found.append(warn("IMP-MACRO", file, "PDF 带有脚本，没有运行。", "The PDF carries scripts; they were not run."))
    if "files" in opened.marks:
        found.append(warn("IMP-EMBEDDED", file, "PDF 带有附件，没有读入。", "Files attached to the PDF were not read."))
    if "form" in opened.marks:
        found.append(
            warn(
                "IMP-EMBEDDED",
                file,
                "PDF 有可填写的表单域，填写的内容没有读入：请先“打印”成普通 PDF 再导入。",
                "The PDF has form fields; what is filled in was not read. Print it to a plain PDF first.",
            )
        )
    told = [(word, properties[key]) for key, word in (("author", "作者"), ("company", "单位")) if key in properties]
    if told:
        zh, _ = listed(f"{word}“{value[:40]}”" for word, value in told)
        found.append(
            note(
                "IMP-META",
                file,
                f"文件属性没有带入：{zh}。",
                f"Document properties left behind: {quoted(value[:40] for _, value in told)[1]}.",
            )
        )
    return found


def picture_notes(stripped: list[str], lost: int, file: str) -> list[Finding]:
    found = []
    if stripped:
        zh, en = listed(stripped)
        found.append(note("IMP-EXIF", file, f"图片的附加信息已去掉：{zh}。", f"Metadata removed from pictures: {en}."))
    if lost:
        found.append(
            warn(
                "IMP-PICTURE",
                file,
                f"有{lost}张图片没有读入：请另存后放进报告文件夹。",
                f"{lost} pictures were not read; save them into the report's folder.",
            )
        )
    return found


def doubts(opened: Opened, blocks: Sequence[Block], file: str) -> list[Finding]:
    """Pages without text, and cells read by position where rules are missing."""
    found = []
    bare = [page.number for page in opened.pages if not page.chars]
    if bare:
        zh, en = listed(str(number) for number in bare)
        found.append(
            warn(
                "IMP-NO-TEXT",
                file,
                f"第{zh}页没有文字（可能是扫描件），没有读入。",
                f"Pages without text (perhaps scans) were not read: {en}.",
            )
        )
    if tangled := [str(page.number) for page in opened.pages if page.tangled]:
        zh, en = listed(tangled)
        found.append(
            warn(
                "IMP-UNCERTAIN",
                file,
                f"第{zh}页线条太多，没有按表格读：请核对。",
                f"Pages {en} hold too many lines; no tables were read there.",
            )
        )
    scanned = [str(page.number) for page in opened.pages if page.scanned and page.chars]
    if scanned:
        zh, en = listed(scanned)
        found.append(
            warn(
                "IMP-OCR",
                file,
                f"第{zh}页是扫描件，文字由识别软件生成：每个数都要核对。",
                f"Pages {en} are scans with recognised text; verify every figure.",
            )
        )
    if unknown := sum(char.text == UNKNOWN for page in opened.pages for char in page.chars):
        found.append(
            warn(
                "IMP-SYMBOL",
                file,
                f"有{unknown}个字认不出，记作〓，请照原件补上。",
                f"{unknown} characters are unknown, written 〓; fill them in.",
            )
        )
    for grid in blocks:
        if (
            isinstance(grid, DocumentTable)
            and str(grid.where.page) not in scanned
            and (
                words := [cell.text for row in grid.rows for cell in row if cell.uncertain and cell.first and cell.text]
            )
        ):
            zh, en = quoted(word.replace("\n", " ")[:20] for word in words)
            page, table = grid.where.page, grid.where.table
            found.append(
                warn(
                    "IMP-UNCERTAIN",
                    file,
                    f"第{page}页第{table}个表有{len(words)}格按位置读出，请核对：{zh}。",
                    f"Page {page}, table {table}: verify cells read by position: {en}.",
                )
            )
    return found
