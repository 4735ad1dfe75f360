"""Tells what a Word field shows that stores no result: circled characters (EQ), drop-down lists, tick boxes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

UNKNOWN = "〓"

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
        words = self.code.split()
        name = words[0].upper() if words else ""
        return (self.stale and name not in _UNCHANGED) or name in _UNSHOWN

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


# In the bytes of .doc (its text is stored in one byte or two a character) and .rtf.
_EQ = re.compile(rb"eq\s{0,9}\\{1,2}[oO]\b|e\0q\0(?: \0){0,9}\\\0[oO]\0", re.IGNORECASE)


def has_enclosed(data: bytes) -> bool:
    """Tell whether a .doc or .rtf file draws enclosed characters, which LibreOffice drops."""
    return _EQ.search(data) is not None
