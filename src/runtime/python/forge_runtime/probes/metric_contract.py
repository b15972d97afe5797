"""Job: tries metric.py with many submissions and tells how each call ended. What is a fault is judged in TypeScript.

Faulty submissions are made from a fold of a few rows, so that a counterexample is small enough to read.
"""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.package import Manifest, Package, PackageError, load_package, perfect_submission
from forge_runtime.probes.metric_calls import Call, Grader, close
from forge_runtime.probes.metric_reference import reference_score
from forge_runtime.probes.metric_submissions import Try, faulty, fold, spoilt, useless

Json = dict[str, Any]

SEED = 20
CALL_SECONDS = 5.0
FULL_ROWS = 20_000
NOISE_ROWS = 600
NOISE_SEEDS = 4
NOISE_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
LARGE_ROWS = 50_000
LARGEST_TEXT = 4_000
REVEALING = {"perfect", "repeat", "rows", "column order", "degenerate"}
"""Submissions of these groups hold answers and are never shown."""


class Contract:
    """One grader, its answers, and the perfect submission."""

    def __init__(self, package: Package, grader: Grader, module: dict[str, Any]) -> None:
        self.manifest: Manifest = package.manifest
        self.grader = grader
        self.evaluate: Callable[..., Any] = module["evaluate"]
        self.validate: Callable[..., Any] | None = module.get("validate_submission")
        self.answers = package.answers().head(FULL_ROWS)
        self.perfect = perfect_submission(self.manifest, self.answers)
        self.names = self.manifest.prediction_names
        rows = fold(self.answers, self.manifest.targets[0], SEED)
        self.few_answers = self.answers.loc[rows].reset_index(drop=True)
        self.few = self.perfect.loc[rows].reset_index(drop=True)
        # Faults are planted into wrong predictions, so that a counterexample in a report gives no answer away.
        generator = np.random.default_rng(SEED)
        self.wrong = spoilt(self.few, self.names, 1.0, generator.permutation(len(rows)), generator)
        self.calls: list[Json] = []

    def score(self, submission: Any, answers: pd.DataFrame) -> Call:
        return self.grader.call(self.evaluate, submission, answers)

    def told(self, attempt: Try, answers: pd.DataFrame, *, refuse: bool = False) -> Call:
        """Scores, notes how it ended, and asks validate_submission the same question. A time-out ends the trials."""
        end = self.score(attempt.frame, answers) if not self.grader.stopped else Call("timeout")
        checked = None
        if self.validate is not None and not self.grader.stopped:
            checked = self.grader.call(self.validate, attempt.frame, answers)
        self.calls.append(
            {
                "name": attempt.name,
                "group": attempt.group,
                "change": attempt.change,
                "rows": len(answers),
                **_json(end),
                "validated": None if checked is None else _json(checked),
                "depends": refuse and self._depends(attempt, answers, end, checked),
                "submission": _csv(attempt.frame) if attempt.group not in REVEALING else None,
            }
        )
        return end

    def _depends(self, attempt: Try, answers: pd.DataFrame, *ends: Call | None) -> bool:
        """Whether a refusal says something else when other answers stand behind the same ids."""
        if self.grader.stopped:
            return False
        targets = [name for name in answers.columns if name != self.manifest.id_column]
        turned = answers.copy()
        turned[targets] = np.roll(answers[targets].to_numpy(dtype=object), 1, axis=0)
        turned = turned.astype(answers.dtypes.to_dict())
        functions = (self.evaluate, self.validate)
        for function, end in zip(functions, ends, strict=True):
            if function is None or end is None or end.outcome == "scored":
                continue
            other = self.grader.call(function, attempt.frame, turned)
            if _tells(end.message, other.message, answers[targets[0]]):
                return True
        return False


def run(args: Json, paths: dict[str, Path]) -> Json:
    """The mount `package` is the task folder. Equal packages give equal results, `slow` apart."""
    package = load_package(paths)
    file = package.folder / "metric.py"
    source = file.read_text(encoding="utf-8")
    grader = Grader(file, source, float(args.get("seconds", CALL_SECONDS)))
    space: dict[str, Any] = {}
    loaded = grader.guard(lambda: space.update(vars(package.metric())))
    invalid = space.get("InvalidSubmissionError")
    grader.invalid = invalid if isinstance(invalid, type) and issubclass(invalid, BaseException) else None
    result: Json = {
        "loaded": _json(loaded),
        "lines": _definitions(source),
        "problem": None,
        "calls": [],
        "noise": [],
        "slow": None,
        "varied": False,
        "reference": None,
    }
    if loaded.outcome == "scored" and callable(space.get("evaluate")):
        try:
            contract = Contract(package, grader, space)
            _try_everything(contract, result)
            result["calls"] = contract.calls
        except PackageError as error:
            result["problem"] = str(error)
    elif loaded.outcome == "scored":
        result["problem"] = "metric.py defines no function evaluate"
    return {
        **result,
        "events": grader.watch.events,
        "replaced": grader.watch.replaced(),
        "printed": grader.sink.characters,
    }


def _try_everything(contract: Contract, result: Json) -> None:
    first = contract.told(Try("perfect", "perfect", "every prediction is right", contract.perfect), contract.answers)
    result["varied"] = bool(contract.few_answers[contract.manifest.targets].nunique().max() > 1)
    if first.outcome == "timeout":
        return
    _same_answers(contract)
    _round_trips(contract)
    for attempt in faulty(contract.wrong, contract.manifest):
        contract.told(attempt, contract.few_answers, refuse=True)
    for attempt in useless(contract.few, contract.manifest):
        contract.told(attempt, contract.few_answers)
    _degenerate(contract)
    result["noise"] = _noise(contract)
    result["reference"] = _reference(contract)
    result["slow"] = _growth(contract)


def _same_answers(contract: Contract) -> None:
    """Rearrangements of one imperfect submission, which must all score the same."""
    generator = np.random.default_rng(SEED)
    rows = np.arange(len(contract.answers))
    frame = spoilt(contract.perfect, contract.names, 0.3, generator.permutation(rows), generator)
    answers, order = contract.answers, generator.permutation(rows)
    tries = [
        Try("as it is", "repeat", "three predictions in ten are wrong", frame),
        Try("again", "repeat", "the same call once more", frame),
        Try("and again", "repeat", "the same call a third time", frame),
        Try("rows reversed", "rows", "the rows are in reverse order", frame.iloc[::-1].reset_index(drop=True)),
        Try("rows shuffled", "rows", "the rows are shuffled", frame.iloc[order].reset_index(drop=True)),
        Try("index shuffled", "rows", "the rows are shuffled and keep their index", frame.iloc[order]),
        Try("one index", "rows", "every row has the index 0", frame.set_axis([0] * len(frame), axis=0)),
        Try("columns reversed", "column order", "the columns are in reverse order", frame[frame.columns[::-1]]),
    ]
    for attempt in tries:
        contract.told(attempt, answers)
        np.random.seed(len(contract.calls))
    contract.told(Try("answers shuffled", "rows", "the rows of the answers are shuffled", frame), answers.iloc[order])


def _round_trips(contract: Contract) -> None:
    """The same few rows written to CSV and read by the two common ways."""
    frame, answers, key = contract.wrong, contract.few_answers, contract.manifest.id_column
    direct = Try("direct", "round trip", "the tables as they are", frame)
    contract.told(direct, answers)

    def default(table: pd.DataFrame) -> pd.DataFrame:
        return pd.read_csv(StringIO(table.to_csv(index=False)))

    def text(table: pd.DataFrame) -> pd.DataFrame:
        return pd.read_csv(StringIO(table.to_csv(index=False)), dtype=str, keep_default_na=False)

    tries = [
        (default(frame), answers, "the submission is read with plain pd.read_csv"),
        (frame, default(answers), "the answers are read with plain pd.read_csv"),
        (default(frame), default(answers), "both files are read with plain pd.read_csv"),
        (frame.assign(**{key: text(frame)[key]}), default(answers), "ids are text here and numbers in the answers"),
    ]
    for submission, truth, change in tries:
        contract.told(Try(change, "round trip", change, submission), truth)


def _degenerate(contract: Contract) -> None:
    """Answers of one row, and of one class only: what a small subgroup or a bootstrap sample can hold."""
    target = contract.manifest.targets[0]
    few, answers = contract.few, contract.few_answers
    contract.told(Try("one row", "degenerate", "the test part has one row", few.head(1)), answers.head(1))
    value = answers[target].iloc[0]
    same = answers[target] == value
    contract.told(Try("one value", "degenerate", "all answers of the test part are the same", few[same]), answers[same])


def _noise(contract: Contract) -> list[Json]:
    """Mean score as more and more predictions are dealt out anew, the rows spoilt first staying spoilt."""
    rows = min(len(contract.perfect), NOISE_ROWS)
    answers = contract.answers.head(rows)
    perfect = contract.perfect.head(rows)
    scores: dict[float, list[float]] = {share: [] for share in NOISE_SHARES}
    for seed in range(NOISE_SEEDS):
        order = np.random.default_rng(seed).permutation(rows)
        for share in NOISE_SHARES:
            end = contract.score(
                spoilt(perfect, contract.names, share, order, np.random.default_rng(seed + 100)), answers
            )
            if end.score is None or not np.isfinite(end.score):
                return []
            scores[share].append(end.score)
    spread = {share: float(np.std(values)) for share, values in scores.items()}
    return [{"share": share, "mean": float(np.mean(values)), "sd": spread[share]} for share, values in scores.items()]


def _tells(message: str, other: str, answers: pd.Series[Any]) -> bool:
    """Whether two refusals differ by more than the order of a list of classes, each named once."""
    if message == other:
        return False
    words = re.findall(r"[\w.+-]+", message)
    values = set(answers.astype(str))
    repeated = [word for word in words if word in values]
    return sorted(words) != sorted(re.findall(r"[\w.+-]+", other)) or len(repeated) > len(set(repeated))


def _reference(contract: Contract) -> Json | None:
    """The score of half-spoilt predictions by scikit-learn, under the name that the manifest gives the metric."""
    generator = np.random.default_rng(SEED)
    rows = min(len(contract.perfect), NOISE_ROWS)
    answers, perfect = contract.answers.head(rows), contract.perfect.head(rows)
    frame = spoilt(perfect, contract.names, 0.5, generator.permutation(rows), generator)
    expected = reference_score(contract.manifest, frame, answers)
    if expected is None:
        return None
    end = contract.score(frame, answers)
    return (
        None if end.score is None else {"expected": expected, "score": end.score, "agrees": close(expected, end.score)}
    )


def _growth(contract: Contract) -> Json:
    """Seconds for a block of rows and for ten times as many (repeated under new ids)."""
    small = min(len(contract.perfect), LARGE_ROWS // 10)
    key = contract.manifest.id_column
    perfect, answers = contract.perfect.head(small), contract.answers.head(small)
    big = [pd.concat([frame] * 10, ignore_index=True) for frame in (perfect, answers)]
    ids = [str(10**9 + row) for row in range(10 * small)]
    for frame in big:
        frame[key] = ids
    started = time.perf_counter()
    contract.score(perfect, answers)
    middle = time.perf_counter()
    end = contract.score(*big)
    return {
        "rows": small,
        "seconds": round(middle - started, 3),
        "tenfold": round(time.perf_counter() - middle, 3),
        "outcome": end.outcome,
    }


def _definitions(source: str) -> Json:
    """Lines of the three names of the contract, from the syntax tree."""
    lines: dict[str, int | None] = dict.fromkeys(("evaluate", "validate_submission", "InvalidSubmissionError"))
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return lines
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name in lines:
            lines[node.name] = node.lineno
    return lines


def _json(call: Call) -> Json:
    score = call.score
    finite = score is not None and bool(np.isfinite(score))
    return {
        "outcome": call.outcome,
        "score": score if finite else None,
        "written": "" if call.outcome != "scored" else ("" if score is None else repr(score)),
        "kind": call.kind,
        "error": call.error,
        "message": call.message,
        "line": call.line,
        "raisedHere": call.raised_here,
        "mutated": list(call.mutated),
    }


def _csv(frame: Any) -> str | None:
    """The submission as a file, when it is small enough to be read by a person."""
    if not isinstance(frame, pd.DataFrame) or len(frame) > 2 * 80:
        return None
    text = frame.to_csv(index=False)
    return text if len(text) <= LARGEST_TEXT else None
