"""Builds the data of this task from the raw dataset.

Usage: python prepare.py RAW_FOLDER PUBLIC_FOLDER PRIVATE_FOLDER
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

FEATURES = ["area", "floor", "rent"]
TARGET = "heating"
CLASSES = ["district", "gas", "oil"]
TEST_FRACTION = 0.25
SEED = 0
COLUMNS = [*FEATURES, TARGET, "room"]
MISSING_CODES = {"area": ["-"]}
GROUP = ["room"]


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
    for name, codes in MISSING_CODES.items():
        rows[name] = rows[name].mask(rows[name].isin(codes), "")
    rows = drop(rows, rows[TARGET] == "", "the target is missing")
    return drop(rows, ~rows[TARGET].isin(CLASSES), "the class has too few rows to be learnt and scored")


def drop(rows: pd.DataFrame, unwanted: pd.Series, reason: str) -> pd.DataFrame:
    """Leaves rows out and says how many and why."""
    if unwanted.any():
        print(f"dropped {unwanted.sum()} rows: {reason}")
    return rows[~unwanted].reset_index(drop=True)


def choose_test(rows: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Whole groups in random order, each taken if it brings the test part closer to its share of rows and classes."""
    groups = find_groups(rows)
    counts = pd.crosstab(groups, rows[TARGET])
    sizes, total = counts.to_numpy(), counts.sum().to_numpy()

    def distance(taken: np.ndarray) -> float:
        shares = np.append(taken / total, np.full(len(total), taken.sum() / total.sum()))
        return float(np.abs(shares - TEST_FRACTION).sum())

    taken, chosen = np.zeros_like(total), []
    for group in rng.permutation(len(sizes)):
        more = taken + sizes[group]
        if distance(more) < distance(taken) and (more < total).all():  # some of each class is left to learn from
            taken = more
            chosen.append(group)
    return groups.isin(counts.index[chosen]).to_numpy()


def find_groups(rows: pd.DataFrame) -> pd.Series:
    """A number for each combination of GROUP; rows without one are groups of their own."""
    groups = rows.groupby(GROUP, sort=False).ngroup()
    return groups.mask((rows[GROUP] == "").all(axis=1), -1 - rows.index.to_series())


def sample_submission(train: pd.DataFrame, test: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """A valid submission that knows nothing: mostly the commonest class, since an even guess beats any constant."""
    commonest = train[TARGET].value_counts().sort_index().idxmax()
    guess = np.where(rng.random(len(test)) < 0.95, commonest, rng.choice(CLASSES, len(test)))
    return pd.DataFrame({"id": test["id"], TARGET: guess})


def check(train: pd.DataFrame, test: pd.DataFrame, answers: pd.DataFrame, sample: pd.DataFrame) -> None:
    """What competitors and graders rely on."""
    ids = [*train["id"], *test["id"]]
    assert len(train) > 0 and len(test) > 0, "both parts hold rows"
    assert len(set(ids)) == len(ids), "ids are unique, and each is on one side"
    assert list(test.columns) == ["id", *FEATURES], "the test part has the features"
    assert TARGET not in test, "the test part does not hold the target"
    assert list(sample["id"]) == list(answers["id"]) == list(test["id"]), "every test row is asked for"
    assert set(answers[TARGET]) <= set(train[TARGET]) <= set(CLASSES), "every class is known and can be learnt"


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
