"""Runs the prepare.py of a package on its raw dataset, once or twice, and says what it wrote."""

from __future__ import annotations

import contextlib
import io
import re
import sys
from pathlib import Path
from typing import Any, TextIO

from forge_runtime.execute.entropy import scatter
from forge_runtime.execute.raw_folder import raw_folder
from forge_runtime.execute.raw_watch import RawWatch
from forge_runtime.execute.tree import hash_tree
from forge_runtime.package import load_module

Json = dict[str, Any]

# The line that prepare.py prints for each reason for which it leaves rows out.
DROPPED = re.compile(r"^dropped (\d+) rows: (.+)$")
MAX_DROPS = 100


def run(args: Json, paths: dict[str, Path]) -> Json:
    """Mounts: `script` (prepare.py), `raw` (read), `out` (written: `public` and `private` in it).

    `args.rawName` names a dataset of one file, which prepare.py sees inside a folder of its own; `args.twice` runs it
    again over its own output. Raises what prepare.py raises.
    """
    scatter(int(args["entropy"]))
    out = paths["out"]
    public, private = out / "public", out / "private"
    public.mkdir(exist_ok=True)
    private.mkdir(exist_ok=True)
    raw = raw_folder(paths["raw"], args.get("rawName"))
    watch = RawWatch(raw, paths["script"])
    module = load_module(paths["script"])
    printed = _Lines(sys.stdout)
    with contextlib.redirect_stdout(printed), watch.on():
        module.prepare(raw, public, private)
    first = hash_tree(out)
    again = None
    if args.get("twice"):
        with contextlib.redirect_stdout(_Lines(sys.stdout)):
            module.prepare(raw, public, private)
        again = hash_tree(out)
    return {"files": first, "again": again, "dropped": printed.drops(), "attempts": watch.attempts}


class _Lines(io.TextIOBase):
    """Passes text through and remembers the lines that announce dropped rows."""

    def __init__(self, through: TextIO) -> None:
        super().__init__()
        self._through = through
        self._rest = ""
        self._drops: list[Json] = []

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._through.write(text)
        *lines, rest = (self._rest + text).split("\n")
        self._rest = rest[-10_000:]  # a line without end must not fill the memory
        for line in lines:
            match = DROPPED.match(line)
            if match and len(self._drops) < MAX_DROPS:
                self._drops.append({"count": int(match[1]), "reason": match[2].strip()[:500]})
        return len(text)

    def flush(self) -> None:
        self._through.flush()

    def drops(self) -> list[Json]:
        self.write("\n")
        return self._drops
