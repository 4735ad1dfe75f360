"""Puts the bound data of a Word file's content controls in the place of the text stored with them.

A control may be bound to a node of an XML part in the same package (ECMA-376 part 1, 17.5.2.6). What Word and
LibreOffice show is that node; the text in the control is what was there when the file was last saved by a word
processor. A program that fills the part only (templates of office systems do) leaves the two different.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from generator.readers import opc
from generator.readers.bounds import Archive, xml
from generator.readers.document import Limits, Unreadable

REPLACED, DOUBTED = "replacedText", "doubtedText"
# The stores that Word keeps for a document's own properties (title, subject, company …), by their fixed id.
_PROPERTIES = {
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": "docProps/core.xml",
    "{6668398D-A668-4E3E-A5EB-62B293D839F1}": "docProps/app.xml",
}
_STORES = 50
_PATH = re.compile(
    r"(?:/(?:[\w.-]+:)?[\w.-]+(?:\[\d{1,6}\])?){1,50}(?:/@(?:[\w.-]+:)?[\w.-]+)?(?:/text\(\)(?:\[1\])?)?"
)
_STEP = re.compile(r"/(@?)(?:[\w.-]+:)?([\w.-]+)(\(\))?(?:\[(\d+)\])?")
# Controls whose bound value is not their text.
_OTHER = {"checkbox", "picture", "repeatingSection", "repeatingSectionItem", "group", "bibliography", "citation"}


def put_bound_data(root: Element, package: Archive, relations: Mapping[str, opc.Relation], limits: Limits) -> None:
    """Change the body's tree: a control shows its bound value, its older text is renamed to `REPLACED` elements.

    The text of a control whose binding cannot be followed becomes `DOUBTED`.
    """
    bound = [(sdt, binding) for sdt in root.iter("sdt") if (binding := _binding(sdt)) is not None]
    if not bound:
        return
    stores = _stores(package, relations, limits)
    for sdt, binding in bound:
        store = stores.get(binding.get("storeItemID", "").upper())
        if store is None:
            continue  # nothing to fetch: the stored text is shown
        if not _PATH.fullmatch(binding.get("xpath", "")):
            _rename(sdt, DOUBTED)
        elif (value := _node(store, binding.get("xpath", ""))) is not None:
            _show(sdt, _shown(sdt, value, limits))


def _binding(sdt: Element) -> Element | None:
    properties = sdt.find("sdtPr")
    if properties is None or any(child.tag in _OTHER for child in properties):
        return None
    return properties.find("dataBinding")


def _stores(package: Archive, relations: Mapping[str, opc.Relation], limits: Limits) -> dict[str, Element]:
    stores: dict[str, Element] = {}
    parts = [item.target for item in relations.values() if item.kind == "customXml" and not item.outside]
    for part in parts[:_STORES]:
        for relation in opc.relations(package, part, limits).values():
            if relation.kind == "customXmlProps" and relation.target in package and part in package:
                names = xml(package.read(relation.target), relation.target, limits)
                stores[names.get("itemID", "").upper()] = xml(package.read(part), part, limits)
    for store, part in _PROPERTIES.items():
        if part in package:
            stores[store] = xml(package.read(part), part, limits)
    return stores


def _node(store: Element, path: str) -> str | None:
    """Follow a path such as /ns0:figures[1]/ns0:received[1]; None where nothing is there."""
    above = Element("store")
    above.append(store)
    for attribute, name, function, place in _STEP.findall(path):
        if function:
            break
        if attribute:
            return above.get(name)
        found = above.findall(name)
        number = int(place or 1)
        if not 0 < number <= len(found):
            return None
        above = found[number - 1]
    return "".join(above.itertext())


def _shown(sdt: Element, value: str, limits: Limits) -> str:
    """Return what a control shows for a value: the label of a list's entry, the text of rich content."""
    for item in sdt.iterfind("sdtPr/*/listItem"):
        if item.get("value") == value:
            return item.get("displayText") or value
    if value.lstrip().startswith("<"):
        try:
            rich = xml(value.encode(), "dataBinding", limits)
        except Unreadable:
            return value
        return "".join(text.text or "" for text in rich.iter("t"))
    return value


def _show(sdt: Element, value: str) -> None:
    texts = list(_texts(sdt))
    stored = "".join(text.text or "" for text in texts)
    if _same(sdt, stored, value):
        return
    if not value and sdt.find("sdtPr/showingPlcHdr") is not None:
        return  # an empty control shows its prompt
    _rename(sdt, REPLACED)
    run = next(sdt.iter("r"), None)
    if run is None:
        run = Element("r")
        place = next((item for item in sdt.iter("p")), sdt.find("sdtContent"))
        if place is not None:
            place.append(run)
    shown = Element("t")
    shown.text = value
    run.insert(1 if len(run) and run[0].tag == "rPr" else 0, shown)


def _same(sdt: Element, stored: str, value: str) -> bool:
    """Compare without white space; a date's value is 2021-01-20T00:00:00, its text what the format makes of it."""
    if sdt.find("sdtPr/date") is not None:
        numbers = [int(number) for number in re.findall(r"\d{1,4}", value)[:3]]
        return not numbers or [int(number) for number in re.findall(r"\d{1,4}", stored)[: len(numbers)]] == numbers
    return "".join(stored.split()) == "".join(value.split())


def _texts(sdt: Element) -> Iterator[Element]:
    for content in sdt.iterfind("sdtContent"):
        yield from content.iter("t")


def _rename(sdt: Element, tag: str) -> None:
    for text in list(_texts(sdt)):
        text.tag = tag
