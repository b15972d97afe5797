"""Mean average precision at 10.

Rewards relevant items early in a list of at most ten.
Higher is better: the best score is 1, the worst is 0.
"""

import numpy as np
import pandas as pd

ID = "id"
TARGET = "target"
COLUMNS = [ID, TARGET]
K = 10


class InvalidSubmissionError(Exception):
    """The submission cannot be scored; the message says what to change."""


def validate_submission(submission: pd.DataFrame, answers: pd.DataFrame) -> None:
    """Raise InvalidSubmissionError unless every test id has exactly one valid prediction."""
    _predictions(submission, answers)


def evaluate(submission: pd.DataFrame, answers: pd.DataFrame) -> float:
    """Mean over the rows of the average precision of the first K items."""
    predicted, actual = _predictions(submission, answers), _answers(answers)
    scores = []
    for items, wanted in zip(predicted, actual, strict=True):
        hits = np.array([item in wanted for item in items[:K]])
        precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
        scores.append(np.sum(precision * hits) / min(len(wanted), K))
    return float(np.mean(scores))


def _predictions(submission: pd.DataFrame, answers: pd.DataFrame) -> list[list[str]]:
    """Ranked items of each row, in the order of the answers."""
    table = _aligned(submission, answers)
    lists = _lists(table[TARGET])
    wrong = np.array([len(items) == 0 or len(set(items)) < len(items) for items in lists])
    _refuse(wrong, table, f"Column {TARGET!r} must list items separated by spaces, at least one and none twice")
    return lists


def _answers(answers: pd.DataFrame) -> list[set[str]]:
    """Relevant items of each row; a ValueError here is a fault of the task, not of the submission."""
    relevant = [set(items) for items in _lists(answers[TARGET])]
    if not relevant or not all(relevant):
        raise ValueError("the answers must hold at least one row, and at least one item in each")
    return relevant


def _lists(values: pd.Series) -> list[list[str]]:
    """Items of each cell; a missing cell is an empty list."""
    texts = [str(value) for value in values.tolist()]
    return [[] if text in ("nan", "None", "<NA>") else [_item(item) for item in text.split()] for text in texts]


def _item(text: str) -> str:
    return text.removesuffix(".0")  # read_csv makes 7.0 of a lone item 7 when another cell is empty


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
