"""The tables of a package as the leakage probes read them: text as written, targets as numbers, places in the files."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forge_runtime.package import Package, PackageError, read_text_table
from forge_runtime.probes.signal_scores import Floats

Json = dict[str, Any]

TEXT_WORDS = 3.0
"""Mean number of words from which a column of words is a text rather than a category."""
MOSTLY = 0.95
MEDIA = "file"


@dataclass(frozen=True)
class Target:
    """One target in train and, aligned with test.csv, in the answers."""

    name: str
    train: Floats
    test: Floats
    classes: list[str]
    """Empty for numbers; else the values above are positions in it."""
    train_text: pd.Series[str]
    test_text: pd.Series[str]

    @property
    def both(self) -> Floats:
        return np.concatenate([self.train, self.test])


class Frames:
    """train.csv and test.csv with their answers; missing cells are empty strings."""

    def __init__(self, package: Package) -> None:
        self.package = package
        manifest = package.manifest
        self.key = manifest.id_column
        self.train = read_text_table(package.public / "train.csv").fillna("").reset_index(drop=True)
        self.test = read_text_table(package.public / "test.csv").fillna("").reset_index(drop=True)
        self.answers = read_text_table(package.private / "test_answer.csv").fillna("").reset_index(drop=True)
        if self.key not in self.test.columns or self.key not in self.answers.columns:
            raise PackageError(f"test.csv or test_answer.csv has no column {self.key!r}")
        self.target_names = [name for name in manifest.targets if name in self.train.columns]
        self.features = [
            name
            for name in self.test.columns
            if name != self.key and name in self.train.columns and name not in manifest.targets
        ]
        self.media = MEDIA if MEDIA in self.features and self._is_media() else None

    def _is_media(self) -> bool:
        first = self.test[MEDIA].head(5)
        return bool(len(first)) and all((self.package.public / str(path)).is_file() for path in first)

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Number, datetime, category or text, by what the values of both parts look like."""
        return {
            name: _kind(pd.concat([self.train[name], self.test[name]])) for name in self.features if name != self.media
        }

    def described(self, names: Iterable[str]) -> list[Json]:
        """Features as the quick models want them."""
        return [{"name": name, "kind": self.kinds[name]} for name in names]

    @cached_property
    def targets(self) -> list[Target]:
        return [target for name in self.target_names if (target := self._target(name)) is not None]

    def _target(self, name: str) -> Target | None:
        if name not in self.answers.columns:
            return None
        by_id = dict(zip(self.answers[self.key], self.answers[name], strict=True))
        test_text = self.test[self.key].map(by_id).fillna("")
        train_text = self.train[name]
        if name in self.package.manifest.labels:
            classes = sorted(set(train_text) | set(test_text))
            codes = {label: float(i) for i, label in enumerate(classes)}
            train, test = (np.asarray(t.map(codes), dtype=float) for t in (train_text, test_text))
        else:
            classes = []
            train, test = (np.asarray(pd.to_numeric(t, errors="coerce"), dtype=float) for t in (train_text, test_text))
            if not np.isfinite(train).all() or not np.isfinite(test).all():
                return None  # reported by the preparation checks
        return Target(name, train, test, classes, train_text, test_text)


def _kind(column: pd.Series[str]) -> str:
    present = column[column != ""]
    if present.empty:
        return "category"
    numbers = pd.to_numeric(present, errors="coerce")
    if numbers.notna().mean() >= MOSTLY:
        return "number"
    if present.str.match(r"^\d{4}-\d{2}-\d{2}").mean() >= MOSTLY:
        return "datetime"
    words = present.head(500).str.split().str.len().mean()
    return "text" if words > TEXT_WORDS and present.nunique() > 0.2 * len(present) else "category"


def some_rows(rows: int, most: int, seed: int) -> NDArray[np.int64]:
    """At most `most` row numbers, drawn by the seed, in order."""
    if rows <= most:
        return np.arange(rows)
    return np.sort(np.random.default_rng(seed).permutation(rows)[:most])


def places(file: Path, relative: str, rows: Iterable[int]) -> list[Json]:
    """Where rows of a CSV file stand: one-based first line, and the length of that line in UTF-16 units."""
    wanted = sorted(set(rows))
    found: dict[int, tuple[int, int]] = {}
    lines: list[str] = []
    with file.open(encoding="utf-8", newline="") as stream:

        def told() -> Iterable[str]:
            for text in stream:
                lines.append(text)
                yield text

        reader = csv.reader(told())
        next(reader, None)
        start, number = len(lines), 0
        for row in reader:
            if not row:
                start = len(lines)
                continue
            if number in wanted:
                found[number] = (start + 1, units(lines[start].rstrip("\r\n")))
                if len(found) == len(wanted):
                    break
            number += 1
            start = len(lines)
    return [{"file": relative, "line": found[row][0], "length": found[row][1]} for row in wanted if row in found]


def header_places(file: Path) -> dict[str, list[int]]:
    """Start and end of each column name in the header line, in UTF-16 units."""
    with file.open(encoding="utf-8", newline="") as stream:
        line = stream.readline().rstrip("\r\n")
    result: dict[str, list[int]] = {}
    offset = 0
    for name in next(csv.reader([line]), []):
        at = line.find(name, offset)
        if at < 0:
            continue  # a name with quotes inside is spelt differently in the file
        result[name] = [units(line[:at]), units(line[: at + len(name)])]
        offset = at + len(name)
    return result


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
