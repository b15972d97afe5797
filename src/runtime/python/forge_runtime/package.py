"""How the Python half reads a task package: one spelling of "id", "label", "missing" for every probe and grader.

Mounts of a job go by these names: `package` (the whole task folder, read-only), `public` and `private` (its data
folders alone), `work` (a scratch folder that may be written) and `raw` (the raw dataset, read-only).
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import numpy as np
import pandas as pd

Json = dict[str, Any]

PUBLIC = "data/public"
PRIVATE = "data/private"
# Beyond 15 digits a float no longer tells neighbouring integers apart: such columns are names, not quantities.
EXACT_DIGITS = 15
CODE_PATTERN = rf"^\s*[+-]?(0\d|\d{{{EXACT_DIGITS + 1},}}\s*$)"
_CODES = re.compile(CODE_PATTERN, re.MULTILINE)
LABEL_OBJECTIVES = {
    "binary-classification",
    "multiclass-classification",
    "multilabel-classification",
    "ordinal-regression",
    "ranking",
    "recommendation",
}
TEXT_KINDS = {"label", "string", "ranked-list"}
NUMBER_KINDS = {"number", "integer", "probability"}


class PackageError(ValueError):
    """The package lacks something that a job cannot do without; the message names it."""


class Manifest:
    """task.json read tolerantly: absent or odd entries become neutral values, so that probes can still measure."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data

    def section(self, key: str) -> Mapping[str, Any]:
        value = self.data.get(key)
        return value if isinstance(value, Mapping) else {}

    @property
    def id_column(self) -> str:
        return str(self.section("submission").get("id_column") or "id")

    @property
    def targets(self) -> list[str]:
        return [str(name) for name in _list(self.section("target").get("columns"))]

    @property
    def objective(self) -> str:
        return str(self.data.get("objective") or "")

    @property
    def direction(self) -> Literal["maximize", "minimize"]:
        return "minimize" if self.section("metric").get("direction") == "minimize" else "maximize"

    @property
    def submission_columns(self) -> list[Mapping[str, Any]]:
        return [column for column in _list(self.section("submission").get("columns")) if isinstance(column, Mapping)]

    @property
    def prediction_names(self) -> list[str]:
        return [str(column.get("name")) for column in self.submission_columns]

    @property
    def labels(self) -> set[str]:
        """Columns that hold labels or strings: they stay text, also where every label looks like a number."""
        kinds = {str(column.get("name")): column.get("dtype") for column in self.submission_columns}
        names = {name for name, kind in kinds.items() if kind in TEXT_KINDS}
        # What is predicted as text, or class by class, is text in the answers, whatever the objective is called.
        for column in self.submission_columns:
            source, of_class = _of(column)
            if source is not None and not of_class and column.get("dtype") in ("number", "integer"):
                kinds.setdefault(source, column.get("dtype"))  # a number, also where it is submitted by another name
            if source is not None and (of_class or column.get("dtype") in TEXT_KINDS):
                names.add(source)
        if self.objective in LABEL_OBJECTIVES:
            names |= {name for name in self.targets if kinds.get(name) not in NUMBER_KINDS}
        return names

    @property
    def class_targets(self) -> list[str]:
        """Targets whose labels are classes that a solver can learn: no lists, and no free strings such as masks."""
        free = {"ranked-list"} if self.objective in LABEL_OBJECTIVES else {"ranked-list", "string"}
        columns = [column for column in self.submission_columns if column.get("dtype") in free]
        no_class = {_of(column)[0] for column in columns if not column.get("allowed")}
        return [name for name in self.targets if name in self.labels and name not in no_class]


def _of(column: Mapping[str, Any]) -> tuple[str | None, bool]:
    of = column.get("of")
    return (of.get("column"), of.get("class") is not None) if isinstance(of, Mapping) else (None, False)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


class Package:
    """A task folder and its manifest."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = read_manifest(folder / "task.json")
        self.public = folder / PUBLIC
        self.private = folder / PRIVATE
        self._texts: dict[Path, pd.DataFrame] = {}

    def text(self, file: str) -> pd.DataFrame:
        """A table of the package with every cell as it is written; the file is read once. Raises PackageError."""
        path = self.folder / file
        if path not in self._texts:
            self._texts[path] = read_text_table(path)
        return self._texts[path].copy()

    def _typed(self, file: str) -> pd.DataFrame:
        return typed(self.text(file), {self.manifest.id_column, *self.manifest.labels})

    def train(self) -> pd.DataFrame:
        return self._typed(f"{PUBLIC}/train.csv")

    def test(self) -> pd.DataFrame:
        return self._typed(f"{PUBLIC}/test.csv")

    def sample(self) -> pd.DataFrame:
        return read_predictions(self.public / "sample_submission.csv", self.manifest)

    def answers(self) -> pd.DataFrame:
        return self._typed(f"{PRIVATE}/test_answer.csv")

    def metric(self) -> ModuleType:
        return load_module(self.folder / "metric.py")


def load_package(paths: Mapping[str, Path]) -> Package:
    """The package of a job that has the mount `package`."""
    return Package(paths["package"])


def read_manifest(path: Path) -> Manifest:
    """The manifest; an unreadable one counts as empty (the structure checks report it)."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        data = {}
    return Manifest(data if isinstance(data, Mapping) else {})


def read_text_table(path: Path) -> pd.DataFrame:
    """Every cell as it is written; empty cells become missing, and "NA" stays a word.

    Raises PackageError when the file is absent or no table.
    """
    try:
        with warnings.catch_warnings():
            # Fields beyond the header would be dropped with a warning only.
            warnings.simplefilter("error", pd.errors.ParserWarning)
            frame = pd.read_csv(
                path, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8", index_col=False
            )
    except FileNotFoundError:
        raise PackageError(f"{path.name} does not exist") from None
    except pd.errors.EmptyDataError:
        raise PackageError(f"{path.name} is empty") from None
    except pd.errors.ParserWarning:
        raise PackageError(f"{path.name} has rows with more fields than its header") from None
    except (ValueError, OSError) as error:
        raise PackageError(f"{path.name} cannot be read as UTF-8 CSV: {_first_line(error)}") from None
    return frame


def read_table(path: Path, manifest: Manifest) -> pd.DataFrame:
    """A package table: ids and labels as text, columns of numbers as float, everything else as text."""
    return typed(read_text_table(path), {manifest.id_column, *manifest.labels})


def read_predictions(path: Path, manifest: Manifest) -> pd.DataFrame:
    """A submission: ids and labels as text; numbers as float, also where they look like codes; the rest as written."""
    kinds = {str(column.get("name")): column.get("dtype") for column in manifest.submission_columns}
    text = {manifest.id_column, *(name for name, kind in kinds.items() if kind in TEXT_KINDS)}
    numbers = {name for name, kind in kinds.items() if kind in NUMBER_KINDS}
    return typed(read_text_table(path), text, numbers)


def typed(frame: pd.DataFrame, text: Iterable[str], numbers: Iterable[str] = ()) -> pd.DataFrame:
    """`frame` with its columns of numbers as float64. Columns named in `text` are left alone; those in `numbers`
    convert whenever every value parses, without regard to leading zeros or length."""
    keep, force = set(text), set(numbers)
    columns = {}
    for position, name in enumerate(frame.columns):
        column = frame.iloc[:, position]
        columns[name] = column if name in keep else as_number(column, strict=name not in force)
    return pd.DataFrame(columns, index=frame.index)


def as_number(column: pd.Series[Any], *, strict: bool = True) -> pd.Series[Any]:
    """The column as float64 when every value is a number, else unchanged. Strict leaves codes (leading zeros, more
    digits than a float holds) as text."""
    present = column.dropna()
    if present.empty:
        return column
    values = pd.to_numeric(present, errors="coerce")
    if bool(values.isna().any()):
        return column
    # One search over the joined values: a match per value takes most of the time of reading a table.
    if strict and _CODES.search("\n".join(present)):
        return column
    return values.astype("float64").reindex(column.index)


def perfect_submission(manifest: Manifest, answers: pd.DataFrame) -> pd.DataFrame:
    """The submission that knows every answer, built from what the manifest says each prediction column is about."""
    if manifest.id_column not in answers.columns:
        raise PackageError(f"test_answer.csv has no column {manifest.id_column!r}")
    frame = pd.DataFrame({manifest.id_column: answers[manifest.id_column].to_numpy()})
    for column in manifest.submission_columns:
        of = column.get("of")
        source = of.get("column") if isinstance(of, Mapping) else None
        if source not in answers.columns:
            raise PackageError(f"test_answer.csv has no column {source!r} for the prediction {column.get('name')!r}")
        of_class = of.get("class") if isinstance(of, Mapping) else None
        values = answers[str(source)]
        if of_class is None:
            frame[str(column.get("name"))] = values.to_numpy()
        else:
            frame[str(column.get("name"))] = np.where(_as_label(values) == str(of_class), 1.0, 0.0)
    return frame


def _as_label(values: pd.Series[Any]) -> pd.Series[Any]:
    """Labels as text; whole floats lose the `.0` that reading them as numbers gave them."""
    if values.dtype == np.float64:
        return values.map(
            lambda value: str(int(value)) if float(value).is_integer() else str(value), na_action="ignore"
        )
    return values.astype("string")


def load_module(path: Path) -> ModuleType:
    """Runs a file of the package as a fresh module, without byte-code files. Only for jobs inside the sandbox: this
    executes foreign code. Frames of its errors carry `path`."""
    try:
        source = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PackageError(f"{path.name} does not exist") from None
    except (UnicodeDecodeError, OSError) as error:
        raise PackageError(f"{path.name} cannot be read: {_first_line(error)}") from None
    sys.dont_write_bytecode = True
    module = ModuleType(f"task_{path.stem}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module  # dataclasses and pickling look a module up by its name
    exec(compile(source, str(path), "exec"), module.__dict__)  # noqa: S102 - the purpose: foreign code, sandboxed
    return module


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]
