"""Simple baseline: grey values of small pictures, with a linear model."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

ID = "id"
TARGET = "target"
FILE = "file"
SIDE = 16  # pixels


def read(path: Path) -> pd.DataFrame:
    """Every cell as text, so that labels and codes stay as written; a missing value is an empty text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def vectors(public: Path, table: pd.DataFrame) -> np.ndarray:
    """One row of measurements for each file."""
    return np.stack([describe(public / name) for name in table[FILE]])


def describe(path: Path) -> np.ndarray:
    """The picture as SIDE x SIDE grey values from 0 to 1."""
    with Image.open(path) as image:
        small = image.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(small, dtype=float).ravel() / 255


def solve(public: Path, submission: Path) -> None:
    """Read train and test from `public` and write the predictions to the file `submission`."""
    train, test = read(public / "train.csv"), read(public / "test.csv")
    rows, new = vectors(public, train), vectors(public, test)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=1000))
    model.fit(rows, train[TARGET])
    result = pd.DataFrame({ID: test[ID], TARGET: model.predict(new)})
    result.to_csv(submission, index=False, float_format="%.7g", lineterminator="\n")


if __name__ == "__main__":
    solve(Path(sys.argv[1]), Path(sys.argv[2]))
