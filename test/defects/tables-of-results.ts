// The results as plain text.
import { familyOf } from './plant.ts';
import type { CleanResult, PlantResult } from './run-plants.ts';

/** Recall that the suite asks for. */
export const LEAST_RECALL = 0.98;

export interface Recall {
  readonly name: string;
  readonly planted: number;
  readonly found: number;
}

/** Found and planted faults by a key, sorted by it. */
export function recallBy(results: readonly PlantResult[], key: (result: PlantResult) => string): Recall[] {
  const names = [...new Set(results.map(key))].sort();
  return names.map((name) => {
    const mine = results.filter((result) => key(result) === name);
    return { name, planted: mine.length, found: mine.filter(({ found }) => found).length };
  });
}

export function recallTables(results: readonly PlantResult[]): string {
  const table = (title: string, recalls: readonly Recall[]): string[] => {
    const width = Math.max(...recalls.map(({ name }) => name.length), title.length);
    const lines = recalls.map(({ name, planted, found }) => {
      const share = planted === 0 ? '' : `${((100 * found) / planted).toFixed(1)} %`;
      return `${name.padEnd(width)} ${String(planted).padStart(8)} ${String(found).padStart(8)} ${share.padStart(9)}`;
    });
    return [
      `${title.padEnd(width)} ${'planted'.padStart(8)} ${'found'.padStart(8)} ${'recall'.padStart(9)}`,
      ...lines,
      '',
    ];
  };
  return [
    ...table(
      'code',
      recallBy(results, ({ plant }) => plant.code),
    ),
    ...table(
      'package',
      recallBy(results, ({ plant }) => plant.base),
    ),
    ...table('family', [
      ...recallBy(results, ({ plant }) => familyOf(plant.code)),
      { name: 'all', planted: results.length, found: results.filter(({ found }) => found).length },
    ]),
  ].join('\n');
}

export function missLines(results: readonly PlantResult[]): string {
  const missed = results.filter(({ found }) => !found);
  if (missed.length === 0) return 'No plant was missed.\n';
  const lines = missed.map(({ plant, note, others }) => {
    const seen = others.length > 0 ? `; found by ${others.join(', ')}` : '';
    return `  ${plant.code} ${plant.base}: ${plant.name} (${note}${seen})`;
  });
  return [`Missed (${missed.length}):`, ...lines, ''].join('\n');
}

/** Which other checks fired, and how often: plants are seldom pure. */
export function companyLines(results: readonly PlantResult[]): string {
  const counts = new Map<string, number>();
  for (const { plant, others } of results) {
    for (const other of others) counts.set(`${plant.code}+${other}`, (counts.get(`${plant.code}+${other}`) ?? 0) + 1);
  }
  const pairs = [...counts].sort().map(([pair, count]) => `${pair} ${count}`);
  const lines: string[] = [];
  while (pairs.length > 0) lines.push(`  ${pairs.splice(0, 7).join('   ')}`);
  return ['Other checks that fired on a plant (code+other, plants):', ...lines, ''].join('\n');
}

export function alarmLines(results: readonly CleanResult[]): string {
  const count = (key: 'errors' | 'warnings') => results.reduce((sum, result) => sum + result[key].length, 0);
  const lines = results.flatMap(({ name, errors, warnings }) => [
    `  ${name}: ${errors.length} errors, ${warnings.length} warnings`,
    ...errors.map((text) => `      error ${clip(text)}`),
    ...warnings.map((text) => `      warning ${clip(text)}`),
  ]);
  const head = `Clean packages (${results.length}): ${count('errors')} errors, ${count('warnings')} warnings`;
  return [head, ...lines, ''].join('\n');
}

function clip(text: string): string {
  return text.length <= 150 ? text : `${text.slice(0, 147)}...`;
}
