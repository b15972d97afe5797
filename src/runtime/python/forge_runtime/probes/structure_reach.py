"""What a file reaches for beyond its arguments: absolute paths, the network, processes, the clock, the environment."""

from __future__ import annotations

import ast
import re
from typing import Any

from forge_runtime.probes.structure_origins import Origins
from forge_runtime.probes.structure_syntax import nodes, place

Json = dict[str, Any]

ROOTS = (
    "home|root|tmp|usr|var|etc|mnt|opt|srv|proc|sys|dev|media|private|Users|Volumes"
    "|content|kaggle|workspace|data|input|app"
)
ABSOLUTE = re.compile(rf"^(?:/(?:{ROOTS})(?:/|$)|[A-Za-z]:[\\/]|~(?:/|$)|\\\\\w|file:/)")
PATH_CALLS = {"open", "pathlib.Path", "pathlib.PurePath", "os.path.join", "pandas.read_csv", "pandas.read_parquet"}

MODULES = {
    "network": {"socket", "ssl", "urllib", "http", "ftplib", "smtplib", "requests", "httpx", "aiohttp", "urllib3"},
    "processes": {"subprocess", "multiprocessing", "pty", "signal", "_posixsubprocess"},
    "memory": {"ctypes", "mmap", "gc", "inspect", "_ctypes"},
    "dynamic code": {"importlib", "runpy", "code", "pickle", "marshal", "shelve", "dill", "cloudpickle"},
}
ADDRESSES = ("http://", "https://", "ftp://", "s3://", "gs://", "hf://", "az://", "sftp://", "ssh://")
# `urllib.parse` only splits text.
HARMLESS_MODULES = {"urllib.parse", "http.HTTPStatus"}
CALLS = {
    "os.getenv": "environment",
    "os.environ.get": "environment",
    "os.system": "processes",
    "os.popen": "processes",
    "os.fork": "processes",
    "os.kill": "processes",
    "os.chdir": "working folder",
    "os.getcwd": "working folder",
    "pathlib.Path.cwd": "working folder",
    "pathlib.Path.home": "home folder",
    "os.path.expanduser": "home folder",
    "os.symlink": "symbolic links",
    "os.link": "symbolic links",
    "time.time": "clock",
    "time.time_ns": "clock",
    "time.monotonic": "clock",
    "time.perf_counter": "clock",
    "datetime.datetime.now": "clock",
    "datetime.datetime.today": "clock",
    "datetime.datetime.utcnow": "clock",
    "datetime.date.today": "clock",
    "pandas.Timestamp.now": "clock",
    "pandas.Timestamp.today": "clock",
    "pandas.Timestamp.utcnow": "clock",
    "eval": "dynamic code",
    "exec": "dynamic code",
    "compile": "dynamic code",
    "__import__": "dynamic code",
    "input": "terminal",
    "breakpoint": "terminal",
    "sys._getframe": "memory",
    "sklearn.datasets.fetch_openml": "network",
    "sklearn.datasets.fetch_20newsgroups": "network",
}
METHODS = {"symlink_to": "symbolic links", "hardlink_to": "symbolic links", "expanduser": "home folder"}
READERS = re.compile(r"^(?:open|pathlib\.Path|numpy\.(?:load|loadtxt|genfromtxt)|pandas\.read_\w+|io\.open|os\.\w+)$")
READING_METHODS = {"read_text", "read_bytes", "write_text", "write_bytes", "to_csv", "to_parquet", "glob", "iterdir"}


def absolute_paths(tree: ast.Module, origins: Origins) -> list[Json]:
    """String constants that are absolute paths: by their root, or because a path function takes them."""
    documentation = {
        id(node.value) for node in nodes(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    opened = {
        id(argument)
        for call in nodes(tree)
        if isinstance(call, ast.Call) and origins.of(call.func) in PATH_CALLS
        for argument in call.args[:1]
    }
    # What is appended to something else starts no path, whatever it looks like.
    appended = {
        id(part)
        for node in nodes(tree)
        for part in (
            node.values[1:]
            if isinstance(node, ast.JoinedStr)
            else [node.right]
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)
            else []
        )
    }
    found = []
    for node in nodes(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation | appended:
            text = node.value
            if "\n" not in text and (ABSOLUTE.match(text) or (id(node) in opened and text.startswith("/"))):
                found.append(place(node, text=text[:200]))
    return sorted(found, key=lambda item: (item["line"], item["column"]))


def reaches(tree: ast.Module, origins: Origins) -> list[Json]:
    """Uses of things outside the arguments, by kind; `files` are those outside `main` and the script's last block."""
    found = []
    script = script_nodes(tree)
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            found += [_use(node, kind, name.name) for name in node.names if (kind := _module_kind(name.name))]
        elif isinstance(node, ast.ImportFrom):
            kinds = {
                _module_kind(f"{node.module}.{name.name}") and _module_kind(node.module or "") for name in node.names
            }
            found += [_use(node, kind, node.module or "") for kind in sorted(filter(None, kinds))]
        elif isinstance(node, ast.Attribute | ast.Name) and origins.of(node) == "os.environ":
            found.append(_use(node, "environment", "os.environ"))
        elif isinstance(node, ast.Call):
            found += _call_uses(node, origins.of(node.func), id(node) in script)
    return sorted(found, key=lambda item: (item["line"], item["column"], item["kind"]))


def _module_kind(module: str) -> str | None:
    if module in HARMLESS_MODULES or any(module.startswith(f"{name}.") for name in HARMLESS_MODULES):
        return None
    top = module.split(".", 1)[0]
    return next((kind for kind, names in MODULES.items() if top in names), None)


def _call_uses(call: ast.Call, origin: str | None, in_script: bool) -> list[Json]:
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    kind = CALLS.get(origin or "") or METHODS.get(method)
    uses = [_use(call, kind, ast.unparse(call.func))] if kind else []
    if any(_is_address(argument) for argument in call.args[:1]) and origin != "print":
        uses.append(_use(call, "network", f"{ast.unparse(call.func)}({ast.unparse(call.args[0])[:60]})"))
    reads = (origin is not None and READERS.match(origin)) or method in READING_METHODS
    if reads and not kind and not in_script:
        uses.append(_use(call, "files", ast.unparse(call.func)))
    return uses


def _is_address(node: ast.expr) -> bool:
    """A constant that readers of pandas, among others, fetch from the network."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.lower().startswith(ADDRESSES)


def script_nodes(tree: ast.Module) -> set[int]:
    """Nodes of `main` and of the `if __name__ == "__main__"` block: what runs only when the file is a script."""
    blocks = [
        node
        for node in tree.body
        if (isinstance(node, ast.FunctionDef) and node.name == "main")
        or (isinstance(node, ast.If) and "__name__" in ast.unparse(node.test))
    ]
    return {id(inner) for block in blocks for inner in ast.walk(block)}


def _use(node: ast.expr | ast.stmt, kind: str, what: str) -> Json:
    return place(node, kind=kind, what=what)
