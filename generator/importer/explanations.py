"""Explains the findings of an import; `nianbao explain` prints these texts."""

from __future__ import annotations

from generator.finding import Message

DOCS: dict[str, Message] = {
    "IMP-REFUSED": Message(
        "文件没有读：太大、打不开、认不出，或看不出是哪个机关、哪一年的报告（用 --organ、--year 说明）。",
        "The file was not read: it is too large, damaged or of an unknown kind, or it does not say whose report it "
        "is or for which year (pass --organ, --year).",
    ),
    "IMP-EXISTS": Message(
        "内容文件夹里已有这份报告而与读出的不同，没有改动；确要替换请加 --replace，旧的会留备份。",
        "The content folder already holds this report, and it differs from what was read; it was left alone. "
        "--replace replaces it and keeps a backup.",
    ),
    "IMP-UNFILLED": Message(
        "填报表里一个数也没有填（由上年带入的不算）：没有写入；还没有报告的单位仍算缺报，已有的报告不动。请退回填好再导入。",
        "No figure was typed into the workbook (those carried over from last year do not count): nothing was written; "
        "a unit without a report still counts as missing, and one that is there stays. Have it filled in and import it "
        "again.",
    ),
    "IMP-TAKEN": Message(
        "这张填报表以前收过，此后内容文件夹里又改过：不再写入，改过的保留。"
        "单位改正重报的是另一张，照常导入（加 --replace）。",
        "This workbook came in before and the report was edited since: nothing is written and the edits stay. "
        "A corrected workbook is another one; import it with --replace.",
    ),
    "IMP-TWICE": Message(
        "一次导入里有两个文件是同一份报告：取数和正文更全的一个，一个有表、一个有正文的合成一份；没有用的会说明，"
        "应以它为准的请单独导入并加 --replace。",
        "Two files of one import are the same report: the fuller one is taken, and one with tables is joined with one "
        "with the narrative. What was not used is named; if it is the right one, import it alone with --replace.",
    ),
    "IMP-OPEN": Message(
        "文件旁边有办公软件的锁定文件（~$…、.~lock.…#）：它可能还开着，没有保存的修改读不到。请保存、关闭后再导入一次；"
        "软件曾经意外退出的，删去锁定文件即可。",
        "A lock file of an office program (~$…, .~lock.…#) lies beside the file: it may still be open, and what is not "
        "saved was not read. Save and close it, then import it again; after a crash of the program delete the lock "
        "file.",
    ),
    "IMP-WRITE": Message(
        "草稿写不进内容文件夹；什么都没有改。", "The draft could not be written; nothing was changed."
    ),
    "IMP-YEAR": Message(
        "标题里的年度与统计期限不一致，请核对。",
        "The year in the title differs from the year of the reporting period; please check.",
    ),
    "IMP-FORM": Message(
        "原报告用的不是该年度应用的格式；照原样读出，并在 tables.yaml 的“格式”里写明。",
        "The report does not use the form of its year; it was read as it stands; tables.yaml names the form (格式).",
    ),
    "IMP-TABLE": Message("原文件里没有找到这张法定表。", "A statutory table was not found in the file."),
    "IMP-MISSING": Message(
        "原文件的表里缺这些行或格，草稿里留空。",
        "The file's table lacks these rows or cells; they are blank in the draft.",
    ),
    "IMP-INFERRED": Message(
        "这几格是推断的（如连写的数字按勾稽关系切分），已填入并标“待核”：请对照原文件，核对后删去注释。",
        "These cells were inferred (for instance digits run together, split by the table's identities); they are "
        "filled in and marked 待核. Compare them with the file, then delete the comment.",
    ),
    "IMP-UNDECIDED": Message(
        "这几格读不定，留空，原文写在旁边的注释里：请照原文件填。",
        "These cells could not be decided; they are blank, the raw text is in a comment. Fill them in from the file.",
    ),
    "IMP-IGNORED": Message(
        "原文件表里的这一格没有地方可填（格式里没有这一行或这一列），列出备查。",
        "A cell of the file's table has no place in the form (no such row or column); it is listed so nothing is lost.",
    ),
    "IMP-EXTRA": Message(
        "原文件的表里有格式中没有的一行，写在“增加行”里并标“待核”："
        "请核对名称、位置和数，核对后删去注释；其实是某一行的，改填到那一行。",
        "The file's table has a row that the form does not; it is written under 增加行 and marked 待核. Check its "
        "name, place and figures, then delete the comment; if it is one of the form's rows, move it there.",
    ),
    "IMP-MIXED": Message(
        "原文件把这个格式分几行的一组印成了一行（混用了另一年的格式）：数照原样写在“增加行”里并标“待核”，那几行留空。"
        "能分清的填到各行，再删去增加的一行；分不清的核对后保留。",
        "The file prints as one row what the form has in several (the form of another year was mixed in): the figures "
        "are under 增加行, marked 待核, and those rows are blank. Where you can tell, fill in the rows and delete the "
        "added one; otherwise keep it.",
    ),
    "IMP-SLIP": Message(
        "法定表格里的说明印得与格式不同（如“勾稽”印作“钩稽”）：页面印格式的说明，原文录在这里。",
        "A note that the form prints in its table is misprinted in the file (钩稽 for 勾稽): pages print the form's "
        "note; the file's is quoted here.",
    ),
    "IMP-STRUCK": Message(
        "原文件正文里有划去（或修订删除、被控件数据取代）的文字，没有收入正文，照录备查；"
        "如要保留，请在 report.md 里补上。",
        "Words struck out (or deleted in a tracked change) were left out of the narrative; they are quoted so that "
        "they can be checked. Add them to report.md if they are to stay.",
    ),
    "IMP-SIGNATURE": Message(
        "报告末尾的落款（机关名称、日期）和附件名没有收入正文，照录备查；没有发文日期的，用落款的日期。",
        "The signature at the end (organ, date, names of annexes) was left out of the narrative and is quoted; its "
        "date becomes 发文日期 where the file gives none.",
    ),
    "IMP-CONTENTS": Message(
        "文件里的目录没有收入正文：页面自有目录，文件的页码在网页上没有意义。",
        "The table of contents of the file was left out of the narrative: the page has its own, and page numbers mean "
        "nothing there.",
    ),
    "IMP-MARKED": Message(
        "正文表格里的一格另有划去、上标等文字：划去的没有收入，上标、下标的数字写成小字（如 22¹）；"
        "或者法定表的行名、表头另有这样的文字。请核对、改好。",
        "A cell of a table in the narrative also shows struck or raised text: struck text was left out, raised digits "
        "are written as such (22¹). Or a row name or header of a statutory table does. Please check, and correct it.",
    ),
    "IMP-RUN-TOGETHER": Message(
        "正文里有一段像是各格连写的表格，而格式里没有这样的表：原文照留，请改成表格。",
        "A passage of the narrative looks like a table whose cells ran together, and the form has no such table; it "
        "was kept word for word. Please turn it into a table.",
    ),
    "IMP-CHROME": Message(
        "网页上报告以外的文字（位置、来源、分享等）没有收入正文，照录备查。",
        "Text of the web page around the report was left out; it is quoted so that it can be checked.",
    ),
}
