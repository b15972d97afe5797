import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { LimitName, Limits } from '../../../src/runtime/port.ts';
import { Workshop } from './workshop.ts';

interface Greedy {
  readonly title: string;
  readonly limit: LimitName;
  readonly source: string;
  readonly limits?: Partial<Limits>;
}

const write = (name: string, bytes: string) => `open(f"/mnt/desk/{${name}}", "wb").write(b"x" * ${bytes})`;

const greedy: readonly Greedy[] = [
  {
    title: 'a fork bomb',
    limit: 'processes',
    source: 'import os\nwhile True:\n    os.fork()',
    // Each fork of a warm job counts the packages that it shares, so memory would be crossed first.
    limits: { memoryBytes: 8 * 2 ** 30 },
  },
  {
    title: 'eight gigabytes in one process',
    limit: 'memory',
    source: 'import numpy\nkept = numpy.ones(10**9)\nkept += 1',
  },
  {
    title: 'memory spread over many small processes',
    limit: 'memory',
    source: [
      'import os, time',
      'for _ in range(10):',
      '    if os.fork() == 0:',
      '        kept = bytearray(os.urandom(1)) * (90 * 2**20)',
      '        time.sleep(60)',
      '        os._exit(0)',
      'time.sleep(60)',
    ].join('\n'),
  },
  { title: 'an endless loop', limit: 'cpu', source: 'while True: pass', limits: { cpuSeconds: 1 } },
  { title: 'an endless sleep', limit: 'wall', source: 'import time\ntime.sleep(600)', limits: { wallSeconds: 1 } },
  {
    title: 'a sleeper that ignores every signal',
    limit: 'wall',
    limits: { wallSeconds: 1 },
    source: [
      'import signal, time',
      'for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:',
      '    signal.signal(number, signal.SIG_IGN)',
      'while True: time.sleep(600)',
    ].join('\n'),
  },
  {
    title: 'one huge file',
    limit: 'file',
    source: 'out = open("/mnt/desk/big", "wb", 0)\nfor _ in range(10_000): out.write(b"x" * 2**20)',
  },
  { title: 'many large files', limit: 'disk', source: `for i in range(999):\n    ${write('i', '10 * 2**20')}` },
  { title: 'very many files', limit: 'files', source: `for i in range(5000):\n    ${write('i', '1')}` },
  { title: 'a flood of output', limit: 'output', source: 'while True: print("x" * 1000)' },
];

for (const mode of ['warm', 'cold'] as const) {
  describe(`a ${mode} job is stopped at its limit`, () => {
    const workshop = new Workshop();
    after(() => workshop.end());

    for (const { title, limit, source, limits } of greedy) {
      it(`by ${title}: ${limit}`, async () => {
        const outcome = await workshop.run(source, { mode, limits: limits ?? {} });
        assert.equal(outcome.kind, 'limit', JSON.stringify(outcome).slice(0, 500));
        assert.equal(outcome.kind === 'limit' && outcome.limit, limit);
        assert.deepEqual(await workshop.leftBehind(), []);
      });
    }

    it('and honest work goes on afterwards', async () => {
      const outcome = await workshop.run('import pandas\nRESULT = int(pandas.Series([1, 2]).sum())', { mode });
      assert.equal(outcome.kind === 'done' && outcome.value, 3);
    });
  });
}
