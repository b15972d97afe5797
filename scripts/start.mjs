// npm start [-- DATASET [options]]: from a bare clone to verified tasks, with nothing installed by hand.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build, installNodePackages, installPythonPackages, root, say, underCurrentNode } from './toolchain.mjs';

underCurrentNode();
installNodePackages();
const python = installPythonPackages({ dev: false });
build();

const sample = path.join('media', 'sample', 'penguins');
const given = process.argv.slice(2);
const [named, ...options] = given.length > 0 && !given[0].startsWith('-') ? given : [null, ...given];
// npm moves to the checkout; a relative path means the folder that the user stood in.
const dataset = named === null ? sample : path.resolve(process.env.INIT_CWD ?? process.cwd(), named);
const hasOut = options.some((option) => option === '--out' || option.startsWith('--out='));
const out = hasOut ? [] : ['--out', 'forged'];

say(`\nForging tasks from ${dataset} with the built-in engine (no model, no key) ...\n`);
const cli = path.join(root, 'dist', 'cli.cjs');
const env = { ...process.env, MLE_FORGE_PYTHON: process.env.MLE_FORGE_PYTHON ?? python };
const forge = spawnSync(process.execPath, [cli, 'forge', dataset, ...out, ...options], {
  stdio: 'inherit',
  env,
  cwd: root,
});

// Status 1: tasks were forged and other candidates rejected.
const done = forge.status === 0 || forge.status === 1;
if (done && !options.includes('--json') && !options.includes('--quiet')) {
  say(`
What next:
  read a task         open forged/<task>/description.md
  check it again      node dist/cli.cjs verify forged/<task>
  grade a submission  node dist/cli.cjs grade forged/<task> SUBMISSION.csv
  your own data       npm start -- PATH/TO/DATASET
  in VS Code          npm run package, install the .vsix, right-click a folder: Forge Task from Dataset`);
}
process.exit(forge.status ?? 1);
