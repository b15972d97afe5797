"""Pictures: equal and similar files in both parts, and what files tell besides their content."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from forge_runtime.probes import leakage_media, leakage_rows
from leakage_tasks import frames_of, package, yard_of
from PIL import Image, PngImagePlugin

KINDS = ["circle", "stripe"]
Writer = Callable[[Path, Image.Image, str], None]


def plain(file: Path, picture: Image.Image, _kind: str) -> None:
    picture.save(file)


def pictures(folder: Path, write: Writer = plain, count: int = 160) -> Path:
    """Six blobs or six stripes each, of one size and named by number."""
    generator = np.random.default_rng(3)
    media = folder / "data" / "public" / "media"
    media.mkdir(parents=True)
    kinds = generator.choice(KINDS, count)
    y, x = np.mgrid[0:48, 0:48]
    for number, kind in enumerate(kinds):
        light = np.full(x.shape, 60.0)
        for _ in range(6):
            centre, width = generator.uniform(0, 48, 2), generator.uniform(3, 9)
            flat = 1.0 if kind == "circle" else 0.2
            light += 60 * np.exp(-(((x - centre[0]) / width) ** 2 + ((y - centre[1]) * flat / width) ** 2))
        grey = np.clip(light + generator.normal(0, 4, light.shape), 0, 255).astype(np.uint8)
        write(media / f"{number}.png", Image.fromarray(grey), kind)
    os_times(media)
    table = pd.DataFrame({"file": [f"media/{number}.png" for number in range(count)], "kind": kinds})
    return package(folder, table, "kind")


def os_times(media: Path) -> None:
    for file in media.iterdir():
        if file.stat().st_mtime > 1e9:
            os.utime(file, (1e9, 1e9))


def told(folder: Path) -> dict[str, float]:
    return {item["property"]: item["skill"] for item in leakage_media.attributes(yard_of(folder))}


def test_pictures_without_traces_tell_nothing_but_their_content(tmp_path: Path) -> None:
    folder = pictures(tmp_path)
    assert all(skill < 0.3 for name, skill in told(folder).items() if name != "bytes")
    frames = frames_of(folder)
    duplicates = leakage_rows.duplicates(frames)
    assert duplicates is not None
    assert (duplicates["count"], duplicates["media"]) == (0, True)
    alike = leakage_media.alike(frames)
    assert alike is not None
    assert alike["count"] <= 1


def test_copied_pictures_are_counted_by_content(tmp_path: Path) -> None:
    folder = pictures(tmp_path)
    frames = frames_of(folder)
    public = frames.package.public
    for row in range(6):
        (public / frames.test["file"][row]).write_bytes((public / frames.train["file"][row]).read_bytes())
    duplicates = leakage_rows.duplicates(frames_of(folder))
    assert duplicates is not None
    assert duplicates["count"] == 6


def test_resized_pictures_are_nearly_the_same(tmp_path: Path) -> None:
    folder = pictures(tmp_path)
    frames = frames_of(folder)
    public = frames.package.public
    for row in range(6):
        with Image.open(public / frames.train["file"][row]) as picture:
            picture.resize((96, 96)).save(public / frames.test["file"][row])
    alike = leakage_media.alike(frames_of(folder))
    assert alike is not None
    assert alike["count"] >= 6


def noted(file: Path, picture: Image.Image, kind: str) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", f"taken by {kind}")
    picture.save(file, pnginfo=info)


def described(file: Path, picture: Image.Image, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "maker of " + kind
    picture.save(file, exif=exif)


def dated(file: Path, picture: Image.Image, kind: str) -> None:
    picture.save(file)
    moment = 1e6 + 1e6 * KINDS.index(kind)
    os.utime(file, (moment, moment))


@pytest.mark.parametrize(("write", "name"), [(noted, "metadata"), (described, "metadata"), (dated, "modified")])
def test_traces_of_the_class_are_told(tmp_path: Path, write: Writer, name: str) -> None:
    assert told(pictures(tmp_path, write))[name] > 0.95


def test_a_class_in_the_file_name_is_told(tmp_path: Path) -> None:
    folder = pictures(tmp_path)
    public = folder / "data/public"
    kinds: dict[str, Any] = {}
    for part in ("public/train", "private/test_answer"):
        table = pd.read_csv(folder / f"data/{part}.csv")
        kinds |= dict(zip(table["id"], table["kind"], strict=True))
    for part in ("train", "test"):
        table = pd.read_csv(public / f"{part}.csv")
        for row, (key, old) in enumerate(zip(table["id"], table["file"], strict=True)):
            new = f"media/{kinds[key][0]}{key}.png"
            (public / old).rename(public / new)
            table.loc[row, "file"] = new
        table.to_csv(public / f"{part}.csv", index=False)
    assert told(folder)["name: first character"] > 0.95


def test_broken_pictures_stop_nothing(tmp_path: Path) -> None:
    folder = pictures(tmp_path)
    frames = frames_of(folder)
    (frames.package.public / frames.test["file"][0]).write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    assert leakage_media.alike(frames) is not None
    assert told(folder)
