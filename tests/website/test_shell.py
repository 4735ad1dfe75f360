"""What all pages share: marks, navigation, footer, addresses and assets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from jinja2 import UndefinedError

from generator.collection.settings import IDENTIFIERS, Settings
from generator.website.shell import Shell
from generator.website.theme import Theme, load_theme
from generator.website.views import LinkView
from generator.website.words import Words, load_words
from tests.example import SETTINGS

THEME = load_theme()
BODY = "{% extends 'base.html' %}{% block main %}{{ text }}{% endblock %}"
ONLINE = replace(SETTINGS, base_url="https://www.example.gov.cn/nianbao/")


def shell(settings: Settings = SETTINGS, body: str = BODY) -> Shell:
    return Shell(Theme({**THEME.templates, "test.html": body}, THEME.assets), settings, load_words())


def page(shell: Shell, path: str, kind: str = "report", metas: Sequence[tuple[str, str]] = ()) -> str:
    return shell.page("test.html", path, kind, "示例标题", (LinkView("示例", None),), metas, text="").data.decode()


def marks(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta name="(\w+)" content="([^"]*)">', html))


def test_a_page_finds_the_assets_from_its_own_depth() -> None:
    assert '<link rel="stylesheet" href="../../assets/nianbao.' in page(shell(), "2021/shili/index.html")
    assert '<link rel="stylesheet" href="assets/nianbao.' in page(shell(), "index.html")


def test_the_error_page_is_served_for_any_address_and_so_starts_at_the_sections_path() -> None:
    html = page(shell(ONLINE), "404.html", "error")
    assert 'href="/nianbao/assets/nianbao.' in html and "canonical" not in html and "ColumnName" not in marks(html)


def test_a_page_names_its_canonical_address_only_where_the_section_has_one() -> None:
    online = page(shell(ONLINE), "2021/shili/index.html")
    assert '<link rel="canonical" href="https://www.example.gov.cn/nianbao/2021/shili/">' in online
    assert marks(online)["Url"] == "https://www.example.gov.cn/nianbao/2021/shili/"
    offline = page(shell(), "2021/shili/index.html")
    assert "canonical" not in offline and "Url" not in marks(offline) and shell().url("2021/") == ""


def test_unset_marks_are_left_out_and_never_empty() -> None:
    assert marks(page(shell(), "index.html"))["SiteIDCode"] == "1234567890"
    values = {**SETTINGS.values, "网站标识码": ""}
    html = page(shell(replace(SETTINGS, values=values)), "index.html", metas=[("PubDate", ""), ("Title", "甲")])
    assert "SiteIDCode" not in html and "PubDate" not in html and marks(html)["Title"] == "甲"


def test_the_footer_names_the_organiser_and_every_identifier_that_is_set() -> None:
    html = page(shell(), "index.html")
    for name in ("主办单位", *IDENTIFIERS):
        assert f"<span>{name}：{SETTINGS.values[name]}</span>" in html
    without = replace(SETTINGS, values={**SETTINGS.values, "ICP备案号": ""})
    assert "ICP" not in page(shell(without), "index.html")


def test_a_title_names_section_and_site_but_on_the_home_page() -> None:
    assert "<title>示例标题-政府信息公开年报-示例区人民政府</title>" in page(shell(), "2021/index.html")
    assert "<title>示例标题</title>" in page(shell(), "index.html", "home")


def test_crumbs_of_the_page_follow_those_of_the_portal() -> None:
    drawn = page(shell(), "index.html").split('class="crumbs"')[1].split("</nav>")[0]
    crumbs = re.findall(r"<li>(<(?:a|span)[^<]*</)", drawn)
    assert crumbs == ['<a href="http://www.example.gov.cn/">首页</', '<span aria-current="page">示例</']


def test_the_name_of_an_asset_changes_with_its_content() -> None:
    theme = Theme(THEME.templates, {"a.css": b"a"})
    (one,) = Shell(theme, SETTINGS, load_words()).assets()
    (two,) = Shell(theme._replace(assets={"a.css": b"b"}), SETTINGS, load_words()).assets()
    assert re.fullmatch(r"assets/a\.[0-9a-f]{8}\.css", one.path) and one.data == b"a" and one.path != two.path


def test_a_template_that_asks_for_what_is_not_given_fails() -> None:
    with pytest.raises(UndefinedError):
        page(shell(body="{{ nothing }}"), "index.html")
    with pytest.raises(KeyError):
        page(shell(body='{{ w("page.nothing") }}'), "index.html")


def test_texts_are_escaped() -> None:
    html = shell().page("test.html", "index.html", "home", "<i>", (), text="<b>").data.decode()
    assert "&lt;b&gt;" in html and "<title>&lt;i&gt;</title>" in html


def test_templates_are_compiled_once_for_each_language_with_its_plain_words_in_them() -> None:
    def compiled(lang: str) -> list[object]:
        env = Shell(load_theme(), SETTINGS, load_words(lang)).env
        return [env.get_template(name).root_render_func.__code__ for name in ("report.html", "base.html")]

    assert compiled("zh") == compiled("zh") and compiled("en") == compiled("en")
    marked = Words("zh", {**load_words().texts, "page.any": "<示例>", "page.filled": "{n}"})
    theme = load_theme()._replace(templates={"a": '{{ w("page.any") }}{{ w("page.filled", n=2) }}'})
    assert Shell(theme, SETTINGS, marked).env.get_template("a").render() == "&lt;示例&gt;2"
    changed = load_theme()._replace(templates={"base.html": "other"})
    assert Shell(changed, SETTINGS, load_words()).env.get_template("base.html").render() == "other"
