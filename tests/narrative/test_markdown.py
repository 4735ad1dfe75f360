"""The Markdown dialect as a whole: what of CommonMark is left out."""

from __future__ import annotations

from tests.narrative.rendered import html


def test_indentation_is_not_code() -> None:
    assert html("\t甲\n\n    乙\n\n　　丙\n　　丁") == "<p>甲</p>\n<p>乙</p>\n<p>丙</p>\n<p>丁</p>"
    assert html("`甲` ~~~") == "<p>`甲` ~~~</p>"
    assert html("甲\n===") == "<p>甲 ===</p>"
