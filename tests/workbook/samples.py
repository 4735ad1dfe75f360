"""示例 workbooks, filled in as a spreadsheet program does it: by changing cells of the file. No figure is real."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Mapping
from html import escape
from io import BytesIO

import pytest

from generator.forms.model import form_for
from generator.importer.filled_workbook import take_filled
from generator.importer.make_draft import Draft
from generator.readers.document import Document, Limits
from generator.readers.open_file import read_bytes
from generator.workbook.cell_names import address
from generator.workbook.layout import Filling, Plan, plan
from generator.workbook.make import make, stamp_of
from tests.example import FORMS, SETTINGS

Spot = tuple[str, int, int]


def layout(year: int) -> Plan:
    form = form_for(FORMS, year)
    assert form is not None
    return plan(form)


def form(year: int, filling: Filling | None = None, organ: str = "shili") -> bytes:
    found = SETTINGS.organ(organ)
    assert found is not None
    return make(layout(year), stamp_of(layout(year), year, organ, found.name), filling or Filling())


def spot(year: int, name: str) -> Spot:
    """Where a figure stands: 表三.本年新收.总计."""
    one = next(one for one in layout(year).tables if name.startswith(one.table.key + "."))
    at = next(at for at, slot in enumerate(one.table.slots) if slot.name == name)
    return one.sheet, *one.cells[at]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(found: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in found.items():
            package.writestr(name, data)
    return out.getvalue()


def part_of(found: Mapping[str, bytes], sheet: str) -> str:
    names = re.findall(r'<sheet name="([^"]+)"', found["xl/workbook.xml"].decode())
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def typed(data: bytes, cells: Mapping[Spot, str | float], stale: bool = False) -> bytes:
    """The file with these cells filled; `stale`: every formula without its result, so that it must be computed."""
    found = parts(data)
    for (sheet, row, column), value in cells.items():
        name = part_of(found, sheet)
        text = found[name].decode()
        place = address(row, column)
        held = (
            f'<is><t xml:space="preserve">{escape(value)}</t></is>' if isinstance(value, str) else f"<v>{value!r}</v>"
        )
        kind = ' t="inlineStr"' if isinstance(value, str) else ""
        new, count = re.subn(
            rf'<c r="{place}"( s="\d+")?(?: t="\w+")?(?:/>|>.*?</c>)', rf'<c r="{place}"\1{kind}>{held}</c>', text
        )
        assert count == 1, (sheet, place)
        found[name] = new.encode()
    for name in [name for name in found if stale and name.startswith("xl/worksheets/sheet")]:
        found[name] = re.sub(rb'(<c [^>]*?)( t="str")?>(<f>.*?</f>)<v>.*?</v></c>', rb"\1>\3</c>", found[name])
    return packed(found)


def opened(data: bytes, name: str = "a.xlsx") -> Document:
    return read_bytes(data, name, Limits())


def taken(data: bytes, name: str = "a.xlsx") -> Draft:
    return take_filled(opened(data, name), FORMS, SETTINGS.organs)


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


YEARS = pytest.mark.parametrize("year", [2016, 2020, 2025])


def sheet_xml(data: bytes, sheet: str) -> ET.Element:
    found = parts(data)
    return ET.fromstring(found[part_of(found, sheet)])


def validations(data: bytes, sheet: str) -> dict[str, ET.Element]:
    return {one.get("sqref", ""): one for one in sheet_xml(data, sheet).iter(f"{MAIN}dataValidation")}
