"""Job: tries metric.py with many submissions and tells how each call ended. What is a fault is judged in TypeScript.

Faulty submissions are made from a fold of a few rows, so that a counterexample is small enough to read.
"""

from __future__ import annotations

import ast
import time
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.package import PackageError, load_package
from forge_runtime.probes.metric_calls import Grader
from forge_runtime.probes.metric_files import whole_files
from forge_runtime.probes.metric_parts import by_definition, try_parts
from forge_runtime.probes.metric_random import random_submissions
from forge_runtime.probes.metric_submissions import Try, faulty, spoilt, twice, useless
from forge_runtime.probes.metric_trials import SEED, Contract, written

Json = dict[str, Any]

CALL_SECONDS = 5.0
NOISE_ROWS = 600
NOISE_SEEDS = 4
NOISE_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
LARGE_ROWS = 50_000
# Two thousand rows in another order show a grader that goes by position as well as a million do, unless it goes by
# position in large tables alone: for that all rows are shuffled once, with every prediction right. Fewer would be one
# batch of a grader that takes the mean of scores of a thousand rows each, which right predictions do not show.
REARRANGED_ROWS = 2_000
WHOLE_NUMBER = r"0|[1-9]\d{0,14}"
"""Ids that become decimal numbers when a table with a gap is joined; longer ones would lose digits."""
SMALL_ROWS = (1_000, 2_000)
"""Of the blocks whose growth is measured before that of LARGE_ROWS / 10; fewer rows show none: a search per row takes
a quarter of a second at ten times as many."""
NOTICEABLE = 2.0
"""Seconds; less does not count: NOTICEABLE_SECONDS of the rule that judges growth."""


def run(args: Json, paths: dict[str, Path]) -> Json:
    """The mount `package` is the task folder. Equal packages give equal results, `slow` apart.

    `args.part` is `forms` (submissions in many forms) or `figures` (odd parts, noise, definition and growth), so that
    two jobs can share the work; without it everything is tried.
    """
    package = load_package(paths)
    file = package.folder / "metric.py"
    source = file.read_text(encoding="utf-8")
    grader = Grader(file, source, float(args.get("seconds", CALL_SECONDS)))
    space: dict[str, Any] = {}
    loaded = grader.guard(lambda: space.update(vars(package.metric())))
    invalid = space.get("InvalidSubmissionError")
    grader.invalid = invalid if isinstance(invalid, type) and issubclass(invalid, BaseException) else None
    result: Json = {
        "loaded": written(loaded),
        "lines": _definitions(source),
        "problem": None,
        "calls": [],
        "noise": [],
        "slow": None,
        "varied": False,
        "reference": None,
        "convention": None,
        "unscored": None,
        "files": [],
    }
    if loaded.outcome == "scored" and callable(space.get("evaluate")):
        try:
            contract = Contract(package, grader, space)
            part = args.get("part")
            if part != "figures":
                _try_forms(contract, result)
                result["files"] = whole_files(package, contract, space)
            if part != "forms":
                _measure(contract, result)
            result["calls"] = contract.calls
        except PackageError as error:
            result["problem"] = str(error)
        except Exception as error:
            if not grader.watch.replaced() and not grader.lost:
                raise
            # The trials themselves rest on the libraries that the grader has changed under them.
            told = f"metric.py changes its libraries so that nothing works after it ({type(error).__name__})"
            result["problem"] = told
    elif loaded.outcome == "scored":
        result["problem"] = "metric.py defines no function evaluate"
    return {
        **result,
        "events": grader.watch.events,
        "replaced": sorted({*grader.watch.replaced(), *(f"sys.modules {name}" for name in sorted(grader.lost)[:5])}),
        "printed": grader.sink.characters,
    }


def _try_forms(contract: Contract, result: Json) -> None:
    first = contract.told(Try("perfect", "perfect", "every prediction is right", contract.perfect), contract.answers)
    result["varied"] = bool(contract.few_answers[contract.manifest.targets].nunique().max() > 1)
    if first.outcome == "timeout":
        return
    order = np.random.default_rng(SEED).permutation(len(contract.perfect))
    turned = contract.perfect.iloc[order].reset_index(drop=True)
    shuffled = Try("perfect, shuffled", "perfect", "every row is shuffled", turned)
    contract.told(shuffled, contract.answers, validate=False)  # Fewer rows, shuffled, are told to it below.
    _same_answers(contract)
    _round_trips(contract)
    _spellings(contract)
    for attempt in faulty(contract.wrong, contract.manifest):
        contract.told(attempt, contract.few_answers, refuse=True)
    for attempt in useless(contract.few, contract.manifest):
        contract.told(attempt, contract.few_answers)
    for attempt in twice(contract.few, contract.manifest):
        contract.told(attempt, contract.few_answers)


def _measure(contract: Contract, result: Json) -> None:
    # Whoever does not come to an end with the right answers is not asked for more.
    first = (
        contract.calls[0]["outcome"] if contract.calls else contract.score(contract.perfect, contract.answers).outcome
    )
    if first == "timeout":
        return
    try_parts(contract)
    result["noise"] = _noise(contract)
    result.update(by_definition(contract, min(len(contract.perfect), NOISE_ROWS)))
    result["slow"] = _growth(contract)


def _same_answers(contract: Contract) -> None:
    """Rearrangements of one imperfect submission, which must all score the same."""
    generator = np.random.default_rng(SEED)
    answers, perfect = contract.sample(REARRANGED_ROWS)
    rows = np.arange(len(answers))
    frame = spoilt(perfect, contract.names, 0.3, generator.permutation(rows), generator)
    order = generator.permutation(rows)
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

    tries = [
        (default(frame), answers, "the submission is read with plain pd.read_csv"),
        (frame, default(answers), "the answers are read with plain pd.read_csv"),
        (default(frame), default(answers), "both files are read with plain pd.read_csv"),
        (frame.assign(**{key: _as_text(frame)[key]}), default(answers), "ids are text here and numbers in the answers"),
    ]
    for submission, truth, change in tries:
        contract.told(Try(change, "round trip", change, submission), truth)


def _spellings(contract: Contract) -> None:
    """Predictions with many digits, as they are and in spellings that other programs read or write."""
    answers, key = contract.few_answers, contract.manifest.id_column
    frame = next(random_submissions(contract.manifest, contract.few, answers, SEED)).frame
    spelt = {"the tables are as they are": frame, "every cell of the submission is text": _as_text(frame)}
    if frame[key].astype(str).str.fullmatch(WHOLE_NUMBER).all():
        spelt["the ids of the submission are decimal numbers"] = frame.assign(**{key: frame[key].astype(float)})
    for change, submission in spelt.items():
        contract.told(Try(change, "spelling", change, submission), answers)


def _as_text(table: pd.DataFrame) -> pd.DataFrame:
    return pd.read_csv(StringIO(table.to_csv(index=False)), dtype=str, keep_default_na=False)


def _noise(contract: Contract) -> list[Json]:
    """Mean score as more and more predictions are dealt out anew, the rows spoilt first staying spoilt."""
    rows = min(len(contract.perfect), NOISE_ROWS)
    answers = contract.answers.head(rows)
    perfect = contract.perfect.head(rows)
    scores: dict[float, list[float]] = {share: [] for share in NOISE_SHARES}
    for seed in range(NOISE_SEEDS):
        order = np.random.default_rng(seed).permutation(rows)
        for share in NOISE_SHARES:
            if share == 0 and seed > 0:
                scores[share].append(scores[share][0])
                continue
            end = contract.score(
                spoilt(perfect, contract.names, share, order, np.random.default_rng(seed + 100)), answers
            )
            if end.score is None or not np.isfinite(end.score):
                return []
            scores[share].append(end.score)
    spread = {share: float(np.std(values)) for share, values in scores.items()}
    return [{"share": share, "mean": float(np.mean(values)), "sd": spread[share]} for share, values in scores.items()]


def _growth(contract: Contract) -> Json:
    """Processor seconds for a block of rows and for ten times as many, more of them unless few are surely quick."""
    most = min(len(contract.perfect), LARGE_ROWS // 10)
    measured = _tenfold(contract, SMALL_ROWS[0])
    for rows in (*SMALL_ROWS[1:], most):
        # What LARGE_ROWS take if the time grows with the square of the rows.
        longest = measured["tenfold"] * (LARGE_ROWS / (10 * measured["rows"])) ** 2
        if rows <= measured["rows"] or longest < NOTICEABLE or measured["outcome"] == "timeout":
            break
        measured = _tenfold(contract, rows)
    return measured


def _tenfold(contract: Contract, small: int) -> Json:
    """A small test part is repeated under new ids. The submission is shuffled: a grader that finds all rows in place
    need not search."""
    first, big = (_repeated(contract, rows) for rows in (small, 10 * small))
    started = time.process_time()
    contract.score(*first)
    middle = time.process_time()
    end = contract.score(*big)
    return {
        "rows": small,
        "seconds": round(middle - started, 3),
        "tenfold": round(time.process_time() - middle, 3),
        "outcome": end.outcome,
    }


def _repeated(contract: Contract, rows: int) -> list[pd.DataFrame]:
    """The perfect submission and the answers, cut or repeated to so many rows with ids of their own."""
    places = np.arange(rows) % len(contract.perfect)
    ids = {contract.manifest.id_column: [str(10**9 + row) for row in range(rows)]}
    perfect, answers = (
        frame.iloc[places].reset_index(drop=True).assign(**ids) for frame in (contract.perfect, contract.answers)
    )
    return [perfect.iloc[np.random.default_rng(SEED).permutation(rows)].reset_index(drop=True), answers]


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
