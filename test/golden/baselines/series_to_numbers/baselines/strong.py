"""Strong baseline: seasonal means, waves with a trend and boosted trees; the last part of the history chooses."""

import sys
from itertools import combinations_with_replacement
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import Ridge
from sklearn.metrics import mean_squared_error

ID = "id"
TARGET = "target"
TIME = "seen"
FORMAT = "ISO8601"
SERIES = ["code"]
NUMBERS = ["size"]
SEED = 0


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


def inputs(table: pd.DataFrame) -> pd.DataFrame:
    """Columns that are known for the future too."""
    numbers = table[NUMBERS].apply(pd.to_numeric, errors="coerce").astype(float)
    numbers = numbers.where(np.isfinite(numbers), -1e12)  # missing is one low value of its own
    return numbers.add_prefix("known ")


def predict(train: pd.DataFrame, test: pd.DataFrame, target: str) -> np.ndarray:
    """Forecasts for the rows of test by the pair of forecasters that did best on a rehearsal."""
    past, new = calendar(train).join(inputs(train)), calendar(test).join(inputs(test))
    past["y"] = pd.to_numeric(train[target]).astype(float)
    # Rehearse on the last days of the history, as many as test covers but at most a third of all.
    span = past["days"].max() - past["days"].min()
    horizon = min(new["days"].max() - past["days"].max(), span / 3)
    cut = past["days"].max() - horizon
    early, late = past[past["days"] <= cut], past[past["days"] > cut]
    tried = forecasts(early, late)
    pairs = combinations_with_replacement(tried, 2)
    pair = min(pairs, key=lambda p: mean_squared_error(late["y"], (tried[p[0]] + tried[p[1]]) / 2))
    final = forecasts(past, new)
    return (final[pair[0]] + final[pair[1]]) / 2


def forecasts(past: pd.DataFrame, new: pd.DataFrame) -> dict[str, np.ndarray]:
    """Forecasts of the new rows by each forecaster."""
    longest = max(cycles(past["days"]).values(), default=(past["days"].max() - past["days"].min()) / 10)
    step = np.median(np.diff(np.unique(past["days"])))
    return {
        "mean": new["series"].map(past.groupby("series")["y"].mean()).fillna(past["y"].mean()).to_numpy(),
        "last cycle": seasonal(past, new, longest),
        "whole history": seasonal(past, new, np.inf),
        "last days": seasonal(past, new, max(longest / 20, 5 * step)),
        "waves": waves(past, new, trend=False),
        "waves and trend": waves(past, new, trend=True),
        "trees": trees(past, new),
    }


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


def waves(past: pd.DataFrame, new: pd.DataFrame, trend: bool) -> np.ndarray:
    """Ridge regression of each series on sines and cosines of its cycles, with or without a straight trend."""
    found = cycles(past["days"])
    start, span = past["days"].min(), max(past["days"].max() - past["days"].min(), 1)

    def inputs(rows: pd.DataFrame) -> np.ndarray:
        columns = [(rows["days"] - start) / span * (5 if trend else 0)]
        for length in found.values():
            angle = 2 * np.pi * rows["days"] / length
            columns += [wave(k * angle) for k in (1, 2, 3) for wave in (np.sin, np.cos)]
        return np.column_stack(columns)

    forecast = np.full(len(new), past["y"].mean())
    for name, part in past.groupby("series"):
        rows = (new["series"] == name).to_numpy()
        if rows.any():
            forecast[rows] = Ridge(alpha=0.1).fit(inputs(part), part["y"]).predict(inputs(new[rows]))
    return forecast


def trees(past: pd.DataFrame, new: pd.DataFrame) -> np.ndarray:
    """Boosted trees on the calendar, the series and the columns known in advance, for what the seasonal means leave."""
    usual, expected = seasonal(past, past, np.inf), seasonal(past, new, np.inf)
    names = [name for name in past.columns if name not in ("y", "days", "series")]
    codes = {name: code for code, name in enumerate(past["series"].unique())}
    model = HistGradientBoostingRegressor(
        loss="squared_error",
        learning_rate=0.05,
        max_iter=150,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=SEED,
    )
    model.fit(past[names].assign(series=past["series"].map(codes)), past["y"] - usual)
    return expected + model.predict(new[names].assign(series=new["series"].map(codes)))


def solve(public: Path, submission: Path) -> None:
    """Read train and test from `public` and write the predictions to the file `submission`."""
    train, test = read(public / "train.csv"), read(public / "test.csv")
    result = pd.DataFrame({ID: test[ID], TARGET: predict(train, test, TARGET)})
    result.to_csv(submission, index=False, float_format="%.7g", lineterminator="\n")


if __name__ == "__main__":
    solve(Path(sys.argv[1]), Path(sys.argv[2]))
