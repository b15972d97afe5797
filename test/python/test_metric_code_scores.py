"""Generated metrics give the scores that scikit-learn and scipy give."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from metric_files import LEVELS, TARGET, TREES, load
from scipy.stats import spearmanr
from sklearn import metrics as sk

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(2, 200)
quick = settings(max_examples=40, deadline=None)


def score(name: str, predicted: np.ndarray | list[object], actual: np.ndarray | list[object]) -> float:
    """Score of predictions that are handed in in another order than the answers."""
    module, ids = load(name), np.arange(len(actual))
    submission = pd.DataFrame({"id": ids, TARGET: predicted}).sample(frac=1, random_state=1)
    return float(module.evaluate(submission, pd.DataFrame({"id": ids, TARGET: actual})))


def labels(seed: int, rows: int, classes: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Predicted and true labels, some of them right; small samples miss classes."""
    random = np.random.default_rng(seed)
    actual = random.choice(classes, rows)
    return np.where(random.random(rows) < 0.4, random.choice(classes, rows), actual), actual


def numbers(seed: int, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Predicted and true numbers that are positive, with ties and different scales."""
    random = np.random.default_rng(seed)
    actual = random.gamma(2, 10.0 ** random.integers(-2, 4), rows).round(2) + 0.01
    return np.abs(actual + random.normal(0, actual.std() + 0.1, rows)).round(1), actual


LABEL_SCORES = {
    "accuracy": sk.accuracy_score,
    "balanced_accuracy": sk.balanced_accuracy_score,
    "macro_f1": lambda actual, predicted: sk.f1_score(actual, predicted, average="macro"),
    "mcc": sk.matthews_corrcoef,
}
NUMBER_SCORES = {
    "rmse": sk.root_mean_squared_error,
    "mae": sk.mean_absolute_error,
    "rmsle": sk.root_mean_squared_log_error,
    "mape": sk.mean_absolute_percentage_error,
    "r2": sk.r2_score,
    "spearman": lambda actual, predicted: spearmanr(actual, predicted).statistic,
    "pinball": lambda actual, predicted: sk.mean_pinball_loss(actual, predicted, alpha=0.9),
    "smape": lambda actual, predicted: np.mean(2 * abs(predicted - actual) / (abs(predicted) + abs(actual))),
}


@pytest.mark.parametrize("name", LABEL_SCORES)
@quick
@given(seed=seeds, rows=sizes)
def test_label_metrics_agree_with_scikit_learn(name: str, seed: int, rows: int) -> None:
    predicted, actual = labels(seed, rows, TREES)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # classes that occur on one side only
        expected = LABEL_SCORES[name](actual, predicted)
    assert score(name, predicted, actual) == pytest.approx(expected, abs=1e-9)


@quick
@given(seed=seeds, rows=st.integers(20, 200))
def test_quadratic_kappa_agrees_with_scikit_learn(seed: int, rows: int) -> None:
    predicted, actual = labels(seed, rows, LEVELS)
    expected = sk.cohen_kappa_score(actual, predicted, weights="quadratic", labels=LEVELS)
    assert score("quadratic_kappa", predicted, actual) == pytest.approx(expected, abs=1e-9)


@quick
@given(seed=seeds, rows=sizes)
def test_distance_of_levels_counts_levels(seed: int, rows: int) -> None:
    predicted, actual = labels(seed, rows, LEVELS)
    position = {name: number for number, name in enumerate(LEVELS)}
    expected = np.mean([abs(position[p] - position[a]) for p, a in zip(predicted, actual, strict=True)])
    assert score("mae_of_levels", predicted, actual) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("name", NUMBER_SCORES)
@quick
@given(seed=seeds, rows=st.integers(3, 200))
def test_number_metrics_agree_with_their_reference(name: str, seed: int, rows: int) -> None:
    predicted, actual = numbers(seed, rows)
    if np.ptp(predicted) == 0 or np.ptp(actual) == 0:
        return  # ranks of constants: defined by us, tested with the contract
    assert score(name, predicted, actual) == pytest.approx(NUMBER_SCORES[name](actual, predicted), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("name", "reference"), [("roc_auc", sk.roc_auc_score), ("average_precision", sk.average_precision_score)]
)
@quick
@given(seed=seeds, rows=st.integers(4, 200), digits=st.integers(1, 4))
def test_probability_metrics_agree_with_scikit_learn_with_ties(name: str, reference, seed, rows, digits) -> None:
    random = np.random.default_rng(seed)
    positive = random.random(rows) < 0.3
    positive[:2] = [True, False]
    probability = np.clip(positive * 0.3 + random.random(rows) * 0.7, 0, 1).round(digits)
    actual = np.where(positive, "yes", "no")
    assert score(name, probability, actual) == pytest.approx(reference(positive, probability), abs=1e-9)


@quick
@given(seed=seeds, rows=sizes)
def test_log_loss_agrees_with_scikit_learn_after_rescaling(seed: int, rows: int) -> None:
    random = np.random.default_rng(seed)
    actual = random.choice(TREES, rows)
    shares = random.dirichlet(np.ones(3), rows).round(3)
    ids = np.arange(rows)
    submission = pd.DataFrame(shares, columns=[f"prob_{name}" for name in TREES]).assign(id=ids)
    # Numbers of three decimals may be 0: the metric counts them as 1e-15.
    clipped = np.maximum(shares / shares.sum(axis=1, keepdims=True), 1e-15)
    expected = -np.mean(np.log(clipped[ids, [TREES.index(name) for name in actual]]))
    got = load("log_loss").evaluate(submission, pd.DataFrame({"id": ids, TARGET: actual}))
    assert got == pytest.approx(expected, abs=1e-9)
    inside = np.clip(shares, 0.001, None)
    submission[submission.columns[:3]] = inside / inside.sum(axis=1, keepdims=True)
    expected = sk.log_loss(actual, submission[submission.columns[:3]].to_numpy(), labels=TREES)
    got = load("log_loss").evaluate(submission, pd.DataFrame({"id": ids, TARGET: actual}))
    assert got == pytest.approx(expected, abs=1e-9)


@quick
@given(seed=seeds, rows=st.integers(1, 30))
def test_ndcg_agrees_with_scikit_learn(seed: int, rows: int) -> None:
    random, items = np.random.default_rng(seed), np.array(list("abcdefghijkl"))
    ranked = [random.permutation(items)[:10] for _ in range(rows)]
    wanted = [random.permutation(items)[: random.integers(1, 6)] for _ in range(rows)]
    relevance = np.array([[item in want for item in items] for want in wanted], dtype=float)
    order = np.array([[-list(given).index(item) if item in given else -99 for item in items] for given in ranked])
    expected = sk.ndcg_score(relevance, order, k=10, ignore_ties=True)
    got = score("ndcg_at_k", [" ".join(row) for row in ranked], [" ".join(row) for row in wanted])
    # scikit-learn also orders the items that were not handed in; with ten of twelve ranked they fall beyond rank ten.
    assert got == pytest.approx(expected, abs=1e-9)


def test_mean_average_precision_of_a_case_worked_by_hand() -> None:
    # Hits at ranks 1 and 3 of 2 wanted: (1/1 + 2/3) / 2; no hit: 0.
    got = score("map_at_k", ["a x b", "x y"], ["a b", "q"])
    assert got == pytest.approx((1 + 2 / 3) / 2 / 2)


def test_two_targets_are_averaged_plainly() -> None:
    truth = pd.DataFrame({"id": [1, 2], "width": [0.0, 0.0], 'height "net"': [0.0, 0.0]})
    given_ = truth.assign(width=[1.0, 1.0], **{'height "net"': [3.0, 3.0]})
    assert load("rmse_of_two").evaluate(given_, truth) == pytest.approx(2.0)
