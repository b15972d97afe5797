"""Foreign code may empty or replace the table of modules, and so break whoever called it. It gets back what it lost."""

from __future__ import annotations

import contextlib
import operator
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def kept_modules(lost: set[str]) -> Iterator[None]:
    """Puts removed and replaced modules back after the body, and adds their names to `lost`."""
    table, before = sys.modules, dict(sys.modules)
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
