"""Each planted leak shows in its measurement; packages without one measure clean."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from forge_runtime.probes import leakage_features, leakage_order, leakage_rows, leakage_splits
from forge_runtime.probes.leakage_entities import entities
from forge_runtime.probes.leakage_shift import shift
from leakage_tasks import CODES, Change, Table, crops, frames_of, measured, package, season, texts, yard_of, yields


def renumbered(numbers: Any) -> Change:
    """Gives all rows new ids, made from their classes."""

    def change(train: Table, test: Table, answers: Table) -> None:
        ids = numbers(pd.concat([train["crop"], answers["crop"]]).map(CODES).to_numpy())
        train["id"], test["id"], answers["id"] = ids[: len(train)], ids[len(train) :], ids[len(train) :]

    return change


@pytest.mark.parametrize(("table", "target"), [(crops(), "crop"), (crops(120), "crop"), (yields(), "yield")])
def test_a_clean_package_measures_clean(tmp_path: Path, table: Table, target: str) -> None:
    result = measured(package(tmp_path, table, target))
    told = result["targets"][0]
    assert (result["duplicates"]["count"], result["duplicates"]["conflicting"]) == (0, 0)
    assert result["shift"] is None or abs(result["shift"]["auc"] - 0.5) < 0.1
    assert all(view["skill"] < max(0.1, 5 * view["error"]) for view in told["ids"])
    assert all(abs(file["errors"]) < 5 and not file["sortedByTarget"] for file in told["neighbours"])
    assert told["alone"]["features"][0]["skill"] < 0.8
    assert all(view["skill"] < 5 * view["error"] for view in told["spelling"])
    assert (told["emptiness"], told["restated"], told["formulas"]) == (None, [], [])
    assert told["exposed"] == {"column": None, "files": []}
    assert abs(told["sample"]["errors"]) < 4


def test_measurements_are_the_same_from_run_to_run(tmp_path: Path) -> None:
    folder = package(tmp_path, crops(200), "crop")
    assert json.dumps(measured(folder)) == json.dumps(measured(folder))


def test_repeated_rows_are_counted_with_their_places(tmp_path: Path) -> None:
    def change(train: Table, test: Table, answers: Table) -> None:
        test.iloc[:30, 1:] = train.loc[:29, test.columns[1:]].to_numpy()
        answers.loc[:29, "crop"] = train.loc[:29, "crop"].to_numpy()

    told = leakage_rows.duplicates(frames_of(package(tmp_path, crops(), "crop", change)))
    assert told is not None
    assert (told["count"], told["agree"]) == (30, 1.0)
    assert told["examples"][0]["test"]["line"] == told["examples"][0]["train"]["line"] == 2


def test_texts_that_differ_in_case_and_punctuation_are_the_same(tmp_path: Path) -> None:
    def change(train: Table, test: Table, _answers: Table) -> None:
        test.loc[:19, "message"] = (train.loc[:19, "message"].str.upper() + "!!").to_numpy()

    told = leakage_rows.duplicates(frames_of(package(tmp_path, texts(), "topic", change)))
    assert told is not None
    assert (told["count"], told["key"]) == (20, "message")


def test_texts_with_a_word_more_are_nearly_the_same(tmp_path: Path) -> None:
    def change(train: Table, test: Table, _answers: Table) -> None:
        test.loc[:19, "message"] = (train.loc[:19, "message"] + " again").to_numpy()

    assert leakage_rows.near_duplicates(frames_of(package(tmp_path, texts(), "topic", change)))[0]["count"] == 20


def test_rows_of_few_combinations_meet_by_chance(tmp_path: Path) -> None:
    told = leakage_rows.duplicates(frames_of(package(tmp_path, crops()[["soil", "crop"]], "crop")))
    assert told is not None
    assert told["count"] > 100
    assert told["sharpest"] < 0.5
    assert told["expected"] > 100


def test_lines_of_quoted_fields_are_counted_right(tmp_path: Path) -> None:
    def change(train: Table, test: Table, _answers: Table) -> None:
        test.loc[0, "message"] = "two\nlines"
        test.loc[1, "message"] = train.loc[0, "message"]

    told = leakage_rows.duplicates(frames_of(package(tmp_path, texts(), "topic", change)))
    assert told is not None
    assert told["examples"][0]["test"]["line"] == 4


@pytest.mark.parametrize(
    ("numbers", "view"),
    [
        (lambda codes: codes * 10_000 + np.random.default_rng(1).permutation(len(codes)), "value"),
        (lambda codes: np.random.default_rng(1).permutation(len(codes)) * 3 + codes, "remainder by 3"),
        (lambda codes: [f"{'bow'[int(c)]}{n}" for n, c in enumerate(codes)], "first character"),
    ],
)
def test_ids_made_from_classes_are_told(tmp_path: Path, numbers: Any, view: str) -> None:
    told = leakage_order.identifiers(yard_of(package(tmp_path, crops(), "crop", renumbered(numbers))))
    assert told[0]["skill"] > 0.9
    assert view in {item["view"] for item in told if item["skill"] > 0.9}


@pytest.mark.parametrize(("table", "target"), [(crops(), "crop"), (yields(), "yield")])
def test_sorted_answers_are_told(tmp_path: Path, table: Table, target: str) -> None:
    def change(_train: Table, test: Table, answers: Table) -> None:
        order = answers.sort_values(target, kind="stable").index
        test[:], answers[:] = test.loc[order].to_numpy(), answers.loc[order].to_numpy()

    frames = frames_of(package(tmp_path, table, target, change))
    told = {item["file"].rsplit("/", 1)[1]: item for item in leakage_order.neighbours(frames, frames.targets[0])}
    assert told["test.csv"]["errors"] > 10
    assert told["test.csv"]["sortedByTarget"]
    assert abs(told["train.csv"]["errors"]) < 5


def test_order_by_a_public_time_is_explained(tmp_path: Path) -> None:
    table = season()
    frames = frames_of(package(tmp_path, table, "temp", test=np.arange(len(table)) > 600))
    told = leakage_order.neighbours(frames, frames.targets[0])
    assert {item["sortedBy"] for item in told if "public" in item["file"]} == {"date"}


def test_a_copy_of_the_target_stands_alone(tmp_path: Path) -> None:
    table = crops()
    table["outcome"] = table["crop"].map(CODES) * 10 + np.random.default_rng(1).integers(0, 3, len(table))
    told = leakage_features.alone(yard_of(package(tmp_path, table, "crop")))["features"]
    assert (told[0]["column"], round(told[0]["skill"], 2)) == ("outcome", 1.0)
    assert told[0]["without"] < 0.7


def test_a_noisy_consequence_of_a_number_stands_alone(tmp_path: Path) -> None:
    table = yields()
    table["paid"] = (table["yield"] * 1.1 + np.random.default_rng(1).normal(0, 1, len(table))).round(1)
    told = leakage_features.alone(yard_of(package(tmp_path, table, "yield")))["features"]
    assert told[0]["column"] == "paid"
    assert told[0]["skill"] > 0.9
    assert told[0]["without"] < 0.7


def test_two_features_that_both_separate_the_classes_leave_each_other_company(tmp_path: Path) -> None:
    generator = np.random.default_rng(2)
    kind = generator.choice(["ant", "bee"], 600)
    place = (kind == "ant") * 6.0
    noise = [(place + generator.normal(0, 1, 600)).round(3) for _ in range(2)]
    table = pd.DataFrame({"length": noise[0], "weight": noise[1], "kind": kind})
    told = leakage_features.alone(yard_of(package(tmp_path, table, "kind")))["features"]
    assert told[0]["skill"] - told[0]["without"] < 0.1


@pytest.mark.parametrize("view", ["last character", "parity of the number at the end", "leading letters"])
def test_codes_that_hold_the_class_are_told(tmp_path: Path, view: str) -> None:
    table = crops()
    table["crop"] = table["crop"].replace("wheat", "oats")
    numbers, barley = np.random.default_rng(1).permutation(5000)[: len(table)], (table["crop"] == "barley").to_numpy()
    table["plot"] = {
        "last character": [f"P{n}{'B' if b else 'O'}" for n, b in zip(numbers, barley, strict=True)],
        "parity of the number at the end": [f"P-{2 * n + b}" for n, b in zip(numbers, barley, strict=True)],
        "leading letters": [f"{'XY' if b else 'ZQ'}{n}" for n, b in zip(numbers, barley, strict=True)],
    }[view]
    told = leakage_features.spelling(yard_of(package(tmp_path, table, "crop")))
    assert {"column": "plot", "view": view} in [{k: item[k] for k in ("column", "view")} for item in told]
    assert told[0]["skill"] > 0.9


def test_endings_of_words_and_measurements_are_no_codes(tmp_path: Path) -> None:
    table = yields()
    table["note"] = np.where(table["yield"] > 330, "high!", "low?")
    assert leakage_features.spelling(yard_of(package(tmp_path, table, "yield"))) == []


def test_cells_filled_in_for_one_class_are_told(tmp_path: Path) -> None:
    table = crops()
    table["crop"] = table["crop"].replace("oats", "barley")
    table["comment"] = np.where(table["crop"] == "wheat", np.random.default_rng(1).choice(["x", "y"], len(table)), None)
    told = leakage_features.emptiness(yard_of(package(tmp_path, table, "crop")), [])
    assert told is not None
    assert told["columns"][0]["skill"] > 0.99


def test_cells_missing_at_random_tell_nothing(tmp_path: Path) -> None:
    table = crops()
    table.loc[np.random.default_rng(1).random(len(table)) < 0.3, "moisture"] = None
    told = leakage_features.emptiness(yard_of(package(tmp_path, table, "crop")), [])
    assert told is not None
    assert told["together"]["skill"] < 0.1


def test_a_number_within_a_text_restates_the_target(tmp_path: Path) -> None:
    table = yields()
    table["title"] = [f"Y {value:.1f} - field {row % 90}" for row, value in enumerate(table["yield"])]
    frames = frames_of(package(tmp_path, table, "yield"))
    told = leakage_features.restatements(frames, frames.targets[0])["restated"]
    assert (told[0]["column"], told[0]["share"]) == ("title", 1.0)
    assert told[0]["chance"] < 0.05


def test_a_class_within_a_text_restates_the_target(tmp_path: Path) -> None:
    table = crops()
    table["note"] = [f"seen near a {crop} field number {row}" for row, crop in enumerate(table["crop"])]
    frames = frames_of(package(tmp_path, table, "crop"))
    assert leakage_features.restatements(frames, frames.targets[0])["restated"][0]["share"] == 1.0


@pytest.mark.parametrize(
    ("operation", "columns"),
    [
        ("sum", lambda y, part: (part, (y - part).round(3))),
        ("product", lambda y, part: (part, y / part)),
        ("equal", lambda y, part: (part, y)),
    ],
)
def test_arithmetic_that_gives_the_target_is_told(tmp_path: Path, operation: str, columns: Any) -> None:
    table = yields()
    part = pd.Series(np.random.default_rng(1).uniform(5, 90, len(table)).round(2))
    table["part"], table["rest"] = columns(table["yield"], part)
    frames = frames_of(package(tmp_path, table, "yield"))
    told = leakage_features.restatements(frames, frames.targets[0])["formulas"]
    assert told[0]["operation"] == operation
    assert told[0]["share"] > 0.99


def test_levels_that_count_points_are_told(tmp_path: Path) -> None:
    generator = np.random.default_rng(1)
    points = {name: generator.integers(0, 3, 600) for name in ("look", "smell", "taste")}
    levels = np.sum(list(points.values()), axis=0).astype(str).astype(object)
    table = pd.DataFrame({**points, "age": generator.integers(1, 40, 600), "rating": levels})
    frames = frames_of(package(tmp_path, table, "rating"))
    assert len(frames.targets[0].classes) == 7
    told = leakage_features.restatements(frames, frames.targets[0])["formulas"]
    assert set(told[0]["columns"]) == {"look", "smell", "taste"}


def test_a_comparison_that_gives_the_class_is_told(tmp_path: Path) -> None:
    generator = np.random.default_rng(1)
    home, away = generator.integers(0, 90, 600), generator.integers(0, 90, 600)
    table = pd.DataFrame({"home": home, "away": away, "won": np.where(home > away, "home", "guest")})
    frames = frames_of(package(tmp_path, table, "won"))
    assert leakage_features.restatements(frames, frames.targets[0])["formulas"][0]["operation"] == "comparison"


def test_groups_in_both_parts_are_counted(tmp_path: Path) -> None:
    table = crops()
    table["farm"] = [f"farm {n}" for n in np.random.default_rng(1).integers(0, 150, len(table))]
    frames = frames_of(package(tmp_path, table, "crop"))
    told = leakage_splits.declared_groups(frames, ["farm"])
    assert told is not None
    assert told["shared"] > 100
    kept = frames_of(package(tmp_path / "kept", table, "crop", test=table["farm"].str[-1].isin(list("123"))))
    assert leakage_splits.declared_groups(kept, ["farm"]) == {
        "columns": ["farm"],
        "shared": 0,
        "rows": 0,
        "examples": [],
        "row": None,
    }


def test_a_group_key_that_is_not_public_cannot_be_compared(tmp_path: Path) -> None:
    assert leakage_splits.declared_groups(frames_of(package(tmp_path, crops(), "crop")), ["farmer"]) is None


def test_entities_that_decide_the_class_are_told_and_names_without_meaning_are_not(tmp_path: Path) -> None:
    generator = np.random.default_rng(1)
    who = generator.integers(0, 120, 700)
    rock = generator.random(120) > 0.5
    table = pd.DataFrame({"artist": [f"artist {n}" for n in who], "loud": generator.normal(0, 1, 700).round(3)})
    decided = frames_of(package(tmp_path / "a", table.assign(genre=np.where(rock[who], "rock", "jazz")), "genre"))
    told = entities(decided, decided.targets[0])[0]
    assert (told["columns"], told["by"]) == (["artist"], "entity")
    assert told["random"]["skill"] - told["grouped"]["skill"] > 0.5
    by_loudness = table.assign(genre=np.where(table["loud"] + generator.normal(0, 1, 700) > 0, "rock", "jazz"))
    free = frames_of(package(tmp_path / "b", by_loudness, "genre"))
    told = entities(free, free.targets[0])[0]
    assert told["random"]["skill"] - told["grouped"]["skill"] < 0.1


def test_days_and_places_that_decide_the_target_are_told(tmp_path: Path) -> None:
    series = frames_of(package(tmp_path / "days", season(), "temp"))
    told = entities(series, series.targets[0])[-1]
    assert (told["columns"], told["by"]) == (["date"], "time")
    assert told["random"]["skill"] - told["grouped"]["skill"] > 0.1
    generator = np.random.default_rng(1)
    spots = generator.uniform(0, 10, (700, 2)).round(3)
    height = np.sin(spots[:, 0] * 2) * np.cos(spots[:, 1] * 2) * 9 + generator.normal(0, 1, 700)
    table = pd.DataFrame({"lat": spots[:, 0], "lon": spots[:, 1], "height": height.round(2)})
    placed = frames_of(package(tmp_path / "map", table, "height"))
    told = entities(placed, placed.targets[0])[-1]
    assert (told["columns"], told["by"]) == (["lat", "lon"], "map")
    assert told["random"]["skill"] - told["grouped"]["skill"] > 0.1


@pytest.mark.parametrize("column", ["date", "epoch", "german"])
def test_test_rows_before_the_last_train_time_are_counted(tmp_path: Path, column: str) -> None:
    table = season()
    days = pd.to_datetime(table["date"])
    table["epoch"], table["german"] = days.astype("int64") // 10**9, days.dt.strftime("%d %b %Y")
    border = np.arange(len(table)) > 600
    clean = leakage_splits.times(frames_of(package(tmp_path / "a", table, "temp", test=border)), [column])
    assert clean is not None
    assert clean["early"] == 0
    early = leakage_splits.times(frames_of(package(tmp_path / "b", table, "temp", test=np.roll(border, -5))), [column])
    assert early is not None
    assert early["early"] == len(table) - 601 - 5 or early["early"] > 0


def test_a_lag_in_a_later_test_row_is_an_answer(tmp_path: Path) -> None:
    table = season()
    table["yesterday"] = table["temp"].shift(1).fillna(0)
    frames = frames_of(package(tmp_path, table, "temp", test=np.arange(len(table)) > 600))
    told = leakage_splits.look_ahead(frames, frames.targets[0], "date")
    assert (told[0]["column"], told[0]["steps"], told[0]["share"]) == ("yesterday", 1, 1.0)
    clean = frames_of(package(tmp_path / "clean", season(), "temp", test=np.arange(len(table)) > 600))
    assert leakage_splits.look_ahead(clean, clean.targets[0], "date") == []


def test_a_column_made_after_the_split_tells_the_parts_apart(tmp_path: Path) -> None:
    def change(train: Table, _test: Table, _answers: Table) -> None:
        train["moisture"] += 5

    told = shift(frames_of(package(tmp_path, crops(), "crop", change)))
    assert told is not None
    assert told["auc"] > 0.95
    assert told["column"] == "moisture"
