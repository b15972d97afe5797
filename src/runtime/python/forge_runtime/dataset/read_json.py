"""JSON documents, JSON Lines and GeoJSON."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from forge_runtime.dataset.database import Database
from forge_runtime.dataset.encoding import open_text
from forge_runtime.dataset.json_layout import find_records, key_column, records_of
from forge_runtime.dataset.problems import Problems, UnreadableError
from forge_runtime.dataset.reading import feature_record
from forge_runtime.dataset.spelling import flatten, text_of
from forge_runtime.dataset.tables import Origin, StoredTable

# A document is parsed as a whole and takes about six times its size in memory.
MAX_DOCUMENT_BYTES = 120_000_000
MAX_COLUMNS = 5_000
COORDINATES = ("longitude", "latitude", "elevation")
FIX = "Check the file with a JSON validator."


def read_json(file: Path, origin: Origin, database: Database, scratch: Path, problems: Problems) -> StoredTable:
    """Stores the list of records of a `.json` or `.geojson` file. Raises UnreadableError when there is none."""
    utf8 = open_text(file, scratch).utf8
    if utf8.stat().st_size > MAX_DOCUMENT_BYTES:
        message = f"The JSON document is larger than {MAX_DOCUMENT_BYTES // 1_000_000} MB."
        raise UnreadableError("TOO_LARGE", message, "Convert it to JSON Lines, CSV or Parquet.")
    try:
        document = json.loads(utf8.read_text(encoding="utf-8-sig", errors="replace"))
    except RecursionError as error:
        raise UnreadableError("BAD_JSON", "The JSON is nested too deeply.", FIX) from error
    except ValueError as error:
        if _is_lines(utf8):
            return read_json_lines(file, origin, database, scratch, problems)
        raise UnreadableError("BAD_JSON", f"The JSON cannot be parsed: {error}.", FIX) from error
    if (
        isinstance(document, dict)
        and document.get("type") == "FeatureCollection"
        and isinstance(document.get("features"), list)
    ):
        return _store_geojson(document["features"], origin, database)
    place = find_records(document)
    if place is None:
        raise UnreadableError(
            "JSON_SHAPE", "The JSON holds no list of records.", "Write the data as a list of objects."
        )
    key = key_column(document, place)
    columns, stored, rows = _store(records_of(document, place, key), database)
    source = origin.source("json", recordPath=place.path, columns=columns)
    if place.layout != "objects":
        source |= {"layout": place.layout, "keyColumn": key}
    return StoredTable(source, stored, rows)


def read_json_lines(file: Path, origin: Origin, database: Database, scratch: Path, problems: Problems) -> StoredTable:
    """Stores a JSON Lines file; lines that are no JSON object are left out and told."""
    utf8 = open_text(file, scratch).utf8
    bad: list[int] = []
    names: dict[str, None] = {}
    for _, record in _lines(utf8, bad):
        names.update(dict.fromkeys(record))
        if len(names) > MAX_COLUMNS:
            raise UnreadableError("TOO_WIDE", f"The records have more than {MAX_COLUMNS} keys.", "Keep fewer keys.")
    if not names:
        raise UnreadableError("BAD_JSON", "No line is a JSON object.", FIX)
    columns = list(names)
    rows = ([text_of(record.get(name)) for name in columns] for _, record in _lines(utf8, []))
    stored = database.create(rows, len(columns))
    if bad:
        listed = ", ".join(map(str, bad[:5]))
        message = (
            f"{len(bad)} lines are no JSON object and are left out (lines {listed}{', …' if len(bad) > 5 else ''})."
        )
        problems.add("BAD_JSON_LINES", origin.path, message, "Correct the lines.")
    return StoredTable(origin.source("json-lines", columns=columns), stored, database.count(stored))


def _lines(utf8: Path, bad: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    with utf8.open(encoding="utf-8-sig", errors="replace", newline="\n") as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                record = None
            if isinstance(record, dict):
                yield number, flatten(record)
            else:
                bad.append(number)


def _is_lines(utf8: Path) -> bool:
    """Several objects, one per line, under the name `.json`."""
    bad: list[int] = []
    good = 0
    for good, _ in enumerate(_lines(utf8, bad), start=1):
        if good >= 50:
            break
    return good >= 2 and len(bad) < good


def _store_geojson(features: list[Any], origin: Origin, database: Database) -> StoredTable:
    records = [feature_record(feature) for feature in features if isinstance(feature, dict)]
    columns, stored, rows = _store(records, database, first=(*COORDINATES, "id"))
    return StoredTable(origin.source("geojson", columns=columns), stored, rows)


def _store(records: list[dict[str, Any]], database: Database, first: Iterable[str] = ()) -> tuple[list[str], str, int]:
    found = dict.fromkeys(name for record in records for name in record)
    columns = [*[name for name in first if name in found], *[name for name in found if name not in first]]
    if not columns:
        raise UnreadableError("JSON_SHAPE", "The records have no keys.", "Write the data as a list of objects.")
    if len(columns) > MAX_COLUMNS:
        raise UnreadableError("TOO_WIDE", f"The records have more than {MAX_COLUMNS} keys.", "Keep fewer keys.")
    stored = database.create(([text_of(record.get(name)) for name in columns] for record in records), len(columns))
    return columns, stored, len(records)
