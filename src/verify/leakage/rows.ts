// LEK001 to LEK003: rows, texts and pictures that stand in both parts.
import type { Finding } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import type { Check } from '../check.ts';
import { leakageCatalogue as checks } from './catalogue.ts';
import type { Leak } from './fault.ts';
import { percent, rounded } from './figures.ts';
import type { Leaks } from './probe.ts';

type Duplicates = NonNullable<Leaks['duplicates']>;
type Examples = Duplicates['examples'];

/** From here on repeated rows move a score by more than its noise on usual test sizes. */
const MANY = 0.01;
/** Plain pictures of one kind resemble each other without being copies. */
const MANY_PICTURES = 0.03;
/** A column in which at least every second value is its own makes equal rows more than a coincidence. */
const SHARP = 0.5;
/** Tables of few combinations repeat themselves; fewer repetitions than this share of different rows are natural. */
const MOSTLY_DISTINCT = 0.8;
/** So many times more than chance allows, in tables without a sharp column. */
const BEYOND_CHANCE = 10;

export function judgeRows(leaks: Leaks): Leak[] {
  const { duplicates } = leaks;
  return [...(duplicates === null ? [] : [...repeated(duplicates), ...conflicting(duplicates, leaks)]), ...near(leaks)];
}

/** Whether equal rows mean that one was copied, rather than that two rows are alike. */
function meaningful({ sharpest, distinct }: Duplicates, count: number, expected: number): boolean {
  return sharpest >= SHARP || (distinct >= MOSTLY_DISTINCT && count > BEYOND_CHANCE * expected + 5);
}

function repeated(duplicates: Duplicates): Leak[] {
  const { count, test, agree, chance, key, media, sharpest } = duplicates;
  if (count === 0 || !meaningful(duplicates, count, duplicates.expected)) return [];
  const share = count / test;
  const what = media ? 'files' : 'rows';
  const same = agree === null ? '' : `; ${percent(agree)} of them have the answer of their twin`;
  const message = `${count} of ${test} test ${what} (${percent(share)}) are also in train.csv${same}.`;
  const grounds = {
    count,
    test,
    share: rounded(share),
    agree: agree === null ? null : rounded(agree),
    chance: chance === null ? null : rounded(chance),
    split: suggestion(key, media),
  };
  const certain = sharpest >= SHARP && share >= MANY;
  return [pair(checks.duplicates, certain ? 'error' : 'warning', message, grounds, duplicates.examples)];
}

function suggestion(key: string | null, media: boolean): { [name: string]: string } {
  if (media) return { kind: 'group', key: 'content' };
  if (key !== null) return { kind: 'group', key: 'normalized-text', column: key };
  return { key: 'drop-duplicates' };
}

function conflicting(duplicates: Duplicates, { rows }: Leaks): Leak[] {
  const { conflicting: count, repeated: equal } = duplicates;
  const all = rows.train + rows.test;
  // Equal rows to expect in both parts together, from those between the parts.
  const expected = (duplicates.expected * all) / Math.max(duplicates.test, 1);
  if (count < MANY * all || !meaningful(duplicates, equal, expected)) return [];
  const message = `${count} of ${all} rows (${percent(count / all)}) agree with another row in every feature and differ from it in the target: no solver can get them all right.`;
  return [pair(checks.conflicts, 'warning', message, { count, rows: all, repeated: equal }, duplicates.examples)];
}

function near({ near: texts, alike }: Leaks): Leak[] {
  const found: Leak[] = [];
  for (const { column, count, test, examples } of texts) {
    if (count < MANY * test) continue;
    const message = `${count} of ${test} test rows (${percent(count / test)}) hold a text in "${column}" that is nearly one of train.csv.`;
    const split = { kind: 'group', key: 'normalized-text', column };
    found.push(pair(checks.near, 'warning', message, { column, count, test, split }, examples));
  }
  if (alike !== null && alike.count >= MANY_PICTURES * alike.test) {
    const { count, test, examples } = alike;
    const message = `${count} of ${test} test pictures (${percent(count / test)}) are nearly one of the train part.`;
    found.push(pair(checks.near, 'warning', message, { count, test }, examples));
  }
  return found;
}

/** A leak that is shown by the first pair of rows, with the others beside it. */
function pair(
  check: Check,
  severity: Leak['severity'],
  message: string,
  evidence: Finding['evidence'],
  examples: Examples,
): Leak {
  const [first] = examples;
  const related = examples.flatMap(({ test, train }, index) => [
    ...(index === 0 ? [] : [{ place: test, message: 'Another such test row.' }]),
    { place: train, message: index === 0 ? 'The train row that it repeats.' : 'Its twin.' },
  ]);
  const where = first === undefined ? { file: layout.test } : { line: first.test };
  return { check, severity, message, where, evidence, related };
}
