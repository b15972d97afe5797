"""A linear model of the demand on weekend, booked seats and rain, raised by a quantile of its errors."""

from pathlib import Path

import pandas as pd
from sklearn.linear_model import LinearRegression

QUANTILES = {"bread": 1.4 / 2.0, "cake": 3.0 / 4.5}


def features(table: pd.DataFrame) -> pd.DataFrame:
    return table[["rain", "booked"]].assign(weekend=table["weekday"].isin(["Sat", "Sun"]))


def solve(public: Path, submission: Path) -> None:
    train = pd.read_csv(public / "train.csv")
    test = pd.read_csv(public / "test.csv")
    plan = test[["id"]].copy()
    for name, share in QUANTILES.items():
        model = LinearRegression().fit(features(train), train[name])
        margin = (train[name] - model.predict(features(train))).quantile(share)
        plan[name] = (model.predict(features(test)) + margin).clip(min=0)
    plan.to_csv(submission, index=False)
