"""Writes tables.yaml as a clerk would have typed it; doubts are comments beside their rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.drafts.readings import AddedRow, Certainty, Reading, SourcePlace, TableRead
from generator.forms.model import Block, Form, Table
from generator.yaml_source.controls import CONTROL

_PLAIN = re.compile(r"[\w（《“][\w/.（）《》“”、，。；：·〔〕-]*(?: [\w/.（）《》“”、，。；：·〔〕-]+)*")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "~"})
_NUMBER = re.compile(r"[\d.:_+-]+(?:e\d+)?", re.ASCII | re.IGNORECASE)
_MISSING_ROW = "原文件中没有这一行"
_NOT_PRINTED = "原文件中没有这一行，页面上也不印；印了的去掉行首的 # 填上"
_CUT = 160
_PLACES = 3  # more are told as from … to …


def word(text: str) -> str:
    """Write a text as YAML: plain where it cannot be misread, else quoted; "" is a blank (~)."""
    if not text:
        return "~"
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS and not _NUMBER.fullmatch(text):
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + CONTROL.sub(" ", re.sub(r"[\x00-\x1f\u2028\u2029]", " ", quoted)) + '"'


def note(text: str) -> str:
    """Make a text fit for a comment: one line, printable, of limited length."""
    printable = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(printable.split())[:_CUT]


def tables_yaml(
    year: int,
    organ: str,
    form: Form,
    foreign: bool,
    title: str,
    meta: Mapping[str, str],
    contact: Mapping[str, str],
    reads: Sequence[TableRead],
    pictures: Mapping[str, str],
    head: Sequence[str],
    remarks: Mapping[str, str] | None = None,
) -> str:
    """Write the file. `foreign`: the form is not the one of its year and must be named; `head` are the comments at its
    start; `remarks` are comments behind a row (表三.上年结转) or a key (联系)."""
    remarks = remarks or {}
    lines = [*(f"# {line}" for line in head), f"年度: {year}", f"机关: {word(organ)}"]
    if foreign:
        lines.append(f"格式: {form.id}  # 原报告用的是{form.document}的表，与{year}年度应用的格式不同")
    lines.append(f"标题: {word(title)}")
    lines += [f"{key}: {word(meta.get(key, ''))}" for key in ("索引号", "文号", "发文日期", "发布机构")]
    if contact:
        pairs = ", ".join(f"{key}: {word(value)}" for key, value in contact.items())
        lines.append(f"联系: {{{pairs}}}{_behind(remarks, '联系')}")
    for read in reads:
        if read.readings or not read.table.optional:
            lines += ["", *_table(read, remarks)]
    if pictures:
        lines += ["", "# 原文中有图片而文件里没有的：不补、不造", "图片:"]
        lines += [f"  {number}: {{状态: 遗失, 说明: {word(text)}}}" for number, text in pictures.items()]
    return "\n".join(lines) + "\n"


_STATE = "状态: 草稿  # 写完、核对无误后删去这一行"


def with_state(text: str, draft: bool) -> str:
    """Return the file with the line that says it is a draft (状态: 草稿) below its organ, or without that line."""
    lines = [line for line in text.split("\n") if line != _STATE]
    at = next((number for number, line in enumerate(lines, 1) if line.startswith("机关:")), 0)
    return "\n".join([*lines[:at], _STATE, *lines[at:]] if draft else lines)


def stated_yaml(form: Form, given: Mapping[str, str]) -> str:
    """Write the figures of the required sentence (信息处理费) as far as given; "" where the form requires none."""
    statement = form.statement
    if statement is None or not statement.required:
        return ""
    figures = ", ".join(f"{item.key}: {_figure(given.get(item.key, ''))}" for item in statement.figures)
    units = "、".join(f"{item.key}{item.unit}" for item in statement.figures)
    comment = f"{{{{{statement.key}}}}} 在正文第{statement.section}部分印成一句话。没有发生填0；单位：{units}"
    return f"\n# {comment}\n{statement.key}: {{{figures}}}\n"


def _figure(text: str) -> str:
    return text if re.fullmatch(r"\d+(?:\.\d+)?", text, re.ASCII) else word(text)


def added_yaml(extras: Sequence[AddedRow]) -> str:
    """Write the rows that the form does not have (增加行), each marked to be checked."""
    if not extras:
        return ""
    return "\n".join(["", "# 原文件的表里有、这个格式没有的行", "增加行:", *map(_added, extras)]) + "\n"


def _added(extra: AddedRow) -> str:
    cells = [reading.text or "~" for reading in extra.readings]
    attributes = {
        "表": word(extra.table.key),
        "行": _quoted(extra.label),
        "之后": extra.after and word(extra.after),
        "上级": extra.inside and _quoted(extra.inside),
        "单位": extra.unit and word(extra.unit),
        "数": f"[{', '.join(cells)}]" if len(cells) > 1 else cells[0],
    }
    undecided = [reading for reading in extra.readings if reading.certainty is Certainty.UNDECIDED]
    place = extra.readings[0].spot.describe().zh
    doubts = "；".join([place, *map(_doubt, undecided)])
    pairs = ", ".join(f"{key}: {value}" for key, value in attributes.items() if value)
    return f"  - {{{pairs}}}  # 待核：{doubts}"


def _doubt(reading: Reading) -> str:
    return f"原文“{note(reading.raw)}”，{reading.why.zh if reading.why else '未能确定'}"


def imported(year: int, source: str) -> tuple[str, str]:
    """Return the comments at the start of a file that was imported."""
    return (
        f"{year}年度报告的法定统计数据，由 nianbao import 从{source}读出。照原样录入，不改、不补、不算。",
        "  ~  原表空白（不是0）        /  不适用        # 待核：读的时候不能完全肯定，请对照原文件，核对后删去注释",
    )


def _behind(remarks: Mapping[str, str], name: str) -> str:
    return f"  # {remarks[name]}" if name in remarks else ""


def _table(read: TableRead, remarks: Mapping[str, str]) -> Iterator[str]:
    table = read.table
    yield f"{table.key}:"
    if not read.readings:
        yield f"  # 待核：没有找到{table.key}（{table.caption}）"
    before = ""
    for block in table.blocks:
        heads = _heads(block)
        if heads != before:
            yield f"  # {heads}"
            before = heads
        group = ""
        for number, row in enumerate(block.rows):
            above = row.path[0] if len(row.path) > 1 else ""
            if above and above != group:
                yield f"  # {above}"
                group = above
            first = block.first + number * len(block.columns)
            if block.listed and read.readings and not _has_row(read, first, len(block.columns)):
                yield f"  # {row.key}: [{', '.join('~' for _ in block.columns)}]  # {_NOT_PRINTED}"
                continue
            yield _row(read, row.key, first, len(block.columns)) + _behind(remarks, f"{table.key}.{row.key}")


def _has_row(read: TableRead, first: int, count: int) -> bool:
    return any(index in read.readings for index in range(first, first + count))


def _heads(block: Block) -> str:
    """Name the columns for a comment; where groups have equal parts, groups and parts are named once."""
    keys = [column.key for column in block.columns]
    groups = list(dict.fromkeys(key.rpartition(".")[0] for key in keys))
    leaves = list(dict.fromkeys(key.rpartition(".")[2] for key in keys))
    if len(groups) > 1 and len(groups) * len(leaves) == len(keys):
        return f"{'、'.join(groups)}，各{len(leaves)}个数：{'、'.join(leaves)}"
    return "、".join(column.key + ("（单位写在格内）" if column.unit_in_cell else "") for column in block.columns)


def _row(read: TableRead, key: str, first: int, count: int) -> str:
    readings = [read.readings.get(index) for index in range(first, first + count)]
    cells = ", ".join((reading.text or "~") if reading else "~" for reading in readings)
    doubts = "；".join(_doubts(read.table, first, readings))
    return f"  {key}: [{cells}]" + (f"  # 待核：{doubts}" if doubts else "")


def _doubts(table: Table, first: int, readings: Sequence[Reading | None]) -> Iterator[str]:
    """Say what is not certain of a row, once for all cells it applies to."""
    if all(reading is None for reading in readings):
        yield _MISSING_ROW
        return
    cells: dict[str, list[int]] = {}  # doubt → cells of the row
    for number, reading in enumerate(readings):
        if reading is None:
            cells.setdefault("原文件中没有这一格", []).append(number)
        elif reading.certainty is not Certainty.CERTAIN:
            cells.setdefault(_doubt(reading), []).append(number)
    for doubt, numbers in cells.items():
        names = "、".join(table.slots[first + number].column.key for number in numbers)
        if len(numbers) == len(readings) and len(readings) > 1:
            names = "整行"
        where = _where([reading.spot for number in numbers if (reading := readings[number]) is not None])
        yield f"{names}{where}：{doubt}" if names != "整行" or where else doubt


def _where(spots: Sequence[SourcePlace]) -> str:
    """Say where in the file some cells of a row stand, in brackets; "" where that is not known."""
    places = list(dict.fromkeys(spot.describe().zh for spot in spots if spot.cell or spot.column or spot.at))
    if not places:
        return ""
    return f"（{'、'.join(places)}）" if len(places) <= _PLACES else f"（{places[0]} 至 {places[-1]}）"
