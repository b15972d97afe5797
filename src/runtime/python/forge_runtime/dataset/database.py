# ruff: noqa: S608  tables and columns have generated names here, values are quoted or bound
"""One locked-down DuckDB database holds every table of a dataset as text. Columns are called c0, c1, ... in it."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from forge_runtime.dataset.batches import Cell, arrow_batch, batches, store_slices
from forge_runtime.dataset.spelling import MAX_PLAIN

# The host caps the job's memory at about 1 GB; the engine spills to disk beyond a third of it.
MEMORY_LIMIT = "350MB"
# Small queries lose more time in handing work to a second thread than it saves.
SECOND_THREAD_FROM_BYTES = 100_000_000
# The engine reserves buffers for every column of a table; wider tables go to narrow files side by side.
SLICED_FROM = 400


def quoted(text: str) -> str:
    """A SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


class Database:
    """Tables of text columns, in file order."""

    def __init__(self, raw: Path, scratch: Path, data_bytes: int) -> None:
        spill = scratch / "spill"
        spill.mkdir(parents=True, exist_ok=True)
        self._connection = duckdb.connect(
            str(scratch / "tables.duckdb"),
            config={
                "memory_limit": MEMORY_LIMIT,
                "threads": 2 if data_bytes >= SECOND_THREAD_FROM_BYTES else 1,
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
        # A store that lives for one profile: to compress it costs more than half of the loading time.
        self._connection.execute("SET force_compression='uncompressed'")
        self._connection.execute("SET enable_external_access=false")
        self._connection.execute("SET lock_configuration=true")
        self._numbers = itertools.count()
        self._scratch = scratch
        self._slices: dict[str, list[tuple[Path, range]]] = {}

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
        if width > SLICED_FROM:
            self._slices[name] = store_slices(rows, width, self._scratch / name)
            return name
        self.run(f"CREATE TABLE {name} ({', '.join(f'c{i} VARCHAR' for i in range(width))})")
        for batch in batches(rows, width):
            self.insert(name, arrow_batch(batch, range(width)))
        return name

    def drop(self, name: str) -> None:
        """Forgets a table."""
        if name in self._slices:
            del self._slices[name]
        else:
            self.run(f"DROP TABLE {name}")

    def view(self, name: str, columns: Iterable[int]) -> str:
        """What to put behind FROM to see some columns of a table."""
        if name not in self._slices:
            return name
        files = [file for file, held in self._slices[name] if any(column in held for column in columns)]
        return f"(SELECT * FROM {' POSITIONAL JOIN '.join(f'read_parquet({quoted(str(file))})' for file in files)})"

    def parts(self, name: str) -> list[str]:
        """What to put behind FROM to see all columns of a table, part by part; rows agree between parts."""
        if name not in self._slices:
            return [name]
        return [f"read_parquet({quoted(str(file))})" for file, _ in self._slices[name]]

    def count(self, name: str) -> int:
        """Rows of a table."""
        return int(self.one(f"SELECT count(*) FROM {self.view(name, [0])}")[0])

    def insert(self, name: str, batch: "pa.Table | pa.RecordBatch") -> None:
        """Appends an Arrow batch, each value as text."""
        cells = ", ".join(_spelled(f"c{i}", batch.schema.field(i).type) for i in range(batch.num_columns))
        self._connection.register("incoming", batch)
        self.run(f"INSERT INTO {name} SELECT {cells} FROM incoming")
        self._connection.unregister("incoming")

    def slices(self, name: str, width: int) -> Iterator[tuple[str, range]]:
        """Narrow parts of a wide table, one after the other; a narrow table is its own part."""
        if name not in self._slices:
            yield name, range(width)
            return
        for file, columns in self._slices[name]:
            self.run(f"CREATE OR REPLACE TEMP TABLE slice AS SELECT * FROM read_parquet({quoted(str(file))})")
            yield "slice", columns


def _spelled(column: str, kind: pa.DataType) -> str:
    """A column as text, empty as NULL, spelled as `text_of` does."""
    text = f"CAST({column} AS VARCHAR)"
    if pa.types.is_float64(kind):
        whole = f"isfinite({column}) AND {column} = trunc({column}) AND abs({column}) < {MAX_PLAIN}"
        as_whole = f"CAST(CAST({column} AS BIGINT) AS VARCHAR)"
        text = f"CASE WHEN isnan({column}) THEN NULL WHEN {whole} THEN {as_whole} ELSE {text} END"
    elif pa.types.is_nested(kind):
        text = f"CAST(to_json({column}) AS VARCHAR)"
    return f"nullif({text}, '')"
