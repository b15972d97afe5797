"""Code that someone wrote to look at the raw dataset: scripts that print, and derivations that are measured."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from forge_runtime.execute import derivation, scratch


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset of one table; the job may change the current folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("raw", "work"):
        (tmp_path / name).mkdir()
    (tmp_path / "raw/t.csv").write_text("a,b\n1,x\n2,y\n3,x\n")
    return tmp_path


def paths(place: Path, code: str) -> dict[str, Path]:
    (place / "script.py").write_text(code)
    return {"script": place / "script.py", "raw": place / "raw", "work": place / "work"}


def test_a_script_sees_the_dataset_and_prints(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = "import pandas as pd\nif __name__ == '__main__':\n    print(pd.read_csv(RAW / 't.csv').a.sum())\n"
    assert scratch.run({"rawName": None}, paths(place, code)) == {}
    assert capsys.readouterr().out == "6\n"


def test_a_script_works_in_its_own_folder(place: Path) -> None:
    scratch.run({"rawName": None}, paths(place, "open('x.txt', 'w').write('1')"))
    assert (place / "work/x.txt").exists()


def test_a_dataset_of_one_file_is_a_folder_to_a_script(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mounts = {**paths(place, "print([p.name for p in RAW.iterdir()])"), "raw": place / "raw/t.csv"}
    scratch.run({"rawName": "t.csv"}, mounts)
    assert capsys.readouterr().out == "['t.csv']\n"


def test_random_numbers_of_a_script_are_the_same_every_time(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        scratch.run(
            {"rawName": None}, paths(place, "import random, numpy\nprint(random.random(), numpy.random.rand())")
        )
    first, second = capsys.readouterr().out.splitlines()
    assert first == second


@pytest.mark.parametrize(
    ("code", "error"), [("1/0", ZeroDivisionError), ("x = (", SyntaxError), ("exit(3)", SystemExit)]
)
def test_a_script_that_fails_raises_what_it_raised(place: Path, code: str, error: type[BaseException]) -> None:
    with pytest.raises(error):
        scratch.run({"rawName": None}, paths(place, code))


def test_a_script_may_end_itself(place: Path) -> None:
    assert scratch.run({"rawName": None}, paths(place, "import sys\nsys.exit(0)")) == {}


def derive(place: Path, body: str, entropy: int = 1) -> dict[str, Any]:
    code = f"import random\nimport pandas as pd\n\n\ndef derive(raw):\n    {body}\n"
    args = {"entropy": entropy, "rawName": None, "top": 3, "characters": 5}
    return derivation.run(args, paths(place, code))


def test_a_derived_table_is_measured_column_by_column(place: Path) -> None:
    result = derive(place, "return pd.read_csv(raw / 't.csv').assign(c=lambda t: t.a > 1, d=[None, 1.5, 2.5])")
    assert result["rows"] == 3
    kinds = {column["name"]: column["kind"] for column in result["columns"]}
    assert kinds == {"a": "integer", "b": "text", "c": "boolean", "d": "number"}
    text, number = result["columns"][1], result["columns"][3]
    assert text["top"] == [{"value": "x", "count": 2}, {"value": "y", "count": 1}]
    assert (text["missing"], text["distinct"], text["quantiles"]) == (0, 2, None)
    assert (number["missing"], number["quantiles"][0], number["quantiles"][4]) == (1, 1.5, 2.0)


def test_equal_tables_have_equal_hashes_and_every_difference_shows(place: Path) -> None:
    def hashes(values: str) -> list[str]:
        return [column["sha256"] for column in derive(place, f"return pd.DataFrame({{'a': {values}}})")["columns"]]

    assert hashes("[1, 2]") == hashes("[1, 2]")
    variants = [
        "[1, 2]",
        "[2, 1]",
        "[1.0, 2.0]",
        "['1', '2']",
        "['12', '']",
        "['1', None]",
        "[1.0, 2.0000000000000004]",
    ]
    assert len({hashes(variant)[0] for variant in variants}) == len(variants)


def test_unseeded_random_numbers_differ_between_two_runs(place: Path) -> None:
    runs = [derive(place, "return pd.DataFrame({'a': [random.random()]})", entropy) for entropy in (1, 2)]
    assert runs[0]["columns"][0]["sha256"] != runs[1]["columns"][0]["sha256"]


@pytest.mark.parametrize(
    "values",
    [
        "[float('inf'), float('-inf'), float('nan')]",
        "pd.Series([1, None], dtype='Int64')",
        "pd.Series(['a', None], dtype='category')",
        "pd.to_datetime(['2020-01-01', None])",
        "[{1: 2}, [3]]",
        "[b'x', object]",
        "['\\ud800', 'x' * 100]",
        "pd.Series([10**400, 1], dtype=object)",
        "[1 + 2j, 0j]",
        "pd.to_timedelta(['1s', None])",
        "[]",
    ],
)
def test_values_of_every_kind_are_measured_and_fit_json(place: Path, values: str) -> None:
    result = derive(place, f"return pd.DataFrame({{'a': {values}}})")
    json.dumps(result, allow_nan=False)
    assert all(len(entry["value"]) <= 5 for entry in result["columns"][0]["top"])


def test_columns_of_one_name_and_names_that_are_no_text_are_measured(place: Path) -> None:
    result = derive(place, "return pd.DataFrame([[1, 2, 3]], columns=['a', 'a', 7])")
    assert [column["name"] for column in result["columns"]] == ["a", "a", "7"]


@pytest.mark.parametrize("body", ["return 1", "return None", "return pd.Series([1])"])
def test_what_is_no_table_is_refused(place: Path, body: str) -> None:
    assert "something else than a pandas DataFrame" in derive(place, body)["problem"]


def test_a_flood_of_columns_is_refused(place: Path) -> None:
    assert "too many" in derive(place, "return pd.DataFrame({str(n): [1] for n in range(600)})")["problem"]


def test_a_text_without_derive_is_refused(place: Path) -> None:
    args = {"entropy": 1, "rawName": None, "top": 3, "characters": 5}
    assert "defines no function derive" in derivation.run(args, paths(place, "x = 1"))["problem"]


def test_what_derive_raises_is_raised(place: Path) -> None:
    with pytest.raises(FileNotFoundError):
        derive(place, "return pd.read_csv(raw / 'gone.csv')")


def test_the_dataset_is_not_changed(place: Path) -> None:
    before = (place / "raw/t.csv").read_bytes()
    derive(place, "return pd.read_csv(raw / 't.csv')")
    assert (place / "raw/t.csv").read_bytes() == before
    assert pd.read_csv(place / "raw/t.csv").shape == (3, 2)
