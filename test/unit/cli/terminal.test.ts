import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aligned, duration, plain, Terminal } from '../../../src/cli/terminal.ts';

function written(
  options: { json: boolean; quiet: boolean; colour: boolean },
  live: boolean,
): { terminal: Terminal; out: string[]; err: string[] } {
  const out: string[] = [];
  const err: string[] = [];
  const collect = (list: string[]) => ({ write: (text: string) => list.push(text) });
  const io = { stdout: collect(out), stderr: collect(err), live, columns: 80, env: {}, cwd: '/' };
  return { terminal: new Terminal(io, options), out, err };
}

test('text of a dataset cannot move the cursor, colour the screen, hide letters or fake a line', () => {
  assert.equal(plain('a\u001b[31mred'), 'a\\x1b[31mred');
  assert.equal(plain('title\u001b]0;owned\u0007'), 'title\\x1b]0;owned\\x07');
  assert.equal(plain('abc\u202Ecba'), 'abc\\u{202e}cba');
  assert.equal(plain('one\ntwo\r\nthree\ttab'), 'one two three tab');
  assert.equal(plain('\u009b31m'), '\\x9b31m');
  assert.equal(plain('naïve 数据 🐧'), 'naïve 数据 🐧');
});

test('--json silences text for people, and only it prints documents', () => {
  const json = written({ json: true, quiet: false, colour: true }, true);
  json.terminal.say('for people');
  json.terminal.document({ a: 1 });
  assert.deepEqual(json.out, ['{\n  "a": 1\n}\n']);
  const text = written({ json: false, quiet: false, colour: true }, true);
  text.terminal.say('for people');
  text.terminal.document({ a: 1 });
  assert.deepEqual(text.out, ['for people\n']);
});

test('--quiet silences progress and remarks, never complaints', () => {
  const { terminal, err } = written({ json: false, quiet: true, colour: true }, true);
  terminal.status('working');
  terminal.remark('by the way');
  terminal.complain('broken');
  assert.deepEqual(err, ['broken\n']);
});

test('a live line is rewritten on a terminal and left out elsewhere', () => {
  const tty = written({ json: false, quiet: false, colour: true }, true);
  tty.terminal.status('working');
  assert.deepEqual(tty.err, ['\r\u001b[Kworking']);
  const pipe = written({ json: false, quiet: false, colour: true }, false);
  pipe.terminal.status('working');
  assert.deepEqual(pipe.err, []);
});

test('colours need a terminal, and --no-color takes them away', () => {
  assert.ok(
    written({ json: false, quiet: false, colour: true }, true).terminal.style('red', 'x').startsWith('\u001b[31m'),
  );
  assert.equal(written({ json: false, quiet: false, colour: false }, true).terminal.style('red', 'x'), 'x');
  assert.equal(written({ json: false, quiet: false, colour: true }, false).terminal.style('red', 'x'), 'x');
});

test('columns are aligned, numbers at their end', () => {
  assert.deepEqual(
    aligned(
      [
        ['name', 'n'],
        ['a', '12'],
        ['longer', '3'],
      ],
      [1],
    ),
    ['name     n', 'a       12', 'longer   3'],
  );
});

test('durations read as people say them', () => {
  assert.deepEqual([12, 1500, 61_000].map(duration), ['12 ms', '1.5 s', '1 min 1 s']);
});
