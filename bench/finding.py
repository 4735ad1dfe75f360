"""What searching and comparing cost: CPU within a cold build, size on disk, and bytes that a query fetches.

    python bench/finding.py --sizes 1000,10000
    python bench/finding.py --sizes 1000 --pagefind node_modules/.bin/pagefind

CPU is that of one process, measured around the functions that make the search and the comparison and around writing
what they made, against the whole build in the same run. Bytes are those of the files a browser asked for between a
question and its first answers, from a local server, each as gzip sends it; the page itself and its style sheets are not
counted. Pagefind, where it is given, indexes the same pages and is asked the same questions.
"""

from __future__ import annotations

import argparse
import gzip
import http.server
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Response, sync_playwright

from bench import workload
from generator.pipeline import run as pipeline
from generator.pipeline.request import Request
from generator.pipeline.stage_writer import StageWriter
from generator.website import report_page
from generator.website.compare.pages import ComparePages
from generator.website.search import index as search_index
from generator.website.search.pages import SearchPages
from tests.browser import CHROMIUM

# Questions that people ask of such reports: single words, phrases, names, numbers, and what is not there.
QUESTIONS = (
    "教育局",
    "数据安全",
    "信访举报投诉",
    "安全检测",
    "财政预决算",
    "政务新媒体",
    "社会评议",
    "属于国家秘密",
    "培训12次",
    "没有这样的词",
)


class Clock:
    """Adds up the CPU time spent in functions, also where they yield their results one by one."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def add(self, name: str, started: float) -> None:
        self.spent[name] = self.spent.get(name, 0.0) + time.process_time() - started

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            started = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                self.add(name, started)

        return call

    def stepped(self, name: str, function: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        def steps(*args: Any, **kwargs: Any) -> Iterator[Any]:
            made = function(*args, **kwargs)
            while True:
                started = time.process_time()
                page = next(made, None)
                self.add(name, started)
                if page is None:
                    return
                yield page

        return steps


def build(content: Path, site: Path) -> dict[str, float]:
    """CPU seconds of a cold build in one process, and of its parts."""
    clock = Clock()
    places: tuple[tuple[Any, str, str, Callable[..., Any]], ...] = (
        (report_page, "script", "texts", clock.timed),
        (SearchPages, "index", "search", clock.timed),
        (SearchPages, "page", "search", clock.timed),
        (search_index, "_pages", "search", clock.stepped),
        (ComparePages, "pages", "compare", clock.stepped),
    )
    kept = [(owner, name, getattr(owner, name)) for owner, name, _, _ in places]
    put = StageWriter.put

    def timed_put(self: StageWriter, path: str, data: bytes) -> None:
        begun = time.process_time()
        put(self, path, data)
        if path.startswith(("search/", "compare/")) or path.endswith("text.js"):
            clock.add("writing", begun)

    for owner, name, part, around in places:
        setattr(owner, name, around(part, getattr(owner, name)))
    setattr(StageWriter, "put", timed_put)  # noqa: B010
    started = time.process_time()
    try:
        outcome = pipeline.run(Request(content, jobs=1), site)
    finally:
        for owner, name, function in (*kept, (StageWriter, "put", put)):
            setattr(owner, name, function)
    if outcome.written is None:
        raise SystemExit("the workload was not built")
    return {**clock.spent, "build": time.process_time() - started}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serves a folder on loopback."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def sent(data: bytes) -> int:
    """Bytes on the wire: compressed, unless that makes it larger."""
    return min(len(data), len(gzip.compress(data, 6)))


def queries(site: Path, ask: str) -> list[int]:
    """Bytes fetched for each question, asked of a fresh browser."""
    costs = []
    with served(site) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for question in QUESTIONS:
            page = browser.new_context().new_page()
            page.set_default_timeout(20_000)
            page.goto(address + ask)
            page.wait_for_load_state("networkidle")
            answers: list[Response] = []
            page.on("response", partial(answers.append))
            page.fill("input[type=search], input[type=text]", question)
            if "pagefind" not in ask:
                page.press("#q", "Enter")
                page.wait_for_timeout(200)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(700)
            costs.append(sum(sent(answer.body()) for answer in answers))
            page.context.close()
        browser.close()
    return costs


PAGEFIND = """<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8">
<link href="/pagefind/pagefind-ui.css" rel="stylesheet">
<script src="/pagefind/pagefind-ui.js"></script><div id="s"></div>
<script>addEventListener("DOMContentLoaded", () => new PagefindUI({element: "#s", debounceTimeoutMs: 50}));</script>"""


def pagefind(command: str, site: Path) -> dict[str, Any]:
    """Indexes the report pages with Pagefind and asks it the same."""
    started = time.perf_counter()
    subprocess.run([command, "--site", str(site), "--glob", "20*/*/index.html"], check=True, capture_output=True)
    wall = time.perf_counter() - started
    (site / "pagefind.html").write_text(PAGEFIND, encoding="utf-8")
    return {"wall": wall, "disk": _size(site / "pagefind"), "queries": queries(site, "pagefind.html")}


def _size(folder: Path, pattern: str = "*") -> int:
    return sum(path.stat().st_size for path in folder.rglob(pattern) if path.is_file())


def measured(size: int, command: str) -> dict[str, Any]:
    """Everything at one size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workload.write_content(folder / "content", size)
        result: dict[str, Any] = {"cpu": build(folder / "content", folder / "site")}
        site = folder / "site"
        result["disk"] = {
            "search": _size(site / "search"),
            "texts": _size(site, "text.js"),
            "compare": _size(site / "compare"),
        }
        result["queries"] = queries(site, "search/index.html")
        if command:
            result["pagefind"] = pagefind(command, site)
    return result


def told(size: int, result: dict[str, Any]) -> str:
    """The results of one size in words."""
    cpu = result["cpu"]
    parts = {name: cpu.get(name, 0.0) for name in ("texts", "search", "compare", "writing")}
    share = sum(parts.values()) / (cpu["build"] - sum(parts.values())) * 100
    lines = [
        f"{size} reports: build {cpu['build']:.2f} s CPU, of which "
        + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in parts.items())
        + f"; they add {share:.1f} % to the build without them",
        "  on disk: " + ", ".join(f"{name} {bytes_ / 1e6:.1f} MB" for name, bytes_ in result["disk"].items()),
        f"  a query fetches {_kilobytes(result['queries'])}",
    ]
    if "pagefind" in result:
        other = result["pagefind"]
        lines.append(
            f"  Pagefind: indexed in {other['wall']:.1f} s, {other['disk'] / 1e6:.1f} MB; a query fetches "
            + _kilobytes(other["queries"])
        )
    return "\n".join(lines)


def _kilobytes(costs: Sequence[int]) -> str:
    return f"{statistics.median(costs) / 1000:.1f} KB (median), {min(costs) / 1000:.1f}–{max(costs) / 1000:.1f} KB"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000")
    parser.add_argument("--pagefind", default="", help="the command, where it is installed")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    results = {int(size): measured(int(size), arguments.pagefind) for size in arguments.sizes.split(",")}
    print(json.dumps(results, indent=1) if arguments.json else "\n".join(told(*item) for item in results.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
