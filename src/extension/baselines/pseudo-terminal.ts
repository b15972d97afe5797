// A terminal that shows what a piece of work writes, and ends it when it is closed or on Ctrl+C.
import * as vscode from 'vscode';
import { describeError } from '../../task/errors.ts';

type Work = (write: (text: string) => void, signal: AbortSignal) => Promise<number>;

const INTERRUPT = '\u0003';

export class PseudoTerminal implements vscode.Pseudoterminal {
  readonly #work: Work;
  readonly #abort = new AbortController();
  readonly #written = new vscode.EventEmitter<string>();
  readonly #closed = new vscode.EventEmitter<number>();
  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;

  constructor(work: Work) {
    this.#work = work;
  }

  open(): void {
    const write = (text: string): void => this.#written.fire(plain(text).replace(/\r?\n/g, '\r\n'));
    this.#work(write, this.#abort.signal)
      .catch((error: unknown) => {
        write(`${describeError(error)}\n`);
        return 1;
      })
      .then((code) => this.#closed.fire(code));
  }

  close(): void {
    this.#abort.abort();
  }

  handleInput(data: string): void {
    if (data === INTERRUPT) this.#abort.abort();
  }
}

/** What a script prints is text: only colours pass, no sequence that moves the cursor, sets titles or asks the terminal. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  return text.replace(/\u001b\[[0-9;]*m|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, (found) =>
    found.endsWith('m') && found.startsWith('\u001b[') ? found : '',
  );
}
