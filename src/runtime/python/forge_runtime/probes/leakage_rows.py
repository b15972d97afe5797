"""Rows and media that stand in both parts: exactly, or nearly."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from forge_runtime.probes.leakage_frames import Frames, Target, places
from forge_runtime.probes.signal_values import normalized

Json = dict[str, Any]

EXAMPLES = 5
SHINGLE = 4
"""Words per shingle, shorter texts as a whole."""
HASHES = 32
BANDS = 8
JACCARD = 0.8
BUCKET = 60
"""Boilerplate puts thousands into one bucket; only the first pairs of a bucket are compared."""
TEXT_ROWS = 30_000


def keys(frames: Frames, part: pd.DataFrame) -> pd.Series[Any]:
    """One key per row over all features: text normalised, media by content."""
    if frames.media is not None and len(frames.features) == 1:
        return pd.Series([content(frames.package.public / path) for path in part[frames.media]], dtype=object)
    names = [name for name in frames.features if name != frames.media]
    columns = {name: normalized(part[name]) if frames.kinds[name] == "text" else part[name] for name in names}
    if frames.media is not None:
        columns["media"] = pd.Series([content(frames.package.public / path) for path in part[frames.media]])
    return pd.util.hash_pandas_object(pd.DataFrame(columns), index=False)


def content(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return f"absent {file.name}"


def duplicates(frames: Frames) -> Json | None:
    """Test rows that repeat a train row in every feature, and how often equal rows agree on the target."""
    if not frames.features:
        return None
    train, test = keys(frames, frames.train), keys(frames, frames.test)
    first = {key: row for row, key in reversed(list(enumerate(train)))}
    pairs = [(row, first[key]) for row, key in enumerate(test) if key in first]
    together = pd.concat([train, test], ignore_index=True)
    target = frames.targets[0] if frames.targets else None
    return {
        "count": len(pairs),
        "test": len(test),
        "distinct": int(together.nunique()) / max(len(together), 1),
        **_by_chance(frames),
        **_agreement(target, pairs),
        **_conflicts(target, together),
        "examples": examples(frames, pairs),
    }


def _by_chance(frames: Frames) -> Json:
    """What equal rows mean: the largest share of different values in a column, and the equal rows to expect of
    columns that are independent of each other."""
    written = frames.media is not None or "text" in frames.kinds.values()
    sharpest = 1.0 if written else 0.0
    likely = np.full(len(frames.test), float(len(frames.train)))
    for name in frames.kinds:
        both = pd.concat([frames.train[name], frames.test[name]])
        sharpest = max(sharpest, both.nunique() / max(len(both), 1))
        likely *= np.asarray(frames.test[name].map(both.value_counts(normalize=True)), dtype=float)
    key = frames.media or next((name for name, kind in frames.kinds.items() if kind == "text"), None)
    return {
        "sharpest": sharpest,
        "expected": float(np.minimum(likely, 1).sum()),
        "key": key,
        "media": frames.media is not None,
    }


def _agreement(target: Target | None, pairs: list[tuple[int, int]]) -> Json:
    """Share of repeated rows with the target of their twin, and the share for two rows drawn at random."""
    if target is None or not pairs:
        return {"agree": None, "chance": None}
    same = float(np.mean([target.test_text.iloc[a] == target.train_text.iloc[b] for a, b in pairs]))
    shares = target.train_text.value_counts(normalize=True)
    return {"agree": same, "chance": float((shares**2).sum())}


def _conflicts(target: Target | None, together: pd.Series[Any]) -> Json:
    """Rows that share all features with another row and differ from it in the target."""
    if target is None:
        return {"conflicting": 0, "repeated": 0}
    labels = pd.concat([target.train_text, target.test_text], ignore_index=True)
    frame = pd.DataFrame({"key": together, "label": labels})
    grouped = frame.groupby("key")["label"]
    several = grouped.transform("size") > 1
    return {"conflicting": int((several & (grouped.transform("nunique") > 1)).sum()), "repeated": int(several.sum())}


def examples(frames: Frames, pairs: list[tuple[int, int]]) -> list[Json]:
    chosen = pairs[:EXAMPLES]
    public = frames.package.public
    left = dict(_placed(public / "test.csv", "data/public/test.csv", [a for a, _ in chosen]))
    right = dict(_placed(public / "train.csv", "data/public/train.csv", [b for _, b in chosen]))
    return [{"test": left[a], "train": right[b]} for a, b in chosen if a in left and b in right]


def _placed(file: Path, relative: str, rows: Iterable[int]) -> Iterable[tuple[int, Json]]:
    wanted = sorted(set(rows))
    return zip(wanted, places(file, relative, wanted), strict=False)


def near_duplicates(frames: Frames) -> list[Json]:
    """Texts whose shingles agree to at least four fifths with a train text, by column; equal ones left out."""
    found = []
    for name in frames.features:
        if name == frames.media or frames.kinds[name] != "text":
            continue
        train, test = normalized(frames.train[name]), normalized(frames.test[name])
        if len(train) + len(test) > TEXT_ROWS:
            continue
        known = set(train)
        fresh = [row for row, text in enumerate(test) if text not in known and text]
        pairs = _similar(train.tolist(), [test.iloc[row] for row in fresh])
        placed = [(fresh[a], b) for a, b in pairs]
        found.append({"column": name, "count": len(placed), "test": len(test), "examples": examples(frames, placed)})
    return found


def _similar(train: list[str], test: list[str]) -> list[tuple[int, int]]:
    """For each test text that has one, a train text that is nearly the same; found by MinHash, checked exactly."""
    shingles = [[_shingles(text) for text in part] for part in (train, test)]
    buckets: dict[tuple[int, bytes], list[int]] = {}
    for row, marks in enumerate(_signatures(shingles[0])):
        for band, piece in enumerate(marks.reshape(BANDS, -1)):
            buckets.setdefault((band, piece.tobytes()), []).append(row)
    pairs = []
    for row, marks in enumerate(_signatures(shingles[1])):
        mine = shingles[1][row]
        if not mine:
            continue
        near = {
            b
            for band, piece in enumerate(marks.reshape(BANDS, -1))
            for b in buckets.get((band, piece.tobytes()), [])[:BUCKET]
        }
        best = max(((len(mine & shingles[0][b]) / len(mine | shingles[0][b]), -b) for b in near), default=(0.0, 0))
        if best[0] >= JACCARD:
            pairs.append((row, -best[1]))
    return pairs


def _shingles(text: str) -> frozenset[int]:
    words = re.findall(r"\w+", text)
    if len(words) < SHINGLE:
        return frozenset()  # two short messages are alike by chance
    spelt = (" ".join(words[i : i + 2]) for i in range(len(words) - 1))
    return frozenset(int.from_bytes(hashlib.blake2b(s.encode(), digest_size=7).digest(), "little") for s in spelt)


def _signatures(sets: list[frozenset[int]]) -> NDArray[np.uint64]:
    generator = np.random.default_rng(3)
    factors = generator.integers(1, 1 << 62, HASHES, dtype=np.uint64) | np.uint64(1)
    marks = np.zeros((len(sets), HASHES), dtype=np.uint64)
    for row, marked in enumerate(sets):
        if marked:
            values = np.fromiter(marked, dtype=np.uint64, count=len(marked))
            # Multiply-shift hashing: odd factors modulo 2^64, the high bits decide.
            marks[row] = (values[:, None] * factors[None, :] >> np.uint64(8)).min(axis=0)
    return marks
