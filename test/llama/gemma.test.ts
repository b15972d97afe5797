// A small real model on human text, when it is asked for: MLE_FORGE_TEST_GEMMA=1 npm test -- llama. A base model of 270 million
// parameters cannot judge anything; a grammar gives its answers a shape, and this tells how many of them held.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { z } from 'zod';
import { openModel } from '../../src/models/open-model.ts';
import type { ChatModel } from '../../src/models/port.ts';
import { askFor } from '../../src/models/structured.ts';
import { ask, calm } from '../support/chat-requests.ts';

const file = process.env['MLE_FORGE_GEMMA'] ?? '';
const problem = process.env['MLE_FORGE_GEMMA_PROBLEM'] || 'set MLE_FORGE_TEST_GEMMA=1 to fetch and run a small Gemma';
const options = file === '' ? { skip: problem } : { timeout: 300_000 };

let model: ChatModel | undefined;
before(async () => {
  if (file !== '') model = await openModel(`gguf:${file}`, { env: process.env });
});

const theModel = (): ChatModel => {
  assert.ok(model);
  return model;
};

test('it goes on in English', options, async () => {
  const request = ask('The capital of France is', { maxOutputTokens: 24 });
  const reply = await theModel().chat(request, { signal: calm() });
  assert.ok(['done', 'length'].includes(reply.outcome), reply.failure?.message);
  assert.match(reply.text, /[a-z]{3}/i);
  assert.equal(reply.usage.source, 'reported');
});

test('it fills in a formulation of a task, in the right shape', options, async (t) => {
  const schema = z.strictObject({
    objective: z.enum(['classification', 'regression', 'forecasting']),
    target: z.enum(['species', 'body_mass_g', 'island']),
    metric: z.enum(['accuracy', 'macro_f1', 'rmse']),
    why: z.string(),
  });
  const table = 'species,island,body_mass_g\nAdelie,Torgersen,3750\nGentoo,Biscoe,5000\nChinstrap,Dream,3500';
  const told = { answered: 0, atOnce: 0, tokens: 0, ms: 0 };
  for (let seed = 1; seed <= 5; seed += 1) {
    const request = ask(`Propose one machine-learning task for this table.\n${table}`, {
      maxOutputTokens: 200,
      temperature: 0.7,
      seed,
    });
    const asked = await askFor(theModel(), request, schema, { signal: calm() });
    told.answered += Number(asked.kind === 'answer');
    told.atOnce += Number(asked.kind === 'answer' && asked.replies.length === 1);
    told.tokens += asked.replies.reduce((sum, { usage }) => sum + usage.output, 0);
    told.ms += asked.replies.flatMap(({ attempts }) => attempts).reduce((sum, { ms }) => sum + ms, 0);
  }
  t.diagnostic(
    `${told.answered} of 5 answered, ${told.atOnce} at once; ${told.tokens} tokens in ${(told.ms / 1000).toFixed(1)} s`,
  );
  assert.ok(told.answered >= 1);
});
