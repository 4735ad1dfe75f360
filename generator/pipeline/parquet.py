"""Writes the figures of a built section as one Parquet file, by DuckDB in flat memory."""

from __future__ import annotations

import os
from pathlib import Path

from generator.finding import NIANBAO, Message, UserError
from generator.website.downloads.columns import Column, cell_columns
from generator.website.words import load_words

# A figure has at most 18 digits, so a double may not hold it; no unit is divided further than this.
_TYPES = {"integer": "INTEGER", "string": "VARCHAR", "number": "DECIMAL(28, 6)", "boolean": "BOOLEAN"}
# For programs that know decimals badly (pandas, scripts of pages): the figure where 64 bits hold it to the last digit.
_DOUBLE = "CAST(CAST(value AS VARCHAR) AS DOUBLE)"
_SAME = f"CASE WHEN CAST({_DOUBLE} AS DECIMAL(28, 6)) = value THEN {_DOUBLE} END AS value_double"
_YEARS = "data/[0-9][0-9][0-9][0-9].csv"


def write_parquet(site: Path, target: Path) -> int:
    """Write the cells of all years of the section built in `site` into `target`, and return their number.

    Columns go by their keys; what is blank in the CSV files is null. `value_double` is `value` as a floating-point
    number, null where that would be another one. Equal files give equal bytes. Raises UserError
    where DuckDB is not installed or the section has no data files; `target` is then as it was."""
    try:
        import duckdb
    except ImportError:
        raise UserError(
            Message(
                "写 Parquet 文件要用 DuckDB：请运行 pip install nianbao[data]",
                "writing Parquet takes DuckDB: run pip install nianbao[data]",
            )
        ) from None
    files = sorted(site.glob(_YEARS))
    if not files:
        raise UserError(
            Message(
                f"“{site}”里没有 data/年度.csv：请先运行 {NIANBAO} build，或用 --site 指明栏目所在的文件夹",
                f"“{site}” holds no data/YEAR.csv: run {NIANBAO} build first, or name the section's folder with --site",
            )
        )
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with duckdb.connect(config={"threads": "1"}) as database:  # several threads would write in any order
            database.execute(_statement(files, partial, cell_columns(load_words("zh"))))
            (count,) = database.execute("SELECT count(*) FROM read_parquet(?)", [str(partial)]).fetchone() or (0,)
        os.replace(partial, target)
    except duckdb.Error as error:
        raise UserError(Message(f"写“{target}”时出错：{error}", f"error while writing “{target}”: {error}")) from error
    finally:
        partial.unlink(missing_ok=True)
    return int(count)


def _statement(files: list[Path], target: Path, columns: tuple[Column, ...]) -> str:
    types = ", ".join(f"{_text(column.key)}: {_text(_TYPES[column.kind])}" for column in columns)
    sources = ", ".join(_text(str(path)) for path in files)
    reading = f"read_csv([{sources}], header = true, delim = ',', quote = '\"', escape = '\"', columns = {{{types}}})"
    return f"COPY (SELECT *, {_SAME} FROM {reading}) TO {_text(str(target))} (FORMAT parquet, COMPRESSION zstd)"


def _text(value: str) -> str:
    """Quote a text for SQL."""
    return "'" + value.replace("'", "''") + "'"
