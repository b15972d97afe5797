"""Simple baseline: logistic regression."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

ID = "id"
TARGET = "target"
NUMBERS = ["size", "empty", "north", "east"]
CATEGORIES = ["code", "open"]
TEXTS = ["note"]
DATES = ["seen"]
LINEAR_BUDGET = 4e9  # what logistic regression may cost: about ten seconds on one core


def read(path: Path) -> pd.DataFrame:
    """Every cell as text, so that labels and codes stay as written; a missing value is an empty text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def features(table: pd.DataFrame) -> pd.DataFrame:
    """Model inputs: numbers as floats, categories as text, texts, dates in parts."""
    columns = {name: pd.to_numeric(table[name], errors="coerce").astype(float) for name in NUMBERS}
    columns |= {name: table[name] for name in CATEGORIES}
    columns |= {name: "text " + table[name] for name in TEXTS}  # never empty, whatever is missing
    for name in DATES:
        columns |= date_parts(name, table[name])
    return pd.DataFrame(columns).replace([np.inf, -np.inf], np.nan)


def date_parts(name: str, values: pd.Series) -> dict[str, pd.Series]:
    """Day number, month, day of the year, weekday and hour."""
    date = parse_dates(values)
    return {
        f"{name} day": (date - pd.Timestamp(0, tz="UTC")).dt.total_seconds() / 86400,
        f"{name} month": date.dt.month,
        f"{name} day of year": date.dt.dayofyear,
        f"{name} weekday": date.dt.weekday,
        f"{name} hour": date.dt.hour,
    }


def parse_dates(values: pd.Series) -> pd.Series:
    """Dates from ISO or local spellings, or from seconds or milliseconds since 1970; NaT where unreadable."""
    numbers = pd.to_numeric(values, errors="coerce")
    if numbers.max() > 1e8:
        return pd.to_datetime(numbers, unit="ms" if numbers.max() > 1e11 else "s", errors="coerce", utc=True)
    day_first = values.str.match(r"(1[3-9]|2\d|3[01])[./-]").any()
    return pd.to_datetime(values, errors="coerce", utc=True, format="mixed", dayfirst=bool(day_first))


def linear_inputs() -> ColumnTransformer:
    """Numbers filled and scaled, categories one column per level, texts as TF-IDF weights of words."""
    fill = SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True)
    numbers = make_pipeline(fill, StandardScaler())
    categories = OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=5, max_categories=100)
    return ColumnTransformer(
        [
            ("numbers", numbers, make_column_selector(dtype_include="number")),
            ("categories", categories, CATEGORIES),
            *((name, TfidfVectorizer(sublinear_tf=True, max_features=20_000), name) for name in TEXTS),
        ]
    )


def logistic(rows: int, columns: int, classes: int) -> LogisticRegression:
    """The linear model, with fewer steps on large data."""
    steps = int(np.clip(LINEAR_BUDGET / (rows * columns * classes), 50, 1000))
    return LogisticRegression(max_iter=steps, class_weight="balanced")


def solve(public: Path, submission: Path) -> None:
    """Read train and test from `public` and write the predictions to the file `submission`."""
    train, test = read(public / "train.csv"), read(public / "test.csv")
    rows = features(train)
    model = make_pipeline(linear_inputs(), logistic(*rows.shape, train[TARGET].nunique()))
    model.fit(rows, train[TARGET])
    result = pd.DataFrame({ID: test[ID], TARGET: model.predict(features(test))})
    result.to_csv(submission, index=False, float_format="%.7g", lineterminator="\n")


if __name__ == "__main__":
    solve(Path(sys.argv[1]), Path(sys.argv[2]))
