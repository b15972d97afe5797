// What prepare.py needs to know of a formulation, under the names that the program uses.
import type { Formulation } from '../formulation.ts';
import { pyString } from '../shared/python-literal.ts';
import { constant } from './program.ts';

export interface Plan {
  /** Feature columns that train and test share. */
  readonly known: readonly string[];
  /** Feature columns of train alone. */
  readonly history: readonly string[];
  readonly targets: readonly string[];
  readonly classes: readonly string[] | null;
  /** `TARGET` or `*TARGETS`: the target inside a Python list. */
  readonly targetItems: string;
  /** `FEATURES`, or `*KNOWN, *HISTORY` without the stars of the first: features of train inside a Python list. */
  readonly trainItems: string;
  readonly testItems: string;
  readonly constants: readonly string[];
}

export function planOf({ features, target, split }: Formulation): Plan {
  const names = (historyOnly: boolean) =>
    features.kept.filter((feature) => feature.historyOnly === historyOnly).map((feature) => feature.name);
  const [known, history] = [names(false), names(true)];
  const targets = target.columns.map((column) => column.name);
  const inputs =
    history.length === 0
      ? [constant('FEATURES', known)]
      : [
          `# Known before the forecast is made:\n${constant('KNOWN', known)}`,
          `# Measured together with the target, so only the past is given:\n${constant('HISTORY', history)}`,
        ];
  return {
    known,
    history,
    targets,
    classes: target.classes,
    targetItems: targets.length === 1 ? 'TARGET' : '*TARGETS',
    trainItems: history.length === 0 ? '*FEATURES' : '*KNOWN, *HISTORY',
    testItems: history.length === 0 ? '*FEATURES' : '*KNOWN',
    constants: [
      ...inputs,
      targets.length === 1 ? constant('TARGET', targets[0] ?? '') : constant('TARGETS', targets),
      ...(target.classes === null ? [] : [constant('CLASSES', target.classes)]),
      ...(split.kind === 'official' ? [] : [`TEST_FRACTION = ${split.testFraction}`]),
      `SEED = ${split.seed}`,
    ],
  };
}

/** Raw columns of the joined table that the program reads: features, targets and what the split follows. */
export function neededColumns({ features, target, split }: Formulation): string[] {
  const { together } = split;
  const keys = {
    none: [],
    columns: together.key === 'columns' ? together.columns : [],
    'normalized-text': together.key === 'normalized-text' ? [together.column] : [],
    grid: together.key === 'grid' ? [together.latitude, together.longitude] : [],
    content: [],
    'name-run': [],
  }[together.key];
  const time = split.time === null ? [] : [split.time.column];
  const all = [...features.kept.map((feature) => feature.name), ...target.columns.map((column) => column.from)];
  return [...new Set([...all, ...keys, ...time, ...split.series])];
}

/** `rows["name"]` for a column of the dataset. */
export function rowsColumn(name: string): string {
  return `rows[${pyString(name)}]`;
}
