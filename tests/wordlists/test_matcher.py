"""The lists are well-formed, and one pass over a text finds all of them and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.finding import Level
from generator.wordlists.matcher import Matches, Names, Word, WordLists, core, listed, phrase, pieces, read_words
from generator.wordlists.shipped import FOLDER, shipped_words

WORDS = shipped_words()


def test_every_entry_has_a_source_and_differs_from_what_is_right() -> None:
    for path in sorted(FOLDER.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        entries = [line for line in text.splitlines() if line.lstrip().startswith("- {")]
        assert all("source: " in line for line in entries)
    assert all(word.wrong and word.wrong != word.right for word in WORDS.words)
    assert len({(word.rule, word.wrong) for word in WORDS.words}) == len(WORDS.words)


def test_an_excusing_word_holds_the_wrong_one() -> None:
    for word in WORDS.words:
        for longer, offset in word.unless:
            assert longer.startswith(word.wrong, offset)
            assert word.excused(f"示例{longer}示例", 2 + offset)


def test_no_right_word_is_on_the_list_of_wrong_ones() -> None:
    wrong = {word.wrong for word in WORDS.words if word.rule == "WORD-TYPO"}
    for word in WORDS.words:
        assert not [bad for bad in wrong if word.rule == "WORD-TYPO" and bad in word.right]


def test_traditional_characters_map_to_standard_ones() -> None:
    assert WORDS.script["無"] == "无" and WORDS.script["開"] == "开"
    assert not set(WORDS.script) & set(WORDS.script.values())


def naive(words: WordLists, text: str) -> list[tuple[int, str]]:
    return sorted(
        (at, word.wrong) for word in words.words for at in range(len(text)) if text.startswith(word.wrong, at)
    )


SMALL = WordLists(
    tuple(Word("X", wrong, "对", Level.WARNING) for wrong in ("攻府", "的的", "政政", "一但", "××", "府府府")),
    (),
    {"無": "无"},
)


def test_one_pass_finds_what_a_naive_search_finds() -> None:
    """Words of every length that begin, end and overlap in the same characters."""
    more = [
        Word("X", wrong, "对", Level.WARNING)
        for wrong in ("的攻", "的政攻", "府的政攻", "攻的", "攻的政", "攻的政府", "的攻政府", "府的攻的")
    ]
    small = replace(SMALL, words=(*SMALL.words, *more))

    @given(st.text(alphabet="攻府的政一但×無\n\u200b。", max_size=60))
    def each(text: str) -> None:
        seen = small.look(text)
        assert sorted((at, word.wrong) for at, word in seen.words) == naive(small, text)
        assert seen.odd == tuple((at, char) for at, char in enumerate(text) if char in "無\u200b")

    each()
    assert {len(small.look(word.wrong).words) > 0 for word in small.words} == {True}


def test_all_our_words_are_found_wherever_they_stand() -> None:
    """Whole words, parts of them and single characters of theirs, run together; one word within another too."""
    anew = replace(WORDS)  # with patterns of its own, not yet compiled
    word = st.sampled_from(anew.words).map(lambda item: item.wrong)
    part = word.flatmap(
        lambda wrong: st.sampled_from([wrong, wrong, wrong[1:], wrong[:-1], wrong[0], wrong[-1], "。", "的", "无"])
    )

    @given(st.lists(part, max_size=12).map("".join))
    def each(text: str) -> None:
        matches = [(at, word.wrong) for at, word in anew.look(text).words]
        assert sorted(matches) == naive(anew, text), "the same words"
        assert [at for at, _ in matches] == sorted(at for at, _ in matches), "in the order in which they stand"

    each()
    assert all(
        [at for at, item in anew.look(f"示例{word.wrong}示例").words if item is word] == [2] for word in anew.words
    )


def test_an_odd_character_may_begin_a_word() -> None:
    lists = WordLists((Word("X", "無法", "无法", Level.WARNING),), (), {"無": "无"})
    assert lists.look("一無法") == Matches(((1, lists.words[0]),), ((1, "無"),), ())


def test_empty_lists_find_nothing_but_control_characters() -> None:
    assert WordLists().look("攻府\u200b") == Matches((), ((2, "\u200b"),), ())


def test_a_phrase_of_everyday_words_is_looked_into_only_where_it_looks_damaged() -> None:
    lists = WordLists((), (phrase("政府信息公开申请"),))
    offsets = {
        text: [hit.offset for hit in lists.look(text).near]
        for text in ("政府信息公开工作", "政府信息公开申", "政府信息公天申请")
    }
    assert offsets == {"政府信息公开工作": [], "政府信息公开申": [0], "政府信息公天申请": [0]}


def test_pieces_are_disjoint_and_one_more_than_edits() -> None:
    for item in WORDS.phrases:
        parts = pieces(item)
        assert len(parts) == item.distance + 1
        for piece, in_text, in_core in parts:
            assert item.text.startswith(piece, in_text) and item.core.startswith(piece, in_core)
        ends = [in_core + len(piece) for piece, _, in_core in parts]
        assert all(end <= start for end, (_, _, start) in zip(ends, parts[1:], strict=False))


@given(data=st.data())
def test_whatever_one_edit_does_a_piece_is_seen(data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(WORDS.phrases))
    at = data.draw(st.integers(0, len(item.core) - 1))
    kind = data.draw(st.sampled_from(["drop", "swap", "add"]))
    put = {"drop": "", "swap": "龘", "add": "龘" + item.core[at]}[kind]
    damaged = item.core[:at] + put + item.core[at + 1 :]
    if item.text == item.core and (kind, at) != ("add", 0):
        assert any(near.phrase is item for near in WORDS.look(f"示例{damaged}示例").near)


def test_the_whole_phrase_is_nothing_to_look_at() -> None:
    for item in WORDS.phrases:
        assert not [near for near in WORDS.look(f"示例{item.text}示例").near if near.phrase is item]


def test_small_helpers() -> None:
    assert core("“五位一体”总体布局") == "五位一体总体布局"
    assert listed("甲、乙，丙 丁") == ("甲", "乙", "丙", "丁") and listed("") == ()
    assert phrase("甲乙、丙丁").core == "甲乙丙丁"


def test_an_office_adds_its_own_phrases_and_domains() -> None:
    more = WORDS.with_local({"固定表述": "示例区人民政府、甲局", "邮箱域名": "mail.example.cn"})
    assert [item.text for item in more.phrases[len(WORDS.phrases) :]] == ["示例区人民政府"]
    assert more.domains[-1] == "mail.example.cn"
    phrases, domains = (
        WORDS.with_local({"固定表述": "示例区政、示例区"}),
        WORDS.with_local({"邮箱域名": "mail.example.cn"}),
    )
    assert [item.text for item in phrases.phrases[len(WORDS.phrases) :]] == ["示例区政"], "three characters are too few"
    assert phrases.domains == WORDS.domains
    assert domains.domains[-1] == "mail.example.cn" and domains.phrases == WORDS.phrases
    assert WORDS.with_local({}) is WORDS


A_LIST = """\
rule: R
level: 提示
entries:
  - {wrong: 甲, right: 乙, valid_from: 2020, valid_until: 2021, source: 示例, unless: [丙甲]}
"""
EVERY_KIND = {
    "示例": """\
rule: R
level: 警告
entries:
  - {wrong: 甲甲, source: 示例}
  - {wrong: 乙乙, rule: S, level: 错误, note: 注, source: 示例}
""",
    "phrases": """\
phrases:
  - {right: 甲乙丙丁戊己庚, distance: 2, valid_from: 2017, unless: [甲乙], free_start: true}
  - {right: 甲乙丙丁}
""",
    "script": "pairs: [無无 開开, 书書]\n",
    "domains": "offices: [{domain: a.gov.cn}]\npublic: [{domain: b.com}]\n",
    "names": """\
before: [甲人]
surnames: >-
  王
  李
compound: [欧阳]
given: 一 二
unlike:
  - [王一]
  - [李二]
""",
}


def test_reading_a_list() -> None:
    (word,) = read_words({"示例": A_LIST.encode()}).words
    assert (word.rule, word.wrong, word.right, word.level, word.unless) == ("R", "甲", "乙", Level.NOTE, (("丙甲", 1),))
    assert [word.governs(year) for year in (2019, 2020, 2021, 2022)] == [False, True, True, False]


def test_reading_every_kind_of_list() -> None:
    lists = read_words({name: text.encode() for name, text in EVERY_KIND.items()})
    assert [(w.rule, w.wrong, w.right, w.level, w.note, w.since, w.until) for w in lists.words] == [
        ("R", "甲甲", "", Level.WARNING, "", 0, 0),
        ("S", "乙乙", "", Level.ERROR, "注", 0, 0),
    ]
    assert [(p.text, p.distance, p.since, p.unless, p.free_start) for p in lists.phrases] == [
        ("甲乙丙丁戊己庚", 2, 2017, ("甲乙",), True),
        ("甲乙丙丁", 1, 0, (), False),
    ]
    assert lists.script == {"無": "无", "開": "开", "书": "書"}
    assert (lists.domains, lists.mailboxes) == (("a.gov.cn",), ("b.com",))
    assert lists.names == Names(("甲人",), "王李", ("欧阳",), "一二", ("王一", "李二"))
    assert lists.by_list == {"示例": lists.words}


def test_no_lists_are_empty_lists() -> None:
    assert read_words({}).names == Names() and not read_words({}).words


def test_a_word_within_a_longer_right_one_is_excused_wherever_it_stands() -> None:
    word = Word("R", "关健", "关键", Level.WARNING, unless=(("有关健全", 1),))
    assert word.excused("有关健全", 1) and not word.excused("关健全", 0) and not word.excused("全有关健", 2)
    assert not Word("R", "健全", "", Level.WARNING, unless=(("关健全", 1),)).excused("健全关健全", 0)


@pytest.mark.slow
@given(
    st.data(),
    st.sampled_from(
        [
            ("“示例区”人民政府、办公室", 1),
            ("“示例区”人民政府、办公室", 2),
            ("政府信息公开工作", 2),
            ("政府信息公开、政府信息", 1),
            ("甲、政府信息", 1),
        ]
    ),
)
def test_pieces_of_an_offices_own_phrase_are_seen_wherever_it_is_not_whole(
    data: st.DataObject, its: tuple[str, int]
) -> None:
    text = data.draw(
        st.lists(st.sampled_from([*its[0], its[0][:4], its[0][2:], its[0], "甲", "。"]), max_size=12).map("".join)
    )
    own = WordLists((Word("X", "政府", "", Level.WARNING),), (phrase(*its),))
    whole = own.phrases[0].text
    expected = {
        (at, in_core)
        for piece, in_text, in_core in pieces(own.phrases[0])
        for at in range(len(text))
        if text.startswith(piece, at) and not (at >= in_text and text.startswith(whole, at - in_text))
    }
    assert {(near.at, near.offset) for near in own.look(text).near} == expected
