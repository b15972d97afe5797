"""From text columns to the numbers that quick models read."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

Floats = NDArray[np.float64]
Labels = NDArray[np.str_]

LEVELS = 200
"""Boosted trees take at most 255 levels of a category; rarer ones count as unknown."""
TEXT_TERMS = 8000
TEXT_PARTS = 16


def numbers(column: pd.Series) -> Floats:
    """The column as floats; what is no finite number becomes NaN."""
    values = np.asarray(pd.to_numeric(column, errors="coerce"), dtype=float)
    values[~np.isfinite(values)] = np.nan
    return values


def times(column: pd.Series, form: str) -> pd.Series:
    """The column as time stamps in UTC; what cannot be read becomes NaT. `form` as in the profile."""
    if form in ("epoch-s", "epoch-ms"):
        unit = "s" if form == "epoch-s" else "ms"
        return pd.to_datetime(pd.to_numeric(column, errors="coerce"), unit=unit, utc=True, errors="coerce")
    if form == "iso":
        return pd.to_datetime(column.where(column != ""), utc=True, errors="coerce", format="ISO8601")
    return pd.to_datetime(column.where(column != ""), utc=True, errors="coerce", format=form)


def calendar(stamps: pd.Series) -> Floats:
    """Days since 1970, then month, day of the year, weekday and hour: what a calendar knows of each moment."""
    epoch = pd.Timestamp(0, tz="UTC")
    parts = [
        (stamps - epoch).dt.total_seconds() / 86400,
        stamps.dt.month,
        stamps.dt.dayofyear,
        stamps.dt.dayofweek,
        stamps.dt.hour,
    ]
    return np.column_stack([np.asarray(part, dtype=float) for part in parts])


def normalized(column: pd.Series) -> pd.Series:
    """Lower case, without punctuation and repeated white space."""
    plain = column.str.lower().str.replace(r"[^\w\s]", "", regex=True)
    return plain.str.replace(r"\s+", " ", regex=True).str.strip()


class Encoder:
    """Learns from train rows how to read each feature, so that nothing of the test rows shapes the matrix."""

    def __init__(self, features: list[dict[str, Any]], seed: int) -> None:
        self._features = features
        self._seed = seed
        self._levels: dict[str, dict[str, int]] = {}
        self._texts: dict[str, tuple[TfidfVectorizer, TruncatedSVD] | None] = {}
        self.categorical: list[bool] = []

    def fit(self, frame: pd.DataFrame) -> "Encoder":
        for feature in self._features:
            name, kind = feature["name"], feature["kind"]
            if kind in ("category", "boolean"):
                common = (
                    frame.loc[frame[name] != "", name]
                    .value_counts()
                    .sort_index()
                    .sort_values(ascending=False, kind="stable")
                )
                self._levels[name] = {level: i for i, level in enumerate(common.index[:LEVELS])}
            if kind == "text":
                self._texts[name] = self._fit_text(frame[name])
        return self

    def _fit_text(self, column: pd.Series) -> tuple[TfidfVectorizer, TruncatedSVD] | None:
        vectorizer = TfidfVectorizer(max_features=TEXT_TERMS, min_df=2, sublinear_tf=True)
        try:
            matrix = vectorizer.fit_transform(column)
        except ValueError:  # no word occurs twice
            return None
        parts = min(TEXT_PARTS, matrix.shape[1] - 1, matrix.shape[0] - 1)
        if parts < 1:
            return None
        with np.errstate(divide="ignore", invalid="ignore"):  # texts that are all alike have no variance to explain
            return vectorizer, TruncatedSVD(parts, random_state=self._seed).fit(matrix)

    def transform(self, frame: pd.DataFrame) -> Floats:
        blocks: list[Floats] = []
        self.categorical = []
        for feature in self._features:
            name, kind = feature["name"], feature["kind"]
            if kind in ("category", "boolean"):
                block = np.asarray(frame[name].map(self._levels[name]), dtype=float)[:, None]
            elif kind == "datetime":
                block = calendar(times(frame[name], feature.get("format") or "iso"))
            elif kind == "text":
                reader = self._texts[name]
                lengths = np.asarray(frame[name].str.len(), dtype=float)[:, None]
                block = lengths
                if reader is not None:
                    block = np.hstack([lengths, reader[1].transform(reader[0].transform(frame[name]))])
            else:
                block = numbers(frame[name])[:, None]
            blocks.append(block)
            self.categorical += [kind in ("category", "boolean")] * block.shape[1]
        return np.hstack(blocks) if blocks else np.zeros((len(frame), 1))
