"""Keeps what grids gave for the cells of a form; cells that a file gives twice with different figures are blank."""

from __future__ import annotations

from generator.drafts.readings import Certainty, Reading, SourcePlace, TableRead
from generator.finding import Message
from generator.forms.model import Form, Table
from generator.importer.run_together_digits import Raw, split

_TWICE = Message("同一格出现了两次而数不同", "the same cell appears twice with different figures")
_State = tuple[dict[str, dict[int, Reading]], dict[str, dict[str, Raw]]]


class FoundReadings:
    """Holds the readings of all tables by slot, rows whose figures stand `together` in one cell, and labels counted."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.readings: dict[str, dict[int, Reading]] = {table.id: {} for table in form.tables}
        self.together: dict[str, dict[str, Raw]] = {table.id: {} for table in form.tables}
        self.labels: dict[str, int] = {table.id: 0 for table in form.tables}

    def saved(self) -> _State:
        """Return the readings as they are now, for `restore`."""
        readings = {table: dict(found) for table, found in self.readings.items()}
        return readings, {table: dict(rows) for table, rows in self.together.items()}

    def restore(self, state: _State) -> None:
        """Forget what was read since a state was saved."""
        self.readings, self.together = state

    def put(self, table: Table, index: int, reading: Reading) -> None:
        """Keep the reading of a slot; one that differs from what is there leaves the slot blank."""
        before = self.readings[table.id].get(index)
        if before is None:
            self.readings[table.id][index] = reading
        elif before.raw != reading.raw:
            both = f"{before.raw} / {reading.raw}"
            self.readings[table.id][index] = Reading("", both, Certainty.UNDECIDED, before.spot, _TWICE)

    def rows_read(self, table: Table) -> set[str]:
        """Return the keys of the rows of which something was read."""
        return {table.slots[index].row.key for index in self.readings[table.id]}

    def spots(self) -> set[SourcePlace]:
        """Return the places of all readings."""
        return {reading.spot for readings in self.readings.values() for reading in readings.values()}

    def tables(self) -> tuple[TableRead, ...]:
        """Return what was read, for all tables of the form in official order."""
        return tuple(map(self._table, self.form.tables))

    def _table(self, table: Table) -> TableRead:
        rows = {key: raw for key, raw in self.together[table.id].items() if key not in self.rows_read(table)}
        return TableRead(table, {**split(table, rows), **self.readings[table.id]}, self.labels[table.id])
