"""An office's own word lists are laid over the shipped ones; a wrong entry is reported and costs that entry only."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.collection.office import open_office
from generator.finding import Level
from generator.printers.explain import documentation
from generator.rules.runner import check_entry
from generator.wordlists.matcher import WordLists
from generator.wordlists.office_words import laid_over
from generator.wordlists.shipped import shipped_words
from generator.yaml_source.reader import read
from tests.example import entry, prose, write_content

SHIPPED = shipped_words()


def over(name: str, text: str) -> tuple[WordLists, list[tuple[str, int, int, str]]]:
    node, slips = read(text.encode(), f"lists/{name}.yaml")
    assert node is not None and slips == []
    words, findings = laid_over(SHIPPED, {name: node})
    assert all(
        f.level is Level.ERROR and f.place.file == f"lists/{name}.yaml" and f.message.en and documentation(f.rule)
        for f in findings
    )
    return words, [(f.rule, f.place.line, f.place.column, f.message.zh) for f in findings]


def shown(name: str, text: str, narrative: str) -> list[tuple[str, str]]:
    """Gives (rule, wrong wording) of what is found in a narrative with a list laid over the shipped one."""
    words, findings = over(name, text)
    assert findings == []
    return [(word.rule, word.wrong) for at, word in words.look(narrative).words if not word.excused(narrative, at)]


# ---------------------------------------------------------------- what an office may add and change


def test_a_word_is_added_replaced_and_taken_out() -> None:
    assert shown("typos", "entries:\n  - {wrong: 示列, right: 示例, source: 本区}\n", "示列、攻府") == [
        ("WORD-TYPO", "示列"),
        ("WORD-TYPO", "攻府"),
    ]
    assert shown("typos", "entries:\n  - {wrong: 攻府, right: 政府, off: yes}\n", "示列、攻府") == []
    excused = "entries:\n  - {wrong: 攻府, right: 政府, unless: [攻府庙]}\n"
    assert shown("typos", excused, "攻府庙、攻府") == [("WORD-TYPO", "攻府")]
    words, _ = over(
        "typos",
        "entries:\n  - {wrong: 攻府, right: 政府, level: 提示, valid_from: 2022, valid_until: 2023, note: 示例}\n",
    )
    (word,) = [word for word in words.words if word.wrong == "攻府"]
    assert (word.level, word.since, word.until, word.note, word.rule) == (Level.NOTE, 2022, 2023, "示例", "WORD-TYPO")


def test_a_list_of_several_rules_says_which() -> None:
    assert shown(
        "secrecy", "entries:\n  - {wrong: 示例密件}\n  - {rule: SEC-DOCNO, wrong: 示传〔}\n", "示例密件、示传〔"
    ) == [("SEC-WORD", "示例密件"), ("SEC-DOCNO", "示传〔")]


def test_a_phrase_is_added_and_another_taken_out() -> None:
    words, findings = over(
        "phrases",
        "phrases:\n"
        "  - {right: 示例区人民政府办公室, distance: 2, unless: [示例区人民政府]}\n"
        "  - {right: 政府信息公开申请, off: yes}\n",
    )
    distances = {item.text: item.distance for item in words.phrases}
    assert findings == [] and len(distances) == len(SHIPPED.phrases)
    assert distances["示例区人民政府办公室"] == 2 and "政府信息公开申请" not in distances


def test_a_domain_is_added_and_another_taken_out() -> None:
    words, findings = over(
        "domains",
        "offices:\n  - {domain: Mail.Example.cn}\n  - {domain: zb.shandong.cn, off: 是}\n"
        "public:\n  - {domain: example.com}\n",
    )
    assert findings == []
    assert "mail.example.cn" in words.domains and "zb.shandong.cn" not in words.domains
    assert "example.com" in words.mailboxes


def test_characters_are_added() -> None:
    words, findings = over("script", "pairs:\n  - 甲乙 丙丁\n")
    assert findings == [] and (words.script["甲"], words.script["丙"], words.script["無"]) == ("乙", "丁", "无")


def test_parts_of_names_are_added_once() -> None:
    text = "before: [示例人]\nsurnames: 示王\ngiven: 示\ncompound: [示例]\nunlike: [[王府], 王村]\n"
    words, findings = over("names", text)
    assert findings == [] and words.names.before[-1] == "示例人" and words.names.compound[-1] == "示例"
    assert words.names.surnames.endswith("示") and words.names.surnames.count("王") == 1
    assert words.names.unlike[-2:] == ("王府", "王村")


def test_every_field_of_a_phrase_is_taken() -> None:
    fields = "distance: 1, valid_from: 2021, unless: [示例县人民政府], free_start: yes, off: no"
    words, findings = over("phrases", f"phrases:\n  - {{right: 示例区人民政府, source: 本区, {fields}}}\n")
    item = words.phrases[-1]
    assert findings == []
    assert (item.text, item.distance, item.since) == ("示例区人民政府", 1, 2021)
    assert (item.unless, item.free_start) == (("示例县人民政府",), True)


def test_fields_of_a_phrase_may_be_left_out() -> None:
    words, findings = over("phrases", "phrases:\n  - {right: 示例区人民政府}\n  - {right: 示例区政}\n")
    assert findings == []
    assert [(item.text, item.distance, item.since, item.free_start) for item in words.phrases[-2:]] == [
        ("示例区人民政府", 1, 0, False),
        ("示例区政", 1, 0, False),
    ]


def test_every_field_of_a_domain_is_taken() -> None:
    assert over("domains", "public:\n  - {domain: example.com, source: 本区, off: 否}\n")[1] == []


@pytest.mark.parametrize(
    ("typed", "taken"),
    [*((yes, True) for yes in ("yes", "true", "是")), *((no, False) for no in ("no", "false", "否", "~", ""))],
)
def test_yes_and_no_in_both_languages(typed: str, taken: bool) -> None:
    words, findings = over("typos", f"entries:\n  - {{wrong: 攻府, right: 政府, off: {typed}}}\n")
    assert findings == [] and ("攻府" in {word.wrong for word in words.words}) is not taken


@pytest.mark.parametrize("blank", ["~", "null", ""])
def test_blanks_are_as_if_nothing_was_written(blank: str) -> None:
    keys = ("valid_from", "valid_until", "note", "rule", "unless")
    fields = ", ".join(f"{key}: {blank}" for key in keys)
    words, findings = over("typos", f"entries:\n  - {{wrong: 示列, right: 示例, {fields}}}\n")
    word = words.words[-1]
    assert (word.since, word.until, word.note, word.rule, word.unless) == (0, 0, "", "WORD-TYPO", ())
    assert findings == []


def test_quoted_blanks_are_words() -> None:
    words, _ = over("typos", 'entries:\n  - {wrong: 示列, right: "~", note: "null"}\n')
    assert (words.words[-1].right, words.words[-1].note) == ("~", "null")


def test_limits_of_fields_are_taken() -> None:
    assert over("phrases", "phrases:\n  - {right: 示例区人民政府, unless: [市]}\n")[0].phrases[-1].unless == ("市",)
    years = "entries:\n  - {wrong: 示列, valid_from: 9999, valid_until: 9999}\n"
    assert over("typos", years)[0].words[-1].until == 9999
    assert over("names", "surnames: 一鿿\n")[0].names.surnames.endswith("一鿿")
    assert over("typos", "entries:\n  - {wrong: 示列, unless: [展示列]}\n")[0].words[-1].unless == (("展示列", 1),)


ODD = [
    "[]",
    "[甲]",
    "{甲: 乙}",
    "~",
    '"~"',
    "1",
    "99999999999999999999",
    "１２",
    "甲",
    "甲乙丙丁戊己",
    "-1",
    "1.5",
    "是",
    '""',
    "[[甲乙], {甲: 乙}]",
]
PLACES = [
    ("typos", "entries:\n  - {{wrong: {}, right: 示例}}\n"),
    ("typos", "entries: {}\n"),
    *(
        ("typos", f"entries:\n  - {{{{wrong: 示列, {key}: {{}}}}}}\n")
        for key in ("right", "rule", "level", "note", "source", "valid_from", "valid_until", "unless", "off")
    ),
    ("typos", "entries:\n  - {{wrong: 示列, valid_from: 2021, unless: [展示列, {}]}}\n"),
    ("phrases", "phrases:\n  - {{right: {}}}\n"),
    ("phrases", "phrases: {}\n"),
    *(
        ("phrases", f"phrases:\n  - {{{{right: 示例区人民政府, {key}: {{}}}}}}\n")
        for key in ("distance", "valid_from", "unless", "free_start", "off")
    ),
    ("domains", "offices:\n  - {{domain: {}}}\n"),
    ("domains", "public:\n  - {{domain: example.com, off: {}}}\n"),
    ("domains", "public: {}\n"),
    ("script", "pairs: {}\n"),
    ("script", "pairs:\n  - {}\n"),
    *(("names", f"{key}: {{}}\n") for key in ("before", "surnames", "compound", "given", "unlike")),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "text"), PLACES)
def test_whatever_stands_in_any_field_is_taken_or_reported_and_never_a_crash(name: str, text: str) -> None:
    for odd in ODD:
        node, _ = read(text.format(odd).encode(), f"lists/{name}.yaml")
        assert node is not None
        words, findings = laid_over(SHIPPED, {name: node})
        words.look("示列甲乙丙丁戊己") and words.with_local({})
        assert words.names.surnames.startswith(SHIPPED.names.surnames) and words.names.given.startswith(
            SHIPPED.names.given
        )
        assert {len(word) for word in words.names.compound} == {2}
        assert all(
            f.rule == "LIST-ENTRY" and f.place.line and f.place.column and f.message.zh and f.message.en
            for f in findings
        ), odd
        if findings:
            assert {word.wrong for word in words.words} == {word.wrong for word in SHIPPED.words}, (odd, findings)
            assert words.phrases == SHIPPED.phrases, (odd, findings)


def test_nothing_shipped_changes_where_an_office_has_no_list() -> None:
    assert laid_over(SHIPPED, {})[0] is SHIPPED
    assert over("narrative", "share: 占\n") == (SHIPPED, []), "another's affair"
    assert over("typos", "entries: ~\n")[0].words == SHIPPED.words


# ---------------------------------------------------------------- slips: (list, text, line, column, words)

SLIPS = [
    ("typos", "entries:\n  - {wrong: 示列, rigth: 示例}\n", 2, 17, "没有“rigth”这一项；是不是“right”？"),
    ("typos", "entries:\n  - {right: 示例}\n", 2, 5, "“wrong”应为2个字以上"),
    ("typos", "entries:\n  - {wrong: 列, right: 例}\n", 2, 13, "“wrong”应为2个字以上"),
    ("typos", "entries:\n  - {wrong: 示例, right: 示例}\n", 2, 24, "“right”与“wrong”相同"),
    ("typos", "entries:\n  - {wrong: 示列, level: 严重}\n", 2, 24, "级别只有：错误、警告、提示"),
    ("typos", "entries:\n  - {wrong: 示列, rule: T3-SUM}\n", 2, 23, "这个字表的规则只有：NAR-DUPCHAR、WORD-TYPO"),
    ("typos", "entries:\n  - {wrong: 示列, unless: [别的]}\n", 2, 25, "“别的”里没有“示列”"),
    ("typos", "entries:\n  - {wrong: 示列, unless: 展示列}\n", 2, 25, "应为以“- ”开头的若干项"),
    ("typos", "entries:\n  - {wrong: 示列, valid_from: 去年}\n", 2, 29, "“valid_from”应为0到9999的整数"),
    ("typos", "entries:\n  - {wrong: 示列, off: 也许}\n", 2, 22, "“off”应写 yes 或 no"),
    ("typos", "entries:\n  - 示列\n", 2, 5, "应为“名称: 值”"),
    ("typos", "- {wrong: 示列}\n", 1, 1, "应为“名称: 值”"),
    ("typos", "words:\n  - {wrong: 示列}\n", 1, 1, "没有“words”这一项"),
    ("phrases", "phrases:\n  - {right: 示例区}\n", 2, 13, "“right”应为4个字以上"),
    ("phrases", "phrases:\n  - {right: 示例区政府, distance: 2}\n", 2, 13, "固定表述太短"),
    ("phrases", "phrases:\n  - {right: 示例区人民政府, distance: 9}\n", 2, 32, "“distance”应为0到2的整数"),
    ("domains", "offices:\n  - {domain: a}\n", 2, 14, "“domain”应为3个字以上"),
    ("script", "pairs:\n  - 甲乙 丙\n", 2, 5, "“丙”应为两个字"),
    ("names", "surnames: 王abc\n", 1, 11, "应为连写的汉字"),
    ("names", "given: [王]\n", 1, 8, "应为连写的汉字"),
    ("typos", "entries:\n  - {wrong: 示列, valid_from: 10000}\n", 2, 29, "“valid_from”应为0到9999的整数"),
    ("typos", "entries:\n  - {wrong: 示列, valid_until: ２０２１}\n", 2, 30, "“valid_until”应为0到9999的整数"),
    ("typos", "entries:\n  - {wrong: 示列, unless: [列]}\n", 2, 26, "应为2个字以上"),
    ("phrases", "phrases:\n  - {right: 示例区政, distance: 0}\n", 2, 13, "“distance”是1或2"),
    ("domains", "offices:\n  - {domain: abc, off: 也许}\n", 2, 24, "“off”应写 yes 或 no"),
    ("typos", "entries:\n  - {wrong: 示列, valid_from: 0000002021}\n", 2, 29, "“valid_from”应为0到9999的整数"),
    ("typos", 'entries:\n  - {wrong: 示列, valid_from: "~"}\n', 2, 29, "“valid_from”应为0到9999的整数"),
    ("typos", 'entries:\n  - {wrong: 示列, unless: "~"}\n', 2, 25, "应为以“- ”开头的若干项"),
    ("typos", 'entries:\n  - {wrong: "~"}\n', 2, 13, "“wrong”应为2个字以上"),
    ("phrases", 'phrases:\n  - {right: 示例区人民政府, unless: [""]}\n', 2, 31, "应为1个字以上的文字"),
    ("names", "compound: [欧阳修, 示例]\n", 1, 11, "复姓“欧阳修”应为两个字"),
    ("script", "pairs:\n  - 甲甲\n", 2, 5, "“甲甲”应为两个字"),
    ("phrases", "phrases:\n  - {right: 示例区政府办, distance: 2}\n", 2, 13, "固定表述太短"),
    ("names", "unlike: [王]\n", 1, 10, "应为2个字以上"),
]


@pytest.mark.parametrize(("name", "text", "line", "column", "words"), SLIPS, ids=[case[4] for case in SLIPS])
def test_a_slip_is_reported_with_its_place_and_costs_its_entry_only(
    name: str, text: str, line: int, column: int, words: str
) -> None:
    laid, findings = over(name, text)
    places = [(rule, at, col) for rule, at, col, message in findings if words in message]
    assert places == [("LIST-ENTRY", line, column)], findings
    assert "示列" not in {word.wrong for word in laid.words} and len(laid.phrases) == len(SHIPPED.phrases)


def test_a_list_that_we_do_not_have() -> None:
    ((rule, _, _, message),) = over("typo", "entries: []\n")[1]
    assert rule == "LIST-NAME" and "typos" in message


# ---------------------------------------------------------------- from the content folder to the findings


def test_the_lists_of_a_content_folder_are_read_and_used(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    (content / "lists").mkdir()
    (content / "lists/typos.yaml").write_text(
        "entries:\n  - {wrong: 示列, right: 示例}\n  - {wrong: 坏}\n", encoding="utf-8"
    )
    (content / "lists/residue.yaml").write_text("entries: [\n", encoding="utf-8")
    office = open_office(content)
    assert [(f.rule, f.place.file, f.place.line) for f in office.findings if f.place.file.startswith("lists")] == [
        ("SRC-SYNTAX", "lists/residue.yaml", 1),
        ("LIST-ENTRY", "lists/typos.yaml", 3),
    ]
    report, _ = entry(2021, narrative=prose(2021) + "\n示列一则。\n")
    assert report is not None
    hits = [f for f in check_entry(report, office.context) if f.rule == "WORD-TYPO"]
    assert ["示列" in f.message.zh for f in hits] == [True]


def test_a_list_that_is_a_link_is_not_read(tmp_path: Path) -> None:
    content = write_content(tmp_path / "content")
    (content / "lists").mkdir()
    (tmp_path / "elsewhere.yaml").write_text("entries: []\n", encoding="utf-8")
    (content / "lists/typos.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    office = open_office(content)
    assert [f.rule for f in office.findings if f.place.file.startswith("lists")] == ["FILE-LINK"]
    assert office.words.words == shipped_words().words
