"""Job: grades the submissions of the cheating solvers, all in one, each as `grade` would."""

from __future__ import annotations

import contextlib
import math
import os
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.execute.draws import Tables, draws_of, score_draws
from forge_runtime.execute.grade import grade
from forge_runtime.execute.kept_modules import kept_modules
from forge_runtime.execute.time_limit import TimeUpError, time_limit
from forge_runtime.package import Package
from forge_runtime.probes.metric_calls import Sink
from forge_runtime.probes.metric_trials import dealt_anew, tells

Json = dict[str, Any]

SEED = 31
SHUFFLES = 20
ANSWER_LINES = 200
# A grader that hangs more often will not be let hang a hundred times.
MAX_STUCK = 2
# Submissions in front that follow the rules.
PLAIN = 2


class Panel:
    """The grader, its answers, and what each submission got."""

    def __init__(self, package: Package, folder: Path, args: Json) -> None:
        self.package, self.folder = package, folder
        self.answers = package.answers()
        self.metric: ModuleType = package.metric()
        self.seconds, self.draws = float(args["seconds"]), int(args["draws"])
        self.sign = -1.0 if package.manifest.direction == "minimize" else 1.0
        self.results: dict[str, Json] = {}
        self._tables: dict[str, Tables] = {}
        self._heard: dict[str, bool] = {}
        self._owner = os.getpid()
        self.stuck = 0

    def grade(self, name: str) -> None:
        """Grades one file, with a limit of its own."""
        # The last line of the log tells at which submission a grader took the whole job down.
        os.write(1, f"grading {name}\n".encode())
        started = time.process_time()
        result, tables = self._guarded(name, self.answers)
        seconds = time.process_time() - started
        self.results[name] = {**result, "seconds": round(seconds, 3), "speaks": False, "resampled": [], "shuffled": []}
        if tables is not None:
            self._tables[name] = tables

    def _guarded(self, name: str, answers: pd.DataFrame) -> tuple[Json, Tables | None]:
        quiet = Sink()  # one for each call: a grader may close it
        try:
            with (
                kept_modules(set()),
                time_limit(self.seconds),
                contextlib.redirect_stdout(quiet),
                contextlib.redirect_stderr(quiet),
            ):
                return grade(self.metric, self.package.manifest, self.folder / f"{name}.csv", answers)
        except TimeUpError:
            self.stuck += 1
            return {"kind": "timeout", "message": "it does not come to an end"}, None
        except BaseException as error:  # noqa: BLE001  what foreign code raises is a result, SystemExit too
            return {"kind": "broken", "message": f"{type(error).__name__}: {_text(error)}"}, None
        finally:
            if os.getpid() != self._owner:
                os._exit(0)  # the grader forked: the copy of this job must not go on

    def listen(self, name: str) -> None:
        """Notes whether the refusal of a submission says something else when other answers stand behind the ids."""
        result = self.results[name]
        if result["kind"] not in {"invalid", "broken"}:
            return
        known = self._heard.get(result["message"])
        if known is not None:
            result["speaks"] = known
            return
        other, _ = self._guarded(name, dealt_anew(self.answers, self.package.manifest.id_column))
        if other["kind"] in {"invalid", "broken"}:
            result["speaks"] = tells(
                result["message"], other["message"], self.answers[self.package.manifest.targets[0]]
            )
        self._heard[result["message"]] = result["speaks"]

    def better(self, name: str, than: float) -> bool:
        result = self.results[name]
        return bool(result["kind"] == "valid" and self.sign * (result["score"] - than) > 0)

    def resample(self, name: str) -> None:
        """Scores on drawn test rows, the same draws for all."""
        if self.results[name]["resampled"] or name not in self._tables:
            return
        tables = self._tables[name]
        draws = draws_of(self.answers, self.package, self.draws, SEED)
        score = float(self.results[name]["score"])
        self.results[name]["resampled"] = score_draws(self.metric, self.package.manifest, tables, score, draws)

    @property
    def resampled(self) -> bool:
        return any(result["resampled"] for result in self.results.values())

    def shuffle(self, name: str) -> None:
        """Scores of the same predictions dealt out to other ids: what they are worth without knowing any row."""
        submission, truth = self._tables[name]
        generator = np.random.default_rng(SEED)
        names = self.package.manifest.prediction_names
        for _ in range(SHUFFLES):
            dealt = submission.copy()
            dealt[names] = submission[names].to_numpy()[generator.permutation(len(submission))]
            with contextlib.suppress(Exception):
                score = float(self.metric.evaluate(dealt.astype(submission.dtypes.to_dict()), truth.copy()))
                if math.isfinite(score):
                    self.results[name]["shuffled"].append(score)


def run(args: Json, paths: dict[str, Path]) -> Json:
    """Mounts: `package` and `submissions`, the work folder of the cheating solvers. `args`: `names` of the files (the
    floor, the sample submission, then the others), `floor` (the constant baseline), `mixes` (draws of random guesses by
    kind), `guesses` (which might know something), `blind` (which cannot), `forms`, `seconds` each and `draws`.

    Resampling is slow: only what scores better than the floor is resampled, and shuffled when it might know something.
    A grader that hangs, or that fails on the first two already, is asked no more: `stopped`, `fails`.
    """
    panel = Panel(Package(paths["package"]), paths["submissions"], args)
    told: Json = {"rows": len(panel.answers), "results": panel.results, "stopped": False, "fails": False}
    told["loot"] = _answers_in(paths)
    for number, name in enumerate(args["names"], start=1):
        panel.grade(name)
        told["stopped"] = panel.stuck >= MAX_STUCK
        told["fails"] = number == PLAIN and all(result["kind"] == "broken" for result in panel.results.values())
        if told["stopped"] or told["fails"]:
            return told
    for name in args["forms"]:
        panel.listen(name)
    floor = panel.results.get(args["floor"])
    if floor is not None and floor["kind"] == "valid":
        _look_closer(panel, args, float(floor["score"]))
    return told


def _look_closer(panel: Panel, args: Json, floor: float) -> None:
    def best_first(names: list[str]) -> list[str]:
        return sorted(
            (n for n in names if panel.better(n, floor)), key=lambda n: -panel.sign * panel.results[n]["score"]
        )

    for name in best_first(args["guesses"]):
        panel.resample(name)
        panel.shuffle(name)
    for names in args["blind"]:
        for name in best_first(names)[:1]:
            panel.resample(name)
    for names in args["mixes"].values():
        scored = sorted(
            (n for n in names if panel.results[n]["kind"] == "valid"), key=lambda n: panel.results[n]["score"]
        )
        middle = scored[len(scored) // 2] if scored else None
        # Chance is the floor as soon as its mean is better: what beat a constant is then compared with this draw.
        if middle is not None and (panel.better(middle, floor) or panel.resampled):
            panel.resample(middle)
    if panel.resampled:
        panel.resample(args["floor"])


def _answers_in(paths: dict[str, Path]) -> list[Json]:
    """How many lines of the answers each file of the loot holds, of the first few hundred."""
    folder = paths["submissions"] / "loot"
    private = paths["package"] / "data/private/test_answer.csv"
    if not folder.is_dir() or not private.is_file():
        return []
    lines = private.read_bytes().split(b"\n")[1 : ANSWER_LINES + 1]
    wanted = {line.strip() for line in lines if line.strip()}
    told = []
    for file in sorted(folder.iterdir(), key=lambda path: int(path.name)):
        held = {line.strip() for line in file.read_bytes().split(b"\n")}
        told.append({"number": int(file.name), "lines": len(wanted & held), "of": len(wanted)})
    return told


def _text(error: BaseException) -> str:
    try:
        return str(error)[:500]
    except BaseException:  # noqa: BLE001  __str__ of a hostile exception
        return ""
