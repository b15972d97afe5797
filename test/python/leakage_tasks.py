"""Small packages for the tests of the leakage probes: clean ones, to plant one fault into."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from forge_runtime.package import Package
from forge_runtime.probes.leakage import run
from forge_runtime.probes.leakage_frames import Frames
from forge_runtime.probes.leakage_skill import Yardstick

Table = pd.DataFrame
CODES = {"barley": 0, "oats": 1, "wheat": 2}
WORDS = "rain sun field seed plough barn tractor hay mill fence goat hen market price winter yard"
Change = Callable[[Table, Table, Table], None]


def crops(rows: int = 900, seed: int = 4) -> Table:
    """Three classes from two noisy measurements, beside a category and a code that mean nothing."""
    generator = np.random.default_rng(seed)
    crop = generator.choice(["barley", "oats", "wheat"], rows, p=[0.5, 0.3, 0.2])
    shift = pd.Series(crop).map({"barley": 0.0, "oats": 1.5, "wheat": 3.0}).to_numpy()
    return pd.DataFrame(
        {
            "moisture": (shift + generator.normal(0, 1.0, rows)).round(3),
            "height": (10 - shift + generator.normal(0, 1.5, rows)).round(3),
            "soil": generator.choice(["clay", "loam", "sand"], rows),
            "plot": [f"P{n:05d}" for n in generator.permutation(50_000)[:rows]],
            "crop": crop,
        }
    )


def yields(rows: int = 900, seed: int = 5) -> Table:
    """A number from three noisy features."""
    generator = np.random.default_rng(seed)
    rain, heat, age = generator.normal(50, 10, rows), generator.normal(20, 4, rows), generator.integers(1, 30, rows)
    total = 3 * rain + 12 * heat - 4 * age + generator.normal(0, 25, rows)
    return pd.DataFrame({"rain": rain.round(2), "heat": heat.round(2), "age": age, "yield": total.round(1)})


def package(
    folder: Path,
    table: Table,
    target: str,
    change: Change | None = None,
    *,
    split: dict[str, Any] | None = None,
    test: Any = None,
) -> Path:
    """Splits at random (or where `test` says), gives opaque ids, and lets `change` plant a fault into the parts."""
    generator = np.random.default_rng(9)
    table = table.reset_index(drop=True)
    chosen = generator.random(len(table)) < 0.3 if test is None else np.asarray(test)
    table.insert(0, "id", generator.permutation(len(table)))
    parts = [table[~chosen].reset_index(drop=True), table[chosen].reset_index(drop=True)]
    answers = parts[1][["id", target]].copy()
    hidden = parts[1].drop(columns=[target])
    if change is not None:
        change(parts[0], hidden, answers)
    labels = table[target].dtype == object
    column: dict[str, Any] = {"name": target, "of": {"column": target, "class": None}}
    column["dtype"] = "label" if labels else "number"
    manifest = {
        "objective": "multiclass-classification" if labels else "regression",
        "target": {"columns": [target]},
        "split": split or {"kind": "random", "by": []},
        "metric": {"name": "accuracy" if labels else "rmse", "direction": "maximize" if labels else "minimize"},
        "submission": {"id_column": "id", "columns": [column]},
    }
    public, private = folder / "data" / "public", folder / "data" / "private"
    for place in (public, private):
        place.mkdir(parents=True, exist_ok=True)
    (folder / "task.json").write_text(json.dumps(manifest))
    (public / "description.md").write_text("# Task\n\nPredict the last column.\n")
    parts[0].to_csv(public / "train.csv", index=False)
    hidden.to_csv(public / "test.csv", index=False)
    answers.to_csv(private / "test_answer.csv", index=False)
    guesses = generator.choice(parts[0][target].to_numpy(), len(answers))
    pd.DataFrame({"id": answers["id"], target: guesses}).to_csv(public / "sample_submission.csv", index=False)
    return folder


def measured(folder: Path) -> dict[str, Any]:
    return run({}, {"package": folder})


def frames_of(folder: Path) -> Frames:
    return Frames(Package(folder))


def yard_of(folder: Path) -> Yardstick:
    frames = frames_of(folder)
    return Yardstick(frames, frames.targets[0])


def season(days: int = 800, seed: int = 6) -> Table:
    """A daily series with a slow wave, sorted by date."""
    generator = np.random.default_rng(seed)
    wave = 15 + 10 * np.sin(np.arange(days) / 58)
    dates = pd.date_range("2020-01-01", periods=days).strftime("%Y-%m-%d")
    noise = generator.normal(0, 2, days)
    return pd.DataFrame({"date": dates, "wind": generator.normal(3, 1, days).round(2), "temp": (wave + noise).round(1)})


def texts(rows: int = 600, seed: int = 8) -> Table:
    """Two topics of messages that share most of their words."""
    generator = np.random.default_rng(seed)
    words = np.array(
        [
            "rain",
            "sun",
            "field",
            "seed",
            "plough",
            "barn",
            "tractor",
            "hay",
            "mill",
            "fence",
            "goat",
            "hen",
            "market",
            "price",
            "winter",
            "yard",
        ]
    )
    topics = generator.choice(["news", "blog"], rows)
    own = {"news": words[:6], "blog": words[5:11]}

    def message(topic: str) -> str:
        return " ".join(generator.choice(own[topic] if generator.random() < 0.4 else words) for _ in range(14))

    return pd.DataFrame({"message": [message(topic) for topic in topics], "topic": topics})
