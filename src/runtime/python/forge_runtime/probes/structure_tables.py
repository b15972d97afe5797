"""The CSV files of a package as bytes: encoding, header, width of the rows. Read in streams, so size is no matter."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

Json = dict[str, Any]

# Enough examples to see a pattern; a file that is ragged throughout need not list every row.
MAX_PLACES = 5
csv.field_size_limit(2**31 - 1)


def run(args: Json, paths: dict[str, Path]) -> Json:
    """`args.files`: CSV files within the mount `package`."""
    return {"files": {name: read_file(paths["package"] / name) for name in args["files"]}}


def read_file(path: Path) -> Json:
    """Header, number of rows and what is wrong with the text. Lines are one-based, as an editor shows them."""
    result: Json = {
        "bytes": path.stat().st_size,
        "byteOrderMark": False,
        "undecodable": None,
        "carriageReturns": False,
        "nulLine": None,
        "header": [],
        "rows": 0,
        "ragged": [],
        "raggedCount": 0,
        "duplicateColumns": [],
        "unnamedColumns": 0,
        "problem": None,
    }
    _scan_bytes(path, result)
    if result["undecodable"] is None and result["nulLine"] is None:
        try:
            _scan_rows(path, result)
        except csv.Error as error:
            result["problem"] = str(error)
    return result


def _scan_bytes(path: Path, result: Json) -> None:
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            if number == 1 and line.startswith(b"\xef\xbb\xbf"):
                result["byteOrderMark"] = True
            result["carriageReturns"] = result["carriageReturns"] or line.endswith(b"\r\n")
            if b"\0" in line:
                result["nulLine"] = number
                return
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                result["undecodable"] = {"line": number, "byte": line[error.start], "column": error.start}
                return


def _scan_rows(path: Path, result: Json) -> None:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream)
        header = next(reader, [])
        result["header"] = header
        counts = Counter(header)
        result["duplicateColumns"] = sorted(name for name, count in counts.items() if count > 1 and name)
        result["unnamedColumns"] = sum(1 for name in header if not name.strip())
        start = reader.line_num + 1
        for row in reader:
            # A blank line in a table of one column is a missing value, elsewhere csv readers skip it.
            if row or len(header) == 1:
                result["rows"] += 1
                if row and len(row) != len(header):
                    result["raggedCount"] += 1
                    if len(result["ragged"]) < MAX_PLACES:
                        result["ragged"].append({"line": start, "fields": len(row)})
            start = reader.line_num + 1
