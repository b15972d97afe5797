// Dataset text is hostile: whatever a column is called, generated Python and Markdown must stay what they are.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { cellCode, code, csvLine, escaped } from '../../../src/blueprints/description/markdown.ts';
import { pyLiteral } from '../../../src/blueprints/shared/python-literal.ts';

const python = process.env['MLE_FORGE_PYTHON'] ?? 'python3';
const traps = [
  '"""',
  "'''",
  '\\',
  '\n',
  '\r\n',
  '\u2028',
  '{}',
  '%s',
  '\0',
  '\u202e',
  '`a`',
  '](x)',
  '<img>',
  '|',
  '$x$',
  '\ud800',
];
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...traps),
  fc.tuple(fc.constantFrom(...traps), fc.string()).map((parts) => parts.join('')),
);

/** What Python reads back from literals, as lists of UTF-16 code units. */
function readByPython(literals: readonly string[]): number[][] {
  const program =
    'import ast, json, sys\n' +
    'texts = [ast.literal_eval(literal) for literal in json.load(sys.stdin)]\n' +
    'units = [text.encode("utf-16-le", "surrogatepass") for text in texts]\n' +
    'print(json.dumps([[unit[i] + 256 * unit[i + 1] for i in range(0, len(unit), 2)] for unit in units]))';
  const outcome = spawnSync(python, ['-c', program], { input: JSON.stringify(literals), encoding: 'utf8' });
  assert.equal(outcome.status, 0, outcome.stderr);
  return JSON.parse(outcome.stdout);
}

test('Python reads every text back as it was', () => {
  const texts = [...fc.sample(hostile, { numRuns: 300, seed: 1 }), ...traps];
  const read = readByPython(texts.map((text) => pyLiteral(text)));
  texts.forEach((text, index) => {
    assert.deepEqual(
      read[index],
      Array.from({ length: text.length }, (_, unit) => text.charCodeAt(unit)),
    );
  });
});

test('escaped text stays on one line and starts no code, link, formula or tag', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = escaped(text);
      assert.doesNotMatch(shown, /[\n\r\u2028\u2029]/);
      assert.doesNotMatch(shown.replace(/\\[\s\S]/g, ''), /[`*_[\]<>|#~$\\]/);
    }),
  );
});

test('code ends with the fence that it began with, and not before', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = code(text);
      const fence = /^`+/.exec(shown)?.[0] ?? '';
      const runs = [...shown.matchAll(/`+/g)].filter((run) => run[0].length === fence.length);
      assert.ok(fence.length > 0);
      if (shown.length > 2 * fence.length) assert.equal(runs.length, 2, shown);
    }),
  );
});

test('code in a table cell has no bare bar', () => {
  fc.assert(fc.property(hostile, (text) => assert.doesNotMatch(cellCode(text).replaceAll('\\|', ''), /\|/)));
});

test('a CSV line of plain values stays readable, and a comma is quoted', () => {
  assert.equal(csvLine(['id', 'a,b', 'say "x"']), 'id,"a,b","say ""x"""');
});
