"""Writes the workbook with XlsxWriter; equal input gives equal bytes."""

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
    Field,
    Filling,
    IndicatorRow,
    NarrativePart,
    Plan,
    TablePlan,
)
from generator.workbook.signature import SHEET, VERSION, Stamp, carried_row
from generator.workbook.styles import WorkbookStyles, height, printing

_CREATED = datetime(2000, 1, 1)  # the time of writing must not change the bytes
_LOCKED = {"select_locked_cells": True, "select_unlocked_cells": True}
FIRST_CHECK = 5
_NUMERALS = "一二三四五六七八九十"

_NO_WRITER = Message(
    "生成 Excel 表单要用 XlsxWriter：请装 nianbao[office]",
    "writing an Excel workbook requires XlsxWriter: install nianbao[office]",
)


def stamp_of(plan: Plan, year: int, organ: str, name: str) -> Stamp:
    """Return the stamp of an organ's workbook."""
    return Stamp(VERSION, year, organ, name, plan.form.id, plan.digest)


def make(plan: Plan, stamp: Stamp, filling: Filling) -> bytes:
    """Write the workbook and return its bytes. Raises UserError where XlsxWriter is not installed."""
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
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, plan: Plan, stamp: Stamp, filling: Filling) -> None:
        self.book, self.plan, self.stamp, self.filling = book, plan, stamp, filling
        self.styles = WorkbookStyles(book)
        self.checks = checks(plan)

    def run(self) -> None:
        """Write all sheets, in the order of their tabs."""
        self._guide(self.book.add_worksheet(GUIDE))
        self._front(self.book.add_worksheet(FRONT))
        for table_plan in self.plan.tables:
            self._table(self.book.add_worksheet(table_plan.sheet), table_plan)
        self._narrative(self.book.add_worksheet(NARRATIVE))
        self._indicators(self.book.add_worksheet(INDICATORS))
        self._checks(self.book.add_worksheet(CHECKS))
        self._stamp(self.book.add_worksheet(SHEET))

    def _heading(self) -> str:
        carried = f"；蓝底由{self.stamp.year - 1}年度报告带入，请核对" if self.filling.carried else ""
        return f"填报单位：{self.stamp.name}　　{self.stamp.year}年度　　黄底填写{carried}；数对不上的格变红"

    # sheets -------------------------------------------------------------------------------------------------

    def _table(self, sheet: Any, plan: TablePlan) -> None:
        own_checks = [(row, check) for row, check in enumerate(self.checks, FIRST_CHECK) if check.plan is plan]
        results = (own_checks[0][0], own_checks[-1][0]) if own_checks else (0, -1)
        table_sheet.draw(sheet, plan, self.filling, self.styles, self._heading(), results)
        table_sheet.mark(sheet, [check for _, check in own_checks], self.styles)

    def _guide(self, sheet: Any) -> None:
        year, name = self.stamp.year, self.stamp.name
        sheet.set_column(0, 0, 96)
        sheet.write(0, 0, f"{year}年度政府信息公开工作年度报告填报表", self.styles["title"])
        sheet.set_row(0, 30)
        tables = "、".join(f"“{table_plan.sheet}”" for table_plan in self.plan.tables)
        lines = [
            f"填报单位：{name}",
            f"所用格式：{self.plan.form.document}《{self.plan.form.title}》",
            "",
            f"1. 依次填“{FRONT}”、{tables}、“{NARRATIVE}”；只有黄底和蓝底的格能填，其余已锁定。",
            "2. 数：没有发生填0，不要留空；不写单位，不加千分位逗号。总计也照填，由表来核对，不代为计算。",
            f"3. 蓝底的格由{year - 1}年度报告带入（上年结转等），请核对；与实际不符的改正并告知汇总的同志。",
            f"4. 数对不上时有关的格变红；“{CHECKS}”逐条写明是哪一条勾稽关系、相差多少。"
            f"报送前应没有“{BROKEN}”和“{UNFILLED}”。",
            "5. 正文一格一段，可以从 Word 里整段粘贴（粘贴时选“只保留文本”）。"
            "“（一）……”“1.……”单独成段的作小标题。表里有的数照写，入库后再与表核对。",
            f"6. 只在正文里出现、以后各年要比较的数（培训次数、点击量等），可以再登记到“{INDICATORS}”；没有的不填。",
            "7. 不要改工作表的名称、增删行列或另做一份；用 Excel、WPS 表格、LibreOffice 填都可以，存成 .xlsx 或 .ods。",
            "8. 报送前按《政府信息公开条例》第十七条做保密审查，不写身份证号、个人手机号等个人信息。",
            "",
            "法定时间（《条例》第四十九条）：各部门每年1月31日前向主管部门报送本机关上一年度报告并公布。",
        ]
        for row, line in enumerate(lines, 1):
            sheet.write(row, 0, line, self.styles["heading" if row == 1 else "text"])
            sheet.set_row(row, height(line, 96) + 3)
        printing(sheet)
        sheet.protect("", _LOCKED)

    def _front(self, sheet: Any) -> None:
        sheet.set_column(0, 0, 26 if any(item.unit for item in self.plan.fields) else 14)
        sheet.set_column(1, 1, 62)
        sheet.set_column(2, 2, 44)
        sheet.merge_range(0, 0, 0, 2, FRONT, self.styles["title"])
        sheet.set_row(0, 28)
        given = (("填报单位", self.stamp.name), ("年度", str(self.stamp.year)), ("格式", self.plan.form.document))
        for row, (key, value) in enumerate(given, 1):
            sheet.write(row, 0, key, self.styles["head"])
            sheet.write_string(row, 1, value, self.styles["label"])
            sheet.write(row, 2, "", self.styles["label"])
        assert self.plan.fields[0].row == FIRST_FIELD
        for item in self.plan.fields:
            self._field(sheet, item)
        self._date(sheet)
        self._amounts(sheet)
        printing(sheet)
        sheet.protect("", _LOCKED)

    def _field(self, sheet: Any, item: Field) -> None:
        """Write a line of the front matter: label, input cell, hint."""
        text, carried = self.filling.front.get(item.key, ""), self.filling.carried.get(item.key, "")
        name = "carried_line" if carried else "date" if item.key == "发文日期" else "amount" if item.unit else "line"
        style = self.styles[name]
        sheet.write(item.row, 0, item.label, self.styles["head"])
        _write_text(sheet, item.row, text, style)
        sheet.write(item.row, 2, carried or item.hint, self.styles["hint"])
        sheet.set_row(item.row, 22)

    def _date(self, sheet: Any) -> None:
        row = next(item.row for item in self.plan.fields if item.key == "发文日期")
        rule = {
            "validate": "date",
            "criteria": "between",
            "minimum": datetime(self.stamp.year, 12, 1),
            "maximum": datetime(self.stamp.year + 30, 12, 31),
            "error_type": "warning",
            "input_title": "发文日期",
            "input_message": "写成 2026-01-20 的样子；未定的留空。",
            "error_title": "请核对日期",
            "error_message": f"应是{self.stamp.year}年12月以后的日期，写成 2026-01-20 的样子。",
        }
        sheet.data_validation(row, 1, row, 1, rule)

    def _amounts(self, sheet: Any) -> None:
        """Validate the figures of the statement: cases are whole numbers, amounts of money may have decimals."""
        for item in self.plan.fields:
            if item.unit:
                kind, name = ("integer", "整数") if item.unit == "件" else ("decimal", "数")
                rule = _refusing(f"填不小于0的{name}，不写单位。", validate=kind, criteria=">=", value=0)
                sheet.data_validation(item.row, 1, item.row, 1, rule)

    def _narrative(self, sheet: Any) -> None:
        sheet.set_column(0, 0, 9)
        sheet.set_column(1, 1, 118)
        sheet.merge_range(0, 0, 0, 1, f"{NARRATIVE}（一格一段）", self.styles["title"])
        sheet.set_row(0, 28)
        for number, part in enumerate(self.plan.parts):
            paragraphs = self.filling.narrative[number] if number < len(self.filling.narrative) else ()
            sheet.merge_range(part.row, 0, part.row, 1, part.title, self.styles["heading"])
            sheet.merge_range(part.row + 1, 0, part.row + 1, 1, part.prompt, self.styles["note"])
            sheet.set_row(part.row, 26)
            sheet.set_row(part.row + 1, height(part.prompt, 125))
            for row, text in enumerate(_cells(part, paragraphs), part.first):
                sheet.write(row, 0, f"第{row - part.first + 1}段", self.styles["note"])
                _write_text(sheet, row, text, self.styles["paragraph"])
        sheet.freeze_panes(1, 0)
        printing(sheet)
        sheet.protect("", {**_LOCKED, "format_rows": True})

    def _indicators(self, sheet: Any) -> None:
        for column, width in enumerate((30, 14, 10, 10, 10, 26, 26)):
            sheet.set_column(column, column, width)
        sheet.merge_range(0, 0, 0, 6, f"{INDICATORS}：只在正文里出现、各年要比较的数（可以不填）", self.styles["title"])
        note = "约数：正文写作“…余”的填“是”。百分比可以写明分子、分母是哪两个指标，入库时验算。没有填“值”的行不收。"
        sheet.merge_range(1, 0, 1, 6, note, self.styles["note"])
        for row, points in ((0, 28), (1, 18)):
            sheet.set_row(row, points)
        for column, head in enumerate(INDICATOR_HEADS):
            sheet.write(FIRST_INDICATOR - 1, column, head, self.styles["head"])
        for number in range(MAX_INDICATORS):
            filled = self.filling.indicators[number] if number < len(self.filling.indicators) else IndicatorRow("")
            for column, text in enumerate(filled):
                value = table_sheet.number(text) if column == 1 and text else text or None
                sheet.write(FIRST_INDICATOR + number, column, value, self.styles["figure" if column == 1 else "line"])
        sections = list(_NUMERALS[: len(self.plan.form.sections)])
        for column, rule in {
            1: _refusing("填不小于0的数，不写单位。", validate="decimal", criteria=">=", value=0),
            3: _refusing("在正文的第几部分：一、二、三……", validate="list", source=sections),
            4: _refusing("填“是”或留空。", validate="list", source=["是"]),
        }.items():
            sheet.data_validation(FIRST_INDICATOR, column, FIRST_INDICATOR + MAX_INDICATORS - 1, column, rule)
        sheet.freeze_panes(FIRST_INDICATOR, 0)
        printing(sheet)
        sheet.protect("", _LOCKED)

    def _checks(self, sheet: Any) -> None:
        for column, width in enumerate((8, 96, 10, 12)):
            sheet.set_column(column, column, width)
        last = FIRST_CHECK + len(self.checks) - 1
        sheet.merge_range(0, 0, 0, 3, f"{CHECKS}：各表所印的勾稽关系", self.styles["title"])
        sheet.set_row(0, 28)
        cells = f"C{FIRST_CHECK + 1}:C{last + 1}"
        counts = "、".join(f'{state}"&COUNTIF({cells},"{state}")&"项' for state in (PASSED, BROKEN, UNFILLED))
        sheet.merge_range(1, 0, 1, 3, "", self.styles["state"])
        sheet.write_formula(1, 0, f'="共{len(self.checks)}项：{counts}"', self.styles["state"], self._summary())
        note = f"自动计算，不用填。{UNFILLED}：有空格，不作判断。与上一年、下级之和的核对和正文的核对，入库时再做。"
        sheet.merge_range(2, 0, 2, 3, note, self.styles["note"])
        for column, head in enumerate(("表", "勾稽关系", "结果", "相差")):
            sheet.write(FIRST_CHECK - 1, column, head, self.styles["head"])
        for row, check in enumerate(self.checks, FIRST_CHECK):
            self._check(sheet, row, check)
        area = (FIRST_CHECK, 2, last, 2)
        for state, style in ((BROKEN, "red"), (PASSED, "green"), (UNFILLED, "grey")):
            sheet.conditional_format(
                *area, {"type": "cell", "criteria": "==", "value": f'"{state}"', "format": self.styles[style]}
            )
        sheet.freeze_panes(FIRST_CHECK, 0)
        sheet.repeat_rows(FIRST_CHECK - 1)
        printing(sheet)
        sheet.protect("", _LOCKED)

    def _summary(self) -> str:
        """Compute the line that counts the results, for readers that do not compute."""
        states = [check.verdict(values_of(check.plan.table, self.filling.figures))[0] for check in self.checks]
        counts = "、".join(f"{state}{states.count(state)}项" for state in (PASSED, BROKEN, UNFILLED))
        return f"共{len(states)}项：{counts}"

    def _check(self, sheet: Any, row: int, check: IdentityCheck) -> None:
        state, gap = check.verdict(values_of(check.plan.table, self.filling.figures))
        sheet.write(row, 0, check.plan.sheet, self.styles["middle"])
        sheet.write(row, 1, check.words, self.styles["label"])
        sheet.write_formula(row, 2, check.state, self.styles["middle"], state)
        difference = "—" if gap is None else table_sheet.number(str(gap))
        sheet.write_formula(row, 3, check.difference, self.styles["middle"], difference)
        sheet.set_row(row, max(20.0, height(check.words, 96)))

    def _stamp(self, sheet: Any) -> None:
        carried = {name: text for name, text in self.filling.figures.items() if name in self.filling.carried}
        for row, (key, value) in enumerate([*self.stamp.rows(), carried_row(carried)]):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, value)
        sheet.very_hidden()


def _write_text(sheet: Any, row: int, text: str, style: Any) -> None:
    """Write the input cell of a line (column B), as a text even where it looks like a number."""
    if text:
        sheet.write_string(row, 1, text, style)
    else:
        sheet.write_blank(row, 1, None, style)


def _refusing(message: str, **rule: Any) -> dict[str, Any]:
    """Return a validation that refuses other input with a message."""
    return {**rule, "error_title": "填得不对", "error_message": message}


def _cells(part: NarrativePart, paragraphs: tuple[str, ...]) -> list[str]:
    """Return paragraphs by row; those that there is no room for stand together in the last."""
    room = part.end - part.first
    texts = list(paragraphs[: room - 1]) + (["\n".join(paragraphs[room - 1 :])] if len(paragraphs) >= room else [])
    return texts + [""] * (room - len(texts))
