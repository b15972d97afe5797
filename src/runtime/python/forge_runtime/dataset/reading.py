"""Reads a profiled table into a frame of text, value for value as a generated prepare.py does."""

import gzip
import io
import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any, BinaryIO, cast

import pandas as pd
from pyarrow import feather, parquet

from forge_runtime.dataset.json_layout import Found, records_of
from forge_runtime.dataset.spelling import flatten, text_of

Source = dict[str, Any]


def read_frame(root: Path, source: Source) -> pd.DataFrame:
    """All rows of a table source as text, missing values empty. `root` is the dataset, a folder or one file."""
    columns: list[str] = source["columns"]
    kind = source["format"]
    if kind == "sqlite":
        return _sqlite(root if root.is_file() else root / source["path"], source)
    with _open(root, source) as file:
        if kind == "delimited":
            return _delimited(file, source)
        if kind == "json-lines":
            return _records(_json_lines(file), columns)
        if kind == "json":
            key = source.get("keyColumn")
            names = [name for name in columns if name != key]
            place = Found(source["recordPath"], source.get("layout", "objects"), 0, names)
            return _records(records_of(_json(file), place, key), columns)
        if kind == "geojson":
            return _records(
                [feature_record(feature) for feature in _json(file)["features"] if isinstance(feature, dict)], columns
            )
        content = io.BytesIO(file.read())
    if kind == "excel":
        return _excel(content, source)
    if kind == "arff":
        return _arff(content, columns)
    table = parquet.read_table(content) if kind == "parquet" else feather.read_table(content)
    values = {name: [text_of(value) for value in table.column(i).to_pylist()] for i, name in enumerate(columns)}
    return pd.DataFrame(values, columns=columns, dtype=object)


def feature_record(feature: dict[str, Any]) -> dict[str, Any]:
    """A GeoJSON feature as one flat record: the coordinates of its point, its id, its properties."""
    geometry = feature.get("geometry")
    point = geometry if isinstance(geometry, dict) and geometry.get("type") == "Point" else {}
    record: dict[str, Any] = dict(
        zip(("longitude", "latitude", "elevation"), point.get("coordinates") or (), strict=False)
    )
    if "id" in feature:
        record["id"] = feature["id"]
    properties = feature.get("properties")
    return {**record, **flatten(properties if isinstance(properties, dict) else {})}


def _open(root: Path, source: Source) -> BinaryIO:
    path = root if root.is_file() else root / source["path"]
    if source["compression"] == "gzip":
        return cast(BinaryIO, gzip.open(path))
    if source["compression"] == "zip":
        return cast(BinaryIO, zipfile.ZipFile(path).open(source["member"]))
    return path.open("rb")


def _records(records: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    values = {name: [text_of(record.get(name)) for record in records] for name in columns}
    return pd.DataFrame(values, columns=columns, dtype=object)


def _text(file: BinaryIO, newline: str | None = None) -> io.TextIOWrapper:
    return io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline=newline)


def _json(file: BinaryIO) -> Any:
    return json.load(_text(file))


def _json_lines(file: BinaryIO) -> list[dict[str, Any]]:
    """Records of the lines that are JSON objects; the profile tells how many are not."""
    records = []
    for line in _text(file, newline="\n"):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict):
            records.append(flatten(record))
    return records


def _delimited(file: BinaryIO, source: Source) -> pd.DataFrame:
    return pd.read_csv(
        file,
        sep=source["delimiter"],
        encoding=source["encoding"],
        header=0 if source["header"] else None,
        names=source["columns"],
        index_col=False,
        dtype=str,
        keep_default_na=False,
        quoting=0 if source["quote"] else 3,
        quotechar=source["quote"] or '"',
        skiprows=source["skipLines"],
        skipinitialspace=source.get("skipBlanks", False),
        on_bad_lines="skip",
    ).fillna("")


def _sqlite(path: Path, source: Source) -> pd.DataFrame:
    table = source["table"].replace('"', '""')
    with sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True) as connection:
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608  quoted above
    return pd.DataFrame([[text_of(value) for value in row] for row in rows], columns=source["columns"], dtype=object)


def _excel(content: io.BytesIO, source: Source) -> pd.DataFrame:
    skipped = source["skipLines"] + 1
    sheet = pd.read_excel(content, sheet_name=source["sheet"], header=None, dtype=object, skiprows=skipped)
    sheet = sheet.reindex(columns=range(len(source["columns"]))).dropna(how="all")
    sheet.columns = pd.Index(source["columns"])
    return sheet.map(text_of)


def _arff(content: io.BytesIO, columns: list[str]) -> pd.DataFrame:
    lines = content.read().decode("utf-8", errors="replace").splitlines()
    start = next(number for number, line in enumerate(lines) if line.strip().lower() == "@data") + 1
    rows = [line for line in lines[start:] if line.strip() and not line.startswith("%")]
    frame = pd.read_csv(
        io.StringIO("\n".join(rows)),
        header=None,
        names=columns,
        index_col=False,
        dtype=str,
        keep_default_na=False,
        quotechar="'",
        skipinitialspace=True,
        on_bad_lines="skip",
    )
    return frame.fillna("").replace("?", "")
