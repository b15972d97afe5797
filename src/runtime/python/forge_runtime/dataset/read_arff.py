"""Weka's ARFF: attribute declarations, then comma separated rows with `?` for missing."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from forge_runtime.dataset.batches import Cell
from forge_runtime.dataset.database import Database
from forge_runtime.dataset.encoding import open_text
from forge_runtime.dataset.names import unique_names
from forge_runtime.dataset.problems import Problems, UnreadableError
from forge_runtime.dataset.tables import Origin, StoredTable

ATTRIBUTE = re.compile(r"^@attribute\s+(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"|(\S+))\s+\S", re.IGNORECASE)
MISSING = "?"


def read_arff(file: Path, origin: Origin, database: Database, scratch: Path, problems: Problems) -> StoredTable:
    """Stores an ARFF file. Raises UnreadableError for sparse rows and for files without declarations."""
    utf8 = open_text(file, scratch).utf8
    names, before = _declarations(utf8)
    if not names:
        raise UnreadableError(
            "BAD_ARFF", "The file declares no attributes before @data.", "Export it again as ARFF or CSV."
        )
    skipped: list[int] = []
    stored = database.create(_rows(utf8, before, len(names), skipped), len(names))
    rows = database.count(stored)
    if rows == 0:
        raise UnreadableError("HEADER_ONLY", "The file has declarations and no dense rows.", "Export it again as CSV.")
    if skipped:
        message = f"{len(skipped)} rows do not have {len(names)} fields and are left out."
        problems.add("RAGGED_LINES", origin.path, message, "Correct the rows.")
    return StoredTable(origin.source("arff", columns=unique_names(names)), stored, rows)


def _declarations(utf8: Path) -> tuple[list[str], int]:
    names: list[str] = []
    with utf8.open(encoding="utf-8-sig", errors="replace") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip().lower().startswith("@data"):
                return names, number
            found = ATTRIBUTE.match(line.strip())
            if found:
                names.append(next(group for group in found.groups() if group is not None))
    return [], 0


def _rows(utf8: Path, before: int, width: int, skipped: list[int]) -> Iterator[list[Cell]]:
    with utf8.open(encoding="utf-8-sig", errors="replace", newline="\n") as stream:
        for number, line in enumerate(stream, start=1):
            text = line.strip()
            if number <= before or not text or text.startswith("%"):
                continue
            if text.startswith("{"):
                raise UnreadableError("SPARSE_ARFF", "Sparse ARFF rows are not supported.", "Export the data as CSV.")
            record = next(csv.reader([text], quotechar="'", skipinitialspace=True))
            if len(record) == width:
                yield [None if value == MISSING else value for value in record]
            else:
                skipped.append(number)
