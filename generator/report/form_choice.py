"""Chooses the form that a tables.yaml is read by, and adds the rows that it prints beyond it.

Offices do publish on the wrong form: such a report is read and shown as published, and a rule reports it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator import limits
from generator.finding import Finding, Level, Message, Place, did_you_mean
from generator.forms.extension import NewRow, extended, knows_row
from generator.forms.model import Form, Table, form_for, plain_label
from generator.report.model import Addition, Origin
from generator.yaml_source.nodes import Items, Node, Pairs, Scalar

# A report that names no form is read by another one than its year's if that one has so many more of its rows.
_CLEARLY_MORE = 3
_KEYS = ("表", "行", "名称", "之后", "上级", "单位", "数")


def fit(node: Node, forms: Sequence[Form], year: int, file: str) -> tuple[Form | None, Origin, list[Finding]]:
    """Choose the form to read a report by and add its extra rows (增加行); None where no form applies."""
    top = {key.text: value for key, value in node.pairs} if isinstance(node, Pairs) else {}
    findings: list[Finding] = []
    form, origin = _choose(top, forms, year, file, findings)
    if form is None:
        return None, origin, findings
    reader = _AddedRows(form, file)
    reader.read(top.get("增加行"))
    extended_form = extended(form, tuple(reader.rows)) if reader.is_list else form
    return extended_form, origin._replace(added=tuple(reader.added), base=form), findings + reader.findings


# ---------------------------------------------------------------- the form


def _choose(
    top: Mapping[str, Node], forms: Sequence[Form], year: int, file: str, findings: list[Finding]
) -> tuple[Form | None, Origin]:
    """Choose the form that 格式 names, else that of the year, unless the rows clearly are another's."""
    due = form_for(forms, year)
    typed = top.get("格式")
    if isinstance(typed, Scalar) and typed.text not in ("", "~"):
        named = next((form for form in forms if form.id == typed.text), None)
        if named is not None:
            best = _best(top, forms, named)
            return best, Origin(due, named.id, best is not named, typed.line, typed.column)
        findings.append(_unknown(typed, forms, file))
    if due is None:
        first = min(form.first_year for form in forms)
        message = Message(
            f"{year}年没有对应的法定格式（从{first}年度起才有）：文件夹的年度写错了的，请改名",
            f"no statutory form is declared for {year} (the first is that of {first}); rename the folder if its year "
            "is wrong",
        )
        findings.append(Finding("STR-FORM", Level.ERROR, Place(file), message))
        return None, Origin()
    best = _best(top, forms, due)
    return best, Origin(due) if best is due else Origin(due, guessed=True, line=1, column=1)


def _best(top: Mapping[str, Node], forms: Sequence[Form], expected: Form) -> Form:
    """Return the expected form, unless the rows clearly are another's."""
    fitting = _rows_of(top, expected)
    if fitting == sum(len(table.row_ranges) for table in expected.tables) > 0:
        return expected
    best = max(forms, key=lambda form: _rows_of(top, form))
    return best if _rows_of(top, best) - fitting >= _CLEARLY_MORE else expected


def _unknown(typed: Scalar, forms: Sequence[Form], file: str) -> Finding:
    known = "、".join(form.id for form in forms)
    message = Message(f"没有格式“{typed.text}”；已有：{known}", f"no form “{typed.text}”; known: {known}")
    return Finding("STR-FORM", Level.ERROR, Place(file, typed.line, typed.column), message)


def _rows_of(top: Mapping[str, Node], form: Form) -> int:
    """Count the rows as typed that the form has."""
    number = 0
    for table in form.tables:
        typed = top.get(table.key)
        if isinstance(typed, Pairs):
            number += sum(key.text in table.row_ranges for key, _ in typed.pairs)
    return number


# ---------------------------------------------------------------- added rows


class _AddedRows:
    """Reads 增加行: `rows` are the rows to add to the form, `added` the same with their figures as typed."""

    def __init__(self, form: Form, file: str) -> None:
        self.form = form
        self.file = file
        self.is_list = False
        self.rows: list[NewRow] = []
        self.added: list[Addition] = []
        self.findings: list[Finding] = []

    def read(self, node: Node | None) -> None:
        if node is None or (isinstance(node, Scalar) and node.text in ("", "~")):
            return
        if not isinstance(node, Items) or len(node.items) > limits.ADDED_ROWS:
            zh = f"“增加行”应为以“- ”开头的若干项（至多{limits.ADDED_ROWS}项）"
            self._find(node, zh, f"“增加行” must be a list of “- ” items, {limits.ADDED_ROWS} at most")
            return
        self.is_list = True
        for item in node.items:
            self._read_row(item)

    def _read_row(self, item: Node) -> None:
        given = self._known_keys(item)
        texts = {name: value.text.strip() for name, value in given.items() if isinstance(value, Scalar)}
        if not texts.get("行") or "数" not in given:
            zh, en = (
                "增加的行要写明“行”（所印的名称）和“数”",
                "an added row needs 行 (its printed label) and 数 (figures)",
            )
            self._find(item, zh, en)
            return
        table = self._table_of(texts.get("表", ""))
        if table is None:
            known = "、".join(table.key for table in self.form.tables) or "无"
            zh, en = f"增加的行要写明在哪张“表”：{known}", f"an added row must name its 表 (table): {known}"
            self._find(item, zh, en)
            return
        label = texts["行"]
        key = texts.get("名称") or plain_label(label)
        row = NewRow(table.key, key, label, texts.get("单位", ""), texts.get("之后", ""), texts.get("上级", ""))
        double = self._double(row, table, named="名称" in texts)
        if double:
            self._find(
                item,
                f"“{label}”就是{table.key}的“{double}”一行，请填在那里；确是另一行的，另取“名称”",
                f"“{label}” is the row “{double}” of {table.key}; fill that in, or give this row another 名称 (name)",
            )
            return
        self.rows.append(self._placed(row, item))
        self.added.append(Addition(table.key, key, label, given["数"], item.line, item.column))

    def _known_keys(self, item: Node) -> dict[str, Node]:
        """Return what an item gives by key, and report the keys that do not exist."""
        pairs = item.pairs if isinstance(item, Pairs) else ()
        known = "、".join(_KEYS)
        for key, _ in pairs:
            if key.text not in _KEYS:
                zh, en = f"“增加行”中没有“{key.text}”；可用：{known}", f"“增加行” has no “{key.text}”; known: {known}"
                self._find(key, zh, en)
        return {key.text: value for key, value in pairs}

    def _table_of(self, key: str) -> Table | None:
        """Find a table by key; a form with a single table needs none."""
        if not key and len(self.form.tables) == 1:
            return self.form.tables[0]
        return next((table for table in self.form.tables if table.key == key), None)

    def _double(self, row: NewRow, table: Table, named: bool) -> str:
        """Return the row that already has this key, or this label where the new row has no name; else ""."""
        for key in (*table.row_ranges, *(other.key for other in self.rows if other.table == table.key)):
            if key == row.key:
                return key
        if named:
            return ""
        label = plain_label(row.label)
        known_rows = (known for block in table.blocks for known in block.rows)
        return next((known.key for known in known_rows if plain_label(known.path[-1]) == label), "")

    def _placed(self, row: NewRow, item: Node) -> NewRow:
        """Return the row, moved to the table's end where the place it names does not exist."""
        place = row.after or row.inside
        known = [name for other in self.rows if other.table == row.table for name in (other.key, other.label)]
        if not place or place in known or knows_row(self.form, row.table, place):
            return row
        table = next(table for table in self.form.tables if table.key == row.table)
        hint = did_you_mean(place, table.row_ranges, 0.4)
        self._find(
            item,
            f"{row.table}没有“{place}”，“{row.label}”放在表末{hint.zh}",
            f"{row.table} has no “{place}”; “{row.label}” goes to the end of the table{hint.en}",
        )
        return row._replace(after="", inside="")

    def _find(self, at: Node, zh: str, en: str) -> None:
        self.findings.append(Finding("ROW-ADDED", Level.ERROR, Place(self.file, at.line, at.column), Message(zh, en)))
