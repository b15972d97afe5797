// Builds dist/: the extension, the command line, the report page, the Python half and the extension-host tests.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const production = process.argv.includes('--production');
const dist = path.join(import.meta.dirname, 'dist');

/** CommonJS has no import.meta; the bundles that use it get it from their own place. */
const importMeta = {
  define: { 'import.meta.dirname': '__dirname', 'import.meta.url': '__importMetaUrl' },
  banner: { js: "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};

const node = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  outdir: dist,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  ...importMeta,
};

/** zod brings its messages in fifty languages; ours are read by developers and models, in English. */
const englishOnly = {
  name: 'english-only',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      loader: 'js',
    }));
  },
};

/** What few runs need, bundled apart: the doors stay small and load it at first use. */
const lateParts = {
  openai: 'openai',
  prices: '@pydantic/genai-prices',
  plot: '@observablehq/plot',
  linkedom: 'linkedom',
};
const late = {
  ...node,
  plugins: [englishOnly],
  entryPoints: { ...lateParts, gguf: 'src/models/gguf/server-main.ts' },
  target: 'node20',
  outdir: path.join(dist, 'late'),
  sourcemap: false,
};
const loadLate = {
  name: 'load-late',
  setup({ onResolve }) {
    for (const [part, source] of Object.entries(lateParts)) {
      onResolve({ filter: new RegExp(`^${source}$`) }, () => ({ path: `./late/${part}.cjs`, external: true }));
    }
  },
};

const extension = {
  ...node,
  plugins: [loadLate, englishOnly],
  entryPoints: { extension: 'src/extension/extension.ts' },
  external: ['vscode'],
};

// `vscode` is not external on purpose: the core must not import it, and a leak must break this bundle.
const cli = {
  ...node,
  plugins: [loadLate, englishOnly],
  entryPoints: { cli: 'src/cli/main.ts' },
  target: 'node20', // the oldest Node that the README promises; VS Code itself brings a newer one
  external: [],
  banner: { js: `#!/usr/bin/env node\n${importMeta.banner.js}` },
};

const page = {
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  entryPoints: ['webview/report.ts', 'webview/report.css'],
  outdir: path.join(dist, 'webview'),
  minify: production,
  logLevel: 'warning',
};

const hostTests = {
  ...node,
  entryPoints: { host: 'test/host/suite/index.ts', 'host-suite': 'test/host/suite/suite.ts' },
  outdir: path.join(dist, 'test'),
  external: ['vscode', 'mocha'], // mocha requires itself at run time
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
await Promise.all([build(extension), build(cli), build(late), build(page), ...(production ? [] : [build(hostTests)])]);
cpSync('src/runtime/python', path.join(dist, 'python'), {
  recursive: true,
  filter: (file) => !/__pycache__|\.pyc$|_cache$|requirements-dev|\.in$/.test(file),
});
cpSync('src/agents/prompts', path.join(dist, 'prompts'), { recursive: true });
