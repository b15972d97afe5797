"""Scores on drawn rows by the definition of a metric are those of metric.py, or metric.py is asked itself."""

from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from forge_runtime.execute import draws
from forge_runtime.package import Manifest
from metric_files import LABEL_METRICS, LEVEL_METRICS, NUMBER_METRICS, PROBABILITY_METRICS, TARGET, answers, load, noisy

DEFINED = [*LABEL_METRICS, *LEVEL_METRICS, *NUMBER_METRICS, *PROBABILITY_METRICS, "log_loss"]


def manifest_of(name: str) -> Manifest:
    module = load(name)
    metric = {"mae_of_levels": "mae"}.get(name, name.replace("_", "-"))
    classes = list(getattr(module, "CLASSES", []))

    def column(label: str, dtype: str, of: str | None, **more: Any) -> dict[str, Any]:
        return {"name": label, "dtype": dtype, "of": {"column": TARGET, "class": of}, **more}

    if name == "log_loss":
        columns = [column(f"prob_{label}", "probability", label) for label in classes]
    elif name in PROBABILITY_METRICS:
        columns = [column(TARGET, "probability", module.POSITIVE)]
    elif classes:
        columns = [column(TARGET, "label", None, allowed=classes)]
    else:
        columns = [column(TARGET, "number", None)]
    return Manifest(
        {
            "target": {"columns": [TARGET]},
            "metric": {"name": metric},
            "submission": {"id_column": "id", "columns": columns},
        }
    )


def drawn(name: str, metric: Any, rows: int = 30) -> tuple[list[float | None], int]:
    """The scores on 60 draws, and how often metric.py was called."""
    truth = answers(name, rows).sort_values("id").reset_index(drop=True)
    submission = noisy(name, truth)
    calls = 0

    def evaluate(given: pd.DataFrame, actual: pd.DataFrame) -> float:
        nonlocal calls
        calls += 1
        return float(metric.evaluate(given, actual))

    generator = np.random.default_rng(3)
    some = [generator.integers(0, rows, rows) for _ in range(60)]
    score = float(metric.evaluate(submission, truth))
    counted: Any = SimpleNamespace(evaluate=evaluate)
    return draws.score_draws(counted, manifest_of(name), (submission, truth), score, some), calls


@pytest.mark.parametrize("name", DEFINED)
def test_the_definition_scores_every_draw_as_the_metric_does(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick, calls = drawn(name, load(name), rows=9)
    assert calls < 60 or name == "r2"
    monkeypatch.setattr(draws, "definition", lambda *_: None)
    slow, calls = drawn(name, load(name), rows=9)
    assert calls == 60
    assert quick == pytest.approx(slow, rel=1e-9, abs=1e-12)


def altered(evaluate: Any) -> ModuleType:
    module = ModuleType("altered")
    module.evaluate = evaluate  # type: ignore[attr-defined]
    return module


def test_a_metric_that_is_not_what_its_name_says_scores_its_draws_itself() -> None:
    honest = load("mae")
    other = altered(lambda given, actual: honest.evaluate(given, actual) ** 0.5)
    scores, calls = drawn("mae", other)
    assert calls == 60
    assert scores == pytest.approx([(score or 0) ** 0.5 for score in drawn("mae", honest)[0]])


def test_a_metric_that_differs_only_where_a_class_is_missing_scores_its_draws_itself() -> None:
    honest = load("balanced_accuracy")

    def strict(given: pd.DataFrame, actual: pd.DataFrame) -> float:
        share = actual[TARGET].nunique() / len(honest.CLASSES)
        return float(honest.evaluate(given, actual) * share)

    scores, calls = drawn("balanced_accuracy", altered(strict), rows=6)
    assert calls == 60
    assert min(score or 0 for score in scores) < min(score or 0 for score in drawn("balanced_accuracy", honest, 6)[0])


def test_a_metric_that_is_undefined_without_one_of_its_answers_scores_its_draws_itself() -> None:
    honest = load("mae")

    def fragile(given: pd.DataFrame, actual: pd.DataFrame) -> float:
        return float(honest.evaluate(given, actual)) if actual[TARGET].max() > 14 else float("nan")

    truth = answers("mae", 30)[TARGET]
    assert (truth > 14).sum() == 1
    scores, calls = drawn("mae", altered(fragile))
    assert calls == 60
    assert 10 < scores.count(None) < 40


def test_a_metric_that_is_undefined_on_a_draw_gives_none_there() -> None:
    honest = load("accuracy")

    def fragile(given: pd.DataFrame, actual: pd.DataFrame) -> float:
        if actual[TARGET].nunique() < len(honest.CLASSES):
            raise ValueError("a class is missing")
        return float(honest.evaluate(given, actual))

    scores, _ = drawn("accuracy", altered(fragile), rows=6)
    assert None in scores
    assert any(score is not None for score in scores)
