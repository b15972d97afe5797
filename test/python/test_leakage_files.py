"""Answers that lie in public files, and samples that know them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from forge_runtime.probes import leakage_files, leakage_sample
from leakage_tasks import CODES, Table, crops, frames_of, package, yields


def exposed(folder: Path) -> list[dict[str, Any]]:
    frames = frames_of(folder)
    files: list[dict[str, Any]] = leakage_files.exposed(frames, frames.targets[0])["files"]
    return files


def answers_of(folder: Path) -> Table:
    return pd.read_csv(folder / "data/private/test_answer.csv")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("extra.csv", lambda a: a.to_csv(index=False).encode()),
        ("meta/labels.json", lambda a: json.dumps(dict(zip(a["id"].astype(str), a["crop"], strict=True))).encode()),
        (
            "notes.txt",
            lambda a: ("row " + a["id"].astype(str) + " is " + a["crop"] + ";\n").sum().encode(),
        ),
        (".hidden", lambda a: "\n".join(a["crop"]).encode()),
        ("list.json", lambda a: json.dumps(a["crop"].tolist()).encode()),
        ("codes.bin", lambda a: b"\0HEAD" + a["crop"].map(CODES).to_numpy(np.uint8).tobytes()),
    ],
)
def test_answers_in_a_side_file_are_told(tmp_path: Path, name: str, written: Any) -> None:
    folder = package(tmp_path, crops(), "crop")
    file = folder / "data/public" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(written(answers_of(folder)))
    told = exposed(folder)
    assert [item["file"] for item in told] == [f"data/public/{name}"]
    assert told[0]["share"] > 0.95
    assert told[0]["chance"] < 0.6


@pytest.mark.parametrize("kind", [np.float64, np.float32])
def test_answers_in_an_array_are_told(tmp_path: Path, kind: Any) -> None:
    folder = package(tmp_path, yields(), "yield")
    np.save(folder / "data/public/y.npy", answers_of(folder)["yield"].to_numpy(kind))
    assert [item["how"] for item in exposed(folder)] == [f"as an array of {np.dtype(kind).name}"]


def test_side_files_that_know_no_answers_are_let_off(tmp_path: Path) -> None:
    folder = package(tmp_path, crops(), "crop")
    generator = np.random.default_rng(1)
    table = answers_of(folder)
    table["crop"] = generator.permutation(table["crop"])
    table.to_csv(folder / "data/public/guesses.csv", index=False)
    (folder / "data/public/noise.bin").write_bytes(generator.bytes(100_000))
    assert all(abs(item["share"] - item["chance"]) < 0.2 for item in exposed(folder))


def test_a_target_column_in_test_is_told(tmp_path: Path) -> None:
    def change(_train: Table, test: Table, answers: Table) -> None:
        test["crop"] = answers["crop"]

    frames = frames_of(package(tmp_path, crops(), "crop", change))
    assert leakage_files.exposed(frames, frames.targets[0])["column"] == 1.0


@pytest.mark.parametrize("target", ["crop", "yield"])
def test_a_sample_made_from_the_answers_is_told(tmp_path: Path, target: str) -> None:
    folder = package(tmp_path, crops() if target == "crop" else yields(), target)
    generator = np.random.default_rng(1)
    table = answers_of(folder)
    half = generator.random(len(table)) < 0.5
    table.loc[half, target] = generator.permutation(table.loc[half, target])
    table.to_csv(folder / "data/public/sample_submission.csv", index=False)
    frames = frames_of(folder)
    told = leakage_sample.sample_luck(frames, frames.targets[0])
    assert told is not None
    assert told["errors"] > 5


def test_constant_samples_know_nothing(tmp_path: Path) -> None:
    folder = package(tmp_path, yields(), "yield")
    answers_of(folder).assign(**{"yield": 300.0}).to_csv(folder / "data/public/sample_submission.csv", index=False)
    frames = frames_of(folder)
    told = leakage_sample.sample_luck(frames, frames.targets[0])
    assert told is not None
    assert told["errors"] == 0.0
