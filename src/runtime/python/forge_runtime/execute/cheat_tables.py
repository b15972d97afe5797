"""What the files of the panel read as, kept beside them: reading a hundred files takes longer than grading them.

Two kinds of tables are kept. Guesses are always graded with every row. Forms, which a good grader refuses whatever the
other rows hold, are kept as they look on a part of the rows; only what is not refused there needs the whole file.
"""

from __future__ import annotations

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
IDS = "ids.json"
PLAIN = "plain"
"""Name of the sample submission within the part: a grader that does not score it is asked with whole files alone."""


def part_of(sample: pd.DataFrame) -> pd.DataFrame | None:
    """A part of the rows in their order; None where the whole is hardly larger."""
    if len(sample) < 2 * PART_ROWS:
        return None
    chosen = np.sort(np.random.default_rng(PART_SEED).permutation(len(sample))[:PART_ROWS])
    return sample.iloc[chosen].reset_index(drop=True)


class TableFolder:
    """Tables in a folder, each as it was read. Most have the same ids in the same order: these are kept once."""

    def __init__(self, folder: Path, key: str) -> None:
        self._folder, self._key = folder, key
        self._ids: list[Any] | None = None

    def keep(self, file: Path, manifest: Manifest) -> None:
        """Keeps what a CSV file reads as; nothing where it cannot be read, as graders will see."""
        try:
            table = read_predictions(file, manifest)
        except PackageError:
            return
        self._folder.mkdir(exist_ok=True)
        ids = table[self._key].tolist() if self._key in table else None
        if self._ids is None and ids is not None:
            self._ids = ids
            (self._folder / IDS).write_bytes(_packed(ids).tobytes())
        columns = [
            np.empty(0)
            if name == self._key and ids == self._ids
            else _packed(table[name].tolist())
            if table[name].dtype == object
            else table[name].to_numpy()
            for name in table.columns
        ]
        names = _packed([str(name) for name in table.columns])
        with (self._folder / f"{file.stem}.npz").open("wb") as stream:
            np.savez(stream, names, *columns)

    def get(self, name: str) -> pd.DataFrame | None:
        """The table of a file; None where none was kept."""
        file = self._folder / f"{name}.npz"
        if not file.is_file():
            return None
        with np.load(file, allow_pickle=False) as kept:
            names, *columns = (kept[array] for array in kept.files)
        return pd.DataFrame(
            {name: self._column(name, column) for name, column in zip(_unpacked(names), columns, strict=True)}
        )

    def _column(self, name: str, kept: Array) -> Array:
        if name == self._key and kept.size == 0:
            if self._ids is None:
                self._ids = _unpacked(np.frombuffer((self._folder / IDS).read_bytes(), dtype=np.uint8))
            return np.array(self._ids, dtype=object)
        return np.array(_unpacked(kept), dtype=object) if kept.dtype == np.uint8 else kept


def _packed(cells: list[Any]) -> Array:
    """Texts and missing values as bytes. Escaped, since not every text that a file holds can be written in UTF-8."""
    return np.frombuffer(json.dumps(cells).encode("ascii"), dtype=np.uint8)


def _unpacked(kept: Array) -> list[Any]:
    cells: list[Any] = json.loads(kept.tobytes())
    return cells
