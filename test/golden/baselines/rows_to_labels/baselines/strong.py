"""Strong baseline: boosted trees mixed with logistic regression, the mix chosen by cross-validation."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.decomposition import TruncatedSVD
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

ID = "id"
TARGET = "target"
NUMBERS = ["size", "empty", "north", "east"]
CATEGORIES = ["code", "open"]
TEXTS = ["note"]
DATES = ["seen"]
WEIGHTS = [0.5, 0.75, 0.25, 1.0, 0.0]  # share of the second model; the first of equals is taken
POWERS = [0.0, 0.25, 0.5, 0.75, -0.25]
LINEAR_BUDGET = 4e9  # what logistic regression may cost: about ten seconds on one core
SEED = 0
BUDGET = 8e7  # what the trees may cost: about a minute on one core with the held-out predictions


def read(path: Path) -> pd.DataFrame:
    """Every cell as text, so that labels and codes stay as written; a missing value is an empty text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def features(table: pd.DataFrame) -> pd.DataFrame:
    """Model inputs: numbers as floats, categories as text, texts, dates in parts."""
    columns = {name: pd.to_numeric(table[name], errors="coerce").astype(float) for name in NUMBERS}
    # Diagonals let a tree cut the map along more than two directions.
    columns["diagonal"] = columns["north"] + columns["east"]
    columns["antidiagonal"] = columns["north"] - columns["east"]
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


def tree_inputs() -> ColumnTransformer:
    """Categories as codes, then the numbers as they are."""
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan, max_categories=100)
    # Missing numbers become one low value of their own, which also serves columns without any value.
    filled = SimpleImputer(strategy="constant", fill_value=-1e12, keep_empty_features=True)
    return ColumnTransformer(
        [
            ("categories", codes, CATEGORIES),
            ("numbers", filled, make_column_selector(dtype_include="number")),
            *((name, text_dimensions(), name) for name in TEXTS),
        ]
    )


def text_dimensions() -> Pipeline:
    """Each text as 30 latent dimensions of its TF-IDF weights."""
    words = HashingVectorizer(n_features=2**14, alternate_sign=False)
    return make_pipeline(words, TfidfTransformer(sublinear_tf=True), TruncatedSVD(30, random_state=SEED))


def logistic(rows: int, columns: int, classes: int) -> LogisticRegression:
    """The linear model, with fewer steps on large data."""
    steps = int(np.clip(LINEAR_BUDGET / (rows * columns * classes), 50, 1000))
    return LogisticRegression(max_iter=steps, class_weight="balanced")


def models(rows: int, columns: int, classes: int) -> list[Pipeline]:
    """The linear model and the trees, with fewer rounds on large data."""
    rounds = int(np.clip(BUDGET / ((rows + 8000) * columns * classes), 20, 150))
    trees = HistGradientBoostingClassifier(
        learning_rate=np.clip(15 / rounds, 0.06, 0.2),
        max_iter=rounds,
        min_samples_leaf=int(np.clip(rows / 50, 3, 20)),
        l2_regularization=1.0,
        early_stopping=False,
        categorical_features=range(len(CATEGORIES)),
        random_state=SEED,
    )
    linear = logistic(rows, columns, classes)
    return [make_pipeline(linear_inputs(), linear), make_pipeline(tree_inputs(), trees)]


def mix(pair: list[np.ndarray], weight: float) -> np.ndarray:
    """Average of two predictions, `weight` on the second."""
    return (1 - weight) * pair[0] + weight * pair[1]


def decide(probabilities: np.ndarray, prior: np.ndarray, classes: np.ndarray, power: float) -> np.ndarray:
    """Most likely class after dividing by prior ** power: the larger the power, the more rare classes are named."""
    return classes[(probabilities / prior**power).argmax(axis=1)]


def score(actual: pd.Series, predicted: np.ndarray) -> float:
    """The metric of the task."""
    return f1_score(actual, predicted, average="macro")


def solve(public: Path, submission: Path) -> None:
    """Read train and test from `public` and write the predictions to the file `submission`."""
    train, test = read(public / "train.csv"), read(public / "test.csv")
    rows, new, labels = features(train), features(test), train[TARGET]
    classes = np.unique(labels)
    pair = models(len(rows), rows.shape[1] + 29 * len(TEXTS), len(classes))
    folds = StratifiedKFold(4, shuffle=True, random_state=SEED)
    held_out = [cross_val_predict(model, rows, labels, cv=folds, method="predict_proba") for model in pair]
    prior = labels.value_counts(normalize=True)[classes].to_numpy()
    weight, power = max(
        ((weight, power) for weight in WEIGHTS for power in POWERS),
        key=lambda choice: score(labels, decide(mix(held_out, choice[0]), prior, classes, choice[1])),
    )
    probabilities = mix([model.fit(rows, labels).predict_proba(new) for model in pair], weight)
    result = pd.DataFrame({ID: test[ID], TARGET: decide(probabilities, prior, classes, power)})
    result.to_csv(submission, index=False, float_format="%.7g", lineterminator="\n")


if __name__ == "__main__":
    solve(Path(sys.argv[1]), Path(sys.argv[2]))
