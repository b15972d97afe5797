// npm run package: the universal VSIX, with a look at what goes into it and how large it is.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { must, root, say } from './toolchain.mjs';

/** A universal extension stays small: nothing native, no model, no dataset beyond the sample. */
const largestBytes = 3 * 1024 * 1024;
/** What the editor reads at activation; the rest is loaded at first use. */
const largestExtension = 1.5 * 1024 * 1024;

const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const file = path.join(root, `${name}-${version}.vsix`);
must(process.execPath, ['esbuild.mjs', '--production'], { what: 'The build' });
const vsce = path.join(root, 'node_modules', '.bin', 'vsce');
must(
  vsce,
  ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', file],
  { what: 'vsce package' },
);

const listed = spawnSync(vsce, ['ls', '--no-dependencies'], { cwd: root, encoding: 'utf8' }).stdout.trim().split('\n');
const strangers = listed.filter((entry) => !/^(dist|l10n|media|docs|package|README|CHANGELOG|LICENSE)/i.test(entry));
const { size } = statSync(file);
const extension = statSync(path.join(root, 'dist', 'extension.cjs')).size;
const kib = (bytes) => `${(bytes / 1024).toFixed(0)} KiB`;
say(`${path.basename(file)}: ${listed.length} files, ${kib(size)}; extension.cjs ${kib(extension)}`);
if (strangers.length > 0 || size > largestBytes || extension > largestExtension) {
  say(`The package holds files that it should not (${strangers.join(', ')}), or it or extension.cjs is too large.`);
  process.exit(1);
}
