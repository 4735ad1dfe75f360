"""Findings as workflow commands of code hosts."""

from __future__ import annotations

from generator.finding import Finding, Level, Message, Place
from generator.printers.github import workflow_commands


def test_workflow_commands_escape_what_would_end_them() -> None:
    found = [
        Finding("T3-SUM", Level.ERROR, Place("2022/a,b.yaml", 3, 7), Message("一\n::error::二 100%", "en")),
        Finding("T3-SUM", Level.WARNING, Place("f"), Message("已接受", "en"), accepted="因"),
    ]
    assert list(workflow_commands(found, "zh", "content")) == [
        "::error file=content/2022/a%2Cb.yaml,line=3,col=7,title=T3-SUM::一%0A::error::二 100%25"
    ]
