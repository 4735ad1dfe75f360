"""Reads spreadsheets (.xlsx, .xlsm, .xls, .ods) into a Document: the visible cells of visible sheets.

nianbao's own workbooks are known by their signature, which becomes the document's stamp.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from generator.finding import Finding
from generator.readers import opc, sheet_xls, sheet_xlsx, sheet_xlsx_left
from generator.readers.bounds import Archive, archive, bounded, xml
from generator.readers.document import Block, CellDoubt, Document, DocumentTable, Limits, Unreadable
from generator.readers.kinds import sniff
from generator.readers.notes import ENCRYPTED, damaged, listed, missing, quoted, refuse, warn
from generator.readers.ole import Compound, pack, summary
from generator.readers.quiet import hushed
from generator.readers.sheet_cells import Merge, Value, WorksheetCells, apply_covers, apply_looks, as_printed
from generator.readers.sheet_ods import OdsReader, packaged
from generator.readers.sheet_regions import blocks
from generator.workbook.cell_names import address, letters
from generator.workbook.signature import SHEET as STAMP


def read(data: bytes, file: str, limits: Limits) -> Document:
    """Read the visible regions, sheet after sheet; raises Unreadable for damage, passwords and files over limits."""
    bounded(data, limits)
    match sniff(data, file, limits):
        case "xlsx":
            return _xlsx(data, file, limits)
        case "ods":
            return _ods(data, file, limits)
        case "fods":
            return _ods(packaged(data), file, limits)
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
    content: list[Block] = []
    tables, left = 0, limits.cells * 2
    for sheet in sheets:
        more = blocks(sheet, tables + 1, limits._replace(cells=min(limits.cells, left)))
        grids = [block for block in more if isinstance(block, DocumentTable)]
        tables += len(grids)
        left -= sum(len(grid.rows) * len(grid.rows[0]) for grid in grids)
        content += more
    notes = [
        *(finding for sheet in sheets for finding in _sheet_notes(sheet, file)),
        *findings,
        *opc.metadata(properties, file),
    ]
    return Document(
        file,
        kind,
        tuple(content),
        properties=properties,
        stamp=stamp,
        cells=_cells(sheets) if stamp else {},
        doubts=_doubts(sheets) if stamp else {},
        findings=tuple(notes),
    )


def _cells(sheets: Sequence[WorksheetCells]) -> dict[tuple[str, int, int], str]:
    """Collect the visible cells by place; leaves out errors and formulas without a result."""
    return {
        (sheet.name, row, column): text
        for sheet in sheets
        for (row, column), text in sheet.texts.items()
        if row not in sheet.hidden_rows and not sheet.column_hidden(column) and (row, column) not in sheet.errors
    }


def _doubts(sheets: Sequence[WorksheetCells]) -> dict[tuple[str, int, int], CellDoubt]:
    """Collect the doubts about visible cells by place."""
    return {
        (sheet.name, row, column): CellDoubt(sheet.raws.get((row, column), ""), doubt)
        for sheet in sheets
        for (row, column), doubt in sheet.doubts.items()
        if row not in sheet.hidden_rows and not sheet.column_hidden(column)
    }


def _sheet_notes(sheet: WorksheetCells, file: str) -> list[Finding]:
    """Report hidden rows and columns, formula errors, and formulas without a result."""
    findings = []
    hidden = [
        (row, column)
        for row, column in sorted(sheet.texts.keys() - sheet.shown)
        if row in sheet.hidden_rows or sheet.column_hidden(column)
    ]
    findings += _hidden_notes(sheet, [place for place in hidden if place not in sheet.taken], file, read=False)
    findings += _hidden_notes(sheet, [place for place in hidden if place in sheet.taken], file, read=True)
    if sheet.unseen:
        zh, en = listed(address(*place) for place in sorted(sheet.unseen))
        message = (
            f"工作表“{sheet.name}”的这些单元格里有看不见的字（白色、极小或被格式隐藏），没有读入：{zh}。",
            f"Cells of sheet “{sheet.name}” have text that nobody sees (white, tiny or hidden by its format); "
            f"it was not read: {en}.",
        )
        findings.append(warn("IMP-HIDDEN", file, *message))
    if sheet.errors:
        zh, en = listed(f"{address(*place)} {text}" for place, text in sorted(sheet.errors.items()))
        findings.append(
            warn(
                "IMP-ERROR-CELL",
                file,
                f"工作表“{sheet.name}”的单元格是公式错误，不是数：{zh}。",
                f"Cells of sheet “{sheet.name}” contain formula errors, not figures: {en}.",
            )
        )
    if sheet.unset:
        zh, en = listed(address(*place) for place in sorted(sheet.unset))
        findings.append(
            warn(
                "IMP-FORMULA",
                file,
                f"工作表“{sheet.name}”的公式没有算出的结果：{zh}。请用 Excel 或 WPS 打开、保存后重新导入。",
                f"Formulas of sheet “{sheet.name}” have no stored result: {en}. "
                "Open the file in Excel or WPS, save it, then import again.",
            )
        )
    return findings


def _hidden_notes(sheet: WorksheetCells, places: list[tuple[int, int]], file: str, read: bool) -> list[Finding]:
    """Report the hidden rows and columns that cells stand in."""
    rows = dict.fromkeys(str(row + 1) for row, _ in places if row in sheet.hidden_rows)
    columns = sorted({column for row, column in places if row not in sheet.hidden_rows})
    findings = []
    for zh_kind, en_kind, names in ("行", "rows", list(rows)), ("列", "columns", [letters(at) for at in columns]):
        if names:
            zh, en = listed(names)
            outcome = "在表内，已读入并记为待核" if read else "在表外的没有读入" if sheet.taken else "没有读入"
            in_english = "lie within a table; they were read as uncertain" if read else "were not read"
            message = f"工作表“{sheet.name}”隐藏的{zh_kind}{outcome}：{zh}。"
            findings.append(
                warn("IMP-HIDDEN", file, message, f"Hidden {en_kind} of sheet “{sheet.name}” {in_english}: {en}.")
            )
    return findings


def _hidden_sheets(names: Sequence[str], file: str) -> list[Finding]:
    if not names:
        return []
    zh, en = listed(f"“{name}”" for name in names)
    return [warn("IMP-HIDDEN", file, f"隐藏的工作表没有读入：{zh}。", f"Hidden sheets were not read: {en}.")]


def _opened(data: bytes) -> Any:
    """Open a workbook with calamine; its Rust panics are not Exceptions, so everything but an interrupt is caught."""
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
    """Return one sheet's cells, from the first row and column on, and its merged ranges."""
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
    """Put values and merges into the sheet; raise Unreadable when the merges cover more than the limit."""
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value != "" and (text := as_printed(value, (row, column) in percent)):
                sheet.texts[row, column] = text
    for place, text in sheet.errors.items():
        sheet.texts[place] = text
    apply_looks(sheet)
    area = 0
    for merge in merges:
        if merge.last_row < merge.row or merge.last_column < merge.column:
            continue  # not a rectangle, and its negative area would offset a huge one
        area += (merge.last_row - merge.row + 1) * (merge.last_column - merge.column + 1)
        if area > limits.cells:
            raise refuse(
                f"工作表“{sheet.name}”合并的单元格超过 {limits.cells} 格，不读取。",
                f"Merged cells of sheet “{sheet.name}” cover more than {limits.cells} cells.",
            )
        sheet.merges.append(merge)
    apply_covers(sheet)


def _xlsx(data: bytes, file: str, limits: Limits) -> Document:
    package = archive(data, limits)
    book = sheet_xlsx.read_workbook(package, limits)
    wanted = [
        number for number, tab in enumerate(book.tabs) if tab.part and (tab.state == "visible" or tab.name == STAMP)
    ]
    scans = {number: sheet_xlsx.Scan(book, book.tabs[number]) for number in wanted}
    _check_area(sum(scan.area for scan in scans.values()), limits)
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
        *sheet_xlsx_left.left_behind(package, limits, file),
        *opc.parts_left(package, file),
    ]
    return _document(file, "xlsx", sheets, stamp, opc.properties(package, limits), limits, findings)


def _check_area(area: int, limits: Limits) -> None:
    """Raise Unreadable when the sheets of a workbook together cover too many cells."""
    most = limits.cells * 2
    if area > most:
        raise refuse(f"工作簿超过 {most} 格，不读取。", f"The workbook has more than {most} cells.")


def _macros(file: str) -> Finding:
    return warn("IMP-MACRO", file, "文件带有宏，没有运行，也没有带入。", "Macros were neither run nor imported.")


def _stamp(sheet: WorksheetCells) -> dict[str, str]:
    """Read the signature: keys in the first column, values in the second."""
    return {text: sheet.texts.get((row, 1), "") for (row, column), text in sheet.texts.items() if column == 0}


def _xls(data: bytes, file: str, limits: Limits) -> Document:
    book = sheet_xls.scan(data)
    _check_area(sum(tab.area for tab in book.tabs), limits)
    workbook = _opened(pack("Workbook", book.stream))
    sheets, hidden, notes, stamp = [], [], 0, {}
    for number, name in enumerate(workbook.sheet_names):
        tab = book.tabs[number] if number < len(book.tabs) else sheet_xls.XlsTab()
        sheet = WorksheetCells(name, hidden_rows=tab.hidden_rows, hidden_columns=tab.hidden_columns, errors=tab.errors)
        sheet.looks = tab.looks
        sheet.conditions = tab.conditions
        sheet.covers, sheet.notes = tab.drawings.areas, tab.drawings.notes
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
        message = "工作簿引用了外部文件，没有访问。", "The workbook refers to other files; nothing was fetched."
        findings.append(warn("IMP-LINK", file, *message))
    if shapes := sum(len(tab.drawings.areas) for tab in book.tabs):
        message = f"图形、图片、图表共{shapes}个没有读入。", f"{shapes} shapes, pictures or charts were not read."
        findings.append(warn("IMP-SHAPE", file, *message))
    if book.macros:
        findings.append(_macros(file))
    return _document(file, "xls", sheets, stamp, summary(Compound(data)), limits, findings)


def _ods(data: bytes, file: str, limits: Limits) -> Document:
    package = archive(data, limits)
    properties = _ods_properties(package, limits)
    ods = OdsReader(package, limits, properties.get("application", ""))
    for sheet, _ in ods.sheets:
        apply_looks(sheet)
        apply_covers(sheet)
    findings = _hidden_sheets([sheet.name for sheet, shown in ods.sheets if not shown and sheet.name != STAMP], file)
    if ods.remarks:
        zh, en = quoted(ods.remarks)
        count = len(ods.remarks)
        message = f"批注{count}条没有读入：{zh}。", f"{count} comments were not read: {en}."
        findings.append(warn("IMP-COMMENT", file, *message))
    if ods.shapes:
        message = (
            f"图形、图片、图表共{ods.shapes}个没有读入。",
            f"{ods.shapes} shapes, pictures or charts were not read.",
        )
        findings.append(warn("IMP-SHAPE", file, *message))
    if package.under("Basic/") or package.under("Scripts/"):
        findings.append(_macros(file))
    stamp = next((_stamp(sheet) for sheet, _ in ods.sheets if sheet.name == STAMP), {})
    shown = [sheet for sheet, visible in ods.sheets if visible and sheet.name != STAMP]
    return _document(file, "ods", shown, stamp, properties, limits, findings)


_ODS_PROPERTIES = {
    "title": "title",
    "creator": "last_editor",
    "initial-creator": "author",
    "generator": "application",
    "date": "modified",
}


def _ods_properties(package: Archive, limits: Limits) -> dict[str, str]:
    """Read the metadata of an OpenDocument package by the names that `opc.properties` uses."""
    properties = {}
    if "meta.xml" in package:
        for item in xml(package.read("meta.xml"), "meta.xml", limits).iter():
            if item.tag in _ODS_PROPERTIES and (text := (item.text or "").strip()):
                properties[_ODS_PROPERTIES[item.tag]] = text[:500]
    return properties
