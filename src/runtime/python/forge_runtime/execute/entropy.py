"""Code that forgets to seed must differ from run to run, or no comparison of two runs can find it."""

from __future__ import annotations

import random

import numpy as np


def scatter(entropy: int) -> None:
    """Starts the global generators at a point that belongs to this run."""
    random.seed(entropy)
    np.random.seed(entropy % 2**32)
