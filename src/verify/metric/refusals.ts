// MET004 to MET009 and MET019: what happens to submissions that must not be scored.

import type { Severity } from '../../task/findings.ts';
import type { Check } from '../check.ts';
import { metricCatalogue as checks } from './catalogue.ts';
import type { Fault } from './fault.ts';
import type { Trial, Trials } from './probe.ts';
import { counterexample, ending, shown } from './words.ts';

const MUST_REFUSE: Partial<Record<Trial['group'], Check>> = {
  ids: checks.ids,
  columns: checks.columns,
  surplus: checks.columns,
  missing: checks.finite,
  values: checks.values,
};

/** A shorter message cannot say which column or id to change. */
const USABLE_CHARACTERS = 12;

/** Faults of refusing, one per check at most two: what is scored, and how refusals end. */
export function judgeRefusals({ calls, lines }: Trials): Fault[] {
  const faulty = calls.filter((trial) => MUST_REFUSE[trial.group] !== undefined);
  return [...new Set(Object.values(MUST_REFUSE))]
    .flatMap((check) => accepted(check, faulty))
    .concat(crashes(faulty), useless(faulty), speaking(faulty), disagreement(calls, lines.validate_submission));
}

function accepted(check: Check, faulty: readonly Trial[]): Fault[] {
  const all = faulty.filter((trial) => MUST_REFUSE[trial.group] === check && trial.outcome === 'scored');
  // A surplus column harms nobody; a score that validate_submission would have prevented is half as bad.
  const mild = (trial: Trial) => trial.group === 'surplus' || trial.validated?.outcome === 'refused';
  const serious = all.filter((trial) => !mild(trial));
  const found = serious.length > 0 ? serious : all;
  const [first] = found;
  if (first === undefined) return [];
  const score = first.score === null ? first.written : shown(first.score);
  const others = found.length > 1 ? `, and ${found.length - 1} more such submissions` : '';
  const despite = first.validated?.outcome === 'refused' ? ', which validate_submission refuses,' : '';
  const severity: Severity = serious.length > 0 ? 'error' : 'warning';
  const message = `evaluate scores a submission in which ${first.change}${despite} with ${score || first.kind}${others}; it must raise InvalidSubmissionError.`;
  const evidence = { ...counterexample(first), trials: found.map(({ name }) => name) };
  return [{ check, message, line: null, evidence, severity }];
}

/** One fault per line of metric.py that breaks. */
function crashes(faulty: readonly Trial[]): Fault[] {
  const raised = faulty.filter((trial) => trial.outcome === 'raised');
  const places = new Map<string, Trial[]>();
  for (const trial of raised) {
    const place = `${trial.line ?? 0} ${trial.error}`;
    places.set(place, [...(places.get(place) ?? []), trial]);
  }
  return [...places.values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return [];
    const others = rest.length > 0 ? ` (and ${rest.length} more such submissions)` : '';
    const message = `A submission in which ${first.change}${others} ends in ${first.error} instead of InvalidSubmissionError: evaluate ${ending(first)}.`;
    const evidence = { ...counterexample(first), trials: [first, ...rest].map(({ name }) => name) };
    const caught = [first, ...rest].every(({ validated }) => validated?.outcome === 'refused');
    return [{ check: checks.refusal, message, line: first.line, evidence, ...(caught ? { severity: 'warning' } : {}) }];
  });
}

function useless(faulty: readonly Trial[]): Fault[] {
  const mute = faulty.find((trial) => trial.outcome === 'refused' && trial.message.trim().length < USABLE_CHARACTERS);
  if (mute === undefined) return [];
  const message = `A submission in which ${mute.change} is refused with the message "${mute.message}", which does not say what to change.`;
  return [{ check: checks.refusal, message, line: mute.line, evidence: counterexample(mute), severity: 'warning' }];
}

function speaking(faulty: readonly Trial[]): Fault[] {
  const found = faulty.filter((trial) => trial.depends);
  const [first] = found;
  if (first === undefined) return [];
  const message = `The message of a refusal changes with the answers: a submission in which ${first.change} is told something else when other answers stand behind the same ids.`;
  // The message itself would carry the answers into the report.
  const evidence = {
    submission: first.change,
    trial: first.name,
    error: first.error,
    trials: found.map(({ name }) => name),
  };
  return [{ check: checks.silence, message, line: first.line, evidence }];
}

function disagreement(calls: readonly Trial[], line: number | null): Fault[] {
  const lax = calls.find(({ outcome, validated }) => outcome === 'refused' && validated?.outcome === 'scored');
  const strict = calls.find(
    ({ group, outcome, validated }) =>
      MUST_REFUSE[group] === undefined && outcome === 'scored' && validated !== null && validated.outcome !== 'scored',
  );
  const found = lax ?? strict;
  if (found?.validated === undefined || found.validated === null) return [];
  const told = found === lax ? 'accepts it' : ending(found.validated);
  const message = `validate_submission and evaluate disagree on a submission in which ${found.change}: the first ${told}, the second ${ending(found)}.`;
  return [{ check: checks.agreement, message, line: found.validated.line ?? line, evidence: counterexample(found) }];
}
