"""What is said to a clerk about Markdown."""

from __future__ import annotations

from tests.narrative.rendered import read


def test_every_finding_speaks_both_languages() -> None:
    for finding in read("# 甲\n\n<b> {{ [a](x) ![](y) ![](z.png)").findings:
        assert finding.message.zh
        assert finding.message.en
