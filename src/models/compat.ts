// What an endpoint can do and how it spells it. The table of providers gives a start; the rest is learned from refusals.
import type { JsonObject } from './port.ts';

export interface Compat {
  /** OpenAI's newer models refuse `max_tokens`, many servers know nothing else. */
  readonly maxTokensField: 'max_completion_tokens' | 'max_tokens';
  /** `user`: the chat template takes no system message, so it goes in front of the first user message. */
  readonly systemRole: 'system' | 'developer' | 'user';
  readonly usageInStream: boolean;
  /** Without them tools are told in the prompt and called in the text. */
  readonly tools: boolean;
  /** Whether a tool can be forced (`tool_choice`). */
  readonly forcedTool: boolean;
  readonly jsonSchema: boolean;
  readonly jsonObject: boolean;
  readonly temperature: boolean;
  readonly seed: boolean;
  readonly images: boolean;
  /** The server cuts a long prompt without a word (Ollama). */
  readonly truncatesSilently: boolean;
  /** Sent with every request. */
  readonly extraBody: JsonObject;
}

export const usualCompat: Compat = {
  maxTokensField: 'max_tokens',
  systemRole: 'system',
  usageInStream: true,
  tools: true,
  forcedTool: true,
  jsonSchema: true,
  jsonObject: true,
  temperature: true,
  seed: true,
  images: false,
  truncatesSilently: false,
  extraBody: {},
};

/** How servers say that a model has no tools. */
export const refusesTools =
  /does not support (tools|function|tool)|tool(s| use| calling)? (is|are) not supported|no endpoints found that support tool use|requires --jinja|enable-auto-tool-choice/i;

/** What a refusal (status 400 or 422) says about one parameter, and the spelling that avoids it. */
const lessons: readonly { readonly says: RegExp; readonly learn: (known: Compat) => Partial<Compat> }[] = [
  {
    says: /max_tokens.{0,80}(not supported|unsupported|max_completion_tokens)/is,
    learn: () => ({ maxTokensField: 'max_completion_tokens' }),
  },
  {
    says: /(unknown|unsupported|unrecognized|extra|not permitted|unexpected).{0,80}max_completion_tokens|max_completion_tokens.{0,80}(not supported|unsupported|not permitted|extra)/is,
    learn: () => ({ maxTokensField: 'max_tokens' }),
  },
  { says: refusesTools, learn: () => ({ tools: false, forcedTool: false }) },
  { says: /stream_options/i, learn: () => ({ usageInStream: false }) },
  {
    says: /temperature.{0,80}(not supported|unsupported|does not support|only the default)|unsupported.{0,60}temperature/is,
    learn: () => ({ temperature: false }),
  },
  {
    says: /\bseed\b.{0,80}(not supported|unsupported|not permitted|extra)|(unsupported|unknown|unrecognized).{0,60}\bseed\b/is,
    learn: () => ({ seed: false }),
  },
  {
    says: /tool_choice.{0,100}(not supported|unsupported|only|must be|invalid)|unsupported.{0,60}tool_choice/is,
    learn: () => ({ forcedTool: false }),
  },
  {
    says: /system (role|message|prompt)s?.{0,60}(not supported|unsupported)|does not support.{0,40}system|only user and assistant roles/is,
    learn: (known) => ({ systemRole: known.systemRole === 'system' ? 'user' : 'system' }),
  },
];

/** The compatibility after a refusal; null when the refusal teaches nothing new. */
export function learnFrom(refusal: string, known: Compat): Compat | null {
  for (const { says, learn } of lessons) {
    if (!says.test(refusal)) continue;
    const learned = { ...known, ...learn(known) };
    if (JSON.stringify(learned) !== JSON.stringify(known)) return learned;
  }
  return null;
}
