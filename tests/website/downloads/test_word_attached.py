"""Links and pictures of a Word document."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from generator.website.downloads.materials import no_pictures
from generator.website.downloads.narrative_blocks import Picture
from generator.website.downloads.word_attached import Attached
from tests.website.downloads.samples import WORDS
from tests.website.downloads.test_word import png


def test_an_address_is_one_relationship_and_escaped() -> None:
    attached = Attached(no_pictures, WORDS)
    address = 'https://www.example.gov.cn/a?b=1&c="2"'
    assert attached.link(address) == attached.link(address) != attached.link("https://www.example.gov.cn/")
    first, _ = ElementTree.fromstring(f"<all>{attached.relations()}</all>")
    assert first.get("Target") == address and first.get("TargetMode") == "External"
    assert not attached.types() and not attached.media


def test_the_same_picture_is_one_file_and_every_drawing_has_its_number() -> None:
    attached = Attached({"a.png": png(), "b.png": png(), "c.png": png((50, 50))}.get, WORDS)
    drawn = "".join(attached.draw(Picture(f"{name}.png", "示例", "")) for name in "abca")
    assert list(attached.media) == ["word/media/image1.png", "word/media/image2.png"]
    numbers = re.findall(r'<wp:docPr id="(\d+)"', drawn)
    assert numbers == ["1", "2", "3", "4"]
    assert set(re.findall(r'r:embed="(\w+)"', drawn)) == set(re.findall(r'Id="(\w+)"', attached.relations()))
    assert attached.types() == '<Default Extension="png" ContentType="image/png"/>'


def test_a_picture_keeps_its_shape() -> None:
    drawn = Attached({"a.png": png((9000, 3000))}.get, WORDS).draw(Picture("a.png", "示例", ""))
    width, height = (int(value) for value in re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)"', drawn)[0])
    assert width == 156 * 36000 and abs(width - 3 * height) < 3


def test_a_description_with_any_character_is_xml() -> None:
    attached = Attached({"a.png": png()}.get, WORDS)
    drawn = attached.draw(Picture("a.png", '"<&>\x0b', ""))
    assert "&quot;&lt;&amp;&gt;\ufffd" in drawn
