"""What the review job measures: columns, targets, personal data and answers in the description."""

import json
import random
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from forge_runtime.probes.review import run
from forge_runtime.probes.review_personal import luhn, mask, personal

ROWS = 120


def measured(folder: Path, description: str = "", **columns: list[Any]) -> dict[str, Any]:
    """A package of one feature beside the given ones, whose target is `crop`."""
    (folder / "data/public").mkdir(parents=True)
    (folder / "data/private").mkdir()
    generator = random.Random(3)  # noqa: S311 - test data
    crops = [generator.choice(["barley", "oats", "wheat"]) for _ in range(2 * ROWS)]
    rain = [round(generator.uniform(10, 95), 2) for _ in range(2 * ROWS)]
    table = pd.DataFrame({"id": range(1000, 1000 + 2 * ROWS), "rain": rain, **columns, "crop": crops})
    train, test = table.iloc[:ROWS], table.iloc[ROWS:]
    train.to_csv(folder / "data/public/train.csv", index=False)
    test.drop(columns="crop").to_csv(folder / "data/public/test.csv", index=False)
    test[["id", "crop"]].to_csv(folder / "data/private/test_answer.csv", index=False)
    manifest = {
        "objective": "multiclass-classification",
        "target": {"columns": ["crop"]},
        "split": {"kind": "time", "by": ["day"]},
        "submission": {"id_column": "id", "columns": [{"name": "crop", "dtype": "label", "of": {"column": "crop"}}]},
    }
    (folder / "task.json").write_text(json.dumps(manifest))
    answers = dict(zip(test["id"].astype(str), test["crop"], strict=True))
    text = description.format(**{f"a{key}": value for key, value in answers.items()})
    (folder / "description.md").write_text(text)
    return run({}, {"package": folder})


def test_columns_are_described_by_what_their_cells_look_like(tmp_path: Path) -> None:
    days = [f"2024-{1 + i % 12:02d}-01" for i in range(2 * ROWS)]
    told = measured(tmp_path, day=days, word=["a"] * 2 * ROWS)
    rain, day = told["columns"]["rain"], told["columns"]["day"]
    assert (rain["numbers"], rain["dates"], rain["train"], rain["test"]) == (1.0, 0.0, True, True)
    assert 10 <= rain["minimum"] < rain["maximum"] <= 95
    assert (day["numbers"], day["dates"], day["minimum"]) == (0.0, 1.0, None)
    assert told["columns"]["word"]["dates"] == 0.0
    assert told["columns"]["crop"]["test"] is False
    assert told["horizon"] == 12
    assert sum(told["targets"][0]["classes"].values()) == ROWS
    assert told["personal"] == []


def test_lines_that_restate_answers_are_counted_with_their_chance(tmp_path: Path) -> None:
    lines = "\n".join(f"{i},{{a{i}}}" for i in range(1120, 1124))
    told = measured(tmp_path, f"# Crops\n\nid,crop\n{lines}\n")["restated"]
    assert (told["named"], told["right"], told["line"]) == (4, 4, 4)
    assert -3 < told["log10Chance"] < -1.2


def test_invented_examples_restate_nothing(tmp_path: Path) -> None:
    told = measured(tmp_path, "The first field has number 1120 and {a1120} grows there.\n\n7,oats\n1121,\n")["restated"]
    assert (told["right"], told["log10Chance"]) == (0, 0.0)


SPOKEN = {
    "e-mail addresses": ["write to ann{i}@example.org please", "bob.{i}+x@mail.example.co.uk"],
    "telephone numbers": ["call +44 20 7946 0{i:03d} now", "(555) 201-{i:04d}", "ring me on 07700900{i:03d} today ok"],
    "IP addresses": ["10.0.{i}.17", "from 192.168.1.{i} to here"],
}


@pytest.mark.parametrize(("kind", "template"), [(k, t) for k, templates in SPOKEN.items() for t in templates])
def test_personal_data_are_found_and_masked(kind: str, template: str) -> None:
    cells = ["nothing of the kind", None, *(template.format(i=i) for i in range(10, 40))]
    found = personal({"train": pd.DataFrame({"note": cells}, dtype="string").astype(object)}, set())
    assert [(hit["kind"], hit["count"], hit["distinct"], hit["line"]) for hit in found] == [(kind, 30, 30, 4)]
    assert sum(character.isalnum() for character in found[0]["example"]) <= 1


def test_cards_are_told_from_numbers_by_their_check_digit() -> None:
    stems = [f"4{i:014d}" for i in range(7_000_000, 7_000_030)]
    cards = [stem + next(d for d in "0123456789" if luhn(stem + d)) for stem in stems]
    spoken = pd.DataFrame({"pay": [f"card {card}" for card in cards], "part": [f"no. {stem}7" for stem in stems]})
    assert [(hit["column"], hit["kind"]) for hit in personal({"train": spoken}, set())] == [("pay", "card numbers")]


@pytest.mark.parametrize("name", ["Last Name", "customer_name", "surname"])
def test_columns_of_names_are_found(name: str) -> None:
    people = [f"Anna{'abcdefghijklmnopqrstuvwxyz'[i]}" for i in range(26)]
    found = personal({"test": pd.DataFrame({name: people, "product_name": people})}, set())
    assert [(hit["column"], hit["kind"]) for hit in found] == [(name, "names of people")]


def test_a_column_of_addresses_is_found() -> None:
    found = personal({"train": pd.DataFrame({"Street Address": [f"{i} High Street" for i in range(30)]})}, set())
    assert [hit["kind"] for hit in found] == ["postal addresses"]


def test_numbers_dates_versions_and_codes_are_no_personal_data() -> None:
    table = pd.DataFrame(
        {
            "time": [f"2024-01-{1 + i % 28:02d} 10:{i % 60:02d}:00" for i in range(60)],
            "version": [f"1.{i}.2" for i in range(60)],
            "code": [f"0{7_000_000_000 + i}" for i in range(60)],
            "price": [f"{i}.99" for i in range(60)],
            "sku": [f"AB-4000-1234-{i:04d}" for i in range(60)],
            "range": [f"{i} to {i + 100}, about 1000 metres" for i in range(60)],
        }
    )
    assert personal({"train": table}, set()) == []


def test_masks_show_the_shape_alone() -> None:
    assert mask("ann@example.org") == "a**@*******.***"
