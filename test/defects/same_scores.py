"""Whether two graders can be told apart: both judge many random submissions, good, bad and broken ones.

python same_scores.py FOLDER < [{"package", "source"}, ...] prints which score as that.
"""

from __future__ import annotations

import importlib.util
import json
import math
import multiprocessing.pool
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src/runtime/python"))

from forge_runtime.package import Package, perfect_submission
from forge_runtime.probes.metric_submissions import faulty, useless

SUBMISSIONS = 300
ROWS = (1, 2, 3, 5, 12, 40, 160)
SECONDS = 5


def differs(one: Path, other: Path) -> bool:
    """True as soon as a submission gets another score, or is refused by one of the two only."""
    package = Package(one)
    graders = [_load(folder / "metric.py", f"grader_{place}") for place, folder in enumerate((one, other))]
    if graders[1] is None or graders[0] is None:
        return True
    random = np.random.default_rng(1)
    answers = package.answers()
    for number in range(SUBMISSIONS):
        rows = ROWS[number % len(ROWS)]
        truth = answers.iloc[random.permutation(len(answers))[:rows]].reset_index(drop=True)
        if number % 6 == 5:
            truth = _with_zeros(package, truth)
        submission = _submission(package, truth, random, number)
        if _ended(graders[0], submission, truth) != _ended(graders[1], submission, truth):
            return True
    few = answers.head(12).reset_index(drop=True)
    perfect = perfect_submission(package.manifest, few)
    tries = [*faulty(perfect, package.manifest), *useless(perfect, package.manifest)]
    return any(_ended(graders[0], t.frame, few) != _ended(graders[1], t.frame, few) for t in tries)


def _with_zeros(package: Package, truth: pd.DataFrame) -> pd.DataFrame:
    """Every second number is 0, as no answer of the package is."""
    numbers = [name for name in package.manifest.targets if truth[name].dtype.kind == "f"]
    return truth.assign(**{name: truth[name].where(truth.index % 2 == 1, 0.0) for name in numbers})


def _submission(package: Package, truth: pd.DataFrame, random: Any, number: int) -> pd.DataFrame:
    """A valid submission, from perfect to chance, in any order, with ids and labels in other types now and then."""
    manifest = package.manifest
    frame = perfect_submission(manifest, truth).copy()
    share = random.random() if number % 5 else 0.0
    for column in manifest.submission_columns:
        name = str(column["name"])
        wrong = random.random(len(frame)) < share
        values = frame[name].to_numpy(dtype=object).copy()
        if column["dtype"] == "probability":
            noise = random.random(len(frame)).round(int(random.integers(1, 6)))
            values = np.where(wrong, noise, values.astype(float))
        elif column["dtype"] == "number":
            scale = float(np.std(values.astype(float))) or 1.0
            values = np.where(wrong, np.abs(values.astype(float) + random.normal(0, scale, len(frame))), values)
            values = values.astype(float)
            if number % 11 == 3:
                values = np.round(values)
            if number % 13 == 4:
                values = np.zeros(len(frame))
        elif column["dtype"] == "ranked-list":
            items = sorted({item for cell in package.answers()[manifest.targets[0]] for item in str(cell).split()})
            lists = [" ".join(random.permutation(items)[: int(random.integers(1, 13))]) for _ in range(len(frame))]
            values = np.where(wrong, np.array(lists, dtype=object), values)
        else:
            labels = np.array(column.get("allowed") or sorted(set(values)), dtype=object)
            values = np.where(wrong, random.choice(labels, len(frame)), values)
            if number % 7 == 2:
                values = np.full(len(frame), labels[int(random.integers(0, len(labels)))], dtype=object)
        frame[name] = values
    names = [str(column["name"]) for column in manifest.submission_columns]
    if len(names) > 1 and all(column["dtype"] == "probability" for column in manifest.submission_columns):
        total = frame[names].astype(float).sum(axis=1)
        frame[names] = frame[names].astype(float).div(total.where(total > 0, 1), axis=0)
    if number % 3:
        frame = frame.sample(frac=1, random_state=number)
    if number % 4 == 1:
        frame[manifest.id_column] = frame[manifest.id_column].astype(str)
    return frame.astype(str) if number % 8 == 6 else frame


def _ended(grader: Any, submission: pd.DataFrame, answers: pd.DataFrame) -> str:
    """How a call ends, with scores compared up to rounding errors; wording is not part of it."""
    ends = []
    for function in (grader.evaluate, grader.validate_submission):
        given = (submission.copy(), answers.copy())
        try:
            with _Alarm():
                value = function(*given)
            score = f"{value:.9g}" if isinstance(value, float) and math.isfinite(value) else repr(value)
            ends.append(f"{type(value).__name__} {score}")
        except BaseException as error:  # noqa: BLE001  any end of a mutant is compared
            ends.append(type(error).__name__)
        ends.append("same" if given[0].equals(submission) and given[1].equals(answers) else "changed")
    return json.dumps(ends)


class _TooLongError(Exception):
    pass


class _Alarm:
    def __enter__(self) -> None:
        def ring(_signal: int, _frame: FrameType | None) -> None:
            raise _TooLongError

        signal.signal(signal.SIGALRM, ring)
        signal.alarm(SECONDS)

    def __exit__(self, *_: object) -> None:
        signal.alarm(0)


def _load(file: Path, name: str) -> ModuleType | None:
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception:  # noqa: BLE001  a mutant that cannot be loaded differs
        return None
    return module


def _same(job: tuple[str, dict[str, str]]) -> bool:
    folder, mutant = job
    sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115  closed with the process
    base = Path(tempfile.mkdtemp(prefix="mutant-"))
    try:
        (base / "metric.py").write_text(mutant["source"], encoding="utf-8")
        return not differs(Path(folder) / mutant["package"], base)
    finally:
        shutil.rmtree(base, ignore_errors=True)


def main() -> None:
    jobs = [(sys.argv[1], mutant) for mutant in json.load(sys.stdin)]
    out = sys.stdout
    with multiprocessing.get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        json.dump(pool.map(_same, jobs, chunksize=1), out)


if __name__ == "__main__":
    main()
