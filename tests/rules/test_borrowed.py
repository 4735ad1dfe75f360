"""Addresses of another portal, and decrees of another province."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.collection.context import Context
from generator.finding import Level
from generator.rules.runner import check_entry
from tests.example import SETTINGS, entry, prose
from tests.rules.words import with_paragraph, with_preface

ORGANS = {organ.id: organ for organ in SETTINGS.organs}


def borrowed(narrative: str, host: str = "www.example.gov.cn", name: str = "示例区甲局", listed: str = "") -> list[str]:
    """Returns the subjects of XT-ORGAN in a report of 示例区甲局."""
    report, _ = entry(2021, None, narrative)
    assert report is not None
    own = replace(report, ref=report.ref._replace(organ="jiaju"))
    organs = ORGANS | {"jiaju": replace(ORGANS["jiaju"], name=name)}
    hits = check_entry(own, Context(organs=organs, options={"可链网站": listed}, host=host))
    return [f.subject for f in hits if f.rule == "XT-ORGAN" and f.level is Level.WARNING]


SITES = [
    "本报告的电子版可在示例区人民政府门户网站（www.other.gov.cn）下载。",
    "本年报电子版可在政府门户网站（https://www.other.gov.cn/）下载。",
    "本报告的电子版可在区政府门户网站www.other.gov.cn查阅。",
    "我局网站：www.other.gov.cn。本报告可在此下载。",
    "本报告的电子版可在“示例区甲局”政府网站（http://jiaju.other.gov.cn）下载。",
]


@pytest.mark.parametrize("words", SITES)
def test_another_portal_called_ours(words: str) -> None:
    (host,) = borrowed(with_preface(words))
    assert host.endswith("other.gov.cn") and host in words
    assert borrowed(with_paragraph(words)) == [host]
    assert borrowed(with_preface(words), host="www.other.gov.cn") == []
    assert borrowed(with_preface(words), host="nianbao.example.cn") == [], "no government host to compare with"
    assert borrowed(with_preface(words), listed="www.other.gov.cn") == []


@pytest.mark.parametrize(
    "words",
    [
        "本报告的电子版可在示例区人民政府门户网站（www.example.gov.cn）下载。",
        "本报告的电子版可在区政府门户网站（xxgk.example.gov.cn）下载。",
        "本报告的电子版可在示例市人民政府门户网站（www.other.gov.cn）下载。",
        "登录中国政府网（www.gov.cn）查阅《条例》。",
        "在省政务服务网（zwfw.other.gov.cn）办理。",
        "邮箱：a@other.gov.cn。",
    ],
)
def test_our_portal_and_those_of_others_by_their_names(words: str) -> None:
    assert borrowed(with_preface(words)) == []


DECREE = "转发《乙省政府信息公开申请办理答复规范》"


@pytest.mark.parametrize(
    ("preface", "words", "name", "expected"),
    [
        ("根据《甲某省政府信息公开办法》编制。", DECREE, "示例区甲局", ["《乙省政府信息公开申请办理答复规范》"]),
        ("", DECREE.replace("乙省", "丙某省"), "甲某省示例区甲局", ["《丙某省政府信息公开申请办理答复规范》"]),
        ("根据《甲某省政府信息公开办法》编制。", DECREE.replace("乙省", "甲某省"), "示例区甲局", []),
        ("根据《甲某省政府信息公开办法》编制。", DECREE.replace("转发", "学习借鉴"), "示例区甲局", []),
        ("", DECREE, "示例区甲局", []),
    ],
)
def test_a_decree_of_another_province(preface: str, words: str, name: str, expected: list[str]) -> None:
    words = words.replace("乙省", "乙某省")
    expected = [item.replace("乙省", "乙某省") for item in expected]
    narrative = prose(2021).replace("示例引言。", f"示例引言。{preface}", 1)
    assert borrowed(f"{narrative}\n{words}，认真学习。\n", name=name) == expected
