"""The signal probes against data whose answer is known."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from forge_runtime.probes import signal, signal_screen
from forge_runtime.probes.signal_compared import compared
from forge_runtime.probes.signal_decided import decided
from forge_runtime.probes.signal_exact import formulas, restated
from forge_runtime.probes.signal_goal import Goal, goal_of
from forge_runtime.probes.signal_scores import Prediction, paired_gain, score
from forge_runtime.probes.signal_series import history_predictions
from forge_runtime.probes.signal_splits import group_keys, split
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

PLAN = {"kind": "random", "together": {"key": "none"}, "time": None, "testFraction": 0.25, "seed": 0}


def number_goal(**columns: Any) -> Goal:
    frame = pd.DataFrame({name: [str(v) for v in values] for name, values in columns.items()})
    return goal_of(frame, {"target": "y", "objective": "number", "classes": None})


def csv_source(path: str, columns: list[str]) -> dict[str, Any]:
    table = {
        "format": "delimited",
        "path": path,
        "compression": "none",
        "member": None,
        "encoding": "utf-8",
        "delimiter": ",",
        "quote": '"',
        "skipLines": 0,
        "header": True,
        "columns": columns,
    }
    return {"kind": "table", "table": table, "lookups": [], "aggregates": [], "missingCodes": {}, "parts": []}


@pytest.mark.parametrize(
    ("operation", "y"),
    [
        ("sum", lambda a, b: a + b),
        ("difference", lambda a, b: a - b),
        ("product", lambda a, b: a * b),
        ("maximum", np.maximum),
        ("minimum", np.minimum),
    ],
)
def test_arithmetic_of_two_columns_is_found(operation: str, y: Any) -> None:
    generator = np.random.default_rng(0)
    a, b, noise = generator.integers(1, 99, 300), generator.integers(1, 99, 300), generator.random(300)
    found = formulas(number_goal(a=a, b=b, noise=noise, y=y(a, b)), ["a", "b", "noise"])
    assert {"columns": ["a", "b"], "operation": operation, "share": 1.0} in found


def test_a_weighted_sum_of_three_columns_is_found_and_noise_is_not() -> None:
    generator = np.random.default_rng(0)
    a, b, c, noise = (generator.random(400) for _ in range(4))
    found = formulas(number_goal(a=a, b=b, c=c, noise=noise, y=a + 2 * b - c), ["a", "b", "c", "noise"])
    assert [item["columns"] for item in found] == [["a", "b", "c"]]


def test_parts_that_add_up_to_the_target_but_for_fees_are_found_and_causes_are_not() -> None:
    generator = np.random.default_rng(0)
    fare, tip, miles = generator.gamma(2, 8, 500), generator.gamma(1, 3, 500), generator.gamma(2, 2, 500)
    fees = generator.choice([0.5, 3.3, 3.8], 500)
    (found,) = formulas(number_goal(fare=fare, tip=tip, miles=miles, y=fare + tip + fees), ["fare", "tip", "miles"])
    assert (found["operation"], found["columns"]) == ("parts", ["fare", "tip"])
    noisy = fare + tip + generator.normal(0, 4, 500)
    assert formulas(number_goal(fare=fare, tip=tip, miles=miles, y=noisy), ["fare", "tip", "miles"]) == []


def test_parts_of_which_one_is_large_where_the_other_is_small_are_found() -> None:
    generator = np.random.default_rng(0)
    total, share = generator.normal(800, 200, 500), generator.uniform(0.1, 0.9, 500)
    parts = {"a": total * share, "b": total * (1 - share), "other": generator.normal(400, 200, 500)}
    (found,) = formulas(number_goal(**parts, y=total * generator.uniform(1, 1.03, 500)), list(parts))
    assert (found["operation"], found["columns"]) == ("parts", ["a", "b"])


def test_a_column_that_is_mostly_nothing_is_not_a_target_that_is_mostly_nothing() -> None:
    generator = np.random.default_rng(0)
    gain, loss = (np.where(generator.random(900) < 0.04, generator.gamma(2, 900, 900), 0) for _ in range(2))
    assert formulas(number_goal(loss=loss, age=generator.integers(1, 90, 900), y=gain), ["loss", "age"]) == []
    kept = np.where(generator.random(900) < 0.99, gain, 0)
    assert formulas(number_goal(kept=kept, y=gain), ["kept"])[0]["operation"] == "equal"


def test_levels_that_are_a_sum_of_counts_are_found(tmp_path: Path) -> None:
    generator = np.random.default_rng(0)
    gold, silver, bronze, age = (generator.integers(0, most, 600) for most in (3, 2, 2, 30))
    frame = pd.DataFrame({"gold": gold, "silver": silver, "bronze": bronze, "age": age, "y": gold + silver + bronze})
    frame.to_csv(tmp_path / "t.csv", index=False)
    candidate = {
        "id": "sum",
        "source": csv_source("t.csv", list(frame)),
        "target": "y",
        "objective": "class",
        "classes": None,
        "features": [{"name": name, "kind": "number"} for name in ("gold", "silver", "bronze", "age")],
        "inspect": [],
        "split": {**PLAN, "name": "proposed"},
    }
    (screened,) = signal_screen.run({"seed": 0, "candidates": [candidate]}, {"dataset": tmp_path})["candidates"]
    assert [set(item["columns"]) for item in screened["formulas"]] == [{"gold", "silver", "bronze"}] * 2


def test_a_part_that_is_nearly_always_nothing_does_not_hide_the_sum() -> None:
    generator = np.random.default_rng(0)
    a, b, c = (generator.integers(0, most, 400) for most in (9, 9, 2))
    c *= generator.random(400) < 0.5
    found = formulas(number_goal(a=a, b=b, c=c, y=a + b + c), ["a", "b", "c"])
    assert {"a", "b", "c"} in [set(item["columns"]) for item in found if item["share"] > 0.99]


def test_a_text_that_quotes_the_target_stands_out_against_shuffled_targets() -> None:
    generator = np.random.default_rng(0)
    y = np.round(generator.uniform(0, 9, 300), 1)
    goal = number_goal(title=[f"M {v} - 12 km away" for v in y], other=generator.random(300), y=y)
    (found,) = [item for item in restated(goal, ["title"], 0) if item["column"] == "title"]
    assert found["share"] == 1.0
    assert found["chance"] < 0.2


def test_factors_whose_product_is_nearly_the_target_are_found_and_causes_are_not() -> None:
    generator = np.random.default_rng(0)
    months, fee, other = generator.integers(1, 72, 500), generator.uniform(20, 120, 500), generator.random(500)
    bill = months * fee * generator.normal(1, 0.04, 500)
    (found,) = formulas(number_goal(months=months, fee=fee, other=other, y=bill), ["months", "fee", "other"])
    assert (found["operation"], found["columns"]) == ("factors", ["months", "fee"])
    assert found["share"] > 0.99
    loose = months * fee * generator.normal(1, 0.4, 500)
    assert formulas(number_goal(months=months, fee=fee, y=loose), ["months", "fee"]) == []


def test_a_rate_and_a_gain_that_were_worked_out_before_rounding_are_found() -> None:
    generator = np.random.default_rng(0)
    paid, hours = generator.uniform(100, 900, 500), generator.uniform(2, 9, 500)
    rounded = {"paid": paid.round(-1), "hours": hours.round(1)}
    (rate,) = formulas(number_goal(**rounded, y=(paid / hours).round(2)), ["paid", "hours"])
    assert (rate["operation"], rate["columns"]) == ("quotient", ["paid", "hours"])
    before, growth = generator.uniform(0, 900, 500), generator.uniform(0, 90, 500)
    weighed = {"before": before.round(), "after": (before + growth).round()}
    (gain,) = formulas(number_goal(**weighed, y=growth.round(2)), ["before", "after"])
    assert (gain["operation"], gain["columns"]) == ("gain", ["before", "after"])
    causes = {"paid": paid, "hours": hours}
    noisy = paid / hours * generator.normal(1, 0.3, 500)
    assert formulas(number_goal(**causes, y=noisy), ["paid", "hours"]) == []


def class_goal(**columns: Any) -> Goal:
    frame = pd.DataFrame({name: [str(v) for v in values] for name, values in columns.items()})
    return goal_of(frame, {"target": "y", "objective": "class", "classes": None})


def test_a_class_that_a_comparison_tells_is_found_but_not_one_that_a_column_tells_alone() -> None:
    generator = np.random.default_rng(0)
    home, away = generator.integers(60, 110, 600), generator.integers(60, 110, 600)
    (found,) = compared(class_goal(home=home, away=away, y=home > away), ["home", "away"])
    assert (found["columns"], found["operation"]) == (["home", "away"], "comparison")
    length, width = np.where(home > 80, 5.0, 1.5) + generator.normal(0, 0.4, 600), generator.normal(3, 0.2, 600)
    assert compared(class_goal(length=length, width=width, y=home > 80), ["length", "width"]) == []


def test_the_yes_of_one_question_does_not_restate_the_answer_to_another() -> None:
    generator = np.random.default_rng(0)
    y = generator.random(400) < 0.5
    other = np.where(generator.random(400) < 0.8, y, ~y)
    goal = class_goal(other=other, title=[f"a {v} story" for v in y], y=y)
    assert [item["column"] for item in restated(goal, ["other", "title"], 0)] == ["title"]


def test_a_class_that_two_columns_decide_is_found() -> None:
    generator = np.random.default_rng(0)
    a, b, c = generator.poisson(0.6, 600), generator.poisson(0.4, 600), generator.integers(0, 4, 600)
    alone = (a + b) == 0
    found = decided(class_goal(a=a, b=b, c=c, size=generator.random(600), y=alone), ["a", "b", "c", "size"])
    assert found == [{"columns": ["a", "b"], "operation": "combination", "share": 1.0}]


def test_a_class_that_columns_only_hint_at_is_not_decided_by_them() -> None:
    generator = np.random.default_rng(0)
    a, b = generator.integers(0, 4, 600), generator.integers(0, 4, 600)
    noisy = np.where(generator.random(600) < 0.05, a < b, a >= b)
    assert decided(class_goal(a=a, b=b, y=noisy), ["a", "b"]) == []
    assert decided(class_goal(a=a, b=b, y=a > 1), ["a", "b"]) == [], "one column decides alone"
    rows = np.arange(90)
    assert decided(class_goal(a=rows // 9, b=rows % 9, y=generator.integers(0, 2, 90)), ["a", "b"]) == []


def test_a_blind_draw_stands_beside_the_constant_where_a_mixture_beats_it() -> None:
    generator = np.random.default_rng(0)
    y = generator.choice(["a", "b", "c", "d"], 800, p=[0.55, 0.25, 0.1, 0.1])
    goal = class_goal(noise=generator.random(800), other=generator.random(800), y=y)
    features = [{"name": name, "kind": "number"} for name in ("noise", "other")]
    trial = signal.Trial(goal, np.arange(500), np.arange(500, 800), features, 0)
    told = trial.measure("macro-f1", {}, {})
    assert told is not None
    assert 0.2 < told["naive"]["score"] < 0.3
    assert told["constant"] < 0.2
    assert told["naive"]["modelGain"]["value"] <= told["naive"]["modelGain"]["halfWidth"]
    assert trial.drawn("accuracy") == {}


def test_scores_agree_with_scikit_learn() -> None:
    generator = np.random.default_rng(1)
    truth = (generator.random(400) < 0.2).astype(float)
    chance = np.round(generator.random(400), 1)
    prediction = Prediction((chance > 0.5).astype(float), np.column_stack([1 - chance, chance]))
    assert score("roc-auc", truth, prediction, 2) == pytest.approx(roc_auc_score(truth, chance))
    assert score("average-precision", truth, prediction, 2) == pytest.approx(average_precision_score(truth, chance))
    assert score("macro-f1", truth, prediction, 2) == pytest.approx(f1_score(truth, prediction.value, average="macro"))


def test_the_gain_of_a_prediction_over_itself_is_zero_within_zero() -> None:
    truth = np.arange(50.0)
    same = Prediction(truth + 1)
    assert paired_gain("rmse", truth, same, same, classes=0, seed=0) == {"value": 0.0, "halfWidth": 0.0}


def test_groups_blocks_and_texts_stay_whole() -> None:
    generator = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "who": [f"p{i % 40}" for i in range(400)],
            "text": [f"Hello, {i % 90}!" if i % 2 else f"hello {i % 90}" for i in range(400)],
            "lat": [str(v) for v in generator.uniform(0, 9, 400)],
            "lon": [str(v) for v in generator.uniform(0, 9, 400)],
        }
    )
    for together in (
        {"key": "columns", "columns": ["who"]},
        {"key": "normalized-text", "column": "text"},
        {"key": "grid", "latitude": "lat", "longitude": "lon", "degrees": 1.0},
    ):
        train, test = split(frame, None, {**PLAN, "kind": "group", "together": together})
        keys = group_keys(frame, together)
        assert len(train) + len(test) == 400
        assert len(test) >= 80
        assert not set(keys[train]) & set(keys[test])


def test_a_time_split_tests_on_what_comes_later() -> None:
    frame = pd.DataFrame({"day": [f"2020-01-{1 + i % 28:02d}" for i in range(280)]})
    plan = {**PLAN, "kind": "time", "time": {"column": "day", "format": "iso"}}
    train, test = split(frame, None, plan)
    assert frame["day"].iloc[train].max() < frame["day"].iloc[test].min()


def test_history_repeats_the_last_value_and_the_last_season() -> None:
    days = pd.date_range("2020-01-01", periods=60, freq="D")
    y = np.arange(60.0) % 7
    frame = pd.DataFrame({"day": days.strftime("%Y-%m-%d")})
    history = {"column": "day", "format": "iso", "series": [], "stepDays": 1.0}
    rules = history_predictions(frame, y, np.arange(50), np.arange(50, 60), history)
    assert set(rules["last value"]) == {y[49]}
    assert list(rules["one week earlier"]) == list(y[50:60])


def leaky_table(folder: Path) -> dict[str, Any]:
    generator = np.random.default_rng(0)
    x = generator.uniform(0, 10, 500)
    y = x + generator.normal(0, 2, 500)
    frame = pd.DataFrame({"row": range(500), "x": x, "after": np.exp(y / 4), "code": "", "y": y})
    frame["code"] = [f"K{i:03d}{int(v > 5)}" for i, v in enumerate(y)]
    frame.to_csv(folder / "t.csv", index=False)
    features = [{"name": n, "kind": "number", "format": None} for n in ("row", "x", "after")]
    return {
        "id": "0",
        "source": csv_source("t.csv", ["row", "x", "after", "code", "y"]),
        "target": "y",
        "objective": "number",
        "classes": None,
        "features": features,
        "inspect": ["code"],
        "split": {**PLAN, "name": "proposed"},
    }


def test_screening_sees_leak_counter_and_telling_spelling(tmp_path: Path) -> None:
    result = signal_screen.run({"seed": 0, "candidates": [leaky_table(tmp_path)]}, {"dataset": tmp_path})
    (screened,) = result["candidates"]
    features = {item["name"]: item for item in screened["features"]}
    assert features["after"]["skill"] > 0.9
    assert features["row"]["counter"]
    assert not features["x"]["counter"]
    assert screened["clean"]["score"] > 5 * features["after"]["score"]
    assert any(view["column"] == "code" and view["view"] == "last character" for view in screened["views"])
    json.dumps(result, allow_nan=False)


def test_measuring_finds_signal_and_repeats_itself(tmp_path: Path) -> None:
    candidate = leaky_table(tmp_path)
    candidate |= {
        "features": [{"name": "x", "kind": "number", "format": None}],
        "metrics": ["rmse", "mae"],
        "dropDuplicates": False,
        "splits": [{**PLAN, "name": "proposed"}],
    }
    args = {"seed": 0, "candidates": [candidate]}
    first, second = (signal.run(args, {"dataset": tmp_path}) for _ in range(2))
    assert first == second
    (measured,) = first["candidates"][0]["splits"]
    rmse = measured["scores"][0]
    assert rmse["model"] < rmse["constant"]
    assert rmse["gain"]["value"] + rmse["gain"]["halfWidth"] < 0


def test_a_target_of_one_value_is_measured_as_nothing(tmp_path: Path) -> None:
    pd.DataFrame({"x": range(100), "y": ["a"] * 100}).to_csv(tmp_path / "t.csv", index=False)
    candidate = leaky_table(tmp_path) | {"source": csv_source("t.csv", ["x", "y"]), "inspect": [], "objective": "class"}
    pd.DataFrame({"x": range(100), "y": ["a"] * 100}).to_csv(tmp_path / "t.csv", index=False)
    candidate["features"] = [{"name": "x", "kind": "number", "format": None}]
    result = signal_screen.run({"seed": 0, "candidates": [candidate]}, {"dataset": tmp_path})
    assert result["candidates"][0]["floor"] is None
