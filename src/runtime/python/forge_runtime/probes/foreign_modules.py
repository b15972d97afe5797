"""Loads a foreign grader with what it imports: its neighbours in the folder, helpers of its checkout, stand-ins."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import CodeType, ModuleType

from forge_runtime.probes import foreign_standins as standins


class Helpers(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Finds modules in sources by dotted name. Parents of a known module are packages without content."""

    def __init__(self, sources: Mapping[str, str], suites: Mapping[str, standins.Names]) -> None:
        self._sources, self._suites = sources, suites
        known = [*sources, *suites]
        self._parents = {name.rsplit(".", depth)[0] for name in known for depth in range(1, name.count(".") + 1)}

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002  the interface of finders
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname in self._suites or fullname in self._sources or fullname in self._parents:
            return importlib.util.spec_from_loader(fullname, self, is_package=True)
        return None

    def is_package(self, fullname: str) -> bool:  # noqa: ARG002  each may have children
        return True

    def get_source(self, fullname: str) -> str:
        return self._sources.get(fullname, "")

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.get_source(fullname), f"<{fullname}>", "exec", dont_inherit=True)

    def exec_module(self, module: ModuleType) -> None:
        names = self._suites.get(module.__name__)
        if names is None:
            exec(self.get_code(module.__name__), module.__dict__)  # noqa: S102  foreign code, sandboxed
        else:
            module.__dict__.update(names)


def load(file: Path, name: str, helpers: Mapping[str, str]) -> ModuleType:
    """Runs `file` as the module `name` (dotted: what stands before the last dot is the package of its folder).

    Only for jobs inside the sandbox: this executes foreign code. Raises whatever the code raises.
    """
    sys.dont_write_bytecode = True
    package = name.rpartition(".")[0]
    sys.meta_path.insert(0, Helpers(helpers, standins.SUITES))
    sys.meta_path.append(Helpers({}, standins.FALLBACKS))
    sys.path.append(str(file.parent))
    if package:
        parts = package.split(".")
        for end in range(1, len(parts) + 1):
            parent = ".".join(parts[:end])
            if end == len(parts):
                standins.module(parent, {}).__path__ = [str(file.parent)]
            elif importlib.util.find_spec(parent) is None:
                standins.module(parent, {})
            else:
                importlib.import_module(parent)
    module = ModuleType(name)
    module.__file__, module.__package__ = str(file), package
    sys.modules[name] = module
    code = compile(file.read_text(encoding="utf-8"), str(file), "exec", dont_inherit=True)
    exec(code, module.__dict__)  # noqa: S102 - the purpose: foreign code, sandboxed
    return module
