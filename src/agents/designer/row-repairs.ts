// Repairs that change which rows there are and on which side of the split they stand.
import { z } from 'zod';
import type { Formulation } from '../../blueprints/formulation.ts';
import type { Repair } from './repair.ts';

/** Where a finding suggests another split: rows that share the columns stay together, or later rows are the test part. */
const splitSuggestion = z.object({
  kind: z.enum(['group', 'entity', 'time']),
  columns: z.array(z.string()).min(1),
  format: z.string().optional(),
});

// Below a tenth the test part rarely supports a comparison; above a half there is too little left to learn from.
const smallestTestFraction = 0.1;
const largestTestFraction = 0.5;
const fewestClasses = 2;

/** Follows the split that a finding suggests. */
export const changeSplit: Repair = (formulation, finding) => {
  const suggestion = splitSuggestion.safeParse(finding.evidence['split']);
  if (!suggestion.success || formulation.split.kind === 'official') return null;
  const { kind, columns, format } = suggestion.data;
  const reason = `${finding.message} (${finding.code})`;
  const split: Formulation['split'] =
    kind === 'time'
      ? { ...formulation.split, kind, time: { column: columns[0] ?? '', format: format ?? 'iso' }, reason }
      : { ...formulation.split, kind, together: { key: 'columns', columns }, reason };
  if (
    JSON.stringify(split.together) === JSON.stringify(formulation.split.together) &&
    kind === formulation.split.kind
  ) {
    return null;
  }
  const change = `Split by ${kind} on ${columns.join(', ')}: ${finding.message}`;
  return { formulation: { ...formulation, split }, change };
};

/** Keeps the first of equal rows; media of equal content and texts that differ in spelling only stay on one side. */
export const dropDuplicates: Repair = (formulation, finding) => {
  if (!('duplicates' in finding.evidence)) return null;
  const { source, rows, split } = formulation;
  if (source.kind === 'media' && source.media !== 'text') {
    if (split.together.key !== 'none') return null;
    const together = { key: 'content' } as const;
    return {
      formulation: { ...formulation, split: { ...split, kind: 'group', together } },
      change: `Kept files of equal content on one side of the split: ${finding.message}`,
    };
  }
  if (!rows.dropDuplicates) {
    return {
      formulation: { ...formulation, rows: { ...rows, dropDuplicates: true } },
      change: `Dropped repeated rows: ${finding.message}`,
    };
  }
  const text = formulation.features.kept.find((feature) => feature.kind === 'text');
  if (text === undefined || split.together.key !== 'none' || split.kind === 'time') return null;
  const together = { key: 'normalized-text', column: text.name } as const;
  return {
    formulation: { ...formulation, split: { ...split, kind: 'group', together } },
    change: `Kept texts that differ only in spelling on one side of the split: ${finding.message}`,
  };
};

/** Leaves out a class that a finding names, as long as two remain and the target has no order. */
export const dropClass: Repair = (formulation, finding) => {
  const label = finding.evidence['class'];
  const { classes } = formulation.target;
  if (typeof label !== 'string' || classes === null || !classes.includes(label)) return null;
  const rest = classes.filter((name) => name !== label);
  if (rest.length < fewestClasses || formulation.objective !== 'multiclass-classification') return null;
  const count = finding.evidence['count'];
  const dropped = {
    label,
    count: typeof count === 'number' ? count : 0,
    reason: `${finding.message} (${finding.code})`,
  };
  return {
    formulation: {
      ...formulation,
      objective: rest.length === fewestClasses ? 'binary-classification' : formulation.objective,
      target: { ...formulation.target, classes: rest },
      rows: { ...formulation.rows, droppedClasses: [...formulation.rows.droppedClasses, dropped] },
    },
    change: `Left out the class "${label}": ${finding.message}`,
  };
};

/** Takes the share of test rows that a finding asks for, within what leaves both sides usable. */
export const changeTestFraction: Repair = (formulation, finding) => {
  const wanted = finding.evidence['testFraction'];
  if (typeof wanted !== 'number' || formulation.split.kind === 'official') return null;
  const testFraction = Math.min(largestTestFraction, Math.max(smallestTestFraction, wanted));
  if (testFraction === formulation.split.testFraction) return null;
  return {
    formulation: { ...formulation, split: { ...formulation.split, testFraction } },
    change: `Made the test part ${Math.round(testFraction * 100)} % of the rows: ${finding.message}`,
  };
};
