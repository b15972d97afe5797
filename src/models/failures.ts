// The ways in which a call can fail, in words for a person: what happened, and what to do about it.
import type { ChatReply } from './port.ts';

export type Failure = NonNullable<ChatReply['failure']>;

const remedies = {
  MODEL_AUTH: 'Check the key; mle-forge models names the variable that holds it.',
  MODEL_QUOTA: 'Top up the account or choose another model; waiting does not help.',
  MODEL_RATE_LIMITED: 'Wait as long as the server asks, then continue the run with --resume.',
  MODEL_UNAVAILABLE: 'Try again later; what was paid for is kept.',
  MODEL_CONNECTION: 'Check that the server runs and that this machine reaches it.',
  MODEL_TIMEOUT: 'Try again, or choose a faster model.',
  MODEL_NOT_COMPATIBLE: 'Check the base URL; it usually ends in /v1.',
  MODEL_REDIRECTED: 'Use the address that it points to as base URL; data are not sent on by themselves.',
  MODEL_UNKNOWN: 'Check the name against what the provider offers (for Ollama: ollama list).',
  MODEL_CONTEXT_OVERFLOW: 'Choose a model with a longer context, or send fewer rows.',
  MODEL_PROMPT_TRUNCATED:
    'Let the server read more: for Ollama set OLLAMA_CONTEXT_LENGTH (for instance 32768) and restart it.',
  MODEL_TOOLS_UNSUPPORTED: 'Choose a model that can call tools, or start the server with its tool parser.',
  MODEL_BAD_REQUEST: 'The server does not take this request; its words say why.',
  MODEL_EMPTY: 'Try again, or choose another model.',
  MODEL_REFUSED: 'The model or its filter declined; rephrase, or choose another model.',
} as const;

export type FailureCode = keyof typeof remedies;

export function failure(code: FailureCode, message: string): Failure {
  return { code, message, remedy: remedies[code] };
}
