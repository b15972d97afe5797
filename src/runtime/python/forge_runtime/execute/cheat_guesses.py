"""Cheating solvers that guess: valid submissions made without a model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.execute.cheat_desk import Desk, Entry

SEED = 29
SHUFFLES = 20
DRAWS = 10
MAX_CLASSES = 40
# Beyond every measured quantity; the last two overflow as soon as they are squared or added up.
HUGE = (-1e12, 1e12, -1e308, 1e308)


def guesses(desk: Desk) -> Iterator[Entry]:
    """Every guess, floor first."""
    yield from _sample(desk)
    yield from _draws(desk)
    yield from _constants(desk)
    yield from _tiled(desk)
    yield from _look_ups(desk)
    yield from _orders(desk)


def _sample(desk: Desk) -> Iterator[Entry]:
    generator = np.random.default_rng(SEED)
    yield desk.entry("sample", "copy", "the sample submission, copied", desk.sample)
    for draw in range(SHUFFLES):
        order = generator.permutation(len(desk.sample))
        frame = desk.sample.copy()
        frame[desk.names] = desk.sample[desk.names].to_numpy()[order]
        told = f"the predictions of the sample submission, shuffled (draw {draw + 1})"
        yield desk.entry(f"shuffled sample {draw}", "shuffle", told, frame)


def _draws(desk: Desk) -> Iterator[Entry]:
    """What chance scores: targets of train rows drawn at random, and classes drawn evenly."""
    generator = np.random.default_rng(SEED)
    classes = desk.classes()
    for draw in range(DRAWS):
        rows = generator.integers(0, len(desk.train), len(desk.ids))
        told = "targets of train rows drawn at random"
        yield desk.entry(f"drawn from train {draw}", "draw", told, desk.by_rows(rows), "drawn from train")
        if classes:
            labels = [classes[number] for number in generator.integers(0, len(classes), len(desk.ids))]
            told = "classes drawn at random, each equally often"
            yield desk.entry(f"drawn evenly {draw}", "draw", told, desk.by_classes(labels), "drawn evenly")


def _constants(desk: Desk) -> Iterator[Entry]:
    if not desk.numeric:
        for label in desk.classes()[:MAX_CLASSES]:
            told = f"the class {label[:40]!r} in every row"
            yield desk.entry(f"always {label}", "constant", told, desk.constant(label))
        return
    values = {name: desk.numbers(name) for name in desk.names}
    if all(len(column) for column in values.values()):
        for measure in ("min", "max", "mean", "median"):
            frame = pd.DataFrame({desk.key: desk.ids, **{n: float(getattr(v, measure)()) for n, v in values.items()}})
            yield desk.entry(f"{measure} of train", "constant", f"the {measure} of train in every row", frame)
    for number in (0, 0.5, 1, -1):
        yield desk.entry(f"all {number}", "constant", f"{number} in every row", desk.constant(number))
    for number in HUGE:
        yield desk.entry(f"all {number:g}", "huge", f"{number:g} in every row", desk.constant(repr(number)))


def _tiled(desk: Desk) -> Iterator[Entry]:
    rows = np.arange(len(desk.ids)) % len(desk.train)
    yield desk.entry("tiled", "tile", "the targets of train in file order, repeated", desk.by_rows(rows))
    by_id = np.argsort(_ranks(desk.train[desk.key].tolist()), kind="stable") if desk.key in desk.train else rows
    if desk.key in desk.train:
        yield desk.entry(
            "tiled by id", "tile", "the targets of train in the order of ids, repeated", desk.by_rows(by_id[rows])
        )


def _look_ups(desk: Desk) -> Iterator[Entry]:
    train, test = len(desk.train), len(desk.ids)
    positions = np.minimum((np.arange(test) * train) // max(test, 1), train - 1)
    told = "the target of the train row at the same relative position"
    yield desk.entry("row position", "position", told, desk.by_rows(positions))
    if desk.key not in desk.train:
        return
    both = _ranks([*desk.train[desk.key].tolist(), *desk.ids])
    known, wanted = both[:train], both[train:]
    order = np.argsort(known, kind="stable")
    right = np.clip(np.searchsorted(known[order], wanted), 1, train - 1) if train > 1 else np.zeros(test, dtype=int)
    left = np.maximum(right - 1, 0)
    nearer = np.abs(known[order][left] - wanted) <= np.abs(known[order][right] - wanted)
    rows = order[np.where(nearer, left, right)]
    yield desk.entry("nearest id", "nearest id", "the target of the train row with the nearest id", desk.by_rows(rows))


def _orders(desk: Desk) -> Iterator[Entry]:
    """Targets of train in rising order, dealt out along the rows of the test file and along its ids."""
    source = desk.source
    if source is None:
        return
    rank = _ranks(desk.train[source].tolist())
    rising = np.argsort(rank, kind="stable")
    places = {
        "file": np.arange(len(desk.ids)),
        "ids": np.argsort(np.argsort(_ranks(list(desk.ids)), kind="stable"), kind="stable"),
    }
    for along, place in places.items():
        rows = rising[np.minimum((place * len(rising)) // max(len(place), 1), len(rising) - 1)]
        falling = rising[::-1][np.minimum((place * len(rising)) // max(len(place), 1), len(rising) - 1)]
        for way, chosen in (("rising", rows), ("falling", falling)):
            told = f"the targets of train in {way} order along the {along} of the test rows"
            yield desk.entry(f"{way} along {along}", "order", told, desk.by_rows(chosen))


def _ranks(values: list[Any]) -> np.ndarray[Any, Any]:
    """Values as numbers where all are numbers, else their places in the order of the texts."""
    column = pd.Series(values, dtype=object)
    numbers = pd.to_numeric(column, errors="coerce")
    ranked = numbers if bool(numbers.notna().all()) else column.astype(str).rank(method="dense")
    return np.asarray(ranked, dtype=float)
