"""Draws statutory tables as HTML: the templates draw each form once, every report only fills it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache, partial
from html import escape
from types import MappingProxyType
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from generator.forms.addresses import cell_address, row_addresses
from generator.forms.flat_table import flat
from generator.forms.model import Form, Table
from generator.forms.table_layout import PrintedCell, grid
from generator.report.model import TableFigures
from generator.website.charts import CompositionPart, composition, composition_of
from generator.website.glossary import explained
from generator.website.line_breaks import bare
from generator.website.numbers import share
from generator.website.views import PartView, TableView

_HOLE = "\x00"
NO_MARKS: Mapping[int, Markup] = MappingProxyType({})


class Skeleton(NamedTuple):
    """HTML with a %s where the text of each hole goes; `holes` are the numbers of the texts, in order."""

    html: str
    holes: tuple[int, ...]


def hole(cell: PrintedCell, anchor: str = "") -> Markup:
    """Prints a value cell for the templates, leaving a mark where reports differ; `anchor` is its other address."""
    name = f' id="{cell.id}"' if cell.id else ""
    headers = f' headers="{cell.headers}"' if cell.headers else ""
    span = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    more = f'<a id="{escape(anchor)}"></a>' if anchor else ""
    return Markup(f"<td{name}{headers}{span}{_HOLE}{cell.hole};{more}</td>")


def _split(html: str) -> Skeleton:
    pieces = html.replace("%", "%%").split(_HOLE)
    out, holes = [pieces[0]], []
    for piece in pieces[1:]:
        number, rest = piece.split(";", 1)
        holes.append(int(number))
        out.append("%s" + rest)
    return Skeleton("".join(out), tuple(holes))


@lru_cache(maxsize=1024)
def _fill(text: str, unit: str) -> str:
    """Prints what goes between `<td` and `</td>`; data-v is the value to sort by where it is not the text itself."""
    if not text:
        return ' class="blank">'
    if text == "/":
        return ' class="na">/'
    if text.endswith(unit) and unit:
        value = Decimal(text.removesuffix(unit)) * (10_000 if unit == "万元" else 1)
        return f' data-v="{value}">{escape(text)}'
    return f">{escape(text)}"


class Drawer:
    """Draws tables and compositions; caches what the templates drew."""

    def __init__(self, env: Environment) -> None:
        self._draw: Callable[[Form, Table, Table, frozenset[str]], tuple[Skeleton, Skeleton]] = lru_cache(maxsize=64)(
            self._skeletons
        )
        self._compose: Callable[[tuple[CompositionPart, ...]], Skeleton] = lru_cache(maxsize=64)(self._composition)
        self.env = env

    def _skeletons(
        self, form: Form, table: Table, declared: Table, absent: frozenset[str]
    ) -> tuple[Skeleton, Skeleton]:
        addresses, plain = row_addresses(declared), flat(table, absent)
        anchors = [cell_address(addresses[slot.row.key], slot.column) for slot in declared.slots]
        statutory = self.env.get_template("table.html").render(
            grid=grid(table, absent), explained=partial(explained, form), addresses=addresses, anchors=anchors
        )
        listed = self.env.get_template("flat.html").render(flat=plain, addresses=addresses, cell_address=cell_address)
        return _split(statutory), _split(listed)

    def _composition(self, parts: tuple[CompositionPart, ...]) -> Skeleton:
        def gap(number: int) -> Markup:
            return Markup(f"{_HOLE}{number};")

        views = [PartView(bare(part.label), gap(3 * n), gap(3 * n + 1), gap(3 * n + 2)) for n, part in enumerate(parts)]
        return _split(self.env.get_template("composition.html").render(parts=views, note="", before=""))

    def composition(self, sheet: TableFigures, form: Form) -> Markup:
        """Draws how requests were dealt with as a small table with bars; nothing where it would add nothing."""
        parts = composition_of(form)
        counts = composition(sheet, parts) if parts and parts.table == sheet.table.id else ()
        if not parts or not counts:
            return Markup()
        top, total = max(counts), sum(counts)
        fills = [text for n in counts for text in (f"{n / top * 100:.1f}", str(n), share(n, total) or "–")]
        skeleton = self._compose(parts.parts)
        return Markup(skeleton.html % tuple([fills[index] for index in skeleton.holes]))

    def view(
        self, sheet: TableFigures, form: Form, marks: Mapping[int, Markup] = NO_MARKS, declared: Table | None = None
    ) -> TableView:
        """Draws a table as the form prints it and as sortable data, with its composition; `marks` stand behind the
        figures of the statutory table, by the number of the cell. `declared` is the table as its form declares it,
        which gives the addresses of rows, where the sheet's is a translation."""
        fills = list(map(_fill, sheet.texts, sheet.units))
        marked = [fill + str(marks.get(number, "")) for number, fill in enumerate(fills)] if marks else fills
        statutory, plain = self._draw(form, sheet.table, declared or sheet.table, sheet.absent)
        return TableView(
            sheet.table.id,
            sheet.table.caption,
            Markup(statutory.html % tuple([marked[index] for index in statutory.holes])),
            Markup(plain.html % tuple([fills[index] for index in plain.holes])),
            sum(text == "" for text in sheet.printed[0]),
            self.composition(sheet, form),
        )
