"""Names installed libraries with their versions: other versions may make other bytes."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec

# The modules that downloads are made with, and the names under which they are distributed.
_DISTRIBUTIONS = {
    "docx": "python-docx",
    "typst": "typst",
    "pylopdf_fonts_zh_cn": "pylopdf-fonts-zh-cn",
    "xlsxwriter": "xlsxwriter",
}
_INFO = ".dist-info"


def made_with() -> tuple[str, ...]:
    """Returns `module version` for each that makes downloads and is installed."""
    return versions(_DISTRIBUTIONS)


def versions(distributions: Mapping[str, str]) -> tuple[str, ...]:
    """Returns `module version` for each module that is installed, given the name under which it is distributed."""
    found = {module: _version(module, name) for module, name in distributions.items()}
    return tuple(f"{module} {version}" for module, version in found.items() if version)


def _version(module: str, distribution: str, folders: Sequence[str] = sys.path) -> str:
    """Reads a version off the name of the folder that installers leave beside a library. Asking importlib.metadata
    takes as long as all else that an unchanged build does: only where there is no such folder."""
    stem = f"{distribution.replace('-', '_')}-"
    for folder in folders:
        with suppress(OSError):
            for name in os.listdir(folder or "."):
                if name.endswith(_INFO) and name.lower().startswith(stem):
                    return name[len(stem) : -len(_INFO)]
    return _told_version(distribution) if find_spec(module) else ""


def _told_version(distribution: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    with suppress(PackageNotFoundError):
        return version(distribution)
    return ""
