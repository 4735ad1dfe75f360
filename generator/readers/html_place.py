"""Works out how the text of each element of a web page looks, from the style sheets of the page and its own style."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.readers.html_declarations import declared, weighed
from generator.readers.html_look import Look, look_of
from generator.readers.html_media import medium
from generator.readers.html_rules import FindSheet, Sheets, uncommented
from generator.readers.html_selectors import Tag
from generator.readers.html_style import Sheet

_NOT_YET = re.compile(r"\s+|<!--.*?(?:-->|$)|<\?[^>]*>", re.DOTALL)
_DOCTYPE = re.compile(r"<!doctype\s+html\b([^>]*)>", re.IGNORECASE)
_PUBLIC = re.compile(r"""public\s*(["'])(.*?)\1\s*(["'])?""", re.IGNORECASE | re.DOTALL)
# the kinds of document that browsers show as before there were standards (WHATWG HTML, 13.2.6.4.1)
_OLD = re.compile(
    r"(?:-//(?:AS|AdvaSoft Ltd|IETF|Metrius|Microsoft|Netscape Comm\. Corp\.|O'Reilly and Associates|SQ|"
    r"SoftQuad Software|Spyglass|Sun Microsystems Corp\.|WebTechs|W3O)//|\+//Silmaril//|HTML$|-/W3C/|"
    r"-//W3C//DTD (?:HTML (?:3|4\.0 (?:Frameset|Transitional)//|Experimental)|W3 HTML))",
    re.IGNORECASE,
)
_WITHOUT_ADDRESS = re.compile(r"-//W3C//DTD HTML 4\.01 (?:Frameset|Transitional)//", re.IGNORECASE)


class Place(NamedTuple):
    """Holds how text looks inside an element, and the elements from the root to it as selectors see them."""

    look: Look
    path: tuple[Tag, ...]
    style: Mapping[str, str] = {}  # what is declared for the element itself


class Styles(NamedTuple):
    """Works out looks; `partly` where the page also has style sheets that were not saved with it."""

    sheet: Sheet
    partly: bool

    def inside(self, node: LexborNode, outer: Place) -> Place:
        """Return the place inside an element."""
        attributes = node.attributes
        tag = _tag(node, attributes, self.sheet)
        path = (*outer.path, tag)
        own = declared(uncommented(attributes.get("style") or ""), self.sheet.quirks)
        style = weighed([self.sheet.declarations(path), own])
        around = outer.look
        if tag.name == "table" and self.sheet.quirks:  # it does not take over the letters around it
            around = replace(around, size=Look().size, bold=False)
        look = look_of(around, tag.name, attributes, style)
        if self.partly and (tag.id or tag.classes):  # a sheet that is not here may colour it
            look = replace(
                look,
                ink=None if look.ink == outer.look.ink else look.ink,
                ground=None if look.ground == outer.look.ground else look.ground,
            )
        return Place(look, path, style)

    def around(self, root: LexborNode) -> Place:
        """Return the place of a root: what hides a whole page waits for its scripts and hides nothing."""
        nodes: list[LexborNode] = []
        node: LexborNode | None = root
        while node is not None and node.tag and not str(node.tag).startswith("-"):
            nodes.append(node)
            node = node.parent
        styles = self._replace(partly=False)
        place = Place(_first_look(self.sheet.sheets), ())
        for node in reversed(nodes):
            place = styles.inside(node, place)
            place = place._replace(look=replace(place.look, gone=False, visible=True, opacity=1.0))
        return place


def _first_look(sheets: Sheets) -> Look:
    return Look(variables=dict(sheets.variables), fonts=frozenset(sheets.fonts))


def _tag(node: LexborNode, attributes: Mapping[str, str | None], sheet: Sheet) -> Tag:
    names, own = attributes.get("class") or "", (attributes.get("id") or "").strip()
    if sheet.quirks:
        names, own = names.lower(), own.lower()
    places = sheet.places.get(node.mem_id, frozenset())
    return Tag(str(node.tag), own, frozenset(names.split()[:50]), attributes, places)


def styles_of(tree: LexborHTMLParser, find_saved: FindSheet, quirks: bool) -> Styles:
    """Collect the style sheets inside the page and those saved with it."""
    sheet = Sheet(tree, quirks, Sheets(find_saved))
    for node in tree.css("style, link[rel][href]")[:200]:
        attributes = node.attributes
        holds = medium(attributes.get("media") or "")
        kind = (attributes.get("type") or "").strip().lower()
        if holds is False or kind not in ("", "text/css") or _inside(node, ("noscript", "template")):
            continue
        certain = holds is True
        if node.tag == "style":
            sheet.add(node.text(), certain)
            continue
        relation = (attributes.get("rel") or "").lower().split()
        if "stylesheet" in relation and "alternate" not in relation and "disabled" not in attributes:
            css = sheet.sheets.at(attributes.get("href") or "")
            sheet.add(css or "", certain)
    return Styles(sheet, sheet.sheets.missing)


def _inside(node: LexborNode, names: tuple[str, ...]) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in names:
            return True
        above = above.parent
    return False


def in_quirks(text: str) -> bool:
    """Tell a page that browsers show by the rules of the nineties, as it has no doctype or one of those days."""
    start, at = text[:10_000].lstrip("\ufeff"), 0
    while match := _NOT_YET.match(start, at):
        at = match.end()
    doctype = _DOCTYPE.match(start, at)
    if doctype is None:
        return True
    public = _PUBLIC.search(doctype[1])
    if public is None:
        return False
    return bool(_OLD.match(public[2]) or (_WITHOUT_ADDRESS.match(public[2]) and not public[3]))
