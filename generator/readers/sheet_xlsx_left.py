"""Tells what an .xlsx holds besides its cells: comments, drawings, other files that it refers to."""

from __future__ import annotations

import re

from generator.finding import Finding
from generator.readers import opc
from generator.readers.bounds import Archive, xml
from generator.readers.document import Limits
from generator.readers.notes import quoted, warn


def left_behind(package: Archive, limits: Limits, file: str) -> list[Finding]:
    """Report comments, shapes, external workbooks and data connections of the package."""
    findings: list[Finding] = []
    remarks = []
    for part in [name for name in package.members if re.fullmatch(r"xl/(comments|threadedComments/).*\.xml", name)]:
        remarks += [
            "".join(item.itertext()).strip()[:20]
            for item in xml(package.read(part), part, limits).iter()
            if item.tag in ("comment", "threadedComment")
        ]
    remarks = [text for text in dict.fromkeys(remarks) if text]
    if remarks:
        zh, en = quoted(remarks)
        count = len(remarks)
        message = f"批注{count}条没有读入：{zh}。", f"{count} comments were not read: {en}."
        findings.append(warn("IMP-COMMENT", file, *message))
    shapes = 0
    for part in [name for name in package.members if re.fullmatch(r"xl/drawings/[^/]*\.xml", name)]:
        shapes += sum(item.tag.endswith("Anchor") for item in xml(package.read(part), part, limits))
    if shapes:
        findings.append(
            warn(
                "IMP-SHAPE",
                file,
                f"工作表里的图形、图片、图表共{shapes}个没有读入。",
                f"{shapes} shapes, pictures or charts on worksheets were not read.",
            )
        )
    links = []
    for part in package.under("xl/externalLinks/"):
        links += [item.target for item in opc.relations(package, part, limits).values() if item.outside]
    if "xl/connections.xml" in package:
        links.append("xl/connections.xml")
    return findings + opc.outside_links(links, file)
