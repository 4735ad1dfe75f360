"""Makes the output folder equal to a set of files, all at once or not at all.

Everything is staged beside the output; a file equal to the published one is linked, so only changed files are written.
Then the two folders change places in one step, and the old one is kept as the release before.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import sys
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import IO

from generator.finding import Message, UserError
from generator.pipeline import publication
from generator.pipeline.layout import Layout
from generator.pipeline.manifest import (
    CARRIED,
    EARLIER,
    Entry,
    Manifest,
    load_manifest,
    make_manifest,
    measure,
    relative,
    walk,
)
from generator.pipeline.plain_files import is_odd, open_plain, refusal
from generator.pipeline.record import OLD_RECORD, BuildRecord, load_record
from generator.pipeline.request import FileCounts
from generator.pipeline.stage_writer import Staged, StageWriter, read_line, staged_line


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
    what stands there, None before the first build or where it cannot be read."""

    def __init__(self, output: Path) -> None:
        self.layout = Layout(output)
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
            self._locked.close()
            raise
        self._writer = StageWriter(str(self.output) if self.output.exists() else "", str(self.layout.stage))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self.layout.journal.exists():
            publication.discard(self.layout)
        self._locked.close()
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise UserError(
                Message("磁盘已满：旧栏目未动", "the disk is full; the old section stands untouched")
            ) from error

    def writer(self) -> StageWriter:
        return self._writer

    def put(self, path: str, data: bytes) -> None:
        self._writer.put(path, data)

    def read(self, path: str) -> bytes:
        """Returns a staged file; one that is published already and equal is not written again, so it is read there."""
        staged = self.layout.tree / path
        return (staged if staged.exists() else self.output / path).read_bytes()

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

    def keep(self, paths: Sequence[str]) -> bool:
        """Stages files as they are published, without reading them. False, and nothing staged, unless each stands there
        with the time and size it was published with: then they are to be drawn again."""
        lines = [line for line in map(self._as_published, paths) if line]
        if len(lines) < len(paths):
            return False
        self.claim(Staged(lines, 0))
        return True

    def _as_published(self, path: str) -> str:
        """A published file as a line of `Staged`; "" where it is not known or not as the record says."""
        if path not in self._published_lines:
            return ""
        mtime, entry = self._published_lines[path]
        try:
            status = os.lstat(f"{self.output}/{path}")
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
        lines = [read_line(line) for line in self._lines]
        built = {entry.path: entry for _, entry in lines}
        found = self._found()
        before = self._before(found)
        beside = _not_built(built, before, self.output, found)
        manifest = make_manifest((*built.values(), *beside))
        removed = len(before.keys() - built.keys() - {entry.path for entry in beside})
        outputs = [f"{mtime} {entry.size} {entry.path}" for mtime, entry in lines]
        record = BuildRecord(salt, list(inputs), outputs, report, manifest.release)
        layout = self.layout
        layout.new_record.write_bytes(record.to_bytes())
        if manifest == self.published and not self._written:
            os.replace(layout.new_record, layout.record)
        else:
            layout.new_manifest.write_bytes(manifest.to_bytes())
            self._link(manifest.entries)
            if self.output.exists() and not (self.published and self.published.release == manifest.release):
                self._prepare_previous(before)
            publication.publish(layout)
        return FileCounts(self._written, len(self._lines) - self._written, removed)

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

    def _found(self) -> list[str]:
        """Lists what lies in the output now. Raises UserError where it holds a pipe, device or socket."""
        found = []
        for item in walk(self.output) if self.output.exists() else ():
            if not item.is_file(follow_symlinks=False) and is_odd(item.stat(follow_symlinks=False).st_mode):
                raise refusal(item.path)
            found.append(relative(item.path, self.output))
        return found

    def _before(self, found: Sequence[str]) -> dict[str, Entry]:
        """What the published release was built of. Without its manifest that is measured by the list in its record."""
        if self.published:
            return {entry.path: entry for entry in self.published.entries if entry.kind != CARRIED}
        record = load_record(self.layout.record) or load_record(self.output / OLD_RECORD)
        built = {line.split(" ", 2)[2] for line in record.outputs} if record else set()
        return {path: Entry(path, *measure(f"{self.output}/{path}")) for path in built.intersection(found)}

    def _link(self, entries: Iterable[Entry]) -> None:
        """Completes the staged tree with the published files that it has in common; carried ones may be links."""
        made: set[str] = set()
        for entry in entries:
            target = f"{self.layout.tree}/{entry.path}"
            if os.path.lexists(target):
                continue
            folder = target.rpartition("/")[0]
            if folder not in made:
                os.makedirs(folder, exist_ok=True)
                made.add(folder)
            _link_or_copy(f"{self.output}/{entry.path}", target)

    def _prepare_previous(self, before: dict[str, Entry]) -> None:
        """Stages the manifest of the release that is being replaced; its files follow when they are replaced."""
        self.layout.new_previous.mkdir()
        manifest = self.published or make_manifest(before.values())
        (self.layout.new_previous / "manifest.jsonl").write_bytes(manifest.to_bytes())


# The hash in the name of an asset, which stands before its ending.
_HASH = re.compile(r"\.[0-9a-f]{8}\.(?=[a-z0-9]+$)")


def _not_built(built: dict[str, Entry], before: dict[str, Entry], output: Path, found: Sequence[str]) -> list[Entry]:
    """Finds what stays in the section besides what this build made: the assets that pages of the release before ask
    for, and what no build made (.gitignore, web.config, a file put there by hand), which belongs to the user."""
    earlier = _earlier(built, before)
    # earlier versions are recognised by name too: the record of an older program may not be readable
    hashed = {_HASH.sub(".", path) for path in built.keys() | before.keys() if _HASH.search(path)}
    stay = []
    for path in found:
        if path in earlier:
            stay.append(before[path]._replace(kind=EARLIER))
            continue
        ours = path in built or path in before or path == OLD_RECORD.as_posix()
        if not ours and not (_HASH.search(path) and _HASH.sub(".", path) in hashed):
            stay.append(Entry(path, *measure(f"{output}/{path}"), CARRIED))
    return stay


def _earlier(built: dict[str, Entry], before: dict[str, Entry]) -> set[str]:
    """Chooses the hashed assets that the release before last changed: who opened a page before still gets its style
    sheet. They stay until the assets change again."""
    assets = {path for path in built if _HASH.search(path)}
    then = {path for path, entry in before.items() if _HASH.search(path) and not entry.kind}
    if then != assets:
        return then - assets
    return {path for path, entry in before.items() if entry.kind == EARLIER}


def _link_or_copy(source: str, target: str) -> None:
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
