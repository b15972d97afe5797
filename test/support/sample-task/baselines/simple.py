"""A linear model on the measures."""

from pathlib import Path

import pandas as pd
from sklearn.linear_model import LogisticRegression


def solve(public: Path, submission: Path) -> None:
    train = pd.read_csv(public / "train.csv")
    test = pd.read_csv(public / "test.csv")
    model = LogisticRegression().fit(train[["length", "width"]], train["kind"])
    test["kind"] = model.predict(test[["length", "width"]])
    test[["id", "kind"]].to_csv(submission, index=False)
