"""Parquet, Arrow and Feather, batch by batch."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import ipc

from forge_runtime.dataset.database import SLICED_FROM, Database
from forge_runtime.dataset.names import unique_names
from forge_runtime.dataset.problems import UnreadableError
from forge_runtime.dataset.spelling import text_of
from forge_runtime.dataset.tables import Origin, StoredTable

BATCH_ROWS = 20_000
AGAIN = "Copy the file again from its source; it may have been cut off."


def read_parquet(file: Path, origin: Origin, database: Database) -> StoredTable:
    """Stores a Parquet file. Raises UnreadableError when it is damaged."""
    try:
        with pq.ParquetFile(str(file)) as opened:
            return _store(opened.schema_arrow, opened.iter_batches(BATCH_ROWS), "parquet", origin, database)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableError("BAD_PARQUET", f"The Parquet file cannot be read: {_first_line(error)}", AGAIN) from error


def read_arrow(file: Path, origin: Origin, database: Database) -> StoredTable:
    """Stores an Arrow IPC file or stream (Feather 2). Raises UnreadableError when it is damaged."""
    try:
        with pa.memory_map(str(file)) as mapped:
            try:
                opened = ipc.open_file(mapped)
                batches: Iterator[pa.RecordBatch] = (opened.get_batch(i) for i in range(opened.num_record_batches))
                return _store(opened.schema, batches, "arrow", origin, database)
            except pa.ArrowInvalid:
                mapped.seek(0)
                stream = ipc.open_stream(mapped)
                return _store(stream.schema, iter(stream), "arrow", origin, database)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableError("BAD_ARROW", f"The Arrow file cannot be read: {_first_line(error)}", AGAIN) from error


def _store(
    schema: pa.Schema, batches: Iterator[pa.RecordBatch], format_name: str, origin: Origin, database: Database
) -> StoredTable:
    width = len(schema.names)
    if width == 0:
        raise UnreadableError("NO_COLUMNS", "The file has no columns.", AGAIN)
    stored = database.create(_texts(batches) if width > SLICED_FROM else [], width)
    for batch in batches:
        database.insert(stored, pa.RecordBatch.from_arrays(batch.columns, names=[f"c{i}" for i in range(width)]))
    rows = database.count(stored)
    if rows == 0:
        raise UnreadableError("HEADER_ONLY", "The file has columns and no rows.", "Remove it, or add the rows.")
    return StoredTable(origin.source(format_name, columns=unique_names(schema.names)), stored, rows)


def _texts(batches: Iterator[pa.RecordBatch]) -> Iterator[list[str | None]]:
    for batch in batches:
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            yield [text_of(value) for value in row]


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
