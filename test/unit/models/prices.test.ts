// What has a price costs it, what has none is unknown, and the user's own prices come first.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { loadPrices, priceList, tableVersion } from '../../../src/models/prices.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const at = new Date('2026-06-01');
const usage = (input: number, output: number, cachedInput = 0) =>
  ({ input, output, cachedInput, reasoning: 0, source: 'reported' }) as const;

test('the shipped table prices hosted models, cached tokens apart', async () => {
  const { cost } = await priceList({});
  assert.equal(cost('openai:gpt-5', usage(1_000_000, 100_000), at), 1.25 + 1);
  assert.equal(cost('openai:gpt-5', usage(1_000_000, 0, 1_000_000), at), 0.125);
  assert.equal(cost('azure:gpt-5', usage(1_000_000, 0), at), 1.25);
  assert.ok((cost('openrouter:openai/gpt-4o-mini', usage(1000, 1000), at) ?? 0) > 0);
  assert.ok((cost('anthropic:claude-sonnet-4-5', usage(1000, 1000), at) ?? 0) > 0);
});

test('unknown is unknown, never 0', async () => {
  const { cost } = await priceList({});
  for (const id of ['ollama:qwen3', 'local:gpt-5', 'openai:no-such-model', 'vscode:gpt-5', 'nonsense']) {
    assert.equal(cost(id, usage(1000, 1000), at), null, id);
  }
});

test('what was recorded costs nothing', async () => {
  assert.equal((await priceList({})).cost('replay:x.jsonl', usage(1000, 1000), at), 0);
});

test('own prices go before the table, by model and by provider', async (t) => {
  const file = path.join(await tempFolder(t), 'prices.json');
  await writeFile(
    file,
    '{"openai:gpt-5": {"input": 2, "cachedInput": 1, "output": 3}, "local:*": {"input": 0, "output": 0}}',
  );
  const { cost, version } = await loadPrices({ MLE_FORGE_PRICES: file });
  assert.equal(cost('openai:gpt-5', usage(1_000_000, 1_000_000, 500_000), at), 1 + 0.5 + 3);
  assert.equal(cost('local:anything', usage(1000, 1000), at), 0);
  assert.equal(version, `${tableVersion} and own prices`);
});

test('a file of prices with a slip is refused, not half read', async (t) => {
  const file = path.join(await tempFolder(t), 'prices.json');
  for (const text of [
    '{',
    '{"openai:x": {"input": 1}}',
    '{"openai:x": {"input": -1, "output": 1}}',
    '{"openai:x": {"input": 1, "output": 1, "outptu": 2}}',
  ]) {
    await writeFile(file, text);
    await assert.rejects(loadPrices({ MLE_FORGE_PRICES: file }), /prices\.json cannot be used/);
  }
  await assert.rejects(loadPrices({ MLE_FORGE_PRICES: '/nowhere.json' }), /cannot be used/);
});

test('the recorded version is the installed one', () => {
  const file = path.resolve(import.meta.dirname, '../../../node_modules/@pydantic/genai-prices/package.json');
  assert.equal(tableVersion, `@pydantic/genai-prices ${JSON.parse(readFileSync(file, 'utf8')).version}`);
});
