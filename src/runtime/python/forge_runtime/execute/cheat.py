"""Job of the solver sandbox: a panel of solvers that cheat. Each leaves what it would submit in the work folder.

It sees what a competitor sees, no more; the submissions are graded afterwards, by another job, as any others.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from forge_runtime.execute.cheat_desk import Desk, Entry
from forge_runtime.execute.cheat_forms import bent, large
from forge_runtime.execute.cheat_guesses import guesses
from forge_runtime.execute.cheat_reach import prowl, special_files, tamper
from forge_runtime.execute.cheat_tables import PLAIN, TableFolder, part_of
from forge_runtime.package import Manifest, PackageError

Json = dict[str, Any]

NAME = re.compile(r"[^a-z0-9]+")


def run(args: Json, paths: dict[str, Path]) -> Json:
    """Mounts: `public` (read) and `work` (written). `args`: `idColumn`, `columns` (of the submission, as in task.json),
    `private` (where this machine keeps the
    files that no solver may read).

    `entries` are the submissions, each `<name>.csv` in the work folder; `contained` says whether this is the sandbox,
    for without one nothing outside the work folder is looked at or touched.
    """
    public, work = paths["public"], paths["work"]
    os.chdir(work)
    result: Json = {"problem": None, "entries": [], "special": special_files(work)}
    try:
        desk = Desk(public, str(args["idColumn"]), args["columns"])
        guessed, whole = list(guesses(desk)), list(bent(desk))
        result["entries"] = told = _written(work, [*guessed, *whole, *large(desk)])
        _keep_tables(work, desk, [entry["name"] for entry in told], range(len(guessed), len(guessed) + len(whole)))
    except PackageError as error:
        result["problem"] = str(error)
    contained = str(public).startswith("/mnt/") and os.environ.get("HOME") == "/tmp"  # noqa: S108  the sandbox's
    result["contained"] = contained
    result["tampered"] = tamper(public, work) if contained else []
    result["found"] = prowl(public, work, list(args["private"])) if contained else None
    return result


def _written(work: Path, entries: Iterable[Entry]) -> list[Json]:
    told: list[Json] = []
    for number, entry in enumerate(entries):
        # A number in front keeps names apart that differ only in what a file name cannot hold.
        name = f"{number:03d}-{NAME.sub('-', entry.name.lower()).strip('-')[:40]}"
        (work / f"{name}.csv").write_bytes(entry.text.encode("utf-8", "surrogatepass"))
        told.append({"name": name, "group": entry.group, "mix": entry.mix, "change": entry.change})
    return told


def _keep_tables(work: Path, desk: Desk, names: list[str], forms: range) -> None:
    """Keeps in `tables/` what is graded whole, and in `part/` the bent forms (those at the places `forms`) of a part of
    the rows, where there is one."""
    manifest = Manifest({"submission": {"id_column": desk.key, "columns": desk.columns}})
    small = part_of(desk.sample)
    tables, part = (TableFolder(work / name) for name in ("tables", "part"))
    for number, name in enumerate(names):
        if small is None or number not in forms:
            tables.keep(work / f"{name}.csv", manifest)
    for number, entry in zip(forms, bent(desk.on(small)), strict=True) if small is not None else ():
        file = work / f"{PLAIN if entry.group == 'plain' else names[number]}.part"
        file.write_bytes(entry.text.encode("utf-8", "surrogatepass"))
        part.keep(file, manifest)
        file.unlink()
