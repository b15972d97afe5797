// A recorded baseline run as a document that people read. No editor needed.
import type { TaskSpec } from '../../task/spec.ts';
import { metricWord } from '../../task/task-metric.ts';
import type { Rung } from '../../verify/contract.ts';
import { number, percent } from '../../verify/figures/words.ts';
import { visible } from '../../verify/report/escape.ts';

export interface RunFacts {
  readonly name: string;
  readonly spec: TaskSpec | null;
  /** The rungs of the last verification, worst first. */
  readonly ladder: readonly Rung[];
  /** Whether script and data are still those of the run; null when nothing was recorded. */
  readonly current: boolean | null;
  /** When it was recorded, for instance `2026-05-01 12:00`; empty when it is not known. */
  readonly recorded: string;
  readonly limits: { readonly wallSeconds: number; readonly cpuSeconds: number; readonly memoryBytes: number };
  /** Text of the script; empty when it is gone. */
  readonly script: string;
  /** Files of the run, relative to the task: they become links. */
  readonly files: readonly string[];
}

/** The document as Markdown. */
export function runText(facts: RunFacts): string {
  const { name, spec, files } = facts;
  return [
    `# Baseline run: ${visible(name)}`,
    ...(spec === null ? [] : [visible(spec.title)]),
    list('Score', scoreLines(facts)),
    list('Run', [
      ['State', state(facts.current)],
      ...(facts.recorded === '' ? [] : [['Recorded', facts.recorded] as const]),
      ['Limits', limitsText(facts.limits)],
    ]),
    list('Parameters', parametersOf(facts.script)),
    `## Files\n\n${files.map((file) => `- ${file}`).join('\n')}`,
    '',
  ].join('\n\n');
}

type Line = readonly [name: string, value: string];

function list(heading: string, lines: readonly Line[]): string {
  const items = lines.map(([name, value]) => `- ${name}: ${value}`);
  return `## ${heading}\n\n${items.length === 0 ? 'None.' : items.join('\n')}`;
}

function scoreLines({ name, spec, ladder }: RunFacts): Line[] {
  const index = ladder.findIndex((rung) => rung.name === name);
  const rung = ladder[index];
  if (rung === undefined) return [['Score', 'none yet: verify the task to grade this run']];
  const metric =
    spec === null
      ? ''
      : ` ${visible(metricWord(spec.metric))}, ${spec.metric.direction === 'maximize' ? 'higher' : 'lower'} is better`;
  const below = ladder[index - 1];
  const gain: Line[] =
    rung.gain === null || below === undefined
      ? []
      : [[`Gain over ${below.name}`, `${number(rung.gain.value)} (95 % interval ${interval(rung.gain.ci95)})`]];
  const headroom = spec?.difficulty?.headroom ?? null;
  return [
    ['Score', `${number(rung.score)}${metric}`],
    ['95 % interval', interval(rung.ci95)],
    ['Place on the ladder', `${ladder.length - index} of ${ladder.length}`],
    ...gain,
    ...(spec === null ? [] : [['Best possible', number(spec.metric.best)] as const]),
    ...(name === 'strong' && headroom !== null ? [['Headroom', `${percent(headroom)} is left open`] as const] : []),
  ];
}

function interval([low, high]: readonly [number, number]): string {
  return `${number(low)} to ${number(high)}`;
}

function state(current: boolean | null): string {
  if (current === null) return 'nothing is recorded';
  return current ? 'made by the script and the data as they are' : 'script or data have changed since it was made';
}

function limitsText({ wallSeconds, cpuSeconds, memoryBytes }: RunFacts['limits']): string {
  return `${wallSeconds} s, ${cpuSeconds} s of CPU, ${number(memoryBytes / 1024 ** 3)} GB of memory`;
}

const LONGEST_VALUE = 120;

/** Constants at the top of the script, on one line each: what a reader would turn. */
function parametersOf(script: string): Line[] {
  const constants = script.matchAll(/^([A-Z][A-Z0-9_]*)(?:: [^=\n]+)? = (\S.*)$/gm);
  return [...constants].map(([, name = '', value = '']) => {
    const shown = visible(value.slice(0, LONGEST_VALUE));
    return [name, /[[({]$/.test(value) ? `${shown} ...` : shown] as const;
  });
}
