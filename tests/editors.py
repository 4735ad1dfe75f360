"""Editors of content systems as pinned npm packages, unpacked into a folder and served on loopback.

None of them is a part of nianbao: they are fetched for the tests only, by npm, and their sums are compared."""

from __future__ import annotations

import hashlib
import http.server
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest


class Package(NamedTuple):
    name: str
    file: str
    sha512: str


PACKAGES = {
    # the build of 2014-2016 that portals run most: UEditor 1.4.3
    "ueditor": Package(
        "ueditor@1.2.3",
        "ueditor-1.2.3.tgz",
        "660da7ad28dfedf0d075bc8b5ede9f48503e94a0bbc8e2482c3e95115fd83ee2f6f19cce80fd905a156418557808012ca410371155b7fd1446bc987272b1cf90",
    ),
    "wangeditor": Package(
        "@wangeditor/editor@5.1.23",
        "wangeditor-editor-5.1.23.tgz",
        "d11c5f7954ee2b5b64b5468f44e9c2a057da1d5269440204db3752d26a4ffafab56b1550a4b8ccf3e7c2bcacea608907d0f83e0bee38849a5edd556ba12904b9",
    ),
    "tinymce": Package(
        "tinymce@7.9.3",
        "tinymce-7.9.3.tgz",
        "32d9b9e14e5827a3f2a3f19a031f894875d3184bb1ae0d80a30556083f73cb5781a25a7951bed2d6b4edb3241dc613de81f84bb91dd52e24ca1b0d6d69cbf4f6",
    ),
}

# A page with each editor; `ready` becomes true, `put` is what its source mode does, `get` what it hands to the system.
UEDITOR = """<!doctype html><meta charset="utf-8">
<script>window.UEDITOR_HOME_URL = "/ueditor/package/example/public/ueditor/";</script>
<script src="/ueditor/package/example/public/ueditor/ueditor.config.js"></script>
<script src="/ueditor/package/example/public/ueditor/ueditor.all.js"></script>
<script src="/ueditor/package/example/public/ueditor/lang/zh-cn/zh-cn.js"></script>
<div id="e"></div><script>
const e = UE.getEditor("e", {serverUrl: "", enableAutoSave: false, codeMirrorJsUrl: "", sourceEditor: "textarea"});
e.ready(() => { window.ready = true; });
window.put = (html) => {
  e.execCommand("source");
  document.querySelector("#e textarea").value = html;
  e.execCommand("source");
};
window.get = () => e.getContent();
</script>"""
WANGEDITOR = """<!doctype html><meta charset="utf-8">
<link rel="stylesheet" href="/wangeditor/package/dist/css/style.css">
<script src="/wangeditor/package/dist/index.js"></script><div id="e" style="height:600px"></div><script>
const e = window.wangEditor.createEditor({selector: "#e", html: "<p><br></p>"});
window.ready = true;
window.put = (html) => e.setHtml(html);
window.get = () => e.getHtml();
</script>"""
TINYMCE = """<!doctype html><meta charset="utf-8"><script src="/tinymce/package/tinymce.min.js"></script>
<textarea id="e"></textarea><script>
tinymce.init({selector: "#e", license_key: "gpl", plugins: "table code", promotion: false,
  setup: (e) => e.on("init", () => { window.ready = true; })});
window.put = (html) => tinymce.activeEditor.setContent(html);
window.get = () => tinymce.activeEditor.getContent();
</script>"""
PAGES = {"ueditor": UEDITOR, "wangeditor": WANGEDITOR, "tinymce": TINYMCE}
# Where one writes: the frame of the editor, where it has one, and the element in it.
AREAS = {"ueditor": ("iframe", "body"), "wangeditor": ("", "[contenteditable=true]"), "tinymce": ("iframe", "body")}


def unpacked(folder: Path) -> Path:
    """Fetches the packages and lays them with their pages into a folder. Skips the test where they cannot be had."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm on this machine (tests/system.sh installs it): editors of content systems are not tried")
    for key, package in PACKAGES.items():
        done = subprocess.run(
            [npm, "pack", "--silent", package.name], cwd=folder, capture_output=True, timeout=120, check=False
        )
        archive = folder / package.file
        if done.returncode or not archive.is_file():
            pytest.skip(f"npm cannot fetch {package.name} here: editors of content systems are not tried")
        assert hashlib.sha512(archive.read_bytes()).hexdigest() == package.sha512, f"{package.name} is another file"
        with tarfile.open(archive) as packed:
            packed.extractall(folder / key, filter="data")
        (folder / f"{key}.html").write_text(PAGES[key], encoding="utf-8")
    return folder


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serves a folder on loopback; yields its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
