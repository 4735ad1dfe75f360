"""Says what a server answered over ssh in sentences that help, and what both ways of using ssh share."""

from __future__ import annotations

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


def denied(account: Account) -> UserError:
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
