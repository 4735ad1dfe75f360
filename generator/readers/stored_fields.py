"""Keeps the stored results of fields and formulas in old files, which LibreOffice calculates anew or drops.

A field of Word or WPS (a sum, a sequence, a reference) carries the result that the author saw. LibreOffice 7.4
replaces it: =SUM(LEFT) in an .rtf becomes 0, NUMPAGES counts its own pages, IF leaves nothing behind. The codes are
renamed, in a copy of the file, to one that nobody knows; the result of an unknown field stays as it is.
"""

from __future__ import annotations

import re
import struct
import zipfile
from io import BytesIO

from generator.readers.bounds import archive
from generator.readers.document import CLOSED, Limits, Mark, Unreadable, opened
from generator.readers.ole import Compound

# Names of fields whose stored result is the text: calculated, counted, fetched or chosen when the file was saved.
_NAMES = (
    "IF COMPARE QUOTE SEQ REF PAGEREF NOTEREF STYLEREF DOCPROPERTY DOCVARIABLE INFO GLOSSARY AUTOTEXT MERGEREC "
    "MERGESEQ NUMPAGES NUMWORDS NUMCHARS SECTION SECTIONPAGES DATE TIME CREATEDATE SAVEDATE PRINTDATE EDITTIME "
    "TITLE SUBJECT AUTHOR COMMENTS KEYWORDS FILENAME FILESIZE TEMPLATE REVNUM LASTSAVEDBY USERNAME USERINITIALS "
    "USERADDRESS MERGEFIELD FILLIN DATABASE"
)
_CODE = rb"(?:=|(?:" + "|".join(_NAMES.split()).encode() + rb")\b)"
_RTF = re.compile(
    rb"(\\fldinst(?:\d*)(?:[{} \r\n]|\\\*|\\[a-z]{1,32}-?\d{0,10}){0,200}?)(?=" + _CODE + rb")(.)",
    re.IGNORECASE | re.DOTALL,
)
_WORDML = re.compile(
    rb"(<w:instrText\b[^<>]{0,200}>\s{0,9}|\bw:instr=[\"']\s{0,9})(?=" + _CODE + rb")(.)", re.IGNORECASE | re.DOTALL
)
# A formula in Excel's XML of 2003 beside its result. Where that is 0, the sheet may never have been calculated.
_SHEETML = re.compile(
    rb"(<(?:ss:)?Cell\b[^<>]{0,2000}?)\s(?:ss:)?Formula=(?:\"[^\"]{0,8200}\"|'[^']{0,8200}')"
    rb"(?=[^<>]{0,2000}>\s{0,99}<(?:ss:)?Data\b[^<>]{0,200}>(?!\s{0,9}[0.]{0,20}\s{0,9}<))"
)
_DATA = rb"(<(?:ss:)?Data\b[^<>]{0,200}?\bss:Type=[\"'])"
_TRUTH = re.compile(_DATA + rb"Boolean([\"'][^<>]{0,200}>\s{0,9})([01])(?=\s{0,9}<)")
_ERROR = re.compile(_DATA + rb"Error([\"'])")
# A text of several looks in the same XML, and the HTML elements in it.
_LOOKS = re.compile(
    rb"(<(?:ss:)?Data\b[^<>]{0,500}>)([^<>]*(?:</?(?!(?:ss:)?Data\b)\w[^<>]*>[^<>]*)+)(?=</(?:ss:)?Data\s{0,9}>)"
)
_LOOK = re.compile(rb"<(/?)(?:\w{1,20}:)?(\w{1,20})[^<>]*?(/?)>")
_APART = {b"Sup": Mark.RAISED, b"Sub": Mark.LOWERED, b"S": Mark.STRUCK}
# The same fields by their number in a .doc ([MS-DOC] 2.9.90, flt); 2 is a field without a name, whose result stays.
_NUMBERS = {
    *(3, 5, 7, 8, 10, 12, 26, 27, 28, 29, 30, 31, 32, 34, 35, 36, 37, 39, 41, 44, 59, 60, 61, 62, 64, 65, 66, 69, 72),
    *(75, 78, 79, 80, 84, 85, *range(14, 26)),
}
_NAMELESS = 2
_FIB, _PLACES = 0x11A, 6  # where a .doc's header says where its fields are listed; bytes of an entry
_ODF_FIELDS = (
    "expression|page-count|paragraph-count|word-count|character-count|table-count|image-count|object-count|sequence|"
    "sequence-ref|user-defined|conditional-text|variable-get|variable-set|variable-input|user-field-get|"
    "user-field-input|page-variable-get|database-display|database-name|database-row-number|bookmark-ref|reference-ref|"
    "note-ref|date|time|title|subject|description|keywords|author-name|author-initials|initial-creator|creator|"
    "creation-date|creation-time|modification-date|modification-time|print-date|print-time|printed-by|editing-cycles|"
    "editing-duration|file-name|template-name|chapter|measure|dde-connection|text-input|execute-macro|page-number|"
    "sender-[a-z]{1,20}"
)
# Fields that LibreOffice treats as it should, unless they touch the digits of a figure.
_ODF_LEFT = ("hidden-text", "hidden-paragraph", "placeholder")
_ODF_ALL = "|".join((_ODF_FIELDS, *_ODF_LEFT))
_ODF = re.compile(rf"<text:({_ODF_ALL})(\s[^<>]{{0,2000}})?>([^<>]{{0,1000}})</text:\1>".encode())
# Tags that part no letters; how far the letter beside a field is looked for, in bytes.
_INLINE = re.compile(rb"<(?!/?(?:text:(?:p|h|tab|s|line-break|note)\b(?!-)|table:))[^<>]*>")
_BESIDE = 2000
_DIGIT = rb"(?:\d|\xef\xbc[\x90-\x99])"  # or a full-width one
_ENDS, _BEGINS = re.compile(_DIGIT + rb"\Z"), re.compile(_DIGIT)
_ODF_FORMULA = re.compile(rb"\stable:formula=(?:\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}')")


def keep_results(data: bytes, kind: str, limits: Limits) -> bytes:
    """Return a file of an old kind (doc, rtf, odt, wordml …) whose fields LibreOffice shows as they were stored."""
    match kind:
        case "rtf":
            return _closed(_RTF.sub(rb"\1X", data))
        case "wordml":
            return _WORDML.sub(rb"\1X", data)
        case "sheetml":
            return _sheetml(data)
        case "doc":
            return _doc(data)
        case "odt" if data.startswith(b"PK"):
            return _odt(data, limits)
        case "odt":
            return _plain_odf(data)
        case _:
            return data


_RTF_GROUPS = re.compile(rb"\\[^a-zA-Z]|[{}]")
_MOST_OPEN = 1000


def _closed(data: bytes) -> bytes:
    """Close the groups that are open at the end of an .rtf: LibreOffice 7.4 leaves one open for some cells that
    hold nothing but a formula, and then refuses its own file."""
    marks = [mark[0] for mark in _RTF_GROUPS.finditer(data)]
    missing = marks.count(b"{") - marks.count(b"}")
    return data.rstrip(b"\0\r\n ") + b"}" * missing if 0 < missing <= _MOST_OPEN else data


def _sheetml(data: bytes) -> bytes:
    """Keep results, and write truth values and errors as words: LibreOffice leaves their cells blank. Texts of several
    looks become plain: it drops what is underlined."""
    data = _LOOKS.sub(lambda cell: cell[1] + _LOOK.sub(_without_look, cell[2]), data)
    words = _TRUTH.sub(lambda cell: cell[1] + b"String" + cell[2] + (b"FALSE" if cell[3] == b"0" else b"TRUE"), data)
    return _ERROR.sub(rb"\1String\2", _SHEETML.sub(rb"\1", words))


def _without_look(element: re.Match[bytes]) -> bytes:
    """Take an HTML element off its text; around one that sets the text apart stands what it looks like."""
    closing, name, alone = element.groups()
    if name.upper() == b"BR":
        return b"&#10;"
    if alone or name not in _APART:
        return b""
    return (opened(_APART[name]) if not closing else CLOSED).encode("ascii", "xmlcharrefreplace")


def _doc(data: bytes) -> bytes:
    try:
        compound = Compound(data)
        header = compound.read("WordDocument")
        (flags,) = struct.unpack_from("<H", header, 10)
        start, size = struct.unpack_from("<LL", header, _FIB)
    except (Unreadable, struct.error):
        return data  # LibreOffice says what is wrong with it
    table = "1Table" if flags & 0x200 else "0Table"
    count = max(0, size - 4) // _PLACES
    first = start + 4 * (count + 1)
    listed = compound.read(table)[first : first + 2 * count]
    changed = bytearray(data)
    for at in range(0, len(listed) - 1, 2):
        if listed[at] & 0x1F == 0x13 and listed[at + 1] in _NUMBERS:
            place = compound.place(table, first + at + 1)
            if place > 0:
                changed[place] = _NAMELESS
    return bytes(changed)


def _odt(data: bytes, limits: Limits) -> bytes:
    package = archive(data, limits)
    if "content.xml" not in package:
        return data
    content = package.read("content.xml")
    plain = _plain_odf(content)
    if plain == content:
        return data
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name in package.members:
            made.writestr(zipfile.ZipInfo(name), plain if name == "content.xml" else package.read(name))
    return written.getvalue()


def _plain_odf(content: bytes) -> bytes:
    """Put the stored text in the place of each field and take the formulas off the cells of text tables. A number that
    touches other digits is named as a field's: what is 2293 and a sequence of 9 is no figure of 22939."""

    def shown(field: re.Match[bytes]) -> bytes:
        kind, attributes, text = field[1], field[2] or b"", field[3]
        if b'text:display="none"' in attributes or b'text:is-hidden="true"' in attributes:
            return b""
        if _touches(field, text):
            return opened(Mark.STALE).encode() + text + CLOSED.encode()
        return field[0] if kind.decode() in _ODF_LEFT else text

    return _ODF_FORMULA.sub(b"", _ODF.sub(shown, content))


def _touches(field: re.Match[bytes], text: bytes) -> bool:
    """Tell whether a field's text begins or ends with a digit that has another digit beside it."""
    content, start, end = field.string, field.start(), field.end()
    if _BEGINS.match(text) and _ENDS.search(_INLINE.sub(b"", content[max(0, start - _BESIDE) : start])):
        return True
    return bool(_ENDS.search(text) and _BEGINS.match(_INLINE.sub(b"", content[end : end + _BESIDE])))
