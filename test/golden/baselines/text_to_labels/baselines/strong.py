"""Strong baseline: TF-IDF of words and characters with a linear support vector machine."""

import sys
from pathlib import Path

import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, make_pipeline, make_union
from sklearn.preprocessing import FunctionTransformer
from sklearn.svm import LinearSVC

ID = "id"
TARGET = "target"
TEXTS = ["note"]


def read(path: Path) -> pd.DataFrame:
    """Every cell as text, so that labels and codes stay as written; a missing value is an empty text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def texts(table: pd.DataFrame) -> pd.Series:
    """The text of each row, cut to its first 5000 characters and never without a word."""
    return "text " + table[TEXTS].agg(" ".join, axis=1).str.slice(0, 5000)


def inputs() -> FeatureUnion:
    """TF-IDF weights of words, and of runs of 2 to 4 characters, which survive odd spellings."""
    words = TfidfVectorizer(sublinear_tf=True, max_features=50_000)
    runs = TfidfVectorizer(sublinear_tf=True, analyzer="char_wb", ngram_range=(2, 4), max_features=100_000)
    beginning = FunctionTransformer(beginnings)
    return make_union(words, make_pipeline(beginning, runs))


def beginnings(rows: pd.Series) -> pd.Series:
    """The first 500 characters: runs of characters are slow to count."""
    return rows.str.slice(0, 500)


def solve(public: Path, submission: Path) -> None:
    """Read train and test from `public` and write the predictions to the file `submission`."""
    train, test = read(public / "train.csv"), read(public / "test.csv")
    model = make_pipeline(inputs(), LinearSVC(random_state=0))
    model.fit(texts(train), train[TARGET])
    result = pd.DataFrame({ID: test[ID], TARGET: model.predict(texts(test))})
    result.to_csv(submission, index=False, float_format="%.7g", lineterminator="\n")


if __name__ == "__main__":
    solve(Path(sys.argv[1]), Path(sys.argv[2]))
