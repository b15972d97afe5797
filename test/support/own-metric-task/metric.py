"""Mean capped cost: what a wrong plan costs the bakery in a day, in euros."""

import numpy as np
import pandas as pd

LEFT_OVER = {"bread": 0.6, "cake": 1.5}
TURNED_AWAY = {"bread": 1.4, "cake": 3.0}
MOST = 60.0
PRODUCTS = list(LEFT_OVER)


class InvalidSubmissionError(Exception):
    """The submission cannot be scored."""


def validate_submission(submission: pd.DataFrame, answers: pd.DataFrame) -> None:
    if sorted(submission.columns) != sorted(["id", *PRODUCTS]):
        raise InvalidSubmissionError("The columns must be id, bread and cake.")
    if sorted(submission["id"].astype(str)) != sorted(answers["id"].astype(str)):
        raise InvalidSubmissionError("Every id of test.csv must appear exactly once.")
    for name in PRODUCTS:
        values = pd.to_numeric(submission[name], errors="coerce").to_numpy(float)
        if not (np.isfinite(values) & (values >= 0) & (values <= 1000)).all():
            raise InvalidSubmissionError(f"{name} must be a number from 0 to 1000 in every row.")


def evaluate(submission: pd.DataFrame, answers: pd.DataFrame) -> float:
    validate_submission(submission, answers)
    plan = submission.set_index(submission["id"].astype(str)).reindex(answers["id"].astype(str))
    cost = np.zeros(len(answers))
    for name in PRODUCTS:
        surplus = plan[name].astype(float).to_numpy() - answers[name].astype(float).to_numpy()
        cost += np.where(surplus > 0, LEFT_OVER[name] * surplus, -TURNED_AWAY[name] * surplus)
    return float(np.minimum(cost, MOST).mean())
