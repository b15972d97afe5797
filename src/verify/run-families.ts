// When each family runs: beside the others, after those that it relies on, and what it may begin before.
import type { Finding } from '../task/findings.ts';
import type { CheckContext, CheckOutcome, FamilyChecks } from './check.ts';
import type { Family, VerifyOptions } from './contract.ts';
import { runFamily, skipFamily } from './engine.ts';

/** Without these nothing of the package can be read. */
const readable = ['STR001', 'STR002', 'STR012', 'STR015'];
/** And without these its code cannot be run. */
const runnable = [...readable, 'STR004', 'STR005'];

/** Errors of these checks leave nothing for the other families to measure. */
const BLOCKING: Readonly<Partial<Record<Family, readonly string[]>>> = {
  PRE: runnable,
  LEK: readable,
  MET: runnable,
  REV: readable,
  EXE: runnable,
  STA: runnable,
  ADV: runnable,
};

/** The outcomes of all families in their order. A family starts when those that it comes after have ended. */
export async function runFamilies(
  chosen: readonly FamilyChecks[],
  context: CheckContext,
  { clock, onCheck }: VerifyOptions,
  over: AbortController,
): Promise<CheckOutcome[]> {
  const ended = new Map<Family, Promise<CheckOutcome[]>>();
  const begun: Promise<unknown>[] = [];
  const begin = (family: FamilyChecks): unknown => {
    const { ahead } = family;
    if (ahead === undefined) return;
    const needed = [...ended].filter(([other]) => ahead.after.includes(other)).map(([, end]) => end);
    const start = async (): Promise<void> => {
      const before = (await Promise.all(needed)).flat();
      if (context.manifest !== null && blockedBy(family, context, before) === null) await ahead.start(context);
    };
    // Whatever goes wrong is told when the family asks for what was begun.
    return begun.push(start().catch(() => undefined));
  };
  for (const family of chosen) if (family.ahead?.after.length === 0) begin(family);
  for (const family of chosen) {
    const needed = [...ended].filter(([other]) => family.after?.includes(other) ?? true).map(([, end]) => end);
    const run = async (): Promise<CheckOutcome[]> => {
      const before = (await Promise.all(needed)).flat();
      const outcomes: CheckOutcome[] = [];
      let since = clock.now();
      const take = (outcome: CheckOutcome): void => {
        outcomes.push(outcome);
        const now = clock.now();
        onCheck?.({ code: outcome.code, status: outcome.status, ms: now - since });
        since = now;
      };
      const reason = blockedBy(family, context, before);
      if (reason === null) for await (const outcome of runFamily(family, context)) take(outcome);
      else skipFamily(family, reason).forEach(take);
      return outcomes;
    };
    ended.set(family.family, run());
    if (family.ahead !== undefined && family.ahead.after.length > 0) begin(family);
  }
  try {
    return (await Promise.all(ended.values())).flat();
  } finally {
    // Nothing that was begun for a family which is blocked goes on behind the caller's back.
    over.abort();
    await Promise.all(begun);
  }
}

/** Why a family cannot run on this package, or null when it can. */
function blockedBy({ family }: FamilyChecks, context: CheckContext, outcomes: readonly CheckOutcome[]): string | null {
  const blocking = BLOCKING[family];
  if (blocking === undefined) return null;
  if (context.manifest === null) return 'task.json does not follow the schema (STR002)';
  const errors: readonly Finding[] = outcomes.flatMap((o) => o.findings.filter((f) => f.severity === 'error'));
  const found = errors.find((f) => blocking.includes(f.code));
  return found === undefined ? null : `needs what ${found.code} found wrong in ${found.file}`;
}
