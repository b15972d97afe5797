"""Constant baseline: the mean of the target in train, for each series."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

ID = "id"
TARGET = "target"
SERIES = ["code"]


def read(path: Path) -> pd.DataFrame:
    """Every cell as text, so that labels and codes stay as written; a missing value is an empty text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def predict(train: pd.DataFrame, test: pd.DataFrame, target: str) -> pd.Series:
    """The constant of each series; of all rows for a series without a past."""
    values = pd.to_numeric(train[target])
    each = values.groupby([train[name] for name in SERIES]).apply(lambda part: best_constant(part.to_numpy(float)))
    keys = pd.MultiIndex.from_frame(test[SERIES]) if len(SERIES) > 1 else test[SERIES[0]]
    return each.reindex(keys).fillna(best_constant(values.to_numpy(float))).to_numpy()


def best_constant(values: np.ndarray) -> float:
    """The mean, the best single guess for the metric."""
    return float(values.mean())


def solve(public: Path, submission: Path) -> None:
    """Read train and test from `public` and write the predictions to the file `submission`."""
    train, test = read(public / "train.csv"), read(public / "test.csv")
    result = pd.DataFrame({ID: test[ID], TARGET: predict(train, test, TARGET)})
    result.to_csv(submission, index=False, float_format="%.7g", lineterminator="\n")


if __name__ == "__main__":
    solve(Path(sys.argv[1]), Path(sys.argv[2]))
