// Family ADV: a panel of cheating solvers. They run as a competitor's solver would, and are graded as one.
import { layout } from '../../task/layout.ts';
import type { TaskSpec } from '../../task/spec.ts';
import {
  type Check,
  type CheckContext,
  type CheckOutcome,
  concluded,
  type FamilyChecks,
  findingOf,
  skipped,
} from '../check.ts';
import { guarded, withManifest } from '../engine.ts';
import { oncePer } from '../once-per.ts';
import { type Counterexample, counterexampleOf } from '../runs/counterexamples.ts';
import { adversaryCatalogue as checks } from './catalogue.ts';
import type { AdversaryFault } from './fault.ts';
import { judgeForms } from './forms.ts';
import { judgeGuesses, type Standing } from './guesses.ts';
import { type Faced, facePanel } from './panel.ts';
import { judgeLoot, judgeSpecial, judgeTampering } from './reach.ts';

const all: readonly Check[] = Object.values(checks);

export const adversaryFamily: FamilyChecks = {
  family: 'ADV',
  after: ['STR', 'EXE'],
  ahead: {
    after: ['STR'],
    start: async (context) => (context.manifest === null ? null : confrontation(context, context.manifest)),
  },
  checks: all,
  run: (context) =>
    withManifest(all, context, (manifest) => guarded(all, context, () => confronted(context, manifest))),
};

/** The strong baseline decides how much a fault weighs, not which submissions show one. */
const confrontation = oncePer((context: CheckContext, manifest: TaskSpec) =>
  facePanel(context, manifest, (faced) => judgePanel(faced, manifest.metric, null)),
);

async function confronted(context: CheckContext, manifest: TaskSpec): Promise<CheckOutcome[]> {
  const strong = context.ladder.find(({ name }) => name === 'strong')?.score ?? manifest.difficulty?.strong ?? null;
  const faced = await confrontation(context, manifest);
  return conclude(context, faced, judgePanel(faced, manifest.metric, strong));
}

/** Pure: from a confrontation to what is wrong. `strong` is the score of the strong baseline, where it has one. */
export function judgePanel(faced: Faced, metric: TaskSpec['metric'], strong: number | null): AdversaryFault[] {
  const { cheated, panel, floor, taken, changed } = faced;
  const reach = [...judgeSpecial(taken), ...judgeTampering(cheated, changed)];
  if (panel === null) return [...reach, ...takenDown(faced)];
  const standing: Standing = { metric, entries: cheated.entries, panel, floor, strong };
  return [...reach, ...judgeGuesses(standing), ...judgeForms(standing), ...judgeLoot(cheated, panel)];
}

function takenDown({ cheated, ended }: Faced): AdversaryFault[] {
  if (ended === null) return [];
  const entry = cheated.entries.find(({ name }) => name === ended.last);
  const at = entry === undefined ? 'the panel' : `a submission of the panel (${entry.change})`;
  const message = `metric.py does not survive ${at}: the process ${ended.why}.`;
  const evidence = { ended: ended.why, ...(entry === undefined ? {} : { adversary: entry.change }) };
  const shows = entry === undefined ? {} : { submission: entry.name };
  return [{ check: checks.large, message, evidence, file: layout.metric, ...shows }];
}

const UNCONTAINED = 'solvers run without isolation here, so what they reach is this machine, not the task';

/** Checks that proved nothing, each with the reason. */
function unmeasured({ cheated, panel, floor, ended }: Faced): ReadonlyMap<Check, string> {
  const reason = cheated.problem ?? (ended === null ? null : 'the grader ended the panel (ADV012)');
  const always: readonly Check[] = [checks.special, checks.tamper];
  const skips = new Map(reason === null ? [] : all.filter((c) => !always.includes(c)).map((check) => [check, reason]));
  if (!cheated.contained) for (const check of [checks.prowl, checks.tamper]) skips.set(check, UNCONTAINED);
  if (panel === null) return skips;
  if (panel.stopped)
    for (const check of all)
      if (!always.includes(check) && check !== checks.prowl) skips.set(check, 'the grader hangs (ADV012)');
  if (panel.fails)
    for (const check of all)
      if (!always.includes(check) && check !== checks.prowl) skips.set(check, 'metric.py fails by itself (ADV011)');
  if (panel.results[floor]?.kind !== 'valid') {
    const judged = [checks.copy, checks.shuffle, checks.constant, checks.tile, checks.lookUp, checks.order];
    for (const check of [...judged, checks.chance, checks.missing]) skips.set(check, 'no constant has a score to beat');
  }
  return skips;
}

async function conclude(
  context: CheckContext,
  faced: Faced,
  faults: readonly AdversaryFault[],
): Promise<CheckOutcome[]> {
  const skips = unmeasured(faced);
  const outcomes: CheckOutcome[] = [];
  for (const check of all) {
    const found = faults.filter((fault) => fault.check === check);
    const reason = skips.get(check);
    if (found.length === 0 && reason !== undefined) {
      outcomes.push(skipped(check, reason));
      continue;
    }
    const counterexamples: Counterexample[] = [];
    const findings = [];
    for (const { message, evidence, file, submission, severity } of found) {
      const kept = submission === undefined ? null : keep(faced, check.code, submission);
      if (kept !== null) counterexamples.push(kept);
      const range = file === layout.metric ? { range: await context.files.find(file, /def evaluate\b.*/) } : {};
      const shows = kept === null ? evidence : { ...evidence, counterexample: kept.file };
      findings.push(findingOf(check, { message, file, evidence: shows, ...range, ...(severity ? { severity } : {}) }));
    }
    outcomes.push({ ...concluded(check, findings), ...(counterexamples.length > 0 ? { counterexamples } : {}) });
  }
  return outcomes;
}

function keep({ kept }: Faced, code: string, submission: string): Counterexample | null {
  const content = kept[submission];
  if (content === undefined) return null;
  return counterexampleOf(code, submission.replace(/^\d+-/, ''), Buffer.from(content, 'base64'));
}
