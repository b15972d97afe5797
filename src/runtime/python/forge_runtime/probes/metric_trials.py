"""One grader under trial: what it is asked, and how each call is written down."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.package import Manifest, Package, perfect_submission
from forge_runtime.probes.metric_calls import Call, Grader
from forge_runtime.probes.metric_reference import Expected
from forge_runtime.probes.metric_submissions import Try, fold, spoilt

Json = dict[str, Any]

SEED = 20
FULL_ROWS = 20_000
LARGEST_TEXT = 4_000
REVEALING = {"perfect", "repeat", "rows", "column order", "twice", "degenerate"}
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
        rows = self._fold = fold(self.answers, self.manifest.targets[0], SEED)
        self.few_answers = self.answers.loc[rows].reset_index(drop=True)
        self.few = self.perfect.loc[rows].reset_index(drop=True)
        # Faults are planted into wrong predictions, so that a counterexample in a report gives no answer away.
        generator = np.random.default_rng(SEED)
        self.wrong = spoilt(self.few, self.names, 1.0, generator.permutation(len(rows)), generator)
        self.calls: list[Json] = []
        self._turned: tuple[pd.DataFrame, pd.DataFrame] | None = None

    def sample(self, rows: int) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Answers and right predictions of `rows` rows in file order, with those of the fold: every class is there."""
        drawn = np.random.default_rng(SEED).permutation(len(self.answers))[:rows]
        chosen = self.answers.index[drawn].union(self._fold, sort=True)
        answers, perfect = (table.loc[chosen].reset_index(drop=True) for table in (self.answers, self.perfect))
        return answers, perfect

    def score(self, submission: Any, answers: pd.DataFrame) -> Call:
        return self.grader.call(self.evaluate, submission, answers)

    def told(
        self,
        attempt: Try,
        answers: pd.DataFrame,
        *,
        refuse: bool = False,
        validate: bool = True,
        expected: Expected | None = None,
        promised: bool = True,
    ) -> Call:
        """Scores, notes how it ended, and with `validate` asks validate_submission the same question. A time-out ends
        the trials."""
        end = self.score(attempt.frame, answers) if not self.grader.stopped else Call("timeout")
        checked = None
        if validate and self.validate is not None and not self.grader.stopped:
            checked = self.grader.call(self.validate, attempt.frame, answers)
        self.calls.append(
            {
                "name": attempt.name,
                "group": attempt.group,
                "change": attempt.change,
                "rows": len(answers),
                **written(end),
                "validated": None if checked is None else written(checked),
                "depends": refuse and self._depends(attempt, answers, end, checked),
                "expected": None if expected is None else expected.score,
                "settled": expected is not None and expected.settled and promised,
                "submission": _csv(attempt.frame) if attempt.group not in REVEALING else None,
            }
        )
        return end

    def _depends(self, attempt: Try, answers: pd.DataFrame, *ends: Call | None) -> bool:
        """Whether a refusal says something else when other answers stand behind the same ids."""
        if self.grader.stopped:
            return False
        if self._turned is None or self._turned[0] is not answers:
            self._turned = answers, dealt_anew(answers, self.manifest.id_column)
        turned = self._turned[1]
        asked = list(zip((self.evaluate, self.validate), ends, strict=True))
        if len({(end.message, end.line) for end in ends if end is not None}) == 1:
            del asked[1:]  # One statement speaks for both.
        for function, end in asked:
            if function is None or end is None or end.outcome == "scored":
                continue
            other = self.grader.call(function, attempt.frame, turned)
            if tells(end.message, other.message, answers[self.manifest.targets[0]]):
                return True
        return False


def dealt_anew(answers: pd.DataFrame, key: str) -> pd.DataFrame:
    """The same answers behind other ids: every row gets one that differs from its own, as long as no answer is behind
    more than half of the ids."""
    targets = [name for name in answers.columns if name != key]
    values = answers[targets].to_numpy(dtype=object)
    first = answers[targets[0]].astype(str)
    order = np.argsort(first.to_numpy(), kind="stable")
    dealt = np.empty_like(values)
    dealt[order] = values[np.roll(order, int(first.value_counts().iloc[0]))]
    turned = answers.copy()
    turned[targets] = dealt
    return turned.astype(answers.dtypes.to_dict())


def tells(message: str, other: str, answers: pd.Series[Any]) -> bool:
    """Whether two refusals differ by more than the order of a list of classes, each named once."""
    if message == other:
        return False
    words = re.findall(r"[\w.+-]+", message)
    values = set(answers.astype(str))
    repeated = [word for word in words if word in values]
    return sorted(words) != sorted(re.findall(r"[\w.+-]+", other)) or len(repeated) > len(set(repeated))


def written(call: Call) -> Json:
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
