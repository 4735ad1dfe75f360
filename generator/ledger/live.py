"""Reads the public site by HTTP, as visitors get it, and looks at the headers it is served with."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from generator.finding import Message, UserError
from generator.ledger.chain import Ledger
from generator.ledger.compare import Difference
from generator.ledger.sums import FileSum, sum_pieces
from generator.website.media_types import media_type

_AT_ONCE, _SECONDS, _MOST = 8, 30, 200_000_000
_ALIKE = ({"application/javascript", "text/javascript"}, {"application/xml", "text/xml"})
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"')


class Answer(NamedTuple):
    """A file as served: its sum, what the headers say, whether a page brings a policy; `reason`: why it could not be
    had."""

    sums: FileSum | None
    type: str = ""
    nosniff: bool = False
    policy: bool = False
    reason: str = ""


class LiveSite:
    """The section at an address. Files are asked for once, several at a time."""

    def __init__(self, url: str, plain: bool = False) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UserError(Message(f"“{url}”不是 http(s) 网址", f"“{url}” is no http(s) address"))
        self._plain = plain  # an address without HTTPS is as it should be
        self.url = url if url.endswith("/") else url + "/"
        self.answers: dict[str, Answer] = {}

    def read(self, path: str) -> bytes | None:
        """Reads a file; None where the server says it is not there. Raises UserError where no server answers."""
        try:
            with self._open(path) as answer:
                data: bytes = answer.read(_MOST)
                return data
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in (404, 410):
                return None
            raise _unreachable(self.url + path, f"HTTP {error.code}") from None
        except (OSError, ValueError) as error:
            raise _unreachable(self.url + path, str(error)) from None

    def found(self, ledger: Ledger) -> dict[str, FileSum]:
        """Sums every file that the ledger lists. What else the server may hold cannot be seen from outside."""
        paths = list(ledger.files)
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            self.answers = dict(zip(paths, threads.map(self._ask, paths), strict=True))
        return {path: answer.sums for path, answer in self.answers.items() if answer.sums is not None}

    def headers(self, ledger: Ledger) -> Iterator[Difference]:
        """Yields what the server should say differently, each kind once with the files concerned."""
        broken = [path for path, answer in self.answers.items() if answer.reason]
        if broken:
            reason = self.answers[broken[0]].reason
            text = Message(f"取不到：{_some(broken)}（{reason}）", f"cannot be had: {_some(broken)} ({reason})")
            yield Difference("connection", broken[0], text)
        if not self.url.startswith("https://") and not self._plain:
            text = Message(
                "网址不是 https：传输中可能被改。服务器确实只有 http 的，核对时加 --allow-http",
                "the address is not https: what is sent may be changed on the way. Where the server has only http, "
                "verify with --allow-http",
            )
            yield Difference("https", "", text)
        served = {path: answer for path, answer in self.answers.items() if answer.sums is not None}
        wrong = [path for path, answer in served.items() if not _fits(answer.type, media_type(path))]
        sniffed = [path for path, answer in served.items() if not answer.nosniff]
        bare = [path for path, answer in served.items() if path.endswith(".html") and not answer.policy]
        for paths, zh, en in (
            (wrong, "类型（Content-Type）不对", "wrong Content-Type"),
            (sniffed, "没有 X-Content-Type-Options: nosniff", "no X-Content-Type-Options: nosniff"),
            (bare, "没有 Content-Security-Policy", "no Content-Security-Policy"),
        ):
            if paths:
                yield Difference("header", paths[0], Message(f"{zh}：{_some(paths)}", f"{en}: {_some(paths)}"))

    def _ask(self, path: str) -> Answer:
        try:
            with self._open(path) as answer:
                head: bytes = answer.read(1 << 16)
                sums = sum_pieces(_pieces(head, answer))
                policy = "Content-Security-Policy" in answer.headers or _POLICY.search(head) is not None
                nosniff = answer.headers.get("X-Content-Type-Options", "").strip().lower() == "nosniff"
                return Answer(sums, answer.headers.get("Content-Type", ""), nosniff, policy)
        except urllib.error.HTTPError as error:
            error.close()
            return Answer(None, reason="" if error.code in (404, 410) else f"HTTP {error.code}")
        except (OSError, ValueError) as error:
            return Answer(None, reason=str(error))

    def _open(self, path: str):  # type: ignore[no-untyped-def]
        headers = {"Accept-Encoding": "identity", "Cache-Control": "no-cache", "User-Agent": "nianbao-verify"}
        request = urllib.request.Request(self.url + quote(path), headers=headers)
        return urllib.request.urlopen(request, timeout=_SECONDS)


def _pieces(head: bytes, answer) -> Iterator[bytes]:  # type: ignore[no-untyped-def]
    yield head
    while piece := answer.read(1 << 20):
        yield piece


def _fits(served: str, wanted: str) -> bool:
    """Tells whether a media type is the one wanted; the parameters do not matter, except that HTML names UTF-8."""
    kind, _, parameters = served.lower().partition(";")
    same = {kind.strip(), wanted.partition(";")[0]}
    if "text/html" in same and "utf-8" not in parameters:
        return False
    return (
        len(same) == 1
        or same <= {"application/javascript", "text/javascript"}
        or same <= {"application/xml", "text/xml"}
    )


def _some(paths: Sequence[str]) -> str:
    return ", ".join(paths[:3]) + (f", … (+{len(paths) - 3})" if len(paths) > 3 else "")


def _unreachable(url: str, reason: str) -> UserError:
    return UserError(Message(f"打不开 {url}：{reason}", f"cannot open {url}: {reason}"))
