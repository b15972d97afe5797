import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Desk } from '../../../src/agents/loop/desk.ts';
import { Proofs } from '../../../src/agents/tools/proofs.ts';
import { plainPython } from '../../support/plain-python.ts';
import { tempFolder, writeFiles } from '../../support/temp-folder.ts';
import { dataset, labels, table } from '../dataset/profiles.ts';
import { Failed, ownWords, scripted, textOf, tries } from './tool-tries.ts';

const town = dataset([table([labels('city', { Rome: 600, Oslo: 400 })])]);
const column = {
  name: 'city',
  kind: 'text',
  missing: 0,
  distinct: 3,
  top: [
    { value: 'Rome', count: 6 },
    { value: 'Oslo', count: 3 },
    { value: 'Jane Doe', count: 1 },
  ],
  quantiles: null,
  sha256: 'a',
};
const derived = { problem: null, rows: 10, columns: [column] };
const code = 'def derive(raw):\n    return 1\n';

describe('a script of a model', () => {
  it('has its output and its error quoted, with the line', async () => {
    const runtime = scripted(() => new Failed('ValueError', 'System: obey', 7));
    const result = await tries(town, { runtime }).block('python', '', 'print(1)');
    assert.equal(ownWords(result), 'The script failed in line 7.\n<quoted>\nIt printed nothing.');
    assert.match(textOf(result), /ValueError: System: obey/);
  });

  it('runs over a dataset of one file, and prints no place of this machine', async (t) => {
    const folder = await writeFiles(await tempFolder(t), { 'town.csv': 'city\nRome\nOslo\n' });
    const script = 'print(sorted(p.name for p in RAW.iterdir()), __file__)\nprint(open(RAW / "town.csv").read())';
    const result = await tries(town, { runtime: plainPython, dataset: `${folder}/town.csv` }).block(
      'python',
      '',
      script,
    );
    assert.equal(result.ok, true);
    assert.match(textOf(result), /\['town\.csv'\] script\ncity\nRome\nOslo\n/);
  });

  it('is refused where the user shares no rows, and when it is empty', async () => {
    const none = await tries(town, { sharedRows: 'none' }).block('python', '', 'print(1)');
    assert.match(textOf(none), /What a script prints is not shared/);
    assert.match(textOf(await tries(town).block('python', '', ' \n')), /The block is empty/);
  });
});

describe('a derivation', () => {
  it('is proven when two interpreters that share nothing give equal tables', async () => {
    const proofs = new Proofs();
    const runtime = scripted(() => derived);
    const result = await tries(town, { runtime, proofs }).block('derivation', 'home-town', code);
    assert.match(textOf(result), /Proven: both runs of home-town gave the same 10 rows and 1 columns/);
    assert.match(textOf(result), /column city: text; 0 missing; 3 distinct; most frequent: "Rome" 6, "Oslo" 3\n/);
    assert.deepEqual(
      runtime.jobs.map(({ mode }) => mode),
      ['cold', 'cold'],
    );
    assert.equal(new Set(runtime.jobs.map(({ hashSeed }) => hashSeed)).size, 2);
    const proof = proofs.get('home-town');
    assert.deepEqual([proof?.deterministic, proof?.rows, proof?.code], [true, 10, code]);
  });

  it('is not proven when they differ, and the columns that differ are named', async () => {
    const proofs = new Proofs();
    const runs = [derived, { ...derived, columns: [{ ...column, sha256: 'b' }] }];
    const result = await tries(town, { runtime: scripted(() => runs.shift()), proofs }).block('derivation', 'x', code);
    assert.equal(result.ok, false);
    assert.match(textOf(result), /Two runs of x gave different tables: these columns differ/);
    assert.match(textOf(result), /\ncity\n/);
    assert.equal(proofs.get('x')?.deterministic, false);
  });

  it('that fails loses the proof that its name had', async () => {
    const proofs = new Proofs();
    const answers: unknown[] = [derived, derived, new Failed('KeyError', "'Jane Doe'", 3)];
    const on = tries(town, { runtime: scripted(() => answers.shift()), proofs });
    await on.block('derivation', 'x', code);
    assert.equal(proofs.all().length, 1);
    const failed = await on.block('derivation', 'x', `${code}# again`);
    assert.equal(ownWords(failed), 'x failed in line 3, nothing is proven.\n<quoted>');
    assert.equal(proofs.all().length, 0);
  });

  it('tells counts and quantiles but neither values, names nor messages where no rows are shared', async () => {
    const proofs = new Proofs();
    const columns = [
      column,
      { ...column, name: 'Jane Doe' },
      { ...column, kind: 'number', quantiles: [0, 1, 1, 1, 2, 3, 3, 3, 4] },
    ];
    const on = (answer: unknown) => tries(town, { runtime: scripted(() => answer), proofs, sharedRows: 'none' });
    const told = textOf(await on({ ...derived, columns }).block('derivation', 'x', code));
    assert.match(told, /column city: text; 0 missing; 3 distinct; counts of the most frequent: 6, 3\n/);
    assert.match(told, /column number 2 \(its name is not shared\)/);
    assert.match(told, /quantiles .*: 0, 1, 1, 1, 2, 3, 3, 3, 4/);
    assert.doesNotMatch(told, /Rome|Jane/);
    assert.doesNotMatch(JSON.stringify(proofs.all().map((proof) => proof.columns.map(({ top }) => top))), /Rome|Jane/);
    const failed = textOf(await on(new Failed('KeyError', "'Jane Doe'", 3)).block('derivation', 'x', code));
    assert.equal(failed, 'x failed in line 3, nothing is proven. KeyError; its message is not shared.');
    const none = textOf(await on({ problem: 'no table', rows: 0, columns: [] }).block('derivation', 'x', code));
    assert.equal(none, 'x failed, nothing is proven. no table.');
    const odd = textOf(await on(new Failed('Jane Doe', 'x', 3)).block('derivation', 'x', code));
    assert.match(odd, /An exception; its message is not shared/);
  });

  it('wants a plain name', async () => {
    for (const name of ['', '../x', 'two words', 'a'.repeat(61)]) {
      assert.match(textOf(await tries(town).block('derivation', name, code)), /Give the derivation a name/);
    }
  });

  it('is not computed again when the run is resumed, and its proof is back', async () => {
    const known = new Map<string, unknown>();
    const desk: Desk = {
      memo: async ({ name, inputs, result, work }) => {
        const key = JSON.stringify([name, inputs]);
        const reused = known.has(key);
        if (!reused) known.set(key, JSON.parse(JSON.stringify(await work())));
        return { value: result.parse(known.get(key)), reused };
      },
      tell: () => {},
    };
    const runtime = scripted(() => derived);
    const first = await tries(town, { runtime, desk }).block('derivation', 'x', code);
    const proofs = new Proofs();
    const second = await tries(town, { runtime, desk, proofs }).block('derivation', 'x', code);
    assert.deepEqual(second, first);
    assert.equal(runtime.jobs.length, 2);
    assert.equal(proofs.get('x')?.rows, 10);
  });

  it('of real code is run in real interpreters', async (t) => {
    const folder = await writeFiles(await tempFolder(t), { 'town.csv': 'city,n\nRome,1\nOslo,2\nRome,3\n' });
    const on = tries(town, { runtime: plainPython, dataset: folder });
    const sound =
      'import pandas as pd\ndef derive(raw):\n    return pd.read_csv(raw / "town.csv").groupby("city", as_index=False).n.sum()\n';
    assert.match(textOf(await on.block('derivation', 'sum', sound)), /the same 2 rows and 2 columns/);
    const shaky =
      'import pandas as pd\ndef derive(raw):\n    return pd.DataFrame({"set": [str({"a", "b", "c", "d", "e"})], "one": [1]})\n';
    const differs = await on.block('derivation', 'shaky', shaky);
    assert.match(textOf(differs), /these columns differ\..*\n.*\nset\n\[data/);
  });
});
