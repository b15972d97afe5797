// Each repair: a planted fault, the edit, and the check that then finds nothing, with the probes run for real.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Finding } from '../../../../src/task/findings.ts';
import { silentLog, systemClock } from '../../../../src/task/ports.ts';
import type { Family } from '../../../../src/verify/contract.ts';
import { verifyTask } from '../../../../src/verify/verify.ts';
import { applyRepair, repairIn } from '../../../support/repair-task.ts';
import { residentPython } from '../../../support/resident-python.ts';
import { buildSampleTask, copyTask, type SampleTask } from '../../../support/sample-task.ts';
import { listed } from '../../../support/verify-task.ts';

const IDS = `    if sorted(submission["id"].astype(str)) != sorted(answers["id"].astype(str)):
        raise InvalidSubmissionError("Every id of test.csv must appear exactly once.")
`;
const COLUMNS = `    if sorted(submission.columns) != ["id", "kind"]:
        raise InvalidSubmissionError("The columns must be id and kind.")
`;
const VALUES = `    if not submission["kind"].isin(["heavy", "light"]).all():
        raise InvalidSubmissionError("kind must be heavy or light in every row.")
`;
const ALIGNED = '.reindex(answers["id"].astype(str))';
const SCORE = 'return float((predicted.to_numpy() == answers["kind"].to_numpy()).mean())';

interface Fault {
  readonly code: string;
  readonly what: string;
  readonly family: Family;
  plant(task: SampleTask): Promise<void>;
}

const metric = (code: string, what: string, from: string, to: string): Fault => ({
  code,
  what,
  family: 'MET',
  plant: async (task) => {
    await task.replace('metric.py', from, to);
    await task.seal();
  },
});

const faults: readonly Fault[] = [
  metric('MET003', 'predictions compared by position', ALIGNED, ''),
  metric('MET004', 'ids that nobody looks at', IDS, ''),
  metric('MET005', 'surplus and missing columns that nobody looks at', COLUMNS, ''),
  metric('MET006', 'missing classes that nobody looks at', VALUES, ''),
  metric('MET007', 'classes that nobody looks at', VALUES, ''),
  metric('MET008', 'a missing column that ends in a KeyError', COLUMNS, ''),
  metric(
    'MET013',
    'a column that is added to the input',
    '    predicted =',
    '    answers["kind"] = answers["kind"].str.upper().str.lower()\n    submission["seen"] = 1\n    predicted =',
  ),
  metric('MET014', 'a numpy number', SCORE, SCORE.replace('float((', '((').replace(/\)$/, ')')),
  metric('MET004', 'an evaluate that does without validation', '    validate_submission(submission, answers)\n', ''),
  {
    code: 'MET010',
    what: 'a direction turned round',
    family: 'MET',
    plant: (task) => task.replace('task.json', '"direction": "maximize"', '"direction": "minimize"'),
  },
  {
    code: 'STR020',
    what: 'a direction that the registry does not know',
    family: 'STR',
    plant: (task) => task.replace('task.json', '"direction": "maximize"', '"direction": "minimize"'),
  },
  {
    code: 'STR003',
    what: 'an id that is not the name of the folder',
    family: 'STR',
    plant: (task) => task.replace('task.json', '"id": "stones-weight-class"', '"id": "stones"'),
  },
  {
    code: 'STR006',
    what: 'an error class that is not there',
    family: 'STR',
    plant: async (task) => {
      await task.replace(
        'metric.py',
        'class InvalidSubmissionError(Exception):\n    """The submission cannot be scored."""\n',
        '',
      );
      await task.seal();
    },
  },
  {
    code: 'STR013',
    what: 'an entry without its file',
    family: 'STR',
    plant: (task) =>
      task.editManifest((manifest) => {
        manifest.hashes['baselines/another.py'] = '0'.repeat(64);
      }),
  },
  {
    code: 'STR013',
    what: 'a file without its entry',
    family: 'STR',
    plant: (task) => task.write('data/public/notes.txt', 'x\n'),
  },
  {
    code: 'STR014',
    what: 'a file that was edited',
    family: 'STR',
    plant: (task) => task.replace('metric.py', 'Share', 'Part'),
  },
  {
    code: 'STR021',
    what: 'a public description of yesterday',
    family: 'STR',
    plant: async (task) => {
      await task.write('data/public/description.md', '# Yesterday\n');
      await task.seal();
    },
  },
  ...[
    ['a generator', 'np.random.default_rng(SEED)', 'np.random.default_rng()'],
    ['a generator without a seed on purpose', 'np.random.default_rng(SEED)', 'np.random.default_rng(None)'],
    ['a split', 'random_state=SEED, stratify', 'stratify'],
    [
      'a split over several lines',
      'rows, test_size=0.25, random_state=SEED,',
      '\n        rows,  # all (of them)\n        test_size=0.25,\n       ',
    ],
    ['the global generator', 'rng.permutation(len(rows))', 'np.random.permutation(len(rows))'],
  ].map(
    ([what = '', from = '', to = '']): Fault => ({
      code: 'STR010',
      what,
      family: 'STR',
      plant: async (task) => {
        await task.replace('prepare.py', from, to);
        await task.seal();
      },
    }),
  ),
];

const never = new AbortController().signal;
const of = (findings: readonly Finding[], code: string): Finding[] => findings.filter((f) => f.code === code);

describe('a repair', () => {
  const runtime = residentPython();
  let clean: SampleTask;
  const findingsOf = async (task: SampleTask, only: readonly Family[]): Promise<readonly Finding[]> =>
    (await verifyTask(task.folder, { runtime, only, log: silentLog, clock: systemClock, signal: never })).findings;

  before(async () => {
    clean = await buildSampleTask(runtime);
  });
  after(async () => {
    await clean.remove();
    await runtime.dispose();
  });

  for (const { code, what, family, plant } of faults) {
    it(`of ${code} mends ${what}`, async () => {
      const task = await copyTask(clean);
      try {
        await plant(task);
        const [finding] = of(await findingsOf(task, [family]), code);
        assert.ok(finding, `${code} does not find the fault`);
        const repair = await repairIn(task, finding);
        assert.ok(repair, `no repair for: ${finding.message}`);
        await applyRepair(task, repair);
        const findings = await findingsOf(task, [family]);
        assert.deepEqual(of(findings, code), [], `${listed(findings)}\n${await task.read('metric.py')}`);
      } finally {
        await task.remove();
      }
    });
  }
});
