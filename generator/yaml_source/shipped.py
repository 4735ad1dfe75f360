"""Loads the YAML files that ship with the program: declared forms, word lists, the words of pages. What they parse to
is kept between runs: parsing them takes a tenth of a small site's build."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import yaml

from generator.yaml_source.kept import keep, recall


def load_yaml(data: bytes) -> Any:
    """Loads a YAML file as plain values; for trusted files only, such as those that ship with the program."""
    name = f"yaml-{blake2b(data, digest_size=16).hexdigest()}"
    loaded = recall(name)
    if loaded is None:
        loaded = yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        keep(name, loaded)
    return loaded
