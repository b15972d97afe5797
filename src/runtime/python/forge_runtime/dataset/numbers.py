"""Statistics of numbers given as distinct values with their counts."""

import math
from typing import Any

import numpy as np

CHUNK = 1 << 18
QUANTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
Array = np.ndarray[Any, Any]


def numeric_profile(values: Array, counts: Array) -> dict[str, Any] | None:
    """Range, moments, quantiles and piles; None when no finite number is there."""
    finite = np.isfinite(values)
    numbers, weights = (values, counts) if finite.all() else (values[finite], counts[finite])
    if len(numbers) == 0:
        return None
    numbers, weights = _ordered(numbers, weights)
    total = float(weights.sum())
    # Moments of scaled values cannot overflow.
    scale = float(max(abs(numbers[0]), abs(numbers[-1]))) or 1.0
    mean = _moment(numbers, weights, scale, 0.0, 1) / total
    deviation = math.sqrt(_moment(numbers, weights, scale, mean, 2) / total)
    third = _moment(numbers, weights, scale, mean, 3) / total
    return {
        "minimum": float(numbers[0]),
        "maximum": float(numbers[-1]),
        "mean": mean * scale,
        "sd": deviation * scale,
        "skewness": third / deviation**3 if deviation > 1e-12 else 0.0,
        "quantiles": _quantiles(numbers, weights, total),
        "zeros": int(weights[numbers == 0].sum()),
        "negatives": int(weights[numbers < 0].sum()),
        "atMinimum": int(weights[numbers == numbers[0]].sum()),
        "atMaximum": int(weights[numbers == numbers[-1]].sum()),
    }


def _ordered(numbers: Array, weights: Array) -> tuple[Array, Array]:
    """In ascending order, each number once: 1 and 1.0 are one, in whichever order the engine gives them."""
    order = np.argsort(numbers)
    numbers, weights = numbers[order] + 0.0, weights[order].astype(float)  # -0.0 becomes 0.0
    del order
    firsts = np.flatnonzero(np.diff(numbers, prepend=-np.inf) > 0)
    if len(firsts) == len(numbers):
        return numbers, weights
    return numbers[firsts], np.add.reduceat(weights, firsts)


def _moment(numbers: Array, weights: Array, scale: float, centre: float, power: int) -> float:
    """Weighted sum of a power, chunk by chunk: whole columns of intermediate values would not fit into memory."""
    total = 0.0
    for start in range(0, len(numbers), CHUNK):
        centred = numbers[start : start + CHUNK] / scale - centre
        raised = centred
        for _ in range(power - 1):  # multiplied out: a general power takes many times as long
            raised = raised * centred
        total += float(np.dot(raised, weights[start : start + CHUNK]))
    return total


def _quantiles(numbers: Array, weights: Array, total: float) -> list[float]:
    """Linear interpolation between order statistics, as numpy's default does on the repeated values."""
    upto = np.cumsum(weights)
    found: list[float] = []
    for share in QUANTILES:
        position = share * (total - 1)
        low, high = math.floor(position), math.ceil(position)
        below = float(numbers[np.searchsorted(upto, low, side="right")])
        above = float(numbers[np.searchsorted(upto, high, side="right")])
        found.append(below + (above - below) * (position - low))
    return found


def direction(values: Array) -> str:
    """Whether numbers in row order never decrease (`ascending`) or never increase; a constant is `no`."""
    present = values[np.isfinite(values)]
    if len(present) < 2 or present.min() == present.max():
        return "no"
    steps = np.diff(present)
    if (steps >= 0).all():
        return "ascending"
    return "descending" if (steps <= 0).all() else "no"
