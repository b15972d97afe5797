"""LEK013 reads times as the dataset profile does: whichever way round day and month are written."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from forge_runtime.probes import leakage_splits
from forge_runtime.probes.leakage_times import moments
from leakage_tasks import frames_of, package, season

DAYS = pd.Series(pd.date_range("2019-01-01", periods=900, freq="D", tz="UTC"))
SPELLINGS = {
    "iso": DAYS.dt.strftime("%Y-%m-%d"),
    "iso with a clock": DAYS.dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
    "day first, slashes": DAYS.dt.strftime("%d/%m/%Y"),
    "day first, points": DAYS.dt.strftime("%d.%m.%Y"),
    "day first, short year": DAYS.dt.strftime("%d.%m.%y"),
    "day first, with a clock": DAYS.dt.strftime("%d-%m-%Y %H:%M"),
    "month first": DAYS.dt.strftime("%m/%d/%Y"),
    "month by name": DAYS.dt.strftime("%d %b %Y"),
    "compact": DAYS.dt.strftime("%Y%m%d"),
    "epoch seconds": (DAYS.astype("int64") // 10**9).astype(str),
    "epoch milliseconds": (DAYS.astype("int64") // 10**6).astype(str),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_gives_the_order_of_time(spelling: str) -> None:
    texts = SPELLINGS[spelling]
    first, second = moments(texts[:600], texts[600:])
    assert (len(first), len(second)) == (600, 300)
    assert (np.diff(np.concatenate([first, second])) > 0).all()


def test_years_alone_are_times_too() -> None:
    (years,) = moments(pd.Series(["1998", "2001", "1998", ""]))
    assert years[:3].tolist() == [1998, 2001, 1998]
    assert np.isnan(years[3])


def test_a_part_of_ambiguous_days_is_read_as_the_other_part() -> None:
    train, test = moments(pd.Series(["25/12/2020", "31/12/2020"]), pd.Series(["02/01/2021", "03/01/2021"]))
    assert train.max() < test.min()


def test_what_is_missing_is_no_time_and_what_has_no_one_format_is_not_guessed() -> None:
    (some,) = moments(pd.Series(["25/12/2020", "", "unknown", "NA", "26/12/2020"]))
    assert np.isfinite(some).tolist() == [True, False, False, False, True]
    (mixed,) = moments(pd.Series(["25/12/2020", "2020-12-26", "Dec 27, 2020"]))
    assert np.isnan(mixed).all()


@pytest.mark.parametrize("form", ["%d/%m/%Y", "%d.%m.%Y", "%d/%m/%y %H:%M"])
def test_a_split_by_day_first_dates_is_judged_by_their_real_order(tmp_path: Path, form: str) -> None:
    table = season()
    table["day"] = pd.to_datetime(table["date"]).dt.strftime(form)
    late = np.arange(len(table)) > 600
    clean = leakage_splits.times(frames_of(package(tmp_path / "clean", table, "temp", test=late)), ["day"])
    assert clean is not None
    assert clean["early"] == 0
    torn = late.copy()
    torn[[100, 200, 300]] = True
    early = leakage_splits.times(frames_of(package(tmp_path / "torn", table, "temp", test=torn)), ["day"])
    assert early is not None
    assert early["early"] == 3
