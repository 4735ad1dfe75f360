"""A real OpenSSH server on loopback with keys of its own, for the tests of rsync and sftp."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

CONFIGURATION = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {folder}/key.pub
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
StrictModes no
PidFile none
PermitRootLogin prohibit-password
SetEnv HOME={folder}
Subsystem sftp {sftp}
"""


class SshServer(NamedTuple):
    """Where the server listens, and the files by which one logs in."""

    folder: Path
    port: int

    @property
    def values(self) -> dict[str, str]:
        """What site.yaml says of it; the target's folder is to be added."""
        return {
            "主机": "127.0.0.1",
            "端口": str(self.port),
            "用户": getpass.getuser(),
            "密钥文件": str(self.folder / "key"),
            "已知主机": str(self.folder / "known_hosts"),
        }


@contextmanager
def running(folder: Path, sftp: str = "internal-sftp") -> Iterator[SshServer]:
    """Starts a server, and stops it in the end. Skips the test where there is none."""
    program = shutil.which("sshd", path=os.environ["PATH"] + ":/usr/sbin")
    if program is None or shutil.which("ssh-keygen") is None:
        pytest.skip("no OpenSSH server on this machine (tests/system.sh installs it)")
    for name in ("host", "key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    (folder / "config").write_text(CONFIGURATION.format(port=port, folder=folder, sftp=sftp), encoding="utf-8")
    key = " ".join((folder / "host.pub").read_text("utf-8").split()[:2])
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {key}\n", encoding="utf-8")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([program, "-D", "-e", "-f", str(folder / "config")], stderr=log)
    try:
        _wait(process, port)
        yield SshServer(folder, port)
    finally:
        process.terminate()
        process.wait(10)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, "sshd did not start"
        time.sleep(0.02)
