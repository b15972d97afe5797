"""Builds the task from the raw table of stones."""

from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split

FEATURES = ["code", "length", "width", "colour", "shape"]
SEED = 7


def prepare(raw: Path, public: Path, private: Path) -> None:
    rows = pd.read_csv(raw / "stones.csv", dtype=str, keep_default_na=False)
    rng = np.random.default_rng(SEED)
    rows.insert(0, "id", rng.permutation(len(rows)))
    train, test = train_test_split(rows, test_size=0.25, random_state=SEED, stratify=rows["kind"])
    public.mkdir(parents=True, exist_ok=True)
    private.mkdir(parents=True, exist_ok=True)
    train[["id", *FEATURES, "kind"]].to_csv(public / "train.csv", index=False)
    test[["id", *FEATURES]].to_csv(public / "test.csv", index=False)
    test[["id", "kind"]].to_csv(private / "test_answer.csv", index=False)
    sample = pd.DataFrame({"id": test["id"], "kind": rng.choice(["heavy", "light"], len(test))})
    sample.to_csv(public / "sample_submission.csv", index=False)
    assert set(train["id"]).isdisjoint(test["id"])


if __name__ == "__main__":
    import sys

    prepare(*(Path(argument) for argument in sys.argv[1:4]))
