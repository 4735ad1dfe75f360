"""Compares the corrections of a report (更正) with what is public: no figure changes in silence, no correction tells an
untruth or is taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from generator.finding import Message
from generator.ledger.changes import FormOf, cell_names, figure_changes, figures

Record = Mapping[str, Any]


def correction_faults(old: Record, new: Record, form_of: FormOf, today: date | None) -> Iterator[Message]:
    """Yields what is wrong with the corrections of a report that is public: `old` and `new` are its `report.json`.

    Corrections that are not public yet are read in their order: the first of a figure begins at what is public, the
    next where that one ends, the last ends at what will be public. With `today`, none may be of the future; a day is
    granted, for clocks that are wrong."""
    before, after = (figures(item, cell_names(form_of(str(item["format"])))) for item in (old, new))
    fresh, taken_back = _fresh(_told(old), _told(new))
    for item in taken_back:
        yield Message(
            f"已公开的更正少了或改了：{item['date']} {item['name']} {_step(item['old'], item['new'])}",
            f"a published correction is gone or was altered: {item['date']} {item['name']} "
            f"{_step(item['old'], item['new'])}",
        )
    reached = {item["name"]: before.get(item["name"]) or "" for item in fresh}
    for item in fresh:
        public, told = reached[item["name"]], item["old"]
        if told != public:
            yield Message(
                f"{item['name']} 的更正写原值 {told or '~'}，而公开的是 {public or '~'}",
                f"the correction of {item['name']} says it was {told or '~'}; {public or '~'} is public",
            )
        reached[item["name"]] = item["new"]
        if today is not None and item["date"] > (today + timedelta(days=1)).isoformat():
            yield Message(
                f"{item['name']} 的更正日期 {item['date']} 还没有到",
                f"the correction of {item['name']} is of the future: {item['date']}",
            )
    for change in figure_changes(before, after):
        if reached.get(change.name) != (change.new or ""):
            step = f"{change.name} {_step(change.old, change.new)}"
            yield Message(f"{step} 没有更正说明", f"{step} without a correction")


def _told(record: Record) -> list[Record]:
    """The corrections of a report; those are left out that somebody broke on the server."""
    items = record.get("corrections")
    return [item for item in items if _is_sound(item)] if isinstance(items, list) else []


def _is_sound(item: object) -> bool:
    whole = isinstance(item, dict) and {"date", "name", "old", "new"} <= item.keys()
    return whole and all(isinstance(value, str) for value in item.values())  # type: ignore[attr-defined]


def _fresh(old: Sequence[Record], new: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """Sorts out the corrections that are not public yet, and those that are public and no longer there."""
    public, fresh = Counter(map(_key, old)), []
    for item in new:
        key = _key(item)
        if public[key]:
            public[key] -= 1
        else:
            fresh.append(item)
    return fresh, [dict(key) for key in public.elements()]


def _key(item: Record) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(item.items()))


def _step(old: str | None, new: str | None) -> str:
    return f"{old or '~'} → {new or '~'}"
