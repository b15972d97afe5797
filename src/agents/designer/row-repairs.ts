// Repairs that change which rows there are and on which side of the split they stand.
import { z } from 'zod';
import type { Formulation } from '../../blueprints/formulation.ts';
import { hashValue } from '../../task/hashing.ts';
import type { Repair } from './repair.ts';

type Split = Formulation['split'];

/** What a finding may suggest: rows that share columns, a text or their content stay together, or later rows are the test part. */
const splitSuggestion = z.union([
  z.object({ kind: z.enum(['group', 'entity', 'time']), by: z.array(z.string()).min(1) }),
  z.object({ kind: z.literal('group'), key: z.literal('normalized-text'), column: z.string() }),
  z.object({ kind: z.literal('group'), key: z.literal('content') }),
]);
const dropSuggestion = z.object({ key: z.literal('drop-duplicates') });
/** Figures of a test part that is too small: its rows, and the fewest that would do. */
const tooFewRows = z.object({ rows: z.number().positive(), error: z.number().positive(), halfWidth: z.number() });

// Above a half there is too little left to learn from.
const largestTestFraction = 0.5;
// Groups and classes are not divided exactly as asked.
const roundingMargin = 1.05;
const fewestClasses = 2;

/** Follows the split that a finding suggests. An official split is not ours to change. */
export const changeSplit: Repair = (formulation, finding) => {
  const suggestion = splitSuggestion.safeParse(finding.evidence['split']);
  const { split } = formulation;
  if (!suggestion.success || split.kind === 'official') return null;
  const wanted = suggestion.data;
  const reason = `${finding.message} (${finding.code})`;
  const changed = 'by' in wanted ? followingColumns(split, wanted) : { ...split, ...togetherBy(wanted) };
  if (changed === null || (hashValue(changed.together) === hashValue(split.together) && changed.kind === split.kind)) {
    return null;
  }
  const by = 'by' in wanted ? wanted.by.join(', ') : wanted.key;
  const change = `Split by ${wanted.kind} on ${by}: ${finding.message}`;
  return { formulation: { ...formulation, split: { ...changed, reason } }, change };
};

function followingColumns(
  split: Split,
  { kind, by }: { kind: 'group' | 'entity' | 'time'; by: string[] },
): Split | null {
  if (kind !== 'time') return { ...split, kind, together: { key: 'columns', columns: by } };
  // How the column's times are written is known only when the Brainstormer has read them.
  return split.time?.column === by[0] ? { ...split, kind } : null;
}

function togetherBy(
  wanted: { key: 'content' } | { key: 'normalized-text'; column: string },
): Pick<Split, 'kind' | 'together'> {
  const { key } = wanted;
  return { kind: 'group', together: key === 'content' ? { key } : { key, column: wanted.column } };
}

/** Keeps the first of rows that agree in everything. */
export const dropDuplicates: Repair = (formulation, finding) => {
  if (!dropSuggestion.safeParse(finding.evidence['split']).success || formulation.rows.dropDuplicates) return null;
  return {
    formulation: { ...formulation, rows: { ...formulation.rows, dropDuplicates: true } },
    change: `Dropped repeated rows: ${finding.message}`,
  };
};

/** Leaves out a class that a finding names, as long as two remain and the target has no order. */
export const dropClass: Repair = (formulation, finding) => {
  const label = finding.evidence['label'];
  const { classes } = formulation.target;
  if (typeof label !== 'string' || classes === null || !classes.includes(label)) return null;
  const rest = classes.filter((name) => name !== label);
  if (rest.length < fewestClasses || formulation.objective !== 'multiclass-classification') return null;
  const recount = (text: string) => text.replaceAll(`${classes.length} classes`, `${rest.length} classes`);
  const count = finding.evidence['rows'];
  const dropped = {
    label,
    count: typeof count === 'number' ? count : 0,
    reason: `${finding.message} (${finding.code})`,
  };
  return {
    formulation: {
      ...formulation,
      title: recount(formulation.title),
      summary: recount(formulation.summary),
      objective: rest.length === fewestClasses ? 'binary-classification' : formulation.objective,
      target: { ...formulation.target, classes: rest },
      rows: { ...formulation.rows, droppedClasses: [...formulation.rows.droppedClasses, dropped] },
    },
    change: `Left out the class "${label}": ${finding.message}`,
  };
};

/** Makes the test part as large as a finding asks for, within what leaves enough to learn from. */
export const enlargeTest: Repair = (formulation, finding) => {
  const figures = tooFewRows.safeParse(finding.evidence);
  const { split } = formulation;
  if (!figures.success || split.kind === 'official') return null;
  const wanted = (split.testFraction * figures.data.error * roundingMargin) / figures.data.rows;
  if (wanted > largestTestFraction || wanted <= split.testFraction) return null;
  const testFraction = Math.ceil(wanted * 100) / 100;
  return {
    formulation: { ...formulation, split: { ...split, testFraction } },
    change: `Made the test part ${Math.round(testFraction * 100)} % of the rows: ${finding.message}`,
  };
};
