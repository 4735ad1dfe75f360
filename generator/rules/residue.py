"""Residue and secrecy: what programs, templates and internal papers left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.collection.context import Context
from generator.finding import Finding, Level, Message
from generator.report.entry import LoadedReport
from generator.rules.rule import Rule, at_line
from generator.rules.text import at_word, listed, quote, seen, some

_PATH = re.compile(
    r"(?<![A-Za-z])[A-Za-z]:[\\/](?![\\/])|\\\\[\w.-]+\\|file://|(?<![A-Za-z0-9_.])/(?:home|Users)/\w|AppData|ADMINI~[0-9]|WeChat Files|Tencent Files"
)
_HEX = re.compile(r"[0-9a-f]{16,64}(?![0-9a-zA-Z])").search
_OUTPUT = re.compile(r"(?:output|picturecompress)_[0-9]+").search
_NULL = re.compile(r"(?<![A-Za-z])(?:None|null|undefined|NaN)(?![A-Za-z])|\{%|%\}|\$\{|/[0-9]{4}-[0-9]+\.0(?![0-9])")
_OFFICE = re.compile(r"mso-|<o:p>|class=\"?Mso|\[image:|cid:|data:image")
_NET = re.compile(
    r"(?<![0-9.])(?:10\.[0-9]{1,3}|192\.168|172\.(?:1[6-9]|2[0-9]|3[01]))\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])|localhost|127\.0\.0\.1"
)
_PICTURE = re.compile(r"!\[([^\]\[\n]{0,500})\]\(([^)(\n]{0,300})\)").finditer


# what each pattern cannot do without: told apart at once in the few runs of letters that a report has
_HINTS = {
    _PATH: (":/", ":\\", "\\\\", "/home", "/Users", "AppData", "ADMINI~", "Files"),
    _NULL: ("None", "null", "undefined", "NaN", "{%", "%}", "${", ".0"),
    _OFFICE: ("mso-", "<o:p>", "Mso", "[image:", "cid:", "data:image"),
    _NET: ("10.", "192.168", "172.", "localhost", "127.0"),
}


def _latin(
    entry: LoadedReport, pattern: re.Pattern[str], rule: str, level: Level, zh: str, en: str
) -> Iterator[Finding]:
    """A finding where the pattern stands."""
    spelt = entry.plain.spelt
    for hint in _HINTS[pattern]:
        if hint in spelt:
            break
    else:
        return
    for found in some_matches(pattern, entry.plain.narrow):
        said = quote(entry.plain.text, found.start(), found.end(), 10)
        yield at_word(entry, found.start(), rule, level, Message(f"“{said}”：{zh}", f"“{said}”: {en}"), said)


def some_matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches, one a line at most: a path is one leak, however many of its parts give it away."""
    line_end = -1
    for found in pattern.finditer(text):
        if found.start() > line_end:
            yield found
            line_end = text.find("\n", found.end())
            if line_end < 0:
                return


def path(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """本机路径（盘符、网络共享、用户文件夹、微信文件夹）：泄露用户名、软件和处理时间。多在图片的文字说明里。
    如“C:/Users/ADMINI~1/AppData/Local/Temp/…”。改法：删去，图片改写内容说明。依据：《网络安全法》；本项目。
    ---
    A path of somebody's computer, often in a picture's description: it gives away user names and software. Delete it."""
    zh, en = "是办公电脑的文件路径，会泄露用户名，请删去", "is a path of an office computer; delete it"
    return some(_latin(entry, _PATH, "LEAK-PATH", Level.ERROR, zh, en))


def _meaningless(text: str) -> re.Match[str] | None:
    return _HEX(text) or ("_" in text and _OUTPUT(text)) or None


def hashes(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """图片的文字说明或文件名是一串编号（散列值、压缩软件的输出名），没有含义。改法：写图片的内容。
    ---
    A picture's description or name is a meaningless number (a hash, a compressor's output). Write what it shows."""
    if "![" in entry.text:
        for number, line in enumerate(entry.text.split("\n"), 1):
            for found in _PICTURE(line):
                for group in (1, 2):
                    hit = _meaningless(found[group])
                    if hit:
                        what = ("文字说明", "description") if group == 1 else ("文件名", "name")
                        message = Message(
                            f"图片的{what[0]}“{found[group][:40]}”是一串编号，请写图片的内容",
                            f"the picture's {what[1]} is a mere number; say what it shows",
                        )
                        yield at_line(
                            entry,
                            "report.md",
                            number,
                            found.start(group) + 1,
                            "LEAK-HASH",
                            Level.WARNING,
                            message,
                            hit[0][:40],
                        )
    if not _meaningless("\n".join(entry.report.pictures.values())):
        return
    for key, said in entry.report.typed.items():
        hit = _meaningless(said.text) if key.startswith("图片.") else None
        if hit:
            message = Message(
                f"“{key}”的说明里有一串编号“{hit[0][:40]}”，请写图片的内容",
                f"the note of “{key}” holds a mere number; say what it shows",
            )
            yield at_line(
                entry, "tables.yaml", said.line, said.column, "LEAK-HASH", Level.WARNING, message, hit[0][:40]
            )


def nulls(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """程序的空值印了出来：None、null、undefined、NaN、空的发文字号“〔〕”、索引号里的“-None”或“.0”、没有填的模板变量。
    如索引号“…/2021-None”、文号“〔〕号”。改法：填上，没有的留空（~）。
    ---
    A program's empty value in print: None, null, NaN, an empty document number 〔〕, an index ending in -None or .0,
    an unfilled variable. Fill it in, or leave the field blank (~)."""
    zh, en = "是程序的空值，请填写或留空（~）", "is a program's empty value; fill it in or leave it blank (~)"
    yield from some(_latin(entry, _NULL, "LEAK-NULL", Level.ERROR, zh, en))
    text = entry.plain.text
    if "〔〕" in text:
        for found in some(re.finditer("〔〕", text)):
            said = quote(text, found.start(), found.end())
            yield at_word(
                entry,
                found.start(),
                "LEAK-NULL",
                Level.ERROR,
                Message(
                    f"“{said}”：发文字号没有年份；没有文号请留空（~）",
                    f"“{said}”: a document number without year; leave it blank (~) if there is none",
                ),
                said,
            )


def office(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """从 Word 或网页粘贴带来的代码：mso-、<o:p>、[image:]、cid:、data:image。改法：删去。
    ---
    Code pasted along from Word or a web page. Delete it."""
    zh, en = "是粘贴带来的代码，请删去", "is code pasted along; delete it"
    return some(_latin(entry, _OFFICE, "LEAK-MSO", Level.WARNING, zh, en))


def network(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """内网地址（10.、172.16—31.、192.168.）、localhost、127.0.0.1：外人打不开，也泄露内部网络。改法：换成公开的网址或删去。
    ---
    An address of an internal network or of one's own computer. Give the public address or delete it."""
    zh, en = "是内网或本机地址，请换成公开的网址", "is an internal address; give the public one"
    return some(_latin(entry, _NET, "LEAK-NET", Level.ERROR, zh, en))


def controls(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """看不见的或无字形的字符：零宽空格、控制符、私用区字符、替换符（U+FFFD，表示文字已经损坏）。多由复制带来。改法：删去重打。
    ---
    Invisible characters, controls, private-use ones and the mark of lost text (U+FFFD). Delete and type anew."""
    text = entry.plain.text
    for at, char in seen(entry, context).odd[:30]:
        if char not in context.words.script:
            said = quote(text.replace(char, "□"), at, at + 1)
            code = f"U+{ord(char):04X}"
            message = Message(
                f"“{said}”：□处有看不见的字符{code}，请删去", f"“{said}”: an invisible character {code} at □; delete it"
            )
            yield at_word(entry, at, "LEAK-CTRL", Level.WARNING, message, said)


def template(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """范文的残留：“该部分以表格形式报告”“××局”“待补充”“请填写”等。照 generator/lists/residue.yaml。改法：改成本单位的内容或删去。
    ---
    What a template left behind (××局, 待补充), from the list residue.yaml. Replace it by the office's own words."""
    text = entry.plain.text
    for at, word in some(listed(entry, context, "LEAK-TEMPLATE")):
        said = quote(text, at, at + len(word.wrong))
        yield at_word(
            entry,
            at,
            "LEAK-TEMPLATE",
            word.level,
            Message(f"“{said}”是范文的残留，请改写或删去", f"“{said}” was left from a template; rewrite or delete it"),
            said,
        )


def secrecy(entry: LoadedReport, context: Context) -> Iterator[Finding]:
    """密级标志（机密★）、保密字样（密级、保密期限、内部资料、工作秘密）、涉密或明传的文号（〔2020〕密、明电〔）。
    标志是错误，字样和文号是警告：请保密审查人员核对。依据：《保守国家秘密法》第三十五条；实施条例第四十二条“先审查、后公开”。
    ---
    Marks of secrecy (errors), words and document numbers of papers not public (warnings): let the reviewer of secrets look."""
    text = entry.plain.text
    for rule in ("SEC-MARK", "SEC-WORD", "SEC-DOCNO"):
        for at, word in some(listed(entry, context, rule)):
            said = quote(text, at, at + len(word.wrong))
            message = Message(
                f"“{said}”是保密标志或字样，请核对能否公开",
                f"“{said}” is a mark of secrecy; check that this may be public",
            )
            yield at_word(entry, at, rule, word.level, message, said)


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
