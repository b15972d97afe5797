// A real VS Code for one test file: code-server with the packaged extension, driven through a browser.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

/** Chromium as root in a container, without the background traffic that a closed network refuses. */
const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'update.mode': 'none',
  'explorer.compactFolders': false,
  'chat.disableAIFeatures': true,
};

export interface EditorOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Ask about workspace trust, as a user's editor does. */
  readonly trust?: boolean;
  /** Install the packaged extension; the extension host tests load it from the sources instead. */
  readonly installed?: boolean;
  /** Folder of another extension that the editor has as well. */
  readonly alongside?: string;
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run the editor suites through "npm test -- host e2e"`);
  return value;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export class Editor {
  readonly page: Page;
  readonly port: number;
  readonly folder: string;
  readonly #browser: Browser;
  readonly #server: ChildProcess;

  private constructor(page: Page, port: number, folder: string, browser: Browser, server: ChildProcess) {
    this.page = page;
    this.port = port;
    this.folder = folder;
    this.#browser = browser;
    this.#server = server;
  }

  /** Starts a server and a browser of its own. */
  static async start(options: EditorOptions = {}): Promise<Editor> {
    const folder = mkdtempSync(path.join(tmpdir(), 'editor-'));
    mkdirSync(path.join(folder, 'data', 'User'), { recursive: true });
    const settings = {
      ...quietSettings,
      'security.workspace.trust.enabled': options.trust ?? false,
      'mleForge.python': required('MLE_FORGE_PYTHON'),
      ...options.settings,
    };
    writeFileSync(path.join(folder, 'data', 'User', 'settings.json'), JSON.stringify(settings));
    if (options.alongside !== undefined) {
      cpSync(options.alongside, path.join(folder, 'extensions', path.basename(options.alongside)), { recursive: true });
    }
    const place = [
      '--config',
      path.join(folder, 'config.yaml'),
      '--user-data-dir',
      path.join(folder, 'data'),
      '--extensions-dir',
      path.join(folder, 'extensions'),
    ];
    const command = required('CODE_SERVER');
    if (options.installed ?? true) {
      const outcome = spawnSync(process.execPath, [command, ...place, '--install-extension', required('VSIX')], {
        encoding: 'utf8',
      });
      if (outcome.status !== 0) throw new Error(`the extension could not be installed: ${outcome.stderr}`);
    }
    const port = await freePort();
    const quiet = [
      '--auth',
      'none',
      '--disable-telemetry',
      '--disable-update-check',
      ...(options.trust ? [] : ['--disable-workspace-trust']),
    ];
    // Tests inside the extension host need the driver; a person's editor must not have it, since it hides notifications.
    const driver = options.installed === false ? ['--vscode-option', 'enable-smoke-test-driver'] : [];
    const server = spawn(
      process.execPath,
      [command, ...place, ...quiet, '--bind-addr', `127.0.0.1:${port}`, ...driver],
      {
        stdio: 'ignore',
        detached: true,
      },
    );
    await untilHealthy(port);
    const browser = await chromium.launch({ executablePath: executable(required('CHROMIUM')), args: browserArguments });
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    return new Editor(page, port, folder, browser, server);
  }

  /** Opens a folder or a .code-workspace file and waits for the explorer. */
  async open(target: string, payload?: readonly (readonly [string, string])[]): Promise<void> {
    const kind = target.endsWith('.code-workspace') ? 'workspace' : 'folder';
    const extra = payload === undefined ? '' : `&payload=${encodeURIComponent(JSON.stringify(payload))}`;
    await this.page.goto(`http://127.0.0.1:${this.port}/?${kind}=${encodeURIComponent(target)}${extra}`);
  }

  /** A row of the explorer by its exact name. */
  row(name: string): Locator {
    const exact = new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
    return this.page.locator('.explorer-folders-view .monaco-list-row', {
      has: this.page.locator('.label-name', { hasText: exact }),
    });
  }

  menuItem(text: string): Locator {
    return this.page.locator('.monaco-menu .action-item', { hasText: text });
  }

  /** Right-clicks a row and chooses an entry of its menu. */
  async choose(row: string, entry: string): Promise<void> {
    await this.row(row).click({ button: 'right' });
    await this.menuItem(entry).hover({ timeout: 15_000 });
    await sleep(300); // Without the pause the click sometimes lands while the menu is still settling.
    await this.menuItem(entry).click();
  }

  /** Runs a command from the palette by its title. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input');
    await input.waitFor();
    await input.fill(`>${title}`);
    await this.#focused(title).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Opens a file from the list of files, by its name or its path. */
  async openFile(file: string): Promise<void> {
    const name = path.basename(file);
    await this.page.keyboard.press('Control+P');
    await this.page.locator('.quick-input-widget input').fill(file);
    await this.#focused(name).waitFor();
    await sleep(500); // What was open lately comes first; the files that are found then may take its place.
    await this.#focused(name).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.tab.active', { hasText: name }).waitFor({ timeout: 20_000 });
  }

  /** Takes the first row of a pick with Enter, once that row says what is expected. */
  async acceptsFirst(text: RegExp): Promise<void> {
    await this.#focused(text).waitFor({ timeout: 15_000 });
    await this.page.keyboard.press('Enter');
  }

  /** The row of a pick that Enter takes, once it says what is expected. */
  #focused(text: string | RegExp): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text });
  }

  /** Chooses a folder in the dialog that VS Code draws itself, by its path and the dialog's button. */
  async picksFolder(folder: string, button: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input');
    // The dialog opens empty and writes its proposal a moment later, between what was typed before that.
    await this.page.waitForFunction((box) => box.value.startsWith('/'), await input.elementHandle());
    await input.fill(`${folder}/`);
    await sleep(1000); // It reads the folder before it takes it.
    await this.page.locator('.quick-input-widget').getByRole('button', { name: button }).click();
    await input.waitFor({ state: 'hidden', timeout: 15_000 });
  }

  /** A row of the Tasks view by a text that it shows. */
  taskRow(text: string | RegExp): Locator {
    return this.page.locator('.pane-body .monaco-list-row', { hasText: text });
  }

  /** A button on a row, which shows when the pointer is there. */
  async rowButton(row: Locator, name: string): Promise<void> {
    await row.hover();
    await row.getByRole('button', { name }).click();
  }

  /** Waits until the palette offers a command: the sign that its extension has been read. */
  async offers(title: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: title });
    for (let attempt = 0; attempt < 30; attempt += 1) {
      await this.page.keyboard.press('F1');
      await this.page.locator('.quick-input-widget input').fill(`>${title}`);
      await sleep(700);
      const found = await row.count();
      await this.page.keyboard.press('Escape');
      if (found > 0) return;
    }
    throw new Error(`the palette never offered ${title}`);
  }

  async screenshot(name: string): Promise<void> {
    const shots = required('SHOTS');
    mkdirSync(shots, { recursive: true });
    await this.page.screenshot({ path: path.join(shots, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.#browser.close();
    if (this.#server.pid !== undefined) {
      try {
        process.kill(-this.#server.pid, 'SIGKILL');
      } catch {
        // The server ended by itself.
      }
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function executable(command: string): string {
  if (path.isAbsolute(command)) return command;
  return spawnSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).stdout.trim();
}

async function untilHealthy(port: number): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const reply = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (reply?.ok) return;
    await sleep(200);
  }
  throw new Error('the editor server did not start within 30 s');
}
