// One formulation on its way: design, assertions, refactor, reviews, execution, and back to the Designer when a gate
// finds an error that another design may answer.
import type { DesignOutput } from '../agents/contracts.ts';
import type { Candidate } from '../agents/proposal.ts';
import type { PackageDraft } from '../blueprints/blueprint.ts';
import type { Finding } from '../task/findings.ts';
import { designStage, executeStage, gateStage, type Item, refactorStage } from './candidate-stages.ts';
import type { ForgeEvent, Stage } from './events.ts';
import { errorsOf, fileFamilies, type GateResult, reviewFamilies } from './gates.ts';
import { judgeStage } from './judge-stage.ts';
import { publishStage } from './publish-stage.ts';
import { solveStage } from './solve-stage.ts';
import type { Workshop } from './workshop.ts';

/** The gate that stopped an attempt, with its errors. */
interface Failure {
  readonly stage: Stage;
  readonly errors: readonly Finding[];
}

export type CandidateEnd =
  | { readonly kind: 'accepted'; readonly path: string }
  | { readonly kind: 'rejected'; readonly stage: Stage; readonly code: string; readonly reason: string };

// The method's authors saw one package in a hundred need a third repair.
const maxRepairsPerStage = 2;

/** Takes one formulation to its verdict. */
export async function* forgeCandidate(first: Candidate, shop: Workshop): AsyncGenerator<ForgeEvent, CandidateEnd> {
  const task = first.id;
  const repairs = new Map<Stage, number>();
  let formulation = first;
  let findings: readonly Finding[] = [];
  let previous: PackageDraft | null = null;
  let blamed: Stage = 'design';
  for (let attempt = 1; ; attempt += 1) {
    const design: DesignOutput = yield* designStage(shop, { task, attempt, formulation, findings, previous });
    if (design.kind === 'infeasible') {
      return { kind: 'rejected', stage: blamed, code: design.code, reason: design.reason };
    }
    if (attempt > 1) yield { type: 'repair', task, attempt: attempt - 1, changes: [...design.changes] };
    formulation = design.formulation;

    const gates: GateResult[] = [];
    const failure = yield* passGates(shop, { task, attempt, draft: design.draft }, gates);
    if (failure === null) {
      const published = yield* publishStage(shop, { task, attempt, draft: design.draft, gates });
      if (published.errors.length === 0) return { kind: 'accepted', path: published.path };
      return rejection({ stage: 'publish', errors: published.errors }, 0);
    }
    const done = repairs.get(failure.stage) ?? 0;
    if (done >= maxRepairsPerStage) return rejection(failure, done);
    repairs.set(failure.stage, done + 1);
    findings = failure.errors;
    previous = design.draft;
    blamed = failure.stage;
  }
}

/** Runs the gates in the order of their cost until one finds errors. Results go to `gates` as they come. */
async function* passGates(
  shop: Workshop,
  item: Item & { draft: PackageDraft },
  gates: GateResult[],
): AsyncGenerator<ForgeEvent, Failure | null> {
  const failed = (stage: Stage, gate: GateResult): Failure | null => {
    gates.push(gate);
    const errors = errorsOf(gate.findings);
    return errors.length === 0 ? null : { stage, errors };
  };
  // Files are asserted again after the refactor, which adds to it; only that second result goes into the report.
  const structure = yield* gateStage(shop, item, 'assert-draft', [fileFamilies, ['PRE']]);
  const draftFailure = failed('assert-draft', structure);
  if (draftFailure !== null) return draftFailure;

  const packageFailure = failed('assert-package', yield* refactor(shop, item));
  if (packageFailure !== null) return packageFailure;

  const reviewFailure = failed('review', yield* gateStage(shop, item, 'review', [reviewFamilies]));
  if (reviewFailure !== null) return reviewFailure;
  const executeFailure = failed('execute', yield* executeStage(shop, item));
  if (executeFailure !== null) return executeFailure;
  const judged = yield* judgeStage(shop, item);
  if (judged !== null) failed('judge', judged);
  const played = yield* solveStage(shop, item);
  return played === null ? null : failed('solve', played);
}

/** The draft passed before: what fails after the Refactor is its fault, and is cheapest put right by taking it back. */
async function* refactor(shop: Workshop, item: Item & { draft: PackageDraft }): AsyncGenerator<ForgeEvent, GateResult> {
  const { prepareChanged, rewritten } = yield* refactorStage(shop, item);
  const families = prepareChanged ? [fileFamilies, ['PRE'] as const] : [fileFamilies];
  const result = yield* gateStage(shop, item, 'assert-package', families);
  if (errorsOf(result.findings).length === 0 || rewritten.length === 0) return result;
  const changes = [`taken back what the Refactor wrote: ${rewritten.join(', ')}`];
  yield { type: 'repair', task: item.task, attempt: item.attempt, changes };
  yield* refactorStage(shop, item, 'rule');
  return yield* gateStage(shop, item, 'assert-package', [fileFamilies, ['PRE']]);
}

function rejection({ stage, errors }: Failure, repairs: number): CandidateEnd {
  const [first, ...others] = errors;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const after = repairs === 0 ? '' : ` It stayed so after ${repairs} repairs.`;
  const reason = `${first?.message ?? 'A gate failed without saying why.'}${more}${after}`;
  return { kind: 'rejected', stage, code: first?.code ?? 'UNKNOWN', reason };
}
