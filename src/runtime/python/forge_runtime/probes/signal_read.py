"""Stand-in reader until the profile's own reading code is there."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pandas as pd


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        return json.dumps(value)
    return str(value)


def read_table(root: Path, source: dict[str, Any]) -> pd.DataFrame:
    path = root if root.is_file() else root / source["path"]
    columns = source["columns"]
    if source["format"] == "delimited":
        return pd.read_csv(
            path, sep=source["delimiter"], encoding=source["encoding"], header=0 if source["header"] else None, names=columns,
            dtype=str, keep_default_na=False, quoting=0 if source["quote"] else 3, skiprows=source["skipLines"],
        )
    if source["format"] == "sqlite":
        with sqlite3.connect(path) as connection:
            rows = connection.execute(f'SELECT * FROM "{source["table"]}"').fetchall()
        return pd.DataFrame([[_text(v) for v in row] for row in rows], columns=columns)
    data = json.loads(path.read_text(encoding="utf-8"))
    rows = []
    for item in data["features"]:
        point = dict(zip(("longitude", "latitude", "elevation"), item["geometry"]["coordinates"], strict=False))
        record = {**point, "id": item.get("id"), **item["properties"]}
        rows.append([_text(record.get(name)) for name in columns])
    return pd.DataFrame(rows, columns=columns)
