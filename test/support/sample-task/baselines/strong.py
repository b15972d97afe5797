"""A forest on the measures and the colour."""

from pathlib import Path

import pandas as pd
from sklearn.ensemble import RandomForestClassifier


def features(table: pd.DataFrame) -> pd.DataFrame:
    return table[["length", "width"]].assign(red=table["colour"] == "red")


def solve(public: Path, submission: Path) -> None:
    train = pd.read_csv(public / "train.csv")
    test = pd.read_csv(public / "test.csv")
    model = RandomForestClassifier(n_estimators=50, random_state=0).fit(features(train), train["kind"])
    test["kind"] = model.predict(features(test))
    test[["id", "kind"]].to_csv(submission, index=False)
