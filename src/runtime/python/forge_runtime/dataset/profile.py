"""Job: what is in a dataset. Measures every table, media collection and document; judges nothing."""

import json
import sqlite3
import struct
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from openpyxl.utils.exceptions import InvalidFileException
from pandas.errors import ParserError

from forge_runtime.dataset.documents import documents_of
from forge_runtime.dataset.files import File, walk
from forge_runtime.dataset.media import collections_of, connect_tables
from forge_runtime.dataset.problems import Problems
from forge_runtime.dataset.reading import UnreadableError
from forge_runtime.dataset.relations import relations_of
from forge_runtime.dataset.sources import sources_of
from forge_runtime.dataset.store import Store
from forge_runtime.dataset.tables import profile_table

READ_ERRORS = (
    UnreadableError,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    RecursionError,
    json.JSONDecodeError,
    sqlite3.Error,
    struct.error,
    zipfile.BadZipFile,
    pa.ArrowException,
    InvalidFileException,
    ParserError,
    duckdb.Error,
)
"""What the readers raise for files that are not what they claim to be."""


def run(args: dict[str, Any], paths: dict[str, Path]) -> dict[str, Any]:
    """`raw` is the dataset (a folder or one file), `work` a writable scratch folder. Returns the profile without its hash."""
    root, scratch = paths["raw"], paths["work"]
    if root.is_file():
        root = _named(root, args["name"], scratch)
    problems = Problems()
    files = walk(root, problems)
    store = Store(root, scratch)
    try:
        tables = _tables(store, root, files, scratch, problems)
        media = collections_of(root, files, problems)
        connect_tables(
            tables,
            media,
            files,
            lambda number, index: [
                value for (value,) in store.all(f"SELECT DISTINCT c{index} FROM t{number} WHERE c{index} IS NOT NULL")
            ],
        )
        relations = relations_of(store, root, tables)
    finally:
        store.close()
    collected = {collection["kind"] for collection in media}
    return {
        "name": args["name"],
        "files": len(files),
        "bytes": sum(file.bytes for file in files),
        "tables": tables,
        "relations": relations,
        "media": media,
        "documents": documents_of(root, [file for file in files if not (file.kind == "text" and "text" in collected)]),
        "problems": problems.as_list(),
    }


def _named(file: Path, name: str, scratch: Path) -> Path:
    """A single-file dataset under its own name: a mount has no name, and the name tells the format."""
    folder = scratch / "single"
    folder.mkdir(exist_ok=True)
    link = folder / name
    if not link.exists():
        link.write_bytes(file.read_bytes())
    return link


def _tables(store: Store, root: Path, files: list[File], scratch: Path, problems: Problems) -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = []
    for file in files:
        if file.kind == "other":
            problems.add(
                "UNKNOWN_FORMAT",
                file.path,
                "The format is not one that is read.",
                "Convert it to CSV, Parquet or another supported format.",
            )
        if file.kind not in {"table", "zip"}:
            continue
        if file.bytes == 0:
            problems.add("EMPTY_FILE", file.path, "The file is empty.", "Remove it, or fetch it again.")
            continue
        try:
            for source in sources_of(root, file, scratch):
                tables.append(profile_table(store, len(tables), source, problems))
        except READ_ERRORS as error:
            what = str(error).replace(str(root), "").strip().split("\n")[0][:200] or type(error).__name__
            store.connection.execute(f"DROP TABLE IF EXISTS t{len(tables)}")
            problems.add(
                "UNREADABLE",
                file.path,
                f"The file cannot be read: {what}.",
                "Check that it is complete and what its name says; fetch it again or remove it.",
            )
    return tables
