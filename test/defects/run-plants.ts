// Verifies planted and clean packages, and keeps what was found.
import path from 'node:path';
import type { PythonRuntime } from '../../src/runtime/port.ts';
import { describeError } from '../../src/task/errors.ts';
import type { Finding } from '../../src/task/findings.ts';
import { silentLog, systemClock } from '../../src/task/ports.ts';
import type { Family, VerificationReport } from '../../src/verify/contract.ts';
import { verifyTask } from '../../src/verify/verify.ts';
import { type BaseName, type CleanPackage, twoAtATime } from './clean-packages.ts';
import { Draft } from './draft.ts';
import { familyOf, type Plant } from './plant.ts';

export interface PlantResult {
  readonly plant: Plant;
  readonly found: boolean;
  /** The other checks that fired, in order. */
  readonly others: readonly string[];
  /** Why the check was skipped or the plant could not be put; empty otherwise. */
  readonly note: string;
  readonly seconds: number;
}

export interface CleanResult {
  readonly name: string;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly seconds: number;
}

interface Options {
  readonly runtime: PythonRuntime;
  /** Folder that receives the planted packages, for looking at. */
  readonly keep?: string;
  readonly onDone: (result: PlantResult | CleanResult) => void;
}

/**
 * Structure comes first as in every verification: its errors block the families that cannot work then. Statistics need the
 * scores of the execution.
 */
function familiesFor(code: string): Family[] {
  const family = familyOf(code);
  return [...new Set<Family>(['STR', ...(family === 'STA' ? (['EXE'] as const) : []), family])];
}

export async function runPlants(
  plants: readonly Plant[],
  bases: ReadonlyMap<BaseName, CleanPackage>,
  options: Options,
): Promise<PlantResult[]> {
  const results = new Map<Plant, PlantResult>();
  const known = knownFindings(options.runtime);
  await twoAtATime(plants, async (plant) => {
    const base = bases.get(plant.base);
    if (base === undefined) throw new Error(`no clean package for ${plant.base}`);
    const result = await runPlant(plant, base, known, options);
    results.set(plant, result);
    options.onDone(result);
  });
  return plants.flatMap((plant) => results.get(plant) ?? []);
}

type Known = (base: CleanPackage, families: readonly Family[]) => Promise<ReadonlySet<string>>;

/** What the checks say of a clean package; a plant is not found by what was said before. Each package is asked once. */
function knownFindings(runtime: PythonRuntime): Known {
  const asked = new Map<string, Promise<ReadonlySet<string>>>();
  return (base, families) => {
    const key = `${base.folder} ${families.join()}`;
    const found = asked.get(key) ?? verify(base.folder, base.dataset, runtime, families).then(said);
    asked.set(key, found);
    return found;
  };
}

function said({ findings }: VerificationReport): ReadonlySet<string> {
  return new Set(findings.map(sayingOf));
}

/** What a finding says, whatever its figures. */
function sayingOf({ code, severity, message }: Finding): string {
  return `${code} ${severity} ${message.replaceAll(/\d[\d.,]*/g, '0')}`;
}

async function runPlant(
  plant: Plant,
  base: CleanPackage,
  known: Known,
  { runtime, keep }: Options,
): Promise<PlantResult> {
  const started = performance.now();
  const draft = await Draft.of(base, runtime);
  const ended = (found: boolean, others: readonly string[], note: string): PlantResult => ({
    plant,
    found,
    others,
    note,
    seconds: (performance.now() - started) / 1000,
  });
  try {
    await plant.put(draft);
    if (plant.stamped !== false) await draft.stamp();
    if (keep !== undefined) await draft.keep(path.join(keep, nameOf(plant), path.basename(draft.folder)));
    const families = familiesFor(plant.code);
    const before = await known(base, families);
    const faulty = plant.hole?.(runtime, draft.folder) ?? runtime;
    const report = await verify(draft.folder, draft.dataset, faulty, families);
    const proven = report.findings.filter((finding) => !isIncomplete(finding) && !before.has(sayingOf(finding)));
    const others = [...new Set(proven.map(({ code }) => code))].filter((code) => code !== plant.code);
    const mine = proven.some(({ code }) => code === plant.code);
    const check = report.checks.find(({ code }) => code === plant.code);
    return ended(mine, others, mine ? '' : (check?.reason ?? check?.status ?? 'no such check'));
  } catch (error) {
    return ended(false, [], `not planted: ${describeError(error)}`);
  } finally {
    await draft.dispose();
  }
}

/** Every family on packages that nobody has touched. */
export async function runClean(packages: readonly CleanPackage[], options: Options): Promise<CleanResult[]> {
  const results: CleanResult[] = [];
  await twoAtATime(packages, async ({ name, folder, dataset }) => {
    const started = performance.now();
    const { findings } = await verify(folder, dataset, options.runtime);
    const told = (severity: Finding['severity']) =>
      findings
        .filter((f) => f.severity === severity && f.suppressed === undefined)
        .map((f) => `${f.code} ${f.message}`);
    const seconds = (performance.now() - started) / 1000;
    const result = { name, errors: told('error'), warnings: told('warning'), seconds };
    results.push(result);
    options.onDone(result);
  });
  return results.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A check that could not be completed proves nothing, so its finding does not count as found. */
function isIncomplete({ evidence }: Finding): boolean {
  return evidence['incomplete'] === true;
}

function verify(
  folder: string,
  dataset: string,
  runtime: PythonRuntime,
  only?: readonly Family[],
): Promise<VerificationReport> {
  return verifyTask(folder, {
    runtime,
    log: silentLog,
    clock: systemClock,
    signal: new AbortController().signal,
    dataset,
    ...(only === undefined ? {} : { only }),
  });
}

/** A folder name for a plant. */
export function nameOf({ code, base, name }: Plant): string {
  return `${code}-${base}-${name}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
