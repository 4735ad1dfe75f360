"""Finds the public text of a rule id: rule docstrings, and the findings that reading itself makes."""

from __future__ import annotations

import inspect
import unicodedata
from difflib import get_close_matches

from generator.finding import Message
from generator.importer.explanations import DOCS as _TAKING
from generator.readers.notes import DOCS as _READERS
from generator.rules import ALL_RULES

_READING = {
    "SRC-ENCODING": Message(
        "文件应是UTF-8；GBK文件也能读，但请另存为UTF-8。", "Files are UTF-8; GBK is read too, but save as UTF-8."
    ),
    "SRC-BOM": Message("文件开头有BOM标记，已忽略。", "The file starts with a byte order mark; ignored."),
    "SRC-EMPTY": Message("文件是空的。", "The file is empty."),
    "SRC-SYNTAX": Message(
        "不是合法的YAML：看所指的行，多半是缩进、冒号或括号。",
        "Not valid YAML: look at indentation, colon or bracket on that line.",
    ),
    "SRC-DUPLICATE": Message("同一个名称写了两次，不知道以哪个为准。", "The same key stands twice."),
    "SRC-ALIAS": Message("不支持YAML锚点和别名（& *）。", "YAML anchors and aliases are not supported."),
    "SRC-TAG": Message("不支持YAML标签（!）。", "YAML tags are not supported."),
    "SRC-DEEP": Message("层次太深。", "Nested too deeply."),
    "SRC-LARGE": Message("文件或某一行太大，不读取。", "The file or a line is too large; not read."),
    "SRC-TAB": Message("缩进用了制表符，请改为空格。", "Indentation by tab; use blanks."),
    "SRC-FULLWIDTH": Message("全角冒号或逗号应改为半角。", "Full-width colon or comma; use the half-width one."),
    "SRC-COLON": Message("英文冒号后面要空一格。", "A colon is followed by a blank."),
    "SRC-CONTROL": Message(
        "有看不见的控制字符（含改变文字方向的，和用 \\x1b、\\u202e 写成的），多半是粘贴带来的；删去后重新键入。",
        "An invisible control character or mark of writing direction, mostly from pasting; retype the place.",
    ),
    "SRC-DOCUMENTS": Message("一个文件只写一份内容，不用“---”分开。", "One document a file; no “---”."),
    "FIG-COMMA": Message("几个数之间用了全角逗号。", "Full-width comma between figures."),
    "FIG-FULLWIDTH": Message("数字应是半角。", "Digits must be half-width."),
    "FIG-ZERO": Message("数不以0开头。", "A figure has no leading zero."),
    "FIG-THOUSANDS": Message("数里不写千分位逗号。", "No thousands separators in a figure."),
    "FIG-TIME": Message("应为数，看起来像时间。", "A figure is expected, this looks like a time."),
    "FIG-DATE": Message("应为数，看起来像日期。", "A figure is expected, this looks like a date."),
    "FIG-NUMBER": Message("应为整数、~（空白）或 /（不适用）。", "A whole number, ~ (blank) or / (not applicable)."),
    "KEY-UNKNOWN": Message("没有这个名称；照提示改正。", "Unknown key; mend it as suggested."),
    "KEY-SHAPE": Message("这里的写法不对，应为所说的样子。", "Wrong shape here."),
    "KEY-STATE": Message(
        "“状态”只有“草稿”一种写法：草稿照样核对，但不进入网站；写完、核对无误后删去这一行。",
        "状态 is 草稿 or not written: a draft is checked and left off the site; delete the line when it is done.",
    ),
    "DRAFT-STATE": Message(
        "报告是草稿（状态: 草稿）：照样核对，错误只作警告，不进入网站，预览里看得到。",
        "The report is a draft: checked, its errors are warnings, it is left off the site and shown in previews.",
    ),
    "HELD-BACK": Message(
        "这份新报告有错误，site.yaml 写了“有错误的新报告: 暂缓发布”，所以只有它没有发布，年度页上注明。",
        "This new report has errors; site.yaml lets the others go on, so it alone is not published, as its year's "
        "page says.",
    ),
    "SITE-PUBLISH": Message(
        "site.yaml 的“发布”写错了：每个目标是“名称: {方式: 目录、rsync、sftp、s3、zip 或 片段, …}”，"
        "各项见运维指南；密码和密钥不写在这里。",
        "The block 发布 of site.yaml is wrong: each target is “name: {方式: …}”; see the operator's guide. Passwords "
        "and keys never stand here.",
    ),
    "SITE-DOWNLOAD": Message(
        "site.yaml 的“下载”写 Word、PDF、Excel 中要的几种（都不要写 []）；不写时，装了所需的库就都做。",
        "下载 in site.yaml lists the files wanted of each report: Word, PDF, Excel ([] for none); unset, all that the "
        "installed libraries can make.",
    ),
    "DOWNLOAD": Message(
        "这份报告的一种下载文件做不成，页面上没有列出；照提示改正后重新生成。",
        "One of the files to download cannot be made of this report and is not listed on its page; mend it as told.",
    ),
    "SITE-REDIRECT": Message(
        "site.yaml 的 redirects 每行是“旧地址: 新地址”，地址从栏目的顶层算起，如 2019/jiuju/: 2019/xinju/。",
        "The block redirects of site.yaml has lines “old: new”, addresses below the section's top.",
    ),
    "SITE-HOLD": Message(
        "site.yaml 的“有错误的新报告”只有“暂缓发布”一种写法；不写时，有错误就整个栏目不更新。",
        "有错误的新报告 is 暂缓发布 or not written; without it any error leaves the whole section as it was.",
    ),
    "SITE-SWAP": Message(
        "site.yaml 的“更新方式”只有“整体替换”一种写法；不写时，改动少就逐个文件更新，改动多才整体替换。",
        "更新方式 is 整体替换 or not written; without it few changes are renamed into the section one by one.",
    ),
    "IMP-UNCHECKED": Message(
        "导入时拿不准的格还标着“待核”：对照原文件核对，改对后删去行尾的注释。新报告还有“待核”就不能生成（build、--strict）。",
        "A cell that the import marked 待核 has not been checked: compare it with the file, then delete the comment. "
        "A new report with such a mark is not built.",
    ),
    "KEY-FOLDER": Message("年度、机关应与所在文件夹一致。", "Year and organ must match the folder."),
    "ROW-LENGTH": Message("一行的数的个数应等于列数。", "A row has as many figures as the table has columns."),
    "ROW-MISSING": Message(
        "法定表的每一行都要有。只有“规章”一行，原报告没有印的可以不写（提示），页面上也就不印。",
        "Every row of the statutory table is needed; only 规章 may be left out where the report does not print it (a "
        "note); the page then leaves it out too.",
    ),
    "META-DATE": Message("日期写成 2021-01-29 的样子。", "Dates are written 2021-01-29."),
    "META-TITLE": Message("报告要有标题。", "A report has a title."),
    "IND-VALUE": Message("指标要有“值”。", "An indicator has a value."),
    "CORR-INCOMPLETE": Message(
        "更正一个已公开的数要写明日期、位置、原值、更正为、原因、批准人。",
        "A correction of a published figure names date, place, old and new value, reason, and who approved it.",
    ),
    "ACC-INCOMPLETE": Message("接受一项发现要写规则、位置、原因。", "An acceptance names rule, place and reason."),
    "ACC-LAPSED": Message(
        "接受时的值与现在的值不同，接受已失效：核对后改“值”或删去接受项。",
        "Accepted for other figures; the acceptance has lapsed.",
    ),
    "ACC-VALUES": Message(
        "接受涉及数的发现要写“值”，数一变接受即失效。",
        "State the figures (值) an acceptance is for, so that it lapses when they change.",
    ),
    "ACC-APPROVER": Message(
        "新报告要带着错误级的发现公开，须写明批准人和批准日期（如 2026-01-20）。",
        "A new report that carries an error-level finding names who approved it (批准人) and when (批准日期).",
    ),
    "ACC-STALE": Message(
        "接受项已不对应任何发现：数改了就应删去。", "An acceptance meets no finding any more; remove it."
    ),
    "BIND-BLANK": Message("正文引用的格是空白。", "The prose binds a blank cell."),
    "BIND-UNKNOWN": Message(
        "正文引用的名称不存在：写法是 {{表三.本年新收.总计}} 或 {{指标.名称}}。", "The prose binds an unknown name."
    ),
    "ROW-ADDED": Message(
        "“增加行”的写法不对，或它就是格式中的一行。", "An added row (增加行) is misspelt, or is a row of the form."
    ),
    "STR-FORM": Message(
        "该年度没有对应的法定格式，或“格式”写的编号不存在。",
        "No statutory format governs that year, or the one named does not exist.",
    ),
    "MD-HEADING": Message(
        "正文里的标题从三级（###）起；六个部分的标题用“## ”写在行首。",
        "Headings of the narrative start at level 3; sections start with “## ”.",
    ),
    "MD-BRACES": Message(
        "花括号没有成为数，会原样印在页面上：引用写成 {{表三.本年新收.总计}}，前后各两个半角花括号，写在同一行里。",
        "Braces that are no placeholder and would be printed as typed: write {{表三.本年新收.总计}}, in one line.",
    ),
    "MD-LINES": Message(
        "一行一行打的文字会连成一段：另起一段的，中间空一行；分项的，行首写“1. ”或“- ”。一句话折成几行的不报。",
        "Lines typed one under another run together: leave a blank line between paragraphs, begin items with “- ”.",
    ),
    "MD-TABLE": Message(
        "表格的写法不对：表头占一行，下一行写 |---|---|，每行的格数与表头相同，竖线用半角，表格上下各空一行。"
        "从 Excel 粘贴的要改成这样。",
        "A malformed table: one line of heads, then |---|---|, rows of as many cells, a blank line behind.",
    ),
    "MD-MARK": Message(
        "标记差一点，会原样印在页面上：标题 # 后面要空一格，加粗写成 **重点**；没有脚注和代码标记。",
        "A mark that just misses its form and is printed as typed: headings (###), bold (**), footnotes, backticks.",
    ),
    "MD-TITLE": Message(
        "链接或图片引号里的题注有不能印的字，已省去。", "The title of a link or picture cannot be printed; left out."
    ),
    "BIND-SYNTAX": Message(
        "推算写法有误，看所指的字。"
        "写法：{{表三.本年新收.总计|较上年}}、{{…|占 表三.总计.总计}}、{{… + …}}、{{合计 表三.不予公开}}。",
        "A derived placeholder is malformed at the character named; see 填报员指南 for what may be written.",
    ),
    "BIND-LASTYEAR": Message(
        "正文要用上年的数，但没有上年的报告：补上该文件夹，或直接写数。",
        "Last year's figure is asked for and its report is missing.",
    ),
    "BIND-FORM": Message(
        "两年的格式不同，上年没有含义相同的一格，不能比较。",
        "The forms differ and last year's has no cell of the same meaning.",
    ),
    "BIND-ZERO": Message("除数是0，算不出百分比。", "Division by zero: no percentage."),
    "BIND-UNIT": Message("单位不同的数不能相加。", "Figures in different units make no sum."),
    "MD-DEEP": Message(
        "列表或引文套得太深，更深的会原样显示。", "Lists or quotes nest too deep; what is deeper is shown as typed."
    ),
    "MD-LINK": Message(
        "链接只能是 http、https、mailto，网站名里不能有“@”，要有文字可点。",
        "Links are http, https or mailto, without an @ in the site, and have words to click on.",
    ),
    "MD-HTML": Message("正文里不能写HTML。", "No HTML in the narrative."),
    "MD-PICTURE": Message("图片放在报告文件夹里，只写文件名。", "Pictures lie in the report's folder, by plain name."),
    "LEAK-DOCMETA": Message(
        "图片文件里除了画面，还可能存着拍摄地点（GPS）、设备序列号、作者姓名（错误），或设备、时间、注释（提示）；"
        "图片照原样公开，这些也就公开了。\n"
        "改法：Windows 上右键图片，“属性—详细信息—删除属性和个人信息”；或用画图软件重新存成 PNG；"
        "从 Word、PDF 导入的图片已经清除。发现里不印出内容。",
        "A picture file may also hold the place (GPS), the device's serial number or its author's name (errors), or "
        "the device, the time and comments (notes); pictures are published as they are. To clear it: in Windows, "
        "Properties, Details, Remove Properties; or save it again as PNG.",
    ),
    "A11Y-ALT": Message("每张图片要有文字说明。", "Every picture has a text alternative."),
    "FILE-LINK": Message("不读取符号链接。", "Symbolic links are not read."),
    "FILE-YEAR": Message(
        "年度文件夹只写四位数字（2021）。“2021年”“２０２１”“2021 - 副本”里的报告读不到，也就不在网页上。",
        "A year's folder is named by four digits (2021). Reports in “2021年” or “2021 - copy” are not read.",
    ),
    "FILE-STRAY": Message(
        "content 里有没有读取的文件或文件夹；需要的请改名、放对地方，不需要的请移走。",
        "Something in the content folder is not read: name and place it right, or move it out.",
    ),
    "SITE-ORGAN": Message(
        "organs.yaml 的机关编号就是文件夹名：小写字母、数字、连字符，不能是 con、aux、nul 等 Windows 保留名。",
        "An organ's id is the name of its folder: lower-case letters, digits, hyphens, no name that Windows reserves.",
    ),
    "FILE-NAME": Message(
        "机关文件夹名只用小写字母、数字和连字符。", "Organ folders: lower-case letters, digits, hyphens."
    ),
    "FILE-READ": Message("文件读不出来。", "The file cannot be read."),
    "SITE-REQUIRED": Message("site.yaml 缺少必填项。", "site.yaml lacks a required key."),
    "LIST-NAME": Message(
        "content/lists/ 里的字表要与 generator/wordlists/lists/ 里的同名。",
        "A list in content/lists/ bears the name of one in generator/wordlists/lists/.",
    ),
    "LIST-ENTRY": Message(
        "content/lists/ 里的字表有一条写法不对，这一条没有用上；看所指的行和列。写法见填报员指南“字表”。",
        "An entry of a list in content/lists/ is malformed and was left out; look at the line and column named.",
    ),
    "SITE-LEVEL": Message(
        "“规则级别”写的不是规则编号，或级别不是错误、警告、提示、关闭。", "A severity names no rule, or no level."
    ),
    "SITE-ADDRESS": Message(
        "site.yaml 的网址不是 http(s) 地址。", "The section's address in site.yaml is no http(s) address."
    ),
    "SITE-SHAPE": Message(
        "site.yaml 或 organs.yaml 的一项形状不对（该是文字、列表还是“名称: 值”），没有采用。",
        "A part of site.yaml or organs.yaml has the wrong shape (a text, a list, “name: value” lines); not used.",
    ),
    "FILE-MORE": Message(
        "同一个文件的问题太多，只列前面的，其余只计数；多半是同一个毛病，先改列出的。",
        "A file has too many findings: the first are listed, the others counted. Mend what is listed first.",
    ),
    "SITE-LEGACY": Message("原页面的机关或网址不对。", "A legacy page's organ or address is wrong."),
    "PUB-FOOTER": Message("门户标识未填，发布时会被拒绝。", "A portal identifier is unset; publishing will refuse."),
    "PUB-META": Message("网站标识码格式不对。", "The site code is malformed."),
    "TOOL-FAULT": Message(
        "nianbao 自身出错，不是报告的错；其余照常核对。请把这份报告和这条信息发给开发者。",
        "A fault of nianbao itself, not of the report; everything else was checked. Please report it with the file.",
    ),
}


_IMPORTING = {**_READERS, **_TAKING}


def documentation(rule: str) -> Message | None:
    """Returns the public text of a rule id, None when there is no such rule."""
    if text := _READING.get(rule) or _IMPORTING.get(rule):
        return text
    for item in ALL_RULES:
        if rule == item.id or rule in item.also:
            zh, _, en = inspect.cleandoc(item.doc).partition("\n---\n")
            return Message(zh, en or zh)
    return None


def known() -> list[str]:
    """Lists every rule id that has a public text."""
    ids = (name for rule in ALL_RULES for name in (rule.id, *rule.also))
    return sorted({*_READING, *_IMPORTING, *ids})


def plain_id(typed: str) -> str:
    """Returns the id that is meant by words typed in any case and with or without hyphens; "" where none is."""
    wanted = _bare(typed)
    return next((rule for rule in known() if _bare(rule) == wanted), "")


def mentioning(words: str) -> list[str]:
    """Lists the ids whose text, in either language, or whose title holds some words: first those that speak of them in
    their first sentence."""
    wanted = words.strip().casefold()
    found = []
    for rule in known() if len(wanted) > 1 or not wanted.isascii() else ():
        text = documentation(rule)
        whole = f"{text.zh}\n{text.en}".casefold() if text else ""
        if wanted and (wanted in whole or wanted in rule.casefold()):
            begins = wanted in rule.casefold() or any(
                wanted in headline(rule, lang).casefold() for lang in ("zh", "en")
            )
            found.append((not begins, rule))
    return [rule for _, rule in sorted(found)]


def alike(typed: str) -> list[str]:
    """Lists the ids that look like what was typed, the closest first."""
    ids = {_bare(rule): rule for rule in known()}
    return [ids[name] for name in get_close_matches(_bare(typed), ids, 6, 0.75)]


def headline(rule: str, lang: str) -> str:
    """Returns the first sentence of a rule's text."""
    text = documentation(rule)
    first = text.say(lang).partition("\n")[0] if text else ""
    head, mark, _ = first.partition("。" if lang == "zh" else ". ")
    return head + mark.strip()


def _bare(rule: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", rule).upper() if char.isalnum())
