"""Code that does not want to be read: long encoded constants, and what decodes them."""

from __future__ import annotations

import ast
import math
from collections import Counter
from typing import Any

from forge_runtime.probes.structure_origins import Origins
from forge_runtime.probes.structure_syntax import place

Json = dict[str, Any]

DECODERS = {"base64", "binascii", "zlib", "bz2", "lzma", "codecs", "marshal"}
# Words of any language stay below this many bits per character in runs without a blank.
ENTROPY_BITS = 4.2
LONG_TEXT = 160
LONG_BYTES = 80
ESCAPES = 12
CHARACTERS = 8


def encoded(tree: ast.Module, source: str, origins: Origins) -> list[Json]:
    """Decoders of constants (`about` is "decoded"), long constants without words, texts spelt in escapes or by chr."""
    found: list[Json] = []
    lines = source.split("\n")
    spelt: list[ast.Call] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            origin = origins.of(node.func) or ""
            if (origin.split(".", 1)[0] in DECODERS and "open" not in origin) or (
                isinstance(node.func, ast.Attribute) and node.func.attr == "fromhex"
            ):
                found.append(place(node, kind="obscures", what=ast.unparse(node.func)[:60], about="decoded"))
            elif origin == "chr" and node.args and isinstance(node.args[0], ast.Constant):
                spelt.append(node)
        elif isinstance(node, ast.Constant):
            reason = _wordless(node, lines)
            if reason:
                found.append(place(node, kind="obscures", what=reason, about=""))
    if len(spelt) >= CHARACTERS:
        found.append(
            place(spelt[0], kind="obscures", what=f"{len(spelt)} calls of chr that spell a text", about="decoded")
        )
    return found


def _wordless(node: ast.Constant, lines: list[str]) -> str:
    if isinstance(node.value, bytes) and len(node.value) >= LONG_BYTES:
        return f"a constant of {len(node.value)} bytes"
    if not isinstance(node.value, str):
        return ""
    run = max(node.value.split(), key=len, default="")
    if len(run) >= LONG_TEXT and _entropy(run) >= ENTROPY_BITS:
        return f"a text of {len(run)} characters without a blank"
    if node.end_lineno == node.lineno and node.lineno <= len(lines):
        written = lines[node.lineno - 1].encode()[node.col_offset : node.end_col_offset]
        escapes = written.count(b"\\x") + written.count(b"\\u")
        if escapes >= ESCAPES and node.value.isascii():
            return f"a text of letters in {escapes} escapes"
    return ""


def _entropy(text: str) -> float:
    counts = Counter(text).values()
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts)
