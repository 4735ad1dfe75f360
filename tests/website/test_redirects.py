"""Pages at old addresses, and the same for web servers."""

from __future__ import annotations

import re
import xml.etree.ElementTree
from pathlib import Path
from urllib.parse import urljoin

from click.testing import CliRunner
from lxml import html  # type: ignore[import-untyped]

from generator.__main__ import commands
from generator.collection.redirects import Redirect
from generator.website.redirects import iis, nginx, redirect_pages
from generator.website.site import open_site
from tests.example import SETTINGS, write_content

BASE = "http://www.example.gov.cn/gongkai/nianbao/"
REDIRECTS = (Redirect("organs/jiuju/", "organs/xinju/"), Redirect("old.html", "https://www.example.gov.cn/x?a=1&b=2"))


def test_each_old_address_has_a_page_that_leads_on_without_script() -> None:
    first, second = redirect_pages(open_site(SETTINGS, []).shell, REDIRECTS)
    tree = html.document_fromstring(first.data)
    (refresh,) = tree.xpath("//meta[@http-equiv='refresh']/@content")
    (link,) = tree.xpath("//a/@href")
    assert first.path == "organs/jiuju/index.html" and refresh == f"0; url={link}"
    assert urljoin(BASE + first.path, link) == BASE + "organs/xinju/index.html" and b"<script" not in first.data
    assert html.document_fromstring(second.data).xpath("//a/@href") == [REDIRECTS[1].new]


def test_servers_get_the_whole_addresses() -> None:
    assert nginx(REDIRECTS, BASE).splitlines() == [
        "location = /gongkai/nianbao/organs/jiuju/ { return 301 /gongkai/nianbao/organs/xinju/; }",
        "location = /gongkai/nianbao/old.html { return 301 https://www.example.gov.cn/x?a=1&b=2; }",
    ]
    rules = xml.etree.ElementTree.fromstring(iis(REDIRECTS, BASE)).findall("rules/rule")
    assert [rule[0].get("url") for rule in rules] == ["^organs/jiuju/$", "^old\\.html$"]
    assert [rule[1].get("url") for rule in rules] == ["/gongkai/nianbao/organs/xinju/", REDIRECTS[1].new]
    assert iis((), BASE) == nginx((), BASE) == ""


def test_servers_compare_decoded_addresses_and_take_no_address_for_a_command() -> None:
    odd = (Redirect("旧 局/", "新局/"), Redirect("a+b.html", 'https://www.example.gov.cn/$x;}"'))
    assert nginx(odd, "").splitlines() == [
        'location = "/旧 局/" { return 301 /%E6%96%B0%E5%B1%80/; }',
        'location = /a+b.html { return 301 "https://www.example.gov.cn/%24x;}\\""; }',
    ]
    rules = xml.etree.ElementTree.fromstring(iis(odd, "")).findall("rules/rule")
    patterns = [str(rule[0].get("url")) for rule in rules]
    assert all(re.fullmatch(pattern, item.old) for pattern, item in zip(patterns, odd, strict=True))


def test_the_command_prints_them(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content", {})
    with (content / "site.yaml").open("a", encoding="utf-8") as site:
        site.write("redirects:\n  a/: b/\n")
    told = CliRunner().invoke(commands("zh"), ["redirects", "--content", str(content)])
    assert told.exit_code == 0 and told.output == "location = /a/ { return 301 /b/; }\n"
