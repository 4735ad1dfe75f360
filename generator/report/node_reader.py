"""Takes the nodes of a tables.yaml as what they should be; what a node is not becomes a finding with its place."""

from __future__ import annotations

from decimal import Decimal

from generator.finding import CellName, Finding, Level, Message, Place, did_you_mean
from generator.forms.model import FormColumn
from generator.report.figure import BLANKS, Slip, read_figure
from generator.yaml_source.nodes import Node, Pairs, Scalar

_ANY_NUMBER = FormColumn("", (), decimal=True)
_HINTS = 200  # a file with more mistakes is no report, and must not cost a search for likely names each time


class NodeReader:
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
        if not is_blank(node):
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


def is_blank(node: Node) -> bool:
    """Tells whether nothing is typed, or what stands for it (~)."""
    return isinstance(node, Scalar) and node.plain and node.text in BLANKS
