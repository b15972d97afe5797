"""Measures the built data of a package: rows, ids, classes, missing values, traces of careless reading."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from forge_runtime.package import Manifest, Package, read_text_table
from forge_runtime.probes.preparation_ids import id_order, id_sides

Json = dict[str, Any]

# Words that Python writes for a missing value; a raw file of people seldom holds them.
PYTHON_WORDS = {"nan", "None", "NaT", "<NA>", "NaN"}
# U+FFFD, and UTF-8 read as Latin-1 or cp1252.
BROKEN_TEXT = re.compile(
    "\ufffd|\u00c3[\u0080-\u00bf\u0152-\u017e\u02c6\u02dc\u2013-\u2122]|\u00e2\u20ac[\u0080-\u2122]"
)
MAX_EXAMPLES = 5
MAX_CLASSES = 200


def run(_args: Json, paths: dict[str, Path]) -> Json:
    """Mount: `package`. Line numbers are those of tables without line breaks in cells."""
    package = Package(paths["package"])
    manifest = package.manifest
    tables = {
        "train": read_text_table(package.public / "train.csv"),
        "test": read_text_table(package.public / "test.csv"),
        "sample": read_text_table(package.public / "sample_submission.csv"),
        "answers": read_text_table(package.private / "test_answer.csv"),
    }
    column = manifest.id_column
    ids = {name: table[column] if column in table else pd.Series(dtype=str) for name, table in tables.items()}
    features = [name for name in tables["test"].columns if name != column]
    return {
        "rows": {name: len(table) for name, table in tables.items()},
        "columns": {name: list(table.columns) for name, table in tables.items()},
        "ids": {
            "repeated": {name: _examples(values[values.duplicated()]) for name, values in ids.items()},
            "missing": {name: int(values.isna().sum()) for name, values in ids.items()},
            "inBoth": _examples(ids["test"][ids["test"].isin(ids["train"].dropna())]),
            "sampleNotTest": _examples(ids["sample"][~ids["sample"].isin(ids["test"])]),
            "testNotSample": _examples(ids["test"][~ids["test"].isin(ids["sample"])]),
            "answersNotTest": _examples(ids["answers"][~ids["answers"].isin(ids["test"])]),
            "testNotAnswers": _examples(ids["test"][~ids["test"].isin(ids["answers"])]),
            "order": id_order(package, tables),
            "sides": id_sides(ids["train"], ids["test"]),
        },
        "classes": _classes(manifest, tables),
        "missingTargets": {
            part: {t: int(tables[part][t].isna().sum()) for t in manifest.targets if t in tables[part]}
            for part in ("train", "answers")
        },
        "flat": _flat(tables, features),
        "damaged": [found for part in ("train", "test") for found in _damage(part, tables[part])],
        "media": _media(package, tables),
    }


def _examples(values: pd.Series[Any]) -> Json:
    return {"count": len(values), "examples": [str(value) for value in values.head(MAX_EXAMPLES)]}


def _classes(manifest: Manifest, tables: dict[str, pd.DataFrame]) -> Json:
    """Counts of each label in train and test, for targets that are classes."""
    return {
        name: {
            part: {
                str(label): int(count) for label, count in tables[part][name].value_counts().head(MAX_CLASSES).items()
            }
            for part in ("train", "answers")
            if name in tables[part]
        }
        for name in manifest.class_targets
    }


def _flat(tables: dict[str, pd.DataFrame], features: list[str]) -> list[Json]:
    """Features that hold one value or none, in train and test together."""
    found = []
    for name in features:
        parts = [tables[part][name] for part in ("train", "test") if name in tables[part]]
        values = pd.concat(parts)
        distinct = values.nunique(dropna=True)
        if distinct == 0 or (distinct == 1 and not values.isna().any()):
            found.append(
                {
                    "column": name,
                    "empty": bool(distinct == 0),
                    "value": str(values.dropna().iloc[0]) if distinct else "",
                }
            )
    return found


def _damage(part: str, table: pd.DataFrame) -> list[Json]:
    """Cells that tell of a wrong codec or of missing values written as words; the first line of each column."""
    found = []
    for name in table.columns:
        values = table[name].dropna()
        for kind, hits in (
            ("word", values[values.isin(PYTHON_WORDS)]),
            ("codec", values[values.str.contains(BROKEN_TEXT)]),
        ):
            if len(hits):
                found.append(
                    {
                        "part": part,
                        "column": str(name),
                        "kind": kind,
                        "count": len(hits),
                        "share": len(hits) / len(values),
                        "numeric": kind == "word" and _numeric(values[~values.isin(PYTHON_WORDS)]),
                        "example": str(hits.iloc[0])[:120],
                        "line": int(np.int64(hits.index[0])) + 2,
                    }
                )
    return found


def _numeric(values: pd.Series[str]) -> bool:
    """Whether everything else in the column is a number, so that a word cannot be one of its values."""
    return len(values) > 0 and bool(pd.to_numeric(values, errors="coerce").notna().all())


def _media(package: Package, tables: dict[str, pd.DataFrame]) -> Json:
    """Files that the tables name and that are absent, and public media that no table names."""
    named: set[str] = set()
    for part in ("train", "test"):
        if "file" in tables[part]:
            named |= {str(value) for value in tables[part]["file"].dropna()}
    folder = package.public / "media"
    present = {f"media/{path.relative_to(folder).as_posix()}" for path in folder.rglob("*") if path.is_file()}
    if not present:
        return {"absent": _examples(pd.Series(dtype=str)), "unnamed": _examples(pd.Series(dtype=str))}
    return {
        "absent": _examples(pd.Series(sorted(named - present), dtype=str)),
        "unnamed": _examples(pd.Series(sorted(present - named), dtype=str)),
    }
