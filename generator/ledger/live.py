"""Reads the public site by HTTP, as visitors get it, and looks at the headers it is served with."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from generator.finding import Message, UserError
from generator.ledger.chain import Ledger
from generator.ledger.compare import Difference
from generator.ledger.sums import FileSum, sum_pieces
from generator.website.media_types import media_type

_AT_ONCE, _SECONDS, _MOST = 8, 30, 200_000_000
_PIECE, _GZIP = 1 << 16, 31
_FORBIDDEN = "HTTP 403"
_ALIKE = ({"application/javascript", "text/javascript"}, {"application/xml", "text/xml"})
# Files that servers read themselves and show to nobody.
_KEPT_BACK = frozenset({"web.config", ".htaccess"})
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"')


class Answer(NamedTuple):
    """A file as browsers get it: its sum, what the headers say, whether a page brings a policy, whether it was sent
    compressed and by HTTPS; `reason`: why it could not be had. `twofold`: uncompressed it is another."""

    sums: FileSum | None
    type: str = ""
    nosniff: bool = False
    policy: bool = False
    packed: bool = False
    safe: bool = False
    twofold: bool = False
    reason: str = ""

    @property
    def broken(self) -> bool:
        """Whether no answer came, or one that tells nothing of the file."""
        return self.reason not in ("", _FORBIDDEN)


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
            with self._open(path, "identity") as answer:
                return b"".join(_pieces(answer))
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in (404, 410):
                return None
            raise _unreachable(self.url + path, f"HTTP {error.code}") from None
        except (OSError, ValueError, zlib.error) as error:
            raise _unreachable(self.url + path, str(error)) from None

    def found(self, ledger: Ledger) -> dict[str, FileSum]:
        """Sums every file that the ledger lists. What else the server may hold cannot be seen from outside."""
        paths = list(ledger.files)
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            self.answers = dict(zip(paths, threads.map(self._ask, paths), strict=True))
        return {path: answer.sums for path, answer in self.answers.items() if answer.sums is not None}

    def unseen(self) -> set[str]:
        """The files that the server rightly refuses to show, once all were asked for."""
        refused = {path for path, answer in self.answers.items() if answer.sums is None and not answer.broken}
        return {path for path in refused if path.rpartition("/")[2] in _KEPT_BACK}

    def headers(self, ledger: Ledger) -> Iterator[Difference]:
        """Yields what the server should say differently, each kind once with the files concerned."""
        unseen = self.unseen()
        broken = [path for path, answer in self.answers.items() if answer.reason and path not in unseen]
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
        elif self.url.startswith("https://"):
            led_away = [path for path, answer in self.answers.items() if answer.sums is not None and not answer.safe]
            if led_away:
                text = Message(
                    f"服务器把 https 网址转到 http：{_some(led_away)}", f"https leads to http: {_some(led_away)}"
                )
                yield Difference("https", led_away[0], text)
        for path in [path for path, answer in self.answers.items() if answer.twofold]:
            text = Message(
                f"“{path}”压缩传送的与不压缩的不是同一内容：请删去服务器上旧的“{path}.gz”，或清缓存",
                f"“{path}” is not the same compressed and uncompressed: delete an old “{path}.gz” on the server, or "
                "clear its cache",
            )
            yield Difference("changed", path, text)
        served = {path: answer for path, answer in self.answers.items() if answer.sums is not None}
        wrong = [path for path, answer in served.items() if not fits(answer.type, media_type(path))]
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
        """Asks as browsers do, who accept compression; where the server compresses, then also without. Some servers
        say of a file that is compressed itself that it was compressed on the way: it is taken as it is sent."""
        if path.endswith(".gz"):
            return self._once(path, "identity")
        answer = self._once(path, "gzip")
        return answer._replace(twofold=self._once(path, "identity").sums != answer.sums) if answer.packed else answer

    def _once(self, path: str, encoding: str) -> Answer:
        try:
            with self._open(path, encoding) as answer:
                pieces = _pieces(answer, as_sent=path.endswith(".gz"))
                head = next(pieces, b"")
                sums = sum_pieces(chain((head,), pieces))
                return Answer(
                    sums,
                    answer.headers.get("Content-Type", ""),
                    answer.headers.get("X-Content-Type-Options", "").strip().lower() == "nosniff",
                    "Content-Security-Policy" in answer.headers or _POLICY.search(head) is not None,
                    "Content-Encoding" in answer.headers,
                    answer.geturl().startswith("https://"),
                )
        except urllib.error.HTTPError as error:
            error.close()
            return Answer(None, reason="" if error.code in (404, 410) else f"HTTP {error.code}")
        except (OSError, ValueError, zlib.error) as error:
            return Answer(None, reason=str(error))

    def _open(self, path: str, encoding: str):  # type: ignore[no-untyped-def]
        headers = {"Accept-Encoding": encoding, "Cache-Control": "no-cache", "User-Agent": "nianbao-verify"}
        request = urllib.request.Request(self.url + quote(path), headers=headers)
        return urllib.request.urlopen(request, timeout=_SECONDS)


def _pieces(answer, as_sent: bool = False) -> Iterator[bytes]:  # type: ignore[no-untyped-def]
    """Yields the content of an answer, unpacked unless it is wanted as it was sent. Raises ValueError for one that is
    packed in a way not asked for, or too large."""
    packing = "" if as_sent else answer.headers.get("Content-Encoding", "").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip"):
        raise ValueError(f"Content-Encoding: {packing}")
    unpack = zlib.decompressobj(_GZIP) if packing.endswith("gzip") else None
    left = _MOST
    while piece := answer.read(_PIECE):
        while piece:
            content = unpack.decompress(piece, _PIECE) if unpack else piece
            piece = unpack.unconsumed_tail if unpack else b""
            left -= len(content)
            if left < 0:
                raise ValueError(f"> {_MOST} B")
            yield content
    if unpack and not unpack.eof:
        raise ValueError("gzip …")


def fits(served: str, wanted: str) -> bool:
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
