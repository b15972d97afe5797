"""The job `dataset.picture`: one picture of the dataset, decoded here and drawn anew, and its looks in numbers.

Nothing of the file but its pixels leaves the sandbox: no metadata, no bytes that another decoder would have to trust.
"""

import base64
import io
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from forge_runtime.dataset.chosen_file import choose_file
from forge_runtime.dataset.media_contents import MAX_PIXELS

# Formats that are drawn by a program of their own, such as PostScript, are left out.
FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF", "PPM")
BINS = 8
# The numbers of a large picture are those of a small one of it.
MEASURED_SIDE = 512


def run(args: dict[str, Any], paths: dict[str, Path]) -> dict[str, Any]:
    """Mount: `raw`. `args`: `name` of the dataset, `path` of the file, `side` (longest, in pixels; null for none)."""
    file = choose_file(paths["raw"], str(args["name"]), str(args["path"]))
    if isinstance(file, dict):
        return file
    warnings.simplefilter("ignore")
    try:
        with Image.open(file.location, formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                return {"kind": "broken", "problem": f"it has more than {MAX_PIXELS // 1_000_000} million pixels"}
            told = {
                "width": image.width,
                "height": image.height,
                "mode": image.mode,
                "format": image.format,
                "frames": int(getattr(image, "n_frames", 1)),
                "bytes": file.size,
            }
            image.draft("RGB", (MEASURED_SIDE, MEASURED_SIDE))
            shown = _plain(image)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  decoders raise anything on hostile bytes
        return {"kind": "broken", "problem": f"it cannot be decoded ({type(error).__name__})"}
    return {"kind": "picture", **told, **_numbers(shown), "png": _png(shown, args["side"])}


def _plain(image: Image.Image) -> Image.Image:
    """Eight bits per channel, RGB, no larger than what is measured and shown."""
    small = (
        image.convert("RGBA" if image.mode in {"P", "PA", "LA"} else "RGB") if _shallow(image) else _stretched(image)
    )
    small.thumbnail((MEASURED_SIDE, MEASURED_SIDE))
    if small.mode == "RGBA":
        white = Image.new("RGBA", small.size, "white")
        small = Image.alpha_composite(white, small)
    return small.convert("RGB")


def _shallow(image: Image.Image) -> bool:
    return not image.mode.startswith(("I", "F"))


def _stretched(image: Image.Image) -> Image.Image:
    """A picture of more than eight bits, its darkest value black and its brightest white."""
    values = np.asarray(image, dtype=np.float32)
    values = np.nan_to_num(values, nan=0, posinf=0, neginf=0)
    low, high = float(values.min()), float(values.max())
    return Image.fromarray(((values - low) / max(high - low, 1e-9) * 255).astype(np.uint8))


def _numbers(image: Image.Image) -> dict[str, Any]:
    pixels = np.asarray(image, dtype=float)
    light = pixels @ np.array([0.299, 0.587, 0.114])
    counts, _ = np.histogram(light, bins=BINS, range=(0, 256))
    return {
        "meanColour": [round(float(value), 1) for value in pixels.mean(axis=(0, 1))],
        "contrast": round(float(light.std()), 1),
        "lightness": [round(float(count) / light.size, 3) for count in counts],
    }


def _png(image: Image.Image, side: int | None) -> str | None:
    if side is None:
        return None
    image.thumbnail((int(side), int(side)))
    return encoded(np.asarray(image))


def encoded(pixels: Any) -> str:
    """The PNG file of an array of pixels, as base64 text."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", optimize=True)
    return base64.b64encode(out.getvalue()).decode("ascii")
