"""From which parameter of its function a path comes: `target = public / "media"` comes from `public`."""

from __future__ import annotations

import ast

MAX_STEPS = 8


class Roots:
    """Names that a file assigns, each with the expression it got last; flow is not followed."""

    def __init__(self, tree: ast.Module) -> None:
        self._given: dict[str, ast.expr] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        self._given[target.id] = node.value
            elif isinstance(node, ast.For) and isinstance(node.target, ast.Name):
                self._given[node.target.id] = node.iter

    def of(self, node: ast.expr | None) -> str:
        """The name at the root of a path expression; empty when there is none."""
        for _ in range(MAX_STEPS):
            name = _leftmost(node)
            if name is None:
                return ""
            following = self._given.get(name)
            if following is None or _leftmost(following) == name:
                return name
            node = following
        return ""

    def exactly(self, node: ast.expr) -> str:
        """The name itself, as far as it is only another name of it."""
        for _ in range(MAX_STEPS):
            if not isinstance(node, ast.Name):
                return ""
            following = self._given.get(node.id)
            if not isinstance(following, ast.Name):
                return node.id if following is None else ""
            node = following
        return ""


def _leftmost(node: ast.expr | None) -> str | None:
    while node is not None:
        if isinstance(node, ast.Name):
            return node.id
        if isinstance(node, ast.BinOp):
            node = node.left
        elif isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
            node = node.value
        elif isinstance(node, ast.Call):
            # `Path(public)` and `sorted(public.glob(...))` are about what they are given, methods about their object.
            node = node.args[0] if node.args and not isinstance(node.func, ast.Attribute) else node.func
            if isinstance(node, ast.Attribute):
                node = node.value
        else:
            return None
    return None
