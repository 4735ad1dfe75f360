"""Links the statutory terms in the labels of tables to their explanations, and back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup

from generator.forms.model import Form, Table
from generator.forms.table_layout import PrintedCell, grid
from generator.website.line_breaks import pairs


def term_id(number: int) -> str:
    """The id of a term's explanation; terms are numbered from 1."""
    return f"term-{number}"


def find(form: Form, label: str) -> int:
    """Finds the longest term in a label and returns its number; 0 = none."""
    matches = [(len(term.term), number) for number, term in enumerate(form.glossary, 1) if term.term in label]
    return max(matches, default=(0, 0))[1]


def explained(form: Form, label: str) -> Markup:
    """Prints a label with a link from the term in it to its explanation."""
    number = find(form, label)
    if not number:
        return pairs(label)
    term = form.glossary[number - 1].term
    before, _, after = label.partition(term)
    return Markup('{}<a class="term" href="#{}">{}</a>{}').format(before, term_id(number), term, after)


def _headers(table: Table) -> Iterator[PrintedCell]:
    drawn = grid(table)
    rows = (*drawn.head, *(row for body in drawn.bodies for row in body.rows))
    return (cell for row in rows for cell in row.cells if cell.hole < 0 and cell.id)


@lru_cache(maxsize=64)
def uses(form: Form) -> dict[int, str]:
    """Maps a term's number to the id of the first header cell that speaks of it, to lead back from the explanation."""
    cells: dict[int, str] = {}
    for table in form.tables:
        for cell in _headers(table):
            cells.setdefault(find(form, cell.text), cell.id)
    cells.pop(0, None)
    return cells
