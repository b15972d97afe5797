// A real VS Code for tests: code-server from npm, driven by a Chromium of the machine. Downloads go to .cache.
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, cache, has, must, root, say } from './toolchain.mjs';

const codeServerVersion = '4.139.1';

/** Path of a Chromium, installed through apt when that is possible; else the reason why there is none. */
export function prepareBrowser() {
  const known = [process.env.CHROMIUM, 'chromium', 'chromium-browser', 'google-chrome'].filter(Boolean).find(has);
  if (known) return { path: known };
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !has('apt-get')) return { problem: 'no Chromium: install one, or set CHROMIUM to its path' };
  say('Installing Chromium through apt ...');
  must('apt-get', ['update', '-qq'], { what: 'apt-get update' });
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  must('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], {
    env,
    what: 'Installing Chromium',
  });
  return { path: 'chromium' };
}

/** Folder of code-server's command, installed from npm without native builds (which the tests do not need). */
export function prepareCodeServer() {
  const prefix = path.join(cache, 'code-server');
  const folder = path.join(prefix, 'node_modules', 'code-server');
  const bin = path.join(folder, 'lib', 'vscode', 'bin');
  const ready = path.join(prefix, `.installed-${codeServerVersion}`);
  if (!existsSync(ready)) {
    say(`Installing code-server ${codeServerVersion} from npm into .cache ...`);
    rmSync(prefix, { recursive: true, force: true });
    const quiet = ['--silent', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
    must('npm', ['install', '--prefix', prefix, ...quiet, `code-server@${codeServerVersion}`], {
      what: 'Installing code-server',
    });
    must('npm', ['install', '--omit=dev', ...quiet], {
      cwd: path.join(folder, 'lib', 'vscode'),
      what: "Installing code-server's packages",
    });
    // The links that its own install script makes; some of its packages ship them already.
    linkIfMissing('browser-linux.sh', path.join(bin, 'helpers', 'browser.sh'));
    linkIfMissing('code-linux.sh', path.join(bin, 'remote-cli', 'code-server'));
    writeFileSync(ready, '');
  }
  return path.join(prefix, 'node_modules', '.bin', 'code-server');
}

function linkIfMissing(target, link) {
  if (!existsSync(link)) symlinkSync(target, link);
}

/** Path of the packaged extension, built afresh. */
export function prepareExtension() {
  must(process.execPath, ['scripts/package.mjs'], { what: 'Packaging the extension' });
  build(); // Packaging leaves the production build, without the tests that run inside the extension host.
  const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return path.join(root, `${name}-${version}.vsix`);
}
