# ruff: noqa: S608  tables and columns have generated names here, values are quoted or bound
"""SQLite databases, opened read-only so that not even a journal is written."""

import sqlite3
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

from forge_runtime.dataset.batches import Cell
from forge_runtime.dataset.database import Database
from forge_runtime.dataset.names import unique_names
from forge_runtime.dataset.problems import Problems, UnreadableError
from forge_runtime.dataset.spelling import text_of
from forge_runtime.dataset.tables import Origin, StoredTable

MAX_TABLES = 200
FETCH = 5_000
# A malicious schema (a view or generated column that never ends) is stopped after this many steps of its engine.
MAX_STEPS = 2_000_000_000
STEPS_PER_CALL = 10_000_000


def read_sqlite(file: Path, origin: Origin, database: Database, problems: Problems) -> list[StoredTable]:
    """Stores every table of a database with its declared foreign keys. Raises UnreadableError when it is damaged."""
    address = f"file:{urllib.parse.quote(str(file.resolve()))}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(address, uri=True)
    except sqlite3.Error as error:
        raise _damaged(error) from error
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    left = [MAX_STEPS // STEPS_PER_CALL]

    def step() -> int:
        left[0] -= 1
        return int(left[0] < 0)

    connection.set_progress_handler(step, STEPS_PER_CALL)
    try:
        return _read_all(connection, origin, database, problems)
    except sqlite3.Error as error:
        raise _damaged(error) from error
    finally:
        connection.close()


def _read_all(
    connection: sqlite3.Connection, origin: Origin, database: Database, problems: Problems
) -> list[StoredTable]:
    names = [
        name
        for name, sql in connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table' "
            "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
        )
        if not str(sql or "").upper().startswith("CREATE VIRTUAL")
    ]
    if len(names) > MAX_TABLES:
        problems.add(
            "TOO_MANY_TABLES", origin.path, f"Only the first {MAX_TABLES} tables are read.", "Split the database."
        )
    tables: list[StoredTable] = []
    for name in names[:MAX_TABLES]:
        place = f"{origin.path}#{name}"
        try:
            table = _read_table(connection, name, origin, database)
        except sqlite3.Error as error:
            problems.add("BAD_SQLITE", place, f"The table cannot be read: {error}.", "Repair the database.")
            continue
        if table is None:
            problems.add("EMPTY_TABLE", place, "The table has no rows.", "Nothing to do unless rows are expected.")
        else:
            tables.append(table)
    return tables


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _read_table(connection: sqlite3.Connection, name: str, origin: Origin, database: Database) -> StoredTable | None:
    cursor = connection.execute(f"SELECT * FROM {_identifier(name)}")
    columns = [str(item[0]) for item in cursor.description]
    stored = database.create(_texts(cursor), len(columns))
    rows = database.count(stored)
    if rows == 0:
        return None
    keys = _foreign_keys(connection, name)
    return StoredTable(
        origin.source("sqlite", table=name, columns=unique_names(columns)), stored, rows, foreign_keys=keys
    )


def _foreign_keys(connection: sqlite3.Connection, name: str) -> list[tuple[str, str, str]]:
    """Column, other table, its column; a reference without a column means the other table's primary key."""
    keys = []
    for row in connection.execute(f"PRAGMA foreign_key_list({_identifier(name)})").fetchall():
        parent, column, target = str(row[2]), str(row[3]), row[4]
        if target is None:
            info = connection.execute(f"PRAGMA table_info({_identifier(parent)})").fetchall()
            target = next((one[1] for one in info if one[5] == 1), None)
        if target is not None:
            keys.append((column, parent, str(target)))
    return keys


def _texts(cursor: sqlite3.Cursor) -> Iterator[list[Cell]]:
    while rows := cursor.fetchmany(FETCH):
        for row in rows:
            yield [text_of(value) for value in row]


def _damaged(error: sqlite3.Error) -> UnreadableError:
    return UnreadableError(
        "BAD_SQLITE", f"The SQLite database cannot be read: {error}.", "Copy it again, or repair it."
    )
