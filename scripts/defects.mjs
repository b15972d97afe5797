// npm run defects [-- OPTION...]: the proof that the checks check, in full.
//   (nothing)               plant every fault, verify the clean packages, and mutate the graders
//   --quick                 the sample that npm test takes: a fault per family and modality, and some mutants
//   --only CODE,...         the faults of some checks or families; --match PATTERN those whose base and name it matches
//   --mutants               the mutants alone; --metrics NAME,... and --share 0.1 take a part of them
//   --datasets DIR          forge the datasets in a folder, too, and count what is reported on their clean tasks
//   --keep DIR              keep the planted packages for looking at; --packages DIR keeps the clean ones for the next run
//   --json                  one JSON document per part
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { installNodePackages, installPythonPackages, root, underCurrentNode } from './toolchain.mjs';

/** How both programs end on an option that they do not know. */
const MISTYPED = 2;

underCurrentNode();
installNodePackages();
const python = installPythonPackages({ dev: true });
const given = process.argv.slice(2);
const part = given.some((option) => ['--only', '--match', '--no-clean'].includes(option));

function run(program, options) {
  const outcome = spawnSync(process.execPath, [path.join(root, 'test/defects', program), ...options], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, MLE_FORGE_PYTHON: python },
  });
  if (outcome.status === MISTYPED) process.exit(MISTYPED);
  return outcome.status === 0;
}

const wantsMutants = given.includes('--mutants');
const options = given.filter((option) => option !== '--mutants');
const planted = wantsMutants || run('main.ts', options);
const mutated =
  !wantsMutants && part
    ? true
    : run('mutation-main.ts', wantsMutants ? options : options.filter((o) => ['--json', '--quick'].includes(o)));
process.exit(planted && mutated ? 0 : 1);
