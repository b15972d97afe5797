// mle-forge models: which language models this machine can reach, what is missing, and whether one answers.
import { resolveEndpoint } from '../models/endpoint.ts';
import { openModel } from '../models/open-model.ts';
import type { ChatModel, ChatReply, ChatRequest } from '../models/port.ts';
import { loadPrices } from '../models/prices.ts';
import { type Provider, providers } from '../models/providers.ts';
import { ForgeError } from '../task/errors.ts';
import { type Arguments, usage } from './arguments.ts';
import { type Command, exit, type Services } from './command.ts';
import { aligned, duration, type Io, plain } from './terminal.ts';

export const modelsCommand: Command = {
  name: 'models',
  operands: '[PROVIDER:MODEL]',
  summary: 'language models: the providers, what each still needs, and whether a model answers',
  details: [
    'Without a model: the table of providers, and which environment variable is missing. Keys are read from the',
    'environment only and never shown. With a model: its address, key and price; --check makes one tiny call.',
  ],
  options: {
    check: { type: 'boolean', help: 'make one tiny call to the model (a few tokens) and tell how it went' },
    'base-url': {
      type: 'string',
      value: 'URL',
      help: "address of the server; its key is MLE_FORGE_API_KEY, never a provider's",
    },
  },
  run: runModels,
};

async function runModels(args: Arguments, services: Services): Promise<number> {
  const [id, ...more] = args.positionals;
  if (more.length > 0) throw usage('models takes one model.', 'Write mle-forge models PROVIDER:MODEL.');
  if (id !== undefined) return showModel(id, args, services);
  if (args.flag('check') || args.text('base-url') !== undefined) {
    throw usage('Which model?', 'Write mle-forge models PROVIDER:MODEL --check.');
  }
  return listProviders(services);
}

interface ProviderRow {
  readonly provider: string;
  readonly title: string;
  readonly baseUrl: string | null;
  readonly keyVariable: string;
  readonly keyNeeded: boolean;
  readonly keySet: boolean;
  readonly ready: boolean;
  /** Variables without which nothing can be sent. */
  readonly missing: readonly string[];
}

function listProviders({ terminal, io }: Services): number {
  const rows = providers.map((provider) => providerRow(provider, io));
  terminal.document({ providers: rows });
  for (const line of aligned([
    ['provider', 'state', 'address', 'key'],
    ...rows.map(({ provider, ready, missing, baseUrl, keyVariable, keyNeeded, keySet }) => [
      provider,
      ready ? 'ready' : `needs ${missing.join(' and ')}`,
      plain(baseUrl ?? '-'),
      keySet ? `${keyVariable} is set` : `${keyVariable}${keyNeeded ? ' is not set' : ' (optional)'}`,
    ]),
  ])) {
    terminal.say(line);
  }
  terminal.say();
  terminal.say(
    'builtin needs no model. "ready" says that nothing is missing here; PROVIDER:MODEL --check asks the server.',
  );
  return exit.good;
}

function providerRow(
  { name, title, baseUrl, urlVariable, keyVariable, keyNeeded }: Provider,
  { env }: Io,
): ProviderRow {
  const isSet = (variable: string): boolean => (env[variable] ?? '').trim() !== '';
  const missing = [
    ...(baseUrl === null && !isSet(urlVariable) ? [urlVariable] : []),
    ...(keyNeeded && !isSet(keyVariable) ? [keyVariable] : []),
  ];
  const address = isSet(urlVariable) ? addressOf(name, env) : baseUrl;
  return {
    provider: name,
    title,
    baseUrl: address,
    keyVariable,
    keyNeeded,
    keySet: isSet(keyVariable),
    ready: missing.length === 0,
    missing,
  };
}

/** The address as it would be used; what is malformed, or may hold a secret, is not repeated. */
function addressOf(provider: string, env: Io['env']): string | null {
  try {
    return resolveEndpoint(`${provider}:any`, { env, keys: () => 'unused' }).baseUrl;
  } catch {
    return 'malformed address';
  }
}

/** Few enough tokens for the lowest tier of prices. */
const sample = 1000;

async function showModel(id: string, args: Arguments, { terminal, io, signal, clock }: Services): Promise<number> {
  const url = args.text('base-url');
  const surroundings = { env: io.env, ...(url === undefined ? {} : { baseUrl: { url, from: 'flag' as const } }) };
  // A person waits: one attempt tells enough.
  const model = await openModel(id, { ...surroundings, retries: { attempts: 1, timeouts: 1, empty: 1 } });
  const prices = await loadPrices(io.env);
  const perMillion = (tokens: { input: number; output: number }): number | null => {
    const cost = prices.cost(
      id,
      { cachedInput: 0, reasoning: 0, source: 'estimated', ...tokens },
      new Date(clock.now()),
    );
    return cost === null ? null : Number((cost * (1_000_000 / sample)).toFixed(4));
  };
  const price = {
    inputPerMillion: perMillion({ input: sample, output: 0 }),
    outputPerMillion: perMillion({ input: 0, output: sample }),
    table: prices.version,
  };
  const checked = args.flag('check') ? await check(model, signal) : null;
  if (checked?.outcome === 'cancelled') throw new ForgeError('CANCELLED', 'Cancelled.', 'Run it again.', 'cancelled');
  terminal.document({
    model: id,
    host: model.endpoint,
    seesImages: model.sees.images,
    price,
    check: checked && checkResult(checked),
  });
  terminal.say(`${plain(id)} at ${plain(model.endpoint)}`);
  const known = price.inputPerMillion !== null && price.outputPerMillion !== null;
  const dollars = `$${price.inputPerMillion} in, $${price.outputPerMillion} out per million tokens (${price.table})`;
  terminal.say(`price: ${known ? dollars : 'unknown; a limit in money needs MLE_FORGE_PRICES (docs/models.md)'}`);
  if (checked === null) return exit.good;
  return tellCheck(checked, { terminal });
}

/** Room for a model that thinks before it answers. */
const checkTokens = 500;

function check(model: ChatModel, signal: AbortSignal): Promise<ChatReply> {
  const request: ChatRequest = {
    messages: [{ role: 'user', parts: [{ kind: 'text', text: 'Answer with the single word: ready' }] }],
    tools: [],
    toolChoice: 'none',
    format: null,
    maxOutputTokens: checkTokens,
    temperature: null,
    seed: null,
  };
  return model.chat(request, { signal });
}

function checkResult({ outcome, text, model, usage: used, attempts, failure }: ChatReply): object {
  return { outcome, answer: text.slice(0, 200), servedBy: model, usage: used, requests: attempts.length, failure };
}

function tellCheck(reply: ChatReply, { terminal }: Pick<Services, 'terminal'>): number {
  const { outcome, failure, usage: used, attempts, model, text } = reply;
  const ms = attempts.reduce((sum, attempt) => sum + attempt.ms, 0);
  if (outcome === 'done' || outcome === 'length') {
    terminal.say(`check: ${plain(model)} answered ${JSON.stringify(plain(text).slice(0, 40))} in ${duration(ms)}`);
    terminal.say(`       ${used.input} tokens in, ${used.output} out (${used.source})`);
    return exit.good;
  }
  terminal.complain(`mle-forge: ${plain(failure?.message ?? outcome)}${failure === null ? '' : ` (${failure.code})`}`);
  if (failure !== null) terminal.complain(plain(failure.remedy));
  return exit.environment;
}
