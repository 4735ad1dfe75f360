"""Single small faults put into Python source: what `mutate_rules.py` runs the tests against.

Each mutant changes one expression or statement and keeps every line where it is. Left alone are docstrings, annotations,
decorators, f-strings, the ids that a rule declares (other tests compare them with the documentation), and whatever
stands inside Text(…): the wording of messages is no logic.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip
_OPERATOR: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div, ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_NAME = {"min": "max", "max": "min", "any": "all", "all": "any"}
_ATTRIBUTE = {
    "ERROR": "WARNING", "WARNING": "NOTE", "NOTE": "WARNING", "startswith": "endswith", "endswith": "startswith",
    "find": "rfind", "rfind": "find", "match": "search", "fullmatch": "match", "search": "match", "partition": "rpartition",
    "lstrip": "rstrip", "rstrip": "lstrip", "strip": "lstrip", "append": "count", "add": "discard",
}  # fmt: skip
# a sentence for people, where it is not inside Text(…)
_SENTENCE = re.compile("[，。；：、]|[a-z]{3,} [a-z]{2,}")
_DECLARES = ("Rule", "CollectionRule")


class Mutant(NamedTuple):
    """The source with one fault; `was` and `now` are its lines, stripped. `inside`: the fault is in a function's body,
    and matters only when it is called. `reach` are the lines by which it can be seen: its own, or outside functions
    those in functions that name what it makes."""

    line: int
    was: str
    now: str
    source: str
    inside: bool
    reach: frozenset[int]


class _Change(NamedTuple):
    node: ast.expr | ast.stmt
    text: str
    inside: bool


def mutants(source: str) -> list[Mutant]:
    """All single faults, in the order of the source; of faults that read the same only the first."""
    lines = source.split("\n")
    seen = {source}
    found = []
    tree = ast.parse(source)
    named = _named(tree)
    for change in sorted(_in_body(tree.body, False), key=lambda change: (change.node.lineno, change.node.col_offset)):
        changed = _put(lines, change)
        if changed not in seen and _compiles(changed):
            seen.add(changed)
            at = next(n for n, (was, now) in enumerate(zip(lines, changed.split("\n"), strict=True)) if was != now)
            reach = frozenset({at + 1}) if change.inside else named.get(at + 1, frozenset())
            found.append(Mutant(at + 1, lines[at].strip(), changed.split("\n")[at].strip(), changed, change.inside, reach))
    return found


def _named(tree: ast.Module) -> dict[int, frozenset[int]]:
    """Line of a statement outside functions → the lines inside functions that name what it assigns, directly or by others."""
    makes: dict[str, set[str]] = {}
    mentions: dict[str, set[int]] = {}
    for statement in tree.body:
        names = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
        assigned = {node.id for node in names if isinstance(node.ctx, ast.Store)} if isinstance(statement, (ast.Assign, ast.AnnAssign)) else set()
        for node in names:
            if assigned and isinstance(node.ctx, ast.Load):
                makes.setdefault(node.id, set()).update(assigned)
            elif not assigned:
                mentions.setdefault(node.id, set()).add(node.lineno)
    found = {}
    for statement in tree.body:
        if isinstance(statement, (ast.Assign, ast.AnnAssign)):
            reached = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
            while more := {name for known in reached for name in makes.get(known, ())} - reached:
                reached |= more
            lines = frozenset(line for name in reached for line in mentions.get(name, ()))
            found.update(dict.fromkeys(range(statement.lineno, (statement.end_lineno or statement.lineno) + 1), lines))
    return found


def _compiles(source: str) -> bool:
    try:
        compile(source, "", "exec")
    except SyntaxError:
        return False
    return True


def _put(lines: list[str], change: _Change) -> str:
    """The text in place of the node, on as many lines as the node had."""
    node = change.node
    assert node.end_lineno is not None and node.end_col_offset is not None
    first, last = lines[node.lineno - 1].encode(), lines[node.end_lineno - 1].encode()
    breaks = "\n" * (node.end_lineno - node.lineno)
    text = change.text + breaks if isinstance(node, ast.stmt) else f"({change.text}{breaks})"
    middle = first[: node.col_offset].decode() + text + last[node.end_col_offset :].decode()
    return "\n".join([*lines[: node.lineno - 1], *middle.split("\n"), *lines[node.end_lineno :]])


# ---------------------------------------------------------------- statements


def _in_body(body: list[ast.stmt], inside: bool) -> Iterator[_Change]:
    for number, statement in enumerate(body):
        if not (number == 0 and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            yield from _in_statement(statement, inside)


def _in_statement(node: ast.stmt, inside: bool) -> Iterator[_Change]:
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return
    if isinstance(node, ast.FunctionDef):
        for default in (*node.args.defaults, *(d for d in node.args.kw_defaults if d is not None)):
            yield from _in_expression(default, inside)
        yield from _in_body(node.body, True)
        return
    if isinstance(node, ast.ClassDef):
        yield from _in_body(node.body, inside)
        return
    yield from (_Change(node, text, inside) for text in _statement(node))
    for name, value in ast.iter_fields(node):
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ast.stmt):
                yield from _in_statement(part, inside)
            elif isinstance(part, ast.ExceptHandler):
                yield from _in_body(part.body, inside)
            elif isinstance(part, ast.expr) and name not in ("annotation", "target", "targets"):
                yield from _in_expression(part, inside)


def _statement(node: ast.stmt) -> Iterator[str]:
    """What a whole statement may be replaced by."""
    if isinstance(node, ast.Return) and node.value is not None and ast.unparse(node.value) != "None":
        yield "return None"
    elif isinstance(node, (ast.Continue, ast.Break)):
        yield "pass"
    elif isinstance(node, ast.Expr) and isinstance(node.value, (ast.Yield, ast.YieldFrom)):
        yield "yield from ()"
    elif isinstance(node, (ast.Expr, ast.AugAssign)):
        yield "pass"


# ---------------------------------------------------------------- expressions


def _in_expression(node: ast.expr, inside: bool) -> Iterator[_Change]:
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Call) and ast.unparse(node.func) in ("Text", "cast")):
        return
    if isinstance(node, ast.Call) and ast.unparse(node.func) in _DECLARES:
        for keyword in node.keywords:
            if keyword.arg != "also":
                yield from _in_expression(keyword.value, inside)
        return
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str) and _SENTENCE.search(node.value)):
        yield from (_Change(node, text, inside) for text in _expression(node))
    deeper = inside or isinstance(node, ast.Lambda)
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield from _in_expression(child, deeper)
        elif isinstance(child, ast.keyword):
            yield from _in_expression(child.value, deeper)
        elif isinstance(child, ast.comprehension):
            yield from _in_comprehension(child, deeper)


def _in_comprehension(node: ast.comprehension, inside: bool) -> Iterator[_Change]:
    yield from _in_expression(node.iter, inside)
    for condition in node.ifs:
        yield _Change(condition, "True", inside)
        yield from _in_expression(condition, inside)


def _expression(node: ast.expr) -> Iterator[str]:
    """What an expression may be replaced by."""
    if isinstance(node, ast.Constant):
        yield from _constant(node.value)
    elif isinstance(node, ast.Compare):
        for number, operator in enumerate(node.ops):
            yield _compared(node, number, _COMPARE[type(operator)])
    elif isinstance(node, ast.BoolOp):
        for number in range(len(node.values)):
            rest = node.values[:number] + node.values[number + 1 :]
            yield ast.unparse(rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        yield ast.unparse(node.operand)
    elif isinstance(node, ast.BinOp) and type(node.op) in _OPERATOR:
        yield ast.unparse(ast.BinOp(node.left, _OPERATOR[type(node.op)](), node.right))
    elif isinstance(node, ast.IfExp):
        yield ast.unparse(node.body)
        yield ast.unparse(node.orelse)
    elif isinstance(node, ast.Name) and node.id in _NAME:
        yield _NAME[node.id]
    elif isinstance(node, ast.Attribute) and node.attr in _ATTRIBUTE:
        yield f"{ast.unparse(node.value)}.{_ATTRIBUTE[node.attr]}"


def _compared(node: ast.Compare, number: int, operator: str) -> str:
    said = ast.unparse(node.left)
    for at, (op, right) in enumerate(zip(node.ops, node.comparators, strict=True)):
        sign = operator if at == number else _SIGN[type(op)]
        said += f" {sign} ({ast.unparse(right)})"
    return said


_SIGN: dict[type[ast.cmpop], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
    ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip


def _constant(value: object) -> Iterator[str]:
    if isinstance(value, bool):
        yield str(not value)
    elif isinstance(value, (int, float)):
        yield repr(value + 1)
        yield repr(value - 1)
    elif isinstance(value, str):
        yield repr(value + "X") if value else repr("X")
