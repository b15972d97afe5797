// MET004 to MET009, MET013, MET017 to MET019: what evaluate refuses, and what it does besides.
import { layout } from '../../../src/task/layout.ts';
import type { Draft } from '../draft.ts';
import { type Plant, plants } from '../plant.ts';

const { metric } = layout;
const refusesIds = 'if len(missing) or len(unknown) or len(repeated):';
const looksUp = 'given.get_indexer(wanted)';
const begins = '    """Rows of the submission in the order of the answers, matched by id."""';

const edit =
  (...changes: readonly (readonly [string | RegExp, string])[]) =>
  async (draft: Draft) => {
    for (const [from, to] of changes) await draft.replace(metric, from, to);
  };
/** Python lines at the start of the alignment, through which every call goes. */
const first = (...lines: string[]) => edit([begins, [begins, ...lines.map((line) => `    ${line}`)].join('\n')]);
const noColumnCheck = ['if sorted(found) != sorted(COLUMNS):', 'if False:'] as const;
const accepted = /^ {4}_refuse\(.*\)$/;

export const conductPlants: readonly Plant[] = [
  ...plants(
    'MET004',
    'repeated ids are not noticed',
    ['binary', 'image', 'forecasting'],
    edit(
      [refusesIds, 'if len(missing) or len(unknown):'],
      [looksUp, '[{key: row for row, key in enumerate(given)}[key] for key in wanted]'],
    ),
  ),
  ...plants(
    'MET004',
    'unknown ids are left out silently',
    ['text', 'regression'],
    edit([refusesIds, 'if len(missing) or len(repeated):']),
  ),
  ...plants(
    'MET004',
    'missing rows count as the first class',
    ['audio'],
    edit([refusesIds, 'if len(unknown) or len(repeated):'], [looksUp, `${looksUp}.clip(0)`]),
  ),
  ...plants(
    'MET004',
    'the last of repeated rows counts',
    ['ordinal'],
    first('submission = submission.drop_duplicates(ID, keep="last") if ID in submission else submission'),
  ),

  ...plants(
    'MET005',
    'the header is not looked at',
    ['binary', 'regression'],
    edit(noColumnCheck, [
      /table = submission\.set_axis\(found, axis=1\)/,
      'table = submission.set_axis(COLUMNS[: submission.shape[1]], axis=1)',
    ]),
  ),
  ...plants(
    'MET005',
    'further columns are let through',
    ['text', 'image'],
    first('submission = submission[[name for name in submission.columns if name in COLUMNS]]'),
  ),
  ...plants(
    'MET005',
    'an empty submission scores zero',
    ['forecasting'],
    edit([
      /^def evaluate\(([\s\S]*?)"""$/,
      'def evaluate(submission: pd.DataFrame, answers: pd.DataFrame) -> float:\n    if len(submission) == 0:\n        return 0.0',
    ]),
  ),
  ...plants(
    'MET005',
    'a misspelt column is guessed',
    ['audio'],
    first('submission = submission.rename(columns={"wrong": TARGET})'),
  ),

  ...plants(
    'MET006',
    'missing predictions are filled with zero',
    ['regression', 'forecasting'],
    first('submission = submission.fillna({TARGET: 0}) if TARGET in submission else submission'),
  ),
  ...plants(
    'MET006',
    'missing classes are filled with the mode',
    ['image', 'multiclass'],
    first(
      'submission = submission.assign(**{TARGET: submission[TARGET].fillna(answers[TARGET].mode()[0])}) if TARGET in submission else submission',
    ),
  ),
  ...plants(
    'MET006',
    'infinite numbers are clipped',
    ['relational'],
    first('submission = submission.replace([np.inf, -np.inf], 1e6)'),
  ),
  ...plants(
    'MET006',
    'NaN slips through a comparison',
    ['binary'],
    edit(['~((predicted >= 0) & (predicted <= 1))', '(predicted < 0) | (predicted > 1)']),
  ),

  ...plants(
    'MET007',
    'unknown classes count as the first',
    ['image', 'text', 'ordinal'],
    edit([accepted, '    predicted = np.maximum(predicted, 0)']),
  ),
  ...plants(
    'MET007',
    'probabilities are clipped',
    ['binary'],
    edit([accepted, '    predicted = np.nan_to_num(predicted, nan=0.5).clip(0, 1)']),
  ),
  ...plants(
    'MET007',
    'words become zero',
    ['regression', 'forecasting'],
    edit(['        return np.nan', '        return 0.0']),
  ),

  ...plants('MET008', 'a missing column ends in a KeyError', ['binary', 'text'], edit(noColumnCheck)),
  ...plants(
    'MET008',
    'a message that says nothing',
    ['image', 'relational'],
    edit([/raise InvalidSubmissionError\(\n([\s\S]*?)\n {8}\)$/, 'raise InvalidSubmissionError("bad")']),
  ),
  ...plants(
    'MET008',
    'an assertion instead of a refusal',
    ['forecasting'],
    edit([refusesIds, 'assert not (len(missing) or len(unknown) or len(repeated))\n    if False:']),
  ),

  ...plants(
    'MET009',
    'the message tells the right answers',
    ['multiclass', 'regression'],
    edit(
      [
        'ids = _ids(table[ID])[wrong]',
        'ids = [f"{key} (expected {value})" for key, value, bad in zip(_ids(table[ID]), TRUTH, wrong, strict=True) if bad]',
      ],
      [begins, `${begins}\n    global TRUTH\n    TRUTH = answers[TARGET].tolist()`],
    ),
  ),
  ...plants(
    'MET009',
    'a refusal quotes the answers table',
    ['binary', 'image'],
    edit([/f"\{len\(unknown\)\} unknown/, 'f"see {answers.head(3).to_dict()} {len(unknown)} unknown']),
  ),

  ...plants(
    'MET013',
    'the id column of the submission is rewritten',
    ['binary', 'image'],
    first('if ID in submission:', '    submission[ID] = submission[ID].astype(str) + ""'),
  ),
  ...plants(
    'MET013',
    'the answers are sorted in place',
    ['regression', 'text'],
    first('answers.sort_values(ID, inplace=True)'),
  ),
  ...plants(
    'MET013',
    'a helper column stays in the answers',
    ['forecasting'],
    first('answers["_row"] = range(len(answers))'),
  ),

  ...plants(
    'MET017',
    'rows are searched one by one',
    ['multiclass', 'regression'],
    edit(
      ['if given.is_unique and given.equals(wanted):', 'if False:'],
      [looksUp, '[[str(k) for k in given].index(key) for key in wanted]'],
    ),
  ),
  ...plants(
    'MET017',
    'every pair of rows is compared',
    ['forecasting'],
    first('_ = [a == b for a in submission[ID].tolist() for b in answers[ID].tolist()] if ID in submission else 0'),
  ),

  ...plants(
    'MET018',
    'a log file is written',
    ['binary', 'audio'],
    first('with open("/tmp/scores.log", "a") as log:', '    log.write("scored")'),
  ),
  ...plants(
    'MET018',
    'another process is started',
    ['regression'],
    first('import subprocess', 'subprocess.run(["true"])'),
  ),
  ...plants('MET018', 'numpy is patched', ['image'], first('np.mean = np.median if False else lambda *a, **k: 1.0')),
  ...plants(
    'MET018',
    'a loop without end',
    ['text'],
    first('while len(submission) != len(answers):', '    submission = submission.copy()'),
  ),
  ...plants(
    'MET018',
    'the interpreter is ended',
    ['forecasting'],
    first('if len(submission) != len(answers):', '    raise SystemExit(1)'),
  ),
  ...plants('MET018', 'the process is ended without a word', ['ordinal'], first('import os', 'os._exit(0)')),

  ...plants(
    'MET019',
    'validate_submission checks nothing',
    ['binary', 'relational'],
    edit(['    _predictions(submission, answers)\n', '    return None\n']),
  ),
  ...plants(
    'MET019',
    'validate_submission is stricter than evaluate',
    ['image'],
    edit([
      '    _predictions(submission, answers)\n',
      '    if list(submission.columns) != COLUMNS:\n        raise InvalidSubmissionError("The columns must be in the order of the sample.")\n    _predictions(submission, answers)\n',
    ]),
  ),
  ...plants(
    'MET019',
    'validate_submission does not look at the values',
    ['forecasting'],
    edit(['    _predictions(submission, answers)\n', '    _aligned(submission, answers)\n']),
  ),
];
