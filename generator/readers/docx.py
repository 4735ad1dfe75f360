"""Word files (.docx, .docm, the .wps that are docx inside) to a Document.

Read from the package's XML rather than through python-docx: what matters here (text boxes, tracked changes, content
controls, hidden text, numbering, macro files) lies below its objects. Tests compare tables with python-docx's view.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from generator.finding import Finding, Message
from generator.readers import opc
from generator.readers.bounds import Archive, archive, xml
from generator.readers.document import Block, BlockPlace, Document, Limits, Paragraph, Picture, Piece
from generator.readers.docx_body import Body
from generator.readers.docx_marks import Passed, excerpt
from generator.readers.docx_styles import Numbering, Styles
from generator.readers.notes import damaged, listed, note, quoted, warn
from generator.readers.pictures import Budget, clean
from generator.readers.text_cleanup import plain


@dataclass
class _Album:
    """Pictures of one file, cleaned once each, named 图1.png in the order they are met."""

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
    """A Word file's blocks, with tracked changes accepted and everything hidden left behind; Unreadable otherwise."""
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

    album = _Album(package, limits)
    body = Body(Styles(part("styles")), Numbering(part("numbering")), relations, limits, album.add)
    blocks = body.blocks(content)
    blocks += _footnotes(body, {"footnote": part("footnotes"), "endnote": part("endnotes")})
    properties = opc.properties(package, limits)
    findings = [
        *_changes(body.passed, file),
        *_comments(part("comments"), file),
        *_passed(body.passed, file),
        *_margins(package, relations, limits, file),
        *_links(package, body.passed, relations, limits, file),
        *opc.parts_left(package, file),
        *_album_notes(album, file),
        *opc.metadata(properties, file),
    ]
    return Document(file, "docx", tuple(blocks), tuple(album.kept.values()), properties, findings=tuple(findings))


def _footnotes(body: Body, parts: dict[str, Element | None]) -> list[Block]:
    """The notes that the text refers to, in that order; a note may itself refer to none."""
    found: list[Block] = []
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
        found.append(Paragraph((Piece(f"〔注{number}〕{text}"),), BlockPlace(line=body.paragraphs)))
    return found


def _changes(passed: Passed, file: str) -> list[Finding]:
    if not passed.inserted and not passed.deleted:
        return []
    kept, gone = [text for text in passed.inserted if text], [text for text in passed.deleted if text]
    zh = f"修订按“全部接受”读取：插入{len(passed.inserted)}处、删除{len(passed.deleted)}处"
    en = f"Tracked changes read as accepted: {len(passed.inserted)} insertions, {len(passed.deleted)} deletions"
    for words, lead in ((kept, Message("保留", "kept")), (gone, Message("去掉", "dropped"))):
        if words:
            zh, en = f"{zh}；{lead.zh}{quoted(words)[0]}", f"{en}; {lead.en} {quoted(words)[1]}"
    return [warn("IMP-TRACKED", file, zh + "。请确认这是最终文本。", en + ". Confirm that this is the final text.")]


def _comments(root: Element | None, file: str) -> list[Finding]:
    found = (
        []
        if root is None
        else [excerpt("".join(item.text or "" for item in comment.iter("t"))) for comment in root.iter("comment")]
    )
    if not found:
        return []
    zh, en = quoted(found)
    return [
        warn("IMP-COMMENT", file, f"批注{len(found)}条没有读入：{zh}。", f"{len(found)} comments were not read: {en}.")
    ]


def _passed(passed: Passed, file: str) -> list[Finding]:
    found = []
    if passed.hidden:
        zh, en = quoted(passed.hidden)
        found.append(
            warn(
                "IMP-HIDDEN",
                file,
                f"隐藏文字{len(passed.hidden)}处没有读入：{zh}。",
                f"Hidden text was not read: {en}.",
            )
        )
    if passed.embedded:
        zh, en = listed(passed.embedded)
        found.append(
            warn(
                "IMP-EMBEDDED",
                file,
                f"没有读入：{zh}。要公开的内容请直接写进文件。",
                f"Not read: {en}. Put what must be published into the file.",
            )
        )
    if passed.symbols:
        zh, en = listed(passed.symbols)
        found.append(warn("IMP-SYMBOL", file, f"认不出的符号记作〓：{zh}。", f"Unknown symbols are written 〓: {en}."))
    if passed.contents:
        found.append(
            note("IMP-TOC", file, "自动生成的目录没有读入。", "A generated table of contents was left behind.")
        )
    if passed.notes:
        count = len(passed.notes)
        found.append(
            note(
                "IMP-FOOTNOTE",
                file,
                f"脚注、尾注{count}条移到文末，正文写作〔注1〕。",
                f"{count} footnotes or endnotes moved to the end, marked 〔注1〕.",
            )
        )
    return found


def _margins(package: Archive, relations: dict[str, opc.Relation], limits: Limits, file: str) -> list[Finding]:
    """Words in headers and footers; bare page numbers say nothing."""
    texts: list[str] = []
    for relation in relations.values():
        if relation.kind in ("header", "footer") and relation.target in package:
            root = xml(package.read(relation.target), relation.target, limits)
            text = plain("".join(item.text or "" for item in root.iter("t"))).strip()
            if (
                any(char.isalpha() for char in text.replace("第", "").replace("页", "").replace("共", ""))
                and text not in texts
            ):
                texts.append(text)
    if not texts:
        return []
    zh, en = quoted(excerpt(text) for text in texts)
    return [note("IMP-HEADER", file, f"页眉、页脚没有读入：{zh}。", f"Headers and footers left behind: {en}.")]


def _links(
    package: Archive, passed: Passed, relations: dict[str, opc.Relation], limits: Limits, file: str
) -> list[Finding]:
    """What would be fetched when Word opens the file: templates, linked pictures and objects, mail-merge sources."""
    found = list(passed.links)
    for part in ("word/settings.xml", "word/webSettings.xml"):
        found += [item.target for item in opc.relations(package, part, limits).values() if item.outside]
    found += [item.target for item in relations.values() if item.outside and item.kind != "hyperlink"]
    return opc.outside_links(found, file)


def _album_notes(album: _Album, file: str) -> list[Finding]:
    found = []
    if album.stripped:
        zh, en = listed(album.stripped)
        found.append(note("IMP-EXIF", file, f"图片的附加信息已去掉：{zh}。", f"Metadata removed from pictures: {en}."))
    if album.refused:
        zh, en = listed(name.rpartition("/")[2] for name in album.refused)
        found.append(
            warn(
                "IMP-PICTURE",
                file,
                f"图片没有读入：{zh}。请另存为 PNG 或 JPG 后放进报告文件夹。",
                f"Pictures not read: {en}. Save them as PNG or JPEG.",
            )
        )
    return found
