// mle-forge show: what a run did, stage by stage, and why candidates were rejected.
import path from 'node:path';
import { RunFold, summaryOf } from '../forge/run-summary.ts';
import { readRun } from '../forge/runs.ts';
import { type Arguments, usage } from './arguments.ts';
import { type Command, exit, type Services } from './command.ts';
import { tellBill, tellCalls, tellLedger } from './ledger-text.ts';
import { defaultOut, outOption } from './out-folder.ts';
import { aligned, duration, plain } from './terminal.ts';
import { tellTranscript } from './transcript-text.ts';

export const showCommand: Command = {
  name: 'show',
  operands: 'RUN',
  summary: 'tell what a run did: stages, verdicts, reasons, seconds',
  details: [
    'With --ledger: what each stage tried, failed, had repaired and lost, by code, and what each model cost there.',
    'With --bill: what models have cost, by agent, stage, task and model.',
    'With --transcript: every exchange with a model: what was sent, what was answered, tokens, money and time.',
    'With --calls: every call of a model and of a tool, in order.',
  ],
  options: {
    ...outOption,
    ledger: { type: 'boolean', help: 'the ledger of failures and costs' },
    bill: { type: 'boolean', help: 'what models have cost, by agent, stage, task and model' },
    transcript: { type: 'boolean', help: 'what agents and models said to each other, whole' },
    calls: { type: 'boolean', help: 'the calls of models and tools' },
  },
  run: runShow,
};

async function runShow(args: Arguments, { terminal, io }: Services): Promise<number> {
  const [run, ...others] = args.positionals;
  if (run === undefined || others.length > 0)
    throw usage('show takes one run.', 'Write: mle-forge show RUN; "mle-forge list" names them.');
  const out = args.text('out') === undefined ? defaultOut(io.cwd) : path.resolve(io.cwd, args.text('out') ?? '');
  const record = await readRun(out, run);
  if (args.flag('ledger')) return tellLedger(run, record.events, terminal);
  if (args.flag('transcript')) return tellTranscript(out, run, terminal);
  if (args.flag('bill')) return tellBill(run, record.events, terminal);
  if (args.flag('calls')) return tellCalls(run, record.events, terminal);
  const fold = new RunFold();
  for (const event of record.events) fold.take(event);
  const outcome = fold.outcome === 'running' && record.writer === null ? 'interrupted' : fold.outcome;
  const summary = await summaryOf(fold, record.ended - record.started);
  const notes = record.events.flatMap((event) => (event.type === 'note' ? [event.message] : []));
  terminal.document({
    ...summary,
    outcome,
    options: record.header.options,
    stages: fold.stages.map(stageDocument),
    notes,
  });

  const { options, dataset, sha256, engine } = record.header;
  terminal.say(`run ${run}: ${outcome}, ${duration(record.ended - record.started)}`);
  terminal.say(`  dataset ${plain(dataset)} (sha256 ${sha256.slice(0, 12)})`);
  terminal.say(`  engine ${engine}, seed ${options.seed}, at most ${options.maxTasks} tasks`);
  const rows = fold.stages.map(({ task, stage, ms, reused, errors }) => [
    task ?? 'dataset',
    stage,
    errors > 0 ? `${errors} errors` : reused ? 'known' : 'ok',
    duration(ms),
  ]);
  for (const line of aligned(rows, [3])) terminal.say(`  ${line}`);
  for (const note of notes) terminal.say(`  ${plain(note)}`);
  for (const task of summary.tasks)
    terminal.say(`${terminal.style('green', 'accepted')}  ${task.id}  ${plain(task.path)}  ${task.seconds} s`);
  for (const { id, stage, code, reason } of summary.rejected) {
    terminal.say(`${terminal.style('red', 'rejected')}  ${id} at ${stage}: ${plain(reason)} (${code})`);
  }
  if (summary.refused !== null)
    terminal.say(`${terminal.style('red', 'refused')}  ${plain(summary.refused.reason)} (${summary.refused.code})`);
  return exit.good;
}

function stageDocument({ task, stage, ms, reused, errors }: RunFold['stages'][number]): object {
  return { task, stage, seconds: Math.round(ms) / 1000, reused, errors };
}
