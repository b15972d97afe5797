// MET013, MET017 and MET018: what the grader does besides computing.

import { describeFailure } from '../../runtime/outcome.ts';
import type { JobOutcome } from '../../runtime/port.ts';
import { metricCatalogue as checks } from './catalogue.ts';
import type { Fault } from './fault.ts';
import { NOTICEABLE_SECONDS, type Trials } from './probe.ts';
import { shown } from './words.ts';

/** Ten times the rows should take about ten times as long; a quadratic grader takes a hundred times. */
const GROWTH = 30;
/** A word of progress is no harm; a grader that prints more fills logs. */
const PRINTED = 2_000;

/** Faults of conduct, as far as the trials came to an end. */
export function judgeConduct(trials: Trials): Fault[] {
  return [...mutations(trials), ...growth(trials), ...reaching(trials), ...printing(trials), ...endless(trials)];
}

/** The fault of a grader that took the whole job down with it. */
export function judgeEnd(outcome: Exclude<JobOutcome<Trials>, { kind: 'done' | 'raised' | 'cancelled' }>): Fault {
  const message = `metric.py does not let the trials come to an end: the process ${describeFailure(outcome)}.`;
  return { check: checks.pure, message, line: null, evidence: { ended: outcome.kind } };
}

function mutations({ calls }: Trials): Fault[] {
  const ends = calls.flatMap((trial) => [
    { trial, by: 'evaluate', tables: trial.mutated },
    { trial, by: 'validate_submission', tables: trial.validated?.mutated ?? [] },
  ]);
  const found = ends.find(({ tables }) => tables.length > 0);
  if (found === undefined) return [];
  const { trial, by, tables } = found;
  const message = `${by} changes the table${tables.length > 1 ? 's' : ''} that it is given: ${tables.join(' and ')}.`;
  return [{ check: checks.inputs, message, line: null, evidence: { by, tables, submission: trial.change } }];
}

function growth({ slow }: Trials): Fault[] {
  if (slow === null) return [];
  const { rows, seconds, tenfold, outcome } = slow;
  const steep = tenfold > NOTICEABLE_SECONDS && tenfold > GROWTH * Math.max(seconds, 1e-3);
  if (!steep && outcome !== 'timeout') return [];
  const told = outcome === 'timeout' ? 'is stopped' : `takes more than ${GROWTH} times as long`;
  const message = `evaluate ${told} when ${rows} rows become ${rows * 10}: its time grows faster than the rows.`;
  return [{ check: checks.speed, message, line: null, evidence: { rows, tenfold: rows * 10 } }];
}

function reaching({ events, replaced }: Trials): Fault[] {
  const lines = new Map(events.map((event) => [event.line, events.filter(({ line }) => line === event.line)]));
  const found: Fault[] = [...lines].map(([line, [first, ...others]]) => {
    const what = first?.event === 'open' ? first.detail : `calls ${first?.detail}`;
    const more = others.length > 0 ? `, and ${others.length} more such things,` : '';
    const evidence = { events: [first, ...others].map((each) => each?.detail ?? '') };
    return { check: checks.pure, message: `metric.py ${what}${more} while it scores.`, line, evidence };
  });
  if (replaced.length === 0) return found;
  const message = `After scoring, functions of the libraries are no longer what they were: ${replaced.slice(0, 5).join(', ')}.`;
  return [...found, { check: checks.pure, message, line: null, evidence: { replaced } }];
}

function printing({ printed }: Trials): Fault[] {
  if (printed <= PRINTED) return [];
  const message = `metric.py printed ${shown(printed)} characters during the trials.`;
  return [{ check: checks.pure, message, line: null, evidence: { printed }, severity: 'warning' }];
}

function endless({ loaded, calls }: Trials): Fault[] {
  const stuck = [loaded, ...calls].find(({ outcome }) => outcome === 'timeout');
  const exit = calls.find(
    ({ outcome, error }) => outcome === 'raised' && ['SystemExit', 'KeyboardInterrupt'].includes(error),
  );
  const found: Fault[] = [];
  if (stuck !== undefined) {
    const message =
      'metric.py does not come to an end within five seconds of processor time and was stopped at this line.';
    found.push({ check: checks.pure, message, line: stuck.line, evidence: { outcome: 'timeout' } });
  }
  if (exit !== undefined) {
    const message = `metric.py ends the program (${exit.error}) for a submission in which ${exit.change}.`;
    found.push({ check: checks.pure, message, line: exit.line, evidence: { error: exit.error } });
  }
  return found;
}
