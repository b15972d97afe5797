// Metrics on ranked lists: items separated by spaces, best first, of which the first ten count.
import type { MetricName } from '../../task/metrics.ts';

export function rankedPredictions(closed: boolean): string {
  const unknown = closed
    ? `    unknown = np.array([not known.issuperset(items) for items in lists])
    _refuse(unknown, table, f"Column {TARGET!r} may name only {_some(CLASSES, 20)}")
`
    : '';
  const known = closed ? '    known = {_item(name) for name in CLASSES}\n' : '';
  return `def _predictions(submission: pd.DataFrame, answers: pd.DataFrame) -> list[list[str]]:
    """Ranked items of each row, in the order of the answers."""
    table = _aligned(submission, answers)
    lists = _lists(table[TARGET])
${known}    wrong = np.array([len(items) == 0 or len(set(items)) < len(items) for items in lists])
    _refuse(wrong, table, f"Column {TARGET!r} must list items separated by spaces, at least one and none twice")
${unknown}    return lists
`;
}

export const rankedHelpers = `def _answers(answers: pd.DataFrame) -> list[set[str]]:
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
`;

interface Body {
  readonly doc: string;
  readonly code: string;
}

export const rankedBodies: Partial<Record<MetricName, Body>> = {
  'map-at-k': {
    doc: 'Mean over the rows of the average precision of the first K items.',
    code: `    scores = []
    for items, wanted in zip(predicted, actual, strict=True):
        hits = np.array([item in wanted for item in items[:K]])
        precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
        scores.append(np.sum(precision * hits) / min(len(wanted), K))
    return float(np.mean(scores))
`,
  },
  'ndcg-at-k': {
    doc: 'Mean over the rows of the discounted gain of the first K items, divided by the best possible.',
    code: `    gains = 1 / np.log2(np.arange(2, K + 2))
    scores = []
    for items, wanted in zip(predicted, actual, strict=True):
        hits = np.array([item in wanted for item in items[:K]])
        scores.append(np.sum(gains[: len(hits)] * hits) / np.sum(gains[: min(len(wanted), K)]))
    return float(np.mean(scores))
`,
  },
};
