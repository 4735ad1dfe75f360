"""Cleans the text of files: unifies radicals and compatibility forms, joins stacked characters, knows headings."""

from __future__ import annotations

import re
import unicodedata

# Fonts map these code points to ordinary characters' shapes; a search for 行 would not find ⾏.
_RADICALS = re.compile("[\u2f00-\u2fd5\uf900-\ufaff]")
# Forms used in vertical text only, and radicals of simplified glyphs that Unicode maps to the traditional character.
_VERTICAL = str.maketrans(
    "︐︑︒︓︔︕︖︗︘︙︰︱︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈⼾⾭",
    "，、。：；！？〖〗…：—（）｛｝〔〕【】《》〈〉「」『』［］户青",
)
# CJK Radicals Supplement has almost no compatibility mapping in Unicode; these are the ones PDF fonts emit.
_SUPPLEMENT = str.maketrans(
    "⺁⺄⺆⺈⺊⺌⺍⺕⺗⺘⺙⺛⺝⺠⺡⺢⺣⺤⺥⺦⺨⺩⺫⺬⺭⺮⺯⺰⺱⺲⺳⺶⺷⺹⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
    "厂乙冂刀卜小小彐心手攴旡月民水水火爪爪丬犬王目示示竹糸糸网网网羊羊老聿肉臼艹艹艹虎衣覀西见角角讠贝足车辶辶辶阝钅长长长门阜阝雨青韦页风飞食飠食饣首马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
)
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]"
)
_TURNED = "\u202e"  # what follows is shown from right to left: 12 as 21
_PICTURE_FONTS = ("wingdings", "webdings")
_BLANKS = re.compile("[ \u00a0\u2000-\u200a\u202f\u205f]+")
_WIDE = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’…—·"
_WIDE_CHAR = re.compile(f"[{_WIDE}]")
_LOOSE = re.compile(f"(?<=[{_WIDE}]) +| +(?=[{_WIDE}])")
_NUMERAL = "[一二三四五六七八九十百]{1,4}"
_FIRST = re.compile(f"^{_NUMERAL}、")
_SECOND = re.compile(f"^[（(]{_NUMERAL}[）)]")
_SENTENCE = re.compile("[。；;：:！？]")
_HEADING = 40  # characters a heading by its look may have


def plain(text: str) -> str:
    """Replace compatibility radicals with characters, remove invisible characters, make runs of blanks single; text
    that is shown backwards begins with 〓."""
    if text.isascii() and "  " not in text and text.isprintable():
        return text
    text = text.translate(_VERTICAL).replace(_TURNED, "〓")
    text = _RADICALS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text).translate(_SUPPLEMENT)
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text))


def of_pictures(font: str) -> bool:
    """Tell a font whose digits and letters are pictures."""
    return font.strip().strip("'\"").lower().startswith(_PICTURE_FONTS)


def close(text: str) -> str:
    """Remove blanks beside wide characters, which are layout; keep those between digits or Latin words."""
    return _LOOSE.sub("", text).strip()


def wide(char: str) -> bool:
    return bool(_WIDE_CHAR.match(char))


def unstack(text: str) -> str:
    """Join a label set one character per line (「三 / 、 / 本 / 年 / 度」); other text is returned unchanged.

    Digits are left alone: a column of figures is not a word.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 3 or any(len(line) > 2 for line in lines) or "".join(lines).isascii():
        return text
    single = sum(len(line) == 1 for line in lines)
    return "".join(lines) if single * 4 >= len(lines) * 3 and not any(line.isdigit() for line in lines) else text


_LATIN_END, _LATIN_START = re.compile(r"[!-~]{0,200}$"), re.compile(r"[!-~]{0,200}")
_WEB = re.compile(r"(?:https?|ftp)://|www\.", re.IGNORECASE)
_MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+\.[A-Za-z]")
_WHOLE = re.compile(r"\.(?:cn|com|net|org|s?html?|pdf|docx?)/?$", re.IGNORECASE)


def _ends(head: str, tail: str) -> bool:
    """Tell whether an address ends with the line: behind it stands a word that makes no longer ending of it (htm|l)."""
    return tail.isalnum() and bool(_WHOLE.search(head)) and not _WHOLE.search(head + tail)


def cut_address(before: str, after: str) -> bool:
    """Tell whether the end of a line cuts an address of the web or of mail: nothing stands between its halves then."""
    first, last = _LATIN_END.search(before), _LATIN_START.match(after)
    head, tail = first[0] if first else "", last[0] if last else ""
    web, mail = _WEB.search(head + tail), _MAIL.search(head + tail)
    if not head or not tail or _WEB.match(tail) or _ends(head, tail):
        return False
    if web is not None and web.start() < len(head):
        return True
    # a word that stands apart from what is before it is none that goes on in "office@…"
    apart = "@" not in head and before[: len(before) - len(head)].endswith(" ")
    return mail is not None and mail.start() < len(head) and not apart


def joined(lines: list[str]) -> str:
    """Join the lines of one paragraph: nothing between wide characters, a blank between Latin words."""
    text = ""
    for line in lines:
        latin = text[-1:].isascii() and line[:1].isascii() and text[-1:].isalnum() and line[:1].isalnum()
        text += (" " if latin else "") + line
    return text


def joined_cell(lines: list[str]) -> str:
    """Join the lines of a cell like those of a paragraph; but figures on two lines stay apart, by a line end."""
    text = ""
    for line in lines:
        apart = text[-1:].isdigit() and line[:1].isdigit()
        text = f"{text}\n{line}" if apart else joined([text, line])
    return text


def heading(text: str) -> int:
    """Tell a heading by its look: 1 for 「一、…」, 2 for 「（一）…」 on a short line without sentence marks, else 0."""
    stripped = text.strip()
    if len(stripped) > _HEADING:
        return 0
    for level, pattern in ((1, _FIRST), (2, _SECOND)):
        if match := pattern.match(stripped):
            rest = stripped[match.end() :]
            return level if rest.strip() and not _SENTENCE.search(rest) else 0
    return 0
