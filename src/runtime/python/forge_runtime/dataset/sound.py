"""The job `dataset.sound`: what one recording of the dataset sounds like, in numbers and as a spectrogram."""

from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from forge_runtime.dataset.chosen_file import choose_file
from forge_runtime.dataset.picture import encoded

Floats = NDArray[np.float64]

SECONDS = 60  # a recording of hours is described by its first minute
MOST_SAMPLES = 12_000_000  # rates and numbers of channels are what a hostile header says
STEPS = 20
WINDOW = 1024
SPECTROGRAM = (128, 384)
FLOOR_DB = -90.0


def run(args: dict[str, Any], paths: dict[str, Path]) -> dict[str, Any]:
    """Mount: `raw`. `args`: `name` of the dataset, `path` of the file, `picture` (whether to draw it).

    Loudness is the root mean square in dB of full scale, in `STEPS` equal parts; frequencies are in Hz.
    """
    file = choose_file(paths["raw"], str(args["name"]), str(args["path"]))
    if isinstance(file, dict):
        return file
    try:
        with soundfile.SoundFile(str(file.location)) as sound:
            rate, channels, frames = int(sound.samplerate), int(sound.channels), int(sound.frames)
            most = min(SECONDS * rate, MOST_SAMPLES // max(channels, 1))
            told = {"rate": rate, "channels": channels, "coding": sound.subtype, "bytes": file.size}
            samples = sound.read(most, dtype="float32", always_2d=True)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  decoders raise anything on hostile bytes
        return {"kind": "broken", "problem": f"it cannot be decoded ({type(error).__name__})"}
    if len(samples) == 0 or rate <= 0:
        return {"kind": "broken", "problem": "it holds no sound"}
    mono = np.nan_to_num(samples.mean(axis=1, dtype=np.float64), posinf=0.0, neginf=0.0)
    power = _spectra(mono)
    return {
        "kind": "sound",
        **told,
        "seconds": round(frames / rate, 3),
        "measuredSeconds": round(len(mono) / rate, 3),
        "peak": round(float(np.abs(mono).max()), 4),
        "loudness": [round(_decibel(part), 1) for part in np.array_split(mono, min(STEPS, len(mono)))],
        "centroid": [round(value, 1) for value in _centroids(power, rate)],
        "zeroCrossings": round(float(np.mean(np.diff(np.signbit(mono)))) * rate, 1) if len(mono) > 1 else 0.0,
        "png": encoded(_drawn(power)) if args["picture"] else None,
    }


def _decibel(part: Floats) -> float:
    level = float(np.sqrt(np.mean(part**2)))
    return max(FLOOR_DB, 20 * float(np.log10(max(level, 1e-12))))


def _spectra(mono: Floats) -> Floats:
    """Power per frequency (rows) and time (columns), as many columns as a picture has at most."""
    padded = np.pad(mono, (0, max(0, WINDOW - len(mono))))
    starts = np.linspace(0, len(padded) - WINDOW, SPECTROGRAM[1]).astype(int)
    starts = np.unique(starts)
    windows = np.stack([padded[start : start + WINDOW] for start in starts]) * np.hanning(WINDOW)
    spectra: Floats = np.abs(np.fft.rfft(windows, axis=1)).T ** 2
    return spectra


def _centroids(power: Floats, rate: int) -> list[float]:
    """Centre of the spectrum over time, in `STEPS` parts; 0 where there is silence."""
    frequencies = np.fft.rfftfreq(WINDOW, 1 / rate)[:, None]
    parts = np.array_split(power, min(STEPS, power.shape[1]), axis=1)
    return [float((part * frequencies).sum() / part.sum()) if part.sum() > 0 else 0.0 for part in parts]


def _drawn(power: Floats) -> NDArray[np.uint8]:
    """Low frequencies at the bottom, loud is bright, 80 dB below the loudest is black."""
    rows = power[1:].reshape(SPECTROGRAM[0], -1, power.shape[1]).mean(axis=1)
    level = 10 * np.log10(np.maximum(rows, 1e-12))
    scaled = np.clip((level - level.max() + 80) / 80, 0, 1)
    drawn: NDArray[np.uint8] = (scaled[::-1] * 255).astype(np.uint8)
    return drawn
