// How the work of an agent ends: with what it hands over, or with the reason why it does not.

/** `MODEL_ANSWER`: it never gave an answer of the form that was asked for. */
export type StopCode = 'MODEL_STEPS' | 'MODEL_IDLE' | 'MODEL_LOOP' | 'MODEL_REFUSED' | 'MODEL_ANSWER';

export type AgentEnd<Value> =
  | { readonly kind: 'finished'; readonly value: Value }
  | { readonly kind: 'stopped'; readonly code: StopCode; readonly reason: string };
