"""Only browsers that show a changed page are told; none is forgotten."""

from __future__ import annotations

import pytest

from generator.preview.last_build import LastBuild, PreviewResult, concerns, page_of


def built(*paths: str, lines: tuple[str, ...] = ()) -> PreviewResult:
    return PreviewResult(not lines, list(lines), False, frozenset(paths))


PAGE = "2021/shili/index.html"
CASES = [
    (PAGE, PAGE, True),
    (PAGE, "2021/shili/tu.png", True),
    (PAGE, "2021/jiaju/index.html", False),
    (PAGE, "assets/nianbao.12345678.css", True),
    ("index.html", "2021/index.html", False),
    ("index.html", "sitemap.xml", False),
    ("search/index.html", "search/2021-0/3.js", True),
    ("2021/index.html", PAGE, False),
    ("", "sitemap.xml", True),
]


@pytest.mark.parametrize(("page", "path", "told"), CASES)
def test_a_page_is_concerned_by_itself_its_folder_and_assets(page: str, path: str, told: bool) -> None:
    assert concerns(page, {path}) is told


def test_a_page_fetched_before_a_build_that_changed_it_is_outdated() -> None:
    state = LastBuild()
    state.take(built("index.html"))
    assert state.outdated("data/index.html", 0), "the notice that nothing was built is gone"
    state.take(built(PAGE))
    state.take(built("2021/index.html"))
    assert state.outdated(PAGE, 1) and not state.outdated(PAGE, 2) and state.outdated("2021/index.html", 2)


def test_where_the_notice_changes_every_page_does() -> None:
    state = LastBuild()
    state.take(built())
    state.take(built("index.html", lines=("示例",)))
    assert state.outdated(PAGE, 1)
    state.take(built("index.html", lines=("示例",)))
    assert not state.outdated(PAGE, 2)


def test_what_changed_is_remembered_for_some_builds_and_then_taken_for_all() -> None:
    state = LastBuild()
    for _ in range(60):
        state.take(built("index.html"))
    assert state.outdated(PAGE, 5) and not state.outdated(PAGE, 30)
    state.take(PreviewResult(True, []))
    assert state.outdated(PAGE, 60), "what changed is not known"


ADDRESSES = [
    ("http://127.0.0.1:8000/2021/shili/", PAGE),
    ("http://127.0.0.1:8000/2021/shili/index.html?q=1#s1", PAGE),
    ("http://127.0.0.1:8000/", "index.html"),
    ("http://127.0.0.1:8000/%E7%A4%BA.html", "示.html"),
    ("http://[", ""),
    (5, ""),
    (None, ""),
]


@pytest.mark.parametrize(("address", "page"), ADDRESSES)
def test_the_page_is_known_by_its_address(address: object, page: str) -> None:
    assert page_of(address) == page
