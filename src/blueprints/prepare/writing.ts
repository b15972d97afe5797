// prepare(raw, public, private), the sample submission, and the checks that every build must pass.
import type { Formulation } from '../formulation.ts';
import { pyLiteral } from '../shared/python-literal.ts';
import { type Plan, planOf, rowsColumn } from './plan.ts';
import { type Fragment, pyFunction } from './program.ts';
import { sampleSubmission } from './sample.ts';
import { digestLines, type Splitting, twinRule } from './splitting.ts';

/** The first functions of the program: `prepare` and what it calls at its end. */
export function writing(formulation: Formulation, splitting: Splitting): Fragment {
  const plan = planOf(formulation);
  return {
    constants: plan.constants,
    functions: [prepare(formulation, plan, splitting), sampleSubmission(formulation).code, check(plan)],
  };
}

function prepare(formulation: Formulation, plan: Plan, splitting: Splitting): string {
  const { source, split } = formulation;
  const media = source.kind === 'media' && source.media !== 'text';
  const { trainItems, testItems, targetItems } = plan;
  const twins = twinRule(formulation);
  const lateClasses = plan.classes !== null && (splitting.mayLoseClasses || twins !== 'none');
  const lines = [
    'rng = np.random.default_rng(SEED)',
    ...(digestLines(formulation).length === 0
      ? ['rows = clean(read_rows(raw))']
      : ['rows = read_rows(raw)', ...digestLines(formulation), 'rows = clean(rows)']),
    `in_test = ${splitting.call}`,
    ...(twins === 'follow'
      ? [
          'twins = rows.groupby(FEATURES, sort=False).ngroup()',
          'in_test = pd.Series(in_test).groupby(twins).transform("first").to_numpy()  # equal features are on one side',
        ]
      : []),
    ...(twins === 'drop'
      ? [
          'twins = rows.groupby(FEATURES, sort=False).ngroup()',
          'repeated = ~in_test & twins.isin(twins[in_test])',
          'rows, in_test = drop(rows, repeated, "a test row agrees in all features"), in_test[~repeated]',
        ]
      : []),
    ...(lateClasses
      ? unseen('~rows[TARGET].isin(rows.loc[~in_test, TARGET])', 'the class does not occur in the training part')
      : []),
    ...(split.kind === 'time' && split.series.length > 0 ? seriesLines(split.series) : []),
    ...(split.kind === 'time' && formulation.objective === 'forecasting'
      ? [
          'times = read_times(rows[TIME])',
          'assert times[~in_test].max() < times[in_test].min(), "nothing of the future is known"',
        ]
      : []),
    '',
    'order = rng.permutation(len(rows))  # neither the id nor the order tells where a row comes from',
    'rows, in_test = rows.iloc[order].reset_index(drop=True), in_test[order]',
    'rows["id"] = range(len(rows))',
    ...(media
      ? [
          'rows["file"] = [f"media/{i}{Path(path).suffix.lower()}" for i, path in zip(rows["id"], rows["path"], strict=True)]',
        ]
      : []),
    `train = rows.loc[~in_test, ["id", ${trainItems}, ${targetItems}]]`,
    `test = rows.loc[in_test, ["id", ${testItems}]]`,
    `answers = rows.loc[in_test, ["id", ${targetItems}]]`,
    `sample = ${sampleSubmission(formulation).call}`,
    'check(train, test, answers, sample)',
    '',
    'public.mkdir(parents=True, exist_ok=True)',
    'private.mkdir(parents=True, exist_ok=True)',
    ...(media ? ['copy_media(rows, raw, public)'] : []),
    'train.to_csv(public / "train.csv", index=False, lineterminator="\\n")',
    'test.to_csv(public / "test.csv", index=False, lineterminator="\\n")',
    'sample.to_csv(public / "sample_submission.csv", index=False, lineterminator="\\n")',
    'answers.to_csv(private / "test_answer.csv", index=False, lineterminator="\\n")',
  ];
  return pyFunction(
    'prepare(raw: Path, public: Path, private: Path) -> None',
    'Reads the raw dataset; writes what competitors get to `public` and the answers to `private`.',
    lines,
  );
}

function unseen(condition: string, reason: string): string[] {
  return [`unseen = in_test & ${condition}`, `rows, in_test = drop(rows, unseen, "${reason}"), in_test[~unseen]`];
}

function seriesLines(series: readonly string[]): string[] {
  const [first = ''] = series;
  const key = series.length === 1 ? rowsColumn(first) : `rows[${pyLiteral(series, 14)}].agg(" | ".join, axis=1)`;
  return [`series = ${key}`, ...unseen('~series.isin(series[~in_test])', 'the series has no past')];
}

function check({ targets, classes, testItems }: Plan): string {
  const absent = targets.length === 1 ? 'TARGET not in test' : 'not set(TARGETS) & set(test.columns)';
  return pyFunction(
    'check(train: pd.DataFrame, test: pd.DataFrame, answers: pd.DataFrame, sample: pd.DataFrame) -> None',
    'What competitors and graders rely on.',
    [
      'ids = [*train["id"], *test["id"]]',
      'assert len(train) > 0 and len(test) > 0, "both parts hold rows"',
      'assert len(set(ids)) == len(ids), "ids are unique, and each is on one side"',
      `assert list(test.columns) == ["id", ${testItems}], "the test part has the features"`,
      `assert ${absent}, "the test part does not hold the target"`,
      'assert list(sample["id"]) == list(answers["id"]) == list(test["id"]), "every test row is asked for"',
      ...(classes === null
        ? []
        : [
            'assert set(answers[TARGET]) <= set(train[TARGET]) <= set(CLASSES), "every class is known and can be learnt"',
          ]),
    ],
  );
}
