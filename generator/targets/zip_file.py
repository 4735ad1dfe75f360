"""Packs each release into one zip file, for portals that take files by hand."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from generator.finding import Message, UserError
from generator.ledger.chain import Ledger
from generator.ledger.sums import FileSum, sum_pieces
from generator.pipeline.flush import flush
from generator.pipeline.interrupts import no_return
from generator.targets.target import Advance, Plan, unchanged

TOP, README = "nianbao", "README.txt"
_NAME = re.compile(r"nianbao-(\d{6}-\d{8}T\d{6}Z-[0-9a-f]{8})\.zip")
# Web servers (nginx, Apache) know a file by its size and date: 22 that becomes 23 needs another date, or readers keep
# the page they have. So an entry bears the time of the release that brought it, never one and the same.
Date = tuple[int, int, int, int, int, int]


class ZipTarget:
    """A folder of zip files, one a release; the last one counts as published."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: zipfile.ZipFile | None = None

    def read(self, path: str, known: bytes = b"") -> bytes | None:
        archive = self._last()
        try:
            return archive.read(f"{TOP}/{path}") if archive else None
        except KeyError:
            return None

    def read_all(self, paths: Sequence[str]) -> dict[str, bytes | None]:
        return {path: self.read(path) for path in paths}

    def served(self) -> str:
        return max(self.releases(), default="")

    def paths(self) -> Iterator[str]:
        archive = self._last()
        names = archive.namelist() if archive else ()
        return iter(sorted(name.removeprefix(f"{TOP}/") for name in names if name.startswith(f"{TOP}/")))

    def sums(self, path: str) -> FileSum | None:
        archive = self._last()
        if archive is None:
            return None
        try:
            with archive.open(f"{TOP}/{path}") as file:
                return sum_pieces(iter(lambda: file.read(1 << 20), b""))
        except KeyError:
            return None
        except zipfile.BadZipFile:  # a changed byte: its own check sum already says so
            return FileSum(-1, "", "")

    def strangers(self, ledger: Ledger) -> list[str]:
        names = sorted(item.name for item in self._folder.iterdir()) if self._folder.is_dir() else []
        return [name for name in names if not name.startswith(".") and not _NAME.fullmatch(name)]

    def unfinished(self) -> bool:
        return False  # what is interrupted is not public

    def publish(self, plan: Plan, advance: Advance) -> list[Message]:
        unchanged(plan, (*plan.changed, *plan.kept))
        self._folder.mkdir(parents=True, exist_ok=True)
        draft, final = self._folder / f".{plan.release}.zip", self._file(plan.release)
        try:
            with zipfile.ZipFile(draft, "x", zipfile.ZIP_DEFLATED) as archive:
                dates = self._dates()
                now = _date(plan.release, dates.values())
                _put(archive, README, _readme(plan).encode("utf-8-sig"), now)
                kept = frozenset(plan.kept)
                for path in sorted((*plan.changed, *plan.kept)):
                    source = plan.source / path
                    data = source.read_bytes() if source.is_file() else self.read(path)
                    if data is None:
                        raise FileNotFoundError(2, "missing", str(source))
                    _put(archive, f"{TOP}/{path}", data, dates.get(path, now) if path in kept else now)
                    advance(len(data))
                for path, data in plan.added.items():
                    _put(archive, f"{TOP}/{path}", data, now)
            flush([draft])
            with no_return():
                draft.replace(final)
            flush([self._folder])
        finally:
            draft.unlink(missing_ok=True)
        return [Message(f"请把 {final} 交给门户运维方", f"hand {final} to those who run the portal")]

    def read_kept(self, release: str, path: str) -> bytes | None:
        """Nothing: packages are not opened again."""
        return None

    def releases(self) -> list[str]:
        names = (item.name for item in self._folder.iterdir()) if self._folder.is_dir() else ()
        return sorted(found[1] for found in map(_NAME.fullmatch, names) if found)

    def rollback(self, release: str, carried: Sequence[str], added: Mapping[str, bytes]) -> list[Message]:
        raise UserError(
            Message(
                "上传包由门户运维方解开，这里换不了；请把要恢复的那个 zip 再交给他们",
                "zip files are unpacked by those who run the portal; hand them the zip to go back to",
            )
        )

    def close(self) -> None:
        if self._opened:
            self._opened.close()
            self._opened = None

    def _last(self) -> zipfile.ZipFile | None:
        """Opens the last zip, once for all files: its directory lists every one of them."""
        served = self.served()
        name = str(self._file(served)) if served else None
        if self._opened and self._opened.filename != name:
            self.close()
        if name and not self._opened:
            self._opened = zipfile.ZipFile(name)
        return self._opened

    def _dates(self) -> dict[str, Date]:
        """Returns the dates in the last zip, by path."""
        archive = self._last()
        return (
            {entry.filename.removeprefix(f"{TOP}/"): entry.date_time for entry in archive.infolist()} if archive else {}
        )

    def _file(self, release: str) -> Path:
        return self._folder / f"nianbao-{release}.zip"


def _date(release: str, before: Iterable[Date]) -> Date:
    """Returns the time that a release's name tells, in UTC, later than every date before whatever the clock said. Zip
    knows even seconds only."""
    _, time, _ = release.split("-")
    told = datetime.strptime(time, "%Y%m%dT%H%M%SZ")
    newest = max(before, default=None)
    now = told if newest is None else max(told, datetime(*newest) + timedelta(seconds=2))
    return now.year, now.month, now.day, now.hour, now.minute, now.second // 2 * 2


def _put(archive: zipfile.ZipFile, name: str, data: bytes, date: Date) -> None:
    entry = zipfile.ZipInfo(name, date)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system, entry.external_attr = 0, 0  # as Windows writes it; unzip then gives every file the usual mode
    archive.writestr(entry, data)


def _readme(plan: Plan) -> str:
    """Says in plain words what the portal's people should do. Lines end as Notepad expects."""
    lines = (
        f"政府信息公开年报栏目，版本 {plan.release}",
        "",
        f"1. 把文件夹 {TOP} 里的全部文件（含子文件夹）上传到栏目所在的目录，覆盖同名文件。",
        "2. 先传其他文件，最后传 .html 网页，访客就不会看到缺样式的页面。",
        "3. 传完后删去下面“已取消的文件”列出的文件（没有列出就不用删）。",
        "4. 核对：在上传后的目录里运行 sha256sum -c SHA256SUMS（Linux），每一行都应是 OK；",
        "   或请报送单位运行 nianbao verify 栏目网址。",
        "5. 不要改动任何文件；有错请报送单位改正后重新打包。",
        "",
        f"Release {plan.release}. Upload everything in the folder {TOP} to the section's folder, pages (.html) last,",
        "then delete the files listed below. Check with: sha256sum -c SHA256SUMS",
        "",
        "已取消的文件 Files to delete:",
        *(plan.gone or ("（无 none）",)),
        "",
    )
    return "\r\n".join(lines)
