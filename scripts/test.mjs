// npm test [-- SUITE...]: every suite from a bare clone, or the named ones. Ends with one line "N passed, N failed".
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, installNodePackages, installPythonPackages, root, say, underCurrentNode } from './toolchain.mjs';

underCurrentNode();
installNodePackages();
const { suites } = await import('./suites.mjs');

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  say(`No suite is called ${unknown.join(', ')}. There are: ${suites.map((suite) => suite.name).join(', ')}`);
  process.exit(2);
}
const python = installPythonPackages({ dev: true });
build();

const results = path.join(root, 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results);

const rows = [];
for (const suite of suites) {
  if (wanted.length > 0 && !wanted.includes(suite.name)) continue;
  say(`\n== ${suite.name}: ${suite.what}`);
  const started = Date.now();
  const outcome = await suite.run({ python, results });
  rows.push({ name: suite.name, seconds: (Date.now() - started) / 1000, ...outcome });
}

console.log('');
for (const row of rows) {
  const skipped = row.skipped ? `, ${row.skipped} skipped` : '';
  const note = row.note ? `  (${row.note})` : '';
  console.log(
    `${row.name.padEnd(10)} ${row.seconds.toFixed(1).padStart(7)} s  ${row.passed} passed, ${row.failed} failed${skipped}${note}`,
  );
}
const total = (key) => rows.reduce((sum, row) => sum + row[key], 0);
console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
process.exit(total('failed') === 0 ? 0 : 1);
