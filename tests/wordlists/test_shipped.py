"""The shipped lists are read whole, once, and every file of the folder is used."""

from __future__ import annotations

import pytest

from generator.finding import Level
from generator.wordlists.figure_patterns import shipped_source
from generator.wordlists.shipped import FOLDER, shipped_words


def test_the_lists_are_read_once() -> None:
    assert shipped_words() is shipped_words()


def test_every_file_of_the_folder_is_used() -> None:
    read_elsewhere = {"phrases", "script", "domains", "names", "narrative"}
    names = {path.stem for path in FOLDER.glob("*.yaml")}
    assert names == {*shipped_words().by_list, *read_elsewhere}
    assert all(shipped_words().by_list.values()) and shipped_source().raw["statements"]


@pytest.mark.parametrize(
    ("wrong", "rule", "right", "level"),
    [("攻府", "WORD-TYPO", "政府", Level.WARNING), ("国土资源局", "WORD-ORG", "自然资源局", Level.WARNING)],
)
def test_a_word_has_its_rule_and_its_right_wording(wrong: str, rule: str, right: str, level: Level) -> None:
    (word,) = [word for word in shipped_words().words if word.wrong == wrong]
    assert (word.rule, word.right, word.level) == (rule, right, level)


def test_phrases_script_domains_and_names_are_there() -> None:
    words = shipped_words()
    assert "习近平新时代中国特色社会主义思想" in {phrase.text for phrase in words.phrases}
    assert words.script["開"] == "开" and len(words.script) > 2000
    assert "zb.shandong.cn" in words.domains and not set(words.domains) & set(words.mailboxes)
    assert "王" in words.names.surnames and "欧阳" in words.names.compound
