"""Bounds the work on one narrative: brackets that may begin a link, tables, and how deep lists and quotes nest.

What goes beyond stays on the page as typed, with a finding: nothing is lost, and no text costs more than its length.
"""

from __future__ import annotations

from generator import limits
from generator.finding import Message


class WorkBounds:
    """Counts what one narrative has asked for so far."""

    def __init__(self) -> None:
        self.brackets = 0
        self.cells = 0
        self.told: set[Message] = set()

    def bracket(self) -> bool:
        """Counts a bracket that may begin a link or picture; tells whether there are too many."""
        self.brackets += 1
        return self.full

    @property
    def full(self) -> bool:
        """Tells whether no further bracket begins a link."""
        return self.brackets > limits.BRACKETS

    def table(self, rows: int, columns: int) -> Message | None:
        """Counts a table; says why it is too large to be one."""
        if columns > limits.COLUMNS:
            return Message(
                f"这个表有{columns}列，最多{limits.COLUMNS}列；没有当作表格，会原样显示，请拆成几个表",
                f"this table has {columns} columns, {limits.COLUMNS} at most; it is shown as typed: make several of it",
            )
        self.cells += rows * columns
        return TOO_MANY_CELLS if self.cells > limits.CELLS else None

    def first(self, message: Message) -> bool:
        """Tells whether this is said for the first time."""
        new = message not in self.told
        self.told.add(message)
        return new


TOO_MANY_CELLS = Message(
    f"正文的表格合计超过{limits.CELLS}格，从这里起没有当作表格，会原样显示",
    f"the tables of the narrative have over {limits.CELLS} cells; from here on they are shown as typed",
)
TOO_MANY_BRACKETS = Message(
    f"正文里的方括号超过{limits.BRACKETS}个，从这里起没有找链接和图片，会原样显示",
    f"the narrative has over {limits.BRACKETS} brackets; from here on links and pictures are shown as typed",
)
TOO_DEEP = Message(
    f"列表或引文嵌套超过{limits.NESTING // 2}层，更深的会原样显示；请减少层次",
    f"lists or quotes nest deeper than {limits.NESTING // 2}; what is deeper is shown as typed",
)
