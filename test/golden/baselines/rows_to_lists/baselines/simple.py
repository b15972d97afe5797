"""Simple baseline: the items that similar rows hold."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.impute import SimpleImputer
from sklearn.neighbors import NearestNeighbors
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

ID = "id"
TARGET = "target"
NUMBERS = ["size"]
CATEGORIES = ["code"]


def read(path: Path) -> pd.DataFrame:
    """Every cell as text, so that labels and codes stay as written; a missing value is an empty text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def features(table: pd.DataFrame) -> pd.DataFrame:
    """Model inputs: numbers as floats, categories as text."""
    columns = {name: pd.to_numeric(table[name], errors="coerce").astype(float) for name in NUMBERS}
    columns |= {name: table[name] for name in CATEGORIES}
    return pd.DataFrame(columns).replace([np.inf, -np.inf], np.nan)


def linear_inputs() -> ColumnTransformer:
    """Numbers filled and scaled, categories one column per level."""
    fill = SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True)
    numbers = make_pipeline(fill, StandardScaler())
    categories = OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=5, max_categories=100)
    return ColumnTransformer(
        [
            ("numbers", numbers, make_column_selector(dtype_include="number")),
            ("categories", categories, CATEGORIES),
        ]
    )


def item_table(lists: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """The most frequent items (at most 1000), and for each row which of them it holds."""
    counts = lists.str.split().explode().dropna().value_counts()
    items = counts.sort_index().sort_values(ascending=False, kind="stable").index[:1000].to_numpy()
    position = {item: column for column, item in enumerate(items)}
    held = np.zeros((len(lists), len(items)))
    for row, text in enumerate(lists):
        held[row, [position[item] for item in text.split() if item in position]] = 1
    return items, held


def neighbour_votes(rows: np.ndarray, new: np.ndarray, held: np.ndarray) -> np.ndarray:
    """Share of the 30 most similar rows of train that hold each item."""
    near = NearestNeighbors(n_neighbors=min(30, len(held)), metric="cosine").fit(rows)
    return np.stack([held[found].mean(axis=0) for found in near.kneighbors(new, return_distance=False)])


def top_items(scores: np.ndarray, items: np.ndarray) -> list[str]:
    """The ten items of the highest scores, best first."""
    return [" ".join(items[np.argsort(-row, kind="stable")[:10]]) for row in scores]


def solve(public: Path, submission: Path) -> None:
    """Read train and test from `public` and write the predictions to the file `submission`."""
    train, test = read(public / "train.csv"), read(public / "test.csv")
    items, held = item_table(train[TARGET])
    inputs = linear_inputs()
    rows, new = inputs.fit_transform(features(train)), inputs.transform(features(test))
    # Shares of all rows break the ties between items that no neighbour holds.
    scores = neighbour_votes(rows, new, held) + 0.01 * held.mean(axis=0)
    result = pd.DataFrame({ID: test[ID], TARGET: top_items(scores, items)})
    result.to_csv(submission, index=False, float_format="%.7g", lineterminator="\n")


if __name__ == "__main__":
    solve(Path(sys.argv[1]), Path(sys.argv[2]))
