"""The second language: what is translated, what is marked as Chinese, and where its pages stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.collection.settings import Link, Settings
from generator.website.languages import english_settings, mark_chinese, whole_chinese
from generator.website.site import open_site
from generator.website.views import LinkView
from generator.website.words import load_words
from tests.example import SETTINGS

ENGLISH = load_words("en")


def translated(**given: str) -> Settings:
    return english_settings(replace(SETTINGS, english=given, base_url="https://www.example.gov.cn/nianbao/"), ENGLISH)


def test_names_are_those_given_and_others_stay_chinese() -> None:
    settings = translated(网站名称="Example District People's Government")
    assert settings.values["网站名称"] == "Example District People's Government"
    assert settings.values["主办单位"] == "示例区人民政府"
    assert settings.values["栏目名称"] == "Annual Reports on Government Information Disclosure"
    assert settings.base_url == "https://www.example.gov.cn/nianbao/en/"


def test_an_organ_goes_by_its_english_name_where_it_has_one_and_its_level_is_translated() -> None:
    organs = (replace(SETTINGS.organs[0], english="Example District"), *SETTINGS.organs[1:])
    made = english_settings(replace(SETTINGS, organs=organs, english={"网站名称": "X"}), ENGLISH).organs
    assert [(organ.name, organ.level) for organ in made[:2]] == [
        ("Example District", "District"),
        ("示例区甲局", "Department"),
    ]


def test_the_navigation_has_the_usual_names_in_english_and_leaves_others() -> None:
    nav = (Link("政府信息公开指南", ""), Link("示例专栏", ""), *SETTINGS.nav)
    settings = english_settings(replace(SETTINGS, nav=nav, english={"网站名称": "X"}), ENGLISH)
    section = "Annual Reports on Government Information Disclosure"
    assert [link.label for link in settings.nav] == ["Disclosure guide", "示例专栏", section]
    assert [link.label for link in settings.crumbs] == ["Home"]


def test_the_entry_for_requests_is_found_in_both_languages() -> None:
    nav = (Link("依申请公开", "http://www.example.gov.cn/apply"),)
    settings = replace(SETTINGS, nav=nav, english={"网站名称": "X"})
    english = open_site(settings, []).english
    assert english is not None and english.shell.apply == LinkView("Disclosure on request", nav[0].url)
    assert open_site(settings, []).shell.apply == LinkView("依申请公开", nav[0].url)


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>plain</p>", "<p>plain</p>"),
        ("<td>16284万元</td>", '<td>16284<span lang="zh-CN">万元</span></td>'),
        ("<h1>示例区2020年: report</h1>", '<h1><span lang="zh-CN">示例区2020年</span>: report</h1>'),
        ("<p><b>甲</b> and 乙</p>", '<p><b><span lang="zh-CN">甲</span></b> and <span lang="zh-CN">乙</span></p>'),
        ("<title>甲</title>", "<title>甲</title>"),
        ('<script type="application/ld+json">"甲"</script>', '<script type="application/ld+json">"甲"</script>'),
        ('<a title="甲">b</a>', '<a title="甲">b</a>'),
    ],
)
def test_chinese_in_texts_is_marked_and_nothing_else(html: str, marked: str) -> None:
    assert mark_chinese(html) == marked


def test_a_narrative_is_marked_as_a_whole() -> None:
    html = f"<p>甲</p>{whole_chinese('<p>乙</p>')}<p>丙</p>"
    assert mark_chinese(html) == (
        '<p><span lang="zh-CN">甲</span></p><div lang="zh-CN"><p>乙</p></div><p><span lang="zh-CN">丙</span></p>'
    )
