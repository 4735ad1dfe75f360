"""redirects in site.yaml."""

from __future__ import annotations

import pytest

from generator.collection.redirects import Redirect, check_redirects, check_targets, read_redirects
from generator.yaml_source.reader import read


def test_old_and_new_addresses_are_read() -> None:
    text = "redirects:\n  organs/jiuju/: organs/xinju/\n  old.html: https://www.example.gov.cn/x\n"
    node, _ = read(text.encode(), "site.yaml")
    found = read_redirects(node)
    assert found == (
        Redirect("organs/jiuju/", "organs/xinju/", 2),
        Redirect("old.html", "https://www.example.gov.cn/x", 3),
    )
    assert [item.page for item in found] == ["organs/jiuju/index.html", "old.html"]
    assert list(check_redirects(node, "site.yaml")) == [] and read_redirects(None) == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/a/: b/", "without a leading /"),
        ("a/: ../b/", "no address of the section"),
        ("a/: javascript:alert(1)", "no address of the section"),
        ("a/: a/", "leads to itself"),
        ("a/: [b]", "old address: new address"),
    ],
)
def test_a_mistake_is_reported_at_its_line_and_left_out(line: str, said: str) -> None:
    node, _ = read(f"网站名称: 示例\nredirects:\n  {line}\n".encode(), "site.yaml")
    (finding,) = check_redirects(node, "site.yaml")
    assert finding.place.line == 3 and said in finding.message.en and read_redirects(node) == ()


def test_addresses_that_lead_in_a_circle_are_reported_each_at_its_line() -> None:
    text = "redirects:\n  a/: b/\n  b/: c/\n  c/: a/\n  d/: a/\n"
    node, _ = read(text.encode(), "site.yaml")
    found = [(finding.place.line, finding.message.en) for finding in check_redirects(node, "site.yaml")]
    assert found == [(line, f"“{old}/” leads back to itself") for line, old in ((2, "a"), (3, "b"), (4, "c"))]


@pytest.mark.parametrize("second", ["a", "A/", "a/index.html", "b.html/c/", "c"])
def test_old_addresses_in_each_others_way_are_reported(second: str) -> None:
    node, _ = read(f"redirects:\n  a/: x/\n  b.html: x/\n  c/index.html/d/: x/\n  {second}: y/\n".encode(), "site.yaml")
    (finding,) = check_redirects(node, "site.yaml")
    assert finding.place.line == 5 and "keep one line" in finding.message.en


def test_an_old_address_with_a_page_and_a_new_one_without_are_reported() -> None:
    pages = {"2020/xinju/index.html", "2021/jiuju/index.html", "data/2020.csv"}
    redirects = (
        Redirect("2020/jiuju/", "2020/xinju/", 2),
        Redirect("2019/jiuju/", "2020/jiuju/", 3),  # by way of another
        Redirect("data/old.csv.html", "data/2020.csv", 4),
        Redirect("far/", "https://www.example.gov.cn/", 5),
        Redirect("2021/jiuju/", "2020/xinju", 6),
        Redirect("2018/jiuju/", "2018/xinju/", 7),
        Redirect("data/2020.csv", "2020/xinju/", 8),  # a file cannot be a folder too
    )
    found = list(check_targets(redirects, pages.__contains__, "site.yaml"))
    assert [(finding.place.line, finding.subject) for finding in found] == [
        (6, "2021/jiuju/"),
        (7, "2018/jiuju/"),
        (8, "data/2020.csv"),
    ]
    assert "has a page of its own" in found[0].message.en and "is no page of the section" in found[1].message.en
