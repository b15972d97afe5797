"""What a cheating solver has before it: the public tables, and the form that a submission must have."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.package import PackageError, read_text_table

_SPECIAL = re.compile('[,"\n\r]')
NUMBERS = {"number", "integer", "probability"}


@dataclass(frozen=True)
class Entry:
    """One submission, as the text of its file."""

    name: str
    group: str
    """Which adversary made it."""
    change: str
    """What it is, for people."""
    text: str
    mix: str | None = None
    """Draws of one kind of random guess have one name: their mean is what chance scores."""


class Desk:
    """The public tables as text. Raises PackageError when there is nothing to cheat with."""

    def __init__(self, public: Path, key: str, columns: list[Mapping[str, Any]]) -> None:
        self.key, self.columns = key, columns
        self.names = [str(column.get("name")) for column in columns]
        self.sample = read_text_table(public / "sample_submission.csv")
        self.test = read_text_table(public / "test.csv")
        train = read_text_table(public / "train.csv")
        sources = [name for name in self._sources() if name in train.columns]
        self.train = train.dropna(subset=sources).reset_index(drop=True)
        for table, needed in ((self.sample, [key, *self.names]), (self.test, [key])):
            if missing := [name for name in needed if name not in table.columns]:
                raise PackageError(f"a public table has no column {missing[0]!r}")
        if self.sample.empty or self.train.empty:
            raise PackageError("train.csv or sample_submission.csv has no rows")
        self.ids = self.sample[key].fillna("").tolist()
        self._sample_text: tuple[str, str] | None = None

    def on(self, sample: pd.DataFrame) -> Desk:
        """The same desk before a sample submission of fewer rows."""
        other = copy.copy(self)
        other.sample, other.ids, other._sample_text = sample, sample[self.key].fillna("").tolist(), None
        return other

    def _sources(self) -> list[str]:
        of = (column.get("of") for column in self.columns)
        return list(dict.fromkeys(str(each["column"]) for each in of if isinstance(each, Mapping)))

    @property
    def numeric(self) -> bool:
        """Whether every prediction is a number."""
        return all(column.get("dtype") in NUMBERS for column in self.columns)

    @property
    def source(self) -> str | None:
        """The train column that the first prediction is about."""
        return next((name for name in self._sources() if name in self.train.columns), None)

    def classes(self) -> list[str]:
        """The classes of the first target, most frequent in train first; empty when it is a number."""
        column, source = self.columns[0], self.source
        of = column.get("of")
        of_class = isinstance(of, Mapping) and of.get("class") is not None
        if source is None or (column.get("dtype") in NUMBERS and not of_class):
            return []
        return [str(name) for name in self.train[source].value_counts().index]

    def numbers(self, name: str) -> pd.Series[Any]:
        """The train values that a prediction column is about, as far as they are numbers."""
        of = next((c.get("of") for c in self.columns if c.get("name") == name), None)
        source = str(of["column"]) if isinstance(of, Mapping) else name
        if source not in self.train.columns:
            return pd.Series(dtype=float)
        if isinstance(of, Mapping) and of.get("class") is not None:
            return (self.train[source] == str(of["class"])).astype(float)
        return pd.to_numeric(self.train[source], errors="coerce").dropna()

    def by_rows(self, rows: Any) -> pd.DataFrame:
        """The targets of one train row for each row of the sample submission."""
        frame = pd.DataFrame({self.key: self.ids})
        for column in self.columns:
            name, of = str(column.get("name")), column.get("of")
            source = str(of["column"]) if isinstance(of, Mapping) else name
            if source not in self.train.columns:
                frame[name] = self.sample[name].to_numpy()
                continue
            values = self.train[source].to_numpy()[rows]
            if isinstance(of, Mapping) and of.get("class") is not None:
                values = np.where(values.astype(str) == str(of["class"]), "1", "0")
            frame[name] = values
        return frame

    def by_classes(self, labels: list[str]) -> pd.DataFrame:
        """One class for each row of the sample submission, in the form that is asked for."""
        rows = {str(label): row for row, label in enumerate(self.train[self.source])} if self.source else {}
        return self.by_rows(np.array([rows.get(label, 0) for label in labels]))

    def constant(self, value: object) -> pd.DataFrame:
        """The same value in every prediction."""
        return pd.DataFrame({self.key: self.ids, **dict.fromkeys(self.names, value)})

    def entry(self, name: str, group: str, change: str, frame: pd.DataFrame, mix: str | None = None) -> Entry:
        return Entry(name, group, change, csv_text(frame), mix)

    def first_row(self, column: str, value: str) -> str:
        """The sample submission as text, with one cell of its first row replaced."""
        columns = [self.key, *self.names]
        if self._sample_text is None:
            header, rest = (csv_text(rows[columns]) for rows in (self.sample.iloc[:0], self.sample.iloc[1:]))
            self._sample_text = header, rest[len(header) :]
        header, rest = self._sample_text
        row = self.sample[columns].iloc[0].fillna("").tolist()
        row[columns.index(column)] = value
        return f"{header}{','.join(map(quoted, row))}\n{rest}"


def csv_text(frame: pd.DataFrame) -> str:
    """The table as CSV with every character as it is; several times faster than pandas, which matters for a hundred."""
    columns = [_cells(frame[name].tolist()) for name in frame.columns]
    header = ",".join(quoted(str(name)) for name in frame.columns)
    return "\n".join([header, *map(",".join, zip(*columns, strict=True))]) + "\n"


def _cells(values: list[object]) -> list[str]:
    cells = [value if type(value) is str else _cell(value) for value in values]
    # One search in all of them is a tenth of the time of one in each.
    return list(map(quoted, cells)) if _SPECIAL.search("\0".join(cells)) else cells


def quoted(cell: str) -> str:
    """A cell as CSV writes it."""
    if _SPECIAL.search(cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _cell(value: object) -> str:
    return "" if value is None or value != value else str(value)  # noqa: PLR0124  NaN alone differs from itself
