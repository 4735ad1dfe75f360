"""Prints the declared forms in English, for readers of the English pages; the Chinese is the official text."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from generator.forms.declaration import tables_of
from generator.forms.model import Form
from generator.forms.sections import GlossaryTerm
from generator.yaml_source.shipped import load_yaml

_FILE = Path(__file__).parent / "english.yaml"
# The parts of a declared table that are printed.
_PRINTED = ("caption", "title", "corner", "unit_label", "label", "hidden")


@cache
def english_texts() -> Mapping[str, str]:
    """Load the English of every printed text, by its Chinese."""
    return dict(load_yaml(_FILE.read_bytes()))


def english(text: str) -> str:
    """Translate one printed text; what is not known (words of one report, such as an added row) stays as it is."""
    return english_texts().get(text, text)


@lru_cache(maxsize=4096)
def english_unit(unit: str, counted: str, figure: str = "") -> str:
    """Translate a unit as it counts something: normative documents are documents, not cases; of one there is a case."""
    for key, text in english_texts().items():
        word, _, of = key.rpartition("/")
        if of == unit and word and word in counted:
            return _of(figure, text)
    return _of(figure, english(unit))


def _of(figure: str, unit: str) -> str:
    return unit.removesuffix("s") if figure.lstrip("+\u2212") == "1" else unit


@lru_cache(maxsize=64)
def in_english(form: Form) -> Form:
    """Return the form with English labels; its rows, columns and cells keep their keys, places and order.

    `key` of a table or row remains the Chinese word by which content refers to it."""
    raw = dict(form.declared)
    raw["tables"] = deepcopy(raw["tables"])
    for table in raw["tables"]:
        _translate(table)
        for block in table["blocks"]:
            _translate(block)
    return replace(
        form,
        tables=tables_of(raw),
        sections=tuple(replace(section, title=english(section.title)) for section in form.sections),
        glossary=tuple(GlossaryTerm(*map(english, (t.term, t.text, t.article))) for t in form.glossary),
    )


def _translate(node: dict[str, Any]) -> None:
    """Replace the printed texts of a table, block, row or column, and of those below it."""
    if "unit" in node:
        node["unit"] = english_unit(str(node["unit"]), str(node.get("label", "")))
    for name in _PRINTED:
        if name in node:
            node[name] = english(str(node[name]))
    for part in ("rows", "columns"):
        for item in node.get(part, ()):
            if "key" in item:
                item.setdefault("label", item["key"])
            _translate(item)
