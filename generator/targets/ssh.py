"""Says what a server answered over ssh in sentences that help, and what both ways of using ssh share."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple

from generator.collection.destinations import Destination
from generator.finding import Message, UserError
from generator.targets.target import Unreachable


class Account(NamedTuple):
    """Where to log in: `key` and `known_hosts` are files, None for the usual ones; `folder` is the target's."""

    host: str
    port: int
    user: str
    folder: str
    key: Path | None
    known_hosts: Path | None

    @property
    def place(self) -> str:
        return f"{self.user}@{self.host}" if self.user else self.host


def account_of(destination: Destination, base: Path) -> Account:
    """Reads a destination; files are relative to `base`, `~` is the home folder."""

    def file(key: str) -> Path | None:
        typed = destination.text(key)
        return base / Path(typed).expanduser() if typed else None

    return Account(
        destination.text("主机"),
        destination.number("端口", 22),
        destination.text("用户"),
        destination.text("目录").rstrip("/") or "/",
        file("密钥文件"),
        file("已知主机"),
    )


def unknown_host(account: Account) -> UserError:
    """The server's key is not recorded, or not the one recorded: nothing is sent to it."""
    where = account.known_hosts or "~/.ssh/known_hosts"
    command = f"ssh-keyscan -p {account.port} {account.host} >> {where}"
    return UserError(
        Message(
            f"不认识服务器 {account.host} 的主机密钥（或与登记的不同），没有连接。请先向机房问明指纹；登记：{command}，"
            f"再用 ssh-keygen -lf {where} 对照指纹",
            f"the host key of {account.host} is not known, or not the one recorded: not connected. Ask for its "
            f"fingerprint first; to record it: {command}, then compare with ssh-keygen -lf {where}",
        )
    )


def key_fault(key: Path) -> Message | None:
    """Says why a private key is of no use by itself, as far as ssh-keygen tells; None where it is."""
    if not key.is_file():
        return Message("没有这个文件", "there is no such file")
    command = ["ssh-keygen", "-y", "-P", "", "-f", str(key)]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    except OSError:  # no OpenSSH here
        return None
    if done.returncode == 0:
        return None
    if "permissions" in done.stderr:
        return Message(f"别人也能读它，ssh 不用这样的密钥：chmod 600 {key}", f"others may read it: chmod 600 {key}")
    if "passphrase" in done.stderr:
        return Message(f"它有口令：先运行 ssh-add {key}", f"it has a passphrase: run ssh-add {key} first")
    return Message("它不是 ssh 的私钥", "it is no private key of ssh")


def useless_key(account: Account, why: Message) -> UserError:
    return UserError(
        Message(
            f"登录服务器 {account.host} 的密钥文件“{account.key}”用不了：{why.zh}",
            f"the key file “{account.key}”, by which to log in to {account.host}, is of no use: {why.en}",
        )
    )


def denied(account: Account) -> UserError:
    why = key_fault(account.key) if account.key else None
    if why is not None:
        return useless_key(account, why)
    return UserError(
        Message(
            f"服务器 {account.host} 不让用户“{account.user}”登录：请用 ssh-agent，或在 site.yaml 写“密钥文件”",
            f"{account.host} refused the login of “{account.user}”: use ssh-agent, or name 密钥文件 in site.yaml",
        )
    )


def lost(account: Account, reason: str) -> UserError:
    return Unreachable(
        Message(
            f"与服务器 {account.host} 的连接不通或断了（{reason}）：正在公开的版本没有动，请再发布一次",
            f"no connection to {account.host}, or it broke ({reason}): what is public was not touched; publish again",
        )
    )


def only_sftp(account: Account) -> UserError:
    return UserError(
        Message(
            f"服务器 {account.host} 没有运行命令（大概只许 SFTP）：请在 site.yaml 改用方式 sftp；正在公开的没有动",
            f"{account.host} ran no command (perhaps it allows SFTP only): use 方式 sftp in site.yaml; what is public "
            "was not touched",
        )
    )


def not_writable(account: Account, folder: str) -> UserError:
    return UserError(
        Message(
            f"服务器 {account.host} 上的文件夹“{folder}”，用户“{account.user}”没有写权限：请机房把它交给这个用户，或在 "
            "site.yaml 换一个目录；正在公开的版本没有动",
            f"“{account.user}” may not write to the folder “{folder}” of {account.host}: have it handed over to that "
            "user, or name another 目录 in site.yaml; what is public was not touched",
        )
    )


def refused(account: Account, what: str, reason: str) -> UserError:
    return UserError(
        Message(
            f"服务器 {account.host} 办不到（{what}）：{reason}；正在公开的版本没有动。"
            "常见原因：目录没有写权限、磁盘已满",
            f"{account.host} cannot do it ({what}): {reason}; what is public was not touched. Usual reasons: no write "
            "permission, disk full",
        )
    )
