// From `provider:model` and the environment to a place and a key. A key never comes from a flag, and never goes to a
// place that a workspace chose.
import { ForgeError } from '../task/errors.ts';
import { type Compat, usualCompat } from './compat.ts';
import { type Provider, providers } from './providers.ts';

export interface Endpoint {
  /** `provider:model`. */
  readonly id: string;
  readonly provider: Provider;
  /** The model's name as the server knows it. */
  readonly model: string;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly host: string;
  /** Null: none is sent. */
  readonly key: string | null;
  readonly compat: Compat;
}

/** Who chose a base URL decides what may be sent there. */
export interface GivenUrl {
  readonly url: string;
  /** `flag`, `setting`: the user's own. `workspace`: a file of the project, which may come from a stranger. */
  readonly from: 'flag' | 'setting' | 'workspace';
}

/** Looks up a secret by the name of its variable: the environment, or an editor's secret storage. */
export type KeySource = (variable: string) => string | undefined;

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Default: the environment. */
  readonly keys?: KeySource;
  readonly baseUrl?: GivenUrl;
}

/** The key variable of a base URL that was given by hand: never a provider's own key. */
export const givenUrlKeyVariable = 'MLE_FORGE_API_KEY';

export interface ModelId {
  readonly provider: Provider;
  readonly model: string;
}

/** @throws ForgeError `MODEL_ID` when the form or the provider is unknown. */
export function parseModelId(id: string): ModelId {
  const colon = id.indexOf(':');
  const known = providers.map(({ name }) => name).join(', ');
  const provider = providers.find(({ name }) => name === id.slice(0, Math.max(colon, 0)));
  const model = id.slice(colon + 1).trim();
  if (id.startsWith('vscode:')) {
    throw usage(
      `${id} is a language model of the editor, which only runs inside it can use.`,
      'Resume the run in the editor, or name another model.',
    );
  }
  if (colon > 0 && provider === undefined) {
    throw usage(
      `Unknown provider ${JSON.stringify(id.slice(0, colon))}.`,
      `Write PROVIDER:MODEL with one of: ${known}.`,
    );
  }
  if (provider === undefined || model === '') {
    throw usage(
      `${JSON.stringify(id)} names no model.`,
      `Write PROVIDER:MODEL, for instance openai:gpt-5. Providers: ${known}.`,
    );
  }
  return { provider, model };
}

/** @throws ForgeError `MODEL_ID`, `MODEL_URL` (usage), `MODEL_KEY_MISSING` or `MODEL_URL_MISSING` (environment). */
export function resolveEndpoint(id: string, surroundings: Surroundings): Endpoint {
  const { provider, model } = parseModelId(id);
  const url = findUrl(provider, surroundings);
  const key = findKey(provider, surroundings);
  const compat = { ...usualCompat, ...provider.compat };
  return { id, provider, model, baseUrl: url.href.replace(/\/+$/, ''), host: url.host, key, compat };
}

function findUrl(provider: Provider, { env, baseUrl }: Surroundings): URL {
  if (baseUrl !== undefined) {
    const url = parseUrl(baseUrl.url, baseUrl.from === 'flag' ? '--base-url' : 'the setting of the base URL');
    if (baseUrl.from === 'workspace' && !isLoopback(url)) {
      throw usage(
        `A workspace may not send data to ${url.host}.`,
        `Only this machine's own servers can be set there; for others set ${provider.urlVariable} in the environment.`,
        'MODEL_URL',
      );
    }
    return url;
  }
  const given = env[provider.urlVariable];
  if (given !== undefined && given.trim() !== '') return parseUrl(given.trim(), provider.urlVariable);
  if (provider.baseUrl !== null) return new URL(provider.baseUrl);
  throw new ForgeError(
    'MODEL_URL_MISSING',
    `It is not known where ${provider.title} is.`,
    provider.name === 'azure'
      ? `Set ${provider.urlVariable}, for instance https://RESOURCE.openai.azure.com/openai/v1.`
      : `Give --base-url URL, or set ${provider.urlVariable}.`,
    'environment',
  );
}

function findKey(provider: Provider, { env, keys, baseUrl }: Surroundings): string | null {
  if (baseUrl?.from === 'workspace') return null;
  const variable = baseUrl === undefined ? provider.keyVariable : givenUrlKeyVariable;
  const key = (keys?.(variable) ?? env[variable])?.trim();
  if (key !== undefined && key !== '') return requirePlain(key, variable);
  if (baseUrl !== undefined || !provider.keyNeeded) return null;
  throw new ForgeError(
    'MODEL_KEY_MISSING',
    `There is no key for ${provider.title}.`,
    `Set ${variable} in the environment; a key is never taken from a flag.`,
    'environment',
  );
}

/** A header takes visible ASCII only; a pasted key with a line break inside would fail with a riddle. */
function requirePlain(key: string, variable: string): string {
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw new ForgeError(
    'MODEL_KEY_MALFORMED',
    `${variable} holds characters that no key has.`,
    'Paste the key again, without blanks and line breaks.',
    'environment',
  );
}

function parseUrl(text: string, where: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw usage(`${where} is no http or https address.`, 'Write it like http://127.0.0.1:8000/v1.', 'MODEL_URL');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw usage(
      `${where} must be a plain address without a user name, a query or a fragment.`,
      'Keys go into their variable (mle-forge models names it).',
      'MODEL_URL',
    );
  }
  return url;
}

/** Whether the address is this machine's own. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function usage(message: string, remedy: string, code = 'MODEL_ID'): ForgeError {
  return new ForgeError(code, message, remedy);
}
