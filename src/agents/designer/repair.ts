// What the built-in Designer answers findings with. A finding is understood through its evidence, so that a new check
// can ask for a known repair without a change here:
//   column, columns    features to leave out            label      a class to leave out
//   split {kind, by}, {kind, key}, {key: drop-duplicates}          another split, or rows to drop
//   rows, error, halfWidth                              a test part that is too small
import type { Formulation } from '../../blueprints/formulation.ts';
import type { Finding } from '../../task/findings.ts';
import { excludeColumns } from './column-repairs.ts';
import { changeSplit, dropClass, dropDuplicates, enlargeTest } from './row-repairs.ts';

export type Repaired =
  | { readonly kind: 'repaired'; readonly formulation: Formulation; readonly changes: readonly string[] }
  | { readonly kind: 'infeasible'; readonly code: string; readonly reason: string };

/** A changed formulation with one sentence on the change, or null when the repair does not apply to the finding. */
export type Repair = (
  formulation: Formulation,
  finding: Finding,
) => { formulation: Formulation; change: string } | null;

/** In the order in which they are tried: a better split keeps more of the data than a column less. */
const repairs: readonly Repair[] = [changeSplit, dropDuplicates, excludeColumns, dropClass, enlargeTest];

/** Answers every finding, or says which one cannot be answered. */
export function repairFormulation(formulation: Formulation, findings: readonly Finding[]): Repaired {
  let current = formulation;
  const changes: string[] = [];
  for (const finding of findings) {
    const answer = firstAnswer(current, finding);
    if (answer !== null) {
      current = answer.formulation;
      changes.push(answer.change);
      continue;
    }
    // A finding that the change for an earlier one has answered, too: one column may leak in two ways.
    if (firstAnswer(formulation, finding) !== null) continue;
    return { kind: 'infeasible', code: finding.code, reason: `${finding.message} No other design answers this.` };
  }
  return { kind: 'repaired', formulation: current, changes };
}

function firstAnswer(formulation: Formulation, finding: Finding): ReturnType<Repair> {
  for (const repair of repairs) {
    const answer = repair(formulation, finding);
    if (answer !== null) return answer;
  }
  return null;
}
