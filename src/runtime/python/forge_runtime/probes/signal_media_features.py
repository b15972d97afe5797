"""Small descriptions of images, sounds and text files: enough to see whether a label can be told from the content."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.float64]

SIDE = 64
CELL = 8
ANGLES = 9
SECONDS = 10.0
"""Beyond this a clip is cut: the probe is bounded, the task is not."""
WINDOW = 2048
BANDS = 32
TEXT_CHARACTERS = 4000


def image_features(path: Path) -> tuple[Floats, dict[str, float]]:
    """Histograms of edge directions per cell with a colour histogram; and the size of the picture."""
    with Image.open(path) as picture:
        size = {"width": float(picture.width), "height": float(picture.height)}
        picture.draft("RGB", (SIDE * 2, SIDE * 2))
        colour = np.asarray(picture.convert("RGB").resize((SIDE, SIDE)), dtype=float) / 255
    grey = colour.mean(axis=2)
    dy, dx = np.gradient(grey)
    strength = np.hypot(dx, dy)
    angle = np.minimum((np.mod(np.arctan2(dy, dx), np.pi) / np.pi * ANGLES).astype(int), ANGLES - 1)
    edges = np.zeros((SIDE // CELL, SIDE // CELL, ANGLES))
    rows, columns = np.divmod(np.arange(SIDE * SIDE), SIDE)
    np.add.at(edges, (rows // CELL, columns // CELL, angle.ravel()), strength.ravel())
    edges /= np.sqrt((edges**2).sum(axis=2, keepdims=True)) + 0.1
    colours = [np.histogram(colour[..., c], bins=8, range=(0, 1))[0] / SIDE**2 for c in range(3)]
    return np.concatenate([edges.ravel(), *colours]), size


def surroundings(path: Path) -> Floats:
    """A blurred picture: light, background and person rather than shape."""
    with Image.open(path) as picture:
        picture.draft("RGB", (16, 16))
        return np.asarray(picture.convert("RGB").resize((4, 4), Image.Resampling.BOX), dtype=float).ravel() / 255


def audio_features(path: Path) -> tuple[Floats, dict[str, float]]:
    """Mean and spread over time of the log energy in bands; and length, channels and sample rate."""
    with soundfile.SoundFile(str(path)) as clip:
        rate, channels, frames = clip.samplerate, clip.channels, clip.frames
        wave = clip.read(int(rate * SECONDS), dtype="float64", always_2d=True).mean(axis=1)
    wave = np.pad(wave, (0, max(0, WINDOW - len(wave))))
    windows = np.lib.stride_tricks.sliding_window_view(wave, WINDOW)[:: WINDOW // 2] * np.hanning(WINDOW)
    power = np.abs(np.fft.rfft(windows, axis=1)) ** 2
    hertz = np.fft.rfftfreq(WINDOW, 1 / rate)
    edges = np.geomspace(50, max(rate / 2, 100), BANDS + 1)
    bands = np.column_stack([power[:, (hertz >= low) & (hertz < high)].sum(axis=1) for low, high in pairwise(edges)])
    logs = np.log10(bands + 1e-8)
    attributes = {"seconds": frames / rate, "channels": float(channels), "rate": float(rate)}
    return np.concatenate([logs.mean(axis=0), logs.std(axis=0), logs.max(axis=0)]), attributes


def text_of(path: Path, encoding: str) -> str:
    """The first characters of a text file; bytes that do not decode are replaced."""
    with path.open("rb") as file:
        return file.read(TEXT_CHARACTERS).decode(encoding or "utf-8", errors="replace")
