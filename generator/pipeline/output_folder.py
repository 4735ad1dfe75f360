"""Makes the output folder equal to a set of files, wholly or not at all.

Only what differs from the published files is written, beside the output. Then it takes their place (`publication`), and
the release before is kept.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import IO

from generator.finding import Message, UserError
from generator.pipeline import publication
from generator.pipeline.layout import Layout
from generator.pipeline.manifest import (
    CARRIED,
    Entry,
    Manifest,
    load_manifest,
    make_manifest,
    measure,
    relative,
    walk,
    write_manifest,
)
from generator.pipeline.plain_files import is_odd, open_plain, refusal
from generator.pipeline.record import OLD_RECORD, BuildRecord, load_record, write_record
from generator.pipeline.request import FileCounts
from generator.pipeline.stage_writer import Staged, StageWriter, read_line, staged_line
from generator.pipeline.staying import folders_of, staying


def apart(output: Path, content: Path) -> None:
    """Refuses folders of which one lies in the other, before anything is touched: replacing one would harm the
    other."""
    made, read = Path(os.path.realpath(output)), Path(os.path.realpath(content))
    if made.is_relative_to(read) or read.is_relative_to(made):
        raise UserError(
            Message(
                f"输出文件夹“{output}”和内容文件夹“{content}”不能一个在另一个里面",
                f"output “{output}” and content “{content}” may not lie one in the other",
            )
        )


class Stage:
    """Stages a whole site: `with Stage(output) as stage: stage.put(…); stage.commit(…)`.

    Leaving without commit changes nothing. `layout` names the files beside the output; `published` is the manifest of
    what stands there, None before the first build or where it cannot be read. `durable` flushes everything to the disk
    before it is published; `whole` exchanges the whole folder also for few changes. `notes` is what the user should
    know of a commit, `changed` are the paths that it wrote or removed."""

    def __init__(self, output: Path, durable: bool = True, whole: bool = False) -> None:
        self.layout = Layout(output)
        self.durable, self.whole = durable, whole
        self.notes: list[Message] = []
        self.changed: frozenset[str] = frozenset()
        self.output = self.layout.output
        self.published: Manifest | None = None
        self._claimed: set[str] = set()
        self._lines: list[str] = []
        self._written = 0

    def __enter__(self) -> Stage:
        self.output.parent.mkdir(parents=True, exist_ok=True)
        self._locked = open_plain(self.layout.lock, os.O_RDWR | os.O_CREAT)
        if not _try_lock(self._locked):
            self._locked.close()
            raise UserError(
                Message(
                    f"另一个 nianbao 正在生成“{self.output}”，请稍后再试",
                    f"another nianbao is building “{self.output}”; try again later",
                )
            )
        try:
            publication.recover(self.layout)
            self._refuse_foreign()
            self.layout.tree.mkdir(parents=True)
            self.published = load_manifest(self.layout.manifest) if self.output.exists() else None
        except BaseException:
            self._leave()
            raise
        self._writer = StageWriter(str(self.output) if self.output.exists() else "", str(self.layout.stage))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()
        if isinstance(error, OSError) and self.layout.journal.exists():
            raise UserError(
                Message(
                    f"“{self.output}”换到一半出错（{error.strerror}）：读者看到的每个文件都是完整的；"
                    "排除原因后再运行一次，会接着换完",
                    f"“{self.output}” is half renewed ({error.strerror}); every file in it is whole. Mend the cause "
                    "and run this again: it will be completed",
                )
            ) from error
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise UserError(
                Message("磁盘已满：旧栏目未动", "the disk is full; the old section stands untouched")
            ) from error

    def _leave(self) -> None:
        """Deletes what was staged, unless the next command is to complete it, and frees the lock."""
        if not self.layout.journal.exists():
            publication.discard(self.layout)
        self._locked.close()

    def writer(self) -> StageWriter:
        return self._writer

    def put(self, path: str, data: bytes) -> None:
        self._writer.put(path, data)

    def read(self, path: str) -> bytes:
        """Returns a staged file; one that is published already and equal is not written again, so it is read there."""
        staged = self.layout.tree / path
        return (staged if staged.exists() else self.output / path).read_bytes()

    def read_published(self, path: str) -> bytes:
        """Returns a file of the published section."""
        return (self.output / path).read_bytes()

    def holds(self, path: str) -> bool:
        """Tells whether a file is staged."""
        return path.lower() in self._claimed

    def claim(self, staged: Staged) -> None:
        """Registers what a writer staged; the same path twice, even if only letter case differs, is an error."""
        for line in staged.lines:
            path = line.split(" ", 3)[3]
            if path.lower() in self._claimed:
                raise UserError(Message(f"两个页面都要写“{path}”", f"two pages want the path “{path}”"))
            self._claimed.add(path.lower())
        self._lines += staged.lines
        self._written += staged.written

    def keep(self, entries: Sequence[Entry]) -> bool:
        """Stages files as they are published, without reading them. False, and nothing staged, unless each was
        published with this very hash and stands there with the time and size it had then: else draw them again."""
        lines = self.standing(entries)
        self.claim(Staged(lines, 0))
        return len(lines) == len(entries)

    def stand(self, entries: Sequence[Entry]) -> bool:
        """Tells whether files could be kept."""
        return len(self.standing(entries)) == len(entries)

    def standing(self, entries: Sequence[Entry]) -> list[str]:
        """Returns published files as lines of `Staged`; none where one of them does not stand as it was published."""
        lines = [line for line in map(self._as_published, entries) if line]
        return lines if len(lines) == len(entries) else []

    def _as_published(self, entry: Entry) -> str:
        """A published file as a line of `Staged`; "" where it is another or not as the record says."""
        mtime, published = self._published_lines.get(entry.path, (0, None))
        if published != entry:
            return ""
        try:
            status = os.lstat(f"{self.output}/{entry.path}")
        except OSError:
            return ""
        same = stat.S_ISREG(status.st_mode) and (status.st_mtime_ns, status.st_size) == (mtime, entry.size)
        return staged_line(mtime, entry) if same else ""

    @cached_property
    def _published_lines(self) -> dict[str, tuple[int, Entry]]:
        """What the last build made, by path, with the time of each file; nothing where record and manifest do not
        belong together."""
        record = load_record(self.layout.record)
        if record is None or self.published is None or record.release != self.published.release:
            return {}
        entries = {entry.path: entry for entry in self.published.entries if not entry.kind}
        lines = (line.split(" ", 2) for line in record.outputs)
        return {path: (int(mtime), entries[path]) for mtime, _, path in lines if path in entries}

    def commit(self, salt: str, inputs: Sequence[str], report: str) -> FileCounts:
        """Puts the stage in place of the output, with the record by which `still_true` recognises it."""
        self.claim(self._writer.take())
        self._claimed.clear()
        before = self._before()
        built = self._built(before)
        others = self._others(built)
        stay = {entry.path: entry for entry in staying(built, before, self.output, others)}
        manifest = make_manifest(chain(built.values(), stay.values()))
        self._lines.sort(key=_path_of)
        write_record(self.layout.new_record, BuildRecord(salt, inputs, self._lines, report, manifest.release))
        removed = sum(path not in built and path not in stay for path in before)
        remove = [path for path in others if path not in stay]
        if manifest == self.published and not self._written and not remove:
            os.replace(self.layout.new_record, self.layout.record)
        else:
            self._publish(manifest, before, remove)
        return FileCounts(self._written, len(self._lines) - self._written, removed)

    def _built(self, before: Mapping[str, Entry]) -> dict[str, Entry]:
        """What was staged, by path. Of a hundred thousand files nothing is held twice: what is as before is that very
        entry, and `_lines` become the lines of the record, `mtime_ns size path`."""
        built: dict[str, Entry] = {}
        for number, line in enumerate(self._lines):
            mtime, entry = read_line(line)
            known = before.get(entry.path)
            built[entry.path] = known if known is not None and known == entry else entry
            self._lines[number] = f"{mtime} {entry.size} {entry.path}"
        return built

    def _publish(self, manifest: Manifest, before: Mapping[str, Entry], remove: Sequence[str]) -> None:
        write_manifest(self.layout.new_manifest, manifest)
        put = [relative(item.path, self.layout.tree) for item in walk(self.layout.tree)]
        self.changed = frozenset((*put, *remove))
        whole = self.whole or self.published is None or not _few(put, remove, len(manifest.entries))
        if self.output.exists() and not (self.published and self.published.release == manifest.release):
            self._stage_previous(before, () if whole else [path for path in (*put, *remove) if path in before])
        if not whole:
            publication.publish_files(self.layout, put, remove, self.durable)
            return
        self._complete(manifest.entries)
        if not publication.publish_whole(self.layout, self.durable):
            self.notes.append(_NOT_IN_ONE_STEP)

    def _refuse_foreign(self) -> None:
        if not self.output.exists():
            return
        foreign = self.output.is_file() or any(not name.startswith(".") for name in os.listdir(self.output))
        known = (self.layout.manifest, self.layout.record, self.output / OLD_RECORD)
        if foreign and not any(path.is_file() for path in known):
            raise UserError(
                Message(
                    f"“{self.output}”里有不是 nianbao 生成的文件；请换一个空文件夹。如果是移过来的栏目，"
                    f"请把旁边的“{self.layout.beside('*').name}”一并移过来",
                    f"“{self.output}” holds files nianbao did not make; name an empty folder. If the section was moved "
                    f"here, move “{self.layout.beside('*').name}” from beside it too",
                )
            )

    def _others(self, built: Mapping[str, Entry]) -> list[str]:
        """Lists what lies in the output now besides files that are built again. Raises UserError where it holds a pipe,
        device or socket."""
        others = []
        for item in walk(self.output) if self.output.exists() else ():
            if not item.is_file(follow_symlinks=False) and is_odd(item.stat(follow_symlinks=False).st_mode):
                raise refusal(item.path)
            path = relative(item.path, self.output)
            if path not in built:
                others.append(path)
        return others

    def _before(self) -> dict[str, Entry]:
        """What the published release was built of. Without its manifest that is measured by the list in its record."""
        if self.published:
            return {entry.path: entry for entry in self.published.entries if entry.kind != CARRIED}
        record = load_record(self.layout.record) or load_record(self.output / OLD_RECORD)
        built = [line.split(" ", 2)[2] for line in record.outputs] if record else []
        there = [path for path in built if os.path.lexists(f"{self.output}/{path}")]
        return {path: Entry(path, *measure(f"{self.output}/{path}")) for path in there}

    def _complete(self, entries: Iterable[Entry]) -> None:
        """Completes the staged tree with the published files that it has in common; carried ones may be links."""
        made: set[str] = set()
        for entry in entries:
            target = f"{self.layout.tree}/{entry.path}"
            if not os.path.lexists(target):
                link_or_copy(f"{self.output}/{entry.path}", target, made)

    def _stage_previous(self, before: Mapping[str, Entry], replaced: Sequence[str]) -> None:
        """Stages the release that is being replaced: its manifest, and those of its files that are about to go. Where
        the whole folder changes places, its files follow then."""
        self.layout.new_previous.mkdir()
        manifest = self.layout.new_previous / "manifest.jsonl"
        if self.published:
            shutil.copy2(self.layout.manifest, manifest)
        else:
            write_manifest(manifest, make_manifest(before.values()))
        made: set[str] = set()
        for path in replaced:
            link_or_copy(f"{self.output}/{path}", f"{self.layout.new_previous}/site/{path}", made)


def _few(put: Sequence[str], remove: Sequence[str], files: int) -> bool:
    """Tells whether the files can be changed one by one: at most a fifth of all, and no name that is a file before and
    a folder after or differs in letter case only."""
    lower = {path.lower() for path in put}
    return (
        (len(put) + len(remove)) * 5 <= files
        and not folders_of(put).intersection(remove)
        and not folders_of(remove).intersection(put)
        and not any(path.lower() in lower for path in remove)
    )


def _path_of(line: str) -> str:
    return line.split(" ", 2)[2]


_NOT_IN_ONE_STEP = Message(
    "这个文件系统不能一步互换两个文件夹（网络盘等）：换上新栏目的一瞬间没有输出文件夹，此时的访问会落空；"
    "若恰在那时断电，栏目暂名“.…nianbao-old”，下次运行 build 时换回",
    "this file system cannot exchange two folders in one step (a network drive?): for a moment there was no output "
    "folder and requests found nothing; after a power cut at that moment the section lies in “.…nianbao-old” until the "
    "next build puts it back",
)


def link_or_copy(source: str, target: str, made: set[str]) -> None:
    """Links a file, or copies it where the file system has no links; `made` are the folders known to be there."""
    folder = target.rpartition("/")[0]
    if folder not in made:
        os.makedirs(folder, exist_ok=True)
        made.add(folder)
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _try_lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":  # pragma: no cover
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
