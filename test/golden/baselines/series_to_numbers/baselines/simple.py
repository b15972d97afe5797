"""Simple baseline: the level of the last cycle, with the usual course of the year, the week and the day."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

ID = "id"
TARGET = "target"
TIME = "seen"
FORMAT = "ISO8601"
SERIES = ["code"]


def read(path: Path) -> pd.DataFrame:
    """Every cell as text, so that labels and codes stay as written; a missing value is an empty text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def calendar(table: pd.DataFrame) -> pd.DataFrame:
    """Time in days since 1970, and the positions in the year, the week and the day."""
    time = pd.to_datetime(table[TIME], format=FORMAT, utc=True)
    return pd.DataFrame(
        {
            "series": table[SERIES].agg(" / ".join, axis=1),
            "days": (time - pd.Timestamp(0, tz="UTC")).dt.total_seconds() / 86400,
            "month": time.dt.month,
            "week": (time.dt.dayofyear - 1) // 7,
            "weekday": time.dt.weekday,
            "hour": time.dt.hour,
        }
    )


def predict(train: pd.DataFrame, test: pd.DataFrame, target: str) -> np.ndarray:
    """Forecasts for the rows of test."""
    past, new = calendar(train), calendar(test)
    past["y"] = pd.to_numeric(train[target]).astype(float)
    window = max(cycles(past["days"]).values(), default=(past["days"].max() - past["days"].min()) / 10)
    return seasonal(past, new, window)


def cycles(days: pd.Series) -> dict[str, float]:
    """Cycles that the history covers and its steps resolve, with their lengths in days, longest first."""
    step = np.median(np.diff(np.unique(days)))
    span = days.max() - days.min()
    found = {}
    if span > 500 and step < 100:
        found["week" if step < 10 else "month"] = 365.25
    if span > 20 and step < 2:
        found["weekday"] = 7.0
    if span > 3 and step < 0.3:
        found["hour"] = 1.0
    return found


def seasonal(past: pd.DataFrame, new: pd.DataFrame, window: float) -> np.ndarray:
    """Level of the last `window` days of each series, plus the mean deviation at the same place in each cycle."""
    recent = past[past["days"] > past["days"].max() - window]
    overall = past.groupby("series")["y"].mean()
    level = recent.groupby("series")["y"].mean().combine_first(overall)
    rest = past["y"] - past["series"].map(overall)
    bias = pd.Series(0.0, index=recent.index)
    forecast = new["series"].map(level).fillna(past["y"].mean())
    for name in cycles(past["days"]):
        keys = ["series", name]
        cells = rest.groupby([past[key] for key in keys])
        effect = cells.mean().rename("effect")
        # Chance alone spreads the means of the cells by this variance: shrink them by what it explains.
        chance = (cells.var() / cells.size()).mean()
        effect *= np.clip(1 - chance / effect.var(), 0, 1) if len(effect) > 1 and chance > 0 else 1
        at_past = past.join(effect, on=keys)["effect"]
        rest, bias = rest - at_past, bias + at_past[recent.index]
        forecast += new.join(effect, on=keys)["effect"].fillna(0)
    # The window may not hold whole cycles: take out what its own places in the cycles added to the level.
    return (forecast - new["series"].map(bias.groupby(recent["series"]).mean()).fillna(0)).to_numpy()


def solve(public: Path, submission: Path) -> None:
    """Read train and test from `public` and write the predictions to the file `submission`."""
    train, test = read(public / "train.csv"), read(public / "test.csv")
    result = pd.DataFrame({ID: test[ID], TARGET: predict(train, test, TARGET)})
    result.to_csv(submission, index=False, float_format="%.7g", lineterminator="\n")


if __name__ == "__main__":
    solve(Path(sys.argv[1]), Path(sys.argv[2]))
