"""How a value that is not text in its file is spelled. Generated prepare.py files spell values in the same way."""

import json
from typing import Any

MAX_PLAIN = 1e15  # larger whole numbers would lose digits


def text_of(value: Any) -> str:
    """The text of a value: whole floats without a fraction, booleans as in JSON, lists as JSON; missing is empty."""
    if value is None or value != value:  # noqa: PLR0124  NaN and NaT differ from themselves
        return ""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < MAX_PLAIN:
        return str(int(value))
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    return str(value)


def flatten(record: dict[str, Any]) -> dict[str, Any]:
    """Nested objects become dotted names; lists stay."""
    flat: dict[str, Any] = {}
    stack = list(reversed(record.items()))
    while stack:
        key, value = stack.pop()
        if isinstance(value, dict):
            stack.extend((f"{key}.{inner}", item) for inner, item in reversed(value.items()))
        else:
            flat[key] = value
    return flat
