"""Random valid submissions of every kind of prediction, from nearly right to chance, with ties and extremes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.package import Manifest
from forge_runtime.probes.metric_submissions import LABELS, useless

SHARES = (0.2, 0.5, 0.8, 1.0)
"""Parts of the predictions that are drawn at random."""
LONGEST_LIST = 14
"""More items than a ranked list may count."""
TIES = 1
"""Decimals that make many predictions equal."""
SURPLUS = 1.004
"""What probabilities add up to that were rounded to two decimals."""


@dataclass(frozen=True)
class Guess:
    """A submission in the order of the answers."""

    change: str
    """What is special about it, for people."""
    frame: pd.DataFrame
    promised: bool = True
    """The manifest says that it will be scored."""


def random_submissions(
    manifest: Manifest,
    perfect: pd.DataFrame,
    answers: pd.DataFrame,
    seed: int,
    *,
    brief: bool = False,
) -> Iterator[Guess]:
    """For each share a submission of fine and one of coarse values, then extremes and constants; `brief` takes the
    last share and two constants."""
    random = np.random.default_rng(seed)
    columns = manifest.submission_columns
    cells = answers[manifest.targets[0]].astype(str)
    # Nobody said that items which no answer holds will be scored.
    promised = all(column.get("dtype") != "ranked-list" or column.get("allowed") for column in columns)
    for share in SHARES[-1:] if brief else SHARES:
        for coarse in (False, True):
            frame = perfect.copy()
            for column in columns:
                right = perfect[str(column["name"])]
                drawn = _drawn(column, right, coarse, random, cells)
                frame[str(column["name"])] = np.where(random.random(len(right)) < share, drawn, right)
            change = f"{share:.0%} of the predictions are random{' and coarse' if coarse else ''}"
            yield Guess(change, _whole(frame, columns), promised)
    if _of_all_classes(columns):
        # Certain and wrong: what a logarithm has to be kept from.
        turned = {
            str(column["name"]): perfect[str(columns[place - 1]["name"])].to_numpy()
            for place, column in enumerate(columns)
        }
        yield Guess("every prediction is certain and wrong", perfect.assign(**turned))
        names = [str(column["name"]) for column in columns]
        even = perfect.assign(**{name: 0.5 * perfect[name] + 0.5 / len(names) for name in names})
        yield Guess(
            f"the probabilities of a row add up to {SURPLUS}",
            even.assign(**{name: SURPLUS * even[name] for name in names}),
            promised=False,
        )
    elif all(column.get("dtype") != "probability" for column in columns) or len(columns) == 1:
        constants = list(useless(perfect, manifest))
        for attempt in constants[:: max(1, len(constants) - 1)] if brief else constants:
            yield Guess(attempt.change, attempt.frame, all(_allowed(column, attempt.frame) for column in columns))


def _allowed(column: Any, frame: pd.DataFrame) -> bool:
    """Whether the predictions lie within the range in the manifest."""
    if column.get("dtype") in LABELS:
        return True
    low, high = column.get("minimum"), column.get("maximum")
    values = frame[str(column["name"])].astype(float)
    whole = column.get("dtype") != "integer" or bool((values % 1 == 0).all())
    return whole and (low is None or bool((values >= low).all())) and (high is None or bool((values <= high).all()))


def _drawn(column: Any, right: pd.Series[Any], coarse: bool, random: np.random.Generator, cells: pd.Series[str]) -> Any:
    """One prediction for each row, drawn without looking at its answer."""
    kind, count = column.get("dtype"), len(right)
    if kind == "probability":
        return np.round(random.random(count), TIES if coarse else 9)
    if kind in {"number", "integer"}:
        drawn = random.permutation(right.astype(float).to_numpy()) * random.choice([0.5, 1.0, 1.7], count)
        low, high = column.get("minimum"), column.get("maximum")
        drawn = np.clip(drawn, -np.inf if low is None else low, np.inf if high is None else high)
        return np.round(drawn) if coarse or kind == "integer" else drawn
    if kind == "ranked-list":
        items = _items(column, cells)
        lengths = random.integers(1, LONGEST_LIST, count)
        return np.array([" ".join(random.permutation(items)[:length]) for length in lengths], dtype=object)
    if kind in LABELS:
        labels = [str(label) for label in column.get("allowed") or sorted(set(right.astype(str)))]
        # Coarse: one class is never named.
        return random.choice(np.array(labels[: max(1, len(labels) - coarse)], dtype=object), count)
    return right


def _items(column: Any, cells: pd.Series[str]) -> list[str]:
    """What lists may name: the allowed items, else those of the answers and so many others that lists get long."""
    if column.get("allowed"):
        return [str(item) for item in column["allowed"]]
    known = sorted({item for cell in cells for item in cell.split()})
    return [*known, *(f"other{number}" for number in range(LONGEST_LIST - len(known)))]


def _of_all_classes(columns: list[Any]) -> bool:
    """Whether each class has a column of probabilities."""
    return len(columns) > 1 and all(column["dtype"] == "probability" for column in columns)


def _whole(frame: pd.DataFrame, columns: list[Any]) -> pd.DataFrame:
    """Probabilities of all classes add up to 1."""
    if not _of_all_classes(columns):
        return frame
    names = [str(column["name"]) for column in columns]
    values = frame[names].astype(float)
    total = values.sum(axis=1)
    even = 1 / len(names)
    return frame.assign(**{name: np.where(total > 0, values[name] / total.where(total > 0, 1), even) for name in names})
