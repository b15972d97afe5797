// ADV008 to ADV013: what bent submissions do to the grader.
import { layout } from '../../task/layout.ts';
import { adversaryCatalogue as checks } from './catalogue.ts';
import { type AdversaryFault, shown } from './fault.ts';
import type { Standing } from './guesses.ts';
import type { Entry, Group, PanelResult } from './probe.ts';

/** Scores that differ by less are rounding errors of sums in another order. */
const TOLERANCE = 1e-9;
interface Ended {
  readonly entry: Entry;
  readonly result: PanelResult;
}

/** Faults of the bent forms. */
export function judgeForms(standing: Standing): AdversaryFault[] {
  const sign = standing.metric.direction === 'maximize' ? 1 : -1;
  return [
    ...better(standing, 'duplicate', plainScore(standing), sign),
    ...better(standing, 'missing', standing.panel.results[standing.floor]?.score ?? null, sign),
    ...oddIds(standing),
    ...broken(standing),
    ...large(standing),
    ...speaking(standing),
  ];
}

function ended({ entries, panel }: Standing, ...groups: Group[]): Ended[] {
  return entries.flatMap((entry) => {
    const result = panel.results[entry.name];
    return result !== undefined && groups.includes(entry.group) ? [{ entry, result }] : [];
  });
}

function plainScore(standing: Standing): number | null {
  return ended(standing, 'plain')[0]?.result.score ?? null;
}

/** Submissions of a group that score better than what they must not beat. */
function better(
  standing: Standing,
  group: 'duplicate' | 'missing',
  than: number | null,
  sign: number,
): AdversaryFault[] {
  if (than === null) return [];
  const margin = TOLERANCE * Math.max(1, Math.abs(than));
  const found = ended(standing, group)
    .filter(({ result }) => result.score !== undefined && sign * (result.score - than) > margin)
    .sort((a, b) => sign * ((b.result.score ?? 0) - (a.result.score ?? 0)));
  const [first] = found;
  if (first?.result.score === undefined) return [];
  const [check, against] =
    group === 'duplicate'
      ? [checks.duplicates, 'the same file without them']
      : [checks.missing, 'the constant baseline'];
  const message = `A submission in which ${first.entry.change.replace(/^the /, 'there is the ')} scores ${shown(first.result.score)}, better than ${against} with ${shown(than)}.`;
  const evidence = { ...told(first), floor: than, submissions: found.map(({ entry }) => entry.change) };
  return [{ check, message, evidence, file: layout.metric, submission: first.entry.name }];
}

function oddIds(standing: Standing): AdversaryFault[] {
  const all = ended(standing, 'odd id');
  const odd = all.filter(({ result }) => result.kind === 'valid' || result.kind === 'broken');
  const [first] = odd;
  if (first === undefined) return [];
  // All alike: the grader looks at no id, or breaks on any unknown one. MET004 and MET008 say so too, when they run.
  const others =
    odd.length === all.length ? 'so does every hostile id that was tried' : 'other unknown ids are refused';
  const message = `A submission in which ${first.entry.change} ${ending(first)}; ${others}.`;
  const evidence = { ...told(first), submissions: odd.map(({ entry }) => entry.change) };
  return [{ check: checks.oddIds, message, evidence, file: layout.metric, submission: first.entry.name }];
}

function broken(standing: Standing): AdversaryFault[] {
  if (standing.panel.fails) return failing(standing);
  const found = ended(standing, 'odd value', 'huge').filter(({ result }) => result.kind === 'broken');
  const [first] = found;
  if (first === undefined) return [];
  const others = found.length > 1 ? ` (and ${found.length - 1} more such submissions)` : '';
  const what = first.entry.group === 'huge' ? `of ${first.entry.change}` : `in which ${first.entry.change}`;
  const message = `A submission ${what}${others} makes the grader fail: it ${ending(first)}.`;
  const evidence = { ...told(first), submissions: found.map(({ entry }) => entry.change) };
  return [{ check: checks.oddValues, message, evidence, file: layout.metric, submission: first.entry.name }];
}

/** The grader fails on what follows the rules: nothing else needs to be tried. */
function failing(standing: Standing): AdversaryFault[] {
  const [first] = ended(standing, 'copy');
  if (first === undefined) return [];
  const message = `metric.py fails by itself, on the constant baseline as on the sample submission: it ${ending(first)}.`;
  return [
    { check: checks.oddValues, message, evidence: told(first), file: layout.metric, submission: first.entry.name },
  ];
}

function large(standing: Standing): AdversaryFault[] {
  const found = standing.entries.flatMap((entry) => {
    const result = standing.panel.results[entry.name];
    const fails = result?.kind === 'timeout' || (entry.group === 'large' && result?.kind === 'broken');
    return fails ? [{ entry, result }] : [];
  });
  const [first] = found;
  if (first === undefined) return [];
  // What fails at once takes another time in every run, which says nothing.
  const late = first.result.kind === 'timeout' ? ` after ${shown(first.result.seconds)} seconds` : '';
  const message = `A submission (${first.entry.change}) ${ending(first)}${late}.`;
  const evidence = { ...told(first), submissions: found.map(({ entry }) => entry.change) };
  return [{ check: checks.large, message, evidence, file: layout.metric, submission: first.entry.name }];
}

function speaking(standing: Standing): AdversaryFault[] {
  const groups: readonly Group[] = ['odd id', 'odd value', 'duplicate', 'missing'];
  for (const group of groups) {
    const refused = ended(standing, group).filter(({ result }) => result.kind !== 'valid');
    const found = refused.filter(({ result }) => result.speaks);
    const [first] = found;
    if (first === undefined) continue;
    const message = `The refusal of a submission in which ${first.entry.change} changes with the answers: it says something about them.`;
    // The words themselves would carry the answers into the report.
    const evidence = { adversary: first.entry.change, submissions: found.map(({ entry }) => entry.change) };
    return [{ check: checks.fishing, message, evidence, file: layout.metric, submission: first.entry.name }];
  }
  return [];
}

function ending({ result }: Ended): string {
  if (result.kind === 'valid') return `scores ${shown(result.score ?? Number.NaN)}`;
  if (result.kind === 'timeout') return 'does not come to an end';
  const message = (result.message ?? '').replace(/\s+/g, ' ').trim().slice(0, 160);
  return `${result.kind === 'broken' ? 'fails with' : 'is refused with'} "${message}"`;
}

function told(each: Ended): AdversaryFault['evidence'] {
  const { entry, result } = each;
  return {
    adversary: entry.change,
    ended: ending(each),
    ...(result.score === undefined ? {} : { score: result.score }),
  };
}
