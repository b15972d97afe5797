"""Where a name comes from: `np.random.rand` is `numpy.random.rand`, whatever the import called it."""

from __future__ import annotations

import ast

from forge_runtime.probes.structure_syntax import nodes


class Origins:
    """Dotted origins of the names that a file imports."""

    def __init__(self, tree: ast.Module) -> None:
        self._names: dict[str, str] = {}
        for node in nodes(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    top = alias.name.split(".", 1)[0]
                    self._names[alias.asname or top] = alias.name if alias.asname else top
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for alias in node.names:
                    self._names[alias.asname or alias.name] = f"{node.module}.{alias.name}"

    def of(self, node: ast.expr) -> str | None:
        """The dotted origin of a name or attribute that starts at an import; builtins keep their name; else None."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        origin = self._names.get(node.id)
        if origin is None:
            return node.id if not parts else None
        return ".".join([origin, *reversed(parts)])

    def imports(self, node: ast.expr) -> bool:
        """Whether an expression is a module, or part of one, that the file imports."""
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name) and node.id in self._names


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """The value given for a keyword; None when it is absent."""
    return next((item.value for item in call.keywords if item.arg == name), None)


def is_constant(node: ast.expr | None, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value
