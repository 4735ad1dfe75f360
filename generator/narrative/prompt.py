"""Marks what `new` writes where a person has yet to write."""

from __future__ import annotations

# generator/wordlists/lists/residue.yaml has it too, so that `check` finds it
PROMPT = "【待填写】"
