"""Spreadsheets (.xlsx, .xlsm, .xls, .ods) to a Document: visible cells of visible sheets, and nianbao's own forms by their stamp."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from generator.finding import Finding
from generator.readers import opc, sheet_xls, sheet_xlsx
from generator.readers.bounds import archive, bounded, xml
from generator.readers.document import Block, Document, DocumentTable, Limits, Unreadable
from generator.readers.kinds import sniff
from generator.readers.notes import ENCRYPTED, damaged, listed, missing, refuse, warn
from generator.readers.ole import Compound, pack, summary
from generator.readers.quiet import hushed
from generator.readers.sheet_cells import Merge, Value, WorksheetCells, blocks, spoken
from generator.readers.sheet_ods import OdsReader
from generator.workbook.cell_names import address, letters
from generator.workbook.signature import SHEET as STAMP


def read(data: bytes, file: str, limits: Limits) -> Document:
    """A workbook's visible regions, sheet after sheet; Unreadable when damaged, encrypted or beyond the bounds."""
    bounded(data, limits)
    match sniff(data, file, limits):
        case "xlsx":
            return _xlsx(data, file, limits)
        case "ods":
            return _ods(data, file, limits)
        case "xls":
            return _xls(data, file, limits)
        case _:
            raise damaged()


def _document(
    file: str,
    kind: str,
    sheets: Sequence[WorksheetCells],
    stamp: dict[str, str],
    properties: dict[str, str],
    limits: Limits,
    findings: list[Finding],
) -> Document:
    found: list[Block] = []
    tables, left = 0, limits.cells * 2
    for sheet in sheets:
        more = blocks(sheet, tables + 1, limits._replace(cells=min(limits.cells, left)))
        grids = [block for block in more if isinstance(block, DocumentTable)]
        tables += len(grids)
        left -= sum(len(grid.rows) * len(grid.rows[0]) for grid in grids)
        found += more
    every = [
        *(finding for sheet in sheets for finding in _sheet_notes(sheet, file)),
        *findings,
        *opc.metadata(properties, file),
    ]
    return Document(
        file,
        kind,
        tuple(found),
        properties=properties,
        stamp=stamp,
        cells=_cells(sheets) if stamp else {},
        findings=tuple(every),
    )


def _cells(sheets: Sequence[WorksheetCells]) -> dict[tuple[str, int, int], str]:
    """The visible cells by their own places; an error or a formula without a result holds nothing."""
    return {
        (sheet.name, row, column): text
        for sheet in sheets
        for (row, column), text in sheet.texts.items()
        if row not in sheet.hidden_rows and not sheet.column_hidden(column) and (row, column) not in sheet.errors
    }


def _sheet_notes(sheet: WorksheetCells, file: str) -> list[Finding]:
    found = []
    rows = [str(row + 1) for row in sorted({row for row, _ in sheet.texts} & sheet.hidden_rows)]
    columns = [
        letters(column) for column in sorted({column for _, column in sheet.texts}) if sheet.column_hidden(column)
    ]
    for zh_kind, en_kind, names in (("行", "rows", rows), ("列", "columns", columns)):
        if names:
            zh, en = listed(names)
            found.append(
                warn(
                    "IMP-HIDDEN",
                    file,
                    f"工作表“{sheet.name}”隐藏的{zh_kind}没有读入：{zh}。",
                    f"Hidden {en_kind} of sheet “{sheet.name}” were not read: {en}.",
                )
            )
    if sheet.errors:
        zh, en = listed(f"{address(*place)} {text}" for place, text in sorted(sheet.errors.items()))
        found.append(
            warn(
                "IMP-ERROR-CELL",
                file,
                f"工作表“{sheet.name}”的单元格是公式错误，不是数：{zh}。",
                f"Cells of sheet “{sheet.name}” hold formula errors: {en}.",
            )
        )
    if sheet.unset:
        zh, en = listed(address(*place) for place in sorted(sheet.unset))
        found.append(
            warn(
                "IMP-FORMULA",
                file,
                f"工作表“{sheet.name}”的公式没有算出的结果：{zh}。请用 Excel 或 WPS 打开、保存后重新导入。",
                f"Formulas of sheet “{sheet.name}” have no stored result: {en}. Open and save it in Excel or WPS, then import again.",
            )
        )
    return found


def _hidden_sheets(names: Sequence[str], file: str) -> list[Finding]:
    if not names:
        return []
    zh, en = listed(f"“{name}”" for name in names)
    return [warn("IMP-HIDDEN", file, f"隐藏的工作表没有读入：{zh}。", f"Hidden sheets were not read: {en}.")]


def _opened(data: bytes) -> Any:
    """calamine's workbook; its Rust panics are no Exception, so everything but an interrupt is caught."""
    try:
        from python_calamine import CalamineWorkbook, PasswordError
    except ImportError as error:
        raise missing("python-calamine") from error
    try:
        with hushed():
            return CalamineWorkbook.from_object(BytesIO(data))
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except PasswordError as error:
        raise Unreadable(ENCRYPTED) from error
    except BaseException as error:
        raise damaged() from error


def _values(workbook: Any, index: int) -> tuple[list[list[Value]], list[Merge]]:
    """One sheet's cells from its first row and column on, and its merged ranges."""
    try:
        with hushed():
            sheet = workbook.get_sheet_by_index(index)
            return sheet.to_python(skip_empty_area=False), [
                Merge(*first, *last) for first, last in sheet.merged_cell_ranges or []
            ]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        raise damaged(f"第{index + 1}个工作表") from error


def take(
    sheet: WorksheetCells, rows: list[list[Value]], merges: list[Merge], percent: set[tuple[int, int]], limits: Limits
) -> None:
    """Put values and merges into the sheet; Unreadable when the merges cover more than the limit."""
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value != "" and (text := spoken(value, (row, column) in percent)):
                sheet.texts[row, column] = text
    for place, text in sheet.errors.items():
        sheet.texts[place] = text
    area = 0
    for merge in merges:
        if merge.last_row < merge.row or merge.last_column < merge.column:
            continue  # no rectangle; its negative area would hide a huge one
        area += (merge.last_row - merge.row + 1) * (merge.last_column - merge.column + 1)
        if area > limits.cells:
            raise refuse(
                f"工作表“{sheet.name}”合并的单元格超过 {limits.cells} 格，不读取。",
                f"Merged cells of sheet “{sheet.name}” exceed {limits.cells}.",
            )
        sheet.merges.append(merge)


def _xlsx(data: bytes, file: str, limits: Limits) -> Document:
    package = archive(data, limits)
    book = sheet_xlsx.book(package, limits)
    wanted = [
        number for number, tab in enumerate(book.tabs) if tab.part and (tab.state == "visible" or tab.name == STAMP)
    ]
    scans = {number: sheet_xlsx.Scan(book, book.tabs[number]) for number in wanted}
    if sum(scan.area for scan in scans.values()) > limits.cells * 2:
        raise refuse(
            f"工作簿超过 {limits.cells * 2} 格，不读取。", f"The workbook has more than {limits.cells * 2} cells."
        )
    workbook = _opened(
        sheet_xlsx.clean_copy(book, {book.tabs[number].part: scan.data for number, scan in scans.items()})
    )
    sheets, stamp = [], {}
    for number, scan in scans.items():
        take(scan.sheet, *_values(workbook, number), scan.percent, limits)
        if book.tabs[number].name == STAMP:
            stamp = _stamp(scan.sheet)
        else:
            sheets.append(scan.sheet)
    hidden = [tab.name for tab in book.tabs if tab.state != "visible" and tab.name != STAMP]
    findings = [
        *_hidden_sheets(hidden, file),
        *sheet_xlsx.left_behind(package, limits, file),
        *opc.parts_left(package, file),
    ]
    return _document(file, "xlsx", sheets, stamp, opc.properties(package, limits), limits, findings)


def _stamp(sheet: WorksheetCells) -> dict[str, str]:
    """Key and value rows of the stamp's first two columns."""
    return {text: sheet.texts.get((row, 1), "") for (row, column), text in sheet.texts.items() if column == 0}


def _xls(data: bytes, file: str, limits: Limits) -> Document:
    book = sheet_xls.scan(data)
    if sum(tab.area for tab in book.tabs) > limits.cells * 2:
        raise refuse(
            f"工作簿超过 {limits.cells * 2} 格，不读取。", f"The workbook has more than {limits.cells * 2} cells."
        )
    workbook = _opened(pack("Workbook", book.stream))
    sheets, hidden, notes, stamp = [], [], 0, {}
    for number, name in enumerate(workbook.sheet_names):
        tab = book.tabs[number] if number < len(book.tabs) else sheet_xls.XlsTab()
        sheet = WorksheetCells(name, hidden_rows=tab.hidden_rows, hidden_columns=tab.hidden_columns, errors=tab.errors)
        if tab.hidden and name != STAMP:
            hidden.append(name)
            continue
        take(sheet, *_values(workbook, number), tab.percent, limits)
        notes += tab.notes
        if name == STAMP:
            stamp = _stamp(sheet)
        else:
            sheets.append(sheet)
    findings = _hidden_sheets(hidden, file)
    if notes:
        findings.append(warn("IMP-COMMENT", file, f"批注{notes}条没有读入。", f"{notes} comments were not read."))
    if book.outside:
        findings.append(
            warn(
                "IMP-LINK",
                file,
                "工作簿引用了外部文件，没有访问。",
                "The workbook refers to other files; nothing was fetched.",
            )
        )
    if book.macros:
        findings.append(
            warn("IMP-MACRO", file, "文件带有宏，没有运行，也没有带入。", "Macros were neither run nor taken over.")
        )
    return _document(file, "xls", sheets, stamp, summary(Compound(data)), limits, findings)


def _ods(data: bytes, file: str, limits: Limits) -> Document:
    package = archive(data, limits)
    ods = OdsReader(package, limits)
    findings = _hidden_sheets([sheet.name for sheet, shown in ods.sheets if not shown and sheet.name != STAMP], file)
    if ods.remarks:
        zh, en = listed(f"“{text}”" for text in ods.remarks)
        findings.append(
            warn(
                "IMP-COMMENT",
                file,
                f"批注{len(ods.remarks)}条没有读入：{zh}。",
                f"{len(ods.remarks)} comments were not read: {en}.",
            )
        )
    if ods.shapes:
        findings.append(
            warn(
                "IMP-SHAPE",
                file,
                f"图形、图片、图表共{ods.shapes}个没有读入。",
                f"{ods.shapes} shapes, pictures or charts were not read.",
            )
        )
    if package.under("Basic/") or package.under("Scripts/"):
        findings.append(
            warn("IMP-MACRO", file, "文件带有宏，没有运行，也没有带入。", "Macros were neither run nor taken over.")
        )
    stamp = next((_stamp(sheet) for sheet, _ in ods.sheets if sheet.name == STAMP), {})
    shown = [sheet for sheet, visible in ods.sheets if visible and sheet.name != STAMP]
    properties = {}
    if "meta.xml" in package:
        names = {
            "title": "title",
            "creator": "last_editor",
            "initial-creator": "author",
            "generator": "application",
            "date": "modified",
        }
        for item in xml(package.read("meta.xml"), "meta.xml", limits).iter():
            if item.tag in names and (text := (item.text or "").strip()):
                properties[names[item.tag]] = text[:500]
    return _document(file, "ods", shown, stamp, properties, limits, findings)
