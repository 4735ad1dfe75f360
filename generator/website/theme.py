"""Loads the theme: page templates and assets of the section."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import jinja2
from jinja2.bccache import Bucket, BytecodeCache, FileSystemBytecodeCache

_PACKAGE = Path(__file__).parent.parent


class Theme(NamedTuple):
    """Page templates by name, and assets as bytes by file name; `compiled` keeps templates compiled between runs."""

    templates: Mapping[str, str]
    assets: Mapping[str, bytes]
    compiled: BytecodeCache | None = None


def templates_folder() -> Path:
    """Finds templates/: beside the package in a checkout, inside the package when installed."""
    inside = _PACKAGE / "_templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def load_theme(folder: Path | None = None) -> Theme:
    """Reads the page templates and assets of a folder, by default those of the program."""
    folder = folder or templates_folder()
    pages = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html"))}
    assets = {path.name: path.read_bytes() for path in sorted((folder / "assets").iterdir()) if path.is_file()}
    return Theme(pages, assets, _compiled())


class _Compiled(FileSystemBytecodeCache):
    """Keeps compiled templates in jinja2's own folder, which is the user's alone; where it cannot be written, templates
    are compiled anew each time."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().load_bytecode(bucket)


def _compiled() -> BytecodeCache | None:
    """Opens the folder of compiled templates, a tenth of a second in every short run; None where there can be none."""
    try:
        return _Compiled(pattern=f"nianbao-jinja2-{jinja2.__version__}-%s.cache")
    except (OSError, RuntimeError):  # no folder for temporary files, or one that is not ours alone
        return None
