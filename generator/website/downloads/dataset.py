"""Describes the collection as a data set: who publishes it, under what licence, in which version of its structure."""

from __future__ import annotations

from typing import NamedTuple

from generator.collection.settings import Settings

# Of the structure, not of the content: a column or key that goes or changes its meaning raises the first number, a new
# column or key the second. What a report holds is told apart by the hashes of data/index.json.
VERSION = "1.0.0"
NAME = "zhengfu-xinxi-gongkai-nianbao"


class Dataset(NamedTuple):
    """The collection as catalogues list it; texts are "" where site.yaml does not give them.

    `url` is the section's own address, ending in a slash."""

    name: str
    title: str
    description: str
    url: str
    publisher: str
    licence: str
    licence_url: str
    version: str


def dataset_of(settings: Settings) -> Dataset:
    """Describe the collection as site.yaml has it; a licence is never assumed."""
    values = settings.values
    return Dataset(
        NAME,
        values.get("网站名称", "") + values.get("栏目名称", ""),
        values.get("栏目说明", ""),
        settings.base_url,
        values.get("主办单位", ""),
        settings.licence.get("名称", ""),
        settings.licence.get("网址", ""),
        VERSION,
    )
