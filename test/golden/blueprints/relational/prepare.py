"""Builds the data of this task from the raw dataset.

Usage: python prepare.py RAW_FOLDER PUBLIC_FOLDER PRIVATE_FOLDER
"""

import math
import sqlite3
import sys
from pathlib import Path

import numpy as np
import pandas as pd

FEATURES = ["Customer_City", "Line_count", "Price_mean"]
TARGET = "Paid"
TEST_FRACTION = 0.25
SEED = 0
TABLES = {
    "Order": ["OrderId", "CustomerId", "Paid"],
    "Customer": ["CustomerId", "City"],
    "Line": ["OrderId", "Price"],
}


def prepare(raw: Path, public: Path, private: Path) -> None:
    """Reads the raw dataset; writes what competitors get to `public` and the answers to `private`."""
    rng = np.random.default_rng(SEED)
    rows = clean(read_rows(raw))
    in_test = choose_test(rows, rng)

    order = rng.permutation(len(rows))  # neither the id nor the order tells where a row comes from
    rows, in_test = rows.iloc[order].reset_index(drop=True), in_test[order]
    rows["id"] = range(len(rows))
    train = rows.loc[~in_test, ["id", *FEATURES, TARGET]]
    test = rows.loc[in_test, ["id", *FEATURES]]
    answers = rows.loc[in_test, ["id", TARGET]]
    sample = sample_submission(train, test, rng)
    check(train, test, answers, sample)

    public.mkdir(parents=True, exist_ok=True)
    private.mkdir(parents=True, exist_ok=True)
    train.to_csv(public / "train.csv", index=False, lineterminator="\n")
    test.to_csv(public / "test.csv", index=False, lineterminator="\n")
    sample.to_csv(public / "sample_submission.csv", index=False, lineterminator="\n")
    answers.to_csv(private / "test_answer.csv", index=False, lineterminator="\n")


def read_rows(raw: Path) -> pd.DataFrame:
    """The rows of the base table with what other tables say about them."""
    rows = read_table(raw, "Order")
    rows = look_up(rows, "CustomerId", read_table(raw, "Customer"), "CustomerId", "Customer_")
    figures = {"Line_count": ["size", "OrderId"], "Price_mean": ["mean", "Price"]}
    return sum_up(rows, "OrderId", read_table(raw, "Line"), "OrderId", figures)


def look_up(rows: pd.DataFrame, key: str, parent: pd.DataFrame, to: str, prefix: str) -> pd.DataFrame:
    """Adds the columns of the parent row that the key of each row leads to."""
    parent = parent[parent[to] != ""].drop_duplicates(to).set_index(to)
    return rows.join(parent.add_prefix(prefix), on=key).fillna("")


def sum_up(rows: pd.DataFrame, key: str, child: pd.DataFrame, by: str, figures: dict[str, list]) -> pd.DataFrame:
    """Adds figures about the child rows that belong to each row: {name: [function, column]}."""
    for name, (function, column) in figures.items():
        values = child[column] if function in ("size", "nunique") else pd.to_numeric(child[column], errors="coerce")
        figure = rows[key].map(values.groupby(child[by]).agg(function))
        if function in ("size", "nunique", "sum"):
            figure = figure.fillna(0)  # no child rows at all
        rows[name] = [f"{value:.12g}" if np.isfinite(value) else "" for value in figure]
    return rows


def read_table(raw: Path, name: str) -> pd.DataFrame:
    """Every value as text, missing ones empty."""
    path = raw / "shop.sqlite"
    if not path.is_file():
        raise FileNotFoundError(f"the raw data lack {path.name}")
    with sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True) as connection:
        cursor = connection.execute(f'SELECT * FROM "{name}"')
        names = [column[0] for column in cursor.description]
        table = pd.DataFrame([[text(value) for value in row] for row in cursor], columns=names, dtype=object)
    return pick(table, TABLES[name])


def text(value: object) -> str:
    """A value as people write it: 3 rather than 3.0, true, and nothing for missing."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    written = str(value).replace("\r\n", "\n").replace("\r", "\n")  # one kind of line break
    return written.encode("utf-8", "replace").decode("utf-8")  # half characters cannot be written


def pick(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The columns that the task needs; their order in the file does not matter."""
    absent = [name for name in columns if name not in table]
    if absent:
        raise ValueError(f"the raw data lack the columns {absent}")
    return table[columns]


def clean(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that the task can use, with their target."""
    numbers = pd.to_numeric(rows[TARGET], errors="coerce")
    return drop(rows, ~np.isfinite(numbers), "the target is missing")


def drop(rows: pd.DataFrame, unwanted: pd.Series, reason: str) -> pd.DataFrame:
    """Leaves rows out and says how many and why."""
    if unwanted.any():
        print(f"dropped {unwanted.sum()} rows: {reason}")
    return rows[~unwanted].reset_index(drop=True)


def choose_test(rows: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """A random part of the rows."""
    return rng.permutation(len(rows)) < round(TEST_FRACTION * len(rows))


def sample_submission(train: pd.DataFrame, test: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """A valid submission that knows nothing: numbers drawn from the training rows."""
    return pd.DataFrame({"id": test["id"], TARGET: rng.choice(train[TARGET], len(test))})


def check(train: pd.DataFrame, test: pd.DataFrame, answers: pd.DataFrame, sample: pd.DataFrame) -> None:
    """What competitors and graders rely on."""
    ids = [*train["id"], *test["id"]]
    assert len(train) > 0 and len(test) > 0, "both parts hold rows"
    assert len(set(ids)) == len(ids), "ids are unique, and each is on one side"
    assert list(test.columns) == ["id", *FEATURES], "the test part has the features"
    assert TARGET not in test, "the test part does not hold the target"
    assert list(sample["id"]) == list(answers["id"]) == list(test["id"]), "every test row is asked for"


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
