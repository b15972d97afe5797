"""Foreign code may empty or replace the table of modules, and so break whoever called it. It gets back what it lost."""

from __future__ import annotations

import contextlib
import operator
import sys
from collections.abc import Iterator
from types import ModuleType

_seen: dict[str, ModuleType] = {}
"""The table as it was last left: a copy takes as long as a short call, and between two calls only imports change it."""


@contextlib.contextmanager
def kept_modules(lost: set[str]) -> Iterator[None]:
    """Puts removed and replaced modules back after the body, and adds their names to `lost`."""
    global _seen  # noqa: PLW0603  one table of modules, one copy
    table = sys.modules
    if len(_seen) != len(table):
        _seen = dict(table)
    before = _seen
    try:
        yield
    finally:
        sys.modules = table
        # Nearly always nothing has changed, which takes a hundredth of the time to see.
        same = len(table) == len(before) and all(map(operator.is_, table.values(), before.values()))
        for name, module in () if same else before.items():
            # A file of the task that is loaded anew takes the place of the earlier load.
            if table.get(name) is not module and not name.startswith("task_"):
                table[name] = module
                lost.add(name)
        if not same:
            _seen = dict(table)
