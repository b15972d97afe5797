// Arithmetic on token counts.
import type { Usage } from './port.ts';

export const noUsage: Usage = { input: 0, cachedInput: 0, output: 0, reasoning: 0, source: 'reported' };

/** The most that an attempt may have used, for when the server says nothing. */
export function reservedUsage(input: number, output: number): Usage {
  return { input, cachedInput: 0, output, reasoning: 0, source: 'reserved' };
}

const certainty = ['reported', 'estimated', 'reserved'] as const;

/** The sum; as uncertain as the least certain of its parts. */
export function addUsage(parts: readonly (Usage | null)[]): Usage {
  const known = parts.filter((part) => part !== null);
  const sum = (pick: (usage: Usage) => number): number => known.reduce((total, usage) => total + pick(usage), 0);
  const worst = Math.max(0, ...known.map(({ source }) => certainty.indexOf(source)));
  return {
    input: sum(({ input }) => input),
    cachedInput: sum(({ cachedInput }) => cachedInput),
    output: sum(({ output }) => output),
    reasoning: sum(({ reasoning }) => reasoning),
    source: certainty[worst] ?? 'reserved',
  };
}
