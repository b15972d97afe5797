"""The generated metrics that the golden files hold, and small submissions for them."""

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd

GOLDEN = Path(__file__).parents[1] / "golden" / "metric-code"
TREES = ["ash", "birch", "cedar"]
LEVELS = ["low", "middle", "high", "top"]
TARGET = "target"

LABEL_METRICS = {"accuracy": TREES, "balanced_accuracy": TREES, "macro_f1": TREES, "mcc": TREES}
LEVEL_METRICS = {"quadratic_kappa": LEVELS, "mae_of_levels": LEVELS}
NUMBER_METRICS = ["rmse", "mae", "rmsle", "mape", "smape", "r2", "spearman", "pinball"]
PROBABILITY_METRICS = ["roc_auc", "average_precision"]
RANKED_METRICS = ["map_at_k", "ndcg_at_k"]
ALL_METRICS = sorted(path.stem for path in GOLDEN.glob("*.py"))
BEST = {"rmse": 0, "mae": 0, "rmsle": 0, "mape": 0, "smape": 0, "pinball": 0, "log_loss": 0, "mae_of_levels": 0}


@cache
def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"golden_{name}", GOLDEN / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answers(name: str, rows: int = 40, seed: int = 0) -> pd.DataFrame:
    """True values that the metric can score, under shuffled ids."""
    random = np.random.default_rng(seed)
    table = pd.DataFrame({"id": random.permutation(rows * 3)[:rows]})
    module = load(name)
    if name in RANKED_METRICS:
        table[TARGET] = [" ".join(random.permutation(list("abcdefghijkl"))[:3]) for _ in range(rows)]
    elif hasattr(module, "CLASSES"):
        table[TARGET] = random.choice(np.array(module.CLASSES, dtype=object), rows)
        table.loc[: len(module.CLASSES) - 1, TARGET] = module.CLASSES
    else:
        for column in getattr(module, "TARGETS", [TARGET]):
            table[column] = random.gamma(2, 3, rows).round(3) + 0.1
    return table


def perfect(name: str, truth: pd.DataFrame) -> pd.DataFrame:
    """The submission that gives the true values."""
    module = load(name)
    if name in PROBABILITY_METRICS:
        return truth[["id"]].assign(**{TARGET: (truth[TARGET] == module.POSITIVE).astype(float)})
    if name == "log_loss":
        shares = {f"prob_{label}": (truth[TARGET] == label).astype(float) for label in module.CLASSES}
        return truth[["id"]].assign(**shares)
    return truth.copy()


def noisy(name: str, truth: pd.DataFrame, seed: int = 1) -> pd.DataFrame:
    """A valid submission that is right here and there."""
    random = np.random.default_rng(seed)
    good, other = perfect(name, truth), perfect(name, answers(name, len(truth), seed + 1))
    wrong = random.random(len(truth)) < 0.5
    for column in good.columns.drop("id"):
        good[column] = np.where(wrong, other[column], good[column])
    return good
