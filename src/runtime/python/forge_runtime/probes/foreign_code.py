"""What the Python files of a foreign task say: as for a package, and methods, and what removes raw files."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

from forge_runtime.probes.structure import read_file
from forge_runtime.probes.structure_syntax import place

Json = dict[str, Any]

REMOVERS = {"rmtree", "unlink", "rmdir", "remove", "move", "rename"}


def run(args: Json, paths: dict[str, Path]) -> Json:
    """`args.files`: paths of Python files within the mount `task`; `args.prepare`: the one that prepares, or null."""
    return {"files": {name: _read(paths["task"] / name, name == args["prepare"]) for name in args["files"]}}


def _read(path: Path, prepares: bool) -> Json:
    code = read_file(path)
    more: Json = {"methods": [], "removed": []}
    if code["syntax"] is None:
        tree = ast.parse(path.read_bytes())
        more = {"methods": methods(tree), "removed": removed(tree) if prepares else []}
    return {**code, **more}


def methods(tree: ast.Module) -> list[Json]:
    """Methods of the classes at the top of the file, with their parameters without the first."""
    return [
        {
            "owner": owner.name,
            "name": node.name,
            "line": node.lineno,
            "parameters": [argument.arg for argument in [*node.args.posonlyargs, *node.args.args]][1:],
        }
        for owner in tree.body
        if isinstance(owner, ast.ClassDef)
        for node in owner.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def removed(tree: ast.Module) -> list[Json]:
    """Calls that remove, move or overwrite what lies in the first parameter of `prepare`, the raw dataset."""
    prepare = next((node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "prepare"), None)
    if prepare is None or not prepare.args.args:
        return []
    raw = prepare.args.args[0].arg
    inside = _derived(prepare, raw)
    found = []
    for node in ast.walk(prepare):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute | ast.Name):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        if name not in REMOVERS:
            continue
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        library = owner is None or ast.unparse(owner) in {"shutil", "os"}
        target = (node.args[0] if node.args else None) if library else owner
        if target is not None and _names(target) & inside:
            found.append(place(node, call=ast.unparse(node)[:120], whole=ast.unparse(target) == raw))
    return sorted(found, key=lambda item: item["line"])


def _derived(prepare: ast.FunctionDef, raw: str) -> set[str]:
    """`raw` and the variables that are joined from it (`folder = raw / "images"`)."""
    names = {raw}
    for _ in range(3):
        for node in ast.walk(prepare):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp) and _base(node.value) in names:
                names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def _base(node: ast.expr) -> str:
    """The leftmost name of a joined path; empty when there is none."""
    while isinstance(node, ast.BinOp):
        node = node.left
    return node.id if isinstance(node, ast.Name) else ""


def _names(node: ast.expr) -> set[str]:
    base = _base(node)
    if base:
        return {base}
    if isinstance(node, ast.Call) and node.args:  # os.path.join(raw, ...), str(raw)
        return {_base(node.args[0])}
    return set()
