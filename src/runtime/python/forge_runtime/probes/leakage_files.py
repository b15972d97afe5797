"""Answers in the public folder: beside ids in any file, in the order of the test rows, or as bytes of an array."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.probes.leakage_frames import Frames, Target
from forge_runtime.probes.leakage_unpack import unpacked
from forge_runtime.probes.signal_scores import Floats

Json = dict[str, Any]

TABLES = {"train.csv", "test.csv", "sample_submission.csv"}
LARGEST_FILE = 20_000_000
SMALL_FILE = 2_000_000
"""Beyond the tables, files of this size are looked into whole; of larger ones only the beginning."""
MANY_FILES = 20_000
SHORT_LINE = 40
RUN = 16
"""So many answers in a row, in the order of test.csv, are no accident."""
ANSWERS = 200
SEED = 13
TOKEN = re.compile(r"[^\s,;|\t\"'\[\]{}():=]+")


def exposed(frames: Frames, target: Target) -> Json:
    """The target column in test.csv, and every other public file that gives answers away."""
    found = []
    for file in _others(frames):
        told = _look(frames, target, file)
        if told is not None:
            found.append({"file": f"data/public/{file.relative_to(frames.package.public).as_posix()}", **told})
        if len(found) >= 5:
            break
    present = target.name in frames.test.columns
    right = float((frames.test[target.name] == target.test_text).mean()) if present else None
    return {"column": right, "files": found}


def _others(frames: Frames) -> Iterator[Path]:
    """Public files that are neither tables of the layout nor media that the tables name."""
    public = frames.package.public
    media = set(frames.train[frames.media]) | set(frames.test[frames.media]) if frames.media else set()
    count = 0
    for file in sorted(public.rglob("*")):
        count += 1
        if count > MANY_FILES or file.is_symlink() or not file.is_file():
            continue
        name = file.relative_to(public).as_posix()
        if name not in TABLES and name not in media and file.stat().st_size > 0:
            yield file


def _look(frames: Frames, target: Target, file: Path) -> Json | None:
    with file.open("rb") as stream:
        data = stream.read(LARGEST_FILE if file.stat().st_size <= LARGEST_FILE else SMALL_FILE)
    for part in unpacked(data, LARGEST_FILE):
        told = _read(frames, target, part)
        if told is not None:
            return told
    return None


def _read(frames: Frames, target: Target, data: bytes) -> Json | None:
    text = _text(data)
    if text is not None:
        return _beside_ids(frames, target, text) or _in_order(target, text)
    return _as_bytes(target, data)


def _text(data: bytes) -> str | None:
    if b"\0" in data[:4096]:
        return None
    try:
        return data.decode("utf-8-sig", errors="strict")
    except UnicodeDecodeError:
        return None


def _beside_ids(frames: Frames, target: Target, text: str) -> Json | None:
    """Lines that name a test id, and how many of them hold its answer; compared with answers dealt out anew."""
    known = dict(zip(frames.test[frames.key], target.test_text, strict=True))
    shuffled = np.random.default_rng(SEED).permutation(target.test_text.to_numpy())
    dealt = dict(zip(frames.test[frames.key], shuffled, strict=True))
    named = right = chance = 0
    first = None
    for number, line in enumerate(re.split(r"\r?\n", text), start=1):
        for key, rest in _records(line, known):
            named += 1
            hit = _holds(known[key], rest, line)
            right += hit
            chance += _holds(dealt[key], rest, line)
            first = number if hit and first is None else first
    if named < max(10, 0.02 * len(known)):
        return None
    return {"how": "beside ids", "share": right / named, "chance": chance / named, "rows": named, "line": first}


def _records(line: str, known: dict[str, str]) -> Iterator[tuple[str, set[str]]]:
    """Ids in a line, each with the words that belong to it: all others, or in long lines those up to the next id."""
    tokens = TOKEN.findall(line)
    ids = [place for place, token in enumerate(tokens) if token in known]
    if not ids:
        return
    if len(ids) == 1 or len(tokens) <= SHORT_LINE:
        # The first id is the key; numbers that happen to be ids come later.
        yield tokens[ids[0]], set(tokens[: ids[0]] + tokens[ids[0] + 1 :])
        return
    for place, following in zip(ids, [*ids[1:], len(tokens)], strict=True):
        yield tokens[place], set(tokens[place + 1 : max(following, place + 2)][:SHORT_LINE])


def _holds(answer: str, tokens: set[str], line: str) -> bool:
    if answer in tokens:
        return True
    if " " in answer:
        return answer in line
    return False


def _in_order(target: Target, text: str) -> Json | None:
    """A run of tokens that are the answers in the order of test.csv."""
    answers = target.test_text.tolist()[:ANSWERS]
    if len(answers) < RUN or len(set(answers[:RUN])) < 2 or any(" " in answer for answer in answers):
        return None
    lines = [line for line in re.split(r"\r?\n", text) if line.strip()][: ANSWERS + 1]
    words = [match.group() for match in islice(TOKEN.finditer(text), 2 * len(answers))]
    columns = [words, [line.strip() for line in lines], *(_field(lines, field) for field in range(3))]
    for column in columns:
        for start in (0, 1):
            share = _agreement(column[start : start + len(answers)], answers)
            if share >= 0.95:
                return {
                    "how": "in the order of test.csv",
                    "share": share,
                    "chance": 0.0,
                    "rows": len(answers),
                    "line": start + 1,
                }
    return None


def _field(lines: list[str], field: int) -> list[str]:
    return [tokens[field] if field < len(tokens) else "" for tokens in (TOKEN.findall(line) for line in lines)]


def _agreement(found: list[str], wanted: list[str]) -> float:
    if len(found) < len(wanted):
        return 0.0
    return float(np.mean([a == b for a, b in zip(found, wanted, strict=True)]))


def _as_bytes(target: Target, data: bytes) -> Json | None:
    """The first answers in a row as an array of a common type, anywhere in the file."""
    if len(target.test) < RUN or len(np.unique(target.test[: 2 * RUN])) < 2:
        return None
    # With few classes a short run of small codes can occur by chance: ask for more of them.
    rows = 200 if target.classes else 2 * RUN
    spelt = np.asarray(pd.to_numeric(target.test_text.head(rows), errors="coerce"), dtype=float)
    # Classes may stand there as their position or, when they are numbers, as they are written.
    for y in (target.test[:rows], spelt):
        if np.isfinite(y).all():
            name = next((kind.__name__ for kind in _array_types(y) if y.astype(kind).tobytes() in data), None)
            if name is not None:
                return {"how": f"as an array of {name}", "share": 1.0, "chance": 0.0, "rows": len(y), "line": None}
    joined = "\n".join(target.test_text.head(RUN)).encode()
    if len(set(target.test_text.head(RUN))) > 3 and joined in data:
        return {"how": "as text", "share": 1.0, "chance": 0.0, "rows": RUN, "line": None}
    return None


def _array_types(y: Floats) -> list[Any]:
    """Types in which the values can be stored."""
    kinds: list[Any] = [np.float64, np.float32]
    if bool((y == np.round(y)).all()) and float(np.abs(y).max()) < 2**31:
        kinds += [np.int64, np.int32]
        kinds += [np.uint8] if y.min() >= 0 and y.max() < 256 and len(y) >= 40 else []
    return kinds
