"""Targets without a pointer: files are replaced one by one, in an order in which no page misses what it needs.

First files that are new or changed except pages, then pages, then the ledger, and deletions at the end. Before the
first change, a note lists what is about to change: what is interrupted is made good by the next publication, which
brings over or deletes again whatever the note lists."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from generator.finding import NIANBAO, Message, UserError
from generator.ledger.chain import Ledger, read_ledger
from generator.ledger.sums import ADDED, LEDGER, FileSum
from generator.pipeline.interrupts import no_return
from generator.targets.target import Advance, Plan, unchanged

# The note of a publication that is under way, in the store.
PENDING = ".nianbao-pending"


class Store(Protocol):
    """Files by path, each replaced whole or not at all."""

    def read(self, path: str) -> bytes | None: ...

    def paths(self) -> Iterator[str]: ...

    def sums(self, path: str) -> FileSum | None: ...

    def bring(self, source: Path, paths: Sequence[str], advance: Advance, resuming: bool) -> None:
        """Brings over files of the folder `source`, in any order; `resuming`: some may be there already."""

    def write(self, path: str, data: bytes) -> None: ...

    def delete(self, paths: Sequence[str]) -> None: ...

    def close(self) -> None: ...


class OrderedTarget:
    """Publishes into a store, file by file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self, path: str, known: bytes = b"") -> bytes | None:
        return self._store.read(path)

    def read_all(self, paths: Sequence[str]) -> dict[str, bytes | None]:
        return {path: self.read(path) for path in paths}

    def served(self) -> str:
        entry = read_ledger(self._store.read(LEDGER) or b"").current
        return entry.release if entry else ""

    def paths(self) -> Iterator[str]:
        return (path for path in self._store.paths() if path != PENDING)

    def sums(self, path: str) -> FileSum | None:
        return self._store.sums(path)

    def strangers(self, ledger: Ledger) -> list[str]:
        if ledger.faults:  # it does not say what is ours
            return []
        ours = {*ledger.files, *ADDED, *self._pending()}
        return [path for path in self.paths() if path not in ours]

    def unfinished(self) -> bool:
        return self._store.read(PENDING) is not None

    def publish(self, plan: Plan, advance: Advance) -> list[Message]:
        store, pending = self._store, self._pending()
        again = [path for path in plan.kept if path in pending and (plan.source / path).is_file()]
        changed = sorted({*plan.changed, *again})
        unchanged(plan, changed)
        gone = sorted({*plan.gone, *(pending - {*plan.changed, *plan.kept})})
        store.write(PENDING, json.dumps([*changed, *gone], ensure_ascii=False).encode())
        for pages in (False, True):
            group = [path for path in changed if path.endswith(".html") == pages]
            store.bring(plan.source, group, advance, resuming=bool(pending))
        with no_return():
            for path, data in plan.added.items():  # the ledger is the last of them
                store.write(path, data)
            store.delete([*gone, *(path for path in ADDED if path not in plan.added)])  # a signature that is no more
            store.delete([PENDING])
        return []

    def _pending(self) -> set[str]:
        """What an interrupted publication may have changed."""
        try:
            return set(json.loads(self._store.read(PENDING) or b"[]"))
        except ValueError:
            return set()

    def read_kept(self, release: str, path: str) -> bytes | None:
        """Nothing: the store holds the public release alone."""
        return None

    def releases(self) -> list[str]:
        served = self.served()
        return [served] if served else []

    def rollback(self, release: str, carried: Sequence[str], added: Mapping[str, bytes]) -> list[Message]:
        raise UserError(
            Message(
                f"这个目标只保留正在公开的版本：请取出那时的内容，再运行 {NIANBAO} build 和 {NIANBAO} publish",
                "this target keeps only what is public: get back the content of that time, then run "
                f"{NIANBAO} build and {NIANBAO} publish",
            )
        )

    def close(self) -> None:
        self._store.close()
