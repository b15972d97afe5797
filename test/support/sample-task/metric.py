"""Share of stones whose kind is right."""

import pandas as pd


class InvalidSubmissionError(Exception):
    """The submission cannot be scored."""


def validate_submission(submission: pd.DataFrame, answers: pd.DataFrame) -> None:
    if sorted(submission.columns) != ["id", "kind"]:
        raise InvalidSubmissionError("The columns must be id and kind.")
    if sorted(submission["id"].astype(str)) != sorted(answers["id"].astype(str)):
        raise InvalidSubmissionError("Every id of test.csv must appear exactly once.")
    if not submission["kind"].isin(["heavy", "light"]).all():
        raise InvalidSubmissionError("kind must be heavy or light in every row.")


def evaluate(submission: pd.DataFrame, answers: pd.DataFrame) -> float:
    validate_submission(submission, answers)
    predicted = submission.set_index(submission["id"].astype(str))["kind"].reindex(answers["id"].astype(str))
    return float((predicted.to_numpy() == answers["kind"].to_numpy()).mean())
