"""Randomness without a seed: what makes two runs of one file differ."""

from __future__ import annotations

import ast
from typing import Any

from forge_runtime.probes.structure_origins import Origins, is_constant, keyword
from forge_runtime.probes.structure_syntax import place

Json = dict[str, Any]

# Draw from the operating system or the clock: no seed exists.
ALWAYS_RANDOM = {"os.urandom", "uuid.uuid1", "uuid.uuid4", "random.SystemRandom", "numpy.random.bytes"}
# Generators that take their seed as the first argument.
GENERATORS = {
    "random.Random",
    "numpy.random.default_rng",
    "numpy.random.RandomState",
    "numpy.random.SeedSequence",
    "numpy.random.Generator",
    "numpy.random.PCG64",
}
# Splits and samples that always draw, and the position of random_state where it may be given without its name.
DRAWING = {
    "train_test_split",
    "ShuffleSplit",
    "StratifiedShuffleSplit",
    "GroupShuffleSplit",
    "shuffle",
    "resample",
    "make_classification",
    "make_regression",
    "permutation_importance",
    "RandomizedSearchCV",
}
SHUFFLE_ON_REQUEST = {"KFold", "StratifiedKFold", "StratifiedGroupKFold"}
# Estimators whose result depends on random_state with their usual settings.
ESTIMATORS = {
    "RandomForestClassifier",
    "RandomForestRegressor",
    "ExtraTreesClassifier",
    "ExtraTreesRegressor",
    "GradientBoostingClassifier",
    "GradientBoostingRegressor",
    "HistGradientBoostingClassifier",
    "HistGradientBoostingRegressor",
    "DecisionTreeClassifier",
    "DecisionTreeRegressor",
    "BaggingClassifier",
    "BaggingRegressor",
    "AdaBoostClassifier",
    "AdaBoostRegressor",
    "MLPClassifier",
    "MLPRegressor",
    "SGDClassifier",
    "SGDRegressor",
    "LinearSVC",
    "IsolationForest",
    "KMeans",
    "MiniBatchKMeans",
    "GaussianMixture",
    "TruncatedSVD",
    "TSNE",
    "LatentDirichletAllocation",
}


def unseeded(tree: ast.Module, origins: Origins) -> list[Json]:
    """Calls that draw without a seed. `certain` tells a draw that must differ from an estimator that may."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    origin = {id(call): origins.of(call.func) for call in calls}
    seeded = {
        name for name in ("random", "numpy.random") if any(origin[id(c)] == f"{name}.seed" and _seed(c) for c in calls)
    }
    found = []
    for call in calls:
        reason = _reason(call, origin[id(call)], seeded)
        if reason is not None:
            found.append(place(call, call=ast.unparse(call.func), reason=reason[0], certain=reason[1]))
    return sorted(found, key=lambda item: (item["line"], item["column"]))


def _reason(call: ast.Call, origin: str | None, seeded: set[str]) -> tuple[str, bool] | None:
    if origin is None:
        return _method_reason(call)
    if origin in ALWAYS_RANDOM or origin.startswith("secrets."):
        return "cannot be seeded", True
    if origin in GENERATORS:
        return None if _seed(call) else ("is created without a seed", True)
    module, _, name = origin.rpartition(".")
    if module in {"random", "numpy.random"} and name[:1].islower() and name not in {"seed", "get_state", "set_state"}:
        return None if module in seeded else (f"draws from {module}, which is never seeded", True)
    if not module.startswith("sklearn"):
        return None
    state = keyword(call, "random_state")
    if state is not None and not is_constant(state, None):
        return None
    if name in DRAWING and not is_constant(keyword(call, "shuffle"), False):
        return "draws without random_state", True
    if name in SHUFFLE_ON_REQUEST and is_constant(keyword(call, "shuffle"), True):
        return "shuffles without random_state", True
    return ("is fitted without random_state", False) if name in ESTIMATORS else None


def _method_reason(call: ast.Call) -> tuple[str, bool] | None:
    """`frame.sample(...)` draws rows; a generator's own `sample` takes the population and the count."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr != "sample" or len(call.args) > 1:
        return None
    state = keyword(call, "random_state")
    drawn = keyword(call, "frac") is not None or keyword(call, "n") is not None or call.args
    return ("draws without random_state", True) if drawn and (state is None or is_constant(state, None)) else None


def _seed(call: ast.Call) -> bool:
    """Whether a seed other than None is given."""
    given = [*call.args[:1], *(item.value for item in call.keywords if item.arg in {"seed", "entropy", "x", "a"})]
    return bool(given) and not is_constant(given[0], None)
