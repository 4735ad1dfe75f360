"""A workbook that is not the one asked for, or was changed, is refused with one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from generator.collection.settings import Organ
from generator.importer.make_draft import NeedsInput
from generator.importer.workbook_identity import checked
from generator.workbook.layout import Filling
from generator.workbook.make import make, stamp_of
from generator.workbook.signature import SHEET
from tests.example import FORMS, SETTINGS
from tests.workbook.samples import form, layout, opened, packed, part_of, parts

pytestmark = pytest.mark.slow

AGAIN = "nianbao workbook 2021 --organ shili --output biaoge"


def refused(data: bytes, organ: str = "", year: int = 0, organs: Sequence[Organ] = SETTINGS.organs) -> str:
    with pytest.raises(NeedsInput) as asked:
        checked(opened(data), FORMS, organs, organ, year)
    return asked.value.message.say("zh")


def stamped(**changes: object) -> bytes:
    """The form of 2021 with another stamp than its own."""
    return make(layout(2021), stamp_of(layout(2021), 2021, "shili", "示例区人民政府")._replace(**changes), Filling())  # type: ignore[arg-type]


def test_the_form_of_another_year_or_organ_than_asked_for() -> None:
    assert refused(form(2021), year=2022) == "这是2021年度的填报表，要导入的是2022年度；表没有错的，请去掉 --year"
    assert refused(form(2021), organ="jiaju") == (
        "这是示例区人民政府（shili）的填报表，要导入的机关是 jiaju；表没有错的，请去掉 --organ"
    )
    stamp, found = checked(opened(form(2021)), FORMS, SETTINGS.organs, "shili", 2021)
    assert (stamp.year, stamp.organ, found) == (2021, "shili", layout(2021))


def test_the_form_of_an_organ_that_the_register_does_not_know_so() -> None:
    one = SETTINGS.organ("shili")
    assert one is not None
    assert refused(form(2021), organs=()) == (
        "填报表的机关编号“shili”（示例区人民政府）不在 organs.yaml 中；请先把它加进去"
    )
    assert "organs.yaml 中编号 shili 是“示例市人民政府”" in refused(
        form(2021), organs=[replace(one, name="示例市人民政府")]
    )
    assert "示例区人民政府在2021年度不存在（organs.yaml：起—，止2019）" in refused(
        form(2021), organs=[replace(one, until="2019")]
    )


def test_another_version_format_or_layout() -> None:
    assert refused(stamped(version="0")) == f"填报表的版本是0，现在用的是1；请用 {AGAIN} 重新生成后填报"
    assert (
        refused(stamped(form="gbkbh-2019-60"))
        == f"填报表用的格式是 gbkbh-2019-60，2021年度应用 gbkbh-2021-30；请用 {AGAIN} 重新生成表"
    )
    assert "2020年度应用 gbkbh-2019-60；请用 nianbao workbook 2020 --organ shili" in refused(stamped(year=2020))
    assert "另一版表样" in refused(stamped(layout="0" * 16))
    assert "标记不全" in refused(stamped(name=""))


def test_changed_labels_missing_sheets_and_shifted_rows() -> None:
    found = parts(form(2021))
    strings = found["xl/sharedStrings.xml"].decode()
    changed = packed({**found, "xl/sharedStrings.xml": strings.replace("<t>行政许可</t>", "<t>行政处理</t>").encode()})
    assert (
        refused(changed)
        == "“表二”的 A10 应是“行政许可”，现在是“行政处理”：表样被改动（增删了行列或隐藏了内容），不能按位置读取；"
        f"请对方用原表重填，原表可用 {AGAIN} 重新生成"
    )
    book = found["xl/workbook.xml"].decode()
    assert (
        refused(packed({**found, "xl/workbook.xml": book.replace('name="表三"', 'name="表三改"').encode()}))
        == f"缺少工作表“表三”：表样被改动，不能按位置读取；请对方用原表重填，原表可用 {AGAIN} 重新生成"
    )
    name = part_of(found, "表三")
    hidden = found[name].decode().replace('<row r="10"', '<row r="10" hidden="1"')
    assert "“表三”的 B10 应是“（二）部分公开" in refused(packed({**found, name: hidden.encode()}))


def test_without_the_stamp_it_is_a_workbook_like_any_other() -> None:
    found = parts(form(2021))
    book = found["xl/workbook.xml"].decode().replace(f'name="{SHEET}"', 'name="其他"')
    document = opened(packed({**found, "xl/workbook.xml": book.encode()}))
    assert document.stamp == {} and document.cells == {}
