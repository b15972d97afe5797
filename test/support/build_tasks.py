"""Runs prepare.py files and prints what they built: python build_tasks.py < [{"name", "script", "raw", "out"}, ...]."""

import contextlib
import csv
import hashlib
import io
import json
import runpy
import sys
from pathlib import Path


def digests(folder: Path) -> dict[str, str]:
    """Content and, for media, time of every file."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            time = int(path.stat().st_mtime) if "/media/" in name else ""
            found[name] = f"{hashlib.sha256(path.read_bytes()).hexdigest()} {time}"
    return found


def table(path: Path) -> dict[str, list]:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return {"columns": header, "rows": rows}


def build(task: dict[str, str]) -> dict[str, object]:
    raw, out = Path(task["raw"]), Path(task["out"])
    before, printed = digests(raw), io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            runpy.run_path(task["script"])["prepare"](raw, out / "public", out / "private")
    except Exception as error:  # noqa: BLE001 - whatever a script raises is the result
        return {"error": f"{type(error).__name__}: {error}", "written": sorted(digests(out)) if out.exists() else []}
    return {
        "error": None,
        "printed": printed.getvalue().splitlines(),
        "digests": digests(out),
        "rawUntouched": digests(raw) == before,
        "train": table(out / "public" / "train.csv"),
        "test": table(out / "public" / "test.csv"),
        "sample": table(out / "public" / "sample_submission.csv"),
        "answers": table(out / "private" / "test_answer.csv"),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps({task["name"]: build(task) for task in json.load(sys.stdin)}))
