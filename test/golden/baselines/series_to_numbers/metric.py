"""Root mean squared error.

Typical size of an error in the unit of the target; large errors weigh more.
Lower is better: the best score is 0, no limit on the other side.
"""

import numpy as np
import pandas as pd

ID = "id"
TARGET = "target"
COLUMNS = [ID, TARGET]
LIMIT = 1e100  # larger predictions could not be scored with a finite number


class InvalidSubmissionError(Exception):
    """The submission cannot be scored; the message says what to change."""


def validate_submission(submission: pd.DataFrame, answers: pd.DataFrame) -> None:
    """Raise InvalidSubmissionError unless every test id has exactly one valid prediction."""
    _predictions(submission, answers)


def evaluate(submission: pd.DataFrame, answers: pd.DataFrame) -> float:
    """Root of the mean squared error."""
    predicted, actual = _predictions(submission, answers), _answers(answers)
    return float(np.sqrt(np.mean((predicted - actual) ** 2)))


def _predictions(submission: pd.DataFrame, answers: pd.DataFrame) -> np.ndarray:
    """Predicted numbers in the order of the answers."""
    table = _aligned(submission, answers)
    numbers = _numbers(table[TARGET])
    _refuse(~(np.abs(numbers) < LIMIT), table, f"Column {TARGET!r} must hold finite numbers")
    return numbers


def _answers(answers: pd.DataFrame) -> np.ndarray:
    """True numbers; a ValueError here is a fault of the task, not of the submission."""
    actual = _numbers(answers[TARGET])
    if len(actual) == 0 or not np.isfinite(actual).all():
        raise ValueError("the answers must hold at least one row, and only numbers")
    return actual


def _numbers(values: pd.Series) -> np.ndarray:
    """Values as floats; NaN for anything but a plain number (words, booleans, dates, empty cells)."""
    if isinstance(values.dtype, np.dtype) and values.dtype.kind in "iuf":
        return values.to_numpy(float)
    return np.array([_number(value) for value in values.tolist()], dtype=float)


def _number(value: object) -> float:
    try:
        return float(str(value))  # by way of text, where True is not 1
    except ValueError:
        return np.nan


def _aligned(submission: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """Rows of the submission in the order of the answers, matched by id."""
    if not isinstance(submission, pd.DataFrame):
        raise InvalidSubmissionError("The submission must be a table (a pandas DataFrame).")
    found = [str(name) for name in submission.columns]
    if sorted(found) != sorted(COLUMNS):
        missing = [name for name in COLUMNS if name not in found]
        surplus = [name for i, name in enumerate(found) if name not in COLUMNS or name in found[:i]]
        raise InvalidSubmissionError(
            f"The submission needs exactly the columns {_some(COLUMNS, 20)}: "
            f"{len(missing)} missing ({_some(missing)}), {len(surplus)} too many ({_some(surplus)})."
        )
    table = submission.set_axis(found, axis=1)
    given, wanted = pd.Index(table[ID]), pd.Index(answers[ID])
    if given.is_unique and given.equals(wanted):
        return table
    given, wanted = _ids(given), _ids(wanted)
    missing, unknown = wanted[~wanted.isin(given)], given[~given.isin(wanted)]
    repeated = given[given.duplicated()]
    if len(missing) or len(unknown) or len(repeated):
        raise InvalidSubmissionError(
            f"Every id of test.csv must appear exactly once: {len(missing)} missing ({_some(missing)}), "
            f"{len(unknown)} unknown ({_some(unknown)}), {len(repeated)} repeated ({_some(repeated)})."
        )
    return table.iloc[given.get_indexer(wanted)]


def _ids(values: pd.Index) -> pd.Index:
    """Ids as text, so that 7, "7" and 7.0 are the same id."""
    return pd.Index([str(key).strip().removesuffix(".0") for key in values.tolist()], dtype=object)


def _some(items: list[str] | pd.Index, most: int = 3) -> str:
    """The first few items, shortened, for an error message."""
    return ", ".join(f"{item[:40]!r}" for item in items[:most]) + (", ..." if len(items) > most else "") or "none"


def _refuse(wrong: np.ndarray, table: pd.DataFrame, problem: str) -> None:
    """Refuse the submission, with example ids, when any row is wrong."""
    if wrong.any():
        ids = _ids(table[ID])[wrong]
        raise InvalidSubmissionError(f"{problem}: wrong in {len(ids)} rows, for example at id {_some(ids)}.")
