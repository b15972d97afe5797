"""What every generated metric promises: alignment by id, clear refusals, no surprises."""

import io
import time

import numpy as np
import pandas as pd
import pytest
from metric_files import (
    ALL_METRICS,
    BEST,
    LABEL_METRICS,
    LEVEL_METRICS,
    NUMBER_METRICS,
    PROBABILITY_METRICS,
    RANKED_METRICS,
    TARGET,
    answers,
    load,
    noisy,
    perfect,
)

NUMERIC = [*NUMBER_METRICS, *PROBABILITY_METRICS, "log_loss", "rmse_of_two"]


def refusal(name: str, submission: object, truth: pd.DataFrame) -> str:
    """The message that both functions refuse the submission with."""
    module = load(name)
    with pytest.raises(module.InvalidSubmissionError) as first:
        module.validate_submission(submission, truth)
    with pytest.raises(module.InvalidSubmissionError) as second:
        module.evaluate(submission, truth)
    assert str(first.value) == str(second.value)
    return str(first.value)


def last_column(table: pd.DataFrame) -> str:
    return str(table.columns[-1])


@pytest.mark.parametrize("name", ALL_METRICS)
def test_the_answers_score_the_declared_best(name: str) -> None:
    truth = answers(name)
    assert load(name).evaluate(perfect(name, truth), truth) == pytest.approx(BEST.get(name, 0 if "rmse" in name else 1))


@pytest.mark.parametrize("name", ALL_METRICS)
def test_a_half_wrong_submission_scores_worse_but_finite(name: str) -> None:
    truth = answers(name)
    best = load(name).evaluate(perfect(name, truth), truth)
    score = load(name).evaluate(noisy(name, truth), truth)
    assert type(score) is float and np.isfinite(score) and score != best


@pytest.mark.parametrize("name", ALL_METRICS)
def test_order_of_rows_and_columns_and_the_index_do_not_matter(name: str) -> None:
    truth = answers(name)
    given = noisy(name, truth)
    shuffled = given.sample(frac=1, random_state=3)[given.columns[::-1]]
    shuffled.index = range(1000, 1000 + len(given))
    assert load(name).evaluate(shuffled, truth) == load(name).evaluate(given, truth)


@pytest.mark.parametrize("name", ALL_METRICS)
def test_inputs_are_not_changed(name: str) -> None:
    truth = answers(name)
    given = noisy(name, truth)
    before = given.copy(deep=True), truth.copy(deep=True)
    load(name).evaluate(given, truth)
    pd.testing.assert_frame_equal(given, before[0])
    pd.testing.assert_frame_equal(truth, before[1])


@pytest.mark.parametrize("name", ALL_METRICS)
@pytest.mark.parametrize("given_as_text", [True, False])
@pytest.mark.parametrize("truth_as_text", [True, False])
def test_a_round_trip_through_csv_keeps_the_score(name: str, given_as_text: bool, truth_as_text: bool) -> None:
    def reread(table: pd.DataFrame, as_text: bool) -> pd.DataFrame:
        text = io.StringIO(table.to_csv(index=False))
        return pd.read_csv(text, dtype=str, keep_default_na=False) if as_text else pd.read_csv(text)

    truth = answers(name)
    given = noisy(name, truth)
    expected = load(name).evaluate(given, truth)
    got = load(name).evaluate(reread(given, given_as_text), reread(truth, truth_as_text))
    assert got == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("name", ALL_METRICS)
@pytest.mark.parametrize("as_type", [str, float, object, "Int64", "string"])
def test_ids_are_compared_as_text_whatever_their_type(name: str, as_type: object) -> None:
    truth = answers(name)
    given = noisy(name, truth)
    expected = load(name).evaluate(given, truth)
    assert load(name).evaluate(given.astype({"id": as_type}), truth) == expected
    assert load(name).evaluate(given, truth.astype({"id": as_type})) == expected


@pytest.mark.parametrize("name", ALL_METRICS)
def test_missing_unknown_and_repeated_ids_are_refused_with_examples(name: str) -> None:
    truth = answers(name)
    given = noisy(name, truth)
    first = str(truth["id"][0])
    assert first in refusal(name, given[1:], truth)
    assert "1 repeated" in refusal(name, pd.concat([given, given[:1]]), truth)
    assert "'nobody'" in refusal(name, given.astype({"id": str}).replace({"id": {first: "nobody"}}), truth)
    assert "40 missing" in refusal(name, given[:0], truth)
    assert "1 unknown ('nan')" in refusal(name, given.assign(id=given["id"].where(given["id"] != int(first))), truth)


@pytest.mark.parametrize("name", ALL_METRICS)
def test_missing_surplus_and_repeated_columns_are_refused_by_name(name: str) -> None:
    truth = answers(name)
    given = noisy(name, truth)
    column = last_column(given)
    assert column in refusal(name, given.drop(columns=column), truth)
    assert "'extra'" in refusal(name, given.assign(extra=1), truth)
    assert column in refusal(name, pd.concat([given, given[[column]]], axis=1), truth)
    assert "'id'" in refusal(name, given.drop(columns="id"), truth)
    refusal(name, pd.DataFrame(), truth)


@pytest.mark.parametrize("name", ALL_METRICS)
@pytest.mark.parametrize("thing", [None, [], {}, "id,target", np.zeros((2, 2))])
def test_what_is_not_a_table_is_refused(name: str, thing: object) -> None:
    assert "table" in refusal(name, thing, answers(name))


@pytest.mark.parametrize("name", NUMERIC)
@pytest.mark.parametrize(
    "value", [np.nan, np.inf, -np.inf, 1e200, None, "", "many", "1,5", True, np.True_, [1.0], (1.0,), 1j, b"1", pd.NA]
)
def test_whatever_is_not_a_plain_number_is_refused_with_its_id(name: str, value: object) -> None:
    truth = answers(name)
    given = noisy(name, truth).astype(object)
    given.at[5, last_column(given)] = value
    message = refusal(name, given, truth)
    assert last_column(given) in message and f"'{truth['id'][5]}'" in message and "1 rows" in message


@pytest.mark.parametrize("name", NUMERIC)
@pytest.mark.parametrize("kind", ["datetime64[ns]", "bool", "complex"])
def test_columns_of_odd_types_are_refused(name: str, kind: str) -> None:
    truth = answers(name)
    given = noisy(name, truth)
    column = last_column(given)
    refusal(name, given.assign(**{column: np.ones(len(given), int).astype(kind)}), truth)


@pytest.mark.parametrize("name", [*PROBABILITY_METRICS, "log_loss"])
@pytest.mark.parametrize("value", [-0.01, 1.01, 50])
def test_probabilities_outside_0_and_1_are_refused(name: str, value: float) -> None:
    truth = answers(name)
    given = noisy(name, truth)
    given.loc[3, last_column(given)] = value
    assert "from 0 to 1" in refusal(name, given, truth)


def test_probabilities_that_do_not_sum_to_1_are_refused_and_rounded_ones_are_not() -> None:
    truth = answers("log_loss")
    given = perfect("log_loss", truth)
    given.loc[4, given.columns[1:]] = [0.5, 0.2, 0.2]
    assert "sum to 1" in refusal("log_loss", given, truth)
    given.loc[4, given.columns[1:]] = [0.333, 0.333, 0.333]
    assert load("log_loss").evaluate(given, truth) == pytest.approx(np.log(3) / len(truth))


@pytest.mark.parametrize("name", [*LABEL_METRICS, *LEVEL_METRICS, "labels_like_numbers", "labels_like_booleans"])
@pytest.mark.parametrize("value", ["unicorn", "", None, np.nan, 17, True, ["ash"]])
def test_unknown_labels_are_refused_without_telling_an_answer(name: str, value: object) -> None:
    if name == "labels_like_booleans" and value is True:
        return  # a class of that metric
    truth = answers(name)
    given = noisy(name, truth).astype(object)
    given.at[7, TARGET] = value
    message = refusal(name, given, truth)
    assert f"'{truth['id'][7]}'" in message and repr(load(name).CLASSES[0]) in message


@pytest.mark.parametrize("name", ["labels_like_missing"])
def test_an_empty_cell_is_refused_where_the_class_na_stands_as_text(name: str) -> None:
    truth = answers(name)
    given = perfect(name, truth)
    given.loc[9, TARGET] = np.nan
    refusal(name, given, truth)


@pytest.mark.parametrize("name", RANKED_METRICS)
@pytest.mark.parametrize("value", ["", np.nan, "a a", None])
def test_empty_and_repeating_lists_are_refused(name: str, value: object) -> None:
    truth = answers(name)
    given = noisy(name, truth)
    given.loc[2, TARGET] = value
    refusal(name, given, truth)


def test_lists_of_unknown_items_are_refused_where_the_items_are_known() -> None:
    truth = answers("ndcg_at_k")
    refusal("ndcg_at_k", truth.assign(**{TARGET: "z"}), truth)


def test_negative_numbers_are_refused_where_a_logarithm_is_taken() -> None:
    truth = answers("rmsle")
    assert "not negative" in refusal("rmsle", truth.assign(**{TARGET: -0.5}), truth)


@pytest.mark.parametrize("name", [*LABEL_METRICS, *LEVEL_METRICS, *PROBABILITY_METRICS, "log_loss"])
def test_answers_of_a_single_class_give_a_finite_score(name: str) -> None:
    truth = answers(name)
    given = noisy(name, truth)
    for label in load(name).CLASSES:
        score = load(name).evaluate(given, truth.assign(**{TARGET: label}))
        assert np.isfinite(score)


@pytest.mark.parametrize("name", NUMBER_METRICS)
def test_constant_answers_and_constant_predictions_give_a_finite_score(name: str) -> None:
    truth = answers(name)
    constant = truth.assign(**{TARGET: 0.1 + 0.2})
    for given, actual in ((truth, constant), (constant, truth), (constant, constant), (constant[:1], constant[:1])):
        assert np.isfinite(load(name).evaluate(given, actual))


def test_faults_of_the_answers_are_not_blamed_on_the_submission() -> None:
    truth = answers("rmse")
    with pytest.raises(ValueError, match="answers"):
        load("rmse").evaluate(truth, truth.assign(**{TARGET: np.nan}))


def test_messages_stay_short_whatever_is_handed_in() -> None:
    truth = answers("accuracy")
    given = truth.assign(id=[f"=cmd|'/c calc'!A{i}" + "x" * 10_000 for i in range(len(truth))])
    assert len(refusal("accuracy", given, truth)) < 1000
    wide = pd.DataFrame(1, index=truth.index, columns=[f"column {i}" * 100 for i in range(500)])
    assert len(refusal("accuracy", wide, truth)) < 1000


@pytest.mark.parametrize("name", ["macro_f1", "rmse", "roc_auc", "log_loss"])
def test_ten_thousand_rows_take_a_fraction_of_a_second(name: str) -> None:
    truth = answers(name, 10_000)
    given = noisy(name, truth)
    started = time.process_time()
    load(name).evaluate(given, truth)
    assert time.process_time() - started < 0.5  # about 0.03 on an idle machine
