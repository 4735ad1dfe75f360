"""The workbook itself, by XlsxWriter: equal input gives equal bytes."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from generator.finding import Message, UserError
from generator.workbook import table_sheet
from generator.workbook.checks import BROKEN, PASSED, UNFILLED, IdentityCheck, checks, values_of
from generator.workbook.layout import (
    CHECKS,
    FIRST_FIELD,
    FIRST_INDICATOR,
    FRONT,
    GUIDE,
    INDICATOR_HEADS,
    INDICATORS,
    MAX_INDICATORS,
    NARRATIVE,
    Filling,
    NarrativePart,
    Plan,
)
from generator.workbook.signature import SHEET, VERSION, Stamp
from generator.workbook.styles import WorkbookStyles, height, printing

_CREATED = datetime(2000, 1, 1)  # a workbook says when it was made; ours never do
_LOCKED = {"select_locked_cells": True, "select_unlocked_cells": True}
FIRST_CHECK = 5
_NUMERALS = "一二三四五六七八九十"

_NO_WRITER = Message(
    "生成 Excel 表单要用 XlsxWriter：请装 nianbao[office]",
    "making an Excel form takes XlsxWriter: install nianbao[office]",
)


def stamp_of(plan: Plan, year: int, organ: str, name: str) -> Stamp:
    return Stamp(VERSION, year, organ, name, plan.form.id, plan.digest)


def make(plan: Plan, stamp: Stamp, filling: Filling) -> bytes:
    """The bytes of the form. Raises UserError where the library is not installed."""
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise UserError(_NO_WRITER) from error
    out = BytesIO()
    book = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": f"{stamp.name}{stamp.year}年度政府信息公开工作年度报告填报表", "created": _CREATED})
    book.set_calc_mode("auto")
    _Maker(book, plan, stamp, filling).run()
    book.close()
    return out.getvalue()


class _Maker:
    def __init__(self, book: Any, plan: Plan, stamp: Stamp, filling: Filling) -> None:
        self.book, self.plan, self.stamp, self.filling = book, plan, stamp, filling
        self.dress = WorkbookStyles(book)
        self.checks = checks(plan)

    def run(self) -> None:
        self._guide(self.book.add_worksheet(GUIDE))
        self._front(self.book.add_worksheet(FRONT))
        for one in self.plan.tables:
            sheet = self.book.add_worksheet(one.sheet)
            rows = [FIRST_CHECK + number for number, check in enumerate(self.checks) if check.plan is one]
            table_sheet.draw(
                sheet, one, self.filling, self.dress, self._heading(), (rows[0], rows[-1]) if rows else (0, -1)
            )
            table_sheet.mark(sheet, [check for check in self.checks if check.plan is one], self.dress)
        self._narrative(self.book.add_worksheet(NARRATIVE))
        self._indicators(self.book.add_worksheet(INDICATORS))
        self._checks(self.book.add_worksheet(CHECKS))
        self._stamp(self.book.add_worksheet(SHEET))

    def _heading(self) -> str:
        carried = f"；蓝底由{self.stamp.year - 1}年度报告带入，请核对" if self.filling.carried else ""
        return f"填报单位：{self.stamp.name}　　{self.stamp.year}年度　　黄底填写{carried}；数对不上的格变红"

    # sheets -------------------------------------------------------------------------------------------------

    def _guide(self, sheet: Any) -> None:
        year, name = self.stamp.year, self.stamp.name
        sheet.set_column(0, 0, 96)
        sheet.write(0, 0, f"{year}年度政府信息公开工作年度报告填报表", self.dress["title"])
        sheet.set_row(0, 30)
        lines = [
            f"填报单位：{name}",
            f"所用格式：{self.plan.form.document}《{self.plan.form.title}》",
            "",
            f"1. 依次填“{FRONT}”、{'、'.join(f'“{one.sheet}”' for one in self.plan.tables)}、“{NARRATIVE}”；只有黄底和蓝底的格能填，其余已锁定。",
            "2. 数：没有发生填0，不要留空；不写单位，不加千分位逗号。总计也照填，由表来核对，不代为计算。",
            f"3. 蓝底的格由{year - 1}年度报告带入（上年结转等），请核对；与实际不符的改正并告知汇总的同志。",
            f"4. 数对不上时有关的格变红；“{CHECKS}”逐条写明是哪一条勾稽关系、相差多少。报送前应没有“{BROKEN}”和“{UNFILLED}”。",
            "5. 正文一格一段，可以从 Word 里整段粘贴（粘贴时选“只保留文本”）。“（一）……”“1.……”单独成段的作小标题。表里有的数照写，入库后再与表核对。",
            f"6. 只在正文里出现、以后各年要比较的数（培训次数、点击量等），可以再登记到“{INDICATORS}”；没有的不填。",
            "7. 不要改工作表的名称、增删行列或另做一份；用 Excel、WPS 表格、LibreOffice 填都可以，存成 .xlsx 或 .ods。",
            "8. 报送前按《政府信息公开条例》第十七条做保密审查，不写身份证号、个人手机号等个人信息。",
            "",
            "法定时间（《条例》第四十九条）：各部门每年1月31日前向主管部门报送本机关上一年度报告并公布。",
        ]
        for row, line in enumerate(lines, 1):
            sheet.write(row, 0, line, self.dress["heading" if row == 1 else "text"])
            sheet.set_row(row, height(line, 96) + 3)
        printing(sheet)
        sheet.protect("", _LOCKED)

    def _front(self, sheet: Any) -> None:
        sheet.set_column(0, 0, 26 if any(item.unit for item in self.plan.fields) else 14)
        sheet.set_column(1, 1, 62)
        sheet.set_column(2, 2, 44)
        sheet.merge_range(0, 0, 0, 2, FRONT, self.dress["title"])
        sheet.set_row(0, 28)
        for row, (key, value) in enumerate(
            (("填报单位", self.stamp.name), ("年度", str(self.stamp.year)), ("格式", self.plan.form.document)), 1
        ):
            sheet.write(row, 0, key, self.dress["head"])
            sheet.write_string(row, 1, value, self.dress["label"])
            sheet.write(row, 2, "", self.dress["label"])
        assert self.plan.fields[0].row == FIRST_FIELD
        for item in self.plan.fields:
            said, carried = self.filling.front.get(item.key, ""), self.filling.carried.get(item.key, "")
            date = item.key == "发文日期"
            style = self.dress["carried_line" if carried else "date" if date else "amount" if item.unit else "line"]
            sheet.write(item.row, 0, item.label, self.dress["head"])
            if said:
                sheet.write_string(item.row, 1, said, style)
            else:
                sheet.write_blank(item.row, 1, None, style)
            sheet.write(item.row, 2, carried or item.hint, self.dress["hint"])
            sheet.set_row(item.row, 22)
        self._date(sheet)
        self._amounts(sheet)
        printing(sheet)
        sheet.protect("", _LOCKED)

    def _date(self, sheet: Any) -> None:
        row = next(item.row for item in self.plan.fields if item.key == "发文日期")
        sheet.data_validation(
            row,
            1,
            row,
            1,
            {
                "validate": "date",
                "criteria": "between",
                "minimum": datetime(self.stamp.year, 12, 1),
                "maximum": datetime(self.stamp.year + 30, 12, 31),
                "error_type": "warning",
                "input_title": "发文日期",
                "input_message": "写成 2026-01-20 的样子；未定的留空。",
                "error_title": "请核对日期",
                "error_message": f"应是{self.stamp.year}年12月以后的日期，写成 2026-01-20 的样子。",
            },
        )

    def _amounts(self, sheet: Any) -> None:
        for item in self.plan.fields:
            if item.unit:
                whole = item.unit == "件"
                sheet.data_validation(
                    item.row,
                    1,
                    item.row,
                    1,
                    {
                        "validate": "integer" if whole else "decimal",
                        "criteria": ">=",
                        "value": 0,
                        "error_title": "填得不对",
                        "error_message": f"填不小于0的{'整数' if whole else '数'}，不写单位。",
                    },
                )

    def _narrative(self, sheet: Any) -> None:
        sheet.set_column(0, 0, 9)
        sheet.set_column(1, 1, 118)
        sheet.merge_range(0, 0, 0, 1, f"{NARRATIVE}（一格一段）", self.dress["title"])
        sheet.set_row(0, 28)
        for number, part in enumerate(self.plan.parts):
            said = self.filling.narrative[number] if number < len(self.filling.narrative) else ()
            sheet.merge_range(part.row, 0, part.row, 1, part.title, self.dress["heading"])
            sheet.merge_range(part.row + 1, 0, part.row + 1, 1, part.prompt, self.dress["note"])
            sheet.set_row(part.row, 26)
            sheet.set_row(part.row + 1, height(part.prompt, 125))
            for row, text in enumerate(_cells(part, said), part.first):
                sheet.write(row, 0, f"第{row - part.first + 1}段", self.dress["note"])
                if text:
                    sheet.write_string(row, 1, text, self.dress["paragraph"])
                else:
                    sheet.write_blank(row, 1, None, self.dress["paragraph"])
        sheet.freeze_panes(1, 0)
        printing(sheet)
        sheet.protect("", {**_LOCKED, "format_rows": True})

    def _indicators(self, sheet: Any) -> None:
        for column, width in enumerate((30, 14, 10, 10, 10, 26, 26)):
            sheet.set_column(column, column, width)
        sheet.merge_range(0, 0, 0, 6, f"{INDICATORS}：只在正文里出现、各年要比较的数（可以不填）", self.dress["title"])
        note = "约数：正文写作“…余”的填“是”。百分比可以写明分子、分母是哪两个指标，入库时验算。没有填“值”的行不收。"
        sheet.merge_range(1, 0, 1, 6, note, self.dress["note"])
        for row, points in ((0, 28), (1, 18)):
            sheet.set_row(row, points)
        for column, head in enumerate(INDICATOR_HEADS):
            sheet.write(FIRST_INDICATOR - 1, column, head, self.dress["head"])
        for number in range(MAX_INDICATORS):
            said = self.filling.indicators[number] if number < len(self.filling.indicators) else ()
            for column in range(len(INDICATOR_HEADS)):
                value = said[column] if said else ""
                style = self.dress["figure" if column == 1 else "line"]
                sheet.write(
                    FIRST_INDICATOR + number,
                    column,
                    table_sheet.number(value) if column == 1 and value else value or None,
                    style,
                )
        last = FIRST_INDICATOR + MAX_INDICATORS - 1
        sections = list(_NUMERALS[: len(self.plan.form.sections)])
        sheet.data_validation(
            FIRST_INDICATOR,
            1,
            last,
            1,
            {
                "validate": "decimal",
                "criteria": ">=",
                "value": 0,
                "error_title": "填得不对",
                "error_message": "填不小于0的数，不写单位。",
            },
        )
        sheet.data_validation(
            FIRST_INDICATOR,
            3,
            last,
            3,
            {
                "validate": "list",
                "source": sections,
                "error_title": "填得不对",
                "error_message": "在正文的第几部分：一、二、三……",
            },
        )
        sheet.data_validation(
            FIRST_INDICATOR,
            4,
            last,
            4,
            {"validate": "list", "source": ["是"], "error_title": "填得不对", "error_message": "填“是”或留空。"},
        )
        sheet.freeze_panes(FIRST_INDICATOR, 0)
        printing(sheet)
        sheet.protect("", _LOCKED)

    def _checks(self, sheet: Any) -> None:
        for column, width in enumerate((8, 96, 10, 12)):
            sheet.set_column(column, column, width)
        last = FIRST_CHECK + len(self.checks) - 1
        sheet.merge_range(0, 0, 0, 3, f"{CHECKS}：各表所印的勾稽关系", self.dress["title"])
        sheet.set_row(0, 28)
        told = "、".join(
            f'{state}"&COUNTIF(C{FIRST_CHECK + 1}:C{last + 1},"{state}")&"项' for state in (PASSED, BROKEN, UNFILLED)
        )
        sheet.merge_range(1, 0, 1, 3, "", self.dress["state"])
        sheet.write_formula(1, 0, f'="共{len(self.checks)}项：{told}"', self.dress["state"], self._told())
        sheet.merge_range(
            2,
            0,
            2,
            3,
            f"自动计算，不用填。{UNFILLED}：有空格，不作判断。与上一年、下级之和的核对和正文的核对，入库时再做。",
            self.dress["note"],
        )
        for column, head in enumerate(("表", "勾稽关系", "结果", "相差")):
            sheet.write(FIRST_CHECK - 1, column, head, self.dress["head"])
        for row, check in enumerate(self.checks, FIRST_CHECK):
            self._check(sheet, row, check)
        area = (FIRST_CHECK, 2, last, 2)
        for state, style in ((BROKEN, "red"), (PASSED, "green"), (UNFILLED, "grey")):
            sheet.conditional_format(
                *area, {"type": "cell", "criteria": "==", "value": f'"{state}"', "format": self.dress[style]}
            )
        sheet.freeze_panes(FIRST_CHECK, 0)
        sheet.repeat_rows(FIRST_CHECK - 1)
        printing(sheet)
        sheet.protect("", _LOCKED)

    def _told(self) -> str:
        states = [check.verdict(values_of(check.plan.table, self.filling.figures))[0] for check in self.checks]
        return f"共{len(states)}项：" + "、".join(
            f"{state}{states.count(state)}项" for state in (PASSED, BROKEN, UNFILLED)
        )

    def _check(self, sheet: Any, row: int, check: IdentityCheck) -> None:
        state, gap = check.verdict(values_of(check.plan.table, self.filling.figures))
        sheet.write(row, 0, check.plan.sheet, self.dress["middle"])
        sheet.write(row, 1, check.words, self.dress["label"])
        sheet.write_formula(row, 2, check.state, self.dress["middle"], state)
        sheet.write_formula(
            row, 3, check.difference, self.dress["middle"], "—" if gap is None else table_sheet.number(str(gap))
        )
        sheet.set_row(row, max(20.0, height(check.words, 96)))

    def _stamp(self, sheet: Any) -> None:
        for row, (key, value) in enumerate(self.stamp.rows()):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, value)
        sheet.very_hidden()


def _cells(part: NarrativePart, paragraphs: tuple[str, ...]) -> list[str]:
    """Paragraphs by row; what does not fit stands together in the last."""
    room = part.end - part.first
    said = list(paragraphs[: room - 1]) + (["\n".join(paragraphs[room - 1 :])] if len(paragraphs) >= room else [])
    return said + [""] * (room - len(said))
