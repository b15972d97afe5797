// npm run bench [-- OPTION...]: from a save of metric.py to findings, and full verifications, on generated data.
//   --rows 1000,10000,100000   test rows of the save cases; none: no such case
//   --saves 30                 saves that each median is taken of
//   --full tabular,text,...    kinds of task that are verified in full; none: no such case
//   --table-rows 20000         rows of the table
//   --quick                    a smoke run of half a minute: a small table, two saves
//   --json                     one JSON document instead of tables
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { installNodePackages, installPythonPackages, root, underCurrentNode } from './toolchain.mjs';

underCurrentNode();
installNodePackages();
const { status } = spawnSync(process.execPath, [path.join(root, 'test/bench/main.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, MLE_FORGE_PYTHON: installPythonPackages({ dev: true }) },
});
process.exit(status ?? 1);
