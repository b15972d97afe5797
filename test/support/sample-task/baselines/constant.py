"""Predicts the most frequent kind."""

from pathlib import Path

import pandas as pd


def solve(public: Path, submission: Path) -> None:
    train = pd.read_csv(public / "train.csv")
    test = pd.read_csv(public / "test.csv")
    pd.DataFrame({"id": test["id"], "kind": train["kind"].mode()[0]}).to_csv(submission, index=False)
