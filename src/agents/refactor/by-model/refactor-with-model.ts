// The Refactor driven by a language model: the same task in better words and cleaner code. What it changes is kept only when
// the data come out byte for byte as before; the pipeline proves the same of the scores.
import path from 'node:path';
import { z } from 'zod';
import { hashTree } from '../../../task/hashing.ts';
import { layout } from '../../../task/layout.ts';
import type { Clock } from '../../../task/ports.ts';
import type { Bench } from '../../bench.ts';
import type { Refactor, RefactorInput } from '../../contracts.ts';
import { fileBlock } from '../../loop/blocks.ts';
import { Conversation, type Seat } from '../../loop/conversation.ts';
import type { Desk } from '../../loop/desk.ts';
import { runAgent } from '../../loop/run-agent.ts';
import { blockGuide, callTool, said } from '../../loop/tool.ts';
import { prompt } from '../../prompts.ts';
import { DraftFiles, draftTools } from '../../tools/draft-files.ts';
import { builtinRefactor } from '../refactor.ts';

export interface RefactorOptions {
  readonly seat: Seat;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly steps: number;
  bench(task: string): Bench;
}

/** Lets the model rewrite, proves that nothing changed, then does by rule what the standard asks of every package. */
export function modelRefactor(options: RefactorOptions): Refactor {
  return async (input, context) => {
    // What a blueprint has built is to the standard already.
    if (input.draft.manifest.provenance.prompts === null) return builtinRefactor(input, context);
    const rewritten = await rewrite(input, options, context.signal);
    const kept = await provenSame(input, rewritten.files, options);
    if (kept === null)
      context.log.write('warn', `${input.task}: the Refactor changed the data; its changes are dropped.`);
    const files = kept ?? {};
    const draft = { ...input.draft, files: { ...input.draft.files, ...files } };
    const standard = await builtinRefactor({ ...input, draft }, context);
    const changes = kept === null ? [] : rewritten.changes;
    return { files: { ...files, ...standard.files }, changes: [...changes, ...standard.changes] };
  };
}

interface Rewritten {
  /** Changed files only. */
  readonly files: Readonly<Record<string, string>>;
  readonly changes: readonly string[];
}

async function rewrite(
  { task, draft }: RefactorInput,
  options: RefactorOptions,
  signal: AbortSignal,
): Promise<Rewritten> {
  const { seat, desk, clock, steps } = options;
  const blocks = Object.entries(draft.files).map(([file, text]) => fileBlock(file, text));
  const files = new DraftFiles(Object.keys(draft.files), draft.files);
  const tools = draftTools(files);
  const system = prompt('refactor', { protocol: prompt('protocol', { blocks: blockGuide(tools) }).text });
  const conversation = new Conversation({ desk, seat, task, about: draft, system: system.text, clock, signal });
  conversation.say(prompt('refactor-task', { files: blocks.join('\n\n'), steps: `${steps}` }).text);
  let changes: readonly string[] | null = null;
  const finish = callTool({
    name: 'finish',
    description: 'Ends the work; the files are as they should be.',
    args: z.strictObject({
      changes: z.array(z.string()).describe('What you changed, one sentence each; empty for nothing.'),
    }),
    remembered: false,
    run: async (args) => {
      changes = args.changes;
      return said('Done.');
    },
  });
  const end = await runAgent<readonly string[]>(
    conversation,
    { tools: [...tools, finish], finished: () => changes, steps },
    signal,
  );
  // A rewrite that was not finished is no rewrite; the draft stands as it is.
  if (end.kind === 'stopped') return { files: {}, changes: [] };
  const changed = Object.entries(files.all()).filter(([file, text]) => draft.files[file] !== text);
  return { files: Object.fromEntries(changed), changes: end.value };
}

/** The files when the data that they build are the same bytes; null when they are not. */
async function provenSame(
  { folder, task, draft }: RefactorInput,
  files: Readonly<Record<string, string>>,
  options: RefactorOptions,
): Promise<Readonly<Record<string, string>> | null> {
  const prepare = files[layout.prepare];
  if (prepare === undefined) return files;
  const bench = options.bench(task);
  const { problem } = await bench.build({ ...draft, files: { ...draft.files, [layout.prepare]: prepare } }, 1);
  if (problem !== null) return null;
  for (const part of ['public', 'private']) {
    // What the pipeline adds beside the data (the public description, the leaderboard) is no work of prepare.py.
    const [before, after] = await Promise.all(
      [folder, bench.folder].map((base) => hashTree(path.join(base, 'data', part))),
    );
    if (before !== after) return null;
  }
  return files;
}
