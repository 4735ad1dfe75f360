"""An index brought up to date is, byte for byte, the one made anew of all texts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.website.search.index import SEGMENT, Part, part_files
from generator.website.search.patch import ChangedText, patched

PART = Part("2021-0", [2021], 0, SEGMENT)
TEXT = st.text("甲乙丙政府信息公开aAB1 \n\t“，𠮷\u2028\ud83d", max_size=14)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=7), st.dictionaries(st.integers(0, 6), TEXT, max_size=3))
def test_it_is_as_if_made_anew(before: list[str], edits: dict[int, str]) -> None:
    after = [edits.get(number, text) for number, text in enumerate(before)]
    files, size, pages = part_files(PART, enumerate(before))
    published = {page.path: page.data for page in pages}
    changed = [ChangedText(n, old, new) for n, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    made = patched(files, size, changed, published.__getitem__)
    anew = part_files(PART, enumerate(after))
    if anew.files.files != files.files:
        assert made is None
        return
    assert made is not None and made.files == anew.files and made.size == anew.size
    renewed = {page.path: page.data for page in made.pages}
    assert published | renewed == {page.path: page.data for page in anew.pages}


def test_only_files_with_changed_pairs_are_made_and_another_number_of_files_is_left_to_all_texts() -> None:
    many = "".join(chr(0x4E00 + number) for number in range(2000))
    files, size, pages = part_files(PART, [(0, many), (1, "政府")])
    published = {page.path: page.data for page in pages}
    assert files.files > 5
    made = patched(files, size, [ChangedText(1, "政府", "政务")], published.__getitem__)
    assert made is not None and 0 < len(list(made.pages)) <= 3
    assert patched(files, size, [ChangedText(0, many, "政")], published.__getitem__) is None
