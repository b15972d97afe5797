// npm run defects: plants faults into clean packages and tells which the checks find, and what they say about clean ones.
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPythonRuntime } from '../../src/runtime/runtime.ts';
import { silentLog } from '../../src/task/ports.ts';
import { catalogue, recordedChecks } from '../../src/verify/catalogue.ts';
import { readOptions } from '../support/options.ts';
import { baseNames, type CleanPackage, forgeBases, forgeFolder, forgeSample } from './clean-packages.ts';
import { allPlants } from './plants/index.ts';
import { type CleanResult, type PlantResult, runClean, runPlants } from './run-plants.ts';
import { choose } from './selection.ts';
import { alarmLines, companyLines, LEAST_RECALL, missLines, recallBy, recallTables } from './tables-of-results.ts';

const options = readOptions({
  only: { type: 'string' },
  match: { type: 'string' },
  quick: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  keep: { type: 'string' },
  datasets: { type: 'string' },
  packages: { type: 'string' },
  'no-clean': { type: 'boolean', default: false },
});
const python = process.env['MLE_FORGE_PYTHON'];
if (python === undefined) throw new Error('MLE_FORGE_PYTHON names no interpreter; run this through npm run defects');

const started = performance.now();
const say = (text: string): void => void process.stderr.write(`${text}\n`);
// What models say is no measurement: no planted fault proves it.
const provable = catalogue.filter((check) => !recordedChecks.includes(check));
const unplanted = provable.filter(({ code }) => allPlants.filter((plant) => plant.code === code).length < 2);
const plants = choose(allPlants, options);
const folder = options.packages ?? (await mkdtemp(path.join(tmpdir(), 'defects-')));
mkdirSync(folder, { recursive: true });
const runtime = createPythonRuntime({ python, isolation: 'required', log: silentLog });
try {
  const used = baseNames.filter((name) => plants.some(({ base }) => base === name));
  say(`Forging clean packages: ${used.join(', ')}`);
  const { bases, others } = await forgeBases(used, folder, runtime);
  const clean: CleanPackage[] = options['no-clean'] ? [] : [...bases.values(), ...others];
  if (!options['no-clean'] && !options.quick) clean.push(...(await forgeSample(folder, runtime)));
  if (options.datasets !== undefined) clean.push(...(await forgeFolder(options.datasets, folder, runtime)));
  const forged = performance.now();
  say(`${((forged - started) / 1000).toFixed(0)} s; verifying ${clean.length} clean and ${plants.length} planted`);
  const onDone = (result: PlantResult | CleanResult): void => {
    if ('plant' in result && !result.found)
      say(`missed ${result.plant.code} ${result.plant.base}: ${result.plant.name}`);
    if ('errors' in result) for (const error of result.errors) say(`false error in ${result.name}: ${error}`);
  };
  const cleanResults = await runClean(clean, { runtime, onDone });
  const keep = options.keep === undefined ? {} : { keep: path.resolve(options.keep) };
  const results = await runPlants(plants, bases, { runtime, onDone, ...keep });
  const found = results.filter((result) => result.found).length;
  const falseErrors = cleanResults.reduce((sum, { errors }) => sum + errors.length, 0);
  const good = found >= LEAST_RECALL * results.length && falseErrors === 0 && unplanted.length === 0;
  const seconds = (performance.now() - started) / 1000;
  if (options.json) {
    const byCode = recallBy(results, ({ plant }) => plant.code);
    const told = results.map(({ plant: { code, base, name }, ...rest }) => ({ code, base, name, ...rest }));
    process.stdout.write(
      `${JSON.stringify({ good, planted: results.length, found, byCode, results: told, clean: cleanResults, seconds })}\n`,
    );
  } else {
    const verifying = (performance.now() - forged) / 1000;
    const last = `${found} of ${results.length} planted faults found (${((100 * found) / results.length).toFixed(1)} %), ${falseErrors} false errors on ${cleanResults.length} clean packages; ${seconds.toFixed(0)} s, of which ${verifying.toFixed(0)} s verifying`;
    process.stdout.write(
      `${[recallTables(results), companyLines(results), missLines(results), alarmLines(cleanResults), last].join('\n')}\n`,
    );
  }
  if (unplanted.length > 0) say(`Fewer than two plants: ${unplanted.map(({ code }) => code).join(', ')}`);
  process.exitCode = good ? 0 : 1;
} finally {
  await runtime.dispose();
  if (options.packages === undefined) await rm(folder, { recursive: true, force: true });
}
