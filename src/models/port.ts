// The one port through which everything talks to a language model: a request in, a reply out, and no exception between.
import type { Json } from '../task/canonical-json.ts';

export type JsonObject = { readonly [key: string]: Json | undefined };

export type ContentPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly mediaType: string; readonly base64: string };

export type ChatMessage =
  | { readonly role: 'system'; readonly text: string }
  | { readonly role: 'user'; readonly parts: readonly ContentPart[] }
  | { readonly role: 'assistant'; readonly text: string; readonly toolCalls: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly callId: string; readonly name: string; readonly text: string };

export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  /** JSON schema, in the subset that every endpoint takes. */
  readonly parameters: JsonObject;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text, whatever form the server used; not yet parsed, it may be malformed. */
  readonly arguments: string;
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** Empty: none. */
  readonly tools: readonly ToolSpec[];
  readonly toolChoice: 'auto' | 'required' | 'none';
  /** The structured answer that is wanted; an adapter steps down to what its endpoint can do by itself. */
  readonly format: { readonly name: string; readonly schema: JsonObject } | null;
  readonly maxOutputTokens: number;
  readonly temperature: number | null;
  readonly seed: number | null;
}

/** Tokens. `input` contains `cachedInput`, `output` contains `reasoning`. */
export interface Usage {
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
  readonly reasoning: number;
  /** `reserved`: the server said nothing, so this is the most that the call may have used. */
  readonly source: 'reported' | 'estimated' | 'reserved';
}

/** One request on the wire; retries and steps down the ladder are attempts of one call. */
export interface Attempt {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly ms: number;
  readonly outcome: string;
  /** HTTP status; null when no response came. */
  readonly status: number | null;
  readonly requestId: string | null;
  /** How a structured answer was asked for. */
  readonly rung: string;
  /** Null: nothing was used, the server refused or was not reached. */
  readonly usage: Usage | null;
  readonly message: string;
}

export type ChatOutcome = 'done' | 'length' | 'refusal' | 'cancelled' | 'timeout' | 'failed';

export interface ChatReply {
  readonly outcome: ChatOutcome;
  /** The answer; partial when the outcome is not `done`. */
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  /** Of all attempts together; estimated where the server says nothing. */
  readonly usage: Usage;
  /** The model that served, as the server names it. */
  readonly model: string;
  readonly attempts: readonly Attempt[];
  /** For `timeout` and `failed`, and for `refusal` what the model said. */
  readonly failure: { readonly code: string; readonly message: string; readonly remedy: string } | null;
}

export interface ChatOptions {
  readonly signal: AbortSignal;
  readonly onText?: (delta: string) => void;
  /** Asked before each attempt with the most it may use; what it throws ends the call (a budget stop). */
  readonly beforeAttempt?: (estimate: { input: number; output: number }) => Promise<void>;
  /** Told of each attempt as it ends, before the next one begins. */
  readonly onAttempt?: (attempt: Attempt) => void;
}

export interface ChatModel {
  /** For instance `openai:gpt-5`. */
  readonly id: string;
  /** Host only, for people: what leaves the machine goes there. */
  readonly endpoint: string;
  readonly sees: { readonly images: boolean };
  /** Never throws across layers, except for bugs and for what `beforeAttempt` throws. */
  chat(request: ChatRequest, options: ChatOptions): Promise<ChatReply>;
}
