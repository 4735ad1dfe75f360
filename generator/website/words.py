"""The words of the interface in one language: what pages and data files say around the content."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

from generator.finding import CellName
from generator.forms.english import english_texts, english_unit
from generator.yaml_source.shipped import load_yaml

_FOLDER = Path(__file__).parent / "words"


class Words:
    """Looks up words by `group.key` and fills their placeholders: `words("page.year", year=2025)`.

    `lang` is the language as messages know it, "zh" or "en"."""

    def __init__(self, lang: str, texts: Mapping[str, str], terms: Mapping[str, str] | None = None) -> None:
        self.lang, self.texts = lang, texts
        self._terms = terms or {}

    def term(self, text: str) -> str:
        """Translates a printed word of a form, a level or a unit; one that is not known stays as it is."""
        return self._terms.get(text, text)

    def cell(self, name: str, cell: CellName | None) -> str:
        """Names a cell: by its name in content (表三.本年新收.总计), in another language by the labels printed around
        it."""
        if not self._terms or cell is None:
            return name
        labels = (name.partition(".")[0], cell.row[-1], *cell.column)
        return self("page.comma").join(dict.fromkeys(map(self.term, labels)))

    def unit(self, unit: str, counted: str, figure: str = "") -> str:
        """Translates a unit as it counts what goes by a printed word, behind a figure in the number that it takes."""
        return english_unit(unit, counted, figure) if self._terms else unit

    def __call__(self, key: str, **values: object) -> str:
        """Returns the text, as markup where a value is markup; raises KeyError for a missing key or value."""
        text = self.texts[key]
        for value in values.values():
            if isinstance(value, Markup):
                return escape(text).format(**values)
        return text.format(**values)


def read_language(lang: str, data: bytes) -> Words:
    """Reads the words of one language from YAML: groups of keys, each with its text."""
    groups = load_yaml(data)
    return Words(lang, {f"{group}.{key}": text for group, keys in groups.items() for key, text in keys.items()})


@cache
def load_words(lang: str = "zh") -> Words:
    """Loads the words of a language that ships with the program; what it lacks is in Chinese."""
    words = read_language(lang, (_FOLDER / f"{lang}.yaml").read_bytes())
    if lang == "zh":
        return words
    return Words(lang, {**load_words("zh").texts, **words.texts}, english_texts())
