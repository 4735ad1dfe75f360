"""The preview as a real process: served to this machine only, reloaded on every edit, errors told in the browser."""

from __future__ import annotations

import ctypes
import errno
import http.client
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from unittest.mock import Mock

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator.pipeline import run as pipeline
from generator.pipeline.request import Request
from generator.preview import server
from generator.preview.last_build import PreviewResult
from generator.preview.server import _survived
from generator.preview.watching import Changes
from tests.example import prose, write_content
from tests.pipeline.test_run import made

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = "2021/shili/index.html"


def preview_command(content: Path, port: int, *options: str) -> list[str]:
    words = ["--lang", "zh", "preview", "--content", str(content), "--port", str(port)]
    return [sys.executable, "-m", "generator", *words, *options]


class Served:
    """`nianbao preview` running on a folder; `site` is a section published from it before."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.content = write_content(folder / "content")
        self.site = folder / "site"
        pipeline.run(Request(self.content, jobs=1), self.site)
        self.scratch = folder / "scratch"
        self.scratch.mkdir()
        command = preview_command(self.content, 0, *options)
        self.errors = open(folder / "errors", "wb")  # noqa: SIM115
        environment = os.environ | {"TMPDIR": str(self.scratch)}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.errors, env=environment)
        assert self.process.stdout is not None
        said = self.process.stdout.readline().decode()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
        assert found, said
        self.port = int(found[1])
        self.url = f"http://127.0.0.1:{self.port}/"

    def write(self, narrative: str) -> None:
        (self.content / "2021/shili/report.md").write_text(narrative, encoding="utf-8")

    def get(self, path: str, host: str | None = None, **headers: str) -> tuple[int, bytes]:
        """The raw answer to a path sent as it stands."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.putrequest("GET", path, skip_host=True)
        for name, value in {"Host": host or f"127.0.0.1:{self.port}", **headers}.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        body = b"" if answer.status == 101 else answer.read()
        connection.close()
        return answer.status, body

    def handles(self) -> str:
        """What the process holds open."""
        names = []
        for handle in Path(f"/proc/{self.process.pid}/fd").iterdir():
            with suppress(FileNotFoundError):
                names.append(os.readlink(handle))
        return "\n".join(names)

    def wait(self, text: str) -> None:
        """Until the report as served says it."""
        deadline = time.monotonic() + 20
        while text.encode() not in self.get("/" + PAGE)[1]:
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.errors.close()
        return code

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.stop()


def left_behind(scratch: Path) -> list[Path]:
    """What is left among temporary files but compiled templates and parsed files, which are kept on purpose."""
    return [path for path in scratch.iterdir() if not path.name.startswith(("_jinja2-cache-", "nianbao-kept-"))]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("preview")) as serving:
        yield serving


def opened(browser: Browser, served: Served) -> Page:
    page = browser.new_page()
    page.goto(served.url + PAGE)
    return page


def shows(page: Page, text: str, seconds: float = 10) -> None:
    page.wait_for_function(
        "text => document.body && document.body.innerText.includes(text)", arg=text, timeout=seconds * 1000
    )


def test_every_one_of_several_quick_edits_reaches_the_browser(browser: Browser, served: Served) -> None:
    """livereload's own watcher loses three of six edits half a second apart."""
    page = opened(browser, served)
    delays = []
    for number in range(6):
        served.write(prose(2021).replace("示例引言", f"示例引言第{number}稿"))
        written = time.monotonic()
        shows(page, f"示例引言第{number}稿", 5)
        delays.append(time.monotonic() - written)
        time.sleep(max(0, 0.5 - delays[-1]))
    assert max(delays) < 5
    page.close()


def test_only_browsers_that_show_a_changed_page_are_told(browser: Browser, served: Served) -> None:
    paths = (PAGE, "search/index.html", "2020/jiaju/index.html", "help/index.html")
    pages = [browser.new_page() for _ in paths]
    for page, path in zip(pages, paths, strict=True):
        with page.expect_websocket():
            page.goto(served.url + path)
        page.wait_for_timeout(300)
        page.evaluate("window.same = true")
    served.write(prose(2021).replace("示例引言", "示例引言只此一页"))
    for page in pages[:2]:
        page.wait_for_function("window.same !== true", timeout=10_000)
    pages[0].wait_for_timeout(500)
    assert [page.evaluate("window.same === true") for page in pages[2:]] == [True, True]
    for page in pages:
        page.close()


def test_edits_faster_than_any_build_end_in_the_last_one(browser: Browser, served: Served) -> None:
    page = opened(browser, served)
    for number in range(20):
        served.write(prose(2021).replace("示例引言", f"示例引言快{number}"))
        time.sleep(0.02)
    shows(page, "示例引言快19")
    page.close()


def test_an_edit_between_fetching_a_page_and_its_connecting_is_not_lost(browser: Browser, served: Served) -> None:
    """The narrow moment in which nobody is there yet to be told."""
    page = browser.new_page()
    pending = ["示例引言恰在此刻"]

    def late(route: Route) -> None:
        while pending:
            served.write(prose(2021).replace("示例引言", pending.pop()))
            served.wait("示例引言恰在此刻")
            time.sleep(0.5)  # the browsers that were connected have long been told
        route.continue_()

    page.route("**/livereload.js*", late)
    page.goto(served.url + PAGE)
    shows(page, "示例引言恰在此刻")
    page.close()


def test_broken_yaml_is_told_over_the_last_good_page_until_it_is_mended(browser: Browser, served: Served) -> None:
    page = opened(browser, served)
    figures = served.content / "2021/shili/tables.yaml"
    good = figures.read_text("utf-8")
    lines = good.splitlines()
    number = next(at for at, line in enumerate(lines) if line.startswith("  规章:"))
    figures.write_text("\n".join([*lines[:number], "  规章：[0, 0, 0]", *lines[number + 1 :]]), encoding="utf-8")
    alert = page.get_by_role("alert")
    alert.wait_for(timeout=10_000)
    said = alert.inner_text()
    assert "2021/shili/tables.yaml" in said and f"{number + 1}:5" in said and "全角冒号" in said
    assert page.locator("table.statutory").count() == 3, "the last good page stays"
    figures.write_text(good, encoding="utf-8")
    alert.wait_for(state="detached", timeout=10_000)
    page.close()


def test_a_crash_while_building_is_told_and_the_preview_lives_on(browser: Browser, served: Served) -> None:
    page = opened(browser, served)
    (served.content / "site.yaml").rename(served.content / "site.away")
    alert = page.get_by_role("alert")
    alert.wait_for(timeout=10_000)
    assert "site.yaml" in alert.inner_text()
    (served.content / "site.away").rename(served.content / "site.yaml")
    alert.wait_for(state="detached", timeout=10_000)
    page.close()


@pytest.mark.parametrize("path", ["/", "/" + PAGE, "/2021/shili/report.json", "/no-such-page"])
def test_a_foreign_host_is_refused(served: Served, path: str) -> None:
    """Else any page in the world could read the preview by a name that it points at this machine."""
    status, body = served.get(path, host="attacker.example")
    assert status == 403 and "示例".encode() not in body


def test_the_reload_socket_is_for_this_preview_only(served: Served) -> None:
    key = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    own = f"127.0.0.1:{served.port}"
    assert served.get("/livereload", Origin=f"http://{own}", **key)[0] == 101
    assert served.get("/livereload", Origin="http://attacker.example", **key)[0] == 403
    assert served.get("/livereload", "attacker.example", Origin="http://attacker.example", **key)[0] == 403


OUTSIDE = [
    "/../content/site.yaml",
    "/..%2fcontent%2fsite.yaml",
    "/%2e%2e/%2e%2e/etc/passwd",
    "//etc/passwd",
    "/%2fetc%2fpasswd",
    "/2021/../../../content/site.yaml",
    "/..\\content\\site.yaml",
    "/%00",
    "/2021%00/index.html",
    "/../../../outside.html",
    "/..%2f..%2f..%2foutside.html",
    "/2021/..%2f../../../outside.html",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_outside_the_preview_is_served(served: Served, path: str) -> None:
    (served.scratch.parent / "outside.html").write_text("网站名称", encoding="utf-8")
    status, body = served.get(path)
    assert status in (400, 404)
    assert b"root:" not in body and "网站名称".encode() not in body


def test_pages_are_served_as_a_web_server_would(served: Served) -> None:
    status, home = served.get("/")
    assert status == 200 and b"livereload.js" in home and b"Content-Security-Policy" not in home
    assert served.get("/2021/shili")[0] == 302
    status, missing = served.get("/no-such-page")
    assert status == 404 and b"</html>" in missing
    assert b'<base href="/">' in missing, "its styles are found from an address at any depth"
    assert served.get("/2021/shili/report.json")[1].startswith(b'{"schema": "nianbao.report/1"')


def test_the_published_section_is_not_touched_and_nothing_is_left_behind(tmp_path: Path) -> None:
    with Served(tmp_path) as serving:
        before = made(serving.site)
        stamps = {path: (serving.site / path).stat().st_mtime_ns for path in before}
        serving.write(prose(2021).replace("示例引言", "示例引言改"))
        serving.wait("示例引言改")
        assert serving.stop() == 0
    assert (
        made(serving.site) == before and {path: (serving.site / path).stat().st_mtime_ns for path in before} == stamps
    )
    assert left_behind(serving.scratch) == []
    assert sorted(path.name for path in serving.content.iterdir()) == ["2020", "2021", "organs.yaml", "site.yaml"]
    assert (tmp_path / "errors").read_bytes() == b""


def test_polling_sees_edits_where_the_system_tells_of_none(tmp_path: Path) -> None:
    """--poll, as for a network drive; that polling it is, and not inotify, is seen in the process itself."""
    with Served(tmp_path, "--poll") as serving:
        assert "inotify" not in serving.handles()
        for number in range(4):
            time.sleep(
                max(0, 1 - time.time() % 1)
            )  # both edits within one second: file times compared by seconds lose the second one
            for half in "上下":
                serving.write(prose(2021).replace("示例引言", f"示例引言经轮询{number}{half}"))
                time.sleep(0.4)
            serving.wait(f"示例引言经轮询{number}下")


def test_without_poll_the_system_is_asked_to_tell(served: Served) -> None:
    assert "inotify" in served.handles()


def test_a_busy_port_is_one_sentence(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = preview_command(content, port)
        result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 2 and f"端口 {port} 已被占用" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_content_folder_is_one_sentence(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "generator", "--lang", "en", "preview", "--content", str(tmp_path / "nowhere")]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 2 and "no content folder" in result.stderr and "Traceback" not in result.stderr


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
def test_ended_by_the_system_it_leaves_nothing_behind(tmp_path: Path, sent: signal.Signals) -> None:
    before = signal.signal(sent, signal.SIG_DFL)  # what tests under nohup ignore, the preview would too
    try:
        serving = Served(tmp_path)
    finally:
        signal.signal(sent, before)
    with serving:
        serving.process.send_signal(sent)
        assert serving.process.wait(timeout=20) == 0
        serving.stop()
    assert left_behind(serving.scratch) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="signals one thread")
def test_a_signal_that_does_not_wake_the_loop_ends_it_all_the_same(tmp_path: Path) -> None:
    """The system may tell another thread, or the main one in the moment before it waits: the preview went on."""
    with Served(tmp_path) as serving:
        assert serving.get("/")[0] == 200
        time.sleep(0.5)  # until the loop waits
        pid = serving.process.pid
        other = next(int(path.name) for path in Path(f"/proc/{pid}/task").iterdir() if int(path.name) != pid)
        assert ctypes.CDLL(None).tgkill(pid, other, signal.SIGTERM) == 0
        assert serving.process.wait(timeout=20) == 0
        serving.stop()


@pytest.mark.parametrize("path", ["/%5Cattacker.example", "/%5Cattacker.example/..", "//attacker.example/%2e%2e"])
def test_no_address_leads_to_another_site(served: Served, path: str) -> None:
    status, body = served.get(path)
    assert status == 400 and b"Location" not in body


@pytest.mark.parametrize(("path", "reason"), [("/2021//shili", b"empty name"), ("/%ff", b"Bad Request")])
def test_an_address_that_no_section_has_is_answered_400_with_the_reason(
    served: Served, path: str, reason: bytes
) -> None:
    status, body = served.get(path)
    assert status == 400 and reason in body and b"Traceback" not in body
    assert b"Traceback" not in (served.scratch.parent / "errors").read_bytes()


MESSAGES = [
    *(b"{", b"[]", b'"x"', b"{}", b'{"command":5}', b"[" * 9_000, b"\xff", b'{"command":"hello","a":"' + b"b" * 20_000),
    b'{"command":"hello","snipver":' + b"9" * 5_000 + b"}",
]


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_that_is_none_ends_its_connection_and_nothing_else(served: Served, message: bytes) -> None:
    own = f"127.0.0.1:{served.port}"
    asking = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: QQ==\r\n"
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection:
        head = f"GET /livereload HTTP/1.1\r\nHost: {own}\r\nOrigin: http://{own}\r\n{asking}\r\n"
        connection.sendall(head.encode())
        assert b"101" in connection.recv(4_096)
        connection.sendall(b"\x82\xfe" + len(message).to_bytes(2, "big") + bytes(4) + message)
        assert b"not a message" in connection.recv(4_096)
    assert served.get("/")[0] == 200
    assert b"Traceback" not in (served.scratch.parent / "errors").read_bytes()


def test_drafts_and_reports_with_errors_are_shown_under_a_notice(browser: Browser, served: Served) -> None:
    page = opened(browser, served)
    figures = served.content / "2021/shili/tables.yaml"
    good = figures.read_text("utf-8")
    figures.write_text(good.replace("  总计: [3, 0, 0, 0, 0, 0, 3]", "  总计: [9, 0, 0, 0, 0, 0, 9]"), encoding="utf-8")
    alert = page.get_by_role("alert")
    # the first notice may be of a file that was being written
    expect(page.locator("table.statutory").nth(1).get_by_text("9", exact=True)).to_have_count(2, timeout=10_000)
    expect(alert).to_contain_text("页面已按现在的内容显示")
    figures.write_text("状态: 草稿\n" + good, encoding="utf-8")
    page.get_by_text("草稿，未公开").wait_for(timeout=10_000)
    figures.write_text(good, encoding="utf-8")
    page.get_by_text("草稿，未公开").wait_for(state="detached", timeout=10_000)
    page.close()


def test_it_goes_on_when_the_content_folder_is_replaced(browser: Browser, tmp_path: Path) -> None:
    with Served(tmp_path) as serving:
        serving.content.rename(tmp_path / "away")
        time.sleep(0.5)
        replaced = write_content(tmp_path / "other")
        (replaced / "2021/shili/report.md").write_text(prose(2021).replace("示例引言", "示例引言换"), encoding="utf-8")
        replaced.rename(serving.content)
        serving.wait("示例引言换")
        serving.write(prose(2021).replace("示例引言", "示例引言又"))
        serving.wait("示例引言又")


def test_what_the_system_refuses_while_building_is_a_sentence_in_both_languages(tmp_path: Path) -> None:
    def build(output: Path, changed: Changes, waiting: server.Waiting) -> Iterator[PreviewResult]:
        raise OSError(errno.ENOSPC, "No space left on device", str(output))
        yield

    (result,) = _survived(build, tmp_path, None, lambda: False)
    assert result.stale and result.lines == [
        f"读写“{tmp_path}”时出错：磁盘已满 · cannot read or write “{tmp_path}”: the disk is full"
    ]


class _Scripted:
    """A watcher whose builds, and the changes that come meanwhile, are written down; the clock stands."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.told: list[Changes] = []
        self.now = 0.0
        self.meanwhile: list[Changes] = []  # what changes during the next look at everything
        monkeypatch.setattr(time, "monotonic", lambda: self.now)
        monkeypatch.setattr(server, "_TURN", 0.01)
        self.watcher = server._Watcher([], self._changed, False)

    def _changed(self, found: Changes, waiting: server.Waiting) -> Iterator[bool]:
        self.told.append(found)
        if found == frozenset() and self.meanwhile:
            self.watcher._told.put(self.meanwhile.pop())
            assert waiting()
            return
        assert not waiting()
        yield not found

    def goes_on(self, *changes: Changes, seconds: float = 0.0) -> None:
        """Lets what changed, and time, come about."""
        for found in changes:
            self.watcher._told.put(found)
        self.now += seconds
        with suppress(queue.Empty):
            while True:
                self.watcher._build(self.watcher._gathered(), Mock())


EDIT, OTHER = frozenset(["2021/shili/report.md"]), frozenset(["2021/jiaju/report.md"])
LOOK = frozenset[str]()


def test_everything_is_looked_at_once_when_no_more_is_edited(monkeypatch: pytest.MonkeyPatch) -> None:
    played = _Scripted(monkeypatch)
    played.goes_on(None)
    for seconds, told in ((1.0, [EDIT]), (1.5, [EDIT]), (1.9, []), (0.2, [LOOK]), (9.0, [])):
        played.told.clear()
        played.goes_on(*([EDIT] if told == [EDIT] else []), seconds=seconds)
        assert played.told == told, seconds


def test_an_edit_does_not_wait_until_everything_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    played = _Scripted(monkeypatch)
    played.goes_on(EDIT)
    played.meanwhile = [OTHER]
    played.goes_on(seconds=3.0)
    assert played.told == [EDIT, LOOK, OTHER]
    played.goes_on(seconds=3.0)
    assert played.told == [EDIT, LOOK, OTHER, LOOK]


def test_changes_that_came_together_are_built_together(monkeypatch: pytest.MonkeyPatch) -> None:
    played = _Scripted(monkeypatch)
    played.goes_on(EDIT, OTHER)
    played.goes_on(EDIT, None, OTHER)
    assert played.told == [EDIT | OTHER, None]


def test_what_changes_during_a_build_is_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    played, taken = _Scripted(monkeypatch), threading.Event()

    def changes(*_: object) -> Iterator[Changes]:
        yield LOOK
        yield from (LOOK, EDIT)
        taken.set()

    monkeypatch.setattr(server, "changes", changes)
    played.watcher._watch()
    assert taken.is_set() and played.watcher.stop.is_set()
    played.goes_on()
    assert played.told == [None]
