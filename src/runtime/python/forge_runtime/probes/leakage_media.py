"""What media files tell besides their content (names, times, sizes, metadata), and pictures that are alike."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import soundfile
from numpy.typing import NDArray
from PIL import Image

from forge_runtime.probes.leakage_frames import Frames
from forge_runtime.probes.leakage_rows import content, examples
from forge_runtime.probes.leakage_skill import Yardstick
from forge_runtime.probes.signal_views import views

Json = dict[str, Any]

IMAGES = {".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff"}
LOOKED_AT = 4000
SIDE = 32
FREQUENCIES = 8
ALIKE = 4
"""Bits of 64 that may differ between two scans of one picture."""
Image.MAX_IMAGE_PIXELS = 200_000_000


def attributes(yard: Yardstick) -> list[Json]:
    """Skill of each property of the files that is not their content."""
    media = yard.frames.media
    if media is None:
        return []
    public = yard.frames.package.public
    parts = [_properties(public, part[media].tolist()) for part in (yard.train, yard.test)]
    found = []
    for name in parts[0].columns:
        train, test = parts[0][name], parts[1][name]
        if train.nunique() < 2:
            continue
        if train.dtype == object:
            told = yard.column(train, test, "category")
        else:
            told = yard.values(np.asarray(train, dtype=float), np.asarray(test, dtype=float))
        found.append({"property": name, "content": name in {"bytes", "width", "height", "mode"}, **told})
    return sorted(found, key=lambda item: -item["skill"])[:8]


def _properties(public: Path, paths: list[str]) -> pd.DataFrame:
    rows = []
    for path in paths:
        file = public / path
        row: Json = {"extension": file.suffix, "folder": str(Path(path).parent)}
        try:
            status = file.stat()
            row |= {"bytes": float(status.st_size), "modified": float(status.st_mtime)}
        except OSError:
            row |= {"bytes": -1.0, "modified": -1.0}
        rows.append({**row, **_picture(file)})
    table = pd.DataFrame(rows)
    stems = pd.Series([Path(path).stem for path in paths])
    for name, piece in views(stems):
        table[f"name: {name}"] = piece.to_numpy()
    table["name: length"] = stems.str.len().astype(float)
    return table


def _picture(file: Path) -> Json:
    """Size, colour mode, and the texts that a camera or a program left in the file."""
    empty: Json = {"width": -1.0, "height": -1.0, "mode": "", "metadata": ""}
    if file.suffix.lower() not in IMAGES:
        return {**empty, "metadata": _sound_texts(file)}
    try:
        with Image.open(file) as picture:
            exif = picture.getexif()
            texts: dict[str, str] = {str(key): str(value)[:80] for key, value in exif.items()}
            plain = {
                str(key): str(value)[:80] for key, value in picture.info.items() if isinstance(value, (str, int, float))
            }
            plain.pop("jfif", None)
            said = sorted((texts | plain).items())
            width, height = picture.size
            return {
                "width": float(width),
                "height": float(height),
                "mode": str(picture.mode),
                "metadata": "; ".join(f"{key}={value}" for key, value in said)[:400],
            }
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError):
        return empty


def _sound_texts(file: Path) -> str:
    """Title, comment and the like of a recording; empty for other files."""
    try:
        with soundfile.SoundFile(file) as sound:
            said = sorted(sound.copy_metadata().items())
    except (OSError, RuntimeError):  # no sound, or damaged: reported by the preparation checks
        return ""
    return "; ".join(f"{key}={value[:80]}" for key, value in said)[:400]


def alike(frames: Frames) -> Json | None:
    """Test pictures whose 64-bit perceptual hash is close to that of a train picture; equal files left out."""
    if frames.media is None or len(frames.train) + len(frames.test) > LOOKED_AT:
        return None
    public = frames.package.public
    marks = []
    for part in (frames.train, frames.test):
        if Path(part[frames.media].iloc[0]).suffix.lower() not in IMAGES:
            return None
        marks.append(np.array([_mark(public / path) for path in part[frames.media]], dtype=np.uint64))
    pairs = []
    for row, mark in enumerate(marks[1]):
        if mark == 0:
            continue
        distance = _bits(marks[0] ^ mark)
        distance[marks[0] == 0] = 64
        best = int(distance.argmin())
        if distance[best] <= ALIKE and not _equal(public, frames, row, best):
            pairs.append((row, best))
    return {"count": len(pairs), "test": len(frames.test), "examples": examples(frames, pairs)}


def _equal(public: Path, frames: Frames, test: int, train: int) -> bool:
    files = [public / part[frames.media].iloc[row] for part, row in ((frames.test, test), (frames.train, train))]
    return content(files[0]) == content(files[1])


def _mark(file: Path) -> int:
    """Signs of the low frequencies of the grey picture (a discrete cosine transform); 0 when it cannot be read."""
    try:
        with Image.open(file) as picture:
            picture.draft("L", (2 * SIDE, 2 * SIDE))
            grey = np.asarray(picture.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX), dtype=float)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 0
    if grey.std() < 2:
        return 0  # an empty picture resembles every other one
    low = (_COSINES @ grey @ _COSINES.T).ravel()
    low[0] = 0.0
    bits = low > np.median(low)
    return int("".join("1" if bit else "0" for bit in bits), 2)


def _cosines() -> NDArray[np.float64]:
    steps = np.arange(SIDE) + 0.5
    return np.asarray([np.cos(np.pi * k * steps / SIDE) for k in range(FREQUENCIES)])


_COSINES = _cosines()


def _bits(values: NDArray[np.uint64]) -> NDArray[np.int64]:
    bits = np.unpackbits(values.view(np.uint8).reshape(len(values), 8), axis=1)
    return np.asarray(bits.sum(axis=1), dtype=np.int64)
