"""How true the importer is: every figure it reads of a folder of real files, against the figures read by hand.

    python bench/import_truth.py FOLDER

FOLDER holds `published/` (files whose names begin with a number) and `truth/NN.json` (`t2`: rows of label and figures,
`t3`: rows × 7, `t4`: 15 figures, `stat_table` …; null is a blank). Nothing is done, and said so, where it is absent.
A figure is *right* (as certain, or inferred and marked for a look), *flagged* (left blank or marked, and not right), or
*silently wrong*: given as certain and not what the file says. The last must be 0; the exit code says whether it is.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from generator.drafts.readings import Certainty, TableRead
from generator.forms.declared import declared_forms
from generator.forms.model import Form, Table
from generator.importer.label_match import index, label, nearest
from generator.importer.make_draft import Draft, NeedsInput, take
from generator.readers.document import Limits, Unreadable
from generator.readers.open_file import read_bytes

_OUTER = re.compile(r"^第二十条第（.）项 |^三（[一二三四五六七]）(?=[^ ])")


class Score(NamedTuple):
    file: str
    right: int = 0
    inferred: int = 0
    flagged: int = 0
    wrong: int = 0
    seconds: float = 0.0
    note: str = ""

    @property
    def cells(self) -> int:
        return self.right + self.inferred + self.flagged + self.wrong


def truths(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """(published file, its truth) of each file that has one."""
    for path in sorted((folder / "truth").glob("*.json")):
        found = sorted((folder / "published").glob(f"{path.stem}_*"))
        if found:
            yield found[0], json.loads(path.read_text(encoding="utf-8"))


def expected(form: Form, truth: dict[str, Any]) -> Iterator[tuple[Table, str, int, Any]]:
    """(table, row key or "" where the form has no such row, column, value) of each figure read by hand."""
    by_id = {table.id: table for table in form.tables}
    for name in ("t2", "t3", "stat_table"):
        table = by_id.get({"stat_table": "stat"}.get(name, name))
        for said, *values in truth.get(name) or ():
            row = _row(table, str(said)) if table else ""
            for number, value in enumerate(v for v in values if name != "stat_table" or not isinstance(v, str)):
                yield table or form.tables[0], row, number, value
    table = by_id.get("t4")
    if truth.get("t4") and table:
        for number, value in enumerate(truth["t4"]):
            yield table, table.blocks[0].rows[0].key, number, value


def _row(table: Table, said: str) -> str:
    rows = [row for block in table.blocks for row in block.rows]
    wanted = label(re.sub(r"\(.*", "", _OUTER.sub("", said))).bare
    near = nearest(wanted, index((row.path[-1], row.key) for row in rows))
    if near is not None:
        return near.name
    begin = [row.key for row in rows if len(wanted) > 5 and label(row.path[-1]).bare.startswith(wanted)]
    return begin[0] if len(begin) == 1 else ""


def same(text: str, value: Any) -> bool:
    if value is None:
        return text == ""
    try:
        return Decimal(text) == Decimal(str(value))
    except InvalidOperation:
        return text == str(value)


def score(path: Path, truth: dict[str, Any], forms: tuple[Form, ...]) -> Score:
    begun = time.perf_counter()
    try:
        draft = take(read_bytes(path.read_bytes(), path.name, Limits()), forms, (), "shili")
    except (NeedsInput, Unreadable) as error:
        cells = sum(len(row) - 1 for name in ("t2", "t3", "stat_table") for row in truth.get(name) or ()) + len(
            truth.get("t4") or ()
        )
        return Score(path.name, flagged=cells, seconds=time.perf_counter() - begun, note=error.message.zh)
    seconds = time.perf_counter() - begun
    return _count(path.name, draft, truth, seconds)


def _count(name: str, draft: Draft, truth: dict[str, Any], seconds: float) -> Score:
    reads: dict[str, TableRead] = {read.table.id: read for read in draft.tables}
    right = inferred = flagged = wrong = 0
    notes = []
    for table, row, number, value in expected(draft.form, truth):
        first = table.row_ranges[row][0] if row else -1
        reading = reads[table.id].readings.get(first + number) if row else None
        if reading is None or reading.certainty is Certainty.UNDECIDED:
            flagged += 1
        elif same(reading.text, value):
            right += reading.certainty is Certainty.CERTAIN
            inferred += reading.certainty is Certainty.INFERRED
        elif reading.certainty is Certainty.INFERRED:
            flagged += 1
            notes.append(f"{row}[{number}] {reading.text}≠{value}")
        else:
            wrong += 1
            notes.append(f"!! {row}[{number}] {reading.text}≠{value}")
    return Score(name, right, inferred, flagged, wrong, seconds, "; ".join(notes))


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if folder is None or not (folder / "truth").is_dir():
        print("no folder with published/ and truth/: nothing to compare")
        return 0
    forms = declared_forms()
    scores = [score(path, truth, forms) for path, truth in truths(folder)]
    print(f"{'file':<44} cells right inferred flagged silently-wrong    ms")
    for s in scores:
        print(
            f"{s.file:<44} {s.cells:>5} {s.right:>5} {s.inferred:>8} {s.flagged:>7} {s.wrong:>14} "
            f"{s.seconds * 1000:>5.0f} {s.note}"
        )
    total = [
        sum(column)
        for column in zip(*((s.cells, s.right, s.inferred, s.flagged, s.wrong) for s in scores), strict=True)
    ]
    print(f"{'total':<44} {total[0]:>5} {total[1]:>5} {total[2]:>8} {total[3]:>7} {total[4]:>14}")
    return 1 if total[4] else 0


if __name__ == "__main__":
    sys.exit(main())
