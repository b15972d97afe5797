"""Job: tries a grader that others wrote, through the interface of its suite, and tells how each call ended."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from forge_runtime.probes.foreign_adapter import Adapter, UnfitError, as_read
from forge_runtime.probes.foreign_frames import Setting, guesses
from forge_runtime.probes.foreign_modules import load
from forge_runtime.probes.foreign_search import search
from forge_runtime.probes.foreign_tables import given_setting
from forge_runtime.probes.foreign_tries import Base, ForeignTry, base, faulty, idle, rearranged
from forge_runtime.probes.foreign_words import blocks, column_lists, column_words, key_words
from forge_runtime.probes.metric_calls import Call, Grader
from forge_runtime.probes.metric_trials import written

Json = dict[str, Any]

CALL_SECONDS = 4.0
NOISE_SEEDS = 4
NOISE_SHARES = (0.0, 0.5, 1.0)
NOISE_ROWS = 600
LARGEST_TEXT = 4_000


def run(args: Json, paths: dict[str, Path]) -> Json:
    """Mounts: `task` (the folder), and `answers` and `sample` where these files are there.

    `args`: `grader` (path within `task`), `module` (dotted name), `interface`, `helpers` (sources by dotted name) and
    `description` (path within `task`, or null).
    """
    file = paths["task"] / args["grader"]
    source = file.read_text(encoding="utf-8")
    grader = Grader(file, source, CALL_SECONDS)
    made: list[Adapter] = []
    loaded = grader.guard(lambda: made.append(Adapter(load(file, args["module"], args["helpers"]), args["interface"])))
    result: Json = {
        "loaded": written(loaded),
        "problem": None,
        "origin": None,
        "kind": None,
        "columns": [],
        "higherIsBetter": None,
        "calls": [],
        "noise": [],
    }
    if made:
        grader.invalid = made[0].invalid()
        result["higherIsBetter"] = made[0].higher_is_better
        trial = _Trial(grader, made[0], str(args["interface"].get("key") or ""))
        result.update(trial.run(_sources(file, source), _description(paths["task"], args), paths))
    elif loaded.error == UnfitError.__name__:
        result["problem"] = loaded.message
    return {
        **result,
        "events": grader.watch.events,
        "replaced": grader.watch.replaced(),
        "printed": grader.sink.characters,
    }


def _sources(file: Path, source: str) -> list[str]:
    neighbours = [other for other in sorted(file.parent.glob("*.py")) if other != file and other.stem != "prepare"]
    return [source, *(other.read_text(encoding="utf-8", errors="replace") for other in neighbours[:20])]


def _description(folder: Path, args: Json) -> str:
    name = args.get("description")
    return (folder / name).read_text(encoding="utf-8", errors="replace")[:500_000] if name else ""


class _Trial:
    """One grader under trial."""

    def __init__(self, grader: Grader, adapter: Adapter, key: str) -> None:
        self.grader, self.adapter, self.key = grader, adapter, key
        self.calls: list[Json] = []
        self.origin = "files"

    def run(self, sources: list[str], description: str, paths: dict[str, Path]) -> Json:
        setting, problem = given_setting(paths, self.key), ""
        if setting is None:
            self.origin = "made up"
            words: Counter[str] = column_words(sources)
            shown = blocks(description, words)
            found = list(guesses(shown, words, key_words(sources), column_lists(sources)))
            setting, problem = search(found, words, self._scored)
        if setting is None:
            return {"problem": problem}
        self.adapter.key = setting.key
        setting = Setting(as_read(setting.answers), as_read(setting.perfect), *_rest(setting))
        perfect = self._told(ForeignTry("perfect", "perfect", "every prediction is right", setting.perfect), setting)
        half = base(setting, seed=1)
        if perfect.score is not None and half is not None:
            self._try(setting, half)
        return {
            "origin": self.origin,
            "kind": setting.kind,
            "columns": [str(name) for name in setting.perfect.columns],
            "calls": self.calls,
            "noise": self._noise(setting),
        }

    def _try(self, setting: Setting, half: Base) -> None:
        for attempt in (*rearranged(half), *faulty(setting, half), *idle(setting)):
            self._told(attempt, setting)
            np.random.seed(len(self.calls))

    def _scored(self, setting: Setting) -> Call:
        self.adapter.key = setting.key
        self.grader.stopped = False
        return self.grader.call(self.adapter.score, as_read(setting.perfect), as_read(setting.answers))

    def _told(self, attempt: ForeignTry, setting: Setting) -> Call:
        if self.grader.stopped:
            return Call("timeout")
        end = self.grader.call(self.adapter.score, as_read(attempt.frame), setting.answers)
        text = attempt.frame.to_csv(index=False)
        self.calls.append(
            {
                "name": attempt.name,
                "group": attempt.group,
                "change": attempt.change,
                "rows": len(setting.answers),
                **written(end),
                "validated": None,
                "depends": False,
                "expected": None,
                "settled": False,
                # Of made-up answers nothing is given away.
                "submission": text if self.origin == "made up" and len(text) <= LARGEST_TEXT else None,
            }
        )
        return end

    def _noise(self, setting: Setting) -> list[Json]:
        """Mean score as more predictions are dealt out anew among the rows, over four seeds."""
        answers = setting.answers
        if len(answers) > NOISE_ROWS:
            return []  # a part of the answers may be refused, and all of them many times may take too long
        scores: dict[float, list[float]] = {share: [] for share in NOISE_SHARES}
        for seed in range(NOISE_SEEDS):
            order = np.random.default_rng(seed).permutation(len(answers))
            for share in NOISE_SHARES:
                if self.grader.stopped:
                    return []
                rows = order[: round(share * len(order))]
                frame = setting.perfect.copy()
                places = [frame.columns.get_loc(name) for name in setting.predictions]
                dealt = np.random.default_rng(seed + 100).permutation(rows)
                frame.iloc[rows, places] = setting.perfect.iloc[dealt, places].to_numpy()
                end = self.grader.call(self.adapter.score, as_read(frame), answers)
                if end.score is None or not np.isfinite(end.score):
                    return []
                scores[share].append(end.score)
        return [
            {"share": share, "mean": float(np.mean(values)), "sd": float(np.std(values))}
            for share, values in scores.items()
        ]


def _rest(setting: Setting) -> tuple[str, list[str], str]:
    return setting.key, setting.predictions, setting.kind
