"""Whether ids are opaque: they must follow neither a column nor the side of the split."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.package import Package, as_number

Json = dict[str, Any]

# Ranks of 20,000 rows show any order that a person could exploit.
MAX_ROWS = 20_000
MIN_ROWS = 30
MAX_REPORTED = 5
# A text column counts as dates when nearly all of it parses.
DATE_SHARE = 0.95
DATE_LENGTH = 8


def id_order(package: Package, tables: dict[str, pd.DataFrame]) -> list[Json]:
    """Columns whose values rise or fall with the id: Spearman's rho over train and test, strongest first."""
    column = package.manifest.id_column
    both = pd.concat([tables["train"], tables["test"]], ignore_index=True)
    if column not in both or len(both) < MIN_ROWS:
        return []
    if len(both) > MAX_ROWS:
        both = both.sample(MAX_ROWS, random_state=0)
    ids = as_number(both[column], strict=False)
    ids = ids if ids.dtype == np.float64 else both[column].rank()
    found: list[Json] = []
    for name in both.columns:
        values = None if name == column else _ordered(both[name])
        if values is None:
            continue
        known = values.notna() & ids.notna()
        rho = _spearman(ids[known], values[known])
        if rho is not None:
            found.append({"column": str(name), "rho": rho, "rows": int(known.sum())})
    return sorted(found, key=lambda item: -abs(item["rho"]))[:MAX_REPORTED]


def id_sides(train: pd.Series[Any], test: pd.Series[Any]) -> float | None:
    """Chance that the id of a test row is above that of a train row (0.5 when ids ignore the split)."""
    train, test = train.dropna(), test.dropna()
    if len(train) < MIN_ROWS or len(test) < MIN_ROWS:
        return None
    both = pd.concat([train, test], ignore_index=True)
    numbers = as_number(both, strict=False)
    ranks = (numbers if numbers.dtype == np.float64 else both).rank().to_numpy()
    above = ranks[len(train) :].sum() - len(test) * (len(test) + 1) / 2
    return float(above / (len(train) * len(test)))


def _ordered(values: pd.Series[Any]) -> pd.Series[Any] | None:
    """A column with an order: numbers, or dates as numbers."""
    numbers = as_number(values, strict=False)
    if numbers.dtype == np.float64:
        return numbers if numbers.nunique() > 1 else None
    present = values.dropna()
    if (
        present.empty
        or present.str.len().median() < DATE_LENGTH
        or not present.str.contains(r"\d", regex=True).mean() > DATE_SHARE
    ):
        return None
    dates = pd.to_datetime(values, errors="coerce", format="mixed", utc=True)
    if dates.notna().sum() < DATE_SHARE * len(present):
        return None
    return dates.astype("int64").where(dates.notna()).astype("float64")


def _spearman(left: pd.Series[Any], right: pd.Series[Any]) -> float | None:
    if len(left) < MIN_ROWS:
        return None
    a, b = left.rank().to_numpy(), right.rank().to_numpy()
    if a.std() == 0 or b.std() == 0:
        return None
    return float(np.corrcoef(a, b)[0, 1])
