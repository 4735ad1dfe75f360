"""Tells what a Word field shows that stores no result: circled characters (EQ), drop-down lists, tick boxes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from generator.readers.document import Mark

UNKNOWN = "〓"
# Fields that count something, whose number is no part of a figure beside it.
# Those that begin with X are what stored_fields makes of them.
_COUNTING = frozenset(
    "SEQ PAGE NUMPAGES SECTION SECTIONPAGES NUMWORDS NUMCHARS AUTONUM AUTONUMLGL LISTNUM "
    "NOTEREF PAGEREF DATE TIME CREATEDATE SAVEDATE PRINTDATE "
    "XEQ XUMPAGES XECTION XECTIONPAGES XUMWORDS XUMCHARS".split()
)

# 带圈字符 of Word and WPS: an EQ field that draws one character over another (\o, with \ac to centre it).
_ENCLOSED = re.compile(r"eq\s*\\o(?:\s*\\a[clr])?\s*\(\s*(\S+?)\s*[,，;；]\s*(\S+?)\s*\)", re.IGNORECASE)
_CIRCLES = frozenset("○◯〇")
_CIRCLED = {str(number): chr(ord("①") + number - 1) for number in range(1, 21)}
# Fields that show nothing of their own; what others without a stored result show is not known.
_SILENT = frozenset(
    "TC XE TA RD SET ASK FILLIN PAGEREF NEXT NEXTIF SKIPIF PRIVATE PRINT ADDIN BOOKMARK HYPERLINK TOC TOA INDEX "
    "FORMTEXT MERGEREC DATABASE EMBED SHAPE CONTROL".split()
)
# Those of them whose result, where a program stored one, is not shown either.
_UNSHOWN = frozenset("TC XE TA RD SET ASK NEXT NEXTIF SKIPIF".split())
# Fields whose result does not depend on anything else.
_UNCHANGED = frozenset("HYPERLINK FORMTEXT FORMCHECKBOX FORMDROPDOWN EQ MACROBUTTON MERGEFIELD ADDIN".split())


@dataclass
class OpenField:
    """Holds a field that is still being read: its `code` until the separator, then its result."""

    in_code: bool = True
    code: str = ""
    link: str = ""
    choice: str = ""  # what a form field shows by its own settings
    has_result: bool = False
    stale: bool = False  # Word calculates it anew when it opens the file
    computed: bool = False  # a form field that shows the result of a formula
    prompt: str = ""  # what a text field of a form begins with
    swallowed: str = ""  # letters in its code, where they are not shown

    @property
    def calculates(self) -> bool:
        """Tell a formula, whose result Word keeps as it was when somebody last asked for it."""
        return self.computed or self.code.lstrip().startswith("=")

    @property
    def outdated(self) -> bool:
        """Tell whether its stored result may not be what Word shows."""
        return (self.stale and self.name not in _UNCHANGED) or self.name in _UNSHOWN

    @property
    def name(self) -> str:
        """Return the first word of the code, which says what kind of field it is."""
        words = self.code.split()
        return words[0].upper() if words else ""

    @property
    def mark(self) -> Mark | None:
        """Return the mark of what the field shows in a cell, where that is no part of a figure beside it."""
        if self.draws:
            return Mark.STALE
        return Mark.NUMBER if self.counts else Mark.DRAWN if self.is_button else None

    @property
    def counts(self) -> bool:
        """Tell a field that counts pages, sections or what stands before it."""
        return self.name in _COUNTING

    @property
    def is_button(self) -> bool:
        """Tell a field whose text is a button to press, or asks for words in its place."""
        return self.name in ("MACROBUTTON", "GOTOBUTTON")

    @property
    def draws(self) -> bool:
        """Tell a field that is drawn from its code, whatever result is stored with it."""
        return self.name.partition("\\")[0] == "EQ"

    def contradicts(self, text: str) -> bool:
        """Tell whether a stored result is not the entry of a drop-down list that Word shows."""
        return bool(self.choice) and text.strip() != self.choice and self.choice not in ("☑", "☐")


def dirty(mark: Element) -> bool:
    """Tell whether a field's beginning (fldChar, fldSimple) asks to calculate it anew (ECMA-376 part 1, 17.16.19)."""
    return mark.get("dirty", "0").lower() in ("1", "true", "on")


def begun(mark: Element, stale: bool) -> OpenField:
    """Return the field that a mark begins; `stale` where the file has all its fields updated. A text field of a form
    may calculate, and says what it shows before somebody fills it in (ECMA-376 part 1, 17.16.33-34)."""
    kind, prompt = (mark.find(f"ffData/textInput/{name}") for name in ("type", "default"))
    computed = kind is not None and kind.get("val", "") == "calculated"
    text = "" if prompt is None or computed else prompt.get("val", "")
    return OpenField(choice=choice(mark), stale=stale or dirty(mark), computed=computed, prompt=text)


def choice(mark: Element) -> str:
    """Return what a drop-down list or a tick box of a form shows, "" where the mark opens another field."""
    listed = mark.find("ffData/ddList")
    if listed is not None:
        entries = [entry.get("val", "") for entry in listed.findall("listEntry")]
        chosen = listed.find("result")
        chosen = listed.find("default") if chosen is None else chosen
        number = "0" if chosen is None else chosen.get("val", "0")
        return entries[int(number)] if number.isdecimal() and int(number) < len(entries) else ""
    box = mark.find("ffData/checkBox")
    if box is None:
        return ""
    state = box.find("checked")
    state = box.find("default") if state is None else state
    ticked = state is not None and state.get("val", "1").lower() not in ("0", "false", "off")
    return "☑" if ticked else "☐"


def shown(field: OpenField) -> str:
    """Return what a field without a stored result shows: "" for nothing, UNKNOWN for what cannot be told.

    A figure in a circle is one character (③); another enclosure is UNKNOWN: 3 in a square is not 3."""
    words = field.code.split()
    name = re.split(r"[\\(]", words[0])[0].upper() if words else ""
    if field.has_result or not name or name in _SILENT:
        return ""
    if field.choice or name == "FORMDROPDOWN":
        return field.choice
    enclosed = _ENCLOSED.match(field.code.strip())
    if enclosed and enclosed[1] in _CIRCLES:
        return _CIRCLED.get(enclosed[2], UNKNOWN)
    return UNKNOWN


_MOST_DRAWN = 1000
# In the bytes of .doc (its text is stored in one byte or two a character) and .rtf.
_EQ = re.compile(rb"eq\s{0,9}\\{1,2}[a-z]|e\0q\0(?: \0){0,9}\\\0[a-z]\0", re.IGNORECASE)
_END = re.compile(r"(\x07|\\cell\b)|\r|\\(?:par|row)\b")
_FAR = 8_000  # bytes in which a line ends


def has_drawn(data: bytes) -> bool:
    """Tell whether a .doc or .rtf file draws enclosed characters or formulas by EQ fields, which LibreOffice drops."""
    return _EQ.search(data) is not None


def has_drawn_cells(data: bytes) -> bool:
    """Tell whether one of these fields stands in the last line of a table's cell."""
    for match in list(_EQ.finditer(data))[:_MOST_DRAWN]:
        behind = data[match.end() : match.end() + _FAR]
        end = _END.search(behind.decode("utf-16-le" if b"\0" in match[0] else "latin-1", "ignore"))
        if end is not None and end[1]:
            return True
    return False
