"""Duplication is found against last year and between organs, and what is merely short or local is left alone."""

from __future__ import annotations

import random

from generator import load
from generator.check import COLLECTION_IDS, check_collection
from generator.gather import Gathered, gather
from generator.library import Entry, Files, Ref, read_entry
from generator.rules.rule import Context
from tests.example import FORMS, SETTINGS, prose, tables
from tests.rules.words import found

WORDS = "公开政府信息工作示例单位网站平台申请办理答复规范流程加强培训监督考核解读政策回应关切完善制度提升水平的和进对行制加度"


def essay(seed: int, sentences: int = 60) -> str:
    """A made-up narrative of some 1,500 characters."""
    chance = random.Random(seed)
    return "".join("".join(chance.choices(WORDS, k=24)) + "。" for _ in range(sentences))


def report(organ: str, words: str, year: int = 2021) -> Entry:
    narrative = prose(year).replace("示例引言。", "示例引言。") + f"\n{words}\n"
    read, _ = read_entry(Ref(year, organ, f"{year}/{organ}"), Files(tables(year, organ).encode(), narrative.encode()), FORMS)
    assert read is not None
    return read


def told(*reports: Entry, **options: str) -> list[tuple[str, str, int, str]]:
    gathered = Gathered()
    for item in reports:
        gather(gathered, item, "", False, ())
    context = Context(organs={organ.id: organ for organ in SETTINGS.organs}, options=options, words=load.words())
    hits = [f for f in check_collection(gathered, context) if f.rule == "NAR-SIM-PEER"]
    return [(f.organ, f.subject, f.place.line, f.message.zh) for f in hits]


def test_a_copy_is_told_to_both_with_a_sentence_of_both() -> None:
    text = essay(1)
    first, second = told(report("jiaju", text), report("yizhen", text + "示例另加一句。"), report("shili", essay(2)))
    assert first[:2] == ("jiaju", "yizhen") and second[:2] == ("yizhen", "jiaju")
    line = len(report("jiaju", text).text.rstrip("\n").split("\n"))
    assert first[2] == second[2] == line
    assert first[3].startswith("叙述约") and "与示例区乙镇人民政府2021年报告（2021/yizhen）相同，如“" in first[3]
    assert first[3].split("如“")[1].split("”")[0] in text


def test_unlike_years_short_reports_and_ones_own_are_not_compared() -> None:
    text = essay(1)
    assert told(report("jiaju", text), report("yizhen", essay(2))) == []
    assert told(report("jiaju", text), report("yizhen", text, 2020)) == []
    assert told(report("jiaju", text[:80]), report("yizhen", text[:80])) == []


def test_the_limit_is_the_offices() -> None:
    most = essay(1)[:1250] + essay(5)[:250], essay(1)[:1250] + essay(6)[:250]
    assert told(report("jiaju", most[0]), report("yizhen", most[1])) == []
    assert len(told(report("jiaju", most[0]), report("yizhen", most[1]), 雷同他机关="0.6")) == 2


def test_of_many_copies_each_names_one_and_work_is_bounded() -> None:
    text = essay(1)
    hits = told(*(report(f"o{number}", text) for number in range(40)))
    assert len(hits) == 40 and len({organ for organ, *_ in hits}) == 40


def test_acceptances_of_it_wait_for_all_reports() -> None:
    assert "NAR-SIM-PEER" in COLLECTION_IDS


def narrative(words: str) -> str:
    return f"{prose(2021)}\n{words}\n"


def test_last_years_narrative_again() -> None:
    text = essay(1)
    (hit,) = found("NAR-SIM", narrative(text + "示例新话。"), previous=report("shili", text, 2020))
    assert hit.subject == "2020年" and hit.message.zh.startswith("叙述约") and hit.place.line == 5
    assert found("NAR-SIM", narrative(essay(2)), previous=report("shili", text, 2020)) == []
    assert found("NAR-SIM", narrative(text)) == []
    assert found("NAR-SIM", narrative(text[:80]), previous=report("shili", text[:80], 2020)) == []
    assert found("NAR-SIM", narrative(text), previous=report("shili", text, 2020), 雷同上年="1") == []
