// SEC010 to SEC014 and SEC016: what texts and cells say, show and hide.
import type { Severity } from '../../task/findings.ts';
import { layout } from '../../task/layout.ts';
import type { Check } from '../check.ts';
import { safetyCatalogue as checks } from './catalogue.ts';
import type { SafetyFault } from './code.ts';
import type { Passage, Safety } from './probe.ts';

/** Faults of texts and tables. One finding per place in a text; one per file and check in a table, with its count. */
export function judgeTexts(safety: Safety): SafetyFault[] {
  const faults: SafetyFault[] = [];
  for (const [file, { instructions, hidden, links }] of Object.entries(safety.texts)) {
    for (const passage of instructions)
      faults.push(fault(checks.instructions, file, passage, `The text speaks to a model: "${passage.what}".`));
    for (const passage of hidden) {
      const severity = passage.kind === 'control' ? 'error' : 'warning';
      faults.push(fault(checks.hiddenText, file, passage, hiding(passage), severity));
    }
    for (const passage of links) {
      // Where the data come from is told by the manifest and the README, and an address there is what it should be.
      if (passage.kind !== 'link' || file === layout.description) faults.push(linked(file, passage));
    }
  }
  for (const [file, { instructions, hidden, formulas, partial }] of Object.entries(safety.tables)) {
    const [first] = [...instructions, ...hidden];
    if (first !== undefined) {
      const count = instructions.length + hidden.length;
      const message =
        first.kind === 'instruction'
          ? `A cell speaks to a model: "${first.what}"${more(count)}.`
          : `A cell holds characters that hide or turn its text (${first.what})${more(count)}.`;
      faults.push({
        ...fault(checks.dataInstructions, file, first, message),
        evidence: { what: first.what, count, partial },
      });
    }
    const cells = formulas.reduce((sum, { count }) => sum + count, 0);
    const [column] = formulas;
    if (column !== undefined) {
      const example = column.rows[0]?.cell ?? '';
      const message = `${cells} cells would run in a spreadsheet, for example "${example}" in column ${column.column}.`;
      const evidence = { cells, columns: formulas.map(({ column: name }) => name).join(', '), example };
      faults.push({ check: checks.formulas, file, message, place: null, evidence });
    }
  }
  for (const [file, passages] of Object.entries(safety.secrets)) {
    const severity = Object.hasOwn(safety.tables, file) ? 'warning' : 'error';
    for (const passage of passages)
      faults.push(fault(checks.secrets, file, passage, `The file holds what looks like ${passage.what}.`, severity));
  }
  return faults;
}

function fault(check: Check, file: string, passage: Passage, message: string, severity?: Severity): SafetyFault {
  const place = { line: passage.line, column: 0, end: null };
  const evidence = { kind: passage.kind, what: passage.what };
  return { check, file, message, place, evidence, ...(severity === undefined ? {} : { severity }) };
}

function hiding({ kind, what }: Passage): string {
  if (kind === 'comment') return `The text holds a comment that readers do not see: "${what}".`;
  if (kind === 'style') return `The text holds an element that is styled to be unseen: "${what}".`;
  return `The text holds characters that are not seen: ${what}.`;
}

function linked(file: string, passage: Passage): SafetyFault {
  const { kind, what } = passage;
  if (kind === 'active')
    return fault(checks.active, file, passage, `The text holds an active element: "${what}".`, 'error');
  if (kind === 'image') return fault(checks.active, file, passage, `The text loads a picture from elsewhere: ${what}.`);
  return fault(checks.active, file, passage, `The text links to ${what}.`, 'information');
}

function more(count: number): string {
  return count > 1 ? ` (and ${count - 1} more)` : '';
}
