"""The media probe on pictures and sounds made for the test."""

from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from forge_runtime.probes import media_signal
from PIL import Image

PLAN = {
    "name": "proposed",
    "kind": "stratified",
    "together": {"key": "none"},
    "time": None,
    "testFraction": 0.3,
    "seed": 0,
}


def candidate(media: str, extension: str, label: dict[str, Any], **more: Any) -> dict[str, Any]:
    source = {"media": media, "root": "", "extensions": [extension], "label": label, "table": None, "broken": []}
    return {
        "id": "0",
        "source": source,
        "classes": None,
        "metrics": ["accuracy"],
        "encoding": "utf-8",
        "splits": [PLAN],
        **more,
    }


def measured(folder: Path, asked: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = media_signal.run({"seed": 0, "candidates": [asked]}, {"dataset": folder})["candidates"][0]
    return result


def stripes(folder: Path, count: int) -> None:
    """Horizontal and vertical stripes by turns of the file number; light changes every twelve files."""
    generator = np.random.default_rng(0)
    for number in range(count):
        label = "across" if number % 2 else "down"
        wave = np.sin(np.arange(48) / 2 + generator.random() * 6)
        pattern = np.tile(wave, (48, 1)) if label == "down" else np.tile(wave, (48, 1)).T
        light = np.random.default_rng(number // 12).uniform(40, 200, 3)
        pixels = np.clip(light + 30 * pattern[..., None] + generator.normal(0, 10, (48, 48, 1)), 0, 255)
        (folder / label).mkdir(exist_ok=True)
        Image.fromarray(pixels.astype(np.uint8)).save(folder / label / f"IMG_{1000 + number}.png")


def test_pictures_are_told_apart_and_the_file_number_gives_the_folder_away(tmp_path: Path) -> None:
    stripes(tmp_path, 300)
    sessions = {**PLAN, "name": "sessions", "kind": "group", "together": {"key": "name-run", "length": None}}
    asked = candidate("image", ".png", {"from": "folder", "level": 1}, splits=[PLAN, sessions])
    result = measured(tmp_path, asked)
    scores = result["splits"][0]["scores"][0]
    assert scores["model"] > 0.9 > scores["constant"] + 0.3
    clues = {item["clue"]: item["score"] for item in result["names"]}
    assert clues["last digit of the file number"] == 1.0
    assert result["session"]["resemblance"] > 0.2
    assert 6 <= result["session"]["length"] <= 24
    assert result["splits"][1]["name"] == "sessions"


def test_sounds_are_labelled_by_their_prefix(tmp_path: Path) -> None:
    generator = np.random.default_rng(0)
    for at in range(80):
        name, hertz = ("low", 200) if at % 2 else ("high", 2000)
        wave = np.sin(np.arange(4000) * 2 * np.pi * hertz / 8000) + generator.normal(0, 0.5, 4000)
        soundfile.write(tmp_path / f"{name}_{generator.integers(10**9)}.wav", wave * 0.3, 8000)
    result = measured(tmp_path, candidate("audio", ".wav", {"from": "name", "pattern": "^([a-z]+)_"}))
    assert result["splits"][0]["scores"][0]["model"] > 0.9
    assert {item["label"]: item["count"] for item in result["classes"]} == {"high": 40, "low": 40}


def test_an_unreadable_picture_is_left_out(tmp_path: Path) -> None:
    stripes(tmp_path, 60)
    (tmp_path / "down" / "IMG_1.png").write_bytes(b"no picture")
    result = measured(tmp_path, candidate("image", ".png", {"from": "folder", "level": 1}))
    assert result["splits"][0]["train"] + result["splits"][0]["test"] == 60
