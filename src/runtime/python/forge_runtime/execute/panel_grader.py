"""The grader of a task before the panel of cheating solvers: what it makes of each submission, as `grade` would."""

from __future__ import annotations

import contextlib
import functools
import math
import os
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.execute.cheat_tables import PLAIN, TableFolder
from forge_runtime.execute.draws import Tables, draws_of, score_draws
from forge_runtime.execute.grade import aligned, judged, read_submission, require_ids
from forge_runtime.execute.kept_modules import kept_modules
from forge_runtime.execute.time_limit import TimeUpError, time_limit
from forge_runtime.package import Package
from forge_runtime.probes.metric_calls import Sink
from forge_runtime.probes.metric_trials import dealt_anew, tells

Json = dict[str, Any]

SEED = 31
SHUFFLES = 20


class Panel:
    """The grader, its answers, and what each submission got."""

    def __init__(self, package: Package, paths: dict[str, Path], args: Json) -> None:
        self.package, self.folder = package, paths["submissions"]
        self._placed = {str(args["floor"]): paths["floor"]} if "floor" in paths else {}
        self.answers = package.answers()
        self.metric: ModuleType = package.metric()
        self.seconds, self.draws = float(args["seconds"]), int(args["draws"])
        self.sign = -1.0 if package.manifest.direction == "minimize" else 1.0
        self._all, self._few = (TableFolder(self.folder / n) for n in ("tables", "part"))
        self.results: dict[str, Json] = {}
        self._heard: dict[tuple[bool, str], bool] = {}
        self._owner = os.getpid()
        self.stuck = 0
        self._turned: dict[bool, pd.DataFrame] = {}
        self._refused_in_part: set[str] = set()

    @functools.cached_property
    def _part(self) -> pd.DataFrame | None:
        """The answers to the rows that the part of the forms has; None without one, or where the grader does not score
        an honest submission of so few rows."""
        plain, key = self._few.get(PLAIN), self.package.manifest.id_column
        if plain is None or key not in plain or key not in self.answers:
            return None
        rows = self.answers[self.answers[key].isin(plain[key])].reset_index(drop=True)
        return rows if self._guarded(lambda: plain, rows)["kind"] == "valid" else None

    def grade(self, name: str, *, bent: bool = False) -> None:
        """Grades one file, with a limit of its own. What bends the form is asked with few rows first: only what is not
        refused there has to be asked with all of them."""
        # The last line of the log tells at which submission a grader took the whole job down.
        os.write(1, f"grading {name}\n".encode())
        started = time.process_time()
        result = self._in_part(name) if bent and self._part is not None else None
        if result is None:
            result = self._guarded(lambda: self._submission(name), self.answers)
        seconds = time.process_time() - started
        self.results[name] = {**result, "seconds": round(seconds, 3), "speaks": False, "resampled": [], "shuffled": []}

    def _in_part(self, name: str) -> Json | None:
        """The refusal of a form with few rows; None when it is no refusal, or cannot be had."""
        table = self._few.get(name)
        if table is None or self._part is None:
            return None
        result = self._guarded(lambda: table, self._part)
        if result["kind"] != "invalid":
            return None
        self._refused_in_part.add(name)
        return result

    def _submission(self, name: str) -> pd.DataFrame | Json:
        table = self._all.get(name)
        if table is not None:
            return table
        return read_submission(self._placed.get(name, self.folder / f"{name}.csv"), self.package.manifest)

    def _guarded(self, read: Callable[[], pd.DataFrame | Json], answers: pd.DataFrame) -> Json:
        quiet = Sink()  # one for each call: a grader may close it
        try:
            with (
                kept_modules(set()),
                time_limit(self.seconds),
                contextlib.redirect_stdout(quiet),
                contextlib.redirect_stderr(quiet),
            ):
                submission = read()
                if isinstance(submission, dict):
                    return submission
                result = judged(self.metric, submission, answers)
                if result["kind"] == "valid":
                    require_ids(self.package.manifest, submission, answers)
                return result
        except TimeUpError:
            self.stuck += 1
            return {"kind": "timeout", "message": "it does not come to an end"}
        except BaseException as error:  # noqa: BLE001  what foreign code raises is a result, SystemExit too
            return {"kind": "broken", "message": f"{type(error).__name__}: {_text(error)}"}
        finally:
            if os.getpid() != self._owner:
                os._exit(0)  # the grader forked: the copy of this job must not go on

    def listen(self, name: str) -> None:
        """Notes whether the refusal of a submission says something else when other answers stand behind the ids."""
        result = self.results[name]
        if result["kind"] not in {"invalid", "broken"}:
            return
        few = name in self._refused_in_part
        known = self._heard.get((few, result["message"]))
        if known is None:
            known = self._heard[few, result["message"]] = self._speaks(name, result["message"], few=few)
        result["speaks"] = known

    def _speaks(self, name: str, message: str, *, few: bool) -> bool:
        answers = self._part if few and self._part is not None else self.answers
        if few not in self._turned:
            self._turned[few] = dealt_anew(answers, self.package.manifest.id_column)
        table = self._few.get(name) if few else None
        other = self._guarded(lambda: self._submission(name) if table is None else table, self._turned[few])
        return other["kind"] in {"invalid", "broken"} and tells(
            message, other["message"], answers[self.package.manifest.targets[0]]
        )

    def better(self, name: str, than: float) -> bool:
        result = self.results[name]
        return bool(result["kind"] == "valid" and self.sign * (result["score"] - than) > 0)

    def resample(self, name: str) -> None:
        """Scores on drawn test rows, the same draws for all."""
        if self.results[name]["resampled"] or self.results[name]["kind"] != "valid":
            return
        tables = self._aligned(name)
        draws = draws_of(self.answers, self.package, self.draws, SEED)
        score = float(self.results[name]["score"])
        self.results[name]["resampled"] = score_draws(self.metric, self.package.manifest, tables, score, draws)

    def _aligned(self, name: str) -> Tables:
        submission = self._submission(name)
        if isinstance(submission, dict):
            raise TypeError(f"{name} was graded and cannot be read")
        return aligned(self.package.manifest, submission, self.answers)

    @property
    def resampled(self) -> bool:
        return any(result["resampled"] for result in self.results.values())

    def shuffle(self, name: str) -> None:
        """Scores of the same predictions dealt out to other ids: what they are worth without knowing any row."""
        submission, truth = self._aligned(name)
        generator = np.random.default_rng(SEED)
        names = self.package.manifest.prediction_names
        for _ in range(SHUFFLES):
            dealt = submission.copy()
            dealt[names] = submission[names].to_numpy()[generator.permutation(len(submission))]
            with contextlib.suppress(Exception):
                score = float(self.metric.evaluate(dealt.astype(submission.dtypes.to_dict()), truth.copy()))
                if math.isfinite(score):
                    self.results[name]["shuffled"].append(score)


def _text(error: BaseException) -> str:
    try:
        return str(error)[:500]
    except BaseException:  # noqa: BLE001  __str__ of a hostile exception
        return ""
