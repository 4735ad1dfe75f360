"""Keeps the files of a report readable below its old address: a redirect leads its page on, files cannot lead on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.collection.redirects import Redirect
from generator.ledger.sums import FileSum


def moved_files(
    redirects: Sequence[Redirect], public: Mapping[str, FileSum], built: Mapping[str, FileSum]
) -> dict[str, str]:
    """Names the files that are public below an old address and no longer built there, each with the file of that name
    below the new address, whose bytes it is to have: what is downloaded from the old address is never out of date."""
    folders = {
        item.page.removesuffix("index.html"): item.target.removesuffix("index.html")
        for item in redirects
        if item.page.endswith("/index.html") and item.target.endswith("/index.html")
    }
    found = dict[str, str]()
    for path in public if folders else ():
        if path in built or path.endswith(".html") or f"{path}/index.html" in built:
            continue
        folder, slash, name = path.rpartition("/")
        place = _last(f"{folder}{slash}", folders) + name
        if place != path and place in built:
            found[path] = place
    return found


def _last(folder: str, folders: Mapping[str, str]) -> str:
    """Where redirects lead in the end; they never lead in circles (SITE-REDIRECT), yet no more are followed than
    there are."""
    for _ in folders:
        if folder not in folders:
            break
        folder = folders[folder]
    return folder
