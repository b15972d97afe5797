// Baselines for ranked lists: what similar rows chose, and a linear model of every item mixed with it.

import { columnConstants, featureFunctions } from './features.ts';
import { linearInputs } from './model-inputs.ts';
import { renderScript } from './script.ts';
import { readBoth, readTable, write } from './table-files.ts';
import { type BaselineView, targetConstants } from './view.ts';

const itemTable = `def item_table(lists: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """The most frequent items (at most 1000), and for each row which of them it holds."""
    counts = lists.str.split().explode().dropna().value_counts()
    items = counts.sort_index().sort_values(ascending=False, kind="stable").index[:1000].to_numpy()
    position = {item: column for column, item in enumerate(items)}
    held = np.zeros((len(lists), len(items)))
    for row, text in enumerate(lists):
        held[row, [position[item] for item in text.split() if item in position]] = 1
    return items, held
`;

const neighbourVotes = `def neighbour_votes(rows: np.ndarray, new: np.ndarray, held: np.ndarray) -> np.ndarray:
    """Share of the 30 most similar rows of train that hold each item."""
    near = NearestNeighbors(n_neighbors=min(30, len(held)), metric="cosine").fit(rows)
    return np.stack([held[found].mean(axis=0) for found in near.kneighbors(new, return_distance=False)])
`;

const topItems = `def top_items(scores: np.ndarray, items: np.ndarray) -> list[str]:
    """The ten items of the highest scores, best first."""
    return [" ".join(items[np.argsort(-row, kind="stable")[:10]]) for row in scores]
`;

export function rankedSimple(view: BaselineView): string {
  return rankedScript(view, 'Simple baseline: the items that similar rows hold.', 'simple');
}

export function rankedStrong(view: BaselineView): string {
  return rankedScript(
    view,
    'Strong baseline: ridge regression of every item, mixed with what similar rows hold.',
    'strong',
  );
}

function rankedScript(view: BaselineView, doc: string, level: 'simple' | 'strong'): string {
  const linear =
    level === 'strong' ? '    scores += np.clip(Ridge(alpha=3.0).fit(rows, held).predict(new), 0, 1)\n' : '';
  return renderScript({
    doc,
    constants: [...targetConstants(view, false), ...columnConstants(view)],
    functions: [
      readTable,
      ...featureFunctions(view, 'simple'),
      linearInputs(view, 'f_classif'),
      itemTable,
      neighbourVotes,
      topItems,
    ],
    solve: `${readBoth}    items, held = item_table(train[TARGET])
    inputs = linear_inputs()
    rows, new = inputs.fit_transform(features(train)), inputs.transform(features(test))
    # Shares of all rows break the ties between items that no neighbour holds.
    scores = neighbour_votes(rows, new, held) + 0.01 * held.mean(axis=0)
${linear}    result = pd.DataFrame({ID: test[ID], TARGET: top_items(scores, items)})
${write}`,
  });
}
