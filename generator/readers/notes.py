"""Words the findings of readers (what was left behind) and their refusals (why a file cannot be read).

`DOCS` explains each finding's id; `printers.explain` prints it.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.finding import Finding, Level, Message, Place
from generator.readers.document import Unreadable

DOCS: dict[str, Message] = {
    "IMP-ENCODING": Message(
        "文件里有坏字符，读作“\ufffd”：请对照原文改正。",
        "Some bytes could not be decoded and were read as “\ufffd”; correct them from the original.",
    ),
    "IMP-COMMENT": Message(
        "文件里有批注，没有读入：请确认其中没有应写进报告的内容。",
        "The file has comments, which were not read. Make sure that none of them belongs in the report.",
    ),
    "IMP-TRACKED": Message(
        "文件里有修订痕迹：按“全部接受”读取（保留插入、去掉删除）。请在 Word 或 WPS 中确认最终文本后接受全部修订。",
        "The file has tracked changes. It was read as if all were accepted (insertions kept, deletions dropped). "
        "Confirm the final text in Word or WPS, then accept all changes.",
    ),
    "IMP-HIDDEN": Message(
        "文件里有看不见的内容（隐藏文字、隐藏的工作表、行、列，与底色相同、极小或页外的文字），没有读入："
        "应公开的请取消隐藏后重新导入。"
        "表格里面的隐藏行、列已读入，各格记为待核：请核对，不该公开的请在原文件中删去。",
        "The file has invisible content (hidden text, sheets, rows or columns, text in the colour of its background, "
        "tiny or off the page), which was not read. Unhide what must be published and import again. "
        "Hidden rows and columns within a table were read as uncertain; check them, and delete from the file what must "
        "not be published.",
    ),
    "IMP-WATERMARK": Message(
        "PDF 页面上斜着的水印文字没有读入：请确认它不是报告的内容。",
        "Slanting text on a PDF page, a watermark, was not read. Make sure that it does not belong in the report.",
    ),
    "IMP-META": Message(
        "文件属性（作者、单位、修改者、模板等）没有带入报告；对外发送原文件前请先清除。",
        "Document properties (author, company, last editor, template …) were not imported; "
        "clear them before you send the original file to anyone.",
    ),
    "IMP-EMBEDDED": Message(
        "嵌入的对象（表格、图表、附件、文档片段）没有读入：请把其中要公开的内容直接写进文件。",
        "Embedded objects (workbooks, charts, attachments, document parts) were not read; "
        "put what must be published directly into the file.",
    ),
    "IMP-FRAME": Message(
        "存成单个文件的网页（.mht）里有几个框架，只读了文字最多的一个：报告若在别的框架里，请单独打开、另存后导入。",
        "The page saved as one file (.mht) has several frames, and only the one with the most text was read. "
        "If the report is in another, open and save that frame on its own, then import it.",
    ),
    "IMP-MACRO": Message(
        "文件带有宏、脚本或控件，没有运行，也没有带入；来历不明的请勿在自己的电脑上启用。"
        "网页的脚本会改写表格时，浏览器里看到的数可能不同：请对照网页核对。",
        "The file has macros, scripts or controls, which were neither run nor imported. "
        "Do not enable them on your own computer unless you know where they come from. "
        "Where the scripts of a page may rewrite its tables, compare the figures with the page in a browser.",
    ),
    "IMP-LINK": Message(
        "文件指向外部（远程模板、链接的图片、外部工作簿、数据连接），没有访问，也没有带入。",
        "The file refers to external content (remote template, linked pictures, external workbooks, data connections); "
        "nothing was fetched or imported.",
    ),
    "IMP-EXIF": Message(
        "图片里的附加信息（拍摄时间、地点、设备、注释等）已去掉，画面不变。",
        "Metadata in pictures (time, place, device, comments …) was removed; the images themselves are unchanged.",
    ),
    "IMP-PICTURE": Message(
        "有图片没有读入（格式不支持、损坏或太大）：请另存为 PNG 或 JPG 后放进报告文件夹。",
        "A picture was not read (unsupported, damaged or too large); save it as PNG or JPEG in the report's folder.",
    ),
    "IMP-ERROR-CELL": Message(
        "单元格里是公式错误（如 #REF!），不是数：请在表格软件里改正后重新导入。",
        "A cell contains a formula error such as #REF!, not a figure; correct it in the spreadsheet and import again.",
    ),
    "IMP-FORMULA": Message(
        "单元格里的公式没有算出的结果：请用 Excel 或 WPS 打开、保存后重新导入。",
        "A formula has no stored result; open the file in Excel or WPS, save it, then import again.",
    ),
    "IMP-HEADER": Message("页眉、页脚里的文字没有读入。", "Text in page headers and footers was not read."),
    "IMP-FOOTNOTE": Message(
        "脚注、尾注移到正文末尾，正文相应处写作〔注1〕。",
        "Footnotes and endnotes were moved to the end of the text, which refers to them as 〔注1〕.",
    ),
    "IMP-TOC": Message(
        "自动生成的目录没有读入：网页会自己列出目录。",
        "A generated table of contents was not read; web pages build their own.",
    ),
    "IMP-SHAPE": Message(
        "工作表里的图形、文本框、图片、图表没有读入：请把其中的文字写进单元格。"
        "Word 文件里按页面定位的浮动图形可能盖在表格上：请对照原件。",
        "Shapes, text boxes, pictures or charts on a worksheet were not read; type their text into cells. "
        "Floating drawings of a Word file that are placed on the page may lie over a table; compare it with the file.",
    ),
    "IMP-SYMBOL": Message(
        "有用特殊字体画出的符号，认不出的记作〓：请改为普通字符。"
        "PDF 里画出来的样子与文字编码不符的数字不作数：请照页面填写。",
        "Some symbols are drawn with a special font; unknown ones are shown as 〓. Replace them with plain characters. "
        "Digits of a PDF that are drawn as other characters than their fonts say are not taken; type in what is shown.",
    ),
    "IMP-UNCERTAIN": Message(
        "PDF 表格有的格子线条不全，按位置读出，请逐一核对。",
        "Some cells of a PDF table have incomplete borders and were read by position; check each of them.",
    ),
    "IMP-OCR": Message(
        "PDF 的这些页是扫描件，文字由识别软件生成，数字可能认错：表格各格都记为待核，请逐一与原件核对。",
        "These PDF pages are scans with text recognised by software (OCR), which may misread figures; "
        "all their cells are marked as uncertain, so check each against the original.",
    ),
    "IMP-NO-TEXT": Message(
        "PDF 有的页没有文字（可能是扫描件），这些页没有读入：请补录或换用有文字的文件。",
        "Some PDF pages have no text (they may be scans) and were not read; type them in or use a file with text.",
    ),
    "IMP-CONVERTED": Message(
        "旧格式文件先由 LibreOffice 转成 .docx 或 .xlsx 再读取：请核对表格是否完整。",
        "LibreOffice converted the old format to .docx or .xlsx first; check that the tables are complete.",
    ),
}

_LONG = 20  # characters of a text that are quoted
_SHOWN = 8  # items named in one sentence; the others are only counted


def note(rule: str, file: str, zh: str, en: str, level: Level = Level.NOTE) -> Finding:
    return Finding(rule, level, Place(file), Message(zh, en))


def warn(rule: str, file: str, zh: str, en: str) -> Finding:
    return note(rule, file, zh, en, Level.WARNING)


def listed(items: Iterable[str | Message]) -> tuple[str, str]:
    """Enumerate items in Chinese and in English; names the first eight and counts the others."""
    messages = [Message(item, item) if isinstance(item, str) else item for item in items]
    rest = len(messages) - _SHOWN
    zh = "、".join(item.zh for item in messages[:_SHOWN]) + (f"等{len(messages)}项" if rest > 0 else "")
    en = ", ".join(item.en for item in messages[:_SHOWN]) + (f" and {rest} more" if rest > 0 else "")
    return zh, en


def quoted(items: Iterable[str]) -> tuple[str, str]:
    return listed(f"“{item}”" for item in items)


def margins_left(file: str, texts: Iterable[str]) -> list[Finding]:
    """Report the words of page headers and footers; bare page numbers are not worth a note."""
    worded = dict.fromkeys(text for text in texts if any(char.isalpha() and char not in "第页共" for char in text))
    if not worded:
        return []
    zh, en = quoted(text if len(text) <= _LONG else text[:_LONG] + "…" for text in worded)
    return [note("IMP-HEADER", file, f"页眉、页脚没有读入：{zh}。", f"Page headers and footers were not read: {en}.")]


def refuse(zh: str, en: str) -> Unreadable:
    return Unreadable(Message(zh, en))


def damaged(what: str = "") -> Unreadable:
    zh, en = (f"（{what}）", f" ({what})") if what else ("", "")
    return refuse(
        f"文件已损坏，读不出来{zh}：请用原来的软件打开后另存一份再导入。",
        f"The file is damaged{en}; open it in the program that made it, save a copy and import that copy.",
    )


def missing(package: str) -> Unreadable:
    return refuse(
        f'没有安装读取这种文件的组件 {package}：请运行 pip install "nianbao[office,ingest]"。',
        f'Reading this file type requires {package}; run pip install "nianbao[office,ingest]".',
    )


ENCRYPTED = Message(
    "文件加了密码，读不出来：请去掉密码后另存一份再导入。",
    "The file is encrypted; save a copy without a password and import that copy.",
)
