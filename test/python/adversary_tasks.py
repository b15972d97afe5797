"""Packages with public data, for the tests of the cheating solvers."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from forge_runtime.execute import cheat, panel
from metric_contract_tasks import heights, trees

Json = dict[str, Any]
Arrange = Callable[[pd.DataFrame, pd.DataFrame], tuple[pd.DataFrame, pd.DataFrame]]


def faced(
    folder: Path, metric: str, *, kind: str = "trees", arrange: Arrange | None = None, rows: int = 120
) -> tuple[Json, Json]:
    """What the panel submitted to a task with this grader, and what each submission got. `arrange` reorders train and
    answers (with the target) before they are written."""
    (trees if kind == "trees" else heights)(folder, metric, rows=rows)
    manifest = json.loads((folder / "task.json").read_text())
    target = manifest["target"]["columns"][0]
    answers = pd.read_csv(folder / "data/private/test_answer.csv")
    train = answers.sample(frac=1, random_state=3).assign(id=range(5000, 5000 + len(answers)))
    if arrange is not None:
        train, answers = arrange(train, answers)
    public = folder / "data/public"
    train.to_csv(public / "train.csv", index=False)
    answers.to_csv(folder / "data/private/test_answer.csv", index=False)
    answers[["id"]].assign(x=1).to_csv(public / "test.csv", index=False)
    values = np.random.default_rng(5).choice(train[target].to_numpy(), len(answers))
    answers[["id"]].assign(**{target: values}).to_csv(public / "sample_submission.csv", index=False)
    work = folder.parent / f"{folder.name}-work"
    work.mkdir()
    columns = manifest["submission"]["columns"]
    cheated = cheat.run({"idColumn": "id", "columns": columns, "private": []}, {"public": public, "work": work})
    commonest = train[target].mode()[0] if kind == "trees" else train[target].mean()
    answers[["id"]].assign(**{target: commonest}).to_csv(work / "constant.csv", index=False)
    entries = cheated["entries"]

    def of(*groups: str) -> list[str]:
        return [entry["name"] for entry in entries if entry["group"] in groups]

    args = {
        "names": ["constant", *(entry["name"] for entry in entries)],
        "floor": "constant",
        "mixes": {mix: [e["name"] for e in entries if e["mix"] == mix] for mix in {e["mix"] for e in entries} - {None}},
        "guesses": of("copy", "tile", "position", "nearest id", "order"),
        "blind": [of("shuffle"), of("constant"), of("huge")],
        "forms": of("duplicate", "missing", "odd id", "odd value"),
        "seconds": 1,
        "draws": 20,
    }
    return cheated, panel.run(args, {"package": folder, "submissions": work})


def ends(cheated: Json, graded: Json, group: str) -> list[Json]:
    """The results of one adversary."""
    return [graded["results"][entry["name"]] for entry in cheated["entries"] if entry["group"] == group]
