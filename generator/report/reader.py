"""Reads the nodes of a tables.yaml into a Report; a mistake becomes a finding with its place, and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generator.finding import Level
from generator.forms.model import Form, Table
from generator.report.figures_reader import read_indicators, read_sheet, read_stated
from generator.report.model import ITS_YEARS, Addition, Origin, Report
from generator.report.node_reader import NodeReader, is_blank
from generator.report.remarks_reader import read_acceptances, read_corrections
from generator.yaml_source.nodes import Node, Pairs, Scalar

_META = ("索引号", "文号", "发文日期", "发布机构")
_KEYS = ("年度", "机关", "状态", "格式", "标题", *_META, "联系", "增加行", "指标", "图片", "接受", "更正")
_EMPTY = Scalar("~", True, 1, 1)


def _identity(reader: NodeReader, top: Mapping[str, Node], year: int, organ: str) -> None:
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


def _state(reader: NodeReader, top: Mapping[str, Node]) -> None:
    """Check the state: 草稿 is the only one that is written; a finished report has none."""
    state = reader.text(top["状态"], "状态") if "状态" in top else "草稿"
    if state != "草稿":
        zh = f"“状态”写的是“{state}”：还没写完的写“草稿”，写完、核对无误的删去这一行"
        reader.find(
            "KEY-STATE", top["状态"], zh, f"状态 is “{state}”: write 草稿 for a draft, delete the line when done"
        )


_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])( ([01]\d|2[0-3]):[0-5]\d)?", re.ASCII)


def _published(reader: NodeReader, top: Mapping[str, Node]) -> str:
    """Read the date of publication, 2021-01-29 or 2021-01-29 09:30; "" where it is missing or wrong."""
    date = reader.text(top["发文日期"], "发文日期") if "发文日期" in top else ""
    if date and not _DATE.fullmatch(date):
        zh = f"发文日期“{date}”应写成 2021-01-29 或 2021-01-29 09:30"
        reader.find("META-DATE", top["发文日期"], zh, f"date “{date}” must be written 2021-01-29 or 2021-01-29 09:30")
        return ""
    return date


def _pictures(reader: NodeReader, node: Node) -> Mapping[str, str]:
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
    return {key: node for key, node in nodes.items() if isinstance(node, Scalar) and not is_blank(node)}


def _top(reader: NodeReader, node: Node, form: Form) -> dict[str, Node]:
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


def _no_table(reader: NodeReader, node: Node, table: Table) -> None:
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
    reader = NodeReader(file, form.strict)
    top = _top(reader, node, form)
    _identity(reader, top, year, organ)
    _state(reader, top)
    meta = {key: reader.text(top[key], key) for key in _META if key in top}
    published = _published(reader, top)
    sheets = tuple(
        read_sheet(reader, table, _with_added(top[table.key], table, origin.added))
        for table in form.tables
        if table.key in top
    )
    corrections = tuple(read_corrections(reader, top.get("更正", _EMPTY)))
    statement = form.statement
    stated = read_stated(reader, top[statement.key], statement) if statement and statement.key in top else None
    return Report(
        year,
        organ,
        form,
        file,
        reader.text(top["标题"], "标题").strip() if "标题" in top else "",
        published,
        meta,
        sheets,
        tuple(read_indicators(reader, top.get("指标", _EMPTY))),
        _pictures(reader, top.get("图片", _EMPTY)),
        tuple(read_acceptances(reader, top.get("接受", _EMPTY))),
        tuple(reader.findings),
        origin,
        _typed(top),
        stated,
        corrections,
    )
