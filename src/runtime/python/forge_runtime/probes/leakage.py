"""Job: what the built package gives away. Measures only; which figure is a leak is judged in TypeScript."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from forge_runtime.package import PackageError, load_package
from forge_runtime.probes import (
    leakage_features,
    leakage_files,
    leakage_media,
    leakage_order,
    leakage_rows,
    leakage_splits,
)
from forge_runtime.probes.leakage_entities import entities
from forge_runtime.probes.leakage_frames import Frames, Target, header_places, places
from forge_runtime.probes.leakage_sample import sample_luck
from forge_runtime.probes.leakage_shift import shift
from forge_runtime.probes.leakage_skill import Yardstick

Json = dict[str, Any]

TARGETS = 3


def run(_args: Json, paths: dict[str, Path]) -> Json:
    """The mount `package` is the task folder. One loading of its tables serves all measurements."""
    package = load_package(paths)
    try:
        frames = Frames(package)
    except PackageError as error:
        return {"problem": str(error)}
    split = package.manifest.section("split")
    by, kind = [str(name) for name in split.get("by") or []], str(split.get("kind"))
    result: Json = {
        "problem": None,
        "rows": {"train": len(frames.train), "test": len(frames.test)},
        "features": len(frames.features),
        "duplicates": leakage_rows.duplicates(frames),
        "near": leakage_rows.near_duplicates(frames),
        "alike": leakage_media.alike(frames),
        "groups": _placed(frames, leakage_splits.declared_groups(frames, by))
        if kind in {"group", "entity"} and by
        else None,
        "times": _placed(frames, leakage_splits.times(frames, by)) if kind == "time" and by else None,
        "shift": shift(frames) if kind in {"random", "stratified"} else None,
        "targets": [_target(frames, target, kind, by) for target in frames.targets[:TARGETS]],
    }
    names = {"train": "train.csv", "test": "test.csv"}
    return {**result, "headers": {part: header_places(package.public / file) for part, file in names.items()}}


def _target(frames: Frames, target: Target, kind: str, by: list[str]) -> Json:
    yard = Yardstick(frames, target)
    alone = leakage_features.alone(yard)
    time = next((name for name in by if name in frames.test.columns), None) if kind == "time" else None
    grouped: Callable[[], list[Json]] = lambda: entities(frames, target)  # noqa: E731
    return {
        "name": target.name,
        "classes": len(target.classes),
        "alone": alone,
        "spelling": leakage_features.spelling(yard),
        "emptiness": leakage_features.emptiness(yard, alone["features"]),
        **leakage_features.restatements(frames, target),
        "ids": leakage_order.identifiers(yard),
        "neighbours": leakage_order.neighbours(frames, target),
        "lookAhead": [] if time is None else leakage_splits.look_ahead(frames, target, time),
        "entities": grouped() if kind in {"random", "stratified"} else [],
        "exposed": leakage_files.exposed(frames, target),
        "sample": sample_luck(frames, target),
        "media": leakage_media.attributes(yard),
    }


def _placed(frames: Frames, told: Json | None) -> Json | None:
    """The first row in question as a place in test.csv."""
    if told is None:
        return None
    row = told.pop("row")
    found = [] if row is None else places(frames.package.public / "test.csv", "data/public/test.csv", [row])
    return {**told, "place": found[0] if found else None}
