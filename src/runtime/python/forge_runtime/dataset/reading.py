"""Reads a table of any format as text, value for value as a generated prepare.py does."""

import gzip
import io
import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd
import pyarrow as pa
from pyarrow import feather, parquet

MAX_EXPANDED_BYTES = 4 << 30
MAX_RATIO = 200
"""A member that expands more than this is taken for a bomb; CSV text compresses 5 to 30 times."""


class UnreadableError(Exception):
    """The file cannot be read as what it claims to be; the message says why."""


def text_of(value: Any) -> str:
    """The text of a value that is not text in its file; missing values are empty."""
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):  # noqa: PLR0124 - NaN differs from itself
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def flatten(record: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Nested objects become dotted names; lists stay."""
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat.update(flatten(value, f"{prefix}{key}."))
        else:
            flat[f"{prefix}{key}"] = value
    return flat


def check_member(info: zipfile.ZipInfo) -> None:
    """Refuses an encrypted member or one that expands beyond reason."""
    if info.flag_bits & 1:
        raise UnreadableError("the archive is protected by a password")
    if info.file_size > MAX_EXPANDED_BYTES or (
        info.file_size > MAX_RATIO * max(info.compress_size, 1) and info.file_size > 100 << 20
    ):
        raise UnreadableError(
            f"the member {info.filename} would expand to {info.file_size} bytes, which looks like a zip bomb"
        )


def open_bytes(root: Path, source: dict[str, Any]) -> BinaryIO | io.BufferedReader:
    """The decompressed bytes of a source."""
    path = root if root.is_file() else root / source["path"]
    if source["compression"] == "gzip":
        return gzip.open(path)  # type: ignore[return-value]  # GzipFile reads like a binary file
    if source["compression"] == "zip":
        archive = zipfile.ZipFile(path)
        check_member(archive.getinfo(source["member"]))
        return archive.open(source["member"])  # type: ignore[return-value]  # ZipExtFile reads like a binary file
    return path.open("rb")


def frame_of(records: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {name: [text_of(record.get(name)) for record in records] for name in columns}, columns=columns, dtype=object
    )


def _delimited(root: Path, source: dict[str, Any]) -> pd.DataFrame:
    with open_bytes(root, source) as file:
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
            skiprows=source["skipLines"],
            on_bad_lines="skip",
        ).fillna("")


def records_of(root: Path, source: dict[str, Any]) -> list[dict[str, Any]]:
    """The records of a JSON, JSON Lines or GeoJSON source, flattened."""
    with open_bytes(root, source) as file:
        if source["format"] == "json-lines":
            return [flatten(json.loads(line)) for line in io.TextIOWrapper(file, encoding="utf-8") if line.strip()]
        document = json.load(file)
    if source["format"] == "geojson":
        return [feature_record(feature) for feature in document["features"]]
    for key in source["recordPath"]:
        document = document[key]
    return [flatten(record) for record in document]


def feature_record(feature: dict[str, Any]) -> dict[str, Any]:
    geometry = feature.get("geometry") or {}
    place = geometry.get("coordinates") if geometry.get("type") == "Point" else None
    record: dict[str, Any] = dict(zip(("longitude", "latitude", "elevation"), place or (), strict=False))
    if "id" in feature:
        record["id"] = feature["id"]
    return {**record, **flatten(feature.get("properties") or {})}


def _sqlite(root: Path, source: dict[str, Any]) -> pd.DataFrame:
    path = root if root.is_file() else root / source["path"]
    table = source["table"].replace('"', '""')
    with sqlite3.connect(f"file:{_uri(path)}?mode=ro&immutable=1", uri=True) as connection:
        rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - the name is quoted above
    return pd.DataFrame([[text_of(value) for value in row] for row in rows], columns=source["columns"], dtype=object)


def _uri(path: Path) -> str:
    return path.resolve().as_uri().removeprefix("file://")


def _arrow(table: pa.Table, columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {name: [text_of(value) for value in table.column(name).to_pylist()] for name in columns},
        columns=columns,
        dtype=object,
    )


def _excel(root: Path, source: dict[str, Any]) -> pd.DataFrame:
    with open_bytes(root, source) as file:
        sheet = pd.read_excel(
            io.BytesIO(file.read()),
            sheet_name=source["sheet"],
            header=None,
            dtype=object,
            skiprows=source["skipLines"] + 1,
        )
    sheet = sheet.reindex(columns=range(len(source["columns"]))).dropna(how="all")
    sheet.columns = pd.Index(source["columns"])
    return sheet.map(text_of)


def arff_parts(text: str) -> tuple[list[str], str]:
    """Names of the attributes, and the CSV text of the data section."""
    head, _, data = text.partition("@data" if "@data" in text else "@DATA")
    names: list[str] = []
    for line in head.splitlines():
        words = line.strip()
        if words.lower().startswith("@attribute"):
            rest = words[len("@attribute") :].strip()
            names.append(rest[1:].split(rest[0])[0] if rest[:1] in {"'", '"'} else rest.split()[0])
    lines = [line for line in data.splitlines() if line.strip() and not line.startswith("%")]
    return names, "\n".join(lines)


def _arff(root: Path, source: dict[str, Any]) -> pd.DataFrame:
    with open_bytes(root, source) as file:
        _, data = arff_parts(file.read().decode("utf-8", errors="replace"))
    frame = pd.read_csv(
        io.StringIO(data),
        header=None,
        names=source["columns"],
        dtype=str,
        keep_default_na=False,
        quotechar="'",
        skipinitialspace=True,
    )
    return frame.replace("?", "")


def read_frame(root: Path, source: dict[str, Any]) -> pd.DataFrame:
    """All rows of a table source as text, missing values empty. `root` is the dataset, a folder or one file."""
    kind = source["format"]
    if kind == "delimited":
        return _delimited(root, source)
    if kind in {"json", "json-lines", "geojson"}:
        return frame_of(records_of(root, source), source["columns"])
    if kind == "sqlite":
        return _sqlite(root, source)
    if kind == "excel":
        return _excel(root, source)
    if kind == "arff":
        return _arff(root, source)
    with open_bytes(root, source) as file:
        content = io.BytesIO(file.read())
    return _arrow(parquet.read_table(content) if kind == "parquet" else feather.read_table(content), source["columns"])
