"""Whether values survive as they were written: leading zeros, whole numbers, long ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from forge_runtime.package import Package, read_text_table

Json = dict[str, Any]

# Raw text up to this size is searched; beyond it a check of every save would be too slow.
MAX_RAW_BYTES = 64_000_000
MAX_DISTINCT = 5_000
MAX_PADDING = 6
CUT = re.compile(r'[,;\t|\r\n"]+')
BINARY_SAMPLE = 4096
LONG = 16
EXACT = 15


def run(_args: Json, paths: dict[str, Path]) -> Json:
    """Mounts: `package`, `raw`. `read` is false when the raw files are no text, or too large."""
    package = Package(paths["package"])
    texts = list(_texts(paths["raw"]))
    if not texts:
        return {"read": False, "columns": []}
    tokens = {token.strip() for text in texts for token in CUT.split(text)}
    frames = [read_text_table(package.public / name) for name in ("train.csv", "test.csv")]
    found = []
    for name in frames[0].columns:
        # A derived column has values of its own; one that keeps its raw name must keep its values.
        if name == package.manifest.id_column or name not in tokens:
            continue
        values = pd.concat([frame[name] for frame in frames if name in frame]).dropna().unique()[:MAX_DISTINCT]
        found += [item for item in _damage(str(name), [str(value) for value in values], tokens) if item["count"]]
    return {"read": True, "columns": found}


def _texts(raw: Path) -> Iterator[str]:
    files = (
        [raw] if raw.is_file() else sorted(path for path in raw.rglob("*") if path.is_file() and not path.is_symlink())
    )
    left = MAX_RAW_BYTES
    for path in files:
        size = path.stat().st_size
        if size > left:
            continue
        data = path.read_bytes()
        if b"\0" in data[:BINARY_SAMPLE]:
            continue
        left -= size
        yield data.decode("utf-8-sig", errors="replace")


def _damage(name: str, values: list[str], tokens: set[str]) -> list[Json]:
    unseen = [value for value in values if value.strip() not in tokens]
    padded = [v for v in unseen if v.isdigit() and any(v.zfill(len(v) + n) in tokens for n in range(1, MAX_PADDING))]
    whole = [v for v in unseen if re.fullmatch(r"-?\d+\.0", v) and v[:-2] in tokens]
    long_ids = {token[:EXACT] for token in tokens if token.isdigit() and len(token) >= LONG}
    rounded = [
        v for v in unseen if re.fullmatch(r"\d{16,}|\d\.\d+[eE]\+\d+", v) and v.replace(".", "")[:EXACT] in long_ids
    ]
    return [
        {"column": name, "kind": kind, "count": len(hits), "distinct": len(values), "examples": hits[:3]}
        for kind, hits in (("leading zeros", padded), ("whole numbers", whole), ("long numbers", rounded))
    ]
