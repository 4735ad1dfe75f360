"""Reads old addresses that lead to new ones: the block redirects of site.yaml."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from generator.collection.safe_files import safe_path
from generator.finding import Finding, Level, Message, Place
from generator.yaml_source.nodes import Node, Pairs, Scalar, get

BLOCK, RULE = "redirects", "SITE-REDIRECT"


class Redirect(NamedTuple):
    """An old address below the section's top (2019/jiuju/) and where it leads: below the top too, or an http(s)
    address; `line` is where it is written."""

    old: str
    new: str
    line: int = 0

    @property
    def page(self) -> str:
        """The path of the page that leads on."""
        return self.old if self.old.endswith(".html") else f"{self.old.rstrip('/')}/index.html"

    @property
    def target(self) -> str:
        """The path of the file that it leads to; "" outside the section."""
        if "://" in self.new:
            return ""
        last = self.new.rstrip("/").rpartition("/")[2]
        return self.new if "." in last and not self.new.endswith("/") else f"{self.new.rstrip('/')}/index.html"


def read_redirects(site: Node | None) -> tuple[Redirect, ...]:
    """Reads the block; what is misshapen is left out and reported by `check_redirects`."""
    block = get(site, BLOCK)
    pairs = block.pairs if isinstance(block, Pairs) else ()
    found = (Redirect(old.text, new.text, old.line) for old, new in pairs if isinstance(new, Scalar))
    return tuple(item for item in found if _fault(item) is None)


def check_redirects(site: Node | None, file: str) -> Iterator[Finding]:
    """Reports every line that is no redirect."""
    block = get(site, BLOCK)
    if block is None or (isinstance(block, Scalar) and block.plain and block.text in ("", "~", "null")):
        return
    shape = Message("redirects 下面应是“旧地址: 新地址”", "redirects takes lines “old address: new address”")
    if not isinstance(block, Pairs):
        yield Finding(RULE, Level.ERROR, Place(file, block.line, block.column), shape, subject=BLOCK)
        return
    for old, new in block.pairs:
        fault = _fault(Redirect(old.text, new.text)) if isinstance(new, Scalar) else shape
        if fault is not None:
            yield Finding(RULE, Level.ERROR, Place(file, old.line, old.column), fault, subject=old.text)
    yield from _in_the_way(read_redirects(site), file)
    yield from _in_circles(read_redirects(site), file)


def _in_the_way(redirects: Sequence[Redirect], file: str) -> Iterator[Finding]:
    """Reports old addresses whose pages cannot both be there: they are one, or one is a folder of the other."""
    pages: dict[str, Redirect] = {}
    folders: dict[str, Redirect] = {}
    for item in redirects:
        page = item.page.lower()
        other = folders.get(page) or next((pages[at] for at in (page, *_above(page)) if at in pages), None)
        pages[page] = item
        folders |= dict.fromkeys(_above(page), item)
        if other is not None:
            yield _finding(
                item,
                file,
                f"“{item.old}”与“{other.old}”是同一个网址，或者一个在另一个里面；请只留一行",
                f"“{item.old}” and “{other.old}” are one address, or one lies in the other; keep one line",
            )


def _above(path: str) -> Iterator[str]:
    """Yields the paths of the folders that a file lies in, the nearest first."""
    while path := path.rpartition("/")[0]:
        yield path


def _in_circles(redirects: Sequence[Redirect], file: str) -> Iterator[Finding]:
    """Reports old addresses that lead back to themselves by way of others."""
    leads = {item.page: item.target for item in redirects}
    for item in redirects:
        at, steps = item.target, 0
        while at in leads and at != item.page and steps <= len(leads):
            at, steps = leads[at], steps + 1
        if at == item.page:
            yield _finding(item, file, f"“{item.old}”转了一圈又回到它自己", f"“{item.old}” leads back to itself")


def check_targets(redirects: Sequence[Redirect], has_page: Callable[[str], bool], file: str) -> Iterator[Finding]:
    """Reports, once the files of the section are known, old addresses that have a page or file of their own, and new
    ones that have none."""
    pages = {item.page for item in redirects}
    for item in redirects:
        if has_page(item.page) or any(map(has_page, _above(item.page))):
            zh, en = "现在有自己的网页，不能再转走；请删去这一行", "has a page of its own now; delete this line"
            yield _finding(item, file, f"“{item.old}”{zh}", f"“{item.old}” {en}")
        elif item.target and item.target not in pages and not has_page(item.target):
            zh, en = "在本栏目里没有网页；请写现在的地址", "is no page of the section; write the address of today"
            yield _finding(
                item, file, f"“{item.old}”指向的“{item.new}”{zh}", f"“{item.new}”, where “{item.old}” leads, {en}"
            )


def _finding(item: Redirect, file: str, zh: str, en: str) -> Finding:
    return Finding(RULE, Level.ERROR, Place(file, item.line, 3), Message(zh, en), subject=item.old)


def _fault(item: Redirect) -> Message | None:
    for address in (item.old, item.new):
        if address is item.new and address.startswith(("http://", "https://")):
            continue
        try:
            safe_path(address.removesuffix("/"))
        except ValueError:
            return Message(
                f"“{address}”不是栏目内的地址；应像 2019/jiuju/，不以 / 开头（新地址也可以是 http(s) 网址）",
                f"“{address}” is no address of the section; write it like 2019/jiuju/, without a leading / (the new "
                "one may also be an http(s) address)",
            )
    return (
        Message(f"“{item.old}”指向它自己，请删去这一行", f"“{item.old}” leads to itself; delete the line")
        if item.old == item.new
        else None
    )
