"""Serves a local preview: builds into a folder of its own, listens on this machine only, reloads on edits.

A build that fails leaves the last good pages in place, under a notice that says what is wrong.
"""

from __future__ import annotations

import errno
import json
import logging
import math
import queue
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler, StaticFileHandler
from livereload.watcher import Watcher
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.netutil import bind_sockets
from tornado.websocket import WebSocketClosedError

from generator.collection.system_errors import sentence
from generator.finding import Message, UserError
from generator.preview.last_build import LastBuild, PreviewResult, page_of
from generator.preview.served_page import anywhere, dressed, malformed
from generator.preview.watching import Changes, changes

_PATIENCE = 30  # seconds for a build to end when the preview does
_AWAKE = 500  # milliseconds between two looks whether the preview is to end
_IDLE = 2.0  # seconds after an edit until everything is looked at
_TURN = 0.1  # seconds between two looks whether that is due
_HOSTS = ("localhost", "127.0.0.1")
# Tells whether there are changes that a build was not given.
Waiting = Callable[[], bool]
Build = Callable[[Path, Changes, Waiting], Iterator[PreviewResult]]


class _Watcher(Watcher):  # type: ignore[misc]
    """Watches in a thread, builds there, then tells the browsers on the event loop.

    `changed` is given what changed and builds in steps, first what was edited, then all that follows from it; the
    browsers are told after each. A step is True where all was looked at: else that is done as soon as no more is
    edited, so that a change of which the system did not tell shows too. Where it is given no changes it looks at all,
    and makes no step if it gives up because something changed meanwhile."""

    def __init__(
        self, paths: Sequence[Path], changed: Callable[[Changes, Waiting], Iterator[bool]], poll: bool
    ) -> None:
        super().__init__()
        self.paths, self.changed, self.poll = paths, changed, poll
        self.built, self.stop = threading.Event(), threading.Event()
        self._due = math.inf  # when everything is to be looked at
        self._told: queue.SimpleQueue[Changes] = queue.SimpleQueue()

    def begin(self) -> None:
        """Watches, then builds for the first time (no edit falls between the two), then goes on in the background."""
        threading.Thread(target=self._watch, daemon=True).start()
        self.thread = threading.Thread(target=self._run, args=(IOLoop.current(),), daemon=True)
        self.thread.start()
        self.built.wait()

    def end(self) -> None:
        """Stops watching; waits until nothing more is written."""
        self.stop.set()
        self.thread.join(_PATIENCE)

    def start(self, callback: Callable[[], None]) -> bool:
        return True  # livereload's own polling is not wanted

    def _watch(self) -> None:
        """Takes in what changed, also during a build; where that fails, everything ends as if stopped."""
        try:
            for number, found in enumerate(changes(self.paths, self.poll, self.stop)):
                if found or found is None or not number:
                    self._told.put(found or None)
        finally:
            self.stop.set()

    def _run(self, loop: IOLoop) -> None:
        try:
            while not self.stop.is_set():
                with suppress(queue.Empty):
                    self._build(self._gathered(), loop)
                    self.built.set()
        finally:
            self.built.set()

    def _gathered(self) -> Changes:
        """Waits for changes, and takes all that are there; none when it is time to look at everything. Raises
        queue.Empty where there is nothing to do yet."""
        try:
            found = self._told.get(timeout=_TURN)
        except queue.Empty:
            if time.monotonic() <= self._due:
                raise
            return frozenset()
        while not self._told.empty():
            more = self._told.get()
            found = None if found is None or more is None else found | more
        return found

    def _build(self, found: Changes, loop: IOLoop) -> None:
        for sure in self.changed(found, lambda: not self._told.empty()):
            self._due = math.inf if sure else time.monotonic() + _IDLE
            loop.add_callback(_Live.tell)


class _Pages(StaticFileHandler):  # type: ignore[misc]
    """Serves the preview's static files; refuses foreign Host headers, never lets them be cached."""

    state: LastBuild
    root_folder: Path
    port: int

    def prepare(self) -> None:
        if self.request.host_name not in _HOSTS:
            raise web.HTTPError(403)

    def set_extra_headers(self, path: str) -> None:
        del path
        self.set_header("Cache-Control", "no-store")

    def compute_etag(self) -> str | None:
        return None

    def should_return_304(self) -> bool:
        return False

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answers with the number and the reason, and no more."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {self._reason}\n")

    async def get(self, path: str, include_body: bool = True) -> None:
        wrong = malformed(path)
        if wrong:
            raise web.HTTPError(400, reason=wrong)
        file = (self.root_folder / path).resolve()
        if not file.is_relative_to(self.root_folder.resolve()):
            raise web.HTTPError(403)
        if file.is_dir():
            if path and not path.endswith("/"):
                self.redirect(f"/{path.lstrip('/')}/")
                return
            file /= "index.html"
        found = file.is_file()
        if found and file.suffix != ".html":
            await super().get(path, include_body)
            return
        number = self.state.number  # before the page is read, so that it never claims to be newer than it is
        page = file if found else self.root_folder / "404.html"
        body = page.read_bytes() if page.is_file() else b"<!DOCTYPE html><title>nianbao</title><body></body>"
        if not found:
            body = anywhere(body)
        self.set_status(200 if found else 404)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(dressed(body, self.state.result, number, self.port))


_POLICY = 1008  # the code with which a websocket is closed to who does not keep to the protocol


def understood(message: str | bytes) -> dict[str, Any] | None:
    """Reads a message of livereload's protocol; None where it is none."""
    try:
        said = json.loads(message)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("command") not in ("hello", "info") or len(message) > 10_000:
        return None
    return said


class _Live(LiveReloadHandler):  # type: ignore[misc]
    """Tells browsers to reload, and only those that show the preview itself and a page that changed since it was
    fetched: also where that was while the page had not yet connected."""

    state: LastBuild
    shown, page = 0, ""

    def prepare(self) -> None:
        if self.request.host_name not in _HOSTS:
            raise web.HTTPError(403)

    def check_origin(self, origin: str) -> bool:
        return urlsplit(origin).netloc == str(self.request.host)

    def on_message(self, message: str | bytes) -> None:
        said = understood(message)
        if said is None:
            self.close(_POLICY, "not a message of livereload")
            return
        if said["command"] == "hello":
            snipver = str(said.get("snipver") or "0")
            self.shown = int(snipver) if snipver.isascii() and snipver.isdecimal() and len(snipver) < 10 else 0
        else:
            self.page = page_of(said.get("url"))
        super().on_message(json.dumps(said))
        if said["command"] == "info":
            self.look()

    def look(self) -> None:
        """Tells the browser to reload where its page is not what it was when it was fetched."""
        number = self.state.number
        if self.state.outdated(self.page, self.shown):
            self.write_message({"command": "reload", "path": "*", "liveCSS": False, "liveImg": False})
        self.shown = number

    @classmethod
    def tell(cls) -> None:
        """Looks at every browser that is connected."""
        for waiter in cls.waiters.copy():
            try:
                waiter.look()
            except WebSocketClosedError:
                cls.waiters.discard(waiter)


class _Server(Server):  # type: ignore[misc]
    def __init__(self, watcher: Watcher, state: LastBuild, sockets: list[socket.socket]) -> None:
        super().__init__(watcher=watcher)
        self.state, self.sockets = state, sockets

    def application(
        self, port: int, host: str, liveport: object = None, debug: object = None, live_css: bool = True
    ) -> None:
        LiveReloadHandler.watcher, LiveReloadHandler.live_css = self.watcher, live_css
        handler = type("Pages", (_Pages,), {"state": self.state, "root_folder": Path(self.root), "port": port})
        pages = (r"/(.*)", handler, {"path": self.root, "default_filename": "index.html"})
        live = type("Live", (_Live,), {"state": self.state})
        app = web.Application([(r"/livereload", live), (r"/livereload.js", LiveReloadJSHandler), pages])
        HTTPServer(app).add_sockets(self.sockets)
        # a signal that comes just before the loop falls asleep, or to another thread, does not wake it
        PeriodicCallback(lambda: None, _AWAKE).start()

    def _setup_logging(self) -> None:
        logging.getLogger("livereload").setLevel(logging.WARNING)
        logging.getLogger("tornado").setLevel(logging.ERROR)  # a 404 shows in the browser


def _listen(host: str, port: int) -> list[socket.socket]:
    """Binds the sockets; port 0 takes any free one. Raises UserError."""
    try:
        return bind_sockets(port, host)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM):
            said = Message(
                f"没有权限使用端口 {port}；请用 --port 另选一个大于1024的",
                f"no right to use port {port}; choose one above 1024 with --port",
            )
        else:
            said = Message(
                f"端口 {port} 已被占用；请用 --port 另选一个", f"port {port} is in use; choose another with --port"
            )
        raise UserError(said) from error


def _survived(build: Build, output: Path, changed: Changes, waiting: Waiting) -> Iterator[PreviewResult]:
    """Builds in steps; whatever is raised is shown in the browser and the preview goes on."""
    try:
        yield from build(output, changed, waiting)
    except OSError as error:
        yield PreviewResult(False, [" · ".join(sentence(error))], stale=True)
    except Exception as error:
        yield PreviewResult(False, [f"{type(error).__name__}: {error}"], stale=True)


def _stopped(*_: object) -> None:
    raise KeyboardInterrupt


def preview(build: Build, watched: Sequence[Path], host: str, port: int, lang: str, poll: bool = False) -> None:
    """Builds, serves at http://host:port and goes on until interrupted; `build` is given the output folder and what
    changed. Raises UserError when the port is taken."""
    sockets = _listen(host, port)
    port = sockets[0].getsockname()[1]
    for name in ("SIGTERM", "SIGHUP"):  # also then the temporary site is to go
        # who started this with nohup wants SIGHUP ignored
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is not signal.SIG_IGN:
            signal.signal(getattr(signal, name), _stopped)
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        output = Path(folder) / "site"
        state = LastBuild()

        def changed(found: Changes, waiting: Waiting) -> Iterator[bool]:
            for result in _survived(build, output, found, waiting):
                state.take(result)
                yield result.sure

        watcher = _Watcher([path for path in watched if path.exists()], changed, poll)
        try:
            watcher.begin()
            output.mkdir(exist_ok=True)
            print(
                Message(
                    f"预览：http://{host}:{port}/  （Ctrl+C 结束）", f"Preview: http://{host}:{port}/  (Ctrl+C to stop)"
                ).say(lang),
                flush=True,
            )
            _Server(watcher, state, sockets).serve(port=port, host=host, root=str(output), restart_delay=0)
        finally:
            watcher.end()
