"""redirects in site.yaml."""

from __future__ import annotations

import pytest

from generator.collection.redirects import Redirect, check_redirects, read_redirects
from generator.yaml_source.reader import read


def test_old_and_new_addresses_are_read() -> None:
    text = "redirects:\n  organs/jiuju/: organs/xinju/\n  old.html: https://www.example.gov.cn/x\n"
    node, _ = read(text.encode(), "site.yaml")
    found = read_redirects(node)
    assert found == (Redirect("organs/jiuju/", "organs/xinju/"), Redirect("old.html", "https://www.example.gov.cn/x"))
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
