"""Functions, classes, raise statements and imports of a syntax tree."""

from __future__ import annotations

import ast
import functools
import sys
from typing import Any

Json = dict[str, Any]

_WALKS = 256
"""More than a file of a task has functions."""


@functools.lru_cache(maxsize=_WALKS)
def nodes(top: ast.AST) -> tuple[ast.AST, ...]:
    """What `ast.walk` gives, gathered once for all who read the same tree: walking takes most of their time."""
    return tuple(ast.walk(top))


def place(node: ast.expr | ast.stmt, **more: object) -> Json:
    """One-based line, zero-based columns of the node's first line."""
    one_line = node.end_lineno == node.lineno
    return {"line": node.lineno, "column": node.col_offset, "end": node.end_col_offset if one_line else None, **more}


def functions(tree: ast.Module) -> list[Json]:
    """Functions at the top of the file, with their parameters in order."""
    found = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            positional = [*node.args.posonlyargs, *node.args.args]
            required = len(positional) - len(node.args.defaults)
            keyword_only = [
                argument.arg
                for argument, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
                if default is None
            ]
            found.append(
                {
                    "name": node.name,
                    "line": node.lineno,
                    "async": isinstance(node, ast.AsyncFunctionDef),
                    "parameters": [argument.arg for argument in positional],
                    "required": [argument.arg for argument in positional[:required]] + keyword_only,
                    "empty": all(_is_nothing(statement) for statement in node.body),
                }
            )
    return found


def _is_nothing(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def classes(tree: ast.Module) -> list[Json]:
    """Classes at the top of the file with the names of their bases."""
    return [
        {"name": node.name, "line": node.lineno, "bases": [ast.unparse(base) for base in node.bases]}
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    ]


def raised(tree: ast.Module) -> list[Json]:
    """Names of exceptions in raise statements, wherever they stand."""
    found = []
    for node in nodes(tree):
        if isinstance(node, ast.Raise) and node.exc is not None:
            raising = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            found.append({"name": ast.unparse(raising), "line": node.lineno})
    return sorted(found, key=lambda item: item["line"])


def imports(tree: ast.Module) -> list[Json]:
    """Imported modules by their top-level package, and whether that is part of the standard library."""
    found = []
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            found += [_imported(node, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append(_imported(node, "." * node.level + (node.module or "")))
    return sorted(found, key=lambda item: (item["line"], item["module"]))


def _imported(node: ast.stmt, module: str) -> Json:
    top = module.split(".", 1)[0]  # empty for a relative import
    return place(node, module=module, package=top, standard=top in sys.stdlib_module_names)
