"""Reads what Word and Excel packages share: relationships, properties, and parts that are never imported."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import NamedTuple

from generator.finding import Finding
from generator.readers.bounds import Archive, xml
from generator.readers.document import Limits
from generator.readers.notes import listed, note, warn


class Relation(NamedTuple):
    """Holds a relationship: `kind` ends its type; `target` is a member's name, or an address when `outside`."""

    kind: str
    target: str
    outside: bool


def relations(archive: Archive, part: str, limits: Limits) -> dict[str, Relation]:
    """Read the relationships of a part ("" for the package itself) by their id."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", name + ".rels")
    if path not in archive:
        return {}
    by_id: dict[str, Relation] = {}
    for item in xml(archive.read(path), path, limits):
        kind, target = item.get("Type", "").rpartition("/")[2], item.get("Target", "")
        outside = item.get("TargetMode") == "External"
        by_id[item.get("Id", "")] = Relation(kind, target if outside else _inside(folder, target), outside)
    return by_id


def _inside(folder: str, target: str) -> str:
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))


def main_part(archive: Archive, limits: Limits, usual: str) -> str:
    """Find the member that holds the document or workbook; `usual` when the package does not name one."""
    for relation in relations(archive, "", limits).values():
        if relation.kind == "officeDocument" and not relation.outside and relation.target in archive:
            return relation.target
    return usual


_NAMES = {
    "title": "title",
    "subject": "subject",
    "creator": "author",
    "lastModifiedBy": "last_editor",
    "keywords": "keywords",
    "description": "description",
    "category": "category",
    "created": "created",
    "modified": "modified",
    "Company": "company",
    "Manager": "manager",
    "Template": "template",
    "Application": "application",
}
# properties that name people, places or templates, with their Chinese names
_REVEALING = {
    "author": "作者",
    "last_editor": "最后修改者",
    "company": "单位",
    "manager": "主管",
    "template": "模板",
    "keywords": "关键词",
    "description": "备注",
    "subject": "主题",
    "category": "类别",
}
_PLAIN_TEMPLATES = {"normal", "normal.dotm", "normal.dot", "normal.wpt"}


def properties(archive: Archive, limits: Limits) -> dict[str, str]:
    """Read the package's metadata by plain English names; custom properties as `custom:NAME`."""
    values: dict[str, str] = {}
    for part in ("docProps/core.xml", "docProps/app.xml"):
        if part in archive:
            for item in xml(archive.read(part), part, limits):
                text = (item.text or "").strip()
                if text and item.tag in _NAMES:
                    values[_NAMES[item.tag]] = text[:500]
    part = "docProps/custom.xml"
    if part in archive:
        for item in xml(archive.read(part), part, limits):
            if text := "".join(item.itertext()).strip():
                values[f"custom:{item.get('name', '')}"] = text[:500]
    return values


def metadata(properties: Mapping[str, str], file: str) -> list[Finding]:
    """Report in one note what the properties disclose; nothing when they reveal nothing personal."""
    disclosed = [
        (word, key, properties[key])
        for key, word in _REVEALING.items()
        if key in properties and not (key == "template" and properties[key].lower() in _PLAIN_TEMPLATES)
    ]
    if not disclosed:
        return []
    zh, _ = listed(f"{word}“{value[:40]}”" for word, _, value in disclosed)
    _, en = listed(f"{key.replace('_', ' ')} “{value[:40]}”" for _, key, value in disclosed)
    return [note("IMP-META", file, f"文件属性没有带入：{zh}。", f"Document properties were not imported: {en}.")]


def parts_left(archive: Archive, file: str) -> list[Finding]:
    """Report macros, controls and embedded files, known by where packages keep them."""
    findings = []
    macros = [
        name
        for name in archive.members
        if name.rpartition("/")[2].lower() in ("vbaproject.bin", "vbadata.xml") or "/activeX/" in name
    ]
    macros += archive.under("xl/macrosheets/") + archive.under("xl/dialogsheets/")
    if macros:
        zh, en = listed(macros)
        findings.append(
            warn(
                "IMP-MACRO",
                file,
                f"文件带有宏或控件（{zh}），没有运行，也没有带入。",
                f"Macros or controls ({en}) were neither run nor imported.",
            )
        )
    embedded = [name for name in archive.members if "/embeddings/" in name and not name.endswith("/")]
    if embedded:
        zh, en = listed(name.rpartition("/")[2] for name in embedded)
        findings.append(
            warn(
                "IMP-EMBEDDED",
                file,
                f"嵌入的文件没有读入：{zh}。要公开的内容请直接写进文件。",
                f"Embedded files were not read: {en}. Put what must be published directly into the file.",
            )
        )
    return findings


def outside_links(links: list[str], file: str) -> list[Finding]:
    """Report external targets that are not ordinary hyperlinks; `links` are their addresses."""
    if not links:
        return []
    zh, en = listed(f"“{link[:80]}”" for link in dict.fromkeys(links))
    return [
        warn(
            "IMP-LINK",
            file,
            f"文件指向外部内容，没有访问，也没有带入：{zh}。",
            f"The file refers to external content; nothing was fetched or imported: {en}.",
        )
    ]
