"""Macro F1.

Mean over the classes of the harmonic mean of precision and recall.
Higher is better: the best score is 1, the worst is 0.
"""

import numpy as np
import pandas as pd

ID = "id"
TARGET = "target"
CLASSES = ["0", "1", "2"]
COLUMNS = [ID, TARGET]


class InvalidSubmissionError(Exception):
    """The submission cannot be scored; the message says what to change."""


def validate_submission(submission: pd.DataFrame, answers: pd.DataFrame) -> None:
    """Raise InvalidSubmissionError unless every test id has exactly one valid prediction."""
    _predictions(submission, answers)


def evaluate(submission: pd.DataFrame, answers: pd.DataFrame) -> float:
    """Mean F1 of the classes that occur in the answers or in the predictions."""
    predicted, actual = _predictions(submission, answers), _answers(answers)
    hits = np.bincount(actual[predicted == actual], minlength=len(CLASSES))
    total = np.bincount(actual, minlength=len(CLASSES)) + np.bincount(predicted, minlength=len(CLASSES))
    return float(np.mean(2 * hits[total > 0] / total[total > 0]))


def _predictions(submission: pd.DataFrame, answers: pd.DataFrame) -> np.ndarray:
    """Predicted classes as positions in CLASSES, in the order of the answers."""
    table = _aligned(submission, answers)
    predicted = _codes(table[TARGET])
    _refuse(predicted < 0, table, f"Column {TARGET!r} must hold one of the classes {_some(CLASSES, 20)}")
    return predicted


def _answers(answers: pd.DataFrame) -> np.ndarray:
    """True classes as positions in CLASSES; a ValueError here is a fault of the task, not of the submission."""
    actual = _codes(answers[TARGET])
    if len(actual) == 0 or (actual < 0).any():
        raise ValueError("the answers must hold at least one row, and only known classes")
    return actual


def _codes(labels: pd.Series) -> np.ndarray:
    """Position of each label in CLASSES; -1 for an unknown label."""
    known = {_spelling(name): code for code, name in enumerate(CLASSES)}
    return np.array([known.get(_spelling(label), -1) for label in labels.tolist()], dtype=int)


def _spelling(label: object) -> str:
    """One spelling for what read_csv may make of a label: "1", 1 and 1.0 are the same class."""
    try:
        return str(float(str(label)))
    except ValueError:
        return str(label)


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
