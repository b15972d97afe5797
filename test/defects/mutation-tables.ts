// The results of mutation as plain text.
import type { MutantResult } from './mutation.ts';

/** Share of mutants that the suite asks to be killed. */
export const LEAST_KILLED = 0.95;

export interface Kill {
  readonly name: string;
  readonly mutants: number;
  readonly killed: number;
  readonly equivalent: number;
}

export function killsBy(mutants: readonly MutantResult[], key: (mutant: MutantResult) => string): Kill[] {
  const names = [...new Set(mutants.map(key))].sort();
  return names.map((name) =>
    total(
      name,
      mutants.filter((mutant) => key(mutant) === name),
    ),
  );
}

export function total(name: string, mutants: readonly MutantResult[]): Kill {
  return {
    name,
    mutants: mutants.length,
    killed: mutants.filter(({ killers }) => killers.length > 0).length,
    equivalent: mutants.filter(({ equivalent }) => equivalent !== null).length,
  };
}

/** Share of the mutants that can be killed. */
export function killedShare({ mutants, killed, equivalent }: Kill): number {
  return mutants === equivalent ? 1 : killed / (mutants - equivalent);
}

export function mutationTables(mutants: readonly MutantResult[]): string {
  const table = (title: string, kills: readonly Kill[]): string[] => {
    const width = Math.max(...kills.map(({ name }) => name.length), title.length);
    const head = [title.padEnd(width), 'mutants', 'equivalent', 'killed', 'share'].join('  ');
    const lines = kills.map((kill) =>
      [
        kill.name.padEnd(width),
        String(kill.mutants).padStart(7),
        String(kill.equivalent).padStart(10),
        String(kill.killed).padStart(6),
        `${(100 * killedShare(kill)).toFixed(1)} %`.padStart(7),
      ].join('  '),
    );
    return [head, ...lines, ''];
  };
  const byCode = new Map<string, number>();
  for (const { killers } of mutants) for (const code of killers) byCode.set(code, (byCode.get(code) ?? 0) + 1);
  const mild = mutants.filter((mutant) => mutant.mild && mutant.killers.length > 0).length;
  return [
    ...table(
      'operator',
      killsBy(mutants, ({ operator }) => operator),
    ),
    ...table('metric', [...killsBy(mutants, ({ metric }) => metric), total('all', mutants)]),
    `Killed by: ${[...byCode]
      .sort()
      .map(([code, count]) => `${code} ${count}`)
      .join(', ')}`,
    `Killed by warnings alone: ${mild}`,
    '',
  ].join('\n');
}

/** The diffs of the mutants that live, those that no random submission told apart last. */
export function survivorLines(mutants: readonly MutantResult[]): string {
  const alive = mutants.filter(({ killers, equivalent }) => killers.length === 0 && equivalent === null);
  const lines = [...alive]
    .sort((a, b) => Number(a.same) - Number(b.same))
    .flatMap(({ metric, operator, diff, same }) => [
      `  ${metric}: ${operator}${same ? ' (not told apart by random submissions, no reason listed)' : ''}`,
      ...diff
        .split('\n')
        .filter((line) => !line.startsWith('@@'))
        .map((line) => `      ${line}`),
    ]);
  return [`Surviving mutants (${alive.length}):`, ...lines, ''].join('\n');
}

export function equivalentLines(mutants: readonly MutantResult[]): string {
  const counts = new Map<string, number>();
  for (const { equivalent } of mutants) {
    if (equivalent !== null) counts.set(equivalent, (counts.get(equivalent) ?? 0) + 1);
  }
  return ['Equivalent mutants, by reason:', ...[...counts].map(([reason, count]) => `  ${count} ${reason}`), ''].join(
    '\n',
  );
}
