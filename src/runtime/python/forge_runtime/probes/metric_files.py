"""Faults of a grader as whole files: the sample submission with one thing changed, graded as `grade` grades it.

The trials use a few rows with answers behind them; nobody can send those in. These files can be, and hold no answers.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.execute.grade import grade
from forge_runtime.package import Package, PackageError
from forge_runtime.probes.metric_calls import close
from forge_runtime.probes.metric_submissions import Try, faulty, useless
from forge_runtime.probes.metric_trials import SEED, Contract

Json = dict[str, Any]

EACH = 2
"""Files of one promise that are kept for one way to end: a grader that refuses nothing needs no more."""
LARGEST_FILE = 2_000_000
REARRANGED = {"rows", "column order"}
SAMPLE = "sample"


def whole_files(package: Package, contract: Contract, space: dict[str, Any]) -> list[Json]:
    """For the trials that ended otherwise than a good grader ends them: `name`, the `text` of a file with the same
    change, and how `grade` ends on it (`kind`, and `score` where it is valid)."""
    odd = _odd(contract.calls)
    if not odd:
        return []
    try:
        sample = package.sample()
    except PackageError:
        return []
    told: list[Json] = []
    seen: Counter[tuple[str, str]] = Counter()
    for attempt in _tries(contract, sample):
        if contract.grader.stopped:
            break
        text = attempt.frame.to_csv(index=False)
        if (attempt.name != SAMPLE and attempt.name not in odd) or len(text) > LARGEST_FILE:
            continue
        kind, score = _graded(package, contract, space, text)
        if attempt.group in REARRANGED and _same(score, told):
            continue
        seen[attempt.group, kind] += 1
        if seen[attempt.group, kind] > EACH:
            continue
        told.append({"name": attempt.name, "text": text, "kind": kind, "score": score})
    return [each for each in told if each["name"] != SAMPLE]


def _odd(calls: list[Json]) -> set[str]:
    """Trials that may show a fault; which of them do is for the rules to say."""
    plain = next((call for call in calls if call["name"] == "as it is"), None)
    best = next((call["score"] for call in calls if call["group"] == "perfect"), None)
    odd = set()
    for call in calls:
        validated = call["validated"]
        disagree = validated is not None and (validated["outcome"] == "refused") != (call["outcome"] == "refused")
        if call["group"] in {"ids", "columns", "surplus", "missing", "values"}:
            odd |= {call["name"]} if call["outcome"] != "refused" or call["depends"] or disagree else set()
        elif call["group"] in REARRANGED:
            odd |= {call["name"]} if plain is not None and not close(plain["score"], call["score"]) else set()
        elif call["group"] == "constant":
            odd |= {call["name"]} if call["score"] is None or close(call["score"], best) else set()
    return odd


def _tries(contract: Contract, sample: pd.DataFrame) -> Iterator[Try]:
    yield Try(SAMPLE, SAMPLE, "as it is", sample)
    yield Try("rows reversed", "rows", "the rows are in reverse order", sample.iloc[::-1])
    order = np.random.default_rng(SEED).permutation(len(sample))
    yield Try("rows shuffled", "rows", "the rows are shuffled", sample.iloc[order])
    yield Try("columns reversed", "column order", "the columns are in reverse order", sample[sample.columns[::-1]])
    yield from faulty(sample, contract.manifest)
    yield from useless(contract.perfect, contract.manifest)


def _graded(package: Package, contract: Contract, space: dict[str, Any], text: str) -> tuple[str, float | None]:
    ended: list[Json] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "submission.csv")
        file.write_text(text, encoding="utf-8")
        metric: Any = SimpleNamespace(**space)
        contract.grader.guard(lambda: ended.append(grade(metric, package.manifest, file, package.answers())[0]))
    result: Json = ended[0] if ended else {"kind": "broken"}
    return result["kind"], result.get("score")


def _same(score: float | None, told: list[Json]) -> bool:
    plain = next((each["score"] for each in told if each["name"] == SAMPLE), None)
    return score is None or plain is None or close(score, plain)
