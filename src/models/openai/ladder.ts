// The ladder of structured answers: from a schema that the server enforces down to a prompt that merely asks. What an
// endpoint turned out to take is remembered, so only its first call pays for the search.
import { type Compat, learnFrom } from '../compat.ts';
import type { ChatRequest } from '../port.ts';

export type Rung = 'plain' | 'json_schema' | 'tool' | 'json_object' | 'prompt';

/** What was learned about one model at one endpoint. */
export interface Capability {
  compat: Compat;
  /** The highest rung that is known to work; null before the first structured answer. */
  rung: Rung | null;
}

/** What was learned in this process, by endpoint and model. */
export type CapabilityMemory = Map<string, Capability>;

/** The rungs to try for this request, the best first. */
export function rungsFor(request: ChatRequest, { compat, rung }: Capability): readonly Rung[] {
  if (request.format === null) return ['plain'];
  const able: readonly (Rung | false)[] = [
    compat.jsonSchema && 'json_schema',
    compat.forcedTool && 'tool',
    compat.jsonObject && 'json_object',
    'prompt',
  ];
  const rungs = able.filter((each) => each !== false);
  return rungs.slice(rung === null ? 0 : Math.max(0, rungs.indexOf(rung)));
}

/** Statuses that may mean "I do not know this kind of format". */
const refusesFormat: readonly number[] = [400, 404, 415, 422, 501];

/** Where to go after a refusal: a changed spelling, a lower rung, or nowhere (null). */
export function afterRefusal(
  status: number | null,
  message: string,
  { compat, rungs }: { compat: Compat; rungs: readonly Rung[] },
): { compat: Compat; rungs: readonly Rung[] } | null {
  if (status === null || !refusesFormat.includes(status)) return null;
  const learned = learnFrom(message, compat);
  if (learned !== null) {
    const tooHigh = !learned.forcedTool && rungs[0] === 'tool' && rungs.length > 1;
    return { compat: learned, rungs: tooHigh ? rungs.slice(1) : rungs };
  }
  return rungs.length > 1 ? { compat, rungs: rungs.slice(1) } : null;
}
