"""One locked-down DuckDB database holds every table of a dataset as text. Columns are called c0, c1, ... in it."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from forge_runtime.dataset.spelling import MAX_PLAIN

# The host caps the job's memory at about 1 GB; the engine spills to disk beyond half of it.
MEMORY_LIMIT = "450MB"
THREADS = 2
BATCH_ROWS = 20_000
BATCH_CELLS = 500_000
# A query over a very wide table spends its time on column names, so measuring goes through narrow copies.
SLICE_COLUMNS = 100

Cell = str | None


def quoted(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


class Database:
    """Tables of text columns, in file order."""

    def __init__(self, raw: Path, scratch: Path) -> None:
        spill = scratch / "spill"
        spill.mkdir(parents=True, exist_ok=True)
        self._connection = duckdb.connect(
            str(scratch / "tables.duckdb"),
            config={
                "memory_limit": MEMORY_LIMIT,
                "threads": THREADS,
                "temp_directory": str(spill),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "preserve_insertion_order": True,
            },
        )
        folders = [scratch, raw] if raw.is_dir() else [scratch]
        self._connection.execute(f"SET allowed_directories=[{', '.join(quoted(str(one)) for one in folders)}]")
        if raw.is_file():
            self._connection.execute(f"SET allowed_paths=[{quoted(str(raw))}]")
        self._connection.execute("SET enable_external_access=false")
        self._connection.execute("SET lock_configuration=true")
        self._numbers = itertools.count()

    def close(self) -> None:
        """Closes the database; its file stays in the scratch folder."""
        self._connection.close()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self._connection.execute(sql, list(parameters)).fetchall()

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...]:
        """The only row of a query."""
        row = self._connection.execute(sql, list(parameters)).fetchone()
        if row is None:
            raise LookupError("the query gave no row")
        return tuple(row)

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Runs a statement."""
        self._connection.execute(sql, list(parameters))

    def arrays(self, sql: str) -> dict[str, Any]:
        """Columns of a query as numpy arrays."""
        arrays: dict[str, Any] = self._connection.execute(sql).fetchnumpy()
        return arrays

    def new_name(self, prefix: str = "t") -> str:
        """A table name that is not taken."""
        return f"{prefix}{next(self._numbers)}"

    def create(self, rows: Iterable[Sequence[Cell]], width: int) -> str:
        """Stores rows of `width` texts as a new table and returns its name. Empty text is stored as NULL."""
        name = self.new_name()
        self.run(f"CREATE TABLE {name} ({', '.join(f'c{i} VARCHAR' for i in range(width))})")
        for batch in _batches(rows, max(1, min(BATCH_ROWS, BATCH_CELLS // width))):
            columns = [pa.array([row[i] or None for row in batch], pa.string()) for i in range(width)]
            self.insert(name, pa.table(columns, names=[f"c{i}" for i in range(width)]))
        return name

    def insert(self, name: str, batch: "pa.Table | pa.RecordBatch") -> None:
        """Appends an Arrow batch, each value as text."""
        cells = ", ".join(_spelled(f"c{i}", batch.schema.field(i).type) for i in range(batch.num_columns))
        self._connection.register("incoming", batch)
        self.run(f"INSERT INTO {name} SELECT {cells} FROM incoming")
        self._connection.unregister("incoming")

    def slices(self, name: str, width: int) -> Iterator[tuple[str, range]]:
        """Narrow copies of a wide table, one after the other; a narrow table is its own slice."""
        if width <= SLICE_COLUMNS:
            yield name, range(width)
            return
        for start in range(0, width, SLICE_COLUMNS):
            columns = range(start, min(start + SLICE_COLUMNS, width))
            self.run(f"CREATE OR REPLACE TEMP TABLE slice AS SELECT {', '.join(f'c{i}' for i in columns)} FROM {name}")
            yield "slice", columns


def _batches(rows: Iterable[Sequence[Cell]], size: int) -> Iterator[list[Sequence[Cell]]]:
    iterator = iter(rows)
    while batch := list(itertools.islice(iterator, size)):
        yield batch


def _spelled(column: str, kind: pa.DataType) -> str:
    """A column as text, empty as NULL, spelled as `text_of` does."""
    text = f"CAST({column} AS VARCHAR)"
    if pa.types.is_float64(kind):
        whole = f"isfinite({column}) AND {column} = trunc({column}) AND abs({column}) < {MAX_PLAIN}"
        text = f"CASE WHEN isnan({column}) THEN NULL WHEN {whole} THEN CAST(CAST({column} AS BIGINT) AS VARCHAR) ELSE {text} END"
    elif pa.types.is_nested(kind):
        text = f"CAST(to_json({column}) AS VARCHAR)"
    return f"nullif({text}, '')"
