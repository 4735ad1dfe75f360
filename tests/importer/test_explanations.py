"""Every finding of an import has its explanation."""

from __future__ import annotations

import re
from pathlib import Path

import generator
from generator.importer.explanations import DOCS
from generator.printers.explain import documentation


def test_every_finding_of_an_import_is_explained() -> None:
    package = Path(generator.__file__).parent
    sources = sorted((package / "importer").glob("*.py"))
    made = {
        name
        for path in sources
        if path.name != "explanations.py"
        for name in re.findall(r'"(IMP-[A-Z-]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(made) >= 12 and all(documentation(name) for name in made)


def test_an_explanation_says_what_to_do_in_both_languages() -> None:
    assert all(message.zh.endswith("。") and message.en.endswith(".") for message in DOCS.values())
    assert documentation("IMP-EXISTS") == DOCS["IMP-EXISTS"] and "--replace" in DOCS["IMP-EXISTS"].en
