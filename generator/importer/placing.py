"""Decides what of a draft is written beside what is there already: absent parts stay, bound figures stay bound."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import dropwhile
from typing import NamedTuple

from generator.drafts.merge import losses, rebound, with_filled, with_kept
from generator.drafts.tables_yaml import with_state
from generator.finding import Message
from generator.importer.make_draft import Draft
from generator.narrative.prompt import PROMPT
from generator.report.entry import Files, LoadedReport, printed
from generator.yaml_source.reader import decode

Load = Callable[[Files], LoadedReport | None]


class Placing(NamedTuple):
    """Holds the files to write and, where a report is there already, what of it is kept and what would be lost;
    `tables` are those that stay."""

    files: Mapping[str, bytes]
    kept: tuple[Message, ...] = ()
    lost: tuple[Message, ...] = ()
    tables: frozenset[str] = frozenset()


def place(draft: Draft, there: Files, load: Load) -> Placing:
    """Join a draft with the files that are there. `load` reads a report from its files, None where it cannot be."""
    if there.tables is None:
        text_stays = there.prose is not None and not draft.has_narrative
        some = {name: data for name, data in draft.files.items() if not (text_stays and name == "report.md")}
        return Placing(_stated(some, draft.is_draft))
    tables, prose = decode(there.tables, "")[0], decode(there.prose or b"", "")[0]
    files, kept = dict(draft.files), []
    names = [table.key for table in draft.form.tables]
    old = load(there)
    if draft.has_tables:
        files["tables.yaml"], names = _tables(draft, tables, old, load)
        kept += [Message(f"tables.yaml 的{'、'.join(names)}", f"of tables.yaml: {', '.join(names)}")] if names else []
        lacks_text = not draft.has_narrative and (not prose.strip() or PROMPT in prose)
        files = _stated(files, lacks_text or bool(draft.unfinished - set(names)))
        if _without_head(files["tables.yaml"].decode()) == _without_head(tables):
            files["tables.yaml"] = there.tables  # the same, from a file by another name
    else:
        filled, names_filled = _head(draft, tables, load)
        del files["tables.yaml"]
        files = {**files, "tables.yaml": filled} if names_filled else files
        zh = f"，只补上空着的{'、'.join(names_filled)}" if names_filled else ""
        en = f"; of what was blank: {', '.join(names_filled)}" if names_filled else ""
        kept.append(Message(f"tables.yaml（没有取表{zh}）", f"tables.yaml (no tables were taken{en})"))
    if draft.has_narrative:
        new = load(Files(files.get("tables.yaml", there.tables), None))
        files["report.md"] = _narrative(files["report.md"].decode(), prose, new)
    elif there.prose is not None:
        files = {name: data for name, data in files.items() if name == "tables.yaml"}
        kept.append(Message("report.md（没有取正文）", "report.md (no narrative was taken)"))
    after = load(Files(files.get("tables.yaml", there.tables), files.get("report.md", there.prose)))
    lost = tuple(losses(old, after)) if old and after else ()
    return Placing(files, tuple(kept), lost, frozenset(names))


def _without_head(text: str) -> list[str]:
    """Return the lines of a tables.yaml behind the comments at its start."""
    return list(dropwhile(lambda line: line.startswith("#"), text.splitlines()))


def _stated(files: Mapping[str, bytes], is_draft: bool) -> dict[str, bytes]:
    text = files["tables.yaml"].decode()
    return {**files, "tables.yaml": with_state(text, is_draft).encode()}


def _tables(draft: Draft, there: str, old: LoadedReport | None, load: Load) -> tuple[bytes, list[str]]:
    """Return the new tables.yaml with what the file says nothing of, and its names; as read where that cannot be."""
    text = draft.files["tables.yaml"].decode()
    form = old.report.origin.base or old.report.form if old else None
    if form is None or form.id != draft.form.id:
        return text.encode(), []
    merged, names = with_kept(text, there, draft.blank_tables)
    return (merged.encode(), names) if _is_sound(merged, load) else (text.encode(), [])


def _head(draft: Draft, there: str, load: Load) -> tuple[bytes, list[str]]:
    """Return the tables.yaml that is there with the title, number, date … that it leaves blank and the file has, and
    their names; none where that could not be read."""
    given = draft.files["tables.yaml"].decode()
    if not draft.identity.title:
        given = given.replace("\n标题:", "\n#", 1)  # not said by the file
    text, names = with_filled(there, given)
    return (text.encode(), names) if names and _is_sound(text, load) else (b"", [])


def _is_sound(text: str, load: Load) -> bool:
    loaded = load(Files(text.encode(), None))
    return loaded is not None and not any(finding.rule.startswith("SRC-") for finding in loaded.report.findings)


def _narrative(text: str, there: str, new: LoadedReport | None) -> bytes:
    report = new.report if new else None
    if report is None:
        return text.encode()
    return rebound(text, there, lambda key: printed(report, None, key)).encode()
