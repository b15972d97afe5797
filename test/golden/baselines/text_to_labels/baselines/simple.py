"""Simple baseline: TF-IDF of words with logistic regression."""

import sys
from pathlib import Path

import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

ID = "id"
TARGET = "target"
TEXTS = ["note"]


def read(path: Path) -> pd.DataFrame:
    """Every cell as text, so that labels and codes stay as written; a missing value is an empty text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def texts(table: pd.DataFrame) -> pd.Series:
    """The text of each row, cut to its first 5000 characters and never without a word."""
    return "text " + table[TEXTS].agg(" ".join, axis=1).str.slice(0, 5000)


def inputs() -> TfidfVectorizer:
    """TF-IDF weights of words."""
    return TfidfVectorizer(sublinear_tf=True, max_features=20_000)


def solve(public: Path, submission: Path) -> None:
    """Read train and test from `public` and write the predictions to the file `submission`."""
    train, test = read(public / "train.csv"), read(public / "test.csv")
    model = make_pipeline(inputs(), LogisticRegression(max_iter=1000))
    model.fit(texts(train), train[TARGET])
    result = pd.DataFrame({ID: test[ID], TARGET: model.predict(texts(test))})
    result.to_csv(submission, index=False, float_format="%.7g", lineterminator="\n")


if __name__ == "__main__":
    solve(Path(sys.argv[1]), Path(sys.argv[2]))
