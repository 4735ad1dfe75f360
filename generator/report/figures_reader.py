"""Reads the figures of a tables.yaml: rows of statutory tables, indicators, and those of the required sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import cast

from generator.finding import Level, Message, counted
from generator.forms.model import FormColumn, Table
from generator.forms.sections import RequiredSentence, SentenceFigure
from generator.narrative.numerals import plain
from generator.report.figure import Read, Slip, Value, read_figure
from generator.report.model import Indicator, StatedFigures, TableFigures, address
from generator.report.node_reader import NodeReader, is_blank
from generator.yaml_source.nodes import Items, Node, Pairs, PlainWords, Scalar

_YES = frozenset({"是", "yes", "true"})
_ANY_NUMBER = FormColumn("", (), decimal=True)
_WHOLE_NUMBER = FormColumn("", ())
_MORE = Message("；数里是否写了千分位逗号？", "; a thousands comma?")
_FEWER = Message("；空白格请写 ~", "; write ~ for a blank cell")
_WIDE = Message(
    "；数之间是全角逗号或顿号，请改成半角逗号", "; a full-width comma stands between figures: use a half-width one"
)


def _holds_wide_comma(node: Node) -> bool:
    return isinstance(node, Scalar) and re.search("[，、；]", node.text) is not None


def _row_cells(
    reader: NodeReader, node: Node, columns: tuple[FormColumn, ...], table: str, row: str
) -> Sequence[Node] | None:
    """Return the cells of a row in column order, given as `[…]`, as `{column: value}`, or bare if there is only one.

    None where they do not match the columns, which is reported."""
    if isinstance(node, Items) and len(node.items) == len(columns):
        return node.items
    if isinstance(node, Scalar) and len(columns) == 1:
        return (node,)
    name = f"{table}“{row}”"
    if isinstance(node, Items):
        zh = f"{name}应有{len(columns)}个数（{'、'.join(column.key for column in columns)}），这里有{len(node.items)}个"
        en = f"{name} takes {counted(len(columns), 'figure')}, found {len(node.items)}"
        hint = _WIDE if any(map(_holds_wide_comma, node.items)) else _FEWER
        if len(node.items) > len(columns):
            hint = _MORE
        reader.find("ROW-LENGTH", node, zh + hint.zh, en + hint.en)
        return None
    if isinstance(node, Pairs):
        given = {key.text: value for key, value in node.pairs}
        for key, _ in node.pairs:
            if key.text not in {column.key for column in columns}:
                reader.unknown(key, [column.key for column in columns], name)
        missing = [column.key for column in columns if column.key not in given]
        if not missing:
            return [given[column.key] for column in columns]
        reader.find("ROW-LENGTH", node, f"{name}缺少：{'、'.join(missing)}", f"{name} lacks {', '.join(missing)}")
        return None
    reader.find("ROW-LENGTH", node, f"{name}应写成[数, 数, …]", f"{name} must be written [figure, figure, …]")
    return None


def read_sheet(reader: NodeReader, table: Table, node: Node) -> TableFigures:
    """Read the figures of one table; those that cannot be read are blank."""
    size = len(table.slots)
    values: list[Value] = [None] * size
    texts = [""] * size
    units = [""] * size
    rows: dict[str, Node] = {}
    for key, row in reader.pairs(node, table.key):
        if key.text not in table.row_ranges:
            reader.unknown(key, list(table.row_ranges), table.key)
            continue
        rows[key.text] = row
        first, length = table.row_ranges[key.text]
        columns = table.row_columns[key.text]
        end = first + length
        read = _read_words(row.words, columns) if isinstance(row, Items) and row.words else None
        if read is not None:
            values[first:end], texts[first:end], units[first:end] = read
            continue
        cells = _row_cells(reader, row, columns, table.key, key.text)
        if cells is None:
            continue
        reads = [_read_cell(cell, column) for cell, column in zip(cells, columns, strict=True)]
        if Slip in map(type, reads):
            reads = [_reported(reader, table, first + n, cells[n], read) for n, read in enumerate(reads)]
        values[first:end], texts[first:end], units[first:end] = zip(*cast("list[Read]", reads), strict=True)
    missing = [key for key in table.row_ranges if key not in rows]
    if missing:
        _rows_missing(reader, node, table, missing)
    return TableFigures(table, tuple(values), tuple(texts), tuple(units), rows, (node.line, node.column))


def _rows_missing(reader: NodeReader, node: Node, table: Table, missing: list[str]) -> None:
    zh, en = f"{table.key}缺少：{'、'.join(missing)}", f"{table.key} lacks {', '.join(missing)}"
    if table.may_lack.issuperset(missing):
        zh = f"{zh}；页面上也不印这一行。原报告印了的请补上（没有发生填0，不适用填“/”）"
        en = f"{en}; the page leaves the row out too. Where the report prints it, add it (0, or “/” if not applicable)"
        reader.find("ROW-MISSING", node, zh, en, Level.NOTE)
    elif reader.strict:
        reader.find("ROW-MISSING", node, zh, en)
    else:
        zh, en = zh + "；原报告确无这些行的，页面上不显示", en + "; rows that were never printed are not shown"
        reader.find("ROW-MISSING", node, zh, en, Level.NOTE)


@lru_cache(maxsize=1024)
def _read_words(
    words: PlainWords, columns: tuple[FormColumn, ...]
) -> tuple[tuple[Value, ...], tuple[str, ...], tuple[str, ...]] | None:
    """Read a whole row at once, as most rows of most reports are alike; None where a finding is due."""
    if len(words.texts) != len(columns):
        return None
    reads = [read_figure(text, True, column) for text, column in zip(words.texts, columns, strict=True)]
    if Slip in map(type, reads):
        return None
    values, texts, units = zip(*cast("list[Read]", reads), strict=True)
    return values, texts, units


def _read_cell(node: Node, column: FormColumn) -> Read | Slip:
    if isinstance(node, Scalar):
        return read_figure(node.text, node.plain, column)
    return Slip("FIG-NUMBER", Message("应为一个数", "must be one figure"))


def _reported(reader: NodeReader, table: Table, index: int, node: Node, read: Read | Slip) -> Read:
    """Return what a cell reads as; report a slip, which reads as blank."""
    if not isinstance(read, Slip):
        return read
    slot = table.slots[index]
    zh, en = f"{slot.name}：{read.message.zh}", f"{slot.name}: {read.message.en}"
    reader.find(read.rule, node, zh, en, cells=(address(table, slot),))
    return None, "", ""


def read_indicators(reader: NodeReader, node: Node) -> Iterator[Indicator]:
    """Read the figures that no statutory table has (指标); one without a value is reported and left out."""
    known = ["值", "单位", "部分", "约数", "分子", "分母"]
    for key, body in reader.pairs(node, "指标"):
        fields: dict[str, Node] = {}
        for name, value in reader.pairs(body, key.text):
            if name.text in known:
                fields[name.text] = value
            else:
                reader.unknown(name, known, f"指标“{key.text}”")
        if "值" not in fields:
            reader.find("IND-VALUE", key, f"指标“{key.text}”没有“值”", f"indicator “{key.text}” has no value (值)")
            continue
        value = fields["值"]
        number = reader.decimal(value, key.text)
        if number is None or not isinstance(value, Scalar):
            continue
        texts = {name: reader.text(node, name) for name, node in fields.items() if name != "值"}
        parts = (texts["分子"], texts["分母"]) if "分子" in texts and "分母" in texts else None
        unit, section, approximate = texts.get("单位", ""), texts.get("部分", ""), texts.get("约数", "") in _YES
        yield Indicator(key.text, number, value.text, unit, section, approximate, parts, key.line, key.column)


def read_stated(reader: NodeReader, node: Node, statement: RequiredSentence) -> StatedFigures:
    """Read the figures of a statement; each may have its unit behind it: 0, 0件, 1200元, 0.12万元."""
    given = _statement_values(reader, node, statement)
    figures: dict[str, Indicator] = {}
    missing = []
    if not isinstance(node, Pairs) and not is_blank(node):
        return StatedFigures(statement, {}, (), node.line, node.column)
    for item in statement.figures:
        value = given.get(item.key, node)
        if item.key not in given or is_blank(value):
            missing.append((f"{statement.key}.{item.key}", value.line, value.column))
            continue
        read = _stated_figure(value, item)
        if isinstance(read, Slip):
            name = f"{statement.key}.{item.key}"
            reader.find(read.rule, value, f"{name}：{read.message.zh}", f"{name}: {read.message.en}")
            continue
        figures[item.key] = Indicator(
            item.label, read, plain(read), item.unit, statement.section, False, None, value.line, value.column
        )
    return StatedFigures(statement, figures, tuple(missing), node.line, node.column)


def _statement_values(reader: NodeReader, node: Node, statement: RequiredSentence) -> dict[str, Node]:
    """Return what is typed for each figure of a statement, and report other keys."""
    known = [item.key for item in statement.figures]
    values: dict[str, Node] = {}
    for key, value in reader.pairs(node, statement.key):
        if key.text in known:
            values[key.text] = value
        elif key.text[:1].isdigit() and is_blank(value):
            zh = f"“{statement.key}”里的“{key.text}”像是千分位逗号后面的数：数里不写逗号"
            en = f"“{key.text}” looks like what follows a thousands comma: write the figure without commas"
            reader.find("FIG-THOUSANDS", key, zh, en)
        else:
            reader.unknown(key, known, statement.key)
    return values


def _stated_figure(node: Node, item: SentenceFigure) -> Decimal | Slip:
    """Read a figure with an optional unit, in the statement's own unit (元 for money)."""
    if not isinstance(node, Scalar):
        return Slip("FIG-NUMBER", Message("应为一个数", "must be one figure"))
    text, money = node.text.strip(), item.unit == "元"
    unit = next((unit for unit in ("万元", "元", "件") if text.endswith(unit)), "")
    if unit not in (("", "元", "万元") if money else ("", item.unit)):
        return Slip("FIG-NUMBER", Message(f"“{text}”的单位应是{item.unit}", f"“{text}”: the unit must be {item.unit}"))
    read = read_figure(text.removesuffix(unit).rstrip(), True, _ANY_NUMBER if money else _WHOLE_NUMBER)
    if isinstance(read, Slip):
        return read
    if not isinstance(read[0], Decimal) or read[0] < 0:
        return Slip(
            "FIG-NUMBER",
            Message(f"“{text}”不是件数或金额；没有发生写0", f"“{text}” is not a count or an amount; write 0 for none"),
        )
    return Decimal(plain(read[0] * 10000)) if unit == "万元" else read[0]
