"""Names what nianbao keeps beside an output folder; nothing of it lies inside, where it would be published."""

from __future__ import annotations

import os
from pathlib import Path


class Layout:
    """Names the files and folders beside the output folder `site`, all of the form `.site.nianbao-*`.

    `lock`: held while one process writes. `manifest`: what the published section holds, by hash. `record`: what it was
    made of. `records`: what is known of each organ (`record_store`), which only saves time. `previous`: the release
    before, as `previous_manifest` and the files of it that differ from the published ones, in `previous_tree`.
    `journal`: there while a staged release takes the place of the published one. `old`: the published section for the
    moment of the change, on systems that cannot exchange two folders. `stage`: a release in the making, with all that
    belongs to it; without a journal it means nothing and is deleted.
    """

    def __init__(self, output: Path) -> None:
        self.output = Path(os.path.realpath(output))
        self.lock = self.beside("lock")
        self.manifest = self.beside("manifest.jsonl")
        self.record = self.beside("record")
        self.records = self.beside("records.sqlite")
        self.previous = self.beside("previous")
        self.previous_tree, self.previous_manifest = self.previous / "site", self.previous / "manifest.jsonl"
        self.journal = self.beside("journal")
        self.old = self.beside("old")
        self.stage = self.beside("new")
        self.tree, self.parts = self.stage / "site", self.stage / "parts"
        self.new_manifest, self.new_record = self.stage / "manifest.jsonl", self.stage / "record"
        self.new_previous = self.stage / "previous"

    def beside(self, what: str) -> Path:
        """Names one more file of this kind, `.site.nianbao-<what>`."""
        return self.output.with_name(f".{self.output.name}.nianbao-{what}")
