"""How true the importer is: every figure it reads of a folder of real files, against the figures read by hand.

    python bench/import_truth.py FOLDER
    python bench/import_truth.py FOLDER --dress all --formats html,docx,xlsx
    python bench/import_truth.py FOLDER --dress strike --formats pdf

FOLDER holds `published/` (files whose names begin with a number) and `truth/NN.json` (`t2`: rows of label and figures,
`t3`: rows × 7, `t4`: 15 figures, `stat_table` …; null is a blank). Nothing is done, and said so, where it is absent.
A figure is *right* (as certain, or inferred and marked for a look), *flagged* (left blank or marked, and not right), or
*silently wrong*: given as certain and not what the file says. The last must be 0; the exit code says whether it is.

With `--dress` the true figures are drawn as files again (bench/dressed.py), every fifth of them struck out, raised,
hidden, scaled … as KIND says (`all`, or a part of the names of dressings), and read: the dressed cells and all others
are counted. `--formats` are html, docx, xlsx, or what LibreOffice and Chromium make of those: odt, doc, rtf, pdf, xls,
ods, print; of these a dressing is tried on one report each, in turn.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import dressed
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
        table = by_id.get(name) if name != "stat_table" else by_id.get("stat") or by_id.get("list")
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


# ---------------------------------------------------------------- dressed


def known_figures(truth: dict[str, Any], forms: tuple[Form, ...]) -> dressed.Known | None:
    """Return the figures read by hand by their slots, by the form of that year that has most of them; None without."""
    known = [
        dressed.Known(truth["year"], form, dict(_by_slot(form, truth))) for form in forms if form.governs(truth["year"])
    ]
    best = max(known, key=lambda one: len(one.figures), default=None)
    return best if best is not None and best.figures else None


def _by_slot(form: Form, truth: dict[str, Any]) -> Iterator[tuple[dressed.Slot, str]]:
    for table, row, number, value in expected(form, truth):
        first, count = table.row_ranges[row] if row else (0, 0)
        if number < count:
            yield (table.id, first + number), "" if value is None else str(value)


def tally(made: dressed.Dressed, known: dressed.Known, forms: tuple[Form, ...]) -> Counter[str]:
    """Count what became of the dressed cells (right, marked, blank, wrong) and of the others (lost, off)."""
    told: Counter[str] = Counter()
    try:
        draft = take(read_bytes(made.data, made.name, Limits()), forms, (), "shili", known.year)
    except (NeedsInput, Unreadable):
        return Counter(refused=1, blank=len(made.dressed))
    reads = {read.table.id: read for read in draft.tables}
    for slot, true in known.figures.items():
        reading = reads[slot[0]].readings.get(slot[1]) if slot[0] in reads else None
        is_dressed = slot in made.dressed
        if reading is None or reading.certainty is Certainty.UNDECIDED:
            told["blank" if is_dressed else "lost"] += 1
        elif reading.certainty is Certainty.INFERRED:
            told[("marked" if same(reading.text, true or None) else "marked wrong") if is_dressed else "doubted"] += 1
        elif same(reading.text, true or None):
            told["right"] += is_dressed
        else:
            told["wrong"] += 1
            print(f"!! {made.name} {made.kind} {slot}: {reading.text}≠{true}")
    return told


def dress(truths_: Iterable[dict[str, Any]], wanted: str, targets: Sequence[str], forms: tuple[Form, ...]) -> int:
    """Print what becomes of dressed cells, a line for each format and dressing; return how many are silently wrong."""
    knowns = [known for truth in truths_ if (known := known_figures(truth, forms)) is not None]
    heads = ("right", "marked", "marked wrong", "blank", "wrong", "refused", "doubted", "lost")
    print(f"{'format and dressing':<46} files cells " + " ".join(f"{head:>7}" for head in heads))
    total: Counter[str] = Counter()
    for target in targets:
        for kind, files in _dressed_files(target, wanted, knowns):
            told: Counter[str] = Counter()
            for made, known in files:
                told += tally(made, known, forms)
            cells = sum(len(made.dressed) for made, _ in files)
            total += told + Counter(files=len(files), cells=cells)
            print(_line(f"{target}: {kind}", len(files), cells, [told[head] for head in heads]))
    print(_line("total", total["files"], total["cells"], [total[head] for head in heads]))
    return total["wrong"]


def _line(name: str, files: int, cells: int, counts: Sequence[int]) -> str:
    widths = (7, 7, 12, 7, 7, 7, 7, 7)
    figures = " ".join(f"{count:>{width}}" for count, width in zip(counts, widths, strict=True))
    return f"{name:<46} {files:>5} {cells:>5} {figures}"


_Files = list[tuple[dressed.Dressed, dressed.Known]]


def _dressed_files(target: str, wanted: str, knowns: Sequence[dressed.Known]) -> Iterator[tuple[str, _Files]]:
    """List (dressing, its files) of one format; formats that another program makes have one file of each."""
    names = dressed.kinds(target, wanted)
    if target not in dressed.CONVERTED:
        for name in names:
            yield name, [(dressed.draw(target, name, known), known) for known in knowns]
        return
    drawn = dressed.CONVERTED[target][0]
    pairs = [(name, knowns[number % len(knowns)]) for number, name in enumerate(names)]
    made = [dressed.draw(drawn, name, known) for name, known in pairs]
    for one, (name, known) in zip(dressed.convert(made, target), pairs, strict=False):
        yield name, [(one, known)] if one is not None else []


# ---------------------------------------------------------------- the command


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="how true the importer is")
    parser.add_argument("folder", type=Path, nargs="?", help="has published/ and truth/")
    parser.add_argument("--dress", metavar="KIND|all", default="", help="dress the true figures and read them again")
    parser.add_argument("--formats", default="html,docx,xlsx", help=f"of {','.join(dressed.FORMATS)}; or all")
    given = parser.parse_args()
    given.targets = list(dressed.FORMATS) if given.formats == "all" else given.formats.split(",")
    if unknown := set(given.targets) - set(dressed.FORMATS):
        parser.error(f"unknown formats: {', '.join(sorted(unknown))}")
    if given.dress and not any(dressed.kinds(target, given.dress) for target in given.targets):
        parser.error(f"no dressing of these formats is called {given.dress}")
    return given


def main() -> int:
    given = _arguments()
    if given.folder is None or not (given.folder / "truth").is_dir():
        print("no folder with published/ and truth/: nothing to compare")
        return 0
    forms = declared_forms()
    if given.dress:
        said = (truth for _, truth in truths(given.folder))
        return 1 if dress(said, given.dress, given.targets, forms) else 0
    return _plain(given.folder, forms)


def _plain(folder: Path, forms: tuple[Form, ...]) -> int:
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
