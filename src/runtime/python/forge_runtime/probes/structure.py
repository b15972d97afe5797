"""What the Python files of a package say, read from their syntax trees; nothing is executed."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

from forge_runtime.probes.structure_names import unbound_names
from forge_runtime.probes.structure_origins import Origins
from forge_runtime.probes.structure_random import unseeded
from forge_runtime.probes.structure_reach import absolute_paths, reaches
from forge_runtime.probes.structure_swallow import swallowed
from forge_runtime.probes.structure_syntax import classes, functions, imports, raised

Json = dict[str, Any]


def run(args: Json, paths: dict[str, Path]) -> Json:
    """`args.files`: paths of Python files within the mount `package`. Lines are one-based, columns zero-based."""
    return {"files": {name: read_file(paths["package"] / name) for name in args["files"]}}


def read_file(path: Path) -> Json:
    try:
        source = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return broken("The file is not UTF-8 text", line, 0)
    try:
        tree = ast.parse(source, filename=path.name)
        compile(source, path.name, "exec", dont_inherit=True)  # finds what parsing alone accepts, as `return` outside
    except SyntaxError as error:
        return broken(error.msg, error.lineno or 1, max(0, (error.offset or 1) - 1))
    except (ValueError, RecursionError, MemoryError) as error:
        return broken(str(error) or type(error).__name__, 1, 0)
    origins = Origins(tree)
    return {
        "syntax": None,
        "functions": functions(tree),
        "classes": classes(tree),
        "raised": raised(tree),
        "imports": imports(tree),
        "unbound": unbound_names(source, tree, path.name),
        "absolute": absolute_paths(tree, origins),
        "unseeded": unseeded(tree, origins),
        "reaches": reaches(tree, origins),
        "swallowed": swallowed(tree),
    }


def broken(message: str, line: int, column: int) -> Json:
    """A file without a syntax tree: the reason and its place, and nothing else known."""
    empty: list[Json] = []
    names = ("functions", "classes", "raised", "imports", "unbound", "absolute", "unseeded", "reaches", "swallowed")
    return {"syntax": {"message": message, "line": line, "column": column}, **dict.fromkeys(names, empty)}
