"""metric.py beside the definition of its metric, on whole answers and on parts that tempt to divide by zero."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.package import PackageError, perfect_submission
from forge_runtime.probes.metric_calls import close
from forge_runtime.probes.metric_random import LONGEST_LIST, Guess, random_submissions
from forge_runtime.probes.metric_reference import is_known, reference_score
from forge_runtime.probes.metric_submissions import LABELS, MAX_CLASSES, Try
from forge_runtime.probes.metric_trials import SEED, Contract, written

Json = dict[str, Any]

POSITIVE_METRICS = {"rmsle"}
"""Metrics without a meaning for numbers below 0."""


@dataclass(frozen=True)
class Part:
    """Answers that a subgroup, a bootstrap sample or the next version of the data may hold."""

    change: str
    answers: pd.DataFrame
    invented: bool = False
    """Holds values that no answer has: only the definition of a known metric says what to make of them."""


def by_definition(contract: Contract, rows: int) -> Json:
    """Random submissions to the first rows and to the few rows of the fold, where single rows weigh.

    `reference`: the first whose score is settled and differs, else the last settled one. `convention`: the first that
    differs where the formula leaves the score open. `unscored`: how evaluate ended on the first that it gave no score,
    though it is in the form that the manifest asks for.
    """
    told: Json = {"reference": None, "convention": None, "unscored": None}
    parts = [(contract.perfect.head(rows), contract.answers.head(rows)), (contract.few, contract.few_answers)]
    for seed, (perfect, answers) in enumerate(parts):
        for guess in random_submissions(contract.manifest, perfect, answers, SEED + seed):
            expected = reference_score(contract.manifest, guess.frame, answers)
            end = contract.score(guess.frame, answers)
            owed = guess.promised and (expected is None or expected.settled)
            if end.outcome != "scored" and owed and told["unscored"] is None:
                told["unscored"] = {"change": guess.change, **written(end)}
            if expected is None or end.score is None:
                continue
            score = end.score if np.isfinite(end.score) else None
            compared = {"expected": expected.score, "score": score, "change": guess.change}
            if close(expected.score, score):
                if expected.settled:
                    told["reference"] = {**compared, "agrees": True}
            elif not expected.settled:
                told["convention"] = told["convention"] or compared
            else:
                told["reference"] = {**compared, "agrees": False}
                return told
    return told


def try_parts(contract: Contract) -> None:
    """Right predictions, random ones and constants for each of the odd parts, noted with what the definition gives."""
    manifest = contract.manifest
    for part in _parts(contract):
        if part.invented and not is_known(manifest):
            continue
        try:
            perfect = perfect_submission(manifest, part.answers)
        except PackageError:
            continue
        guesses = random_submissions(manifest, perfect, part.answers, SEED, brief=True)
        for guess in (Guess("every prediction is right", perfect), *guesses):
            attempt = Try(part.change, "degenerate", f"{part.change} and {guess.change}", guess.frame)
            expected = reference_score(manifest, guess.frame, part.answers)
            contract.told(attempt, part.answers, expected=expected, promised=guess.promised)


def _parts(contract: Contract) -> Iterator[Part]:
    answers, target = contract.few_answers, contract.manifest.targets[0]
    columns = contract.manifest.submission_columns
    yield Part("the test part has one row", answers.head(1))
    kinds = {str(column.get("dtype")) for column in columns}
    if kinds <= {"number", "integer"}:
        yield from _numbers(contract, answers)
    elif kinds == {"ranked-list"}:
        yield _long_lists(columns[0], answers)
    elif kinds <= {*LABELS, "probability"}:
        yield from _classes(columns, answers, target)


def _classes(columns: list[Any], answers: pd.DataFrame, target: str) -> Iterator[Part]:
    """Only the first, only the last, without the first, without the last: code that counts classes errs at the ends."""
    truth = answers[target].astype(str)
    order = [str(label) for label in columns[0].get("allowed") or []] or sorted(set(truth))
    seen = [label for label in order if label in set(truth)]
    if not 1 < len(seen) <= MAX_CLASSES:
        yield Part("all answers of the test part are the same", answers[truth == truth.iloc[0]])
        return
    for end, label in (("first", seen[0]), ("last", seen[-1])):
        yield Part(f"all answers of the test part are the {end} class", answers[truth == label])
        if len(seen) > 2:
            yield Part(f"the {end} class is missing from the test part", answers[truth != label])


def _numbers(contract: Contract, answers: pd.DataFrame) -> Iterator[Part]:
    """Answers that do not vary, zeros, and numbers below 0 where the manifest does not rule them out."""
    targets, columns = contract.manifest.targets, contract.manifest.submission_columns
    values = answers[targets].astype(float)
    lows = [column["minimum"] for column in columns if isinstance(column.get("minimum"), (int, float))]
    yield Part("every row has the answer of the first", _with(answers, values.iloc[[0] * len(values)]))
    if all(low <= 0 for low in lows):
        halved = values.copy()
        halved.iloc[::2] = 0.0
        yield Part("every second answer is zero", _with(answers, halved), invented=True)
    if not lows and contract.manifest.section("metric").get("name") not in POSITIVE_METRICS:
        yield Part("every answer has the other sign", _with(answers, -values), invented=True)


def _with(answers: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    return answers.assign(**{str(name): values[name].to_numpy() for name in values.columns})


def _long_lists(column: Any, answers: pd.DataFrame) -> Part:
    """Answers of more items than count, as far as so many items may be named."""
    target = str((column.get("of") or {}).get("column") or column["name"])
    items = [str(item) for item in column.get("allowed") or []]
    known = items or sorted({item for cell in answers[target].astype(str) for item in cell.split()})
    more = [] if items else [f"other{number}" for number in range(LONGEST_LIST - len(known))]
    every = answers.assign(**{target: " ".join([*known, *more])})
    return Part("the answers name more items than count", every, invented=True)
