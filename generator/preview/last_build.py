"""What the last build of a preview came to, and which pages each build changed: only browsers that show one of them are
told."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

_KEPT = 50  # builds whose changes are remembered
_ASSETS = "assets/"
# Folders with pages that load script files from folders below.
_LOADING = frozenset(("search", "compare"))


class PreviewResult(NamedTuple):
    """The result of a preview build: fine or not, and the lines to show when not; `stale` where nothing could be drawn,
    so that the pages are those of the build before. `changed` are the paths of the files that were written or removed,
    None where that is not known. It is `sure` where everything was looked at, and not only what was edited."""

    ok: bool
    lines: list[str]
    stale: bool = False
    changed: frozenset[str] | None = None
    sure: bool = True


class LastBuild:
    """Shares the last build's result and number between the builder's thread and the pages served."""

    def __init__(self) -> None:
        self.result = PreviewResult(False, ["还没有生成 · not built yet"], stale=True)
        self.number = 0
        self._changes: deque[tuple[int, frozenset[str] | None]] = deque(maxlen=_KEPT)

    def take(self, result: PreviewResult) -> None:
        """Makes a result the last one. Where the notice changes, so does every page."""
        same = self.result[:3] == result[:3]
        self.result = result
        self._changes.append((self.number + 1, result.changed if same else None))
        self.number += 1

    def outdated(self, page: str, number: int) -> bool:
        """Tells whether a page as it was after build `number` has changed since; `page` is its path in the section, ""
        where that is not known."""
        if self.number - number > len(self._changes):
            return True
        newer = [changed for build, changed in self._changes if build > number]
        return any(changed is None or concerns(page, changed) for changed in newer)


def concerns(page: str, changed: Collection[str]) -> bool:
    """Tells whether a page shows one of the changed files: itself, an asset, or a file of its own folder (a picture)
    and, for pages that load scripts, below it."""
    if not page:
        return bool(changed)
    folder = page.rpartition("/")[0]
    loading = PurePosixPath(folder).name in _LOADING
    return any(
        path == page
        or path.startswith(_ASSETS)
        or (folder != "" and path.rpartition("/")[0] == folder)
        or (loading and path.startswith(f"{folder}/"))
        for path in changed
    )


def page_of(address: object) -> str:
    """The path of the page that a browser shows, by its address; "" where that is none."""
    if not isinstance(address, str):
        return ""
    try:
        path = unquote(urlsplit(address).path).lstrip("/")
    except ValueError:
        return ""
    return f"{path}index.html" if not path or path.endswith("/") else path
