"""What the figures of a report are drawn from."""

import base64
import io
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import soundfile
from forge_runtime.probes.figures import run
from PIL import Image


def figures(folder: Path, train: dict[str, list[Any]], test: dict[str, list[Any]], dtype: str = "label") -> Any:
    """Figures of a package whose target is `crop`; test rows carry their answers."""
    (folder / "data/public").mkdir(parents=True, exist_ok=True)
    (folder / "data/private").mkdir(exist_ok=True)
    tables = [
        pd.DataFrame({"id": range(start, start + len(part["crop"])), **part})
        for start, part in ((0, train), (500, test))
    ]
    tables[0].to_csv(folder / "data/public/train.csv", index=False)
    tables[1].drop(columns="crop").to_csv(folder / "data/public/test.csv", index=False)
    tables[1][["id", "crop"]].to_csv(folder / "data/private/test_answer.csv", index=False)
    manifest = {
        "objective": "multiclass-classification" if dtype == "label" else "regression",
        "target": {"columns": ["crop"]},
        "submission": {"id_column": "id", "columns": [{"name": "crop", "dtype": dtype, "of": {"column": "crop"}}]},
    }
    (folder / "task.json").write_text(json.dumps(manifest))
    return run({}, {"package": folder})


def test_classes_are_counted_in_both_parts_most_frequent_first(tmp_path: Path) -> None:
    told = figures(tmp_path, {"crop": ["oats", "rye", "oats"]}, {"crop": ["rye", "oats"]})["targets"][0]
    assert told["classes"]["shown"] == [
        {"label": "oats", "train": 2, "test": 1},
        {"label": "rye", "train": 1, "test": 1},
    ]
    assert told["histogram"] is None


def test_a_target_may_be_called_like_a_column_of_the_count(tmp_path: Path) -> None:
    figures(tmp_path, {"crop": ["a", "b"]}, {"crop": ["a", "b"]})
    for file in tmp_path.glob("**/*.*"):
        file.write_text(file.read_text().replace("crop", "label"))
    assert run({}, {"package": tmp_path})["targets"][0]["name"] == "label"


def test_classes_beyond_the_bars_are_counted_together(tmp_path: Path) -> None:
    crops = [f"c{i}" for i in range(40)]
    told = figures(tmp_path, {"crop": crops}, {"crop": crops})["targets"][0]["classes"]
    assert (len(told["shown"]), told["rest"]) == (16, {"classes": 24, "train": 24, "test": 24})


def test_numbers_share_their_bins_and_one_outlier_does_not_flatten_them(tmp_path: Path) -> None:
    values = [float(i % 100) for i in range(1000)]
    told = figures(tmp_path, {"crop": [*values, 1e9]}, {"crop": values}, "number")["targets"][0]["histogram"]
    assert sum(told["train"]) + sum(told["test"]) + told["outside"] == 2001
    assert told["edges"][-1] < 200 < told["maximum"] == 1e9
    assert max(told["train"]) < 200


def test_a_constant_number_still_has_bins(tmp_path: Path) -> None:
    told = figures(tmp_path, {"crop": [2.5, 2.5]}, {"crop": [2.5]}, "number")["targets"][0]["histogram"]
    assert (sum(told["train"]), sum(told["test"]), told["outside"]) == (2, 1, 0)


def test_missing_shares_are_told_per_part_and_only_where_cells_are_empty(tmp_path: Path) -> None:
    told = figures(
        tmp_path,
        {"rain": [1, None, None, 2], "sun": [1, 2, 3, 4], "crop": ["a", "b", "a", "b"]},
        {"rain": [1, None], "sun": [1, 2], "crop": ["a", "b"]},
    )["missing"]
    assert told["columns"] == [{"column": "rain", "train": 0.5, "test": 0.5}]
    assert (told["lacking"], told["all"]) == (1, 4)


def test_long_texts_are_sampled_and_cut(tmp_path: Path) -> None:
    words = ["a <script>alert(1)</script> word and then some more " * 20] * 9
    told = figures(tmp_path, {"note": words, "crop": ["a"] * 9}, {"note": words[:2], "crop": ["a", "a"]})["texts"]
    assert told["column"] == "note"
    assert [len(sample["text"]) for sample in told["samples"]] == [400] * 6
    assert told["samples"][0]["label"] == "a"


def test_columns_of_single_words_are_no_texts(tmp_path: Path) -> None:
    assert figures(tmp_path, {"w": ["x", "y"], "crop": ["a", "b"]}, {"w": ["x"], "crop": ["a"]})["texts"] is None


def test_thumbnails_are_drawn_anew_without_the_metadata_and_show_several_classes(tmp_path: Path) -> None:
    media = tmp_path / "data/public/media"
    media.mkdir(parents=True)
    for i in range(30):
        exif = Image.Exif()
        exif[0x010E] = "SECRET"
        Image.new("RGB", (300, 150), (i * 8, 0, 0)).save(media / f"{i}.jpg", exif=exif)
    files = [f"media/{i}.jpg" for i in range(30)]
    told = figures(
        tmp_path,
        {"file": files[:20], "crop": ["a"] * 18 + ["b"] * 2},
        {"file": files[20:], "crop": ["a"] * 10},
    )["media"]
    assert len(told["pictures"]) == 12
    assert {picture["label"] for picture in told["pictures"]} == {"a", "b"}
    content = base64.b64decode(told["pictures"][0]["source"].split(",", 1)[1])
    assert b"SECRET" not in content
    assert Image.open(io.BytesIO(content)).size == (96, 48)


def test_files_that_are_no_pictures_are_counted_and_passed_over(tmp_path: Path) -> None:
    media = tmp_path / "data/public/media"
    media.mkdir(parents=True)
    (media / "0.png").write_bytes(b"\x89PNG\r\n\x1a\n garbage")
    Image.new("L", (10, 10)).save(media / "1.png")
    told = figures(
        tmp_path, {"file": ["media/0.png", "media/1.png"], "crop": ["a", "b"]}, {"file": ["media/1.png"], "crop": ["a"]}
    )["media"]
    assert (len(told["pictures"]), told["unread"]) == (1, 1)


def test_sounds_have_an_outline_and_their_length(tmp_path: Path) -> None:
    media = tmp_path / "data/public/media"
    media.mkdir(parents=True)
    wave = np.sin(np.arange(16_000) * 0.05) * np.linspace(0, 0.8, 16_000)
    soundfile.write(media / "0.wav", wave, 8_000)
    told = figures(tmp_path, {"file": ["media/0.wav"], "crop": ["a"]}, {"file": ["media/0.wav"], "crop": ["a"]})
    (sound,) = told["media"]["sounds"]
    assert math.isclose(sound["seconds"], 2.0)
    assert (len(sound["low"]), len(sound["high"])) == (160, 160)
    assert sound["high"][2] < 0.1
    assert sound["high"][-1] > 0.7
