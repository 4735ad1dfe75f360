"""The public site as visitors get it, from a server on loopback that can be told to serve wrongly."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator.finding import UserError
from generator.ledger.chain import Ledger
from generator.ledger.live import Answer, LiveSite
from generator.ledger.sums import FileSum
from generator.ledger.verify import Verdict, verify
from generator.website.media_types import media_type
from tests.targets.samples import FILES, Desk

PAGE = b'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'


class Server(ThreadingHTTPServer):
    """Serves files as they should be; `wrong` is the way in which it does not, `packed` compresses them."""

    files: dict[str, bytes]
    wrong = ""
    refusal = 404  # also of web.config, as IIS answers; 0 shows it
    packed: Callable[[str, bytes], bytes] | None = None


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        path = self.path.removeprefix("/nianbao/")
        if server.wrong == "error" and path.endswith("report.json"):
            self.send_error(503)
        elif path not in server.files or (path == "web.config" and server.refusal):
            self.send_error(server.refusal)
        elif server.wrong == "elsewhere" and not path.startswith("ledger"):
            self.send_response(302)
            self.send_header("Location", f"/nianbao/ledger.jsonl?{path}")
            self.end_headers()
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/plain" if server.wrong == "type" else media_type(path))
            if server.wrong != "nosniff":
                self.send_header("X-Content-Type-Options", "nosniff")
            data = server.files[path]
            if path.endswith(".gz"):
                self.send_header("Content-Encoding", "x-gzip")  # as Apache does
            elif server.packed and "gzip" in self.headers["Accept-Encoding"]:
                self.send_header("Content-Encoding", "br" if server.wrong == "br" else "gzip")
                data = server.packed(path, data)
            self.end_headers()
            self.wfile.write(data)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    files = {path: data + PAGE if path.endswith(".html") else data for path, data in FILES.items()}
    Desk(tmp_path).publish(
        files | {"data/2021.csv.gz": gzip.compress(b"1", mtime=0), "web.config": b"<configuration/>"}
    )
    root = tmp_path / "www/current"
    server = Server(("127.0.0.1", 0), Handler)
    server.files = {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def verified(server: Server, plain: bool = False) -> Verdict:
    site = LiveSite(f"http://127.0.0.1:{server.server_port}/nianbao", plain)
    return verify(site.read, site.found, b"", site.headers, unseen=site.unseen)


def said(verdict: Verdict) -> list[str]:
    return [item.message.en for item in verdict.differences]


def test_a_sound_site_only_lacks_https(server: Server) -> None:
    (found,) = verified(server).differences
    assert found.kind == "https" and "--allow-http" in found.message.en


def test_a_server_without_https_is_the_same_where_that_is_accepted_and_its_other_faults_are_not(server: Server) -> None:
    assert said(verified(server, plain=True)) == []
    server.wrong = "nosniff"
    assert [item.kind for item in verified(server, plain=True).differences] == ["header"]


def test_what_servers_keep_to_themselves_is_not_missing_and_not_counted(server: Server) -> None:
    for refusal in (404, 403):
        server.refusal = refusal
        told = verified(server, plain=True)
        assert said(told) == [] and told.files == len(FILES) + 1
    server.refusal = 503
    assert any("cannot be had: web.config" in item for item in said(verified(server, plain=True)))
    server.refusal, server.files["web.config"] = 0, b"<other/>"
    assert any("“web.config” was changed" in item for item in said(verified(server, plain=True)))


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        ("type", "wrong Content-Type: 2021/shili/index.html"),
        ("nosniff", "no X-Content-Type-Options: nosniff: 2021/shili/index.html"),
        ("error", "cannot be had: 2021/shili/report.json (HTTP 503)"),
    ],
)
def test_wrong_headers_and_answers_are_named(server: Server, wrong: str, text: str) -> None:
    server.wrong = wrong
    assert any(text in item for item in said(verified(server)))


def test_compressed_answers_are_unpacked_and_are_what_browsers_get(server: Server) -> None:
    server.packed = lambda _, data: gzip.compress(data)
    assert said(verified(server, plain=True)) == []
    server.packed = lambda path, data: gzip.compress(b"evil" if path == "index.html" else data)
    told = verified(server, plain=True).differences
    assert {(item.kind, item.path) for item in told} == {("changed", "index.html"), ("header", "index.html")}
    assert any("compressed and uncompressed" in item.message.en for item in told)


@pytest.mark.parametrize(
    ("packed", "reason"),
    [
        (lambda data: gzip.compress(data)[:-9], "gzip"),
        (lambda data: data, "incorrect header"),
        (lambda _: gzip.compress(bytes(30_000_000), 1), "10000000"),
    ],
    ids=["cut", "not packed", "a bomb"],
)
def test_answers_that_cannot_be_unpacked_are_named(
    server: Server, packed: Callable[[bytes], bytes], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.ledger.live._MOST", 10_000_000)
    server.packed = lambda path, data: packed(data) if path == "index.html" else gzip.compress(data)
    assert any("cannot be had: index.html" in item and reason in item for item in said(verified(server)))


def test_a_packing_that_was_not_asked_for_is_named(server: Server) -> None:
    server.wrong, server.packed = "br", lambda _, data: data
    assert any("Content-Encoding: br" in item for item in said(verified(server)))


def test_a_server_that_leads_elsewhere_is_followed_and_what_comes_is_compared(server: Server) -> None:
    server.wrong = "elsewhere"
    assert {item.kind for item in verified(server, plain=True).differences} >= {"changed"}


def test_a_page_in_the_place_of_the_ledger_is_named(server: Server) -> None:
    server.files["ledger.jsonl"] = b"\n<!doctype html>"
    assert ["a web page comes" in item for item in said(verified(server))] == [True]


def test_https_that_leads_to_http_is_named(server: Server) -> None:
    site = LiveSite("https://www.example.gov.cn/")
    site.answers = {"index.html": Answer(FileSum(1, "", ""), "text/html; charset=utf-8", True, True)}
    (found,) = site.headers(Ledger())
    assert found.kind == "https" and "https leads to http: index.html" in found.message.en


def test_changed_missing_and_bare_pages_are_named(server: Server) -> None:
    server.files["index.html"] = FILES["index.html"]
    del server.files["2021/shili/report.json"]
    kinds = {(item.kind, item.path) for item in verified(server).differences}
    assert {("changed", "index.html"), ("missing", "2021/shili/report.json")} <= kinds
    assert any("no Content-Security-Policy: index.html" in item for item in said(verified(server)))


def test_what_is_no_address_or_does_not_answer_is_one_sentence() -> None:
    with pytest.raises(UserError, match="no http"):
        LiveSite("ftp://example.gov.cn/")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # and does not listen
        site = LiveSite(f"http://127.0.0.1:{silent.getsockname()[1]}/")
        with pytest.raises(UserError, match="cannot open"):
            site.read("ledger.jsonl")
