"""Loads the theme: page templates and assets of the section."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_PACKAGE = Path(__file__).parent.parent


class Theme(NamedTuple):
    """Page templates by name, and assets as bytes by file name."""

    templates: Mapping[str, str]
    assets: Mapping[str, bytes]


def templates_folder() -> Path:
    """Finds templates/: beside the package in a checkout, inside the package when installed."""
    inside = _PACKAGE / "_templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def load_theme(folder: Path | None = None) -> Theme:
    """Reads the page templates and assets of a folder, by default those of the program."""
    folder = folder or templates_folder()
    pages = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html"))}
    assets = {path.name: path.read_bytes() for path in sorted((folder / "assets").iterdir()) if path.is_file()}
    return Theme(pages, assets)
