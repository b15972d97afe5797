// The last lines of the log, written to a file only when the program itself fails.
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Log } from '../task/ports.ts';

const keptLines = 500;

export class CrashLog {
  readonly #lines: string[] = [];

  /** A log that remembers its lines, and passes them on to `out` if there is one. */
  tee(out: ((line: string) => void) | null): Log {
    return {
      write: (level, message) => {
        const line = `${level}: ${message}`;
        this.#lines.push(line);
        if (this.#lines.length > keptLines) this.#lines.shift();
        out?.(line);
      },
    };
  }

  /** Writes the kept lines and the error with its stack to a file of the temporary folder; null when that fails, too. */
  write(error: unknown): string | null {
    const file = path.join(tmpdir(), `mle-forge-${process.pid}-${Date.now()}.log`);
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const cause = error instanceof Error && error.cause !== undefined ? `\ncaused by ${String(error.cause)}` : '';
    try {
      writeFileSync(file, `${this.#lines.join('\n')}\n${stack}${cause}\n`, { flag: 'wx', mode: 0o600 });
      return file;
    } catch {
      return null;
    }
  }
}
