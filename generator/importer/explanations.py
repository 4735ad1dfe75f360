"""What `explain` says of the findings of an import; rules/docs.py merges it."""

from __future__ import annotations

from generator.finding import Message

DOCS: dict[str, Message] = {
    "IMP-REFUSED": Message(
        "文件没有读：太大、打不开、认不出，或看不出是哪个机关、哪一年的报告（用 --organ、--year 说明）。",
        "The file was not read: too large, unreadable, of no known kind, or it does not tell whose report it is or of which year (say so with --organ, --year).",
    ),
    "IMP-EXISTS": Message(
        "内容文件夹里已有这份报告而与读出的不同，没有改动；确要替换请加 --replace，旧的会留备份。",
        "Content already holds this report and differs from what was read; it was left alone. --replace replaces it and keeps a backup.",
    ),
    "IMP-WRITE": Message(
        "草稿写不进内容文件夹；什么都没有改。", "The draft could not be written; nothing was changed."
    ),
    "IMP-YEAR": Message(
        "标题里的年度与统计期限不一致，请核对。",
        "The year of the title is not that of the figures' period; please check.",
    ),
    "IMP-FORM": Message(
        "原报告用的不是该年度应用的格式；照原样读出，并在 tables.yaml 的“格式”里写明。",
        "The report is not on the form of its year; it was read as it stands, and tables.yaml names the form (格式).",
    ),
    "IMP-TABLE": Message("原文件里没有找到这张法定表。", "A statutory table was not found in the file."),
    "IMP-MISSING": Message(
        "原文件的表里缺这些行或格，草稿里留空。", "Rows or cells are not in the file's table; blank in the draft."
    ),
    "IMP-INFERRED": Message(
        "这几格是推断的（如连写的数字按勾稽关系切分），已填入并标“待核”：请对照原文件，核对后删去注释。",
        "These cells were inferred (digits run together, split by the table's identities); they are filled in and marked 待核. Compare with the file, then delete the comment.",
    ),
    "IMP-UNDECIDED": Message(
        "这几格读不定，留空，原文写在旁边的注释里：请照原文件填。",
        "These cells could not be decided; they are blank with the raw text in the comment. Fill them in from the file.",
    ),
    "IMP-IGNORED": Message(
        "原文件表里的这一格没有地方可填（格式里没有这一行或这一列），列出备查。",
        "A cell of the file's table has no place in the form; listed so that nothing is lost.",
    ),
    "IMP-EXTRA": Message(
        "原文件的表里有格式中没有的一行，写在“增加行”里并标“待核”：请核对名称、位置和数，核对后删去注释；其实是某一行的，改填到那一行。",
        "The file's table has a row that the form does not; it is written under 增加行 and marked 待核. Check its name, place and figures, then delete the comment; if it is one of the form's rows, move it there.",
    ),
    "IMP-RUN-TOGETHER": Message(
        "正文里有一段像是各格连写的表格，而格式里没有这样的表：原文照留，请改成表格。",
        "A stretch of the narrative looks like a table run together that the form does not have; kept word for word, make a table of it.",
    ),
    "IMP-CHROME": Message(
        "网页上报告以外的文字（位置、来源、分享等）没有收入正文，照录备查。",
        "Text of the page around the report was left out; quoted so that it can be checked.",
    ),
}
