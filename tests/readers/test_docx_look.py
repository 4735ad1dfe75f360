"""Reads what run properties make of text: marks, and what nobody sees."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from generator.readers.document import Mark
from generator.readers.docx_look import NO_LOOK, Look, common_position, look, shade, switch, value


def made(xml: str) -> Look:
    return look(fromstring(f"<rPr>{xml}</rPr>"))


@pytest.mark.parametrize(
    ("xml", "mark"),
    [
        ("", None),
        ("<strike/>", Mark.STRUCK),
        ("<strike val='0'/>", None),
        ("<dstrike val='on'/>", Mark.STRUCK),
        ("<vertAlign val='superscript'/>", Mark.RAISED),
        ("<vertAlign val='subscript'/>", Mark.LOWERED),
        ("<vertAlign val='baseline'/>", None),
        ("<position val='6'/>", Mark.RAISED),
        ("<position val='-6'/>", Mark.LOWERED),
        ("<position val='1'/>", None),
        ("<strike/><vertAlign val='superscript'/>", Mark.STRUCK),
        ("<eastAsianLayout combine='1'/>", Mark.SMALL),
        ("<eastAsianLayout vert='1'/>", None),
    ],
)
def test_marks(xml: str, mark: Mark | None) -> None:
    assert made(xml).mark(least=4) == mark


@pytest.mark.parametrize(
    ("xml", "behind", "unseen"),
    [
        ("<vanish/>", "", True),
        ("<vanish val='false'/>", "", False),
        ("<sz val='2'/>", "", True),
        ("<sz val='21'/>", "", False),
        ("<w val='1'/>", "", True),
        ("<color val='FFFFFF'/>", "", True),
        ("<color val='FEFEFE'/>", "", True),
        ("<color val='auto' themeColor='background1'/>", "", True),
        ("<color val='auto'/>", "000000", False),
        ("<color val='FFFFFF'/>", "1F4E79", False),
        ("<color val='1F4E79'/>", "1F4E79", True),
        ("<color val='FFFFFF'/>", "?", False),
        ("<color val='FFFFFF'/><highlight val='black'/>", "", False),
        ("<color val='FFFF00'/><highlight val='yellow'/>", "", True),
        ("<color val='FFFFFF'/><shd val='clear' fill='1F4E79'/>", "", False),
        ("<textFill><noFill/></textFill>", "", True),
        ("<textFill><solidFill><srgbClr><alpha val='100000'/></srgbClr></solidFill></textFill>", "", True),
    ],
)
def test_what_nobody_sees(xml: str, behind: str, unseen: bool) -> None:
    assert made(xml).unseen(behind) == unseen


def test_what_is_set_above_replaces_what_is_below() -> None:
    assert made("<strike val='0'/>").over(made("<strike/><b/>")) == Look(bold=True, struck=False)
    assert NO_LOOK.over(made("<b/>")) == made("<b/>")


@pytest.mark.parametrize(
    ("shd", "ground"),
    [
        ("<shd val='clear' fill='C0C0C0'/>", "C0C0C0"),
        ("<shd val='clear' fill='auto'/>", None),
        ("<shd val='solid' color='FF0000' fill='auto'/>", "FF0000"),
        ("<shd val='pct50' fill='FFFFFF'/>", "?"),
        ("", None),
    ],
)
def test_backgrounds(shd: str, ground: str | None) -> None:
    assert shade(fromstring(f"<tcPr>{shd}</tcPr>")) == ground and shade(None) is None


def test_properties_that_are_absent() -> None:
    assert value(None, "b") == "" and switch(None, "b") is None


@pytest.mark.parametrize(("second", "position"), [("6", 6), ("0", 0), ("-6", 0)])
def test_a_position_that_all_runs_share_raises_nothing(second: str, position: int) -> None:
    run = "<r><rPr><position val='{}'/></rPr><t>{}</t></r>"
    assert (
        common_position(fromstring(f"<p>{run.format(6, 'a')}{run.format(second, 'b')}{run.format(9, '')}</p>"))
        == position
    )
    assert made("<position val='6'/>").mark(1, base=6) is None and made("").mark(1, base=6) is Mark.LOWERED
