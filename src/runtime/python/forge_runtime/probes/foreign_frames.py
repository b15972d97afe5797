"""Small made-up answers for a grader whose data are not there: columns and kinds are tried until a score comes out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.probes.foreign_words import FIGURE, Block

ROWS = 48
SEED = 7
MAX_COLUMNS = 200
LIKELY = 40
ID_NAME = re.compile(r"(^|[_ ])(id|ids|key|index|filename|file|name|image|img)$|Id$|ID$|^id|_id_", re.I)
LETTERS = ("alpha", "beta", "gamma", "delta")


@dataclass(frozen=True)
class Guess:
    """Columns of a submission, with examples of their cells where there are any."""

    key: str
    predictions: tuple[str, ...]
    examples: dict[str, list[str]] = field(default_factory=dict)
    extra: tuple[str, ...] = ()
    """Columns that the answers alone hold."""
    others: tuple[str, ...] = ()
    """Further columns that name rows, in both tables."""


@dataclass(frozen=True)
class Setting:
    """Answers and the submission that knows them."""

    answers: pd.DataFrame
    perfect: pd.DataFrame
    key: str
    predictions: list[str]
    kind: str


def guesses(
    found: list[Block], words: Counter[str], aligned: list[str], listed: list[tuple[str, ...]]
) -> Iterator[Guess]:
    """Likely columns, best first: examples of the description, then what the code reads and the lists in it.

    `aligned` are the columns by which the code aligns tables: ids before any that are only called so.
    """
    for block in found:
        known = [name for name in aligned if name in block.header]
        called = [name for name in block.header if ID_NAME.search(name)]
        key = [*known, *called, block.header[0]][0]
        names = tuple(name for name in block.header if name != key and name not in known)
        if 0 < len(names) <= MAX_COLUMNS:
            cells = {name: block.cells(at) for at, name in enumerate(block.header)}
            yield Guess(key, names, cells, others=tuple(name for name in known if name != key))
    likely = [word for word, weight in words.most_common(LIKELY) if weight >= 3 and re.match(r"^[\w .-]+$", word)]
    called = sorted((word for word in likely if ID_NAME.search(word)), key=lambda word: word.lower() != "id")
    keys = [*aligned, *called] or ["id"]
    rest = [word for word in likely if word not in keys[:1] and word not in aligned]
    for names in listed:
        yield Guess(keys[0], tuple(name for name in names if name != keys[0]))
    for key in keys[:2]:
        for name in rest[:3]:
            yield Guess(key, (name,))
        if len(rest) > 1:
            yield Guess(key, tuple(rest))
    if not rest:
        yield Guess(keys[0], tuple(keys[1:2]) or ("target",))


Maker = Callable[[np.random.Generator, int, list[str]], list[Any]]


def _examples(rng: np.random.Generator, rows: int, cells: list[str]) -> list[Any]:
    return [str(value) for value in rng.choice(sorted(set(cells)), rows)]


def _lists(rng: np.random.Generator, rows: int, _cells: list[str]) -> list[Any]:
    return [" ".join(f"t{n}" for n in rng.permutation(9)[: int(rng.integers(1, 5))]) for _ in range(rows)]


def _runs(rng: np.random.Generator, rows: int, _cells: list[str]) -> list[Any]:
    return [f"{int(rng.integers(1, 20))} {int(rng.integers(1, 9))}" for _ in range(rows)]


def _booleans(rng: np.random.Generator, rows: int, _cells: list[str]) -> list[Any]:
    return list(rng.random(rows) < 0.5)


MAKERS: dict[str, Maker] = {
    "binary": lambda rng, rows, _: [int(n) for n in rng.random(rows) < 0.45],
    "number": lambda rng, rows, _: [round(float(x), 3) for x in rng.uniform(1, 100, rows)],
    "class number": lambda rng, rows, _: [int(n) for n in rng.integers(0, 4, rows)],
    "share": lambda rng, rows, _: [round(float(x), 4) for x in rng.uniform(0.05, 0.95, rows)],
    "example": _examples,
    "boolean": _booleans,
    "class": lambda rng, rows, _: [str(word) for word in rng.choice(LETTERS, rows)],
    "list": _lists,
    "runs": _runs,
}
NUMERIC = {"binary", "number", "class number", "share", "one-hot"}
"""Kinds in which a missing prediction has no meaning of its own."""


def kinds(guess: Guess) -> list[str]:
    """Kinds to try, those first that the examples suggest."""
    cells = [cell for name in guess.predictions for cell in guess.examples.get(name, [])]
    order = list(MAKERS)
    if len(guess.predictions) >= 2:
        order.insert(1, "one-hot")
    if not cells:
        order.remove("example")
        return order
    if all(FIGURE.match(cell) for cell in cells):
        whole = all(float(cell).is_integer() for cell in cells)
        between = all(0 <= float(cell) <= 1 for cell in cells)
        first = ["binary", "class number", "number"] if whole else ["binary", "number"] if between else ["number"]
        if whole and not between:
            first = ["class number", "number", "binary"]
        if len(guess.predictions) >= 2 and between:
            first = ["one-hot", *first]
        order.remove("example")
    elif {cell.lower() for cell in cells} <= {"true", "false"}:
        first = ["boolean"]
    elif len(set(cells)) > 1:
        first = ["example", "class", "list"]
    else:
        first = ["list", "runs", "class"] if " " in cells[0] else ["class", "list"]
    return [*first, *(kind for kind in order if kind not in first)]


def build(guess: Guess, kind: str, rows: int = ROWS) -> Setting:
    """Answers of one kind. Equal arguments give equal tables."""
    rng = np.random.default_rng(SEED)
    columns: dict[str, Any] = {guess.key: _ids(rows, guess.examples.get(guess.key, []))}
    for name in guess.others:
        columns[name] = _ids(rows, guess.examples.get(name, []))
    if kind == "one-hot":
        classes = rng.integers(0, len(guess.predictions), rows)
        for number, name in enumerate(guess.predictions):
            columns[name] = [int(value == number) for value in classes]
    else:
        for name in guess.predictions:
            cells = guess.examples.get(name) or list(LETTERS)
            columns[name] = MAKERS[kind](rng, rows, cells)
    perfect = pd.DataFrame(columns)
    answers = perfect.copy()
    for name in guess.extra:
        answers[name] = ["Private" if name == "Usage" else int(n) for n in rng.integers(1, 4, rows)]
    return Setting(answers, perfect, guess.key, list(guess.predictions), kind)


def _ids(rows: int, cells: list[str]) -> list[Any]:
    """Distinct ids in the manner of an example: numbers, or the example with another number in it."""
    pattern = next((cell for cell in cells if cell), "1")
    if FIGURE.match(pattern):
        return list(range(1001, 1001 + rows))
    numbers = list(re.finditer(r"\d+", pattern))
    if not numbers:
        stem, dot, end = pattern.partition(".")
        return [f"{stem}{n}{dot}{end}" for n in range(101, 101 + rows)]
    last = numbers[-1] if "_" not in pattern else numbers[0]
    return [f"{pattern[: last.start()]}{n}{pattern[last.end() :]}" for n in range(101, 101 + rows)]
