"""The trials of metric.py measure what a grader does, whatever it does."""

from pathlib import Path

import pytest
from forge_runtime.probes.metric_contract import run
from metric_contract_tasks import ACCURACY, RMSE, ends, heights, trees, tried

CHECKED = "    validate_submission(submission, answers)\n"


def changed(source: str, before: str, after: str) -> str:
    assert before in source
    return source.replace(before, after)


def call(result: dict, name: str) -> dict:
    return next(c for c in result["calls"] if c["name"] == name)


@pytest.mark.parametrize(("task", "metric"), [(trees, ACCURACY), (heights, RMSE)])
def test_a_good_grader_passes_every_trial(tmp_path: Path, task, metric: str) -> None:
    result = tried(task(tmp_path, metric))
    for group in ("ids", "columns", "surplus", "missing", "values"):
        assert set(ends(result, group).values()) <= {"refused"}, group
    for group in ("perfect", "repeat", "rows", "column order", "round trip", "constant", "degenerate"):
        assert set(ends(result, group).values()) == {"scored"}, group
    scores = {c["score"] for c in result["calls"] if c["group"] in {"repeat", "rows", "column order"}}
    assert max(scores) - min(scores) < 1e-12
    assert result["reference"]["agrees"]
    assert not any(c["depends"] or c["mutated"] for c in result["calls"])
    assert (result["events"], result["replaced"], result["printed"]) == ([], [], 0)


def test_trials_are_the_same_from_run_to_run(tmp_path: Path) -> None:
    folder = trees(tmp_path, ACCURACY)
    first, second = tried(folder), tried(folder)
    assert first.pop("slow") and second.pop("slow")
    assert first == second


@pytest.mark.parametrize("grader", [ACCURACY, ACCURACY.replace("    validate_submission(submission, answers)\n", "")])
def test_two_jobs_that_share_the_trials_say_together_what_one_says(tmp_path: Path, grader: str) -> None:
    package = {"package": trees(tmp_path, grader)}
    forms, figures = (run({"part": part}, package) for part in ("forms", "figures"))
    whole = run({}, package)
    own = {key: figures[key] for key in ("noise", "reference", "convention", "unscored")}
    calls = [*forms["calls"], *figures["calls"]]
    assert {**forms, **own, "calls": calls, "slow": None} == {**whole, "slow": None}
    assert forms["slow"] is None
    assert figures["slow"]["rows"] == whole["slow"]["rows"]
    assert {call["group"] for call in figures["calls"]} == {"degenerate"}


def test_noise_worsens_the_score_step_by_step(tmp_path: Path) -> None:
    means = [step["mean"] for step in tried(trees(tmp_path, ACCURACY, rows=400))["noise"]]
    assert means == sorted(means, reverse=True)
    assert means[0] == 1.0


def test_scoring_by_row_position_shows_in_shuffled_rows(tmp_path: Path) -> None:
    by_position = changed(RMSE, 'given.loc[answers["id"].astype(str)]', "given")
    result = tried(heights(tmp_path, by_position))
    assert call(result, "rows reversed")["score"] != call(result, "as it is")["score"]
    assert call(result, "columns reversed")["score"] == call(result, "as it is")["score"]


def test_a_mean_over_batches_of_rows_shows_in_shuffled_answers(tmp_path: Path) -> None:
    error = 'np.mean((predicted - answers["height"].to_numpy()) ** 2)'
    in_batches = changed(
        changed(RMSE, error, error.replace("np.mean", "np.array")),
        "float(np.sqrt(",
        "float(np.mean([np.sqrt(np.mean(batch)) for batch in batches(",
    )
    in_batches = changed(in_batches, "** 2)))", "** 2))]))")
    in_batches += (
        "\n\ndef batches(errors):\n    return [errors[at : at + 1000] for at in range(0, len(errors), 1000)]\n"
    )
    result = tried(heights(tmp_path, in_batches, rows=3_000), part="forms")
    assert call(result, "as it is")["score"] != pytest.approx(call(result, "answers shuffled")["score"], rel=1e-6)


def test_a_missing_prediction_that_is_scored_shows_with_its_submission(tmp_path: Path) -> None:
    result = tried(heights(tmp_path, changed(RMSE, "not np.isfinite(values).all()", "False")))
    trial = call(result, "missing prediction")
    assert (trial["outcome"], trial["written"]) == ("scored", "nan")
    assert trial["submission"].splitlines()[1].endswith(",")


def test_range_of_the_manifest_is_tried(tmp_path: Path) -> None:
    result = tried(heights(tmp_path, RMSE, minimum=0.0, maximum=60.0))
    assert ends(result, "values") == {"word": "refused", "too small": "scored", "too large": "scored"}


def test_a_crash_is_told_from_a_refusal_and_carries_its_line(tmp_path: Path) -> None:
    source = changed(ACCURACY, "sorted(given) != sorted(answers", "False and sorted(given) != sorted(answers")
    trial = call(tried(trees(tmp_path, source)), "repeated id")
    assert (trial["outcome"], trial["error"]) == ("raised", "KeyError")
    assert "given[key]" in source.splitlines()[trial["line"] - 1]


def test_a_broken_metric_is_no_refusal(tmp_path: Path) -> None:
    result = tried(trees(tmp_path, changed(ACCURACY, "float(np.mean(right))", "flaot(np.mean(right))")))
    perfect = call(result, "perfect")
    assert (perfect["outcome"], perfect["error"]) == ("raised", "NameError")


@pytest.mark.parametrize(
    "message",
    ['"The first answer is " + answers["tree"].iloc[0]', 'f"Expected {answers.tree.tolist()}, found something else."'],
)
def test_a_message_that_tells_answers_depends_on_them(tmp_path: Path, message: str) -> None:
    source = changed(ACCURACY, '"The column tree must hold ash, birch or cedar."', message)
    told = [c["name"] for c in tried(trees(tmp_path, source))["calls"] if c["depends"]]
    assert "unknown class" in told


def test_classes_listed_in_the_order_of_the_answers_are_no_news(tmp_path: Path) -> None:
    listed = 'f"Use one of {list(answers.tree.unique())} please."'
    source = changed(ACCURACY, '"The column tree must hold ash, birch or cedar."', listed)
    assert not any(c["depends"] for c in tried(trees(tmp_path, source))["calls"])


def test_randomness_shows_in_repeated_calls(tmp_path: Path) -> None:
    source = changed(ACCURACY, "float(np.mean(right))", "float(np.mean(right)) - np.random.rand() / 1e6")
    scores = {c["score"] for c in tried(trees(tmp_path, source))["calls"] if c["group"] == "repeat"}
    assert len(scores) == 3


@pytest.mark.parametrize(
    "change", ["submission['height'] = 1.0", "answers.sort_values('id', inplace=True)", "submission.index += 1"]
)
def test_changed_inputs_show(tmp_path: Path, change: str) -> None:
    source = changed(RMSE, CHECKED + "    given", f"{CHECKED}    {change}\n    given")
    table = "answers" if change.startswith("answers") else "submission"
    assert call(tried(heights(tmp_path, source)), "perfect")["mutated"] == [table]


@pytest.mark.parametrize(
    ("value", "kind", "score"),
    [
        ("np.mean(right)", "float64", 1.0),
        ("complex(1.0)", "complex", None),
        ("type('Lie', (float,), {'__float__': lambda self: 1.0})(0.3)", "Lie", None),
        ("float('nan')", "float", None),
        ("None", "NoneType", None),
    ],
)
def test_the_type_of_the_score_is_told_as_it_is(tmp_path: Path, value: str, kind: str, score: float | None) -> None:
    perfect = call(tried(trees(tmp_path, changed(ACCURACY, "float(np.mean(right))", value))), "perfect")
    assert (perfect["kind"], perfect["score"]) == (kind, score)


def test_ids_that_lose_their_zeros_show_in_the_round_trip(tmp_path: Path) -> None:
    folder = trees(tmp_path, ACCURACY)
    answers = folder / "data/private/test_answer.csv"
    lines = answers.read_text().splitlines()
    answers.write_text("\n".join([lines[0], *("0" + line for line in lines[1:])]) + "\n")
    assert "refused" in ends(tried(folder), "round trip").values()


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("open('/tmp/leak-of-a-grader.txt', 'w').close()", "open"),
        ("import os; os.fork()", "os.fork"),
        ("import os; os.system('true')", "os.system"),
        ("import subprocess; subprocess.run(['true'])", "subprocess.Popen"),
        ("import socket; socket.getaddrinfo('localhost', 80)", "socket.getaddrinfo"),
        ("import pathlib; pathlib.Path(__file__).with_name('task.json').read_text()", "open"),
    ],
)
def test_reaching_out_is_told_with_its_line(tmp_path: Path, line: str, event: str) -> None:
    source = changed(ACCURACY, CHECKED, f"    {line}\n{CHECKED}")
    told = [e for e in tried(trees(tmp_path, source))["events"] if e["event"] == event]
    assert line in source.splitlines()[told[0]["line"] - 1]


@pytest.mark.parametrize("patch", ["pd.DataFrame.equals = lambda a, b: True", "np.mean = lambda x: 1.0"])
def test_replaced_library_functions_are_told(tmp_path: Path, patch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np
    import pandas as pd

    monkeypatch.setattr(np, "mean", np.mean)  # so that both are put back afterwards
    monkeypatch.setattr(pd.DataFrame, "equals", pd.DataFrame.equals)
    result = tried(trees(tmp_path, changed(ACCURACY, CHECKED, f"    {patch}\n{CHECKED}")))
    assert result["replaced"] == [patch.split(" =", maxsplit=1)[0].replace("pd.", "").replace("np.", "numpy.")]


def test_an_endless_grader_is_stopped_at_its_line(tmp_path: Path) -> None:
    endless = changed(ACCURACY, CHECKED, "    while True:\n        pass\n")
    result = tried(trees(tmp_path, endless), seconds=0.3)
    assert [c["outcome"] for c in result["calls"]] == ["timeout"]
    assert "while True" in "".join(endless.splitlines()[result["calls"][0]["line"] - 2 :][:2])


def test_a_grader_that_only_waits_is_stopped_by_the_clock(tmp_path: Path) -> None:
    waiting = changed(ACCURACY, CHECKED, "    __import__('time').sleep(60)\n")
    result = tried(trees(tmp_path, waiting), seconds=0.1)
    assert [c["outcome"] for c in result["calls"]] == ["timeout"]


def test_a_grader_that_had_to_wait_for_the_processor_is_not_blamed(tmp_path: Path) -> None:
    # What a busy machine looks like from inside: the clock goes on, the processor time does not.
    delayed = changed(ACCURACY, CHECKED, f"    __import__('time').sleep(0.06)\n{CHECKED}")
    result = tried(trees(tmp_path, delayed), seconds=0.05)
    assert call(result, "perfect")["outcome"] == "scored"
    assert result["slow"]["seconds"] < 0.05


def test_a_grader_that_swallows_exceptions_is_stopped_too(tmp_path: Path) -> None:
    stubborn = "    while True:\n        try:\n            pass\n        except Exception:\n            pass\n"
    result = tried(trees(tmp_path, changed(ACCURACY, CHECKED, stubborn)), seconds=0.3)
    assert result["calls"][0]["outcome"] == "timeout"


def test_exits_and_prints_are_counted(tmp_path: Path) -> None:
    leaving = changed(ACCURACY, 'raise InvalidSubmissionError("Every', 'raise SystemExit("Every')
    chatty = changed(leaving, CHECKED, f'    print("x" * 1000)\n{CHECKED}')
    result = tried(trees(tmp_path, chatty))
    assert call(result, "repeated id")["error"] == "SystemExit"
    assert result["printed"] > 10_000


@pytest.mark.parametrize("source", ["import nothing_of_this_name\n", "def evaluate(:\n", "1 / 0\n"])
def test_a_grader_that_cannot_be_loaded_is_a_result(tmp_path: Path, source: str) -> None:
    result = tried(trees(tmp_path, source))
    assert (result["loaded"]["outcome"], result["calls"]) == ("raised", [])


def test_no_answer_is_in_a_counterexample(tmp_path: Path) -> None:
    folder = heights(tmp_path, RMSE)
    answers = set((folder / "data/private/test_answer.csv").read_text().splitlines()[1:])
    shown = [c["submission"] for c in tried(folder)["calls"] if c["submission"] is not None]
    rows = [line for text in shown for line in text.splitlines()[1:]]
    assert len(rows) > 100
    assert sum(row in answers for row in rows) < 0.1 * len(rows)
