"""Holds the organs of organs.yaml by id, with what is asked about all of them for every report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from generator.collection.settings import Organ


class Register(dict[str, Organ]):
    """Organs by id, in the order of organs.yaml; not to be changed. What is asked of it is worked out once, because a
    report would otherwise cost more the more organs there are."""

    def __init__(self, organs: Mapping[str, Organ]) -> None:
        super().__init__(organs)
        self._names: dict[int, frozenset[str]] = {}

    def names_in(self, year: int) -> frozenset[str]:
        """Returns the names that the organs bore in a year."""
        if year not in self._names:
            self._names[year] = frozenset(organ.named_in(year).name for organ in self.values())
        return self._names[year]

    def below(self, parent: str) -> Sequence[str]:
        """Returns the ids of the organs right below one, in order."""
        return self._below.get(parent, ())

    @cached_property
    def _below(self) -> Mapping[str, Sequence[str]]:
        below: dict[str, list[str]] = {}
        for organ in self.values():
            below.setdefault(organ.parent, []).append(organ.id)
        return below


def register_of(organs: Mapping[str, Organ]) -> Register:
    """Returns organs as a register, which they are already where a content folder was opened."""
    return organs if isinstance(organs, Register) else Register(organs)
