"""Job: grades the submissions of the cheating solvers, all in one, each as `grade` would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from forge_runtime.execute.panel_grader import Panel
from forge_runtime.package import Package

Json = dict[str, Any]

ANSWER_LINES = 200
# A grader that hangs more often will not be let hang a hundred times.
MAX_STUCK = 2
# Submissions in front that follow the rules.
PLAIN = 2


def run(args: Json, paths: dict[str, Path]) -> Json:
    """Mounts: `package`, `submissions` (the work folder of the cheating solvers) and, where the floor is none of those,
    its file as `floor`. `args`: `names` of the files (the floor, the sample submission, then the others), `floor` (the
    constant baseline), `mixes` (draws of random guesses by kind), `guesses` (which might know something), `blind`
    (which cannot), `forms`, `seconds` each and `draws`.

    Resampling is slow: only what scores better than the floor is resampled, and shuffled when it might know something.
    A grader that hangs, or that fails on the first two already, is asked no more: `stopped`, `fails`.
    """
    panel = Panel(Package(paths["package"]), paths, args)
    told: Json = {"rows": len(panel.answers), "results": panel.results, "stopped": False, "fails": False}
    told["loot"] = _answers_in(paths)
    bent = set(args["forms"])
    for number, name in enumerate(args["names"], start=1):
        panel.grade(name, bent=name in bent)
        told["stopped"] = panel.stuck >= MAX_STUCK
        told["fails"] = number == PLAIN and all(result["kind"] == "broken" for result in panel.results.values())
        if told["stopped"] or told["fails"]:
            return told
    for name in args["forms"]:
        panel.listen(name)
    floor = panel.results.get(args["floor"])
    if floor is not None and floor["kind"] == "valid":
        _look_closer(panel, args, float(floor["score"]))
    return told


def _look_closer(panel: Panel, args: Json, floor: float) -> None:
    def best_first(names: list[str]) -> list[str]:
        return sorted(
            (n for n in names if panel.better(n, floor)), key=lambda n: -panel.sign * panel.results[n]["score"]
        )

    for name in best_first(args["guesses"]):
        panel.resample(name)
        panel.shuffle(name)
    for names in args["blind"]:
        for name in best_first(names)[:1]:
            panel.resample(name)
    for names in args["mixes"].values():
        scored = sorted(
            (n for n in names if panel.results[n]["kind"] == "valid"), key=lambda n: panel.results[n]["score"]
        )
        middle = scored[len(scored) // 2] if scored else None
        # Chance is the floor as soon as its mean is better: what beat a constant is then compared with this draw.
        if middle is not None and (panel.better(middle, floor) or panel.resampled):
            panel.resample(middle)
    if panel.resampled:
        panel.resample(args["floor"])


def _answers_in(paths: dict[str, Path]) -> list[Json]:
    """How many lines of the answers each file of the loot holds, of the first few hundred."""
    folder = paths["submissions"] / "loot"
    private = paths["package"] / "data/private/test_answer.csv"
    if not folder.is_dir() or not private.is_file():
        return []
    lines = private.read_bytes().split(b"\n")[1 : ANSWER_LINES + 1]
    wanted = {line.strip() for line in lines if line.strip()}
    told = []
    for file in sorted(folder.iterdir(), key=lambda path: int(path.name)):
        held = {line.strip() for line in file.read_bytes().split(b"\n")}
        told.append({"number": int(file.name), "lines": len(wanted & held), "of": len(wanted)})
    return told
