import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commonOptions, nearest, type OptionSpecs, parseArguments } from '../../../src/cli/arguments.ts';

const specs: OptionSpecs = {
  ...commonOptions,
  out: { type: 'string', value: 'DIR', help: '' },
  'max-tasks': { type: 'string', value: 'N', help: '' },
};

test('values, flags and operands are told apart, in any order', () => {
  const args = parseArguments(['--json', 'data', '--out=there', '--max-tasks', '5'], specs);
  assert.deepEqual(args.positionals, ['data']);
  assert.equal(args.flag('json'), true);
  assert.equal(args.text('out'), 'there');
  assert.equal(args.integer('max-tasks', 3, 1), 5);
});

test('a name that begins with a dash is an operand after "--"', () => {
  assert.deepEqual(parseArguments(['--', '-data', '--json'], specs).positionals, ['-data', '--json']);
});

test('a misspelt option is refused with the nearest one', () => {
  const refusal = (given: string, remedy: RegExp): void =>
    assert.throws(() => parseArguments([given, 'x'], specs), {
      code: 'USAGE',
      message: `Unknown option ${given}.`,
      remedy,
    });
  refusal('--maxtasks', /--max-tasks\?/);
  refusal('--max', /--max-tasks\?/);
  refusal('--ouut', /--out\?/);
  refusal('--frobnicate', /--help/);
});

test('a missing value, a value too many and a number that is none are refused', () => {
  assert.throws(() => parseArguments(['--out'], specs), { message: '--out needs a value.' });
  assert.throws(() => parseArguments(['--json=yes'], specs), { message: '--json takes no value.' });
  for (const given of ['0', '-1', '2.5', 'many', '1e3', '']) {
    const args = parseArguments([`--max-tasks=${given}`], specs);
    assert.throws(() => args.integer('max-tasks', 3, 1), { code: 'USAGE' }, given);
  }
});

test('names of objects are no options', () => {
  assert.throws(() => parseArguments(['--constructor'], specs), { code: 'USAGE' });
  assert.throws(() => parseArguments(['--__proto__=1'], specs), { code: 'USAGE' });
});

test('the nearest word is the one with the fewest edits, and none when all are far', () => {
  assert.equal(nearest('frge', ['forge', 'profile', 'grade']), 'forge');
  assert.equal(nearest('verfiy', ['forge', 'verify']), 'verify');
  assert.equal(nearest('x', ['forge', 'verify']), null);
});
