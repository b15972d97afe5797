// Effects that the core receives from its door, so that a test can replace them.

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** A log never receives secrets, and no dataset rows above `debug`. */
export interface Log {
  write(level: LogLevel, message: string): void;
}

export const systemClock: Clock = { now: () => Date.now() };
export const silentLog: Log = { write: () => {} };
