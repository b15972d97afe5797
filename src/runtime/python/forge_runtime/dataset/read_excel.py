"""Excel workbooks: every visible sheet that holds a table."""

import itertools
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

from forge_runtime.dataset.database import Database
from forge_runtime.dataset.names import unique_names
from forge_runtime.dataset.problems import Problems, UnreadableError
from forge_runtime.dataset.spelling import text_of
from forge_runtime.dataset.tables import Origin, StoredTable

MAX_UNPACKED = 1_000_000_000  # bytes of XML; a workbook is a zip archive and may be a bomb
MAX_RATIO = 200
MAX_TITLE_ROWS = 20
OLE_MAGIC = b"\xd0\xcf\x11\xe0"  # old .xls, and encrypted .xlsx


def read_excel(file: Path, origin: Origin, database: Database, problems: Problems) -> list[StoredTable]:
    """Stores the sheets of a workbook. Raises UnreadableError when it cannot be opened or holds no table."""
    _check_container(file)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except Exception as error:
        message = f"The workbook cannot be read: {type(error).__name__}."
        raise UnreadableError("BAD_EXCEL", message, "Open it in a spreadsheet program and save it again.") from error
    tables: list[StoredTable] = []
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                problems.add(
                    "HIDDEN_SHEET", f"{origin.path}#{sheet.title}", "A hidden sheet is not read.", "Show the sheet."
                )
                continue
            table = _store(sheet, origin, database)
            if table is None:
                message = "The sheet holds no table with a header and rows."
                problems.add("EMPTY_SHEET", f"{origin.path}#{sheet.title}", message, "Remove the sheet.")
            else:
                tables.append(table)
    finally:
        book.close()
    return tables


def _check_container(file: Path) -> None:
    with file.open("rb") as stream:
        magic = stream.read(4)
    if magic == OLE_MAGIC:
        message = "The workbook is password-protected or in the old .xls format."
        raise UnreadableError("PROTECTED", message, "Save it as .xlsx without a password, or as CSV.")
    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableError("BAD_EXCEL", "The file is not an Excel workbook.", "Save it again as .xlsx.") from error
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(file.stat().st_size, 50_000):
        message = f"The workbook would unpack to {unpacked // 1_000_000} MB."
        raise UnreadableError("ARCHIVE_BOMB", message, "Save the sheets as CSV.")


def _store(sheet: Any, origin: Origin, database: Database) -> StoredTable | None:
    sheet.reset_dimensions()  # some writers state a wrong size
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(values_only=True)
    head = list(itertools.islice(rows, MAX_TITLE_ROWS + 30))
    skip, width = _find_header(head)
    if width == 0:
        return None
    columns = unique_names([text_of(value) for value in _fit(head[skip], width)])
    body = (_fit(row, width) for row in itertools.chain(head[skip + 1 :], rows))
    stored = database.create(([text_of(v) for v in row] for row in body if any(v is not None for v in row)), width)
    count = database.count(stored)
    if count == 0:
        return None
    return StoredTable(origin.source("excel", sheet=sheet.title, skipLines=skip, columns=columns), stored, count)


def _find_header(head: list[tuple[Any, ...]]) -> tuple[int, int]:
    """Row of the header and number of columns: the first row that is as full as the rows below it."""
    filled = [sum(value is not None for value in row) for row in head]
    if not filled or max(filled) == 0:
        return 0, 0
    fullest = max(filled)
    skip = next(index for index, count in enumerate(filled) if count >= max(1, 0.6 * fullest))
    width = max(max((i + 1 for i, value in enumerate(row) if value is not None), default=0) for row in head[skip:])
    return skip, width


def _fit(row: tuple[Any, ...], width: int) -> list[Any]:
    return [*row[:width], *[None] * (width - len(row))]
