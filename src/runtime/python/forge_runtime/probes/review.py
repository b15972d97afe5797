"""Job: what the tables say about claims of the description. Measures only; the text is read in TypeScript."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.package import Package, load_package, read_text_table
from forge_runtime.probes.review_personal import personal

Json = dict[str, Any]

MOST_CLASSES = 200
NEAR_ZERO = 0.01
"""Share of the median size below which a relative error explodes."""
TOKEN = re.compile(r"[^\s,;|\t\"'`*\[\]{}():=]+")


def run(_args: Json, paths: dict[str, Path]) -> Json:
    """Mount: `package`. Columns as they are, the target's values, personal data, and answers in the description."""
    package = load_package(paths)
    manifest = package.manifest
    train, test = (read_text_table(package.public / name) for name in ("train.csv", "test.csv"))
    answers = read_text_table(package.private / "test_answer.csv")
    names = list(dict.fromkeys([*train.columns, *test.columns]))
    return {
        "columns": {str(name): column_facts(str(name), train, test) for name in names},
        "targets": [target_facts(name, name in manifest.labels, train) for name in manifest.targets if name in train],
        "horizon": _horizon(package, test),
        "personal": personal({"train": train, "test": test}, {manifest.id_column, *manifest.targets}),
        "restated": restated(package, answers),
    }


def column_facts(name: str, train: pd.DataFrame, test: pd.DataFrame) -> Json:
    """Where a column is given, and what share of its values are numbers, decimals or dates."""
    values = pd.concat([table[name] for table in (train, test) if name in table]).dropna()
    numbers = pd.to_numeric(values, errors="coerce").dropna()
    known = len(values)
    dates = values.str.match(r"^\s*(\d{4}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}:\d{2})")
    return {
        "train": name in train,
        "test": name in test,
        "known": known,
        "numbers": len(numbers) / known if known else 0.0,
        "decimals": float((numbers % 1 != 0).mean()) if len(numbers) else 0.0,
        "dates": float(dates.mean()) if known else 0.0,
        "minimum": _finite(numbers.min()) if len(numbers) else None,
        "maximum": _finite(numbers.max()) if len(numbers) else None,
    }


def target_facts(name: str, label: bool, train: pd.DataFrame) -> Json:
    """Counts of classes, or shape of the numbers, of a target in train."""
    values = train[name].dropna()
    if label:
        counts = values.value_counts().head(MOST_CLASSES)
        return {"name": name, "classes": {str(k): int(v) for k, v in counts.items()}, "numbers": None}
    numbers = pd.to_numeric(values, errors="coerce").dropna()
    if len(numbers) < 3:
        return {"name": name, "classes": {}, "numbers": None}
    sizes = numbers.abs()
    near = float((sizes <= NEAR_ZERO * sizes.median()).mean())
    skew = _finite(numbers.skew()) or 0.0
    shape = {"minimum": float(numbers.min()), "maximum": float(numbers.max()), "skew": skew, "nearZero": near}
    return {"name": name, "classes": {}, "numbers": shape}


def restated(package: Package, answers: pd.DataFrame) -> Json | None:
    """Lines of the description that name a test id, how many hold its answer, and how probable that is by chance."""
    key = package.manifest.id_column
    targets = [name for name in package.manifest.targets if name in answers]
    try:
        text = (package.folder / "description.md").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    if key not in answers or not targets:
        return None
    known = answers.dropna().drop_duplicates(key).set_index(key)[targets[0]]
    shares = known.value_counts(normalize=True)
    named = right = 0
    chance, first = 0.0, None
    for number, line in enumerate(text.split("\n"), start=1):
        tokens = TOKEN.findall(line)
        ids = [place for place, token in enumerate(tokens) if token in known.index]
        # A record starts with its id; prose that mentions a number does not.
        if not ids or ids[0] > 1 or len(tokens) > 12:
            continue
        answer = str(known[tokens[ids[0]]])
        rest = tokens[: ids[0]] + tokens[ids[0] + 1 :]
        if not rest:
            continue
        named += 1
        if answer in rest:
            right += 1
            chance += float(np.log10(shares[answer]))
            first = first or number
    return {"named": named, "right": right, "log10Chance": chance, "line": first, "rows": len(known)}


def _horizon(package: Package, test: pd.DataFrame) -> int | None:
    """Different times in the test part of a split by time."""
    split = package.manifest.section("split")
    time = next((str(name) for name in split.get("by") or [] if str(name) in test), None)
    return int(test[time].nunique()) if split.get("kind") == "time" and time is not None else None


def _finite(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None
