"""Builds the data of this task from the raw dataset.

Usage: python prepare.py RAW_FOLDER PUBLIC_FOLDER PRIVATE_FOLDER
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

# Known before the forecast is made:
KNOWN = ["day", "room"]
# Measured together with the target, so only the past is given:
HISTORY = ["heating"]
TARGET = "rent"
TEST_FRACTION = 0.25
SEED = 0
COLUMNS = [*KNOWN, *HISTORY, TARGET]
TIME = "day"


def prepare(raw: Path, public: Path, private: Path) -> None:
    """Reads the raw dataset; writes what competitors get to `public` and the answers to `private`."""
    rng = np.random.default_rng(SEED)
    rows = clean(read_rows(raw))
    in_test = choose_test(rows)
    series = rows["room"]
    unseen = in_test & ~series.isin(series[~in_test])
    rows, in_test = drop(rows, unseen, "the series has no past"), in_test[~unseen]
    times = read_times(rows[TIME])
    assert times[~in_test].max() < times[in_test].min(), "nothing of the future is known"

    order = rng.permutation(len(rows))  # neither the id nor the order tells where a row comes from
    rows, in_test = rows.iloc[order].reset_index(drop=True), in_test[order]
    rows["id"] = range(len(rows))
    train = rows.loc[~in_test, ["id", *KNOWN, *HISTORY, TARGET]]
    test = rows.loc[in_test, ["id", *KNOWN]]
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
    """Every value as it is written, missing ones empty."""
    table = pd.read_csv(
        raw / "rooms.csv",
        sep=";",
        encoding="cp1252",
        index_col=False,
        dtype=str,
        keep_default_na=False,
    )
    table.columns = [" ".join(name.split()) for name in table.columns]
    return pick(table, COLUMNS)


def pick(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The columns that the task needs; their order in the file does not matter."""
    absent = [name for name in columns if name not in table]
    if absent:
        raise ValueError(f"the raw data lack the columns {absent}")
    return table[columns]


def clean(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that the task can use, with their target."""
    numbers = pd.to_numeric(rows[TARGET], errors="coerce")
    rows = drop(rows, ~np.isfinite(numbers), "the target is missing")
    return drop(rows, read_times(rows[TIME]).isna(), "the time is missing")


def drop(rows: pd.DataFrame, unwanted: pd.Series, reason: str) -> pd.DataFrame:
    """Leaves rows out and says how many and why."""
    if unwanted.any():
        print(f"dropped {unwanted.sum()} rows: {reason}")
    return rows[~unwanted].reset_index(drop=True)


def choose_test(rows: pd.DataFrame) -> np.ndarray:
    """The latest rows; rows of one time stay on one side."""
    times = read_times(rows[TIME])
    shares = times.value_counts(normalize=True).sort_index(ascending=False).cumsum()  # from this time on
    first = (shares.iloc[:-1] - TEST_FRACTION).abs().idxmin()
    return (times >= first).to_numpy()


def read_times(values: pd.Series) -> pd.Series:
    """Times that can be compared; NaT where there is none."""
    return pd.to_datetime(values, format="ISO8601", utc=True, errors="coerce")


def sample_submission(train: pd.DataFrame, test: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """A valid submission that knows nothing: numbers drawn from the training rows."""
    return pd.DataFrame({"id": test["id"], TARGET: rng.choice(train[TARGET], len(test))})


def check(train: pd.DataFrame, test: pd.DataFrame, answers: pd.DataFrame, sample: pd.DataFrame) -> None:
    """What competitors and graders rely on."""
    ids = [*train["id"], *test["id"]]
    assert len(train) > 0 and len(test) > 0, "both parts hold rows"
    assert len(set(ids)) == len(ids), "ids are unique, and each is on one side"
    assert list(test.columns) == ["id", *KNOWN], "the test part has the features"
    assert TARGET not in test, "the test part does not hold the target"
    assert list(sample["id"]) == list(answers["id"]) == list(test["id"]), "every test row is asked for"


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
