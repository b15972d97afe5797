"""What the statistics job measures on small packages with known figures."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from forge_runtime.execute import subset
from forge_runtime.probes import statistics_tables
from forge_runtime.probes.statistics import run

METRICS = {
    "accuracy": "(p == a).mean()",
    "rmse": "((p - a) ** 2).mean() ** 0.5",
    "macro-f1": "sum(2 * ((p == c) & (a == c)).sum() / ((p == c).sum() + (a == c).sum()) for c in set(a)) / 3",
}


def task(folder: Path, train: pd.DataFrame, test: pd.DataFrame, metric: str, split: dict[str, Any]) -> Path:
    """A package whose target is `y`; `test` holds the answers and, as `given`, what the entry predicts."""
    label = test["y"].dtype == object
    (folder / "data/public").mkdir(parents=True)
    (folder / "data/private").mkdir()
    train.to_csv(folder / "data/public/train.csv", index=False)
    test.drop(columns=["y", "given"]).to_csv(folder / "data/public/test.csv", index=False)
    test[["id", "y"]].to_csv(folder / "data/private/test_answer.csv", index=False)
    test[["id", "given"]].rename(columns={"given": "y"}).to_csv(folder / "strong.csv", index=False)
    column = {"name": "y", "dtype": "label" if label else "number", "of": {"column": "y", "class": None}}
    manifest = {
        "objective": "multiclass-classification" if label else "regression",
        "target": {"columns": ["y"]},
        "split": split,
        "metric": {"name": metric, "direction": "minimize" if metric == "rmse" else "maximize"},
        "submission": {"id_column": "id", "columns": [column]},
    }
    (folder / "task.json").write_text(json.dumps(manifest))
    (folder / "metric.py").write_text(
        "def validate_submission(submission, answers): pass\n"
        "def evaluate(submission, answers):\n"
        "    p = submission.set_index('id').loc[answers['id'], 'y'].to_numpy()\n"
        "    a = answers['y'].to_numpy()\n"
        f"    return float({METRICS[metric]})\n"
    )
    return folder


def measured(folder: Path, **args: bool) -> dict[str, Any]:
    """What both jobs tell, as TypeScript asks them."""
    tables = statistics_tables.run({}, {"package": folder})
    contradicted = bool(tables["contradictions"]["test"])
    job = {"names": ["strong"], "resamples": 40, "seed": 1, "classes": False, "squares": False, **args}
    paths = {"package": folder, "submission_strong": folder / "strong.csv"}
    return {**tables, **run({**job, "contradicted": contradicted}, paths)}


def table(rows: int, first: int = 0) -> pd.DataFrame:
    generator = np.random.default_rng(rows)
    y = generator.choice(["a", "b", "c"], rows)
    return pd.DataFrame({"id": np.arange(first, first + rows), "x": generator.normal(size=rows), "y": y})


def parts(rows: int = 300) -> tuple[pd.DataFrame, pd.DataFrame]:
    test = table(rows, 10_000)
    return table(2 * rows), test.assign(given=np.where(np.arange(rows) % 4 == 0, "a", test["y"]))


RANDOM = {"kind": "random", "by": []}


def test_a_clean_package_measures_clean(tmp_path: Path) -> None:
    told = measured(task(tmp_path, *parts(), "accuracy", RANDOM), classes=True)
    assert (told["rows"], told["clusters"], told["halves"], told["tails"]) == (300, None, [], [])
    assert (told["contradictions"], told["ceiling"]) == ({"rows": 0, "test": 0}, None)
    assert told["shift"][0]["p"] > 0.001
    assert told["shift"][0]["classes"] == 3
    assert json.dumps(told) == json.dumps(measured(tmp_path, classes=True))


def test_an_entry_with_every_second_row_right_has_half_of_the_errors(tmp_path: Path) -> None:
    train, test = parts()
    told = measured(task(tmp_path, train, test.assign(given="nothing"), "accuracy", RANDOM))
    assert told["halfBetter"]["score"] == 0.5
    assert np.std(told["halfBetter"]["resampled"]) == pytest.approx(0.029, abs=0.01)


def test_rows_drawn_alone_hide_the_spread_of_groups(tmp_path: Path) -> None:
    train, test = parts()
    farm = np.arange(300) // 30
    test = test.assign(farm=farm, given=np.where(farm % 2 == 0, test["y"], "nothing"))
    split = {"kind": "group", "by": ["farm"]}
    told = measured(task(tmp_path, train.assign(farm=-1), test, "accuracy", split))["clusters"]
    assert (told["count"], told["largest"]) == (10, 30)
    assert told["spread"] == pytest.approx(0.029, abs=0.01)


@pytest.mark.parametrize("where", ["test", "both"])
def test_contradicting_rows_bound_the_score(tmp_path: Path, where: str) -> None:
    train, test = parts()
    test["x"] = np.arange(300) // 3 + 100.0
    if where == "both":
        train["x"] = np.arange(600) // 6 + 100.0
    told = measured(task(tmp_path, train, test, "accuracy", RANDOM))
    common = test.groupby("x")["y"].transform(lambda part: part.mode().iloc[0])
    assert told["contradictions"]["test"] > 200
    if where == "test":
        assert told["ceiling"] == pytest.approx((common == test["y"]).mean())
    assert 1 / 3 < told["ceiling"] < 0.8


def test_contradicting_numbers_are_answered_by_their_mean(tmp_path: Path) -> None:
    train = pd.DataFrame({"id": range(20), "x": np.arange(20) + 0.5, "y": np.arange(20.0)})
    test = pd.DataFrame({"id": range(100, 104), "x": [7, 7, 8, 9], "y": [1.0, 3.0, 5.0, 6.0], "given": [0.0] * 4})
    told = measured(task(tmp_path, train, test, "rmse", RANDOM))
    assert (told["contradictions"], told["ceiling"]) == ({"rows": 2, "test": 2}, pytest.approx(0.5**0.5))


def test_the_rarest_class_carries_the_variance_of_a_macro_score(tmp_path: Path) -> None:
    generator = np.random.default_rng(2)
    y = np.array(["a"] * 480 + ["b"] * 500 + ["c"] * 20, dtype=object)
    given = np.where(generator.random(1000) < 0.3, "a", y)
    test = pd.DataFrame({"id": range(1000), "x": generator.normal(size=1000), "y": y, "given": given})
    train = test.drop(columns="given").assign(id=lambda part: part["id"] + 5000)
    told = measured(task(tmp_path, train, test, "macro-f1", RANDOM), classes=True)["classes"]["classes"]
    shares = {each["label"]: each["share"] for each in told}
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["c"] > 0.5


def test_one_wild_row_carries_the_squared_error(tmp_path: Path) -> None:
    generator = np.random.default_rng(3)
    y = generator.normal(size=300)
    test = pd.DataFrame({"id": range(300), "x": generator.normal(size=300), "y": y, "given": 0.0})
    train = test.drop(columns="given").assign(id=lambda part: part["id"] + 5000)
    calm = measured(task(tmp_path / "calm", train, test, "rmse", RANDOM), squares=True)["tails"][0]
    test.loc[5, "y"] = 90.0
    wild = measured(task(tmp_path / "wild", train, test, "rmse", RANDOM), squares=True)["tails"][0]
    assert calm["share"] < 0.2
    assert (wild["share"] > 0.9, wild["ids"][0]) == (True, "5")


def test_halves_of_the_time_are_scored_apart(tmp_path: Path) -> None:
    train, test = parts()
    days = pd.date_range("2024-01-01", periods=300).strftime("%Y-%m-%d").to_numpy()
    order = np.random.default_rng(5).permutation(300)
    test = test.assign(day=days, given=np.where(np.arange(300) < 150, test["y"], "nothing")).iloc[order]
    split = {"kind": "time", "by": ["day"]}
    told = measured(task(tmp_path, train.assign(day="2020-01-01"), test, "accuracy", split))["halves"]
    assert [half["scores"]["strong"]["score"] for half in told] == [1.0, 0.0]


@pytest.mark.parametrize("numbers", [True, False])
def test_answers_that_differ_between_the_parts_are_measured(tmp_path: Path, numbers: bool) -> None:
    train, test = parts()
    if numbers:
        train["y"], test["y"], test["given"] = np.arange(600.0), np.arange(300.0), 0.0
    else:
        test["y"] = np.where(np.arange(300) % 2 == 0, "a", test["y"])
    told = measured(task(tmp_path, train, test, "rmse" if numbers else "accuracy", RANDOM))["shift"][0]
    assert told["p"] < 1e-6
    assert told["difference"] > 0.2


def test_a_part_of_train_keeps_every_class_and_lies_in_the_larger_part(tmp_path: Path) -> None:
    train, test = parts()
    train.loc[:3, "y"] = "rare"
    folder = task(tmp_path / "task", train, test, "accuracy", RANDOM)
    (tmp_path / "work").mkdir()
    told = subset.run({"percents": [10, 30], "seed": 1}, {"package": folder, "work": tmp_path / "work"})
    tenth, third = (pd.read_csv(tmp_path / f"work/{percent}/train.csv") for percent in (10, 30))
    assert told["rows"] == {"10": len(tenth), "30": len(third)}
    assert 55 <= len(tenth) <= 65
    assert set(tenth["y"]) == set(train["y"])
    assert set(tenth["id"]) < set(third["id"])
    assert (tmp_path / "work/10/test.csv").read_bytes() == (folder / "data/public/test.csv").read_bytes()
