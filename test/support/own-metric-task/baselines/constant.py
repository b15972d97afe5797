"""The same plan every day: the quantile at which one more piece costs as much as it saves."""

from pathlib import Path

import pandas as pd

QUANTILES = {"bread": 1.4 / 2.0, "cake": 3.0 / 4.5}


def solve(public: Path, submission: Path) -> None:
    train = pd.read_csv(public / "train.csv")
    test = pd.read_csv(public / "test.csv")
    plan = {name: train[name].quantile(share) for name, share in QUANTILES.items()}
    pd.DataFrame({"id": test["id"], **plan}).to_csv(submission, index=False)
