// What is written to the terminal. Text of datasets and tasks is hostile here: control characters never get through.
import { styleText } from 'node:util';

/** The streams and surroundings of one invocation; a test gives its own. */
export interface Io {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Whether stderr is a terminal whose current line can be rewritten. */
  readonly live: boolean;
  /** Width of that terminal in characters. */
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

type Style = 'red' | 'green' | 'yellow' | 'dim' | 'bold';

/** Makes control, formatting and bidirectional characters visible; a line break becomes a space. */
export function plain(text: string): string {
  return text.replace(/[\r\n\t\u2028\u2029]+/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`;
  });
}

export class Terminal {
  readonly #io: Io;
  readonly #colour: boolean;
  readonly json: boolean;
  readonly quiet: boolean;

  constructor(io: Io, options: { json: boolean; quiet: boolean; colour: boolean }) {
    this.#io = io;
    this.json = options.json;
    this.quiet = options.quiet;
    this.#colour = options.colour && !io.env['NO_COLOR'] && (io.live || Boolean(io.env['FORCE_COLOR']));
  }

  get live(): boolean {
    return this.#io.live;
  }

  get columns(): number {
    return this.#io.columns;
  }

  /** A result for people; nothing under --json. */
  say(line = ''): void {
    if (!this.json) this.#io.stdout.write(`${line}\n`);
  }

  /** The result for programs; only under --json. `lines` gives one line per document. */
  document(value: unknown, lines = false): void {
    if (this.json) this.#io.stdout.write(`${lines ? JSON.stringify(value) : JSON.stringify(value, null, 2)}\n`);
  }

  /** A result that is the same text in every mode: SARIF, JUnit. */
  raw(text: string): void {
    this.#io.stdout.write(text);
  }

  /** A remark beside the result; silenced by --quiet. */
  remark(line: string): void {
    if (!this.quiet) this.#io.stderr.write(`${line}\n`);
  }

  /** Rewrites the terminal's current line. */
  status(text: string): void {
    if (!this.quiet && this.live) this.#io.stderr.write(`\r\u001b[K${text}`);
  }

  /** Something that went wrong; always shown. */
  complain(line: string): void {
    this.#io.stderr.write(`${line}\n`);
  }

  style(style: Style, text: string): string {
    return this.#colour ? styleText(style, text, { validateStream: false }) : text;
  }
}

/** Rows as aligned columns; the columns named in `right` are aligned at their end. Two spaces between columns. */
export function aligned(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** A duration as people say it. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 60_000
    ? `${(ms / 1000).toFixed(1)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
