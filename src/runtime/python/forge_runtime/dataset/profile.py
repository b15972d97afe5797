"""The job `dataset.profile`: everything that is measured of a dataset, as `datasetProfileSchema` in profile.ts says."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import duckdb

from forge_runtime.dataset.columns import measure_columns, sample_rows
from forge_runtime.dataset.database import Database
from forge_runtime.dataset.documents import MAX_DOCUMENTS, document_kind, read_document
from forge_runtime.dataset.inventory import DataFile, Inventory, take_inventory
from forge_runtime.dataset.keys import count_duplicates, find_aliases, find_keys
from forge_runtime.dataset.listed_names import listed_names
from forge_runtime.dataset.media import find_collections, profile_collection
from forge_runtime.dataset.media_files import UNREAD, part_of_name
from forge_runtime.dataset.problems import Problems, UnreadableError
from forge_runtime.dataset.read_file import MAYBE_DELIMITED, TABLE_ENDINGS, UNSUPPORTED, read_tables
from forge_runtime.dataset.relations import Measured, find_relations
from forge_runtime.dataset.tables import StoredTable

MAX_TABLES = 300  # thousands of small files are a collection that should be joined first


def run(args: dict[str, Any], paths: dict[str, Path]) -> dict[str, Any]:
    """Profiles the mount `raw`.

    `args.name` is the name of the dataset's folder or file. Working files go to the mount `work`, or to a temporary
    folder. The result lacks `sha256`, which the host fills in.
    """
    raw = paths["raw"]
    name = str(args.get("name") or raw.name)
    parent = str(paths["work"]) if "work" in paths else None
    scratch = Path(tempfile.mkdtemp(prefix="profile-", dir=parent))
    try:
        problems = Problems()
        inventory = take_inventory(raw, name, problems)
        database = Database(raw, scratch, inventory.bytes)
        try:
            return _profile(name, inventory, database, scratch, problems)
        finally:
            database.close()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _profile(name: str, inventory: Inventory, database: Database, scratch: Path, problems: Problems) -> dict[str, Any]:
    documents, rest = _documents(inventory.files)
    collections = find_collections(rest, problems)
    in_collection = {file.path for collection in collections for file in collection.files}
    files = [file for file in rest if file.path not in in_collection]
    measured = _tables(files, documents, database, scratch, problems)
    media = [profile_collection(collection, database, measured, problems) for collection in collections]
    return {
        "name": name,
        "files": inventory.count,
        "bytes": inventory.bytes,
        "tables": [one.profile for one in measured],
        "relations": find_relations(database, measured),
        "media": media,
        "documents": documents,
        "problems": problems.as_list(),
    }


def _documents(files: list[DataFile]) -> tuple[list[dict[str, Any]], list[DataFile]]:
    documents: list[dict[str, Any]] = []
    rest: list[DataFile] = []
    for file in files:
        kind = document_kind(file)
        document = read_document(file, kind) if kind and len(documents) < MAX_DOCUMENTS else None
        if document is None:
            rest.append(file)
        else:
            documents.append(document)
    return documents, rest


def _tables(
    files: list[DataFile], documents: list[dict[str, Any]], database: Database, scratch: Path, problems: Problems
) -> list[Measured]:
    measured: list[Measured] = []
    for file in files:
        if file.extension in UNREAD:
            problems.add(
                "UNSUPPORTED", file.path, f"Files of the kind {file.extension} are not read.", UNREAD[file.extension]
            )
            continue
        if file.extension not in TABLE_ENDINGS | MAYBE_DELIMITED and file.extension not in UNSUPPORTED:
            _tell_unknown(file, problems)
            continue
        if len(measured) >= MAX_TABLES:
            problems.add(
                "TOO_MANY_TABLES", file.path, f"Only {MAX_TABLES} tables are read.", "Join files of the same columns."
            )
            continue
        for table in _read(file, database, scratch, problems):
            _name_columns(table, documents, problems)
            try:
                measured.append(_measure(database, table, problems))
            except (duckdb.Error, ArithmeticError, ValueError, MemoryError) as error:
                message = f"The table was read but could not be measured: {type(error).__name__}."
                problems.add("UNMEASURED", table.id, message, "Export the table again, or make it smaller.")
    return measured


def _tell_unknown(file: DataFile, problems: Problems) -> None:
    message = f"The kind {file.extension or 'of this file'} is not known."
    problems.add("UNKNOWN_KIND", file.path, message, "Convert it to CSV, JSON or Parquet if it holds data.")


def _read(file: DataFile, database: Database, scratch: Path, problems: Problems) -> list[StoredTable]:
    try:
        return read_tables(file, database, scratch, problems)
    except UnreadableError as error:
        problems.add_error(file.path, error)
    except (OSError, duckdb.Error, UnicodeError, ValueError, MemoryError, RecursionError) as error:
        message = f"The file cannot be read: {type(error).__name__}."
        problems.add("UNREADABLE", file.path, message, "Check that the file opens in another program.")
    return []


def _name_columns(table: StoredTable, documents: list[dict[str, Any]], problems: Problems) -> None:
    if table.source.get("header") is not False:
        return
    listed = listed_names(documents, len(table.columns))
    if listed is None:
        return
    table.source["columns"], document = listed
    message = f"The file has no header; the names of its columns are taken from {document}."
    problems.add("NAMES_FROM_DOCUMENT", table.id, message, "Check that the document lists them in the file's order.")


def _measure(database: Database, table: StoredTable, problems: Problems) -> Measured:
    columns = measure_columns(database, table, problems)
    keys = find_keys(database, table, columns)
    profile = {
        "id": table.id,
        "source": table.source,
        "rows": table.rows,
        "columns": columns,
        "duplicateRows": count_duplicates(database, table, keys),
        "keys": keys,
        "raggedLines": table.ragged_lines,
        "raggedCount": table.ragged_count,
        "part": part_of_name(table.id.rsplit("/", 1)[-1].split("#")[0]),
        "aliases": find_aliases(database, table, columns),
        "sample": sample_rows(database, table),
    }
    return Measured(table, profile)
