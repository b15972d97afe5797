"""Generated baselines run on public data alone, hand in what the metric accepts, and form a ladder."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest
from baseline_tasks import KINDS, task_data

GOLDEN = Path(__file__).parents[1] / "golden" / "baselines"
LOWER_IS_BETTER = {"rows_to_probabilities", "audio_to_probabilities", "rows_to_numbers", "series_to_numbers"}


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"{path.parts[-3]}_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_kind_of_golden_baseline_has_a_task() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(KINDS)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", KINDS)
def test_the_ladder_is_ordered_and_the_strong_rung_repeats_itself(kind: str, tmp_path: Path) -> None:
    answers = task_data(kind, tmp_path)
    metric = load(GOLDEN / kind / "metric.py")
    scores = {}
    for rung in ("sample", "constant", "simple", "strong"):
        script = load(GOLDEN / kind / "baselines" / f"{rung}.py")
        script.solve(tmp_path, tmp_path / f"{rung}.csv")
        score = metric.evaluate(pd.read_csv(tmp_path / f"{rung}.csv"), answers)
        scores[rung] = -score if kind in LOWER_IS_BETTER else score
    assert scores["constant"] < scores["simple"] < scores["strong"], scores
    assert scores["sample"] < scores["simple"], scores

    script.solve(tmp_path, tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "strong.csv").read_bytes()


@pytest.mark.parametrize("rung", ["sample", "constant", "simple", "strong"])
def test_a_script_stands_alone_and_gives_equal_bytes_in_every_process(rung: str, tmp_path: Path) -> None:
    task_data("rows_to_probabilities", tmp_path)
    script = GOLDEN / "rows_to_probabilities" / "baselines" / f"{rung}.py"
    for seed in ("1", "2"):
        command = [sys.executable, "-I", str(script), str(tmp_path), str(tmp_path / f"{seed}.csv")]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, cwd=tmp_path, timeout=120)
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()
    assert b"\r" not in (tmp_path / "1.csv").read_bytes()
