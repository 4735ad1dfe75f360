"""Tells whether a filled-in workbook is the one that was asked for, unchanged but for what was filled in.

Only then is every cell known by its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.collection.settings import Organ
from generator.finding import NIANBAO, Message
from generator.forms.model import Form, form_for
from generator.importer.make_draft import NeedsInput
from generator.readers.document import Document
from generator.readers.text_cleanup import plain, unstack
from generator.workbook.cell_names import address
from generator.workbook.layout import Plan, plan
from generator.workbook.signature import VERSION, Stamp, read_stamp

_Cells = Mapping[tuple[str, int, int], str]


def checked(
    document: Document, forms: Sequence[Form], organs: Sequence[Organ], organ: str, year: int
) -> tuple[Stamp, Plan]:
    """Return the signature and layout of a workbook; `organ` and `year` ("" and 0 for any) are what was asked for.

    Raises NeedsInput for a workbook of another year, organ, form or version, or one whose labels were changed.
    """
    stamp = read_stamp(document.stamp)
    if stamp is None:
        raise NeedsInput(
            Message(
                f"填报表的标记不全，不能确认是哪张表；请对方用原表重填，原表可用 {NIANBAO} workbook 重新生成",
                "the workbook's signature is damaged; ask the unit to fill in the original workbook again "
                f"({NIANBAO} workbook makes it anew)",
            )
        )
    _must_be_asked_for(stamp, organ, year)
    _must_be_registered(stamp, organs)
    layout = plan(_form(stamp, forms))
    _must_be_whole(stamp, layout, document.cells)
    return stamp, layout


def _must_be_asked_for(stamp: Stamp, organ: str, year: int) -> None:
    if stamp.version != VERSION:
        raise NeedsInput(
            Message(
                f"填报表的版本是{stamp.version}，现在用的是{VERSION}；请用 {_made(stamp)} 重新生成后填报",
                f"the workbook has version {stamp.version}, the current one is {VERSION}; "
                f"make it again with {_made(stamp)}",
            )
        )
    if year and year != stamp.year:
        raise NeedsInput(
            Message(
                f"这是{stamp.year}年度的填报表，要导入的是{year}年度；表没有错的，请去掉 --year",
                f"this workbook is for {stamp.year}, but the import is for {year}; leave out --year if it is right",
            )
        )
    if organ and organ != stamp.organ:
        raise NeedsInput(
            Message(
                f"这是{stamp.name}（{stamp.organ}）的填报表，要导入的机关是 {organ}；表没有错的，请去掉 --organ",
                f"this workbook is for {stamp.organ} ({stamp.name}), but the import is for {organ}; "
                "leave out --organ if it is right",
            )
        )


def _made(stamp: Stamp) -> str:
    """Return the command that makes the workbook again."""
    return f"{NIANBAO} workbook {stamp.year} --organ {stamp.organ} --output biaoge"


def _must_be_registered(stamp: Stamp, organs: Sequence[Organ]) -> None:
    organ = next((organ for organ in organs if organ.id == stamp.organ), None)
    if organ is None:
        raise NeedsInput(
            Message(
                f"填报表的机关编号“{stamp.organ}”（{stamp.name}）不在 organs.yaml 中；请先把它加进去",
                f"organ “{stamp.organ}” ({stamp.name}) is not in organs.yaml; add it there first",
            )
        )
    if organ.name != stamp.name:
        raise NeedsInput(
            Message(
                f"填报表是“{stamp.name}”的，organs.yaml 中编号 {stamp.organ} 是“{organ.name}”；"
                "请改正 organs.yaml 或重新生成表",
                f"the workbook is for “{stamp.name}”, but organs.yaml calls {stamp.organ} “{organ.name}”; "
                "correct organs.yaml or make the workbook again",
            )
        )
    if not organ.valid_in(stamp.year):
        since, until = organ.since or "—", organ.until or "—"
        raise NeedsInput(
            Message(
                f"{organ.name}在{stamp.year}年度不存在（organs.yaml：起{since}，止{until}）；起止不对的，请改正",
                f"{organ.name} did not exist in {stamp.year} (organs.yaml: {since} to {until}); "
                "correct that if it is wrong",
            )
        )


def _form(stamp: Stamp, forms: Sequence[Form]) -> Form:
    form = form_for(forms, stamp.year)
    if form is None or form.id != stamp.form:
        due = form.id if form else "—"
        raise NeedsInput(
            Message(
                f"填报表用的格式是 {stamp.form}，{stamp.year}年度应用 {due}；请用 {_made(stamp)} 重新生成表",
                f"the workbook uses form {stamp.form}, but {stamp.year} requires {due}; "
                f"make it again with {_made(stamp)}",
            )
        )
    return form


def _must_be_whole(stamp: Stamp, layout: Plan, cells: _Cells) -> None:
    """Check that every label is where it was put: then so is everything that was typed beside it."""
    if stamp.layout != layout.digest:
        raise NeedsInput(
            Message(
                f"填报表是另一版表样，各格的位置不同；请用 {_made(stamp)} 重新生成后填报",
                f"the workbook has another layout; make it again with {_made(stamp)}",
            )
        )
    sheets = {sheet for sheet, _, _ in cells}
    again = Message(
        f"请对方用原表重填，原表可用 {_made(stamp)} 重新生成",
        f"ask the unit to fill in the original, which {_made(stamp)} makes again",
    )
    for (sheet, row, column), label in layout.labels.items():
        text = cells.get((sheet, row, column), "")
        if bare_label(text) == bare_label(label):
            continue
        if sheet not in sheets:
            raise NeedsInput(
                Message(
                    f"缺少工作表“{sheet}”：表样被改动，不能按位置读取；{again.zh}",
                    f"sheet “{sheet}” is missing: the layout was changed, so cells cannot be read by position; "
                    f"{again.en}",
                )
            )
        place = address(row, column)
        raise NeedsInput(
            Message(
                f"“{sheet}”的 {place} 应是“{label}”，现在是“{text[:40]}”："
                f"表样被改动（增删了行列或隐藏了内容），不能按位置读取；{again.zh}",
                f"{place} of “{sheet}” should be “{label}” but is “{text[:40]}”: the layout was changed "
                f"(rows or columns added, removed or hidden), so cells cannot be read by position; {again.en}",
            )
        )


def bare_label(text: str) -> str:
    """Return a label without spaces and line breaks, as it is compared."""
    return "".join(unstack(plain(text)).split())
