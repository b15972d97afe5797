// The Designer driven by a language model: it writes a package file by file, runs it, and answers what the checks find.
import { blueprintFor } from '../../../blueprints/catalogue.ts';
import type { DatasetProfile } from '../../../dataset/profile.ts';
import { plainId } from '../../../models/plain-id.ts';
import { prettyJson } from '../../../task/canonical-json.ts';
import { layout } from '../../../task/layout.ts';
import type { Clock } from '../../../task/ports.ts';
import type { Bench } from '../../bench.ts';
import type { Designer, DesignInput, DesignOutput } from '../../contracts.ts';
import { fileBlock } from '../../loop/blocks.ts';
import { Conversation, type Seat } from '../../loop/conversation.ts';
import type { Desk } from '../../loop/desk.ts';
import { runAgent } from '../../loop/run-agent.ts';
import { blockGuide, type Tool } from '../../loop/tool.ts';
import { prompt, promptsVersion } from '../../prompts.ts';
import { isProposal, type Proposal } from '../../proposal.ts';
import { draftTools } from '../../tools/draft-files.ts';
import { builtinDesigner } from '../designer.ts';
import { benchTools, type Handover } from './bench-tools.ts';
import { findingsText, ownFindings } from './findings-text.ts';
import { manifestGuide } from './manifest-file.ts';
import { Workpiece } from './workpiece.ts';

export interface DesignerOptions {
  readonly seat: Seat;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly steps: number;
  readonly seed: number;
  /** What the model is told of the dataset before it looks. */
  readonly overview: string;
  datasetTools(): readonly Tool[];
  bench(task: string): Bench;
}

/** Builds proposals with the model; formulations that a blueprint builds go to the built-in Designer. */
export function modelDesigner(options: DesignerOptions): Designer {
  return async (input, context) => {
    const { formulation } = input;
    if (!isProposal(formulation)) return builtinDesigner(input, context);
    return design(input, formulation, options, context.signal);
  };
}

async function design(
  { profile, findings, previous }: DesignInput,
  proposal: Proposal,
  options: DesignerOptions,
  signal: AbortSignal,
): Promise<DesignOutput> {
  const { seat, desk, clock, steps, seed, overview } = options;
  const before = previous === null ? startFiles(proposal, profile) : filesOf(previous);
  const task = prompt('designer-task', {
    overview,
    proposal: prettyJson({ ...proposal, start: proposal.start?.id ?? null }),
    start: startText(before, previous !== null),
    findings:
      findings.length === 0 ? '' : `What the checks found in these files:\n\n${findingsText(ownFindings(findings))}`,
    steps: `${steps}`,
  });
  const prompts = promptsVersion();
  const facts = { proposal, profile, seed, engine: plainId(seat.model.id), prompts };
  const piece = new Workpiece(options.bench(proposal.id), facts, before);
  let handover: Handover | null = null;
  const hand = (over: Handover): void => {
    handover = over;
  };
  const tools = [...draftTools(piece.files), ...benchTools(piece, hand), ...options.datasetTools()];
  const protocol = prompt('protocol', { blocks: blockGuide(tools) }).text;
  const system = prompt('designer', { manifest: manifestGuide(), protocol });
  const about = { proposal, findings, before };
  const conversation = new Conversation({ desk, seat, task: proposal.id, about, system: system.text, clock, signal });
  conversation.say(task.text);
  const end = await runAgent<Handover>(conversation, { tools, finished: () => handover, steps }, signal);
  if (end.kind === 'stopped') return { kind: 'infeasible', code: end.code, reason: `The Designer: ${end.reason}` };
  if (end.value.kind === 'given-up') {
    return { kind: 'infeasible', code: 'GIVEN_UP', reason: `The Designer gave up: ${end.value.reason}` };
  }
  if (piece.draft === null) throw new Error('A draft that was handed over was not built.');
  return { kind: 'draft', formulation: proposal, draft: piece.draft, changes: end.value.changes };
}

/** The files of the blueprint that the proposal starts from. */
function startFiles({ start }: Proposal, profile: DatasetProfile): Record<string, string> {
  const blueprint = start === null ? undefined : blueprintFor(start);
  if (start === null || blueprint === undefined) return {};
  return filesOf(blueprint.build(start, profile));
}

function filesOf(draft: { manifest: object; files: Readonly<Record<string, string>> }): Record<string, string> {
  return { ...draft.files, [layout.manifest]: prettyJson(draft.manifest) };
}

function startText(files: Readonly<Record<string, string>>, isRepair: boolean): string {
  const entries = Object.entries(files);
  if (entries.length === 0) return 'There are no files yet.';
  const head = isRepair
    ? 'The files as they are now:'
    : 'Files of a related task that rules have built; they are yours already, change what the proposal needs:';
  const blocks = entries.map(([file, text]) => fileBlock(file, text));
  return [head, ...blocks].join('\n\n');
}
