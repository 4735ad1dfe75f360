"""Reads the nodes of a tables.yaml into a Report; a mistake becomes a finding with its place, and reading goes on."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import cast

from generator.finding import CellName, Finding, Level, Message, Place, did_you_mean
from generator.forms.model import Form, FormColumn, RequiredSentence, SentenceFigure, Table
from generator.narrative.numerals import plain
from generator.report.figure import BLANKS, Read, Slip, Value, read_figure
from generator.report.model import (
    ITS_YEARS,
    Acceptance,
    Addition,
    Correction,
    Indicator,
    Origin,
    Report,
    StatedFigures,
    TableFigures,
    address,
)
from generator.yaml_source.nodes import Items, Node, Pairs, PlainWords, Scalar

_YES = frozenset({"是", "yes", "true"})
_ANY_NUMBER = FormColumn("", (), decimal=True)
_WHOLE_NUMBER = FormColumn("", ())
_HINTS = 200  # a file with more mistakes is no report, and must not cost a search for likely names each time


class _Reader:
    """Collects the findings of one tables.yaml; its methods report what a node is not and return a default."""

    def __init__(self, file: str, strict: bool = True) -> None:
        self.file = file
        self.strict = strict
        self.findings: list[Finding] = []

    def find(
        self, rule: str, at: Node, zh: str, en: str, level: Level = Level.ERROR, cells: tuple[CellName, ...] = ()
    ) -> None:
        self.findings.append(Finding(rule, level, Place(self.file, at.line, at.column), Message(zh, en), cells))

    def pairs(self, node: Node, what: str) -> tuple[tuple[Scalar, Node], ...]:
        """Return the pairs of a mapping; none of a blank."""
        if isinstance(node, Pairs):
            return node.pairs
        if not _is_blank(node):
            self.find("KEY-SHAPE", node, f"“{what}”下应为“名称: 值”的若干行", f"“{what}” must hold “name: value” lines")
        return ()

    def text(self, node: Node, what: str) -> str:
        """Return the text of a scalar; "" for a blank."""
        if isinstance(node, Scalar):
            return "" if node.plain and node.text in BLANKS else node.text
        self.find("KEY-SHAPE", node, f"“{what}”应为一段文字", f"“{what}” must be a text")
        return ""

    def decimal(self, node: Node, what: str) -> Decimal | None:
        """Return the number a scalar holds; None where it is none."""
        if isinstance(node, Scalar):
            read = read_figure(node.text, node.plain, _ANY_NUMBER)
            if isinstance(read, Slip):
                self.find(read.rule, node, f"“{what}”：{read.message.zh}", f"“{what}”: {read.message.en}")
                return None
            if isinstance(read[0], Decimal):
                return read[0]
        self.find("FIG-NUMBER", node, f"“{what}”应为一个数", f"“{what}” must be a figure")
        return None

    def unknown(self, key: Scalar, known: list[str], what: str) -> None:
        """Report a key that does not exist, with the closest that does."""
        hint = did_you_mean(key.text, known if len(self.findings) < _HINTS else (), 0.4)
        self.find(
            "KEY-UNKNOWN", key, f"{what}中没有“{key.text}”这一项{hint.zh}", f"{what} has no “{key.text}”{hint.en}"
        )


def _is_blank(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and node.text in BLANKS


_MORE = Message("；数里是否写了千分位逗号？", "; a thousands comma?")
_FEWER = Message("；空白格请写 ~", "; write ~ for a blank cell")
_WIDE = Message(
    "；数之间是全角逗号或顿号，请改成半角逗号", "; a full-width comma stands between figures: use a half-width one"
)


def _holds_wide_comma(node: Node) -> bool:
    return isinstance(node, Scalar) and re.search("[，、；]", node.text) is not None


def _row_cells(
    reader: _Reader, node: Node, columns: tuple[FormColumn, ...], table: str, row: str
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
        en = f"{name} takes {len(columns)} figures, found {len(node.items)}"
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


def _sheet(reader: _Reader, table: Table, node: Node) -> TableFigures:
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


def _rows_missing(reader: _Reader, node: Node, table: Table, missing: list[str]) -> None:
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


def _reported(reader: _Reader, table: Table, index: int, node: Node, read: Read | Slip) -> Read:
    """Return what a cell reads as; report a slip, which reads as blank."""
    if not isinstance(read, Slip):
        return read
    slot = table.slots[index]
    zh, en = f"{slot.name}：{read.message.zh}", f"{slot.name}: {read.message.en}"
    reader.find(read.rule, node, zh, en, cells=(address(table, slot),))
    return None, "", ""


def _indicators(reader: _Reader, node: Node) -> Iterator[Indicator]:
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


def _stated(reader: _Reader, node: Node, statement: RequiredSentence) -> StatedFigures:
    """Read the figures of a statement; each may have its unit behind it: 0, 0件, 1200元, 0.12万元."""
    given = _statement_values(reader, node, statement)
    figures: dict[str, Indicator] = {}
    missing = []
    if not isinstance(node, Pairs) and not _is_blank(node):
        return StatedFigures(statement, {}, (), node.line, node.column)
    for item in statement.figures:
        value = given.get(item.key, node)
        if item.key not in given or _is_blank(value):
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


def _statement_values(reader: _Reader, node: Node, statement: RequiredSentence) -> dict[str, Node]:
    """Return what is typed for each figure of a statement, and report other keys."""
    known = [item.key for item in statement.figures]
    values: dict[str, Node] = {}
    for key, value in reader.pairs(node, statement.key):
        if key.text in known:
            values[key.text] = value
        elif key.text[:1].isdigit() and _is_blank(value):
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


_ACCEPTANCE = ("规则", "位置", "原因", "值", "批准人", "批准日期")


def _acceptances(reader: _Reader, node: Node) -> Iterator[Acceptance]:
    if not isinstance(node, Items):
        if not _is_blank(node):
            reader.find("KEY-SHAPE", node, "“接受”应为以“- ”开头的若干项", "“接受” must be a list of “- ” items")
        return
    for item in node.items:
        acceptance = _acceptance(reader, item)
        if acceptance is None:
            zh, en = "每项接受都要写明“规则”“位置”“原因”", "an acceptance needs 规则, 位置 and 原因"
            reader.find("ACC-INCOMPLETE", item, zh, en)
        else:
            yield acceptance


def _acceptance(reader: _Reader, item: Node) -> Acceptance | None:
    """Read one acceptance; None where it lacks its rule, place or reason."""
    given = {key.text: value for key, value in reader.pairs(item, "接受")}
    for key, _ in item.pairs if isinstance(item, Pairs) else ():
        if key.text not in _ACCEPTANCE:
            reader.unknown(key, list(_ACCEPTANCE), "接受")
    texts = {name: reader.text(given[name], name).strip() for name in _ACCEPTANCE if name != "位置" and name in given}
    places = given.get("位置")
    nodes = places.items if isinstance(places, Items) else (places,) if places else ()
    subjects = tuple(reader.text(node, "位置").strip() for node in nodes)
    rule, reason = texts.get("规则"), texts.get("原因")
    if not rule or not reason or not subjects:
        return None
    value, approver, date = (texts.get(name, "") for name in ("值", "批准人", "批准日期"))
    return Acceptance(rule, subjects, reason, item.line, item.column, value, approver, date)


_CORRECTION = ("日期", "位置", "原值", "更正为", "原因", "批准人")


def _corrections(reader: _Reader, node: Node) -> Iterator[Correction]:
    """Read the corrections of published figures; one that lacks something is reported and left out."""
    if not isinstance(node, Items):
        if not _is_blank(node):
            reader.find("KEY-SHAPE", node, "“更正”应为以“- ”开头的若干项", "“更正” must be a list of “- ” items")
        return
    for item in node.items:
        given = {key.text: value for key, value in reader.pairs(item, "更正")}
        for key, _ in item.pairs if isinstance(item, Pairs) else ():
            if key.text not in _CORRECTION:
                reader.unknown(key, list(_CORRECTION), "更正")
        texts = {name: reader.text(given[name], name).strip() for name in _CORRECTION if name in given}
        date, name, old, new, reason, approver = (texts.get(key, "") for key in _CORRECTION)
        whole = date and name and reason and approver and {"原值", "更正为"} <= given.keys()
        if not whole or not _is_day(date):
            zh = "每项更正都要写明“日期”（如 2026-03-01）“位置”“原值”“更正为”“原因”“批准人”"
            en = "a correction needs 日期 (like 2026-03-01), 位置, 原值, 更正为, 原因 and 批准人"
            reader.find("CORR-INCOMPLETE", item, zh, en)
        else:
            yield Correction(date, name, old, new, reason, approver, item.line, item.column)


def _is_day(text: str) -> bool:
    """Tells whether a text is a day of the calendar, 2026-03-01."""
    parts = re.fullmatch(r"(?a:(\d{4})-(\d\d)-(\d\d))", text)
    if parts is None:
        return False
    year, month, day = map(int, parts.groups())
    return year > 0 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


_META = ("索引号", "文号", "发文日期", "发布机构")
_KEYS = ("年度", "机关", "状态", "格式", "标题", *_META, "联系", "增加行", "指标", "图片", "接受", "更正")
_EMPTY = Scalar("~", True, 1, 1)


def _identity(reader: _Reader, top: Mapping[str, Node], year: int, organ: str) -> None:
    """Compare year and organ with the folder's; the file repeats them so that a misplaced one is noticed."""
    for key, expected in (("年度", str(year)), ("机关", organ)):
        typed = reader.text(top[key], key) if key in top else ""
        if typed != expected:
            zh = f"“{key}”写的是“{typed}”，所在文件夹是“{expected}”"
            en = f"“{key}” says “{typed}”, the folder says “{expected}”"
            reader.find("KEY-FOLDER", top.get(key, _EMPTY), zh, en)


_DRAFTS = [
    re.compile(rb"^(?:\xef\xbb\xbf)?%s[ \t]*:[ \t]+[\"']?%s[\"']?[ \t\r]*(?:#.*)?$" % (key, value), re.MULTILINE)
    for key, value in (("状态".encode(encoding), "草稿".encode(encoding)) for encoding in ("utf-8", "gb18030"))
]


def is_draft(tables: bytes) -> bool:
    """Tells from the bytes of a tables.yaml, before it is read, whether the report is still a draft (状态: 草稿)."""
    return any(pattern.search(tables) for pattern in _DRAFTS)


def _state(reader: _Reader, top: Mapping[str, Node]) -> None:
    """Check the state: 草稿 is the only one that is written; a finished report has none."""
    state = reader.text(top["状态"], "状态") if "状态" in top else "草稿"
    if state != "草稿":
        zh = f"“状态”写的是“{state}”：还没写完的写“草稿”，写完、核对无误的删去这一行"
        reader.find(
            "KEY-STATE", top["状态"], zh, f"状态 is “{state}”: write 草稿 for a draft, delete the line when done"
        )


_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])( ([01]\d|2[0-3]):[0-5]\d)?", re.ASCII)


def _published(reader: _Reader, top: Mapping[str, Node]) -> str:
    """Read the date of publication, 2021-01-29 or 2021-01-29 09:30; "" where it is missing or wrong."""
    date = reader.text(top["发文日期"], "发文日期") if "发文日期" in top else ""
    if date and not _DATE.fullmatch(date):
        zh = f"发文日期“{date}”应写成 2021-01-29 或 2021-01-29 09:30"
        reader.find("META-DATE", top["发文日期"], zh, f"date “{date}” must be written 2021-01-29 or 2021-01-29 09:30")
        return ""
    return date


def _pictures(reader: _Reader, node: Node) -> Mapping[str, str]:
    """Return the note (说明) on each picture that is lost, by its name."""
    pictures = {}
    for key, body in reader.pairs(node, "图片"):
        texts = {name.text: reader.text(value, name.text) for name, value in reader.pairs(body, key.text)}
        pictures[key.text] = texts.get("说明", "")
    return pictures


def _typed(top: Mapping[str, Node]) -> dict[str, Scalar]:
    """Return title, document numbers, contacts and notes on pictures as typed, without blanks."""
    nodes: dict[str, Node] = {key: top[key] for key in ("标题", *_META) if key in top}
    for group in ("联系", "图片"):
        node = top.get(group)
        for key, value in node.pairs if isinstance(node, Pairs) else ():
            if isinstance(value, Pairs):
                nodes.update((f"{group}.{key.text}", note) for name, note in value.pairs if name.text == "说明")
            else:
                nodes[f"{group}.{key.text}"] = value
    return {key: node for key, node in nodes.items() if isinstance(node, Scalar) and not _is_blank(node)}


def _top(reader: _Reader, node: Node, form: Form) -> dict[str, Node]:
    """Return the top-level values by key; report keys that do not exist, and a table or title that is missing."""
    known = [*_KEYS, *(table.key for table in form.tables), *((form.statement.key,) if form.statement else ())]
    top: dict[str, Node] = {}
    for key, value in reader.pairs(node, "tables.yaml"):
        if key.text in known:
            top[key.text] = value
        else:
            reader.unknown(key, known, "tables.yaml")
    for table in form.tables:
        if table.key not in top:
            _no_table(reader, node, table)
    if "标题" not in top:
        reader.find("META-TITLE", node, "缺少“标题”", "“标题” (title) is missing")
    return top


def _no_table(reader: _Reader, node: Node, table: Table) -> None:
    zh, en = f"缺少{table.key}（{table.caption}）", f"{table.key} ({table.caption}) is missing"
    if table.optional:
        zh += "；原报告附的若是本地的表，请照原样写在 report.md 里"
        en += "; put a local table into report.md as printed"
    reader.find("STR-MISSING", node, zh, en, Level.NOTE if table.optional else Level.ERROR)


def _with_added(node: Node, table: Table, added: Sequence[Addition]) -> Node:
    """Add the rows of 增加行 to a table's rows as typed."""
    rows = tuple((Scalar(row.key, True, row.line, row.column), row.figures) for row in added if row.table == table.key)
    return Pairs((*node.pairs, *rows), node.line, node.column) if rows and isinstance(node, Pairs) else node


def read_report(node: Node, form: Form, file: str, year: int, organ: str, origin: Origin = ITS_YEARS) -> Report:
    """Read a report from its tables.yaml; mistakes become its `findings`, and the figures concerned are blank.

    `form` already has the rows that `origin` says are added (`form_choice.fit` makes both)."""
    reader = _Reader(file, form.strict)
    top = _top(reader, node, form)
    _identity(reader, top, year, organ)
    _state(reader, top)
    meta = {key: reader.text(top[key], key) for key in _META if key in top}
    published = _published(reader, top)
    sheets = tuple(
        _sheet(reader, table, _with_added(top[table.key], table, origin.added))
        for table in form.tables
        if table.key in top
    )
    corrections = tuple(_corrections(reader, top.get("更正", _EMPTY)))
    statement = form.statement
    stated = _stated(reader, top[statement.key], statement) if statement and statement.key in top else None
    return Report(
        year,
        organ,
        form,
        file,
        reader.text(top["标题"], "标题").strip() if "标题" in top else "",
        published,
        meta,
        sheets,
        tuple(_indicators(reader, top.get("指标", _EMPTY))),
        _pictures(reader, top.get("图片", _EMPTY)),
        tuple(_acceptances(reader, top.get("接受", _EMPTY))),
        tuple(reader.findings),
        origin,
        _typed(top),
        stated,
        corrections,
    )
