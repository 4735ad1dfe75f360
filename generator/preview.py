"""Local preview: builds into a folder of its own, serves it on this machine only, reloads the browser on edits.

livereload's own watcher drops edits made within three seconds of a reload, so watchfiles tells it instead.
A build that fails leaves the last good pages in place, under a notice that says what is wrong.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from livereload import Server
from livereload.handlers import LiveReloadHandler, StaticFileHandler
from livereload.watcher import Watcher
from tornado import web
from tornado.ioloop import IOLoop
from watchfiles import watch

from generator.diagnostic import Text

_SCRIPT = b'<script src="/livereload.js?port=%d" defer></script>'
_HOSTS = ("localhost", "127.0.0.1")


class Outcome(NamedTuple):
    """What a preview build came to: fine or not, and the lines to show when not."""

    ok: bool
    lines: list[str]


class State:
    """The last build's outcome, shared by the builder's thread and the pages served."""

    def __init__(self) -> None:
        self.outcome = Outcome(True, [])


class _Watcher(Watcher):  # type: ignore[misc]
    """Watches with watchfiles in a thread, builds there, then tells the browsers on the event loop."""

    def __init__(self, paths: Sequence[Path], changed: Callable[[], None]) -> None:
        super().__init__()
        self.paths, self.changed = paths, changed
        self.stop = threading.Event()

    def start(self, callback: Callable[[], None]) -> bool:
        loop = IOLoop.current()

        def run() -> None:
            for _ in watch(*self.paths, debounce=100, step=20, stop_event=self.stop):
                self.changed()
                loop.add_callback(LiveReloadHandler.reload_waiters)

        threading.Thread(target=run, daemon=True).start()
        del callback  # livereload's own polling is not wanted
        return True


def overlay(outcome: Outcome) -> bytes:
    lines = "".join(f"<li>{escape(line)}</li>" for line in outcome.lines)
    style = "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;z-index:99;background:#7a1414;color:#fff;padding:1rem 1.5rem;font:15px/1.7 sans-serif"
    return (
        f'<div role="alert" style="{style}"><b>有错误，页面仍是上一次的 · errors; the page is the last good one</b>'
        f'<ul style="white-space:pre-wrap">{lines}</ul></div>'
    ).encode()


def _dress(page: bytes, state: State, port: int) -> bytes:
    """A page as previewed: reload script, notice if any, and without the policy that would forbid both."""
    start = page.find(b'<meta http-equiv="Content-Security-Policy"')
    if start >= 0:
        page = page[:start] + page[page.index(b">", start) + 1 :]
    extra = _SCRIPT % port + (b"" if state.outcome.ok else overlay(state.outcome))
    return page.replace(b"</body>", extra + b"</body>")


class _Pages(StaticFileHandler):  # type: ignore[misc]
    """Static files of the preview; refuses foreign Host headers, never cached."""

    state: State
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

    async def get(self, path: str, include_body: bool = True) -> None:
        file = (self.root_folder / path).resolve()
        if not file.is_relative_to(self.root_folder.resolve()):
            raise web.HTTPError(403)
        if file.is_dir():
            if path and not path.endswith("/"):
                self.redirect(f"/{path}/")
                return
            file /= "index.html"
        found = file.is_file()
        if found and file.suffix != ".html":
            await super().get(path, include_body)
            return
        page = file if found else self.root_folder / "404.html"
        body = page.read_bytes() if page.is_file() else b"<!DOCTYPE html><title>nianbao</title><body></body>"
        self.set_status(200 if found else 404)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(_dress(body, self.state, self.port))


class _Server(Server):  # type: ignore[misc]
    def __init__(self, watcher: Watcher, state: State, port: int) -> None:
        super().__init__(watcher=watcher)
        self.state, self.port = state, port

    def get_web_handlers(self, script: str) -> list[Any]:
        del script
        handler = type("Pages", (_Pages,), {"state": self.state, "root_folder": Path(self.root), "port": self.port})
        return [(r"/(.*)", handler, {"path": self.root, "default_filename": "index.html"})]


def preview(build: Callable[[Path], Outcome], watched: Sequence[Path], host: str, port: int, lang: str) -> None:
    """Build, serve at http://host:port, and go on until interrupted."""
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        output = Path(folder) / "site"
        state = State()

        def changed() -> None:
            state.outcome = build(output)

        changed()
        output.mkdir(exist_ok=True)
        print(Text(f"预览：http://{host}:{port}/  （Ctrl+C 结束）", f"Preview: http://{host}:{port}/  (Ctrl+C to stop)").say(lang), flush=True)
        watcher = _Watcher([path for path in watched if path.exists()], changed)
        try:
            _Server(watcher, state, port).serve(port=port, host=host, root=str(output), restart_delay=0)
        finally:
            watcher.stop.set()
