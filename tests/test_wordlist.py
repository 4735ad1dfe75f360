"""The lists are well-formed, and one pass over a text finds all of them and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator import load
from generator.diagnostic import Level
from generator.wordlist import Word, Words, anchor, core, listed, phrase, pieces, read_words

WORDS = load.words()


def test_every_entry_has_a_source_and_differs_from_what_is_right() -> None:
    for path in sorted((load._HERE / "lists").glob("*.yaml")):
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


def naive(words: Words, text: str) -> list[tuple[int, str]]:
    return sorted((at, word.wrong) for word in words.words for at in range(len(text)) if text.startswith(word.wrong, at))


SMALL = Words(
    tuple(Word("X", wrong, "对", Level.WARNING) for wrong in ("攻府", "的的", "政政", "一但", "××", "府府府")), (), {"無": "无"},
)  # fmt: skip


@given(st.text(alphabet="攻府的政一但×無\n\u200b。", max_size=60))
def test_one_pass_finds_what_a_naive_search_finds(text: str) -> None:
    seen = SMALL.look(text)
    assert sorted((at, word.wrong) for at, word in seen.words) == naive(SMALL, text)
    assert seen.odd == tuple((at, char) for at, char in enumerate(text) if char in "無\u200b")


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
    assert anchor("政府攻") == 2
    assert phrase("甲乙、丙丁").core == "甲乙丙丁"


def test_an_office_adds_its_own_phrases_and_domains() -> None:
    more = WORDS.with_local({"固定表述": "示例区人民政府、甲局", "邮箱域名": "mail.example.cn"})
    assert [item.text for item in more.phrases[len(WORDS.phrases) :]] == ["示例区人民政府"]
    assert more.domains[-1] == "mail.example.cn"
    assert WORDS.with_local({}) is WORDS


def test_reading_a_list() -> None:
    data = "rule: R\nlevel: 提示\nentries:\n  - {wrong: 甲, right: 乙, valid_from: 2020, valid_until: 2021, source: 示例, unless: [丙甲]}\n"
    word = read_words({"示例": data.encode()}).words[0]
    assert (word.rule, word.wrong, word.right, word.level, word.unless) == ("R", "甲", "乙", Level.NOTE, (("丙甲", 1),))
    assert [word.governs(year) for year in (2019, 2020, 2021, 2022)] == [False, True, True, False]
