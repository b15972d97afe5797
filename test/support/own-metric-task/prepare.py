"""Builds the task from the slips of the bakery: customers asked for what was sold and for what was turned away."""

from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split

FEATURES = ["weekday", "holiday", "temperature", "rain", "booked"]
PRODUCTS = ["bread", "cake"]
SEED = 11


def demand(sales: pd.DataFrame) -> pd.DataFrame:
    asked = sales.assign(asked=sales["sold"].astype(int) + sales["turned_away"].astype(int))
    return asked.pivot(index="slip", columns="product", values="asked")[PRODUCTS]


def prepare(raw: Path, public: Path, private: Path) -> None:
    days = pd.read_csv(raw / "days.csv", dtype=str, keep_default_na=False)
    sales = pd.read_csv(raw / "sales.csv", dtype=str, keep_default_na=False)
    rows = days.merge(demand(sales).reset_index(), on="slip", validate="one_to_one")
    rng = np.random.default_rng(SEED)
    rows.insert(0, "id", rng.permutation(len(rows)))
    train, test = train_test_split(rows, test_size=0.25, random_state=SEED)
    public.mkdir(parents=True, exist_ok=True)
    private.mkdir(parents=True, exist_ok=True)
    train[["id", *FEATURES, *PRODUCTS]].to_csv(public / "train.csv", index=False)
    test[["id", *FEATURES]].to_csv(public / "test.csv", index=False)
    test[["id", *PRODUCTS]].to_csv(private / "test_answer.csv", index=False)
    sample = pd.DataFrame({"id": test["id"], **{name: rng.integers(0, 120, len(test)) for name in PRODUCTS}})
    sample.to_csv(public / "sample_submission.csv", index=False)
    assert set(train["id"]).isdisjoint(test["id"])


if __name__ == "__main__":
    import sys

    prepare(*(Path(argument) for argument in sys.argv[1:4]))
