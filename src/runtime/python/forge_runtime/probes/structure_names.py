"""Names that are used and never bound: the NameErrors that wait on a path no test has taken."""

from __future__ import annotations

import ast
import builtins
import symtable
from typing import Any

from forge_runtime.probes.structure_syntax import nodes, place

Json = dict[str, Any]

# Names that exist in every module without being assigned.
MODULE_NAMES = {"__file__", "__name__", "__doc__", "__spec__", "__package__", "__loader__", "__builtins__"}


def unbound_names(source: str, tree: ast.Module, filename: str) -> list[Json]:
    """First use of every name that no scope binds. Scopes come from the compiler's own symbol tables, so closures,
    comprehensions and `global` count as they do at run time. A star import makes every name possible."""
    if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in nodes(tree)):
        return []
    top = symtable.symtable(source, filename, "exec")
    tables = list(_below(top))
    bound = {symbol.get_name() for symbol in top.get_symbols() if _binds(symbol)} | MODULE_NAMES | set(dir(builtins))
    for table in tables:
        bound |= {s.get_name() for s in table.get_symbols() if s.is_declared_global() and s.is_assigned()}
    missing = {
        symbol.get_name()
        for table in tables
        for symbol in table.get_symbols()
        if symbol.is_referenced() and symbol.get_name() not in bound and (table is top or symbol.is_global())
    }
    found: dict[str, Json] = {}
    for node in nodes(tree):
        if isinstance(node, ast.Name) and node.id in missing and isinstance(node.ctx, ast.Load):
            known = found.get(node.id)
            if known is None or node.lineno < known["line"]:
                found[node.id] = place(node, name=node.id)
    return sorted(found.values(), key=lambda item: (item["line"], item["column"]))


def _below(table: symtable.SymbolTable) -> list[symtable.SymbolTable]:
    return [table, *(inner for child in table.get_children() for inner in _below(child))]


def _binds(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()
