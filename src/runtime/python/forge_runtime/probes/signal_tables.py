"""The table of a candidate as text: base rows, looked-up parents and summed-up children. Missing values are empty."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from forge_runtime.dataset.reading import read_frame

MISSING = ""
SUMS = {"sum": "sum", "mean": "mean", "min": "min", "max": "max"}


class Tables:
    """Reads every table of a dataset once, whichever candidates ask for it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[str, pd.DataFrame] = {}

    def table(self, source: dict[str, Any]) -> pd.DataFrame:
        key = json.dumps(source, sort_keys=True)
        if key not in self._read:
            self._read[key] = read_frame(self._root, source)
        return self._read[key]

    def joined(self, source: dict[str, Any]) -> pd.DataFrame:
        """The base table in file order with its lookups and aggregates; companion parts come with a `__part` column."""
        frame = self.table(source["table"]).copy()
        parts = source.get("parts") or []
        if parts:
            pieces = [self.table(part["table"]).assign(__part=part["part"]) for part in parts]
            frame = pd.concat(pieces, ignore_index=True).fillna(MISSING)
        for column, codes in source.get("missingCodes", {}).items():
            if column in frame:
                frame[column] = frame[column].where(~frame[column].isin(codes), MISSING)
        for lookup in source.get("lookups", []):
            frame = self._looked_up(frame, lookup)
        for aggregate in source.get("aggregates", []):
            frame = self._summed_up(frame, aggregate)
        return frame.reset_index(drop=True)

    def _looked_up(self, frame: pd.DataFrame, lookup: dict[str, Any]) -> pd.DataFrame:
        parent = self.table(lookup["table"]).drop_duplicates(lookup["to"]).set_index(lookup["to"])
        for column in lookup["columns"]:
            frame[lookup["prefix"] + column] = frame[lookup["from"]].map(parent[column]).fillna(MISSING)
        return frame

    def _summed_up(self, frame: pd.DataFrame, aggregate: dict[str, Any]) -> pd.DataFrame:
        child = self.table(aggregate["table"])
        for output in aggregate["outputs"]:
            groups = child.groupby(aggregate["from"], sort=True)
            if output["function"] == "count":
                values = groups.size()
            elif output["function"] == "distinct":
                values = groups[output["column"]].nunique()
            else:
                numbers = pd.to_numeric(child[output["column"]], errors="coerce")
                values = numbers.groupby(child[aggregate["from"]]).agg(SUMS[output["function"]])
            empty = 0 if output["function"] in ("count", "distinct", "sum") else float("nan")
            mapped = frame[aggregate["to"]].map(values).fillna(empty)
            frame[output["name"]] = mapped.map(lambda value: MISSING if pd.isna(value) else repr(float(value)))
        return frame
