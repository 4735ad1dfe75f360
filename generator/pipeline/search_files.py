"""Stages the search: of each part of the index, what an edit of a few texts leaves as it was is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from generator.pipeline.organ_record import digest
from generator.pipeline.publishing import Publishing
from generator.website.listings import BuiltReports
from generator.website.search.index import Indexed, PartFiles
from generator.website.search.pages import SearchPages, Segment
from generator.website.search.patch import ChangedText, patched
from generator.website.search.report_text import text_of

_FEW = 8  # an index is brought up to date where at most one in so many of its texts changed


def draw_search(publishing: Publishing, searches: Sequence[SearchPages], built: BuiltReports, made_of: str) -> None:
    """Stages the search page in every language and the index, which they share; `made_of` is the hash of
    what all reports depend on."""
    search = searches[0]
    files, texts = list[PartFiles](), list[str]()
    hashes, before = publishing.texts(), publishing.texts_before()
    for segment in search.segments(built.hashes):
        files.append(_draw_index(publishing, search, segment, made_of, hashes, before))
        texts += [hashes[path] for _, path in segment.texts]
    version = digest(*texts)[:8]
    key = digest(made_of, version)
    if not publishing.keep("search", key):
        publishing.put("search", key, [item.page(built.hashes, files, version) for item in searches])


def _key(segment: Segment, made_of: str, hashes: Mapping[str, str]) -> str:
    return digest(made_of, repr(segment), *(hashes.get(path, "") for _, path in segment.texts))


def _draw_index(
    publishing: Publishing,
    search: SearchPages,
    segment: Segment,
    made_of: str,
    hashes: Mapping[str, str],
    before: Mapping[str, str],
) -> PartFiles:
    """Stages a part of the index: kept, brought up to date, or made of all its texts."""
    owner, key = f"search {segment.part.name}", _key(segment, made_of, hashes)
    if kept := publishing.keep(owner, key):
        return PartFiles(*kept.note[:-1])
    changed = [(number, path) for number, path in segment.texts if before.get(path) != hashes[path]]
    if len(changed) * _FEW <= len(segment.texts):
        published = publishing.published(owner, _key(segment, made_of, before))
        made = _up_to_date(publishing, changed, before, published.note) if published else None
        if made and published:
            publishing.put(owner, key, made.pages, [*made.files, made.size], published)
            return made.files
    made = search.index(segment, publishing.stage.read)
    publishing.put(owner, key, made.pages, [*made.files, made.size])
    return made.files


def _up_to_date(
    publishing: Publishing, changed: list[tuple[int, str]], before: Mapping[str, str], note: list[Any]
) -> Indexed | None:
    """Makes what changes of a published index; None where it cannot be told from the texts as they were published."""
    texts = []
    for number, path in changed:
        data = publishing.stage.read_published(path)
        if sha256(data).hexdigest() != before[path]:
            return None
        texts.append(ChangedText(number, text_of(data), text_of(publishing.stage.read(path))))
    return patched(PartFiles(*note[:-1]), note[-1], texts, publishing.stage.read_published)
