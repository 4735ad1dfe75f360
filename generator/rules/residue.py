"""Finds residue in the text: what programs, templates and internal or secret papers left there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.narrative.prompt import PROMPT
from generator.report.entry import LoadedReport
from generator.rules.rule import Rule, at_line, at_typed
from generator.rules.text import LIMIT, at_quote, at_word, listed, quote, seen, some

_PATH = re.compile(
    r"(?<![A-Za-z])[A-Za-z]:[\\/](?![\\/])|\\\\[\w.-]+\\|file://|(?<![A-Za-z0-9_.])/(?:home|Users)/\w"
    r"|AppData|ADMINI~[0-9]|WeChat Files|Tencent Files"
)
_HEX = re.compile(r"[0-9a-f]{16,64}(?![0-9a-zA-Z])").search
_OUTPUT = re.compile(r"(?:output|picturecompress)_[0-9]+").search
_NULL = re.compile(r"(?<![A-Za-z])(?:None|null|undefined|NaN)(?![A-Za-z])|\{%|%\}|\$\{|/[0-9]{4}-[0-9]+\.0(?![0-9])")
_OFFICE = re.compile(r"mso-|<o:p>|class=\"?Mso|\[image:|cid:|data:image")
_NET = re.compile(
    r"(?<![0-9.])(?:10\.[0-9]{1,3}|192\.168|172\.(?:1[6-9]|2[0-9]|3[01]))\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])|localhost|127\.0\.0\.1"
)
_PICTURE = re.compile(r"!\[([^\]\[\n]{0,500})\]\(([^)(\n]{0,300})\)").finditer


# strings of which each pattern needs one: a fast pre-check in the few runs of letters that a report has
_HINTS = {
    _PATH: (":/", ":\\", "\\\\", "/home", "/Users", "AppData", "ADMINI~", "Files"),
    _NULL: ("None", "null", "undefined", "NaN", "{%", "%}", "${", ".0"),
    _OFFICE: ("mso-", "<o:p>", "Mso", "[image:", "cid:", "data:image"),
    _NET: ("10.", "192.168", "172.", "localhost", "127.0"),
}


def _latin(
    entry: LoadedReport, pattern: re.Pattern[str], rule: str, level: Level, zh: str, en: str
) -> Iterator[Finding]:
    """Finds what a program's pattern matches."""
    spelt = entry.plain.spelt
    for hint in _HINTS[pattern]:
        if hint in spelt:
            break
    else:
        return
    for match in one_per_line(pattern, entry.plain.narrow):
        yield at_quote(entry, match.start(), match.end(), rule, level, f"：{zh}", f": {en}", 10)


def one_per_line(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yields the first match of each line: a path is one leak, however many of its parts give it away."""
    line_end = -1
    for match in pattern.finditer(text):
        if match.start() > line_end:
            yield match
            line_end = text.find("\n", match.end())
            if line_end < 0:
                return


def path(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """本机路径（盘符、网络共享、用户文件夹、微信文件夹）：泄露用户名、软件和处理时间。多在图片的文字说明里。
    如“C:/Users/ADMINI~1/AppData/Local/Temp/…”。改法：删去，图片改写内容说明。依据：《网络安全法》；本项目。
    ---
    A file path of an office computer, often in a picture's description, gives away user names and software. Delete
    it."""
    zh, en = "是办公电脑的文件路径，会泄露用户名，请删去", "is a path of an office computer; delete it"
    return some(_latin(entry, _PATH, "LEAK-PATH", Level.ERROR, zh, en))


def _meaningless(text: str) -> re.Match[str] | None:
    return _HEX(text) or ("_" in text and _OUTPUT(text)) or None


def hashes(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """图片的文字说明或文件名是一串编号（散列值、压缩软件的输出名），没有含义。改法：写图片的内容。
    ---
    A picture's description or name is a meaningless number (a hash, a compressor's output). Write what it shows."""
    if "![" in entry.text:
        yield from _picture_hashes(entry)
    if not _meaningless("\n".join(entry.report.pictures.values())):
        return
    for key, typed in entry.report.typed.items():
        number = _meaningless(typed.text) if key.startswith("图片.") else None
        if number:
            subject = number[0][:40]
            message = Message(
                f"“{key}”的说明里有一串编号“{subject}”，请写图片的内容",
                f"the description of “{key}” is a meaningless number; say what it shows",
            )
            yield at_typed(entry, typed, "LEAK-HASH", Level.WARNING, message, subject)


def _picture_hashes(entry: LoadedReport) -> Iterator[Finding]:
    """Finds pictures of the narrative whose description or file name is a meaningless number."""
    for line, text in enumerate(entry.text.split("\n"), 1):
        for match in _PICTURE(text):
            for group, zh, en in ((1, "文字说明", "description"), (2, "文件名", "name")):
                number = _meaningless(match[group])
                if number:
                    message = Message(
                        f"图片的{zh}“{match[group][:40]}”是一串编号，请写图片的内容",
                        f"the picture's {en} is a meaningless number; say what it shows",
                    )
                    column, subject = match.start(group) + 1, number[0][:40]
                    yield at_line(entry, "report.md", line, column, "LEAK-HASH", Level.WARNING, message, subject)


def nulls(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """程序的空值印了出来：None、null、undefined、NaN、空的发文字号“〔〕”、索引号里的“-None”或“.0”、没有填的模板变量。
    如索引号“…/2021-None”、文号“〔〕号”。改法：填上，没有的留空（~）。
    ---
    A program's empty value is printed: None, null, NaN, an empty document number 〔〕, an index ending in -None or .0,
    an unfilled variable. Fill it in, or leave the field blank (~)."""
    zh, en = "是程序的空值，请填写或留空（~）", "is a program's empty value; fill it in or leave it blank (~)"
    yield from some(_latin(entry, _NULL, "LEAK-NULL", Level.ERROR, zh, en))
    if "〔〕" in entry.plain.text:
        zh = "：发文字号没有年份；没有文号请留空（~）"
        en = ": a document number without year; leave it blank (~) if there is none"
        for match in some(re.finditer("〔〕", entry.plain.text)):
            yield at_quote(entry, match.start(), match.end(), "LEAK-NULL", Level.ERROR, zh, en)


def office(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """从 Word 或网页粘贴带来的代码：mso-、<o:p>、[image:]、cid:、data:image。改法：删去。
    ---
    Code was pasted in from Word or a web page. Delete it."""
    zh, en = "是粘贴带来的代码，请删去", "is pasted code; delete it"
    return some(_latin(entry, _OFFICE, "LEAK-MSO", Level.WARNING, zh, en))


def network(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """内网地址（10.、172.16—31.、192.168.）、localhost、127.0.0.1：外人打不开，也泄露内部网络。改法：换成公开的网址或删去。
    ---
    An address of an internal network or of the computer itself. Give the public address or delete it."""
    zh, en = "是内网或本机地址，请换成公开的网址", "is an internal address; give the public one"
    return some(_latin(entry, _NET, "LEAK-NET", Level.ERROR, zh, en))


def controls(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """看不见的或无字形的字符：零宽空格、控制符、私用区字符、替换符（U+FFFD，表示文字已经损坏）。多由复制带来。改法：删去重打。
    ---
    Invisible characters: zero-width spaces, controls, private-use characters and the mark of lost text (U+FFFD).
    Delete and retype them."""
    text = entry.plain.text
    for at, char in seen(entry, context).odd[:LIMIT]:
        if char not in context.words.script:
            words = quote(text.replace(char, "□"), at, at + 1)
            code = f"U+{ord(char):04X}"
            message = Message(
                f"“{words}”：□处有看不见的字符{code}，请删去",
                f"“{words}”: an invisible character {code} at □; delete it",
            )
            yield at_word(entry, at, "LEAK-CTRL", Level.WARNING, message, words)


def template(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """范文的残留：“该部分以表格形式报告”“××局”“待补充”“请填写”等。照 generator/wordlists/lists/residue.yaml。
    改法：改成本单位的内容或删去。
    ---
    Words left over from a template (××局, 待补充), from the list residue.yaml. Replace them by the office's own."""
    zh, en = "是范文的残留，请改写或删去", " was left from a template; rewrite or delete it"
    unwritten = "：此处还没有写；写上内容，并删去提示", ": nothing is written here yet; write it, and delete the prompt"
    for at, word in some(listed(entry, context, "LEAK-TEMPLATE")):
        told = unwritten if word.wrong == PROMPT else (zh, en)
        yield at_quote(entry, at, at + len(word.wrong), "LEAK-TEMPLATE", word.level, *told)


def secrecy(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """密级标志（机密★）、保密字样（密级、保密期限、内部资料、工作秘密）、涉密或明传的文号（〔2020〕密、明电〔）。
    标志是错误，字样和文号是警告：请保密审查人员核对。依据：《保守国家秘密法》第三十五条；实施条例第四十二条“先审查、后公开”。
    ---
    Marks of secrecy (errors), and words and numbers of documents that are not public (warnings): have the secrecy
    reviewer check them."""
    zh, en = "是保密标志或字样，请核对能否公开", " is a mark of secrecy; check that this may be public"
    for rule in ("SEC-MARK", "SEC-WORD", "SEC-DOCNO"):
        for at, word in some(listed(entry, context, rule)):
            yield at_quote(entry, at, at + len(word.wrong), rule, word.level, zh, en)


RULES = (
    Rule("SEC-MARK", secrecy, ("SEC-WORD", "SEC-DOCNO"), softens=False),
    Rule("LEAK-PATH", path, softens=False),
    Rule("LEAK-HASH", hashes, softens=False),
    Rule("LEAK-NULL", nulls, softens=False),
    Rule("LEAK-TEMPLATE", template, softens=False),
    Rule("LEAK-MSO", office, softens=False),
    Rule("LEAK-NET", network, softens=False),
    Rule("LEAK-CTRL", controls, softens=False),
)
