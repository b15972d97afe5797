"""Builds the data of this task from the raw dataset.

Usage: python prepare.py RAW_FOLDER PUBLIC_FOLDER PRIVATE_FOLDER
"""

import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pandas as pd

FEATURES = ["file"]
TARGET = "label"
CLASSES = ["cat", "dog"]
TEST_FRACTION = 0.25
SEED = 0
ROOT = "photos"
EXTENSIONS = [".jpg", ".png"]
RUN_LENGTH = 20
TIME = 946_684_800  # 2000-01-01, the time of change of every copied file


def prepare(raw: Path, public: Path, private: Path) -> None:
    """Reads the raw dataset; writes what competitors get to `public` and the answers to `private`."""
    rng = np.random.default_rng(SEED)
    rows = clean(read_rows(raw))
    in_test = choose_test(rows, rng)

    order = rng.permutation(len(rows))  # neither the id nor the order tells where a row comes from
    rows, in_test = rows.iloc[order].reset_index(drop=True), in_test[order]
    rows["id"] = range(len(rows))
    rows["file"] = [f"media/{i}{Path(path).suffix.lower()}" for i, path in zip(rows["id"], rows["path"], strict=True)]
    train = rows.loc[~in_test, ["id", *FEATURES, TARGET]]
    test = rows.loc[in_test, ["id", *FEATURES]]
    answers = rows.loc[in_test, ["id", TARGET]]
    sample = sample_submission(test, rng)
    check(train, test, answers, sample)

    public.mkdir(parents=True, exist_ok=True)
    private.mkdir(parents=True, exist_ok=True)
    copy_media(rows, raw, public)
    train.to_csv(public / "train.csv", index=False, lineterminator="\n")
    test.to_csv(public / "test.csv", index=False, lineterminator="\n")
    sample.to_csv(public / "sample_submission.csv", index=False, lineterminator="\n")
    answers.to_csv(private / "test_answer.csv", index=False, lineterminator="\n")


def read_rows(raw: Path) -> pd.DataFrame:
    """One row per file; its label is the name of a folder."""
    paths = media_paths(raw)
    rows = pd.DataFrame({"path": [path.relative_to(raw).as_posix() for path in paths]}, dtype=object)
    folders = [path.relative_to(raw / ROOT).parent.parts for path in paths]
    rows["label"] = [parts[0] if len(parts) > 0 else "" for parts in folders]
    return rows


def media_paths(raw: Path) -> list[Path]:
    """The files of the collection in the order of their names."""
    folder = raw / ROOT
    paths = [
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in EXTENSIONS
        and path.is_file()
        and not path.is_symlink()
        and not any(part.startswith(".") for part in path.relative_to(raw).parts)
    ]
    if not paths:
        raise FileNotFoundError(f"the raw data hold no files with the endings {EXTENSIONS}")
    return sorted(paths)


def clean(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that the task can use, with their target."""
    return drop(rows, rows[TARGET] == "", "the target is missing")


def drop(rows: pd.DataFrame, unwanted: pd.Series, reason: str) -> pd.DataFrame:
    """Leaves rows out and says how many and why."""
    if unwanted.any():
        print(f"dropped {unwanted.sum()} rows: {reason}")
    return rows[~unwanted].reset_index(drop=True)


def choose_test(rows: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Whole groups in random order, each taken if it brings the test part closer to its share of rows and classes."""
    groups = find_groups(rows)
    counts = pd.crosstab(groups, rows[TARGET])
    sizes, total = counts.to_numpy(), counts.sum().to_numpy()

    def distance(taken: np.ndarray) -> float:
        shares = np.append(taken / total, np.full(len(total), taken.sum() / total.sum()))
        return float(np.abs(shares - TEST_FRACTION).sum())

    taken, chosen = np.zeros_like(total), []
    for group in rng.permutation(len(sizes)):
        more = taken + sizes[group]
        if distance(more) < distance(taken) and (more < total).all():  # some of each class is left to learn from
            taken = more
            chosen.append(group)
    return groups.isin(counts.index[chosen]).to_numpy()


def find_groups(rows: pd.DataFrame) -> pd.Series:
    """Runs of 20 consecutive numbers in the names of the files; files without one are alone."""
    stems = rows["path"].str.split("/").str[-1].str.replace(r"\.[^.]*$", "", regex=True)
    numbers = pd.to_numeric(stems.str.extract("(\\d+)(?!.*\\d)")[0], errors="coerce")
    return (numbers // RUN_LENGTH).fillna(-1 - rows.index.to_series())


def sample_submission(test: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """A valid submission that knows nothing: every class with the same chance."""
    return pd.DataFrame({"id": test["id"], TARGET: rng.choice(CLASSES, len(test))})


def check(train: pd.DataFrame, test: pd.DataFrame, answers: pd.DataFrame, sample: pd.DataFrame) -> None:
    """What competitors and graders rely on."""
    ids = [*train["id"], *test["id"]]
    assert len(train) > 0 and len(test) > 0, "both parts hold rows"
    assert len(set(ids)) == len(ids), "ids are unique, and each is on one side"
    assert list(test.columns) == ["id", *FEATURES], "the test part has the features"
    assert TARGET not in test, "the test part does not hold the target"
    assert list(sample["id"]) == list(answers["id"]) == list(test["id"]), "every test row is asked for"
    assert set(answers[TARGET]) <= set(train[TARGET]) <= set(CLASSES), "every class is known and can be learnt"


def copy_media(rows: pd.DataFrame, raw: Path, public: Path) -> None:
    """Copies each file under its new name, without metadata and with one time for all."""
    shutil.rmtree(public / "media", ignore_errors=True)
    (public / "media").mkdir(parents=True)
    for path, name in zip(rows["path"], rows["file"], strict=True):
        data = (raw / path).read_bytes()
        if data.startswith(b"\xff\xd8"):
            data = without_jpeg_metadata(data)
        if data.startswith(b"\x89PNG"):
            data = without_png_metadata(data)
        (public / name).write_bytes(data)
        os.utime(public / name, (TIME, TIME))


def without_jpeg_metadata(data: bytes) -> bytes:
    """Leaves out EXIF, comments and the like; the Adobe segment stays because it tells how to decode colours."""
    kept, start = [data[:2]], 2
    while data[start : start + 1] == b"\xff" and data[start + 1 : start + 2] not in (b"\xda", b""):  # until the picture
        kind, size = data[start + 1], int.from_bytes(data[start + 2 : start + 4], "big")
        if (not 0xE1 <= kind <= 0xEF and kind != 0xFE) or data[start + 4 : start + 9] == b"Adobe":
            kept.append(data[start : start + 2 + size])
        start += 2 + size
    return b"".join([*kept, data[start:]])


def without_png_metadata(data: bytes) -> bytes:
    """Keeps the chunks that make the picture."""
    kept, start = [data[:8]], 8
    while start < len(data):
        end = start + 12 + int.from_bytes(data[start : start + 4], "big")
        if data[start + 4 : start + 8] in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"):
            kept.append(data[start:end])
        start = end
    return b"".join(kept)


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
