"""Small graders of several kinds with their descriptions, and a trial of one in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import forge_runtime

BY_ID = """
def grade(submission, answers):
    both = answers.merge(submission, on="plot", suffixes=("_true", "_pred"))
    return float((both["yield_true"] - both["yield_pred"]).abs().mean())
"""
BY_POSITION = """
def grade(submission, answers):
    return float((answers["yield"] - submission["yield"]).abs().mean())
"""
WEIGHTED = """
def grade(submission, answers):
    assert "weight" in answers.columns, "answers need a column 'weight'"
    if "weight" in submission.columns:
        raise ValueError("unexpected column in the submission")
    both = answers.merge(submission, on="plot", suffixes=("_true", "_pred"))
    return float((both["weight"] * (both["yield_true"] - both["yield_pred"]).abs()).sum())
"""
CLASSES = """
def grade(submission, answers):
    both = answers.merge(submission, on="leaf", suffixes=("_true", "_pred"))
    return float((both["tree_true"] == both["tree_pred"]).mean())
"""
AREA = """
from sklearn.metrics import roc_auc_score
def grade(submission, answers):
    a, b = submission.sort_values("patient"), answers.sort_values("patient")
    return float(roc_auc_score(b["ill"], a["ill"]))
"""
ONE_HOT = """
import numpy as np
SKIES = ["clear", "cloud", "rain"]
def grade(submission, answers):
    a, b = submission.sort_values("day")[SKIES], answers.sort_values("day")[SKIES]
    if not np.allclose(a.sum(axis=1), 1):
        raise ValueError("rows must add up to 1")
    return float(-(b.to_numpy() * np.log(np.clip(a.to_numpy(), 1e-9, 1))).sum(axis=1).mean())
"""
RELATIVE = """
import numpy as np
def grade(submission, answers):
    both = answers.merge(submission, on="shop", suffixes=("_true", "_pred"))
    both = both[both["sales_true"] != 0]
    return float(np.sqrt((((both["sales_true"] - both["sales_pred"]) / both["sales_true"]) ** 2).mean()))
"""

GRADERS: dict[str, tuple[str, str, str]] = {
    "numbers by id": (BY_ID, "plot,yield\n1,3.5\n2,14.25\n", "number"),
    "numbers by position": (BY_POSITION, "plot,yield\n1,3.5\n2,14.25\n", "number"),
    "answers with a weight": (WEIGHTED, "plot,yield\n1,3.5\n2,14.25\n", "number"),
    "classes": (CLASSES, "leaf,tree\na1,oak\na2,elm\n", "example"),
    "area under the curve": (AREA, "patient,ill\n3,0.5\n4,0.25\n", "binary"),
    "one column per class": (ONE_HOT, "", "one-hot"),
    "relative errors without zeros": (RELATIVE, "shop,sales\n1,0\n2,0\n", "class number"),
}
"""By name: the source, the description, and the kind of answers that suits it."""

JOB = """
import json, sys
from pathlib import Path
from forge_runtime.probes import foreign_grader
print(json.dumps(foreign_grader.run(json.loads(sys.argv[1]), {"task": Path(sys.argv[2])}), sort_keys=True))
"""


def trial(folder: Path, source: str, description: str) -> dict[str, Any]:
    """The trials leave hooks behind, so each gets an interpreter of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "grade.py").write_text(source)
    (folder / "description.md").write_text(description)
    args = {
        "grader": "grade.py",
        "module": "foreign_task.grade",
        "interface": {
            "kind": "function",
            "name": "grade",
            "roles": ["submission", "answers"],
            "invalid": "InvalidSubmissionError",
            "key": "",
        },
        "helpers": {},
        "description": "description.md",
    }
    command = [sys.executable, "-c", JOB, json.dumps(args), str(folder)]
    env = {**os.environ, "PYTHONPATH": str(Path(forge_runtime.__file__).parents[1])}
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120, env=env)
    result: dict[str, Any] = json.loads(done.stdout)
    return result
