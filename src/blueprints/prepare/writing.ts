// prepare(raw, public, private): clean, split, number and write; ends with its own assertions.

import { metricDefinition } from '../../task/metrics.ts';
import type { Formulation } from '../formulation.ts';
import { pyString } from '../shared/python-literal.ts';
import type { Fragment } from './program.ts';

const save = `def save(table: pd.DataFrame, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(path, index=False, lineterminator="\\n")`;

/** Lines of `sample_submission(train, test)`: valid, random, and blind to the answers. */
function sampleLines(formulation: Formulation): string[] {
  const { prediction } = metricDefinition(formulation.metric.name);
  const start = ['generator = np.random.default_rng([SEED, 3])', 'sample = test[["id"]].copy()'];
  switch (prediction) {
    case 'probability':
      return [...start, 'sample[TARGETS[0]] = generator.random(len(test)).round(6)'];
    case 'class-probabilities':
      return [
        ...start,
        'shares = generator.dirichlet(np.ones(len(CLASSES)), len(test)).round(6)',
        'sample[[f"prob_{name}" for name in CLASSES]] = shares',
      ];
    case 'label':
      return [...start, 'sample[TARGETS[0]] = generator.choice(np.array(CLASSES, dtype=object), len(test))'];
    case 'ranked-list':
      return [
        ...start,
        'sample[TARGETS[0]] = [" ".join(generator.permutation(CLASSES)[:10]) for _ in range(len(test))]',
      ];
    case 'number':
      return formulation.target.classes === null
        ? [
            ...start,
            'for column in TARGETS:',
            '    sample[column] = generator.permutation(np.resize(generator.permutation(train[column]), len(test)))',
          ]
        : [...start, 'sample[TARGETS[0]] = generator.choice(np.array(CLASSES, dtype=object), len(test))'];
  }
}

export function writing(formulation: Formulation): Fragment {
  const { features, split, source } = formulation;
  const media = source.kind === 'media' && source.media !== 'text';
  const history = features.kept.filter((feature) => feature.historyOnly).map((feature) => feature.name);
  const constants: [string, string | number | readonly string[]][] = [
    ['SEED', split.seed],
    ['TEST_FRACTION', split.testFraction],
    ['FEATURES', features.kept.map((feature) => feature.name)],
  ];
  if (history.length > 0) constants.push(['HISTORY_ONLY', history]);
  const known = history.length > 0 ? '[name for name in FEATURES if name not in HISTORY_ONLY]' : 'FEATURES';
  const classes = formulation.target.classes !== null;
  const lines = [
    'rows = clean(load(raw))',
    'test = split(rows)',
    ...(classes
      ? [
          'seen = rows[TARGETS[0]].isin(set(rows.loc[~test, TARGETS[0]]))',
          'test = test[seen.to_numpy()]',
          'rows = keep(rows, seen, "the class does not occur in the training part")',
        ]
      : []),
    'rows["id"] = np.random.default_rng([SEED, 2]).permutation(len(rows))',
    ...(media ? ['rows["file"] = copy_media(rows, public)'] : []),
    'rows = rows.assign(__test=test).sort_values("id")',
    `known = ${known}`,
    'train = rows.loc[~rows["__test"], ["id", *FEATURES, *TARGETS]]',
    'test, answers = rows.loc[rows["__test"], ["id", *known]], rows.loc[rows["__test"], ["id", *TARGETS]]',
    'sample = sample_submission(train, test)',
    '',
    'assert len(train) and len(test), "both parts hold rows"',
    'assert not set(train["id"]) & set(test["id"]) and rows["id"].is_unique, "ids are unique and disjoint"',
    'assert list(sample["id"]) == list(test["id"]) == list(answers["id"]), "the sample answers every test row"',
    'assert not set(TARGETS) & set(test.columns), "the test part does not hold the target"',
    ...(classes
      ? ['assert set(answers[TARGETS[0]]) <= set(train[TARGETS[0]]), "every test class occurs in the training part"']
      : []),
    '',
    'save(train, public / "train.csv")',
    'save(test, public / "test.csv")',
    'save(sample, public / "sample_submission.csv")',
    'save(answers, private / "test_answer.csv")',
  ];
  const body = lines.map((line) => (line === '' ? '' : `    ${line}`)).join('\n');
  const sample = sampleLines(formulation)
    .map((line) => `    ${line}`)
    .join('\n');
  const sampleFunction = `def sample_submission(train: pd.DataFrame, test: pd.DataFrame) -> pd.DataFrame:\n    """A valid submission that knows nothing."""\n${sample}\n    return sample`;
  return {
    constants,
    functions: [
      save,
      sampleFunction,
      `def prepare(raw: Path, public: Path, private: Path) -> None:\n    """Writes the public and the private part of the task."""\n${body}`,
    ],
  };
}

/** First line of the program. */
export function docOf(formulation: Formulation): string {
  return `Prepares the task ${pyString(formulation.id).slice(1, -1)}: raw data to public and private parts.`;
}
