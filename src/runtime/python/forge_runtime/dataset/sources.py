"""Which tables a file holds, and how each is read: the TableSource of src/dataset/source.ts."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from pyarrow import feather, parquet

from forge_runtime.dataset import dialect
from forge_runtime.dataset.files import File, kind_of
from forge_runtime.dataset.reading import UnreadableError, arff_parts, check_member, feature_record, flatten, open_bytes

Source = dict[str, Any]
MAX_TABLES = 200
MAX_JSON_BYTES = 400 << 20
"""A JSON document is read whole; JSON Lines have no such bound."""


def sources_of(root: Path, file: File, scratch: Path) -> Iterator[Source]:
    """Every table of a file. Raises UnreadableError (or the reader's own error) when the file is not what it claims."""
    if file.kind == "zip":
        yield from _zip(root, file, scratch)
        return
    base: Source = {"format": file.format, "path": file.path, "compression": file.compression, "member": None}
    yield from _one(root, base, scratch)


def _one(root: Path, base: Source, scratch: Path) -> Iterator[Source]:
    kind = base["format"]
    if kind == "delimited":
        yield from _delimited(root, base, scratch)
    elif kind == "json":
        yield from _json(root, base)
    elif kind == "json-lines":
        yield {**base, "columns": _record_columns(_lines(root, base))}
    elif kind == "parquet":
        with open_bytes(root, base) as file:
            yield {**base, "columns": list(parquet.read_schema(io.BytesIO(file.read())).names)}
    elif kind == "arrow":
        with open_bytes(root, base) as file:
            yield {**base, "columns": list(feather.read_table(io.BytesIO(file.read())).schema.names)}
    elif kind == "excel":
        yield from _excel(root, base)
    elif kind == "sqlite":
        yield from _sqlite(root, base)
    elif kind == "arff":
        with open_bytes(root, base) as file:
            names, _ = arff_parts(file.read().decode("utf-8", errors="replace"))
        yield {**base, "columns": dialect.unique_names(names)}


def plain_file(root: Path, source: Source, scratch: Path) -> Path:
    """A decompressed file on disk: the source itself, or a copy in the scratch folder."""
    if source["compression"] == "none":
        return root if root.is_file() else root / source["path"]
    copy = scratch / f"plain-{abs(hash((source['path'], source['member'])))}"
    if not copy.exists():
        with open_bytes(root, source) as file, copy.open("wb") as target:
            while block := file.read(1 << 20):
                target.write(block)
                if target.tell() > 4 << 30:
                    raise UnreadableError("it expands to more than 4 GiB")
    return copy


def _delimited(root: Path, base: Source, scratch: Path) -> Iterator[Source]:
    found = dialect.dialect_of(plain_file(root, base, scratch))
    if found is None:
        raise UnreadableError("it is empty or not text")
    yield {
        **base,
        "encoding": found.encoding,
        "delimiter": found.delimiter,
        "quote": found.quote,
        "skipLines": found.skip_lines,
        "header": found.header,
        "columns": found.columns,
    }


def _lines(root: Path, base: Source) -> Iterator[dict[str, Any]]:
    with open_bytes(root, base) as file:
        for number, line in enumerate(io.TextIOWrapper(file, encoding="utf-8"), start=1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except json.JSONDecodeError as error:
                raise UnreadableError(f"line {number} is not JSON ({error.msg})") from error
            if not isinstance(record, dict):
                raise UnreadableError(f"line {number} is not a JSON object")
            yield flatten(record)


def _record_columns(records: Iterator[dict[str, Any]] | list[dict[str, Any]]) -> list[str]:
    names: dict[str, None] = {}
    for record in records:
        names.update(dict.fromkeys(record))
    if not names:
        raise UnreadableError("it holds no records")
    return list(names)


def _json(root: Path, base: Source) -> Iterator[Source]:
    with open_bytes(root, base) as file:
        content = file.read(MAX_JSON_BYTES + 1)
    if len(content) > MAX_JSON_BYTES:
        raise UnreadableError("a JSON document of more than 400 MiB is not read; convert it to JSON Lines")
    document = json.loads(content)
    if isinstance(document, dict) and document.get("type") == "FeatureCollection":
        found = _record_columns([feature_record(feature) for feature in document.get("features") or []])
        first = [name for name in ("longitude", "latitude", "elevation", "id") if name in found]
        yield {**base, "format": "geojson", "columns": [*first, *(name for name in found if name not in first)]}
        return
    path = _record_path(document)
    if path is None:
        raise UnreadableError("it holds no list of records")
    records = document
    for key in path:
        records = records[key]
    yield {**base, "recordPath": path, "columns": _record_columns([flatten(record) for record in records])}


def _record_path(document: Any, depth: int = 3) -> list[str] | None:
    """Keys that lead to the longest list of objects; None when there is none."""
    best: tuple[int, list[str]] | None = None
    pending: list[tuple[Any, list[str]]] = [(document, [])]
    while pending:
        value, path = pending.pop()
        if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            if best is None or len(value) > best[0]:
                best = (len(value), path)
        elif isinstance(value, dict) and len(path) < depth:
            pending.extend((item, [*path, key]) for key, item in value.items())
    return None if best is None else best[1]


def _excel(root: Path, base: Source) -> Iterator[Source]:
    with open_bytes(root, base) as file:
        book = openpyxl.load_workbook(io.BytesIO(file.read()), read_only=True, data_only=True)
    for sheet in book.worksheets:
        for skip, row in enumerate(sheet.iter_rows(max_row=20, values_only=True)):
            names = ["" if value is None else str(value) for value in row]
            if sum(name != "" for name in names) >= 2:
                yield {
                    **base,
                    "sheet": sheet.title,
                    "skipLines": skip,
                    "columns": dialect.unique_names(_trimmed(names)),
                }
                break


def _trimmed(names: list[str]) -> list[str]:
    while names and names[-1] == "":
        names = names[:-1]
    return names


def _sqlite(root: Path, base: Source) -> Iterator[Source]:
    path = root if root.is_file() else root / base["path"]
    with sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True) as connection:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        for (name,) in connection.execute(query).fetchall()[:MAX_TABLES]:
            quoted = name.replace('"', '""')
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{quoted}")')]
            if columns:
                yield {**base, "table": name, "columns": columns}


def _zip(root: Path, file: File, scratch: Path) -> Iterator[Source]:
    path = root if root.is_file() else root / file.path
    with zipfile.ZipFile(path) as archive:
        members = sorted(archive.infolist(), key=lambda info: info.filename)
    for info in members[:MAX_TABLES]:
        member = kind_of(info.filename, info.file_size)
        if info.is_dir() or member.kind != "table" or member.compression != "none" or member.format in {"sqlite"}:
            continue
        check_member(info)
        base: Source = {"format": member.format, "path": file.path, "compression": "zip", "member": info.filename}
        yield from _one(root, base, scratch)


def foreign_keys(root: Path, source: Source) -> list[tuple[str, str, str]]:
    """(column, table, column) of each declared foreign key of a SQLite table."""
    path = root if root.is_file() else root / source["path"]
    quoted = source["table"].replace('"', '""')
    with sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True) as connection:
        rows = connection.execute(f'PRAGMA foreign_key_list("{quoted}")').fetchall()
        return [(row[3], row[2], row[4] or row[3]) for row in rows]
