"""A folder of a server that is reached by the system's rsync and ssh; the server needs a shell and rsync.

A release is put together on the server (see `release`), then rsync brings what is missing. `--link-dest` alone is not
relied on: given a folder that does not exist it succeeds and copies everything."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from generator.finding import Message, UserError
from generator.ledger.sums import ADDED, UNKNOWN, FileSum, Stamp, sum_file
from generator.targets.disk import Fitting
from generator.targets.pointer import CURRENT
from generator.targets.server_tools import (
    FIND,
    HASH,
    SYNC_FOLDER,
    flushing,
    folders_of,
    hashes,
    holds,
    linking,
    sorted_out,
    stamps,
    zero,
)
from generator.targets.ssh import Account, denied, lost, only_sftp, refused, unknown_host
from generator.targets.target import Advance, changed_meanwhile

# Exit codes of our scripts.
_MISSING, _NOT_LINK, _OVERTAKEN, _TWO_STEPS, _SAME = 44, 45, 46, 47, 48
_BRING = ("-rt", "--ignore-times", "--chmod=D755,F644", "--from0", "--files-from=-")
_LIST = "find . ! -type d -print0"
_LOCK = ".nianbao-lock.d"
_FUTURE_LOOKS = 15  # one a second
_WAIT_SECONDS = 90  # a lock left by a publisher who died counts for a minute, by the server's clock


class RsyncDisk:
    """Runs small shell scripts on the server, all over one connection where ssh can share it."""

    def __init__(self, account: Account, draft: str) -> None:
        for program in ("ssh", "rsync"):
            if shutil.which(program) is None:
                raise UserError(
                    Message(
                        f"这台电脑上没有 {program}：请安装，或改用方式 sftp", f"{program} is not installed; use sftp"
                    )
                )
        self._account, self._draft = account, draft
        self._scratch = tempfile.TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True)
        self._mirror: Path | None = None

    def read(self, path: str, known: bytes = b"") -> bytes | None:
        same = f"{holds(_q(path), known)} && exit {_SAME}; " if known else ""
        done = self._shell(f"[ -f {_q(path)} ] || exit {_MISSING}; {same}cat {_q(path)}", ok=(0, _MISSING, _SAME))
        return known if done.returncode == _SAME else done.stdout if done.returncode == 0 else None

    def read_all(self, folder: str, paths: Sequence[str]) -> dict[str, bytes | None]:
        with tempfile.TemporaryDirectory(dir=self._scratch.name) as into:
            words = ("-r", "--ignore-missing-args", "--from0", "--files-from=-")
            self._rsync(*words, f"{self._remote(folder)}/", f"{into}/", data=zero(paths))
            places = {path: Path(into) / path for path in paths}
            return {path: place.read_bytes() if place.is_file() else None for path, place in places.items()}

    def names(self, folder: str) -> list[str]:
        listed = self._shell(f"[ -d {_q(folder)} ] || exit 0; ls -1A {_q(folder)}").stdout
        return sorted(listed.decode("utf-8", "surrogateescape").splitlines())

    def walk(self, folder: str) -> Iterator[str]:
        return iter(sorted(self._files(folder)))

    def sums(self, path: str) -> FileSum | None:
        """Sums the bytes themselves: they are fetched once, all files together."""
        if self._mirror is None:
            self._mirror = Path(self._scratch.name) / "mirror"
            self._rsync("-rt", f"{self._remote(CURRENT)}/", f"{self._mirror}/")
        place = self._mirror / path.removeprefix(f"{CURRENT}/")
        return sum_file(place) if place.is_file() else None

    def pointer(self) -> str:
        script = f"[ -e {CURRENT} ] || [ -L {CURRENT} ] || exit {_MISSING}; [ -L {CURRENT} ] || exit {_NOT_LINK}; "
        done = self._shell(f"{script}readlink {CURRENT}", ok=(0, _MISSING, _NOT_LINK))
        if done.returncode == _NOT_LINK:
            raise UserError(
                Message(
                    "服务器上的 current 不是 nianbao 的指针（不是符号链接）：请移走它，或换一个空文件夹",
                    "current on the server is not nianbao's pointer (no symbolic link): move it away or name an empty "
                    "folder",
                )
            )
        return done.stdout.decode().strip().rstrip("/")

    def listing(self, folder: str, only: Sequence[str] | None = None) -> dict[str, Stamp]:
        """By GNU find; elsewhere only the names are known."""
        if not folder:
            return {}
        done = self._shell(f"cd {_q(folder)} || exit 1; {FIND} || exit {_MISSING}", ok=(0, _MISSING))
        if done.returncode:
            return dict.fromkeys(self._files(folder), UNKNOWN)
        return stamps(done.stdout)

    def others(self, folder: str, known: Collection[str]) -> list[str]:
        return [path for path in self.walk(folder) if path not in known]

    def fit(
        self, folder: str, held: Collection[str], wanted: Sequence[str], lines: Mapping[str, str], turn: int = 0
    ) -> Fitting:
        there = self.listing(folder)
        fitting, left = sorted_out(there, wanted, lines)
        return fitting, [path for path in left if path not in ADDED or there[path].size < 0]  # see `write_all`

    def hashes(self, folder: str, paths: Sequence[str]) -> dict[str, str]:
        done = self._shell(f"cd {_q(folder)} && {HASH} || exit {_MISSING}", zero(paths), ok=(0, _MISSING))
        return hashes(done.stdout)

    def begin(self, folder: str) -> None:
        self._shell(f"rm -rf {_q(folder)}; mkdir -p {_q(folder)}")

    def link_all(self, old: str, new: str, paths: Sequence[str]) -> None:
        """Where links cannot be made at once, rsync makes them one by one, and copies where there are none."""
        if not paths:
            return
        source, draft = _q(old), _q(new)
        if self._shell(f"{linking(source, draft)} || exit {_MISSING}", ok=(0, _MISSING)).returncode == 0:
            self.delete(new, sorted({*self._files(new)} - {*paths}))
            return
        words = f'-rt --from0 --files-from=- --link-dest="$PWD"/{source} {source}/ {draft}/'
        self._shell(f"[ -d {source} ] && rsync {words}", zero(paths))

    def bring(self, source: Path, folder: str, paths: Sequence[str], advance: Advance) -> None:
        if not paths:
            return
        self._rsync(*_BRING, f"{source}/", f"{self._remote(folder)}/", data=zero(paths))
        advance(sum((source / path).stat().st_size for path in paths))

    def delete(self, folder: str, paths: Sequence[str]) -> None:
        if paths:
            self._shell(f"cd {_q(folder)} && xargs -0 rm -f --", zero(paths))
            empty = "xargs -0 rmdir -- 2>/dev/null; true"
            self._shell(f"cd {_q(folder)} && {empty}", zero(folders_of(paths)))

    def withdraw(self, folder: str, hidden: str) -> bool:
        check = f'[ "$(readlink {CURRENT})" != {shlex.quote(folder)} ] && [ -d {_q(folder)} ] || exit {_MISSING}'
        script = f"{self._locked()}\n{check}; mv {_q(folder)} {_q(hidden)}"
        return self._shell(script, ok=(0, _MISSING)).returncode == 0

    def link(self, old: str, new: str) -> None:
        parent = _q(new.rpartition("/")[0])
        self._shell(
            f"mkdir -p {parent} && {{ [ -e {_q(new)} ] || ln {_q(old)} {_q(new)} || cp -p {_q(old)} {_q(new)}; }}"
        )

    def write_all(self, folder: str, files: Mapping[str, bytes]) -> None:
        """The ledger and the lists grow with the section, and hardly change: where the folder has earlier ones, rsync
        brings what differs in them."""
        with tempfile.TemporaryDirectory(dir=self._scratch.name) as made:
            for path, data in files.items():
                (Path(made) / path).write_bytes(data)
            self._rsync(*_BRING, f"{made}/", f"{self._remote(folder)}/", data=zero([*files]))
        if unwritten := [path for path in ADDED if path not in files]:
            self._shell(f"cd {_q(folder)} && rm -f {' '.join(unwritten)}")

    def flush(self, folder: str, paths: Sequence[str]) -> bool:
        script, data = flushing(paths)
        return self._shell(f"cd {_q(folder)} && {script} || exit {_MISSING}", data, ok=(0, _MISSING)).returncode == 0

    def remove(self, folder: str) -> None:
        self._shell(f"rm -rf -- {_q(folder)}")

    def switch(self, draft: str, new: str, before: str) -> bool:
        """One script, so that a connection that breaks does not leave the lock. GNU and BusyBox have `mv -T`, which
        renames over a link to a folder instead of moving into the folder."""
        link = _q(f".{CURRENT}.{self._draft.strip('.')}")
        done = f"{{ trap - EXIT; rmdir {_LOCK}; {SYNC_FOLDER}; exit"
        move = f"rm -rf {_q(new)} && mv {_q(draft)} {_q(new)} || exit 1" if draft else ":"
        script = "\n".join(
            (
                self._locked(),
                f'if [ "$(readlink {CURRENT})" != {shlex.quote(before)} ] || [ ! -d {_q(draft or new)} ]',
                f"then {f'rm -rf {_q(draft)}' if draft else ':'}; exit {_OVERTAKEN}; fi",
                move,
                f"rm -f {link}; ln -s {_q(new)} {link} && mv -fT {link} {CURRENT} 2>/dev/null && {done} 0; }}",
                f"rm -f {link}; ln -sfn {_q(new)} {CURRENT} && {done} {_TWO_STEPS}; }}; exit 1",
            )
        )
        code = self._shell(script, ok=(0, _OVERTAKEN, _TWO_STEPS)).returncode
        if code == _OVERTAKEN:
            raise changed_meanwhile()
        return code == 0

    def draft(self) -> str:
        return self._draft

    def close(self) -> None:
        if os.name == "posix":
            subprocess.run([*self._ssh(), "-O", "exit", self._account.place], capture_output=True, check=False)
        self._scratch.cleanup()

    # ---------------------------------------------------------------- the server

    def _locked(self) -> str:
        """The beginning of a script that only one publisher runs at a time."""
        stale = f'[ -n "$(find {_LOCK} -maxdepth 0 -mmin +0.9 2>/dev/null)" ] && rmdir {_LOCK} 2>/dev/null'
        # one of the future, from before the server's clock was put back: newer, again and again, than what is made now
        probe = _q(f".clock{self._draft}")
        newer = f': > {probe}; [ -n "$(find {_LOCK} -maxdepth 0 -newer {probe} 2>/dev/null)" ] && f=$((f+1)) || f=0'
        future = f"{newer}; rm -f {probe}; [ $f -lt {_FUTURE_LOOKS} ] || rmdir {_LOCK} 2>/dev/null"
        # nobody holds it, and it cannot be made: read-only, full …; the last try says why
        cannot = f"[ -d {_LOCK} ] || {{ m=$((m+1)); [ $m -lt 3 ] || {{ mkdir {_LOCK} && break; exit 1; }}; }}"
        wait = f"{stale}; {future}; {cannot}; n=$((n+1)); [ $n -gt {_WAIT_SECONDS} ] && exit 1; sleep 1"
        return f"n=0; m=0; f=0; until mkdir {_LOCK} 2>/dev/null; do {wait}; done\ntrap 'rmdir {_LOCK}' EXIT"

    def _files(self, folder: str) -> list[str]:
        return _names(self._shell(f"cd {_q(folder)} && {_LIST}").stdout)

    def _remote(self, folder: str) -> str:
        return f"{self._account.place}:{self._account.folder}/{folder}"

    def _ssh(self) -> list[str]:
        account = self._account
        words = ["ssh", "-p", str(account.port), "-o", "StrictHostKeyChecking=yes", "-o", "ConnectTimeout=20"]
        words += ["-o", "ServerAliveInterval=15"]
        if account.key:
            words += ["-i", str(account.key), "-o", "IdentitiesOnly=yes"]
        if account.known_hosts:
            words += ["-o", f"UserKnownHostsFile={account.known_hosts}"]
        if os.name == "posix":  # one login for everything
            words += [
                "-o",
                "ControlMaster=auto",
                "-o",
                f"ControlPath={self._scratch.name}/ssh",
                "-o",
                "ControlPersist=60",
            ]
        if not os.isatty(0):
            words += ["-o", "BatchMode=yes"]
        return words

    def _shell(self, script: str, data: bytes = b"", ok: Sequence[int] = (0,)) -> subprocess.CompletedProcess[bytes]:
        """Runs a script in the target's folder, which is made when it is not there."""
        folder = _q(self._account.folder)
        command = f"LC_ALL=C; export LC_ALL; umask 022; mkdir -p {folder} && cd {folder} || exit 1; {script}"
        done = subprocess.run(
            [*self._ssh(), self._account.place, command], input=data, capture_output=True, check=False
        )
        if done.returncode not in ok:
            raise self._failure(done.returncode, done.stderr, self._account.folder)
        return done

    def _rsync(self, *words: str, data: bytes = b"") -> None:
        command = ["rsync", "-e", shlex.join(self._ssh()), *words]
        done = subprocess.run(command, input=data, capture_output=True, check=False)
        if done.returncode:
            raise self._failure(
                255 if done.returncode in (10, 12, 30, 35, 255) else done.returncode, done.stderr, "rsync"
            )

    def _failure(self, code: int, stderr: bytes, what: str) -> UserError:
        said = stderr.decode("utf-8", "replace").strip()
        last = said.splitlines()[-1][:200] if said else f"exit {code}"
        if not said and code == 1:  # where SFTP alone is allowed, it is run instead, and does not understand the script
            return only_sftp(self._account)
        if "Host key verification failed" in said or "REMOTE HOST IDENTIFICATION" in said:
            return unknown_host(self._account)
        if "Permission denied (" in said:
            return denied(self._account)
        if code == 255:
            return lost(self._account, last)
        return refused(self._account, what, last)


def _names(listed: bytes) -> list[str]:
    return [os.fsdecode(path).removeprefix("./") for path in listed.split(b"\0") if path]


def _q(path: str) -> str:
    """A path for the server's shell; one that begins with a hyphen is no option."""
    return shlex.quote(f"./{path}" if path.startswith("-") else path or ".")
