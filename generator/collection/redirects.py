"""Reads old addresses that lead to new ones: the block redirects of site.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.collection.safe_files import safe_path
from generator.finding import Finding, Level, Message, Place
from generator.yaml_source.nodes import Node, Pairs, Scalar, get

BLOCK, RULE = "redirects", "SITE-REDIRECT"


class Redirect(NamedTuple):
    """An old address below the section's top (2019/jiuju/) and where it leads: below the top too, or an http(s)
    address."""

    old: str
    new: str

    @property
    def page(self) -> str:
        """The path of the page that leads on."""
        return self.old if self.old.endswith(".html") else f"{self.old.rstrip('/')}/index.html"


def read_redirects(site: Node | None) -> tuple[Redirect, ...]:
    """Reads the block; what is misshapen is left out and reported by `check_redirects`."""
    block = get(site, BLOCK)
    pairs = block.pairs if isinstance(block, Pairs) else ()
    found = (Redirect(old.text, new.text) for old, new in pairs if isinstance(new, Scalar))
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
    return Message(f"“{item.old}”指向它自己", f"“{item.old}” leads to itself") if item.old == item.new else None
