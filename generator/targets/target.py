"""Says what every target can do, whatever the way there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, Protocol

from generator.collection.system_errors import sentence
from generator.finding import NIANBAO, Message, UserError
from generator.ledger.chain import Ledger
from generator.ledger.sums import FileSum
from generator.pipeline.many_files import all_stand, looking_below

# Called with the bytes that were brought over since the last call.
Advance = Callable[[int], None]


class Plan(NamedTuple):
    """What a publication brings about.

    `changed` are brought from the folder `source`; `kept` are public already, as they are; `gone` were public and will
    not be; `added` are the ledger and the lists of sums. `before` is the release that is public now, "" where none
    is. `files` sums all of `changed` and `kept`, `lines` describe the files in `source` as the record of a build does,
    `mtime_ns size path`, and `history` tells what an earlier release held, as far as the ledger knows."""

    release: str
    source: Path
    changed: Sequence[str]
    kept: Sequence[str]
    gone: Sequence[str]
    added: Mapping[str, bytes]
    before: str
    files: Mapping[str, FileSum] = MappingProxyType({})
    lines: Mapping[str, str] = MappingProxyType({})
    history: Callable[[str], Mapping[str, FileSum]] = lambda _: {}
    turn: int = 0


def unchanged(plan: Plan, paths: Iterable[str]) -> None:
    """Looks at files of the built section before they are brought over: of a large one not all were. Raises UserError
    for one that is not as its line says, for it would be published under the sums of another."""
    with looking_below(plan.source) as look:
        for path in paths:
            try:
                stands = path not in plan.lines or all_stand(look, (plan.lines[path],))
            except (FileNotFoundError, NotADirectoryError):
                stands = False
            if not stands:
                raise _edited(path)


def _edited(path: str) -> UserError:
    return UserError(
        Message(
            f"栏目里的“{path}”在生成之后被人改动或删去，什么也没有发布：请再运行 {NIANBAO} build，再发布",
            f"“{path}” in the section was changed or deleted after it was built, nothing was published: "
            f"run {NIANBAO} build again, then publish",
        )
    )


class Target(Protocol):
    """A place the section is published to. Methods raise UserError, or OSError that names the file."""

    def read(self, path: str, known: bytes = b"") -> bytes | None:
        """Reads a file that is public now; None where there is none. `known` is what it held when last seen: a server
        that says it is the same by its SHA-256 need not send it."""

    def read_all(self, paths: Sequence[str]) -> dict[str, bytes | None]:
        """Reads many public files at once, by path."""

    def served(self) -> str:
        """The release that is public now, as the target itself says; "" where none is or it cannot tell."""

    def paths(self) -> Iterator[str]:
        """Lists every file that is public now."""

    def sums(self, path: str) -> FileSum | None:
        """Sums a public file as it lies there; None where there is none."""

    def strangers(self, ledger: Ledger) -> list[str]:
        """Lists what was not put there by nianbao, as far as the public ledger tells."""

    def unfinished(self) -> bool:
        """Tells whether a publication was interrupted and left files that are neither old nor new."""

    def publish(self, plan: Plan, advance: Advance) -> list[Message]:
        """Brings the release over and makes it public in one step where the target can; returns what the operator
        should know."""

    def releases(self) -> list[str]:
        """Lists the releases that are kept, oldest first."""

    def read_kept(self, release: str, path: str) -> bytes | None:
        """Reads a file of a kept release; None where there is none."""

    def rollback(self, release: str, carried: Sequence[str], added: Mapping[str, bytes]) -> list[Message]:
        """Makes a kept release public again, with `carried` files of the one that is public now."""

    def close(self) -> None:
        """Ends the connection."""


class Unreachable(UserError):
    """There is no way to the target, or the way there broke: whatever is asked of it now fails too."""


def untouched(error: OSError) -> UserError:
    """Says what the system refused before anything public was touched."""
    said = sentence(error)
    return UserError(Message(f"{said.zh}；正在公开的版本没有动", f"{said.en}; what is public was not touched"))


def changed_meanwhile() -> UserError:
    return UserError(
        Message(
            f"别人刚刚发布过：目标上的版本已经变了，这一次没有发布；请先用 {NIANBAO} diff 看有何不同，再发布一次",
            "somebody else has just published: the release on the target changed, nothing was published this time; "
            f"look at {NIANBAO} diff, then publish again",
        )
    )


def no_release(release: str, kept: Sequence[str]) -> UserError:
    listed = "、".join(kept) or "（无）"
    return UserError(
        Message(
            f"目标上没有保留版本“{release}”；保留着的有：{listed}",
            f"release “{release}” is not kept on the target; kept are: {', '.join(kept) or 'none'}",
        )
    )
