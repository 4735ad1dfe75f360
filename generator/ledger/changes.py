"""Says what changes between two releases: figure by figure, and word by word in paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Any, NamedTuple

from generator.forms.model import Form
from generator.report.model import address

SAME, REMOVED, INSERTED = "same", "removed", "inserted"
# Longer paragraphs are shown whole, old and new: comparing them word by word would take too long.
_LONGEST = 3000


class FigureChange(NamedTuple):
    """A figure that differs: its name as typed in tables.yaml (表三.本年新收.总计), old and new as printed; "" is
    blank, None: there was or is no such cell."""

    name: str
    old: str | None
    new: str | None


class Piece(NamedTuple):
    """Part of a changed paragraph: SAME, REMOVED or INSERTED."""

    kind: str
    text: str


class ReportChange(NamedTuple):
    """What changes in one report; `fields` are title and dates."""

    year: int
    organ: str
    name: str
    fields: tuple[FigureChange, ...]
    figures: tuple[FigureChange, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]


Record = Mapping[str, Any]
# Finds a form by its id.
FormOf = Callable[[str], Form | None]


Names = Mapping[tuple[str, tuple[str, ...], tuple[str, ...]], str]


def cell_names(form: Form | None) -> Names:
    """The names of a form's cells, as typed in tables.yaml, by table, row labels and column labels."""
    slots = ((table, slot) for table in form.tables for slot in table.slots) if form else ()
    return {(cell.table, cell.row, cell.column): slot.name for t, slot in slots for cell in (address(t, slot),)}


def report_change(old: Record, new: Record, form_of: FormOf) -> ReportChange:
    """Compares two `report.json` of one report; their forms give the names of cells."""
    before, after = (figures(item, cell_names(form_of(str(item["format"])))) for item in (old, new))
    fields = (("标题", "title"), ("发文日期", "published"), ("发布机构", "publisher"), ("表式", "format"))
    changed = [FigureChange(name, _word(old.get(key)), _word(new.get(key))) for name, key in fields]
    return ReportChange(
        int(new["year"]),
        str(new["organ"]["id"]),
        str(new["organ"]["name"]),
        tuple(item for item in changed if item.old != item.new),
        tuple(figure_changes(before, after)),
        tuple(paragraph_changes(paragraphs(old), paragraphs(new))),
    )


def _word(value: object) -> str:
    return "" if value is None else str(value)


def figures(record: Record, names: Names) -> dict[str, str]:
    """Every figure of a `report.json` as printed, by its name; by its printed labels where the form has none for it."""
    found: dict[str, str] = {}
    for table in record.get("tables", ()):
        for cell in table["cells"]:
            key = (table["id"], tuple(cell["row"]), tuple(cell["column"]))
            found[names.get(key) or ".".join([table["caption"], *key[1], *key[2]])] = str(cell["text"])
    for item in record.get("indicators", ()):
        found[f"指标.{item['name']}"] = str(item["text"])
    return found


def figure_changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[FigureChange]:
    """Yields the figures that differ, in the order of the new report, then those that are gone."""
    for name, text in new.items():
        if old.get(name) != text:
            yield FigureChange(name, old.get(name), text)
    for name, text in old.items():
        if name not in new:
            yield FigureChange(name, text, None)


class _Paragraphs(HTMLParser):
    """Collects the text of blocks."""

    _BLOCKS = frozenset("p h2 h3 h4 h5 h6 li td th figcaption caption blockquote div".split())

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in self._BLOCKS:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._BLOCKS:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        self.found[-1] += data


def paragraphs(record: Record) -> list[str]:
    """The paragraphs of a `report.json`, headings among them, without markup."""
    out: list[str] = []
    parts = [("", record.get("preface", ""))]
    parts += [(part["title"], part["html"]) for part in record.get("sections", ())]
    for title, html in parts:
        parser = _Paragraphs()
        parser.feed(html)
        parser.close()
        texts = [" ".join(text.split()) for text in parser.found]
        out += [text for text in (title, *texts) if text]
    return out


def paragraph_changes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    """Yields each paragraph that differs, in pieces."""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        before, after = old[a:b], new[c:d]
        for number in range(max(len(before), len(after))):
            yield word_changes(
                before[number] if number < len(before) else "", after[number] if number < len(after) else ""
            )


_WORD = re.compile(r"\d[\d.,%]*|[A-Za-z]+|.", re.DOTALL)


def word_changes(old: str, new: str) -> tuple[Piece, ...]:
    """Compares two paragraphs by words: numbers and Latin words whole, Chinese by the character."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) > _LONGEST or len(after) > _LONGEST or not old or not new:
        return tuple(Piece(kind, text) for kind, text in ((REMOVED, old), (INSERTED, new)) if text)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, "".join(before[a:b])))
            continue
        if a < b:
            pieces.append(Piece(REMOVED, "".join(before[a:b])))
        if c < d:
            pieces.append(Piece(INSERTED, "".join(after[c:d])))
    return tuple(pieces)
