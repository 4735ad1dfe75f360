"""Makes the output folder equal to a set of files, wholly or not at all.

Only what differs from the published files is written, beside the output. Then it takes their place (`journal`), and
the release before is kept.
"""

from __future__ import annotations

import errno
import filecmp
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import TracebackType

from generator.collection.file_lock import try_lock
from generator.collection.system_errors import cause
from generator.finding import NIANBAO, Message, UserError
from generator.pipeline import journal
from generator.pipeline.build_record import OLD_RECORD, BuildRecord, load_record, write_record
from generator.pipeline.carried_files import refuse_in_the_way, staying
from generator.pipeline.file_lines import Lines, StagedLines
from generator.pipeline.layout import Layout
from generator.pipeline.manifest import (
    CARRIED,
    Entry,
    ManifestFile,
    make_manifest,
    measure,
    open_manifest,
    relative,
    walk,
    walk_by_path,
    write_manifest,
)
from generator.pipeline.many_files import folders_of
from generator.pipeline.plain_files import is_free_or_plain, is_odd, no_records, open_plain, refusal, refuse_misplaced
from generator.pipeline.published_files import PublishedFiles, RenewedFiles, open_published
from generator.pipeline.release_files import ReleaseFiles, put_together
from generator.pipeline.request import FileCounts
from generator.pipeline.stage_writer import Staged, StageWriter, path_of, staged_line
from generator.pipeline.staged_files import StagedFiles, claimed_twice


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


class Stage(StagedFiles):
    """Stages a whole site: `with Stage(output) as stage: stage.put(…); stage.commit(…)`.

    Leaving without commit changes nothing. `layout` names the files beside the output; `published` is the manifest of
    what stands there, None before the first build or where it cannot be read. `durable` flushes everything to the disk
    before it is published; `whole` exchanges the whole folder also for few changes. `notes` is what the user should
    know of a commit. `went_back` tells that entering completed the way back to the release before, on which another
    command had died."""

    def __init__(self, output: Path, durable: bool = True, whole: bool = False) -> None:
        self.layout = Layout(output)
        super().__init__(self.layout.output)
        self.durable, self.whole = durable, whole
        self.notes: list[Message] = []
        self.published: ManifestFile | None = None
        self._staged, self._dropped = StagedLines(), set[str]()
        self._staying: PublishedFiles | None = None
        self.went_back = False

    def __enter__(self) -> Stage:
        self.output.parent.mkdir(parents=True, exist_ok=True)
        self._refuse_misplaced()
        self._locked = open_plain(self.layout.lock, os.O_RDWR | os.O_CREAT)
        if not try_lock(self._locked):
            self._locked.close()
            raise UserError(
                Message(
                    f"另一个 nianbao 正在生成或发布“{self.output}”，请稍后再试",
                    f"another nianbao is building or publishing “{self.output}”; try again later",
                )
            )
        try:
            self.went_back = journal.recover(self.layout)
            self._refuse_foreign()
            self.layout.tree.mkdir(parents=True)
            self.published = open_manifest(self.layout.manifest) if self.output.exists() else None
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
                    f"“{self.output}”换到一半出错（{cause(error).zh}）：读者看到的每个文件都是完整的；"
                    "排除原因后再运行一次，会接着换完",
                    f"“{self.output}” is half renewed ({cause(error).en}); every file in it is whole. Mend the cause "
                    "and run this again: it will be completed",
                )
            ) from error
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise UserError(
                Message("磁盘已满：旧栏目未动", "the disk is full; the old section stands untouched")
            ) from error

    def _leave(self) -> None:
        """Deletes what was staged, unless the next command is to complete it, and frees the lock."""
        self._let_go()
        if not self.layout.journal.exists():
            journal.discard(self.layout)
        self._locked.close()

    def believe(self, release: str) -> None:
        self._believed = bool(release) and self.published is not None and self.published.release == release

    def _recorded(self, path: str, line: str) -> bool:
        return self._published_lines.get(path) == line

    @cached_property
    def _published_lines(self) -> dict[str, str]:
        """What the last build made, by path, as lines of `Staged`; nothing where record and manifest do not belong
        together."""
        record = load_record(self.layout.record)
        if record is None or self.published is None or record.release != self.published.release:
            return {}
        entries = {entry.path: entry for entry in self.published.entries() if not entry.kind}
        lines = (line.split(" ", 2) for line in record.outputs)
        return {path: staged_line(int(mtime), entries[path]) for mtime, _, path in lines if path in entries}

    def claim(self, staged: Staged) -> None:
        clash = self._staged.add(staged.lines)
        if clash:
            raise claimed_twice(clash)
        self._written += staged.written

    def holds(self, path: str) -> bool:
        if self._staged.holds(path):
            return True
        return self._staying is not None and self._staying.holds(path, self._dropped)

    def go_on(self) -> frozenset[str] | None:
        if self._believed and self.published is not None:
            self._staying = open_published(self.layout, self.published)
        return self._staying.now.stale if self._staying else None

    def keep(self, lines: Sequence[str]) -> bool:
        return self.stand(lines) if self._staying else super().keep(lines)

    def stand(self, lines: Sequence[str]) -> bool:
        if self._staying:
            return self._staying.now.stale.isdisjoint(map(path_of, lines))
        return super().stand(lines)

    def drop(self, lines: Iterable[str]) -> None:
        if self._staying:
            self._dropped.update(map(path_of, lines))

    def commit(self, salt: str, inputs: Lines, report: str, started: int = 0, back: bool = False) -> FileCounts:
        """Puts the stage in place of the output, with the record by which `still_true` recognises it; `started` is when
        the build began. `back` notes that this returns to the release before."""
        self.claim(self._writer.take())
        put = self._few_put()
        files = self._put_together(put)
        stay = staying(files.assets, files.gone, self.output, files.others)
        refuse_in_the_way(stay, files.paths(), self.output)
        files.write_manifest(self.layout.new_manifest, stay)
        write_record(self.layout.new_record, BuildRecord(salt, inputs, files.outputs, report, files.release, started))
        remaining = {entry.path for entry in stay}
        remove = [path for path in files.others if path not in remaining]
        if not self._written and not remove and self._is_published(self.layout.new_manifest):
            self._let_go()
            os.replace(self.layout.new_record, self.layout.record)
        else:
            self._publish(files, put, remaining, remove, back)
        self.released = files.release
        removed = sum(path not in remaining for path in files.gone)
        return FileCounts(self._written, len(files.outputs) - self._written, removed)

    def _put_together(self, put: list[str] | None) -> ReleaseFiles | RenewedFiles:
        """Puts together what was staged and what stays; `put` are the files that were written, if they are few."""
        if self._staying and put is not None and len(self._dropped) * _PART <= len(self._staying):
            return self._staying.renewed(self._dropped, self._staged, put)
        if self._staying:
            self.claim(Staged(list(self._staying.remaining(self._dropped)), 0))
        return put_together(self._staged, self._before(), self._lying(), frozenset(put or ()))

    def _few_put(self) -> list[str] | None:
        """Lists the files that were written, where few enough may have been to be put in place one by one."""
        if self.whole or self.published is None or self._written * _PART > 2 * self.published.files:
            return None
        return [relative(item.path, self.layout.tree) for item in walk(self.layout.tree)]

    def _is_published(self, manifest: Path) -> bool:
        """Tells whether a new manifest is that of what is published."""
        return self.published is not None and filecmp.cmp(manifest, self.published.file, shallow=False)

    def _publish(
        self,
        files: ReleaseFiles | RenewedFiles,
        put: list[str] | None,
        stay: Collection[str],
        remove: Sequence[str],
        back: bool,
    ) -> None:
        few = put is not None and _few(put, remove, len(files.outputs) + len(stay))
        if self.output.exists() and not (self.published and self.published.release == files.release):
            self._stage_previous((*files.replaced, *(path for path in remove if path in files.gone)) if few else ())
        if few and put is not None:
            self._let_go()
            journal.publish_files(self.layout, put, remove, self.durable, back)
            return
        self._complete(files, stay)
        self._let_go()
        if not journal.publish_whole(self.layout, self.durable, back):
            self.notes.append(_NOT_IN_ONE_STEP)

    def _refuse_misplaced(self) -> None:
        """Refuses what stands under one of our names beside the output and is of another kind, before anything is
        touched: found out half-way, it would leave a section half renewed, or a pipe would be waited for."""
        layout = self.layout
        for path in (layout.lock, layout.manifest, layout.record, layout.journal):
            refuse_misplaced(path, folder=False)
        for path in (layout.stage, layout.previous, layout.old):
            refuse_misplaced(path, folder=True)
        if not is_free_or_plain(layout.records):
            self.notes.append(no_records(layout.records))

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

    def _lying(self) -> Iterator[str]:
        """Lists what lies in the output now, by path. Raises UserError where it holds a pipe, device or socket."""
        for path, item in walk_by_path(str(self.output)) if self.output.exists() else ():
            if not item.is_file(follow_symlinks=False) and is_odd(item.stat(follow_symlinks=False).st_mode):
                raise refusal(item.path)
            yield path

    def _before(self) -> Iterable[Entry]:
        """What the published release was built of, by path. Without its manifest that is measured by the list in its
        record."""
        if self.published:
            return (entry for entry in self.published.entries() if entry.kind != CARRIED)
        return self._measured

    @cached_property
    def _measured(self) -> list[Entry]:
        record = load_record(self.layout.record) or load_record(self.output / OLD_RECORD)
        built = sorted(line.split(" ", 2)[2] for line in record.outputs) if record else []
        there = [path for path in built if os.path.lexists(f"{self.output}/{path}")]
        return [Entry(path, *measure(f"{self.output}/{path}")) for path in there]

    def _let_go(self) -> None:
        """Closes record and manifest, whose places others are about to take."""
        if self._staying:
            self._staying.close()

    def _complete(self, files: ReleaseFiles | RenewedFiles, stay: Iterable[str]) -> None:
        """Completes the staged tree with the published files that it has in common; carried ones may be links."""
        made: set[str] = set()
        for path in chain(files.paths(), stay):
            target = f"{self.layout.tree}/{path}"
            if not os.path.lexists(target):
                link_or_copy(f"{self.output}/{path}", target, made)

    def _stage_previous(self, replaced: Sequence[str]) -> None:
        """Stages the release that is being replaced: its manifest, and those of its files that are about to go. Where
        the whole folder changes places, its files follow then."""
        self.layout.new_previous.mkdir()
        manifest = self.layout.new_previous / "manifest.jsonl"
        if self.published:
            shutil.copy2(self.layout.manifest, manifest)
        else:
            write_manifest(manifest, make_manifest(self._measured))
        made: set[str] = set()
        for path in replaced:
            link_or_copy(f"{self.output}/{path}", f"{self.layout.new_previous}/site/{path}", made)


_PART = 5  # files are changed one by one up to one in so many


def _few(put: Sequence[str], remove: Sequence[str], files: int) -> bool:
    """Tells whether the files can be changed one by one: at most a fifth of all, and no name that is a file before and
    a folder after or differs in letter case only."""
    lower = {path.lower() for path in put}
    return (
        (len(put) + len(remove)) * _PART <= files
        and not folders_of(put).intersection(remove)
        and not folders_of(remove).intersection(put)
        and not any(path.lower() in lower for path in remove)
    )


_NOT_IN_ONE_STEP = Message(
    "这个文件系统不能一步互换两个文件夹（网络盘等）：换上新栏目的一瞬间没有输出文件夹，此时的访问会落空；"
    f"若恰在那时断电，栏目暂名“.…nianbao-old”，下次运行 {NIANBAO} build 时换回",
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
