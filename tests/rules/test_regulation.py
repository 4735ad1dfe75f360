"""How the Regulation is cited."""

from __future__ import annotations

import pytest

from tests.rules.words import in_paragraph

REG = "《中华人民共和国政府信息公开条例》"
WRONG = [
    (2021, f"根据{REG}（国务院令第492号）编制本报告。"),
    (2021, f"根据{REG}（国务院令第771号）。"),
    (2021, f"根据国务院令第771号公布的{REG}。"),
    (2021, "根据《政府信息公开条例》第三十一条规定，编制本报告。"),
    (2021, "按照《政府信息公开条例》第32条要求，编制2021年度报告。"),
    (2021, f"依据{REG}第八十条。"),
    (2021, "国务院第711令公布的条例。"),
    (2021, "根据《中华人民共和国政府信息公开管理条例》。"),
    (2017, f"根据{REG}第五十条规定，编制本报告。"),
    (2017, f"根据{REG}第三十九条。"),
]
RIGHT = [
    (2021, f"根据{REG}（国务院令第711号）第五十条规定，编制本报告。"),
    (2021, f"依照{REG}第三十二条征求第三方意见后答复。"),
    (2021, f"对照原{REG}（国务院令第492号），修订后的条例调整了答复期限。"),
    (2021, "《示例省政府信息公开条例》第八十条。"),
    (2021, f"{REG}第五十六条规定了施行日期。"),
    (2021, "国务院令第722号公布《优化营商环境条例》。"),
    (2017, f"根据{REG}（国务院令第492号）第三十一条、第三十二条规定，编制本报告。"),
]


@pytest.mark.parametrize(("year", "words"), WRONG)
def test_wrong_citations(year: int, words: str) -> None:
    assert len(in_paragraph("XT-LAW", words, year)) == 1


@pytest.mark.parametrize(("year", "words"), RIGHT)
def test_right_citations(year: int, words: str) -> None:
    assert in_paragraph("XT-LAW", words, year) == []
