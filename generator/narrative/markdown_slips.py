"""Says to a clerk what is wrong with the Markdown of a narrative, and how to mend it."""

from __future__ import annotations

from urllib.parse import unquote

from generator.finding import Message, counted

WRONG_HEADING = Message(
    "这里只能用三级及以下标题（###）；报告标题由系统生成，六个部分的标题用「## 」写在行首。",
    "only headings of level 3 and below here; the page title is generated, sections start with “## ”.",
)
NO_ALT = Message(
    "图片没有文字说明，视障读者无从知道其内容；请写成 ![说明](文件名)。",
    "the picture has no description for readers who cannot see it; write ![description](file).",
)


TITLE_PICTURE = Message(
    "部分的标题里不能放图片，图片没有显示；请放到标题下面，单独成一段。",
    "no picture in the title of a section: it is left out; put it below, in a paragraph of its own.",
)
TITLE_LINK = Message(
    "部分的标题里不能有链接，只保留了文字；请把链接写在正文里。",
    "no link in the title of a section: only its words were kept; put the link into the text below.",
)
STARS = Message(
    "这里的“**”没有成对，会原样显示；加粗写成 **重点**：前后各两个星号，里面靠星号处不空格。",
    "“**” without its pair, shown as typed; write **bold**: no blank inside next to the asterisks.",
)
WRONG_TITLE = Message(
    "链接或图片的引号里有看不见的控制字符或“{{”，这段题注已省去；请改写。",
    "the title in quotes holds an invisible control character or “{{” and was left out; write it anew.",
)
NO_ROW = Message(
    "这一行接在表格下面，成了表里的一行；不是表格的，请在它上面空一行。",
    "this line follows the table at once and became a row of it; leave a blank line above it.",
)


def surplus_cells(columns: int, surplus: int) -> Message:
    return Message(
        f"这一行比表头多{surplus}格（表头{columns}格），多出的印在表的外侧；"
        "请补上表头，或把几格并成一格；格里的竖线写成 \\|。",
        f"this row has {counted(surplus, 'more cell')} than the head ({columns}), shown beyond the table; add heads or "
        "join the cells; write a bar inside a cell as \\|.",
    )


def missing_cells(columns: int, missing: int) -> Message:
    return Message(
        f"这一行比表头少{missing}格（表头{columns}格），后面的格空着，前面的可能错了列；"
        "空的格也要写出竖线：| 甲 |  | 3 |。",
        f"this row has {counted(missing, 'cell')} fewer than the head ({columns}): the last are empty, those before "
        "may stand in the wrong column; write the bars of empty cells too: | a |  | 3 |.",
    )


def broken_link(typed: str) -> Message:
    shown = typed[:80]
    return Message(
        f"“{shown}”没有成为链接，会原样显示：地址里不能有空格；链接写成 [名称](https://网址)。",
        f"“{shown}” is no link and shown as typed: an address has no blanks; write [name](https://address).",
    )


EMPTY_LINK = Message(
    "链接没有文字，读者看不到也点不了，已去掉；请写成 [名称](地址)。",
    "the link has no words, so nobody sees or follows it; it was left out: write [name](address).",
)


def wrong_link(address: str) -> Message:
    shown = unquote(address)[:80]
    if shown.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".webp")):
        return Message(
            f"「{shown}」没有成为图片，只保留了文字；图片写成 ![说明](文件名)，感叹号用半角。",
            f"“{shown}” is no picture, only its words were kept; write ![description](file), with an ASCII exclamation "
            "mark.",
        )
    return Message(
        f"链接「{shown}」不是 http、https、mailto 或页内 # 地址，已只保留文字；请写完整的网址。",
        f"link “{shown}” is not http, https, mailto or #; only its words were kept: write the whole address.",
    )


def user_link(address: str) -> Message:
    shown = unquote(address)[:80]
    return Message(
        f"链接「{shown}」的网站名里有“@”：@ 前面的只是用户名，实际通往后面的网站；已只保留文字。",
        f"link “{shown}” has an @ in its site: what stands before it is a user name only; only its words were kept.",
    )


def wrong_html(tag: str) -> Message:
    shown = tag[:40]
    return Message(
        f"正文不支持网页代码，「{shown}」会原样显示为文字；请删去。",
        f"HTML is not supported; “{shown}” is shown as text.",
    )


def wrong_picture(address: str) -> Message:
    shown = address[:80]
    return Message(
        f"图片「{shown}」未显示：只能引用与本报告放在同一文件夹里的 png、jpg、gif 或 webp 文件，写文件名即可。",
        f"picture “{shown}” left out: only a png, jpg, gif or webp file of this folder, by its plain name.",
    )
