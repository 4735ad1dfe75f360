"""Times the preview beside Hugo's server: from saving one changed figure until the browser is told and sees it.

    python bench/preview.py --sizes 100,1000 --repeat 5

A client of livereload's protocol shows the page of the edited report. Told: the moment of the first `reload` after
which the page, fetched again, has the new figure. All right: the moment at which nianbao's figures of all reports have
it too; Hugo's server leaves them as they are until somebody looks at them. CPU is user + system time of the server
until then, which other work on the machine changes less.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import workload
from bench.measure import environment
from bench.peers import PEERS, ROOT, Peer, workplace

_PAUSE = 2.6  # seconds between two edits: nothing is under way any more
_PATIENCE = 120
_FIGURE = re.compile(r"(?m)^ *行政许可: \[\d+, (-?\d+)")


class Times(NamedTuple):
    """Seconds from saving: until told with the page right, until all is right; seconds of CPU by then."""

    told: float
    all_right: float
    cpu_told: float
    cpu_all: float


class Server(NamedTuple):
    """A server: its process, its address, the file with the figure, and where the figures of all reports are, "" where
    they do not follow (Hugo renders anew only what was looked at)."""

    process: subprocess.Popen[bytes]
    url: str
    file: Path
    collection: str


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def served(peer: Peer, folder: Path, size: int) -> Iterator[Server]:
    """Serves a collection of a size; stops the server at the end."""
    source, port = folder / f"{peer.name}-{size}", _free_port()
    peer.prepare(source, size)
    ours = peer.name == "nianbao"
    program = peer.command(source, folder / "out")[0]
    command = (
        [program, "-m", "generator", "preview", "--content", str(source), "--port", str(port)]
        if ours
        else [program, "server", "--quiet", "--bind", "127.0.0.1", "--port", str(port), "--source", str(source)]
    )
    process = subprocess.Popen(
        command, cwd=ROOT if ours else source, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        collection = "data/2020.csv" if ours else ""
        yield Server(process, f"http://127.0.0.1:{port}/", source / peer.edited, collection)
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _get(url: str) -> bytes:
    body: bytes = (await AsyncHTTPClient().fetch(url, request_timeout=_PATIENCE)).body
    return body


async def _age(url: str) -> str:
    """Returns when a file that is served was changed."""
    answer = await AsyncHTTPClient().fetch(url, method="HEAD", request_timeout=_PATIENCE)
    return answer.headers.get("Last-Modified", "")


async def _until(done: Callable[[], Awaitable[bool]], pause: float) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not await done():
        if time.monotonic() > deadline:
            raise SystemExit("nothing came in time")
        await asyncio.sleep(pause)


async def _connect(server: Server, base: str, page: str) -> WebSocketClientConnection:
    found = re.search(rb"snipver=(\d+)", await _get(page))
    address = f"{server.url.replace('http', 'ws')}{base}livereload"
    client = await websocket_connect(HTTPRequest(address, headers={"Origin": server.url.rstrip("/")}))
    hello = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}
    await client.write_message(_said({**hello, "snipver": found[1].decode() if found else "0"}))
    await client.read_message()
    await client.write_message(_said({"command": "info", "url": page, "plugins": {}}))
    return client


def _said(message: dict[str, object]) -> str:
    """A message as browsers write it: Hugo knows it by its bytes."""
    return json.dumps(message, separators=(",", ":"))


async def once(server: Server, base: str) -> Times:
    """Edits the figure once."""
    page = f"{server.url}{base}{workload.EDITED}/"
    client = await _connect(server, base, page)
    await asyncio.sleep(_PAUSE)
    changed = workload.edited(server.file.read_text(encoding="utf-8"))
    found = _FIGURE.search(changed)
    assert found
    figure = found[1].encode()
    before, started = _cpu(server.process.pid), time.perf_counter()
    server.file.write_text(changed, encoding="utf-8")

    async def told() -> bool:
        message = await asyncio.wait_for(client.read_message(), _PATIENCE)
        if json.loads(message or "{}").get("command") != "reload":
            return False
        return bool(re.search(rb">%s<" % figure, await _get(page)))

    await _until(told, 0)
    first, cpu = time.perf_counter() - started, _cpu(server.process.pid) - before

    url, age = server.url + base + server.collection, ""

    async def everywhere() -> bool:
        nonlocal age
        if not server.collection or age == (age := await _age(url)):  # to be served the file again and again takes time
            return not server.collection
        rows = (await _get(url)).decode("utf-8-sig").splitlines()
        place = f"2020,{workload.organs(1)[0].id},"
        here = (row for row in rows if row.startswith(place) and "行政许可" in row and "本年增/减" in row)
        return any(f",{figure.decode()}," in row for row in here)

    await _until(everywhere, 0.005)
    client.close()
    return Times(first, time.perf_counter() - started, cpu, _cpu(server.process.pid) - before)


async def _ready(server: Server) -> str:
    """Waits for the first build; returns the folder in which the section is served."""
    bases = ("", "nianbao/")
    deadline = time.monotonic() + 5 * _PATIENCE
    while time.monotonic() < deadline:
        for base in bases:
            try:
                await _get(f"{server.url}{base}{workload.EDITED}/")
            except Exception:
                continue
            return base
        await asyncio.sleep(0.3)
    raise SystemExit("the server did not begin")


async def _measured(server: Server, repeat: int) -> list[Times]:
    base = await _ready(server)
    await once(server, base)  # the first edit fills caches
    return [await once(server, base) for _ in range(repeat)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,1000")
    parser.add_argument("--peers", default="nianbao,hugo-new")
    parser.add_argument("--repeat", type=int, default=5)
    asked = parser.parse_args()
    print("| reports | server | told: median s | best s | CPU s | all right: median s | CPU s |")
    print("|--:|---|--:|--:|--:|--:|--:|")
    with workplace() as work:
        for size in map(int, asked.sizes.split(",")):
            for name in asked.peers.split(","):
                with served(PEERS[name](), work, size) as server:
                    print(_row(size, name, asyncio.run(_measured(server, asked.repeat))), flush=True)
    print(f"\nLoad average {' '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores.")


def _row(size: int, name: str, times: Sequence[Times]) -> str:
    told, cpu_told, everything, cpu_all = (statistics.median(item[at] for item in times) for at in (0, 2, 1, 3))
    best = min(item.told for item in times)
    return f"| {size} | {name} | {told:.3f} | {best:.3f} | {cpu_told:.2f} | {everything:.2f} | {cpu_all:.2f} |"


if __name__ == "__main__":
    main()
