"""Randomness without a seed: what makes two runs of one file differ."""

from __future__ import annotations

import ast
from typing import Any

from forge_runtime.probes.structure_origins import Origins, is_constant, keyword
from forge_runtime.probes.structure_syntax import nodes, place

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
    calls = [node for node in nodes(tree) if isinstance(node, ast.Call)]
    origin = {id(call): origins.of(call.func) for call in calls}
    seeded = {
        name for name in ("random", "numpy.random") if any(origin[id(c)] == f"{name}.seed" and _seed(c) for c in calls)
    }
    optional = _optional(tree)
    bundles = _bundles(tree)
    found = []
    for call in calls:
        reason = None if _state_in_bundle(call, bundles) else _reason(call, origin[id(call)], seeded)
        if reason is not None:
            certain = reason[1] and id(call) not in optional
            found.append(place(call, call=ast.unparse(call.func), reason=reason[0], certain=certain))
    return sorted(found, key=lambda item: (item["line"], item["column"]))


def _bundles(tree: ast.Module) -> dict[str, ast.Dict]:
    """Dictionaries that are written out under a name assigned once: settings that calls share by `**SETTINGS`."""
    stored = [node.id for node in nodes(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    return {
        target.id: node.value
        for node in nodes(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and stored.count(target.id) == 1
    }


def _state_in_bundle(call: ast.Call, bundles: dict[str, ast.Dict]) -> bool:
    """Whether a dictionary that the call unpacks gives it a random_state other than None."""
    spread = [item.value for item in call.keywords if item.arg is None]
    known = [bundles.get(value.id) if isinstance(value, ast.Name) else value for value in spread]
    return any(
        isinstance(key, ast.Constant) and key.value == "random_state" and not is_constant(value, None)
        for bundle in known
        if isinstance(bundle, ast.Dict)
        for key, value in zip(bundle.keys, bundle.values, strict=True)
    )


def _optional(tree: ast.Module) -> set[int]:
    """Nodes that run only when something is turned on that is off: `dev_mode=False`, `limit=-1`, a local False."""
    found: set[int] = set()
    for function in nodes(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        named = [*function.args.posonlyargs, *function.args.args]
        pairs = [
            *zip(named[len(named) - len(function.args.defaults) :], function.args.defaults, strict=True),
            *(
                (a, d)
                for a, d in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
                if d is not None
            ),
        ]
        off = {argument.arg for argument, default in pairs if default is not None and _is_off(default)}
        off |= _constants_off(function)
        for branch in nodes(function):
            if isinstance(branch, ast.If) and _names(branch.test) <= off and _names(branch.test):
                found |= {id(node) for statement in branch.body for node in ast.walk(statement)}
    return found


def _constants_off(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Names of the function that are assigned once, to something that is off."""
    stored = [node.id for node in nodes(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    return {
        target.id
        for node in nodes(function)
        if isinstance(node, ast.Assign) and _is_off(node.value)
        for target in node.targets
        if isinstance(target, ast.Name) and stored.count(target.id) == 1
    }


def _is_off(default: ast.expr) -> bool:
    return ast.unparse(default) in {"False", "None", "0", "-1"}


def _names(test: ast.expr) -> set[str]:
    """The names in a test of one thing: `dev_mode`, `n > 0`, `limit is not None`; nothing for a negated one."""
    if isinstance(test, ast.UnaryOp | ast.BoolOp) or (
        isinstance(test, ast.Compare) and not isinstance(test.ops[0], ast.Gt | ast.IsNot)
    ):
        return set()
    return {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}


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
