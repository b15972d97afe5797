# ruff: noqa: S608  tables and columns have generated names here, values are quoted or bound
"""Delimited text: comma, tab, semicolon or bar separated."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import duckdb

from forge_runtime.dataset.database import SLICED_FROM, Database, quoted
from forge_runtime.dataset.delimited_scan import Scan, scan
from forge_runtime.dataset.dialect import Dialect, is_padded_with_blanks, parse, sniff, with_quote
from forge_runtime.dataset.encoding import open_text
from forge_runtime.dataset.problems import Problems, UnreadableError
from forge_runtime.dataset.tables import Origin, StoredTable

# Below this the engine's start costs more than Python's own parser takes.
ENGINE_FROM_BYTES = 5_000_000
# In files whose name does not promise a table, most lines must agree on at least two columns.
PROSE_CONSISTENCY = 0.95
MAX_RAGGED_SHARE = 0.5
MAX_COLUMNS = 20_000


def read_delimited(
    file: Path, origin: Origin, database: Database, scratch: Path, problems: Problems, *, named: bool
) -> StoredTable:
    """Stores a delimited file. `named` says that its name promises a table (`.csv`), so one column is enough.

    Raises UnreadableError when the file is not a table.
    """
    text = open_text(file, scratch)
    dialect = sniff(text.utf8)
    if dialect is None:
        raise UnreadableError("EMPTY_FILE", "The file holds no line with content.", "Copy it again from its source.")
    if len(dialect.columns) == 1 and is_padded_with_blanks(text.utf8):
        message = "The columns are lined up with runs of blanks instead of a delimiter."
        raise UnreadableError("SPACE_PADDED", message, "Convert the file to CSV.")
    if not named and (len(dialect.columns) < 2 or dialect.consistency < PROSE_CONSISTENCY):
        raise UnreadableError(
            "NOT_A_TABLE", "The lines do not agree on a number of columns.", "Name the file .csv if it is a table."
        )
    if len(dialect.columns) > MAX_COLUMNS:
        message = f"The table has {len(dialect.columns)} columns; at most {MAX_COLUMNS} are read."
        raise UnreadableError("TOO_WIDE", message, "Split the table.")
    dialect, checked = _verified(text.utf8, dialect)
    _refuse_junk(dialect, checked, origin.path)
    stored, rows = _store(text.utf8, dialect, checked, database)
    if rows == 0:
        database.drop(stored)
        raise UnreadableError("HEADER_ONLY", "The file has a header and no rows.", "Remove it, or add the rows.")
    _tell(origin, dialect, checked, problems)
    source = origin.source(
        "delimited",
        encoding=text.encoding,
        delimiter=dialect.delimiter,
        quote=dialect.quote,
        skipLines=dialect.skip_lines,
        header=dialect.header,
        columns=dialect.columns,
        **({"skipBlanks": True} if dialect.skip_blanks else {}),
    )
    ragged = [{"line": line, "fields": fields} for line, fields in checked.ragged]
    return StoredTable(source, stored, rows, ragged, checked.ragged_count)


def _verified(utf8: Path, dialect: Dialect) -> tuple[Dialect, Scan]:
    """The reading that fits the whole file, not only the sample: quotation marks may turn out to be ordinary."""
    checked = _scan(utf8, dialect)
    if not dialect.quote or not checked.quotes or checked.trouble == 0:
        return dialect, checked
    plain = with_quote(utf8, dialect, "")
    checked_plain = _scan(utf8, plain)
    if checked_plain.trouble < checked.trouble:
        return plain, checked_plain
    return dialect, checked


def _scan(utf8: Path, dialect: Dialect) -> Scan:
    return scan(
        utf8,
        delimiter=dialect.delimiter,
        quote=dialect.quote,
        skip_lines=dialect.skip_lines,
        width=len(dialect.columns),
    )


def _refuse_junk(dialect: Dialect, checked: Scan, path: str) -> None:
    total = checked.records + checked.too_long
    if len(dialect.columns) > 1 and checked.ragged_count > MAX_RAGGED_SHARE * total:
        message = (
            f"{checked.ragged_count} of {total} lines do not have the {len(dialect.columns)} fields of the first ones."
        )
        raise UnreadableError("NOT_A_TABLE", message, f"Check the delimiter and the quotation marks of {path}.")


def _store(utf8: Path, dialect: Dialect, checked: Scan, database: Database) -> tuple[str, int]:
    expected = checked.records - (1 if dialect.header else 0)
    clean = checked.trouble == 0 and not checked.nul_bytes
    narrow = len(dialect.columns) <= SLICED_FROM
    if clean and narrow and not dialect.skip_blanks and utf8.stat().st_size >= ENGINE_FROM_BYTES:
        name = _by_engine(utf8, dialect, checked, database)
        if name is not None:
            rows = database.count(name)
            if rows == expected:
                return name, rows
            database.drop(name)
    name = database.create(_by_python(utf8, dialect), len(dialect.columns))
    return name, database.count(name)


def _by_engine(utf8: Path, dialect: Dialect, checked: Scan, database: Database) -> str | None:
    """Reads with every option stated, nothing guessed; None when the engine disagrees with the scan."""
    name = database.new_name()
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(dialect.columns)))
    skipped = _physical_lines_before_rows(utf8, dialect)
    longest = max(2_000_000, 2 * checked.longest)
    sql = (
        f"CREATE TABLE {name} AS SELECT * FROM read_csv({quoted(str(utf8))}, auto_detect=false, columns={{{columns}}}, "
        f"delim={quoted(dialect.delimiter)}, quote={quoted(dialect.quote)}, escape={quoted(dialect.quote)}, "
        f"header=false, skip={skipped}, max_line_size={longest}, strict_mode=false, nullstr='')"
    )
    try:
        database.run(sql)
    except duckdb.Error:
        return None
    return name


def _physical_lines_before_rows(utf8: Path, dialect: Dialect) -> int:
    if not dialect.header:
        return dialect.skip_lines
    with utf8.open(encoding="utf-8-sig", errors="replace", newline="\n") as stream:
        lines = itertools.islice(stream, dialect.skip_lines, None)
        blank = len(list(itertools.takewhile(lambda line: not line.strip("\r\n"), lines)))
        # takewhile has used up the header's first line.
        stream.seek(0)
        reader = parse(itertools.islice(stream, dialect.skip_lines + blank, None), dialect.delimiter, dialect.quote)
        next(reader)
        return dialect.skip_lines + blank + reader.line_num


def _by_python(utf8: Path, dialect: Dialect) -> Iterator[list[str | None]]:
    """Rows as text: short ones padded, long ones left out, blank lines skipped."""
    width = len(dialect.columns)
    with utf8.open(encoding="utf-8-sig", errors="replace", newline="\n") as stream:
        lines = (line.replace("\0", "") for line in itertools.islice(stream, dialect.skip_lines, None))
        first = dialect.header
        for record in parse(lines, dialect.delimiter, dialect.quote, skip_blanks=dialect.skip_blanks):
            if not record:
                continue
            if first:
                first = False
            elif len(record) <= width:
                yield [*record, *[None] * (width - len(record))]


def _tell(origin: Origin, dialect: Dialect, checked: Scan, problems: Problems) -> None:
    if checked.ragged_count:
        padded = checked.ragged_count - checked.too_long
        message = (
            f"{checked.ragged_count} lines do not have {len(dialect.columns)} fields: "
            f"{padded} shorter ones are filled up with missing values, {checked.too_long} longer ones are left out."
        )
        problems.add("RAGGED_LINES", origin.path, message, "Check the lines that the profile lists.")
    if checked.quotes and not dialect.quote:
        message = "Quotation marks are ordinary characters in this file: read as quotes they would swallow rows."
        problems.add("STRAY_QUOTES", origin.path, message, "Nothing to do; every line is read as one row.")
    if checked.nul_bytes:
        problems.add("NUL_BYTES", origin.path, "The text holds NUL bytes; they are left out.", "Export the file again.")
