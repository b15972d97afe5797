// sample_submission(...): a valid submission, random by a fixed seed and blind to the answers.
import type { Formulation } from '../formulation.ts';
import { predictionShape } from '../metric-code/prediction-shape.ts';
import { pyFunction } from './program.ts';

interface Sample {
  /** What the predictions are, to end a sentence. */
  readonly what: string;
  readonly lines: readonly string[];
  /** Whether the predictions are drawn from the training rows. */
  readonly usesTrain: boolean;
}

/** The function and the call that fits it. */
export function sampleSubmission(formulation: Formulation): { call: string; code: string } {
  const { what, lines, usesTrain } = sampleOf(formulation);
  const tables = usesTrain ? ['train', 'test'] : ['test'];
  const parameters = [...tables.map((name) => `${name}: pd.DataFrame`), 'rng: np.random.Generator'];
  const signature = `sample_submission(${parameters.join(', ')}) -> pd.DataFrame`;
  return {
    call: `sample_submission(${[...tables, 'rng'].join(', ')})`,
    code: pyFunction(signature, `A valid submission that knows nothing: ${what}.`, lines),
  };
}

const anyClass: Sample = {
  what: 'every class with the same chance',
  lines: ['return pd.DataFrame({"id": test["id"], TARGET: rng.choice(CLASSES, len(test))})'],
  usesTrain: false,
};

/** Under macro F1 an even guess beats every constant answer, and a sample must not beat a constant. */
const mostlyOneClass: Sample = {
  what: 'mostly the commonest class, since an even guess beats any constant',
  lines: [
    'commonest = train[TARGET].value_counts().sort_index().idxmax()',
    'guess = np.where(rng.random(len(test)) < 0.95, commonest, rng.choice(CLASSES, len(test)))',
    'return pd.DataFrame({"id": test["id"], TARGET: guess})',
  ],
  usesTrain: true,
};

function sampleOf(formulation: Formulation): Sample {
  const { kind, targets, classes } = predictionShape(formulation);
  switch (kind) {
    case 'label':
      return formulation.metric.name === 'macro-f1' ? mostlyOneClass : anyClass;
    case 'probability':
      return {
        what: 'any probability',
        lines: ['return pd.DataFrame({"id": test["id"], TARGET: rng.random(len(test)).round(6)})'],
        usesTrain: false,
      };
    case 'class-probabilities':
      return {
        what: 'any probabilities that add up to 1',
        lines: [
          'shares = rng.dirichlet(np.ones(len(CLASSES)), len(test)).round(6)',
          'sample = pd.DataFrame(shares, columns=[f"prob_{name}" for name in CLASSES], index=test.index)',
          'sample.insert(0, "id", test["id"])',
          'return sample',
        ],
        usesTrain: false,
      };
    case 'ranked-list':
      return {
        what: 'ten items in any order',
        lines: [
          `items = ${classes.length > 0 ? 'np.array(CLASSES)' : 'np.unique(" ".join(train[TARGET]).split())'}`,
          'lists = [" ".join(rng.permutation(items)[:10]) for _ in range(len(test))]',
          'return pd.DataFrame({"id": test["id"], TARGET: lists})',
        ],
        usesTrain: classes.length === 0,
      };
    case 'number':
      // Levels that are numbers, as in ratings from 1 to 5.
      if (formulation.target.classes !== null) return anyClass;
      return {
        what: 'numbers drawn from the training rows',
        lines: [
          targets.length > 1
            ? 'return pd.DataFrame({"id": test["id"]} | {name: rng.choice(train[name], len(test)) for name in TARGETS})'
            : 'return pd.DataFrame({"id": test["id"], TARGET: rng.choice(train[TARGET], len(test))})',
        ],
        usesTrain: true,
      };
  }
}
