// The pipeline: a dataset goes in, verified tasks come out, and everything that happens is told as events.
import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { BrainstormOutput } from '../agents/contracts.ts';
import type { Candidate } from '../agents/proposal.ts';
import type { Spent } from '../models/budget.ts';
import { describeError, ForgeError, throwIfCancelled } from '../task/errors.ts';
import { layout } from '../task/layout.ts';
import { createMemory } from '../verify/cache/memory.ts';
import { Artifacts } from './artifacts.ts';
import { benchOf } from './bench.ts';
import { builtinAgents } from './builtin-agents.ts';
import { type CandidateEnd, forgeCandidate } from './candidate.ts';
import { brainstormStage, profileStage } from './dataset-stages.ts';
import { type Decision, decisions } from './decided.ts';
import { runDesk } from './desk.ts';
import { earlierTasks } from './earlier-tasks.ts';
import type { ForgeEvent, Stage } from './events.ts';
import { isIncomplete } from './gates.ts';
import { interrupted } from './interruption.ts';
import { type OpenRun, openRun } from './open-run.ts';
import { checkFolders } from './preconditions.ts';
import { promptRuntime } from './prompt-runtime.ts';
import type { Agents, ForgeDeps, ForgeRequest, RunServices } from './request.ts';
import { Run } from './run.ts';
import { spentBefore } from './spent.ts';
import { storageError } from './storage-error.ts';
import { limitTime } from './time-limit.ts';
import { defaultTools } from './tools.ts';
import { stagingOf, type Workshop } from './workshop.ts';

const programFault = 'PROGRAM_FAULT';

interface Tally {
  accepted: number;
  rejected: number;
}

/**
 * Forges tasks from a dataset. The stream ends with `run-ended`; cancellation ends it so, too.
 * @throws ForgeError when the input cannot be used (nothing is left behind then), when the environment is not ready, or
 * when the disk is full (the run can be resumed then).
 */
export async function* forge(request: ForgeRequest, deps: ForgeDeps): AsyncGenerator<ForgeEvent> {
  const folders = await checkFolders(request.dataset, request.out);
  const engine = deps.engine?.name ?? (deps.agents ?? builtinAgents).engine;
  const open = await openRun({ ...request, ...folders }, engine, deps.clock);
  const tally: Tally = { accepted: 0, rejected: 0 };
  let begun = open.past.length > 0;
  const spent = spentBefore(open.past);
  const time = limitTime(deps.signal, deps.engine?.minutes ?? null, spent);
  try {
    const runtime = promptRuntime(deps.runtime);
    for await (const event of work(open, folders, { ...deps, runtime, signal: time.signal }, { tally, spent })) {
      const ends = event.type === 'accepted' || event.type === 'rejected' || event.type === 'run-ended';
      begun ||= event.type === 'stage-ended';
      await open.journal.append({ kind: 'event', event }, ends);
      yield event;
    }
  } catch (thrown) {
    const error = time.stop() ?? storageError(thrown, folders.out);
    const isSpent = error instanceof ForgeError && error.kind === 'budget';
    const isCancelled = deps.signal.aborted || (error instanceof ForgeError && error.kind === 'cancelled');
    const event: ForgeEvent = {
      type: 'run-ended',
      outcome: isCancelled ? 'cancelled' : isSpent ? 'stopped' : 'failed',
      ...tally,
    };
    const isBadInput = error instanceof ForgeError && error.kind === 'input' && tally.accepted + tally.rejected === 0;
    // Bad input leaves nothing behind; and without a single result there is nothing to resume or to look at.
    if ((isBadInput || !begun) && !isCancelled) await open.discard();
    // A full disk takes no more lines; the run can be resumed from the ones before.
    else if (deps.signal.reason !== interrupted)
      await open.journal.append({ kind: 'event', event }, true).catch(() => {});
    if (isSpent) yield { type: 'note', message: `${error.message} ${error.remedy}` };
    yield event;
    if (!isCancelled && !isSpent) throw error;
  } finally {
    time.clear();
    await open.close();
  }
}

async function* work(
  open: OpenRun,
  folders: { dataset: string; out: string },
  deps: ForgeDeps,
  { tally, spent }: { readonly tally: Tally; readonly spent: Spent },
): AsyncGenerator<ForgeEvent> {
  const { places, journal, past, options, sha256 } = open;
  yield { type: 'run-started', run: places.run, dataset: folders.dataset, resumed: past.length > 0 };
  const { name, version } = deps.engine ?? { name: (deps.agents ?? builtinAgents).engine, version: undefined };
  if (deps.engine !== undefined) yield { type: 'note', message: deps.engine.notice };
  const basis = { dataset: sha256, seed: options.seed, engine: name, ...(version && { version }) };
  const run = new Run(journal, new Artifacts(places.artifacts), deps.clock, basis, past);
  const tools = deps.tools ?? defaultTools;

  const profile = yield* profileStage(run, tools.profileDataset, folders.dataset, deps);
  const judgements = tools.judgeTables(profile);
  const { dataset, out } = folders;
  const { verify, climb, figures } = tools;
  const memory = createMemory();
  const room = { dataset, out, run, places, deps, verify, climb, figures, profile, memory };
  const agents = agentsOf(deps, {
    desk: runDesk(run, past),
    clock: deps.clock,
    dataset,
    profile,
    judgements,
    bench: (task) => benchOf(room, task),
    spent,
  });
  const earlier = deps.engine === undefined ? [] : await earlierTasks(run, out, sha256);
  const ideas: BrainstormOutput = yield* brainstormStage(run, { ...deps, agents }, judgements, {
    dataset,
    profile,
    options,
    earlier,
  });
  yield { type: 'formulations', ids: ideas.formulations.map(({ id }) => id), dropped: ideas.dropped.length };
  for (const { idea, code, reason } of ideas.dropped)
    yield { type: 'note', message: `Not proposed: ${idea}. ${reason} (${code})` };
  if (ideas.refused !== null) {
    yield { type: 'refused', ...ideas.refused };
    yield { type: 'run-ended', outcome: 'refused', ...tally };
    return;
  }

  const shop: Workshop = { ...room, agents };
  const decided = decisions(past);
  for (const formulation of ideas.formulations) {
    if (tally.accepted >= options.maxTasks) break;
    throwIfCancelled(deps.signal);
    const known = decided.get(formulation.id);
    const verdict =
      known !== undefined && (await stillHolds(known)) ? yield* retell(known) : yield* decide(formulation, shop);
    tally[verdict] += 1;
    await clearCandidate(shop, formulation.id, verdict === 'rejected' && options.keepRejected);
  }
  yield { type: 'run-ended', outcome: 'done', ...tally };
}

function agentsOf({ engine, agents }: ForgeDeps, services: RunServices): Agents {
  return engine?.hire(services) ?? agents ?? builtinAgents;
}

async function* decide(formulation: Candidate, shop: Workshop): AsyncGenerator<ForgeEvent, 'accepted' | 'rejected'> {
  const task = formulation.id;
  let stage: Stage = 'design';
  let end: CandidateEnd;
  try {
    const candidate = forgeCandidate(formulation, shop);
    let step = await candidate.next();
    for (; step.done !== true; step = await candidate.next()) {
      if (step.value.type === 'stage-started') stage = step.value.stage;
      yield step.value;
    }
    end = step.value;
  } catch (error) {
    // A fault of the program spoils one candidate, not the run. What concerns the whole run goes on.
    if (error instanceof ForgeError && error.kind !== 'internal') throw error;
    if (storageError(error, shop.out) !== error || shop.deps.signal.aborted) throw error;
    shop.deps.log.write('error', `${task} at ${stage}: ${error instanceof Error ? error.stack : String(error)}`);
    const code = error instanceof ForgeError ? error.code : programFault;
    end = { kind: 'rejected', stage, code, reason: `A fault of the program: ${describeError(error)}` };
  }
  if (end.kind === 'accepted') yield { type: 'accepted', task, path: end.path };
  else yield { type: 'rejected', task, stage: end.stage, code: end.code, reason: end.reason };
  return end.kind;
}

/** Tells again what an earlier process of this run has decided. */
async function* retell({ verdict, findings }: Decision): AsyncGenerator<ForgeEvent, 'accepted' | 'rejected'> {
  for (const finding of findings) yield { type: 'finding', task: verdict.task, finding };
  yield verdict;
  return verdict.type;
}

/**
 * A published task that someone removed since is forged again; one that someone edited is left alone. A candidate that a
 * fault of the program has spoilt, or that could not be measured, gets another chance.
 */
async function stillHolds({ verdict, findings }: Decision): Promise<boolean> {
  if (verdict.type === 'rejected') return verdict.code !== programFault && !findings.some(isIncomplete);
  return (await lstat(path.join(verdict.path, layout.manifest)).catch(() => null)) !== null;
}

async function clearCandidate(shop: Workshop, task: string, keep: boolean): Promise<void> {
  const folder = stagingOf(shop, task);
  if (keep && (await lstat(folder).catch(() => null)) !== null) {
    const kept = path.join(shop.places.rejected, task);
    await rm(kept, { recursive: true, force: true });
    await mkdir(shop.places.rejected, { recursive: true });
    await rename(folder, kept);
  }
  await rm(folder, { recursive: true, force: true });
}
