"""What is measured of a column, on values that are easy to get wrong."""

from pathlib import Path

import numpy as np
import pytest
from dataset_support import codes, column, only_table, profile_of


def measured(folder: Path, values: list[str], name: str = "v") -> dict[str, object]:
    rows = "".join(f"{i},{value}\n" for i, value in enumerate(values))
    return column(only_table(profile_of(folder, {"t.csv": f"row,{name}\n{rows}"})), name)


def test_leading_zeros_and_long_identifiers_are_noticed(tmp_path: Path) -> None:
    zipped = measured(tmp_path, ["01234", "98765", "00501"] * 3)
    assert (zipped["kind"], zipped["leadingZeros"]) == ("integer", True)
    long = measured(tmp_path, [f"1234567890123456789{i}" for i in range(9)])
    assert (long["bigIntegers"], long["distinct"]) == (True, 9)


@pytest.mark.parametrize("code", ["NA", "N/A", "null", "?", "-", "nan", "NULL", "None", "unknown"])
def test_missing_words_between_numbers_are_missing(tmp_path: Path, code: str) -> None:
    found = measured(tmp_path, ["1.5", "2.5", code, "3.5", code, ""])
    assert found["kind"] == "number"
    assert found["missing"] == 3
    assert found["missingCodes"] == [{"value": code, "count": 2}]
    assert found["distinct"] == 3


def test_none_between_words_is_an_answer(tmp_path: Path) -> None:
    found = measured(tmp_path, ["Garage", "None", "Carport"] * 5)
    assert found["missing"] == 0


def test_na_between_country_codes_is_namibia(tmp_path: Path) -> None:
    europe = "AT BE CH DE DK ES FI FR GB GR HU IE IT LU NL NO PL PT SE SI SK"
    countries = [*europe.split(" "), "NA"]
    assert measured(tmp_path, countries * 2)["missing"] == 0


@pytest.mark.parametrize(("sentinel", "low", "high"), [("-999", 0, 50), ("-9999.0", -20, 40), ("9999", 0, 100)])
def test_numbers_far_outside_are_missing_codes(tmp_path: Path, sentinel: str, low: int, high: int) -> None:
    rng = np.random.default_rng(0)
    values = [str(rng.integers(low, high)) for _ in range(200)] + [sentinel] * 7
    found = measured(tmp_path, values)
    assert found["missingCodes"] == [{"value": sentinel, "count": 7}]
    assert found["numeric"]["maximum"] <= high  # type: ignore[index]  # a dict by contract


def test_numbers_within_the_range_are_no_codes(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    values = [str(rng.integers(-3000, 12000)) for _ in range(300)] + ["-999", "-999", "9999", "9999"]
    assert measured(tmp_path, values)["missingCodes"] == []


def test_piles_at_the_ends_are_counted(tmp_path: Path) -> None:
    found = measured(tmp_path, [str(i) for i in range(1, 50)] + ["500"] * 20)
    assert found["numeric"]["atMaximum"] == 20  # type: ignore[index]  # a dict by contract
    assert found["numeric"]["atMinimum"] == 1  # type: ignore[index]  # a dict by contract


def test_statistics_agree_with_numpy(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    values = np.round(rng.gamma(2.0, 3.0, 500), 1)
    found = measured(tmp_path, [str(value) for value in values])["numeric"]
    assert isinstance(found, dict)
    assert found["quantiles"] == pytest.approx(np.quantile(values, [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]))
    assert found["mean"] == pytest.approx(values.mean())
    assert found["sd"] == pytest.approx(values.std())


@pytest.mark.parametrize(
    ("values", "kind", "form"),
    [
        (["2020-01-31", "2021-12-01", "1999-06-15"], "date", "iso"),
        (["2020-01-31T10:00:00Z", "2021-12-01 11:30:00", "1999-06-15 00:00"], "datetime", "iso"),
        (["01/31/2020", "12/01/2021", "06/15/1999"], "date", "%m/%d/%Y"),
        (["31/01/2020", "01/12/2021", "15/06/1999"], "date", "%d/%m/%Y"),
        (["31.01.2020", "01.12.2021", "15.06.1999"], "date", "%d.%m.%Y"),
        (["31-Jan-20", "01-Dec-21", "15-Jun-19"], "date", "%d-%b-%y"),
        (["01/31/2020 10:15", "12/01/2021 23:59", "06/15/1999 00:00"], "datetime", "%m/%d/%Y %H:%M"),
        (["1517363399", "1517364015", "1517966996"], "integer", "epoch-s"),
        (["1517363399650", "1517364015660", "1517966996303"], "integer", "epoch-ms"),
        (["20200131", "20211201", "19990615"], "integer", "%Y%m%d"),
        (["10142018", "10062018", "12312019"], "integer", "%m%d%Y"),
    ],
)
def test_dates_are_read_with_their_format(tmp_path: Path, values: list[str], kind: str, form: str) -> None:
    found = measured(tmp_path, values)
    assert found["kind"] == kind
    assert found["time"]["format"] == form  # type: ignore[index]  # a dict by contract
    assert found["time"]["distinct"] == 3  # type: ignore[index]  # a dict by contract


def test_a_daily_series_has_a_step_of_a_day_and_is_sorted(tmp_path: Path) -> None:
    found = measured(tmp_path, [f"2020-01-{day:02d}" for day in range(1, 29)])
    assert found["sorted"] == "ascending"
    assert found["time"]["medianStepSeconds"] == 86_400  # type: ignore[index]  # a dict by contract
    assert found["time"]["regularSteps"] == 1  # type: ignore[index]  # a dict by contract


def test_weekends_leave_four_steps_of_five_regular(tmp_path: Path) -> None:
    found = measured(tmp_path, [f"2021-02-{day:02d}" for day in range(1, 27) if day % 7 not in (6, 0)])
    assert found["time"]["regularSteps"] == pytest.approx(16 / 19)  # type: ignore[index]  # a dict by contract


def test_mixed_date_formats_stay_text_and_are_told(tmp_path: Path) -> None:
    days = [i % 28 + 1 for i in range(60)]
    rows = "".join(f"{i},2020-03-{day:02d}\n" if i % 2 else f"{i},{day:02d}.03.2020\n" for i, day in enumerate(days))
    profile = profile_of(tmp_path, {"t.csv": f"row,day\n{rows}"})
    assert column(only_table(profile), "day")["kind"] == "text"
    assert "MIXED_DATES" in codes(profile)


def test_odd_numbers_are_told(tmp_path: Path) -> None:
    profile = profile_of(tmp_path, {"t.csv": 'a;b\n1,5;"$1,200"\n2,25;$80\n3,75;$7\n'})
    assert {"DECIMAL_COMMA", "DECORATED_NUMBERS"} <= codes(profile)


def test_words_and_figures_of_two_values_are_truth_values(tmp_path: Path) -> None:
    assert measured(tmp_path, ["Yes", "No", "yes"] * 3)["kind"] == "boolean"
    assert measured(tmp_path, ["0", "1", "1"])["kind"] == "boolean"
    assert measured(tmp_path, ["1", "2", "1"])["kind"] == "integer"


def test_keys_aliases_and_repeated_rows_are_exact(tmp_path: Path) -> None:
    rows = "".join(f"{i % 6},{i // 6},{'abcdef'[i % 6]},{i % 3}\n" for i in range(24))
    table = only_table(profile_of(tmp_path, {"t.csv": f"store,week,letter,color\n{rows}"}))
    assert ["store", "week"] in table["keys"]
    assert table["aliases"] == [["store", "letter"]]
    assert table["duplicateRows"] == 0
    again = only_table(profile_of(tmp_path, {"t.csv": f"store,week,letter,color\n{rows}{rows}"}))
    assert again["duplicateRows"] == 24
    assert again["keys"] == []


def test_a_row_number_does_not_hide_that_name_and_moment_are_a_key(tmp_path: Path) -> None:
    rows = "".join(f"{i + 1},{'abcd'[i % 4]},2021-03-{i // 4 + 1:02d},{i % 3}\n" for i in range(80))
    table = only_table(profile_of(tmp_path, {"t.csv": f"row,shop,day,sold\n{rows}"}))
    assert table["keys"] == [["row"], ["shop", "day"]]


def test_relations_need_exact_inclusion_and_a_name(tmp_path: Path) -> None:
    files = {
        "customers.csv": "id,name\n" + "".join(f"{i},n{i}\n" for i in range(1, 21)),
        "orders.csv": "order_id,customer_id,quantity\n"
        + "".join(f"{100 + i},{i % 20 + 1},{i % 5 + 1}\n" for i in range(60)),
        "broken.csv": "row_id,customer_id\n" + "".join(f"{500 + i},{i + 15}\n" for i in range(10)),
    }
    relations = profile_of(tmp_path, files)["relations"]
    found = {
        (r["from"]["table"], r["from"]["column"], r["to"]["table"], r["to"]["column"], r["kind"]) for r in relations
    }
    assert found == {("orders.csv", "customer_id", "customers.csv", "id", "many-to-one")}


def test_blanks_between_numbers_are_missing_however_often_they_repeat(tmp_path: Path) -> None:
    found = measured(tmp_path, [*(str(i / 4) for i in range(40)), " ", " ", " ", "  "])
    assert (found["kind"], found["missing"]) == ("number", 4)
    assert found["missingCodes"] == [{"value": " ", "count": 3}, {"value": "  ", "count": 1}]
