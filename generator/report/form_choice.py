"""Which form a tables.yaml is in, and which rows it adds to it.

Offices do publish on the wrong form: such a report is read and shown as published, and a rule says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.finding import Finding, Level, Message, Place, did_you_mean
from generator.forms.declaration import NewRow, extended, knows_row
from generator.forms.model import Form, Table, form_for, plain_label
from generator.report.model import Addition, Origin
from generator.yaml_source.nodes import Items, Node, Pairs, Scalar

# How many more rows must be another form's before a report that names none is read by it.
_PLAINLY = 3
_MAX_ROWS = 200
_KEYS = ("表", "行", "名称", "之后", "上级", "单位", "数")


def fit(node: Node, forms: Sequence[Form], year: int, file: str) -> tuple[Form | None, Origin, list[Finding]]:
    """The form to read a report by, with its added rows laid in; None where there is no form for it."""
    top = {key.text: value for key, value in node.pairs} if isinstance(node, Pairs) else {}
    findings: list[Finding] = []
    form, origin = _choose(top, forms, year, file, findings)
    if form is None:
        return None, origin, findings
    whole, added = _additions(top.get("增加行"), form, file, findings)
    return whole, origin._replace(added=added, base=form), findings


# ---------------------------------------------------------------- the form


def _choose(
    top: Mapping[str, Node], forms: Sequence[Form], year: int, file: str, findings: list[Finding]
) -> tuple[Form | None, Origin]:
    due = form_for(forms, year)
    said = top.get("格式")
    if isinstance(said, Scalar) and said.text not in ("", "~"):
        named = next((form for form in forms if form.id == said.text), None)
        if named is not None:
            best = _best(top, forms, named)
            return best, Origin(due, named.id, best is not named, said.line, said.column)
        findings.append(_unknown(said, forms, file))
    if due is None:
        text = Message(f"{year}年没有对应的法定格式", f"no statutory format is declared for {year}")
        findings.append(Finding("STR-FORM", Level.ERROR, Place(file), text))
        return None, Origin()
    best = _best(top, forms, due)
    return best, Origin(due) if best is due else Origin(due, guessed=True, line=1, column=1)


def _best(top: Mapping[str, Node], forms: Sequence[Form], expected: Form) -> Form:
    """The form expected, unless the rows are plainly another's."""
    fitting = _rows_of(top, expected)
    if fitting == sum(len(table.row_ranges) for table in expected.tables) > 0:
        return expected
    best = max(forms, key=lambda form: _rows_of(top, form))
    return best if _rows_of(top, best) - fitting >= _PLAINLY else expected


def _unknown(said: Scalar, forms: Sequence[Form], file: str) -> Finding:
    known = "、".join(form.id for form in forms)
    text = Message(f"没有格式“{said.text}”；已有：{known}", f"no format “{said.text}”; known: {known}")
    return Finding("STR-FORM", Level.ERROR, Place(file, said.line, said.column), text)


def _rows_of(top: Mapping[str, Node], form: Form) -> int:
    """How many of the rows as typed the form has."""
    number = 0
    for table in form.tables:
        typed = top.get(table.key)
        if isinstance(typed, Pairs):
            number += sum(key.text in table.row_ranges for key, _ in typed.pairs)
    return number


# ---------------------------------------------------------------- added rows


def _additions(node: Node | None, form: Form, file: str, findings: list[Finding]) -> tuple[Form, tuple[Addition, ...]]:
    """The form with every row of 增加行 that makes sense."""
    if node is None or (isinstance(node, Scalar) and node.text in ("", "~")):
        return form, ()
    if not isinstance(node, Items) or len(node.items) > _MAX_ROWS:
        findings.append(
            _slip(
                file,
                node,
                f"“增加行”应为以“- ”开头的若干项（至多{_MAX_ROWS}项）",
                f"“增加行” must be a list of “- ” items, {_MAX_ROWS} at most",
            )
        )
        return form, ()
    rows: list[NewRow] = []
    added: list[Addition] = []
    for item in node.items:
        read = _addition(item, form, rows, file, findings)
        if read is not None:
            rows.append(read[0])
            added.append(read[1])
    return extended(form, tuple(rows)), tuple(added)


def _addition(
    item: Node, form: Form, before: Sequence[NewRow], file: str, findings: list[Finding]
) -> tuple[NewRow, Addition] | None:
    pairs = item.pairs if isinstance(item, Pairs) else ()
    given = {key.text: value for key, value in pairs}
    said = {name: value.text.strip() for name, value in given.items() if isinstance(value, Scalar)}
    for key, _ in pairs:
        if key.text not in _KEYS:
            known = "、".join(_KEYS)
            findings.append(
                _slip(
                    file,
                    key,
                    f"“增加行”中没有“{key.text}”；可用：{known}",
                    f"“增加行” has no “{key.text}”; known: {known}",
                )
            )
    if not said.get("行") or "数" not in given:
        findings.append(
            _slip(
                file,
                item,
                "增加的行要写明“行”（所印的名称）和“数”",
                "an added row needs 行 (its printed label) and 数 (figures)",
            )
        )
        return None
    table = _table_of(said.get("表", ""), form)
    if table is None:
        known = "、".join(table.key for table in form.tables) or "无"
        findings.append(
            _slip(file, item, f"增加的行要写明在哪张“表”：{known}", f"an added row must say in which 表: {known}")
        )
        return None
    row = NewRow(
        table.key,
        said.get("名称") or plain_label(said["行"]),
        said["行"],
        said.get("单位", ""),
        said.get("之后", ""),
        said.get("上级", ""),
    )
    double = _double(row, table, before, named="名称" in said)
    if double:
        findings.append(
            _slip(
                file,
                item,
                f"“{row.label}”就是{table.key}的“{double}”一行，请填在那里；确是另一行的，另取“名称”",
                f"“{row.label}” is the row “{double}” of {table.key}; write it there, or give it another 名称",
            )
        )
        return None
    return _placed(row, form, before, file, item, findings), Addition(
        table.key, row.key, row.label, given["数"], item.line, item.column
    )


def _table_of(said: str, form: Form) -> Table | None:
    if not said and len(form.tables) == 1:
        return form.tables[0]
    return next((table for table in form.tables if table.key == said), None)


def _double(row: NewRow, table: Table, before: Sequence[NewRow], named: bool) -> str:
    """The row that is already there under this name, or under this label where no name tells them apart."""
    for key in (*table.row_ranges, *(other.key for other in before if other.table == table.key)):
        if key == row.key:
            return key
    same = (
        known.key
        for block in table.blocks
        for known in block.rows
        if plain_label(known.path[-1]) == plain_label(row.label)
    )
    return "" if named else next(same, "")


def _placed(
    row: NewRow, form: Form, before: Sequence[NewRow], file: str, item: Node, findings: list[Finding]
) -> NewRow:
    """The row; at the table's end when the place it names is nowhere."""
    place = row.after or row.inside
    known = [name for other in before if other.table == row.table for name in (other.key, other.label)]
    if not place or place in known or knows_row(form, row.table, place):
        return row
    table = next(table for table in form.tables if table.key == row.table)
    hint = did_you_mean(place, table.row_ranges, 0.4)
    findings.append(
        _slip(
            file,
            item,
            f"{row.table}没有“{place}”，“{row.label}”放在表末{hint.zh}",
            f"{row.table} has no “{place}”; “{row.label}” goes to the end of the table{hint.en}",
        )
    )
    return row._replace(after="", inside="")


def _slip(file: str, at: Node, zh: str, en: str) -> Finding:
    return Finding("ROW-ADDED", Level.ERROR, Place(file, at.line, at.column), Message(zh, en))
