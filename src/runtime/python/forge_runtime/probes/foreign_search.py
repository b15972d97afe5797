"""Searches for made-up answers that a grader scores, led by what its refusals say is missing."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from forge_runtime.probes.foreign_frames import MAX_COLUMNS, Guess, Setting, build, kinds
from forge_runtime.probes.metric_calls import Call, close

SECONDS = 15.0
REPAIRS = 5
QUOTED = re.compile(r"['\"`]([^'\"`\n]{1,60})['\"`]")

Score = Callable[[Setting], Call]


def search(found: list[Guess], words: Counter[str], score: Score) -> tuple[Setting | None, str]:
    """Answers that get a score which is another, finite one when predictions are spoilt; else None and how the first
    try ended."""
    end_at = time.monotonic() + SECONDS
    reason, spare = "", None
    for guess in found:
        for kind in kinds(guess):
            repaired: Guess | None = guess
            seen: set[object] = set()
            for _ in range(REPAIRS):
                if repaired is None or time.monotonic() > end_at:
                    break
                setting = build(repaired, kind)
                call = score(setting)
                if call.score is not None:
                    if _moves(setting, call, score):
                        if not _idle(setting, call, score):
                            return setting, ""
                        spare = spare or setting
                    reason = reason or "the score does not move with the predictions"
                    break
                reason = reason or _told(call)
                seen.add(_columns(repaired))
                repaired = next((g for g in _repairs(repaired, call, words) if _columns(g) not in seen), None)
    return spare, reason or "no columns could be told from the code or the description"


def _columns(guess: Guess) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return guess.key, guess.predictions, guess.extra


def _finite(call: Call) -> bool:
    return call.score is not None and bool(np.isfinite(call.score))


def _told(call: Call) -> str:
    if call.outcome == "scored":
        return f"the score is no finite number but {call.kind}" if call.score is None else "the score is not finite"
    line = " ".join(call.message.split())
    return f"{call.error or call.outcome}: {line[:160]}" if line else call.error or call.outcome


def _moves(setting: Setting, perfect: Call, score: Score) -> bool:
    spoilt = setting.perfect.copy()
    spoilt[setting.predictions] = np.roll(setting.perfect[setting.predictions].to_numpy(dtype=object), 1, axis=0)
    spoilt = spoilt.astype(setting.perfect.dtypes.to_dict())
    end = score(replace(setting, perfect=spoilt))
    return _finite(end) and not close(perfect.score, end.score)


def _idle(setting: Setting, perfect: Call, score: Score) -> bool:
    """Whether ones score as the answers do. Another kind may show more: a relative error leaves out answers of zero."""
    if setting.kind not in {"binary", "class number"}:
        return False
    ones = setting.perfect.assign(**dict.fromkeys(setting.predictions, 1))
    return close(score(replace(setting, perfect=ones)).score, perfect.score)


def _repairs(guess: Guess, call: Call, words: Counter[str]) -> list[Guess]:
    """Guesses with the columns that a refusal or a KeyError names: in the answers alone, or in both tables."""
    held = {guess.key, *guess.predictions, *guess.extra, *guess.others}
    named = QUOTED.findall(call.message) + [w for w in re.findall(r"[\w.-]+", call.message) if w in words]
    missing = [
        word for word in dict.fromkeys(named) if word not in held and (word in words or call.error == "KeyError")
    ]
    moved = [replace(guess, extra=guess.extra[:-1], predictions=(*guess.predictions, *guess.extra[-1:]))]
    if not missing:
        return moved if guess.extra and set(guess.extra) & set(named) else []
    more = tuple(missing[:MAX_COLUMNS])
    return [
        replace(guess, extra=(*guess.extra, *more)),
        replace(guess, predictions=(*guess.predictions, *more)),
        replace(guess, extra=(*guess.extra, missing[0])),
        replace(guess, predictions=(*guess.predictions, missing[0])),
        replace(guess, key=missing[0]),
        *moved,
    ]
