"""Constructs of a Python file that harm, hide or outlive, read from its syntax tree."""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Iterator
from typing import Any

from forge_runtime.probes.safety_encoded import encoded
from forge_runtime.probes.safety_roots import Roots
from forge_runtime.probes.structure_origins import Origins, is_constant, keyword
from forge_runtime.probes.structure_reach import script_nodes
from forge_runtime.probes.structure_syntax import place

Json = dict[str, Any]

DELETING = {"os.remove", "os.unlink", "os.rmdir", "os.removedirs", "shutil.rmtree", "shutil.move", "os.truncate"}
DELETING_METHODS = {"unlink", "rmdir", "rmtree"}
OUTLIVING = {
    "threading.Thread",
    "threading.Timer",
    "_thread.start_new_thread",
    "atexit.register",
    "weakref.finalize",
    "sys.settrace",
    "sys.setprofile",
    "threading.settrace",
    "threading.setprofile",
    "sys.addaudithook",
    "asyncio.create_task",
    "concurrent.futures.ThreadPoolExecutor",
    "concurrent.futures.ProcessPoolExecutor",
}
EXITING = {"sys.exit", "os._exit", "os.abort", "exit", "quit"}
EXIT_ERRORS = {"SystemExit", "KeyboardInterrupt", "GeneratorExit", "BaseException"}
UNPICKLING = {
    "pandas.read_pickle",
    "joblib.load",
    "yaml.unsafe_load",
    "yaml.full_load",
    "numpy.lib.format.read_array",
    "torch.hub.load",
}
INTERNALS = {"__subclasses__", "__globals__", "__code__", "__builtins__", "__mro__", "__bases__", "__closure__"}
NAMESPACES = {"globals", "locals", "vars"}
# Settings that a library asks its users to assign.
SETTINGS = {"PIL.Image.MAX_IMAGE_PIXELS", "PIL.ImageFile.LOAD_TRUNCATED_IMAGES"}
SETTING_PREFIXES = ("pandas.options.",)
# What no assignment of a task may replace, though it is reached by an index.
TABLES = {"sys.modules", "os.environ", "sys.meta_path", "sys.path_hooks"}
BOUNDS = {"public", "private", "raw"}


def read_code(source: str) -> list[Json]:
    """Every such construct: place, `kind`, `what`, and `about` (what is deleted or left, as far as it can be told).
    Empty for a file that does not parse, which the structure checks report."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _characters(source)
    origins, roots, script = Origins(tree), Roots(tree), script_nodes(tree)
    found: list[Json] = []
    for node in ast.walk(tree):
        in_script = id(node) in script
        if isinstance(node, ast.Call):
            found += _call(node, origins, roots, in_script)
        elif isinstance(node, ast.Raise) and not in_script:
            found += _raise(node)
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Delete):
            found += _assignment(node, origins)
        elif isinstance(node, ast.Attribute | ast.Name):
            found += _name(node, roots, in_script)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and ".." in node.value.split("/"):
            found.append(place(node, kind="escapes", what=repr(node.value[:60]), about=""))
    found += encoded(tree, source, origins)
    found += _identifiers(tree)
    return sorted(found + _characters(source), key=lambda item: (item["line"], item["column"], item["kind"]))


def _use(node: ast.expr | ast.stmt, kind: str, what: str | ast.expr, about: str = "") -> Json:
    return place(node, kind=kind, what=(what if isinstance(what, str) else ast.unparse(what))[:100], about=about)


def _call(node: ast.Call, origins: Origins, roots: Roots, in_script: bool) -> Iterator[Json]:
    origin = origins.of(node.func) or ""
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    first = node.args[0] if node.args else None
    if origin in DELETING:
        yield _use(node, "deletes", node.func, roots.of(first))
    elif method in DELETING_METHODS and isinstance(node.func, ast.Attribute):
        yield _use(node, "deletes", node.func, roots.of(node.func.value))
    if origin in OUTLIVING:
        yield _use(node, "outlives", node.func)
    if origin in EXITING and not in_script:
        yield _use(node, "exits", node.func)
    if _unpickles(node, origin):
        yield _use(node, "unpickles", node.func)
    if method in {"to_pickle"} or origin in {"joblib.dump", "torch.save"}:
        yield _use(node, "pickles", node.func)
    if origin in {"getattr", "setattr", "delattr"} and first is not None:
        yield from _by_name(node, origin, first, origins)
    if isinstance(node.func, ast.Subscript | ast.Call) and _namespace(node.func, origins):
        yield _use(node, "hides", node.func)


def _unpickles(node: ast.Call, origin: str) -> bool:
    if origin in UNPICKLING:
        return True
    if origin == "numpy.load":
        return is_constant(keyword(node, "allow_pickle"), True)
    if origin == "torch.load":
        return not is_constant(keyword(node, "weights_only"), True)
    if origin == "yaml.load":
        loader = keyword(node, "Loader") or (node.args[1] if len(node.args) > 1 else None)
        return loader is None or "Safe" not in ast.unparse(loader)
    return False


def _by_name(node: ast.Call, function: str, first: ast.expr, origins: Origins) -> Iterator[Json]:
    """`getattr` and its like on a module: by a computed name it can be anything."""
    imported = origins.imports(first)
    if function != "getattr":
        if imported:
            yield _use(node, "patches", ast.unparse(first))
        return
    name = node.args[1] if len(node.args) > 1 else None
    constant = isinstance(name, ast.Constant)
    if constant and isinstance(name, ast.Constant) and name.value in INTERNALS:
        yield _use(node, "hides", node)
    elif (imported or (isinstance(first, ast.Name) and first.id == "__builtins__")) and not constant:
        yield _use(node, "hides", node, "" if origins.of(first) in {"builtins", "os", "sys"} else "library")


def _namespace(function: ast.expr, origins: Origins) -> bool:
    """`globals()["name"](...)`, `vars(builtins)["eval"](...)` and their like."""
    if isinstance(function, ast.Subscript) and isinstance(function.value, ast.Call):
        return (origins.of(function.value.func) or "") in NAMESPACES
    return isinstance(function, ast.Subscript) and (origins.of(function.value) or "") == "sys.modules"


def _raise(node: ast.Raise) -> Iterator[Json]:
    error = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    if isinstance(error, ast.Name) and error.id in EXIT_ERRORS:
        yield _use(node, "exits", f"raise {error.id}")


def _assignment(node: ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Delete, origins: Origins) -> Iterator[Json]:
    targets = node.targets if isinstance(node, ast.Assign | ast.Delete) else [node.target]
    for target in targets:
        if isinstance(target, ast.Attribute) and origins.imports(target.value):
            origin = origins.of(target) or ""
            if origin not in SETTINGS and not origin.startswith(SETTING_PREFIXES):
                yield _use(target, "patches", target)
        elif isinstance(target, ast.Subscript):
            held = origins.of(target.value) or ""
            dictionary = isinstance(target.value, ast.Attribute) and target.value.attr == "__dict__"
            if held in TABLES or (dictionary and origins.imports(target.value)):
                yield _use(target, "patches", target)


def _name(node: ast.Attribute | ast.Name, roots: Roots, in_script: bool) -> Iterator[Json]:
    if isinstance(node, ast.Name):
        if node.id == "__builtins__":
            yield _use(node, "hides", node.id)
        elif node.id == "__file__" and not in_script:
            yield _use(node, "escapes", node.id)
        return
    if node.attr in INTERNALS:
        yield _use(node, "hides", node)
    elif node.attr in {"parent", "parents"} and not in_script and roots.exactly(node.value) in BOUNDS:
        yield _use(node, "escapes", node)


def _identifiers(tree: ast.Module) -> list[Json]:
    """Names that mix alphabets: a Cyrillic letter in a Latin name makes two names that look as one."""
    found = []
    for node in ast.walk(tree):
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        if name and not name.isascii():
            scripts = {unicodedata.name(c, "").split(" ", 1)[0] for c in name if c.isalpha()}
            if len(scripts) > 1 and isinstance(node, ast.Name | ast.Attribute):
                found.append(
                    _use(node, "characters", f"the name {name!r} mixes {' and '.join(sorted(scripts))} letters")
                )
    return found


def _characters(source: str) -> list[Json]:
    """Characters that change how a line looks without being seen (CVE-2021-42574 and its like)."""
    found = []
    for number, line in enumerate(source.split("\n"), start=1):
        if line.isascii():
            continue
        for column, character in enumerate(line):
            if unseen(character) and not (number == 1 and column == 0):
                told = f"U+{ord(character):04X} {unicodedata.name(character, 'unnamed').lower()}"
                at = len(line[:column].encode("utf-8"))
                found.append(
                    {"line": number, "column": at, "end": None, "kind": "characters", "what": told, "about": ""}
                )
                break
    return found


def unseen(character: str) -> bool:
    """Whether a character takes no room, or turns the direction of the text."""
    code = ord(character)
    return (
        0x200B <= code <= 0x200F
        or 0x202A <= code <= 0x202E
        or 0x2060 <= code <= 0x2069
        or 0xE0000 <= code <= 0xE007F
        or code in {0xFEFF, 0x00AD, 0x180E, 0x115F, 0x3164}
    )
