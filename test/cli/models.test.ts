// mle-forge models as a person uses it: what is missing, what it costs, whether the model answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mleForge, type Outcome } from '../support/command-line.ts';
import { faultServer, hang, refuse, say } from '../support/fault-server.ts';
import { endAfter } from '../support/interrupt.ts';

const noKeys = {
  OPENAI_API_KEY: '',
  OPENAI_BASE_URL: '',
  MLE_FORGE_API_KEY: '',
  MLE_FORGE_BASE_URL: '',
  MLE_FORGE_PRICES: '',
};
const models = (args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> =>
  mleForge(['models', ...args], { env: { ...noKeys, ...env } });

test('the table names what each provider still needs, and never shows a key', async () => {
  const { status, stdout, stderr } = await models([], { OPENAI_API_KEY: 'sk-secret-1234567' });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^openai +ready +https:\/\/api\.openai\.com\/v1 +OPENAI_API_KEY is set$/m);
  assert.match(stdout, /^local +needs MLE_FORGE_BASE_URL/m);
  assert.doesNotMatch(stdout, /sk-secret/);
  const listed = await models(['--json'], { OPENAI_API_KEY: 'sk-secret-1234567' });
  assert.doesNotMatch(listed.stdout, /sk-secret/);
  const openai = JSON.parse(listed.stdout).providers.find((row: { provider: string }) => row.provider === 'openai');
  assert.deepEqual([openai.ready, openai.keySet, openai.missing], [true, true, []]);
});

test('--check makes one tiny call and tells how it went', async (t) => {
  const server = await faultServer(t, [say('ready')]);
  const { status, stdout, stderr } = await models(['local:tiny', '--check', '--base-url', server.url]);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /price: unknown/);
  assert.match(stdout, /check: served answered "ready" in \d/);
  assert.match(stdout, /12 tokens in, 5 out \(reported\)/);
  assert.equal(server.bodies.length, 1);
  assert.ok(server.bodies[0].max_tokens <= 500);
});

test('a check that fails says why and what to do, and ends with 3', async (t) => {
  const server = await faultServer(t, [refuse(401, { message: 'Incorrect API key provided: my-own-key-1234.' })]);
  const args = ['local:tiny', '--check', '--base-url', server.url];
  const { status, stderr } = await models(args, { MLE_FORGE_API_KEY: 'my-own-key-1234' });
  assert.equal(status, 3);
  assert.match(stderr, /refused with status 401: Incorrect API key provided: \[redacted\]\. \(MODEL_AUTH\)/);
  assert.match(stderr, /Check the key/);
  const listed = await models([...args, '--json'], { MLE_FORGE_API_KEY: 'my-own-key-1234' });
  assert.equal(JSON.parse(listed.stdout).check.failure.code, 'MODEL_AUTH');
  assert.doesNotMatch(listed.stdout + listed.stderr, /my-own-key/);
});

test('Ctrl+C ends a check at once', async (t) => {
  const server = await faultServer(t, [hang]);
  const started = Date.now();
  let killed = 0;
  const { status } = await mleForge(['models', 'local:tiny', '--check', '--base-url', server.url], {
    env: noKeys,
    ...endAfter(server.bodies, 1, 'SIGINT', {
      at: (moment) => {
        killed = moment;
      },
    }),
  });
  assert.equal(status, 130);
  assert.ok(Date.now() - killed < 2000 && killed > started);
});

for (const [args, expected, says] of [
  [['openai:gpt-5'], 3, /There is no key for OpenAI[\s\S]*Set OPENAI_API_KEY in the environment/],
  [['opnai:gpt-5'], 2, /Unknown provider "opnai"/],
  [['gpt-5'], 2, /names no model/],
  [['local:x'], 3, /It is not known where[\s\S]*--base-url URL, or set MLE_FORGE_BASE_URL/],
  [['local:x', '--base-url', 'http://me:pw@host/v1'], 2, /plain address/],
  [['--check'], 2, /Which model\?/],
  [['local:x', 'local:y'], 2, /takes one model/],
  [['openai:gpt-5', '--api-key', 'x'], 2, /Unknown option --api-key/],
] as const) {
  test(`models ${args.join(' ')} is refused with a remedy`, async () => {
    const { status, stderr, stdout } = await models(args);
    assert.equal(status, expected);
    assert.match(stderr, says);
    assert.equal(stdout, '');
  });
}
