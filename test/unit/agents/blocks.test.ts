import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fencedBlocks } from '../../../src/agents/loop/blocks.ts';

test('a block has a kind, an argument and its text', () => {
  assert.deepEqual(fencedBlocks('First:\n```file prepare.py\nimport os\n```\nThen.'), [
    { kind: 'file', argument: 'prepare.py', body: 'import os\n', closed: true },
  ]);
});

test('a longer fence holds shorter ones', () => {
  const [block, ...others] = fencedBlocks('~~~~~file description.md\n```csv\nid,y\n```\n~~~\n~~~~~');
  assert.equal(block?.body, '```csv\nid,y\n```\n~~~\n');
  assert.deepEqual(others, []);
});

test('an answer that ends inside a block leaves it open, and says so', () => {
  assert.deepEqual(fencedBlocks('```file metric.py\ndef evaluate('), [
    { kind: 'file', argument: 'metric.py', body: 'def evaluate(\n', closed: false },
  ]);
});

test('Windows line ends and indented fences are read', () => {
  assert.equal(fencedBlocks('  ```python\r\nprint(1)\r\n  ```\r\n')[0]?.body, 'print(1)\n');
});

test('any text comes back from a fence that is longer than every fence in it', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[ -~]{0,20}$/), { minLength: 1, maxLength: 12 }), (lines) => {
      const longest = Math.max(3, ...(lines.join('\n').match(/~+/g) ?? []).map((run) => run.length + 1));
      const fence = '~'.repeat(longest);
      const [block] = fencedBlocks(`${fence}file x\n${lines.join('\n')}\n${fence}`);
      assert.equal(block?.body, `${lines.join('\n')}\n`);
    }),
  );
});
