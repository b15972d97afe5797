"""Strong baseline: directions of edges (HOG) and a coarse picture of the colours, with a support vector machine."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image
from sklearn.decomposition import PCA
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

ID = "id"
TARGET = "target"
FILE = "file"
SIDE, CELL, DIRECTIONS = 64, 8, 9  # pixels, pixels, bins of 20 degrees
MOST = 8000  # training rows, for a run of a minute or two


def read(path: Path) -> pd.DataFrame:
    """Every cell as text, so that labels and codes stay as written; a missing value is an empty text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def vectors(public: Path, table: pd.DataFrame) -> np.ndarray:
    """One row of measurements for each file."""
    return np.stack([describe(public / name) for name in table[FILE]])


def describe(path: Path) -> np.ndarray:
    """Histograms of edge directions, then the colours of an 8 x 8 picture and their spread."""
    with Image.open(path) as image:
        small = image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BOX)
    pixels = np.asarray(small, dtype=float) / 255
    colours = pixels.reshape(8, SIDE // 8, 8, SIDE // 8, 3).mean(axis=(1, 3))
    return np.concatenate([edges(pixels.mean(axis=2)), colours.ravel(), pixels.std(axis=(0, 1))])


def edges(grey: np.ndarray) -> np.ndarray:
    """Histogram of oriented gradients (Dalal and Triggs, 2005): 2 x 2 cells of CELL pixels make a normalised block."""
    down, right = np.gradient(np.sqrt(grey))
    strength, angle = np.hypot(down, right), np.arctan2(down, right) % np.pi / np.pi * DIRECTIONS
    cells = SIDE // CELL
    histogram = np.zeros((DIRECTIONS, cells, cells))
    for direction in range(DIRECTIONS):
        # A gradient counts for the two nearest directions, by nearness; direction 0 follows on the last.
        distance = np.abs((angle - direction + DIRECTIONS / 2) % DIRECTIONS - DIRECTIONS / 2)
        share = strength * np.clip(1 - distance, 0, None)
        histogram[direction] = share.reshape(cells, CELL, cells, CELL).sum(axis=(1, 3))
    h = histogram.transpose(1, 2, 0)
    blocks = np.concatenate([h[:-1, :-1], h[1:, :-1], h[:-1, 1:], h[1:, 1:]], axis=2)
    return (blocks / np.sqrt((blocks**2).sum(axis=2, keepdims=True) + 1e-4)).ravel()


def solve(public: Path, submission: Path) -> None:
    """Read train and test from `public` and write the predictions to the file `submission`."""
    train, test = read(public / "train.csv"), read(public / "test.csv")
    train = train.sample(min(len(train), MOST), random_state=0)
    rows, new = vectors(public, train), vectors(public, test)
    model = make_pipeline(StandardScaler(), PCA(min(200, len(rows) // 2), random_state=0), SVC(C=10))
    model.fit(rows, train[TARGET])
    result = pd.DataFrame({ID: test[ID], TARGET: model.predict(new)})
    result.to_csv(submission, index=False, float_format="%.7g", lineterminator="\n")


if __name__ == "__main__":
    solve(Path(sys.argv[1]), Path(sys.argv[2]))
