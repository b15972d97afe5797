"""Simple baseline: mean and spread of the loudness in bands of pitch, with a linear model."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import soundfile as sf
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

ID = "id"
TARGET = "target"
FILE = "file"
SECONDS, FRAME, BANDS = 30, 2048, 20


def read(path: Path) -> pd.DataFrame:
    """Every cell as text, so that labels and codes stay as written; a missing value is an empty text."""
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def vectors(public: Path, table: pd.DataFrame) -> np.ndarray:
    """One row of measurements for each file."""
    return np.stack([describe(public / name) for name in table[FILE]])


def describe(path: Path) -> np.ndarray:
    """Mean and standard deviation over time of the loudness in each band."""
    bands = spectrum(*load(path))
    return np.concatenate([bands.mean(axis=0), bands.std(axis=0)])


def load(path: Path) -> tuple[np.ndarray, int]:
    """The first SECONDS of the recording, channels averaged, with the number of samples per second."""
    with sf.SoundFile(path) as sound:
        rate = sound.samplerate
        samples = sound.read(SECONDS * rate, dtype="float32", always_2d=True).mean(axis=1)
    return np.pad(samples, (0, max(0, FRAME - len(samples)))), rate


def spectrum(samples: np.ndarray, rate: int) -> np.ndarray:
    """Logarithm of the power in BANDS bands of pitch, one row for each frame."""
    starts = np.arange(0, len(samples) - FRAME + 1, FRAME // 2)
    frames = samples[starts[:, None] + np.arange(FRAME)] * np.hanning(FRAME)
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    edges = np.geomspace(50, 16_000, BANDS + 1)
    band = np.digitize(np.fft.rfftfreq(FRAME, 1 / rate), edges)
    sums = np.stack([power[:, band == number].sum(axis=1) for number in range(1, BANDS + 1)], axis=1)
    return np.log10(sums + 1e-6)


def solve(public: Path, submission: Path) -> None:
    """Read train and test from `public` and write the predictions to the file `submission`."""
    train, test = read(public / "train.csv"), read(public / "test.csv")
    rows, new = vectors(public, train), vectors(public, test)
    model = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced", C=0.1, max_iter=1000))
    model.fit(rows, train[TARGET])
    result = pd.DataFrame({ID: test[ID], TARGET: model.predict(new)})
    result.to_csv(submission, index=False, float_format="%.7g", lineterminator="\n")


if __name__ == "__main__":
    solve(Path(sys.argv[1]), Path(sys.argv[2]))
