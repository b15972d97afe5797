"""Opens media files: sizes and lengths of all, full decoding of as many as the budget allows."""

import statistics
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import soundfile
from PIL import Image

from forge_runtime.dataset.encoding import is_binary
from forge_runtime.dataset.inventory import DataFile

# Budgets are counted in pixels, seconds and files, not in time, so that equal data give equal profiles.
DECODED_PIXELS = 600_000_000
DECODED_SECONDS = 7_200
OPENED_FILES = 20_000
MAX_PIXELS = 200_000_000  # a larger single picture is a decompression bomb, or no training data
LISTED_BROKEN = 100
LISTED_SIZES = 20
TEXT_BYTES = 1_000_000
PROSE_SAMPLE = 20
PROSE_BYTES = 4_000

Broken = list[tuple[str, str]]


def image_contents(files: list[DataFile]) -> tuple[dict[str, Any] | None, Broken]:
    """Widths, heights, modes and the files that cannot be decoded."""
    sizes: list[tuple[int, int]] = []
    modes: Counter[str] = Counter()
    broken: Broken = []
    share = _share_to_decode(files, DECODED_PIXELS, 12)
    warnings.simplefilter("ignore")
    for index, file in enumerate(_spread(files)):
        try:
            with Image.open(file.location) as image:
                if image.width * image.height > MAX_PIXELS:
                    broken.append((file.path, f"larger than {MAX_PIXELS // 1_000_000} million pixels"))
                    continue
                size, mode = image.size, image.mode
                if int(index * share) != int((index + 1) * share):
                    image.load()
            sizes.append(size)
            modes[mode] += 1
        except Exception as error:  # noqa: BLE001  decoders raise anything on hostile bytes
            broken.append((file.path, _reason(error)))
    if not sizes:
        return None, broken
    counted = Counter(f"{width}x{height}" for width, height in sizes)
    return {
        "width": _quantiles([width for width, _ in sizes]),
        "height": _quantiles([height for _, height in sizes]),
        "modes": [{"mode": mode, "count": count} for mode, count in _ranked(modes)],
        "sizes": [{"size": size, "count": count} for size, count in _ranked(counted)[:LISTED_SIZES]],
    }, broken


def audio_contents(files: list[DataFile]) -> tuple[dict[str, Any] | None, Broken]:
    """Lengths, sample rates, channels and the files that cannot be decoded."""
    seconds: list[float] = []
    rates: Counter[int] = Counter()
    channels: Counter[int] = Counter()
    broken: Broken = []
    left = float(DECODED_SECONDS)
    for file in _spread(files):
        try:
            with soundfile.SoundFile(str(file.location)) as sound:
                if sound.frames <= 0 or sound.samplerate <= 0:
                    broken.append((file.path, "holds no sound"))
                    continue
                length = sound.frames / sound.samplerate
                if left >= length:
                    left -= length
                    read = sum(len(block) for block in sound.blocks(blocksize=65536, dtype="int16"))
                    if read < sound.frames:
                        broken.append(
                            (file.path, f"cut off after {read / sound.samplerate:.2f} of {length:.2f} seconds")
                        )
                        continue
            seconds.append(length)
            rates[int(sound.samplerate)] += 1
            channels[int(sound.channels)] += 1
        except Exception as error:  # noqa: BLE001  decoders raise anything on hostile bytes
            broken.append((file.path, _reason(error)))
    if not seconds:
        return None, broken
    return {
        "seconds": _quantiles(seconds),
        "sampleRates": [{"rate": rate, "count": count} for rate, count in _ranked(rates)],
        "channels": [{"channels": number, "count": count} for number, count in _ranked(channels)],
    }, broken


def text_contents(files: list[DataFile]) -> tuple[dict[str, Any] | None, Broken]:
    """Lengths in characters, the encoding, and the files that hold no text."""
    lengths: list[int] = []
    encodings: Counter[str] = Counter()
    broken: Broken = []
    for file in _spread(files):
        try:
            with file.location.open("rb") as stream:
                content = stream.read(TEXT_BYTES)
        except OSError as error:
            broken.append((file.path, _reason(error)))
            continue
        if is_binary(content[:65536]):
            broken.append((file.path, "holds binary data"))
            continue
        try:
            text = content.decode("utf-8-sig")
            encodings["utf-8"] += 1
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
            encodings["cp1252"] += 1
        lengths.append(len(text))
    if not lengths:
        return None, broken
    encoding = "utf-8" if encodings["cp1252"] == 0 else "cp1252"
    return {"characters": _quantiles(lengths), "encoding": encoding}, broken


def hold_prose(files: list[DataFile]) -> bool:
    """Whether text files hold words rather than figures, judged on a few of them."""
    wordy = 0
    sample = files[:: max(1, len(files) // PROSE_SAMPLE)][:PROSE_SAMPLE]
    for file in sample:
        with file.location.open("rb") as stream:
            text = stream.read(PROSE_BYTES).decode("utf-8", "replace")
        letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
        wordy += letters > digits
    return wordy * 2 >= len(sample)


CONTENTS: dict[str, Callable[[list[DataFile]], tuple[dict[str, Any] | None, Broken]]] = {
    "image": image_contents,
    "audio": audio_contents,
    "text": text_contents,
}


def _spread(files: list[DataFile]) -> Sequence[DataFile]:
    """All files, or evenly spaced ones where there are too many."""
    if len(files) <= OPENED_FILES:
        return files
    return [files[index * len(files) // OPENED_FILES] for index in range(OPENED_FILES)]


def _share_to_decode(files: list[DataFile], budget: int, pixels_per_byte: int) -> float:
    # A JPEG byte holds about a dozen pixels at most in photographs; the estimate needs no decoding.
    pixels = sum(file.size for file in files) * pixels_per_byte
    return min(1.0, budget / max(pixels, 1))


def _quantiles(values: Sequence[float]) -> dict[str, float]:
    return {"minimum": min(values), "median": statistics.median(values), "maximum": max(values)}


def _ranked(counter: "Counter[Any]") -> list[tuple[Any, int]]:
    return sorted(counter.items(), key=lambda item: (-item[1], str(item[0])))


def _reason(error: Exception) -> str:
    text = str(error).splitlines()[0] if str(error) else type(error).__name__
    # Decoders put the path of the file into their messages; the report names it anyway.
    return (
        "cannot be identified as a file of its kind"
        if "cannot identify" in text
        else text.split("'/")[0].strip(": ")[:150]
    )
