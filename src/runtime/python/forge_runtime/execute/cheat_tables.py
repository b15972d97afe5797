"""What the files of the panel read as, kept beside them: reading a hundred files takes longer than grading them.

Two kinds of tables are kept. Guesses are always graded with every row. Forms, which a good grader refuses whatever the
other rows hold, are kept as they look on a part of the rows; only what is not refused there needs the whole file.
"""

from __future__ import annotations

import functools
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.package import Manifest, PackageError, read_predictions

Array = np.ndarray[Any, Any]

PART_ROWS = 1_000
"""Enough for every class that matters, and few enough that a call costs little more than with ten."""
PART_SEED = 37
CELLS = "cells"
TEXT = "text"
TEXTS_AT_HAND = 8
"""Columns of text that stay unpacked: the ids of nearly all tables, and what else comes again soon."""
PLAIN = "plain"
"""Name of the sample submission within the part: a grader that does not score it is asked with whole files alone."""


def part_of(sample: pd.DataFrame) -> pd.DataFrame | None:
    """A part of the rows in their order; None where the whole is hardly larger."""
    if len(sample) < 2 * PART_ROWS:
        return None
    chosen = np.sort(np.random.default_rng(PART_SEED).permutation(len(sample))[:PART_ROWS])
    return sample.iloc[chosen].reset_index(drop=True)


class TableFolder:
    """Tables in a folder, each as it was read. Tables share most of their columns; each column is kept once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._texts = functools.lru_cache(TEXTS_AT_HAND)(self._unpack)

    def keep(self, file: Path, manifest: Manifest) -> None:
        """Keeps what a CSV file reads as; nothing where it cannot be read, as graders will see."""
        try:
            table = read_predictions(file, manifest)
        except PackageError:
            return
        (self._folder / CELLS).mkdir(parents=True, exist_ok=True)
        columns = [[str(name), *self._column(table[name])] for name in table.columns]
        (self._folder / f"{file.stem}.json").write_text(json.dumps(columns), encoding="ascii")

    def _column(self, column: pd.Series[Any]) -> tuple[str, str]:
        """Kind and name of the cells of a column; texts are escaped, since not every text that a file holds can be
        written in UTF-8."""
        text = column.dtype == object
        cells = json.dumps(column.tolist()).encode("ascii") if text else column.to_numpy().tobytes()
        kind = TEXT if text else column.dtype.str
        name = hashlib.sha256(kind.encode() + cells).hexdigest()
        (self._folder / CELLS / name).write_bytes(cells)
        return kind, name

    def get(self, name: str) -> pd.DataFrame | None:
        """The table of a file; None where none was kept."""
        file = self._folder / f"{name}.json"
        if not file.is_file():
            return None
        columns: list[tuple[str, str, str]] = json.loads(file.read_bytes())
        return pd.DataFrame(
            {
                title: self._texts(cells) if kind == TEXT else np.fromfile(self._folder / CELLS / cells, dtype=kind)
                for title, kind, cells in columns
            }
        )

    def _unpack(self, name: str) -> Array:
        return np.array(json.loads((self._folder / CELLS / name).read_bytes()), dtype=object)
