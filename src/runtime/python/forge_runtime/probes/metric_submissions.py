"""Submissions to try a grader with: faulty ones to be refused, valid ones that tell nothing, spoilt perfect ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.package import Manifest

FOLD_ROWS = 24
PER_CLASS = 2
MAX_CLASSES = 40
UNKNOWN = "no such class ~"
NUMBERS = {"number", "integer", "probability"}
MISSING_WORDS = {"NA", "N/A", "NaN", "nan", "NULL", "null", "None", "n/a", "<NA>"}
"""Classes of these names are missing values to plain read_csv: there an empty cell is a prediction."""
LABELS = {"label", "string"}
LOGARITHMIC = {"rmsle"}
"""Metrics of log(1 + value): no prediction may be below 0, whether or not the manifest says so."""


@dataclass(frozen=True)
class Try:
    """A submission and what is special about it."""

    name: str
    group: str
    """Which promise of the contract it tests."""
    change: str
    """What was done to the perfect submission, for people."""
    frame: Any


def fold(answers: pd.DataFrame, target: str, seed: int) -> pd.Index[Any]:
    """A few rows that show every class (as far as there are not too many), in file order."""
    generator = np.random.default_rng(seed)
    shuffled = answers.iloc[generator.permutation(len(answers))]
    classes = shuffled[target].nunique()
    chosen: list[Any] = []
    if classes <= MAX_CLASSES:
        chosen = list(shuffled.groupby(target, sort=True, dropna=True).head(PER_CLASS).index)
    else:
        chosen = list(shuffled.drop_duplicates(target).index[:FOLD_ROWS])
    taken = set(chosen)
    others = (row for row in shuffled.index if row not in taken)
    chosen += islice(others, max(0, FOLD_ROWS - len(chosen)))
    return pd.Index(sorted(chosen))


def faulty(perfect: pd.DataFrame, manifest: Manifest) -> Iterator[Try]:
    """Submissions that no competitor may be scored with."""
    yield from _faulty_ids(perfect, manifest.id_column)
    yield from _faulty_columns(perfect, manifest)
    logarithmic = manifest.section("metric").get("name") in LOGARITHMIC
    for column in manifest.submission_columns:
        yield from _faulty_values(perfect, column, 0.0 if logarithmic else None)
    yield from _out_of_range_in_all(perfect, manifest.submission_columns)


def _faulty_ids(perfect: pd.DataFrame, key: str) -> Iterator[Try]:
    ids = perfect[key]
    swapped = perfect.copy()
    swapped[key] = [ids.iloc[0], ids.iloc[0], *ids.iloc[2:]]
    unknown = perfect.copy()
    unknown[key] = ["-987654321", *ids.iloc[1:]]
    blank = perfect.copy()
    blank[key] = [None, *ids.iloc[1:]]
    extra = pd.concat([perfect, unknown.head(1)], ignore_index=True)
    yield Try(
        "repeated row", "ids", "the first row is there twice", pd.concat([perfect, perfect.head(1)], ignore_index=True)
    )
    yield Try("repeated id", "ids", "the second row has the id of the first", swapped)
    yield Try("missing id", "ids", "the last row is left out", perfect.iloc[:-1])
    yield Try("extra id", "ids", "a row with an unknown id is added", extra)
    yield Try("unknown id", "ids", "the first row has an unknown id", unknown)
    yield Try("empty id", "ids", "the first row has no id", blank)


def _faulty_columns(perfect: pd.DataFrame, manifest: Manifest) -> Iterator[Try]:
    key, names = manifest.id_column, manifest.prediction_names
    first = names[0]
    yield Try("no prediction column", "columns", f"the column {first!r} is left out", perfect.drop(columns=[first]))
    yield Try("no id column", "columns", "the id column is left out", perfect.drop(columns=[key]))
    yield Try("other column name", "columns", f"{first!r} is called 'wrong'", perfect.rename(columns={first: "wrong"}))
    yield Try("surplus column", "surplus", "a column 'surplus' is added", perfect.assign(surplus=1))
    yield Try("empty file", "columns", "a file without columns and rows", pd.DataFrame())
    yield Try("header only", "columns", "a header without rows", perfect.iloc[:0])


def _out_of_range_in_all(perfect: pd.DataFrame, columns: list[Any]) -> Iterator[Try]:
    """Probabilities out of range that add up to 1: the sum alone does not tell."""
    if len(columns) < 2 or any(column.get("dtype") != "probability" for column in columns):
        return
    odd = perfect.copy()
    names = [str(column["name"]) for column in columns]
    odd.loc[odd.index[0], names] = [1.5, -0.5, *([0.0] * (len(names) - 2))]
    change = "the first row has the probabilities 1.5 and -0.5, and the others 0"
    yield Try("out of range with a good sum", "values", change, odd)


def _faulty_values(perfect: pd.DataFrame, column: Any, least: float | None) -> Iterator[Try]:
    """`least` is what the metric allows where the manifest sets no minimum."""
    name, kind = str(column.get("name")), column.get("dtype")
    minimum, maximum = column.get("minimum"), column.get("maximum")
    minimum = least if minimum is None else minimum

    def first(value: object) -> pd.DataFrame:
        values = perfect[name].astype(object)
        values.iloc[0] = value
        # A column of numbers stays one, as a file with such a value is read.
        return perfect.assign(
            **{name: values.astype(float) if isinstance(value, float) and kind in NUMBERS else values}
        )

    def told(value: str) -> str:
        return f"{name!r} of the first row is {value}"

    if not any(str(label) in MISSING_WORDS for label in column.get("allowed") or []):
        yield from _missing(perfect, name, told("empty"), first(float("nan") if kind in NUMBERS else None))
    if kind in NUMBERS:
        yield Try("infinite", "missing", told("inf"), first(float("inf")))
        yield Try("minus infinite", "missing", told("-inf"), first(float("-inf")))
        yield Try("word", "values", told("the word 'abc'"), first("abc"))
        low = 0.0 if kind == "probability" else minimum
        high = 1.0 if kind == "probability" else maximum
        if isinstance(low, (int, float)):
            yield Try("too small", "values", told(f"{low - 0.5}"), first(float(low) - 0.5))
        if isinstance(high, (int, float)):
            yield Try("too large", "values", told(f"{high + 0.5}"), first(float(high) + 0.5))
    elif column.get("allowed"):
        yield Try("unknown class", "values", told(repr(UNKNOWN)), first(UNKNOWN))


def _missing(perfect: pd.DataFrame, name: str, change: str, one: pd.DataFrame) -> Iterator[Try]:
    yield Try("missing prediction", "missing", change, one)
    yield Try("all missing", "missing", f"{name!r} is empty in every row", perfect.assign(**{name: np.nan}))


def useless(perfect: pd.DataFrame, manifest: Manifest) -> Iterator[Try]:
    """Valid in form, and made without looking at any row."""
    columns = manifest.submission_columns
    if all(column.get("dtype") in NUMBERS for column in columns):
        names = manifest.prediction_names
        for value in ("mean", "median"):
            centre = {name: float(getattr(perfect[name].astype(float), value)()) for name in names}
            yield Try(
                f"constant {value}",
                "constant",
                f"every prediction is the {value} of the answers",
                perfect.assign(**centre),
            )
        for number in (0.0, 1.0):
            constant = perfect.assign(**dict.fromkeys(names, number))
            yield Try(f"constant {number:g}", "constant", f"every prediction is {number:g}", constant)
    elif all(column.get("dtype") in LABELS for column in columns):
        for label in sorted({str(v) for v in perfect[manifest.prediction_names[0]].dropna()})[:MAX_CLASSES]:
            told = perfect.assign(**dict.fromkeys(manifest.prediction_names, label))
            yield Try("constant class", "constant", "every prediction is one and the same class", told)


def twice(perfect: pd.DataFrame, manifest: Manifest) -> Iterator[Try]:
    """Ranked lists that name every right item twice; a grader may refuse them or count each once."""
    columns = manifest.submission_columns
    if len(columns) != 1 or columns[0].get("dtype") != "ranked-list":
        return
    name = str(columns[0]["name"])
    doubled = [" ".join(item for item in str(cell).split() for _ in range(2)) for cell in perfect[name]]
    yield Try("items twice", "twice", "every item of a list is named twice", perfect.assign(**{name: doubled}))


def spoilt(
    perfect: pd.DataFrame, names: list[str], share: float, order: Any, generator: np.random.Generator
) -> pd.DataFrame:
    """The perfect submission with the predictions of the first `share` of `order` dealt out anew among those rows."""
    rows = order[: round(share * len(order))]
    frame = perfect.copy()
    if len(rows) > 1:
        places = [frame.columns.get_loc(name) for name in names]
        frame.iloc[rows, places] = perfect.iloc[generator.permutation(rows), places].to_numpy()
    return frame
