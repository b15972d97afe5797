// The built-in Designer: a formulation that has a blueprint becomes a draft; findings become another formulation first.
import { blueprintFor } from '../../blueprints/catalogue.ts';
import type { Designer, DesignInput, DesignOutput } from '../contracts.ts';
import { isProposal } from '../proposal.ts';
import { repairFormulation } from './repair.ts';

/** Pure and deterministic. A finding that no repair answers makes the formulation infeasible. */
export const builtinDesigner: Designer = async (input) => design(input);

function design({ formulation, profile, findings }: DesignInput): DesignOutput {
  if (isProposal(formulation)) {
    const reason = "It is a proposal in a model's own terms; the built-in engine builds from blueprints alone.";
    return { kind: 'infeasible', code: 'NO_BLUEPRINT', reason };
  }
  const repaired = repairFormulation(formulation, findings);
  if (repaired.kind === 'infeasible') return repaired;
  const blueprint = blueprintFor(repaired.formulation);
  if (blueprint === undefined || blueprint === null) {
    const { objective, modality } = formulation;
    const reason = `No blueprint builds a task of ${objective} on ${modality} data split by ${formulation.split.kind}.`;
    return { kind: 'infeasible', code: 'NO_BLUEPRINT', reason };
  }
  const draft = blueprint.build(repaired.formulation, profile);
  return { kind: 'draft', formulation: repaired.formulation, draft, changes: repaired.changes };
}
