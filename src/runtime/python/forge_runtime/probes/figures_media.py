"""Small pictures of media files: thumbnails that are drawn anew, and outlines of sounds. No file leaves as it is."""

from __future__ import annotations

import base64
import io
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from PIL import Image

Json = dict[str, Any]

IMAGES = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff"}
SOUNDS = {".wav", ".flac", ".ogg", ".mp3", ".aiff", ".aif"}
PICTURES = 12
CLIPS = 6
TRIED = 40
"""Files that are looked at before giving up, when many cannot be read."""
SIDE = 96
POINTS = 160
SECONDS = 60.0
"""Longer sounds are shown up to here."""
MAX_BYTES = 30_000_000
Image.MAX_IMAGE_PIXELS = 50_000_000


def samples(public: Path, files: list[str], labels: list[str]) -> Json:
    """Thumbnails as PNG data URIs and outlines of sounds, of the first files that can be read."""
    pictures: list[Json] = []
    sounds: list[Json] = []
    unread = 0
    for name, label in list(zip(files, labels, strict=True))[:TRIED]:
        if len(pictures) >= PICTURES or len(sounds) >= CLIPS:
            break
        file = public / name
        try:
            if file.stat().st_size > MAX_BYTES:
                raise OSError("too large to be sampled")
            if file.suffix.lower() in IMAGES:
                pictures.append({"label": label, **thumbnail(file)})
            elif file.suffix.lower() in SOUNDS:
                sounds.append({"label": label, **outline(file)})
        except (OSError, ValueError, RuntimeError, Image.DecompressionBombError):
            unread += 1
    return {"pictures": pictures, "sounds": sounds, "unread": unread}


def thumbnail(file: Path) -> Json:
    """A PNG of at most SIDE pixels each way, decoded and encoded again, with the size of the original."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(file) as image:
            width, height = image.size
            image.draft("RGB", (2 * SIDE, 2 * SIDE))
            small = image.convert("RGB")
    small.thumbnail((SIDE, SIDE))
    stream = io.BytesIO()
    small.save(stream, format="PNG")
    encoded = base64.b64encode(stream.getvalue()).decode("ascii")
    return {"source": f"data:image/png;base64,{encoded}", "width": width, "height": height}


def outline(file: Path) -> Json:
    """Lowest and highest sample of each of POINTS stretches, between -1 and 1, with the length in seconds."""
    with soundfile.SoundFile(str(file)) as sound:
        rate, frames = sound.samplerate, len(sound)
        wave = sound.read(int(min(frames, SECONDS * rate)), dtype="float32", always_2d=True).mean(axis=1)
    if not len(wave):
        raise ValueError("no samples")
    wave = np.clip(np.nan_to_num(wave), -1.0, 1.0)
    stretches = np.array_split(wave, min(POINTS, len(wave)))
    return {
        "seconds": frames / rate,
        "shown": len(wave) / rate,
        "low": [round(float(part.min()), 3) for part in stretches],
        "high": [round(float(part.max()), 3) for part in stretches],
    }
