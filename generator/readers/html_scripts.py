"""Tells which cells of a web page its scripts may rewrite: nothing is run here, so what a browser shows may differ.

A cell with a script of its own, or with an id that a script names, is in doubt; scripts that speak of tables or of a
table's classes are told. Scripts of other files are not seen, and nearly every page has them: they are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

_MOST = 1_000_000  # characters of all scripts
_CELLS = 5_000  # elements of tables whose classes are compared
_NAMES = 1_000
_WRITES = re.compile(
    r"\.(?:inner|outer)(?:HTML|Text)|\.textContent|\.nodeValue|\.data\s*=|document\.write|\.(?:text|html|append|prepend"
    r"|before|after|replaceWith|replaceAll|appendChild|replaceChild|insertBefore|insertAdjacent\w{4,7}|insertRow"
    r"|insertCell|deleteRow|deleteCell|remove|removeChild|hide|empty|toggle|addClass)\s*\(|\.style\b|\.hidden\b"
)
_ID = re.compile(r"getElementById\(\s*['\"]([^'\"]{1,100})['\"]|#([\w-]{1,100})")
_CLASS = re.compile(r"getElementsBy(?:ClassName|Name)\(\s*['\"]([^'\"]{1,100})['\"]|['\"\s>,]\.([A-Za-z][\w-]{0,99})")
_TABLES = re.compile(
    r"['\"][^'\"]{0,99}\b(?:table|tbody|thead|tr|td|th)\b[^'\"]{0,99}['\"]|\.(?:rows|cells|insertRow)\b"
)
_CODE = re.compile(r"|(?:text|application)/(?:x-)?(?:java|ecma)script|module", re.IGNORECASE)


class Scripts(NamedTuple):
    """Holds the ids that scripts name, and whether one speaks of tables or of classes found in them."""

    ids: frozenset[str] = frozenset()
    of_tables: bool = False


def is_code(node: LexborNode) -> bool:
    """Tell a script that a browser runs, rather than data or a template."""
    return _CODE.fullmatch((node.attributes.get("type") or "").strip()) is not None


def scripts_of(tree: LexborHTMLParser) -> Scripts:
    """Look through the scripts of a page that write into it."""
    ids: set[str] = set()
    classes: set[str] = set()
    tables = False
    left = _MOST
    for text in _codes(tree):
        left -= len(text)
        if left < 0:
            tables = True  # more than is looked through
            break
        if not _WRITES.search(text):
            continue
        ids |= {one or other for one, other in _ID.findall(text)[:_NAMES]}
        classes |= {word for one, other in _CLASS.findall(text)[:_NAMES] for word in (one or other).split()}
        tables = tables or bool(_TABLES.search(text))
    return Scripts(frozenset(ids), bool(tree.css_first("table")) and (tables or _met(tree, classes)))


def _codes(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("script"):
        if is_code(node) and "src" not in node.attributes:
            yield node.text()
    for node in tree.css("[onload]"):
        yield node.attributes.get("onload") or ""


def _met(tree: LexborHTMLParser, classes: set[str]) -> bool:
    """Tell whether something in a table has one of these classes or names."""
    if not classes:
        return False
    for node in tree.css("table [class], table [name]")[:_CELLS]:
        attributes = node.attributes
        if classes & {*(attributes.get("class") or "").split(), attributes.get("name") or ""}:
            return True
    return False


_WRITTEN_TABLE = re.compile(r"(?:<|\\u003c|&lt;)t(?:able|body|d)\b", re.IGNORECASE)


def hold_table(tree: LexborHTMLParser) -> bool:
    """Tell whether scripts, or data for them, have a table in them that they put into the page."""
    return any(_WRITTEN_TABLE.search(node.text()[:_MOST]) for node in tree.css("script")[:200])


def rewritten(cell: LexborNode, scripts: Scripts) -> bool:
    """Tell a cell that a script may rewrite: it holds one, or has an id that one names, itself or inside."""
    if any(is_code(node) for node in cell.css("script")):
        return True
    if not scripts.ids:
        return False
    return any((node.attributes.get("id") or "") in scripts.ids for node in (cell, *cell.css("[id]")))
