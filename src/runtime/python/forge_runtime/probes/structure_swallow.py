"""Handlers that catch every exception and let none through: what breaks behind them is never heard of."""

from __future__ import annotations

import ast
from typing import Any

from forge_runtime.probes.structure_syntax import nodes, place

Json = dict[str, Any]


def swallowed(tree: ast.Module) -> list[Json]:
    """Handlers of every exception (`except:`, `BaseException`, `Exception`) that neither raise nor use it.

    `does` tells how they go on. Handlers of `Exception` count when they only pass, return or continue.
    """
    found = []
    for node in nodes(tree):
        if not isinstance(node, ast.ExceptHandler):
            continue
        bare = node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "BaseException")
        broad = isinstance(node.type, ast.Name) and node.type.id == "Exception"
        raises = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
        does = _does(node.body[-1])
        idle = len(node.body) == 1 and does != "go on"
        if not raises and (bare or (broad and idle)):
            line = ast.copy_location(ast.Pass(), node)
            line.end_lineno, line.end_col_offset = node.lineno, node.col_offset + len("except")
            found.append(place(line, bare=bare, does=does))
    return sorted(found, key=lambda item: item["line"])


def _does(last: ast.stmt) -> str:
    if isinstance(last, ast.Return):
        return "return None" if last.value is None else f"return {ast.unparse(last.value)[:40]}"
    if isinstance(last, ast.Pass):
        return "pass"
    return "continue" if isinstance(last, ast.Continue) else "go on"
