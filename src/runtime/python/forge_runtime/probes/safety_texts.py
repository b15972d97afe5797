"""Texts that people and agents read: instructions to a model, text that cannot be seen, links, secrets."""

from __future__ import annotations

import re
from typing import Any

from forge_runtime.probes.safety_code import unseen

Json = dict[str, Any]

MAX_FOUND = 20
SHOWN = 160

# Each pattern with words of which one must be in a line before the pattern is tried: tables have millions of lines.
INSTRUCTIONS = [
    (
        ("instruction", "prompt", "rules"),
        r"\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:previous|prior|above|earlier|preceding|all|your|system)\b"
        r".{0,30}\b(?:instructions?|prompts?|rules)\b",
    ),
    (
        ("system prompt", "developer message", "system message"),
        r"\b(?:reveal|print|show|repeat|output|leak)\b.{0,40}\b(?:system prompt|developer message|system message)\b",
    ),
    (
        ("you are now", "you must now"),
        r"\byou (?:are|must) now\b.{0,40}\b(?:assistant|ai|agent|model|mode|unrestricted|obey|jailbroken)\b",
    ),
    (("as an ai",), r"\bas an ai (?:language )?(?:model|assistant|agent)\b.{0,40}\byou\b"),
    (
        ("not tell", "n't tell", "never tell", "not inform", "not mention", "not reveal"),
        r"\b(?:do not|don't|never) (?:tell|inform|mention (?:this|it) to|reveal (?:this|it) to)\b"
        r".{0,20}\b(?:user|human|operator|reviewer|developer)\b",
    ),
    (
        ("<|im_start|>", "[inst]", "<<sys>>", "<|system|>", "</system>"),
        r"<\|im_start\|>|\[inst\]|<<sys>>|<\|system\|>|</system>",
    ),
    (("new instructions", "updated instructions"), r"\b(?:new|updated) instructions\s*:"),
    (
        ("assistant", "agent", "ai ", "model"),
        r"\b(?:ai|assistant|agent|language model)s?\b.{0,30}\b(?:must|should|have to|please)\b"
        r".{0,40}\b(?:run|execute|delete|download|upload|email|send|curl|disable|approve|accept)\b",
    ),
]
# Only in a text about the task: a table may speak of anything.
FOR_READERS = [
    (
        ("private", "answer"),
        r"\b(?:read|open|copy|cat|load|print|submit|look (?:in|at|up))\b"
        r".{0,40}(?:data/private|\.\./private|test_answer\.csv)",
    ),
]
COMPILED = [(words, re.compile(pattern, re.IGNORECASE)) for words, pattern in INSTRUCTIONS]
COMPILED_FOR_READERS = [(words, re.compile(pattern, re.IGNORECASE)) for words, pattern in FOR_READERS]
WORDS = tuple({word for words, _ in COMPILED for word in words})

SECRETS = [
    ("a private key", "-----BEGIN", re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----")),
    ("an access key of AWS", "AKIA", re.compile(r"\bAKIA[0-9A-Z]{16}\b")),
    ("a token of GitHub", "gh", re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})\b")),
    ("a token of GitLab", "glpat-", re.compile(r"\bglpat-[A-Za-z0-9_-]{20,}")),
    ("a key of a model provider", "sk-", re.compile(r"\bsk-(?:proj-|ant-|or-)?[A-Za-z0-9_-]{32,}")),
    ("a token of Hugging Face", "hf_", re.compile(r"\bhf_[A-Za-z0-9]{30,}\b")),
    ("a token of Slack", "xox", re.compile(r"\bxox[abposr]-[A-Za-z0-9-]{20,}")),
    ("a key of Google", "AIza", re.compile(r"\bAIza[0-9A-Za-z_-]{35}\b")),
    ("a token of npm", "npm_", re.compile(r"\bnpm_[A-Za-z0-9]{36}\b")),
    ("a password in an address", "://", re.compile(r"\b[a-z][a-z0-9+.-]{0,20}://[^\s/:@'\"<>]{1,60}:[^\s/:@'\"<>]{3,60}@[\w.-]+")),
]  # fmt: skip

# Every gap has a bound: a hostile text must not make the search take the square of its length.
UNSEEN_STYLE = re.compile(
    r"<[^>]{0,300}(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?!\.)|\bhidden\b)[^>]{0,300}>",
    re.IGNORECASE,
)
ACTIVE = re.compile(
    r"<\s{0,9}(script|iframe|object|embed|form|meta|link|svg|style)\b|\bon(?:load|error|click|mouseover)\s*="
    r"|javascript:|data:text/html",
    re.IGNORECASE,
)
IMAGE = re.compile(
    r"!\[[^\]]{0,300}\]\(\s{0,9}<?(?:https?:)?//[^)\s]+|<img\b[^>]{0,300}\bsrc\s*=\s*[\"']?(?:https?:)?//[^\s\"'>]+",
    re.IGNORECASE,
)
LINK = re.compile(r"(?<![\w/])https?://[^\s<>\"')\]]+", re.IGNORECASE)


def _place(text: str, start: int, what: str, kind: str) -> Json:
    line = text.count("\n", 0, start) + 1
    return {"line": line, "kind": kind, "what": " ".join(what.split())[:SHOWN]}


def instructions(text: str, *, for_readers: bool) -> list[Json]:
    """Sentences that speak to a model instead of a person."""
    lower = text.lower()
    patterns = [*COMPILED, *(COMPILED_FOR_READERS if for_readers else [])]
    words = [*WORDS, *(word for each in (COMPILED_FOR_READERS if for_readers else []) for word in each[0])]
    if not any(word in lower for word in words):
        return []
    found: list[Json] = []
    for number, line in enumerate(text.split("\n"), start=1):
        small = line.lower()
        for needed, pattern in patterns:
            match = pattern.search(line) if any(word in small for word in needed) else None
            if match:
                found.append({"line": number, "kind": "instruction", "what": " ".join(match[0].split())[:SHOWN]})
                break
        if len(found) >= MAX_FOUND:
            break
    return found


def hidden_text(text: str, *, markup: bool = True) -> list[Json]:
    """Comments, elements that a style hides, and characters that take no room or turn the text around (`control`)."""
    found: list[Json] = []
    if markup:
        found += _comments(text)
        found += [_place(text, m.start(), m[0], "style") for m in UNSEEN_STYLE.finditer(text)]
    if not text.isascii():
        for number, line in enumerate(text.split("\n"), start=1):
            marks = [] if line.isascii() else [c for c in line if unseen(c)]
            # Joiners and direction marks belong to emoji and to scripts; overrides and tag letters to no honest text.
            control = [c for c in marks if 0x202A <= ord(c) <= 0x202E or 0xE0001 <= ord(c) <= 0xE007F]
            if marks and (markup or control):
                kind = "control" if control else "character"
                told = ", ".join(sorted({f"U+{ord(c):04X}" for c in marks}))
                found.append({"line": number, "kind": kind, "what": told})
            if len(found) >= MAX_FOUND:
                break
    return found[:MAX_FOUND]


def _comments(text: str) -> list[Json]:
    found: list[Json] = []
    start = text.find("<!--")
    while start >= 0 and len(found) < MAX_FOUND:
        end = text.find("-->", start)
        said = text[start + 4 : end if end >= 0 else len(text)].strip()
        if said:
            found.append(_place(text, start, said, "comment"))
        start = text.find("<!--", end) if end >= 0 else -1
    return found


def links(text: str) -> list[Json]:
    """Active elements, images from elsewhere, and addresses."""
    found = [_place(text, m.start(), m[0], "active") for m in ACTIVE.finditer(text)]
    images = list(IMAGE.finditer(text))
    found += [_place(text, m.start(), m[0], "image") for m in images]
    covered = [(m.start(), m.end()) for m in images]
    found += [
        _place(text, m.start(), m[0], "link")
        for m in LINK.finditer(text)
        if not any(start <= m.start() < end for start, end in covered)
    ]
    return found[:MAX_FOUND]


def secrets(text: str) -> list[Json]:
    """Texts in the form of keys and tokens; only their first characters are told."""
    found: list[Json] = []
    for told, hint, pattern in SECRETS:
        if hint in text:
            found += [_place(text, m.start(), f"{told} ({m[0][:6]}...)", "secret") for m in pattern.finditer(text)][:3]
    return found[:MAX_FOUND]
