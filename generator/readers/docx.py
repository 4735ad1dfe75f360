"""Reads Word files (.docx, .docm, and .wps that are docx inside) into a Document.

They are read from the package's XML, not through python-docx: what matters here (text boxes, tracked changes, content
controls, hidden text, numbering, macro files) lies below its objects. Tests compare tables with python-docx's view.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from generator.finding import Finding, Message
from generator.readers import opc
from generator.readers.bounds import Archive, archive, xml
from generator.readers.document import Block, BlockPlace, Document, DocumentTable, Limits, Paragraph, Picture, Piece
from generator.readers.docx_body import Body
from generator.readers.docx_bound import put_bound_data
from generator.readers.docx_fragments import Fragments
from generator.readers.docx_look import switch
from generator.readers.docx_marks import Passed, excerpt, prompting_cells
from generator.readers.docx_overlays import overlays
from generator.readers.docx_styles import Numbering, Styles
from generator.readers.notes import damaged, listed, margins_left, note, quoted, warn
from generator.readers.pictures import Budget, clean
from generator.readers.text_cleanup import plain


@dataclass
class _Album:
    """Collects the pictures of one file, each cleaned once and named 图1.png … in reading order."""

    package: Archive
    limits: Limits
    kept: dict[str, Picture] = field(default_factory=dict)
    stripped: list[str] = field(default_factory=list)
    refused: dict[str, None] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)

    def add(self, member: str, alt: str) -> str:
        if member in self.kept:
            return self.kept[member].name
        if member in self.refused:
            return ""
        cleaned = None
        if member in self.package and len(self.kept) < self.limits.pictures:
            cleaned = clean(self.package.read(member), self.budget)
        if cleaned is None:
            self.refused[member] = None
            return ""
        name = f"图{len(self.kept) + 1}{cleaned.suffix}"
        self.kept[member] = Picture(name, cleaned.data, alt)
        if cleaned.stripped:
            self.stripped.append(name)
        return name


def read(data: bytes, file: str, limits: Limits) -> Document:
    """Read a Word file with tracked changes accepted and hidden text left out; raises Unreadable when it cannot."""
    return _read(data, file, limits, with_fragments=True)


def _alone(data: bytes, file: str, limits: Limits) -> Document:
    return _read(data, file, limits, with_fragments=False)


def _read(data: bytes, file: str, limits: Limits, with_fragments: bool) -> Document:
    package = archive(data, limits)
    main = opc.main_part(package, limits, "word/document.xml")
    root = xml(package.read(main), main, limits)
    content = root.find("body")
    if root.tag != "document" or content is None:
        raise damaged(main)
    relations = opc.relations(package, main, limits)

    def part(kind: str) -> Element | None:
        for relation in relations.values():
            if relation.kind == kind and not relation.outside and relation.target in package:
                return xml(package.read(relation.target), relation.target, limits)
        return None

    put_bound_data(content, package, relations, limits)
    album = _Album(package, limits)
    body = Body(Styles(part("styles")), Numbering(part("numbering")), relations, limits, album.add)
    fragments = Fragments(package, relations, limits, file, _alone)
    if with_fragments:
        body.fragment = fragments.blocks
    body.stale_fields = switch(part("settings"), "updateFields") is True
    if root.find("background") is not None:
        body.ground = "?"
    body.prompting_cells = prompting_cells(content)
    over = overlays(content)
    body.covered = over.rows
    blocks = body.blocks(content)
    blocks += _footnotes(body, {"footnote": part("footnotes"), "endnote": part("endnotes")})
    properties = opc.properties(package, limits)
    findings = [
        *fragments.findings,
        *_changes(body.passed, file),
        *_comments(part("comments"), file),
        *_left_out(body.passed, file),
        *_floating(over.anywhere, file),
        *_margins(package, relations, limits, file),
        *_links(package, body.passed, relations, limits, file),
        *opc.parts_left(package, file),
        *_album_notes(album, file),
        *opc.metadata(properties, file),
    ]
    known = {**fragments.properties, **properties}
    return Document(file, "docx", tuple(blocks), tuple(album.kept.values()), known, findings=tuple(findings))


def _footnotes(body: Body, parts: dict[str, Element | None]) -> list[Block]:
    """Read the notes that the text refers to, in order of reference; references inside notes are not followed."""
    paragraphs: list[Block] = []
    by_id = {
        (kind, item.get("id", "")): item
        for kind, root in parts.items()
        if root is not None
        for item in root
        if item.tag == kind
    }
    for number, key in enumerate(list(body.passed.notes), start=1):
        blocks = body.blocks(by_id[key]) if key in by_id else []
        text = "".join(block.text for block in blocks if isinstance(block, Paragraph))
        paragraphs.append(Paragraph((Piece(f"〔注{number}〕{text}"),), BlockPlace(line=body.paragraphs)))
        paragraphs += [block for block in blocks if isinstance(block, DocumentTable)]
    return paragraphs


def _changes(passed: Passed, file: str) -> list[Finding]:
    if not passed.inserted and not passed.deleted:
        return []
    kept = [text for text in passed.inserted if text]
    dropped = [text for text in passed.deleted if text]
    zh = f"修订按“全部接受”读取：插入{len(passed.inserted)}处、删除{len(passed.deleted)}处"
    en = f"Tracked changes were read as accepted: {len(passed.inserted)} insertions, {len(passed.deleted)} deletions"
    for words, lead in ((kept, Message("保留", "kept")), (dropped, Message("去掉", "dropped"))):
        if words:
            zh, en = f"{zh}；{lead.zh}{quoted(words)[0]}", f"{en}; {lead.en} {quoted(words)[1]}"
    return [warn("IMP-TRACKED", file, zh + "。请确认这是最终文本。", en + ". Confirm that this is the final text.")]


def _comments(root: Element | None, file: str) -> list[Finding]:
    elements = [] if root is None else list(root.iter("comment"))
    if not elements:
        return []
    count = len(elements)
    zh, en = quoted(excerpt("".join(item.text or "" for item in comment.iter("t"))) for comment in elements)
    return [warn("IMP-COMMENT", file, f"批注{count}条没有读入：{zh}。", f"{count} comments were not read: {en}.")]


def _left_out(passed: Passed, file: str) -> list[Finding]:
    """Report hidden text, embedded objects, unknown symbols, generated contents and moved notes."""
    findings = []
    if passed.hidden:
        zh, en = quoted(passed.hidden)
        message = f"隐藏文字{len(passed.hidden)}处没有读入：{zh}。", f"Hidden text was not read: {en}."
        findings.append(warn("IMP-HIDDEN", file, *message))
    if passed.embedded:
        zh, en = listed(passed.embedded)
        zh = f"没有读入：{zh}。要公开的内容请直接写进文件。"
        en = f"Not read: {en}. Put what must be published directly into the file."
        findings.append(warn("IMP-EMBEDDED", file, zh, en))
    if passed.symbols:
        zh, en = listed(passed.symbols)
        message = f"认不出的符号记作〓：{zh}。", f"Unknown symbols are shown as 〓: {en}."
        findings.append(warn("IMP-SYMBOL", file, *message))
    if passed.contents:
        message = "自动生成的目录没有读入。", "A generated table of contents was not read."
        findings.append(note("IMP-TOC", file, *message))
    if passed.notes:
        count = len(passed.notes)
        zh = f"脚注、尾注{count}条移到文末，正文写作〔注1〕。"
        en = f"{count} footnotes or endnotes were moved to the end; the text refers to them as 〔注1〕."
        findings.append(note("IMP-FOOTNOTE", file, zh, en))
    return findings


def _floating(count: int, file: str) -> list[Finding]:
    """Report drawings in front of the text that are placed on the page, so that they may lie over a table."""
    if not count:
        return []
    zh = f"有{count}个浮动的图形、图片或文本框按页面定位，可能盖在表格上：请对照原件，看有没有盖住或划去的数。"
    en = (
        f"{count} floating drawings, pictures or text boxes are placed on the page and may lie over a table; "
        "look in the file for figures that they cover or strike out."
    )
    return [warn("IMP-SHAPE", file, zh, en)]


def _margins(package: Archive, relations: dict[str, opc.Relation], limits: Limits, file: str) -> list[Finding]:
    """Report the words in headers and footers."""
    texts: list[str] = []
    for relation in relations.values():
        if relation.kind in ("header", "footer") and relation.target in package:
            root = xml(package.read(relation.target), relation.target, limits)
            texts.append(plain("".join(item.text or "" for item in root.iter("t"))).strip())
    return margins_left(file, texts)


def _links(
    package: Archive, passed: Passed, relations: dict[str, opc.Relation], limits: Limits, file: str
) -> list[Finding]:
    """Report what Word would fetch when it opens the file: templates, linked pictures and objects, mail-merge data."""
    addresses = list(passed.links)
    for part in ("word/settings.xml", "word/webSettings.xml"):
        addresses += [item.target for item in opc.relations(package, part, limits).values() if item.outside]
    addresses += [item.target for item in relations.values() if item.outside and item.kind != "hyperlink"]
    return opc.outside_links(addresses, file)


def _album_notes(album: _Album, file: str) -> list[Finding]:
    findings = []
    if album.stripped:
        zh, en = listed(album.stripped)
        findings.append(
            note("IMP-EXIF", file, f"图片的附加信息已去掉：{zh}。", f"Metadata was removed from pictures: {en}.")
        )
    if album.refused:
        zh, en = listed(name.rpartition("/")[2] for name in album.refused)
        findings.append(
            warn(
                "IMP-PICTURE",
                file,
                f"图片没有读入：{zh}。请另存为 PNG 或 JPG 后放进报告文件夹。",
                f"Pictures were not read: {en}. Save them as PNG or JPEG in the report's folder.",
            )
        )
    return findings
