"""Rows of text in batches of bounded size, and wide tables cut into narrow files."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

BATCH_ROWS = 20_000
BATCH_CELLS = 500_000
SLICE_COLUMNS = 100

Cell = str | None


def batches(rows: Iterable[Sequence[Cell]], width: int) -> Iterator[list[Sequence[Cell]]]:
    """Lists of rows that together hold a bounded number of cells."""
    size = max(1, min(BATCH_ROWS, BATCH_CELLS // width))
    iterator = iter(rows)
    while batch := list(itertools.islice(iterator, size)):
        yield batch


def arrow_batch(batch: list[Sequence[Cell]], columns: range) -> pa.Table:
    """Some columns of a batch; empty text becomes missing."""
    arrays = [pa.array([row[i] or None for row in batch], pa.string()) for i in columns]
    return pa.table(arrays, names=[f"c{i}" for i in columns])


def store_slices(rows: Iterable[Sequence[Cell]], width: int, prefix: Path) -> list[tuple[Path, range]]:
    """Writes a wide table as Parquet files of a hundred columns each; row i of all files is row i of the table."""
    slices = [
        (prefix.with_name(f"{prefix.name}-{start}.parquet"), range(start, min(start + SLICE_COLUMNS, width)))
        for start in range(0, width, SLICE_COLUMNS)
    ]
    with ExitStack() as stack:
        writers = [
            stack.enter_context(pq.ParquetWriter(file, pa.schema([(f"c{i}", pa.string()) for i in columns])))
            for file, columns in slices
        ]
        for batch in batches(rows, width):
            for writer, (_, columns) in zip(writers, slices, strict=True):
                writer.write_table(arrow_batch(batch, columns))
    return slices
