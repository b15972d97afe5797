// A run as it happens: stages with their events, and results that a later process finds again.
import type { z } from 'zod';
import { hashValue } from '../task/hashing.ts';
import type { Clock } from '../task/ports.ts';
import { toolVersion } from '../task/version.ts';
import type { Artifacts } from './artifacts.ts';
import { EventQueue } from './event-queue.ts';
import type { ForgeEvent, Stage } from './events.ts';
import type { Journal } from './journal.ts';
import type { JournalEntry } from './journal-entry.ts';

export interface Memo<Result> {
  /** What kind of work it is; part of the key. */
  readonly name: string;
  /** Everything that decides the result, beside the code and the run's seed. */
  readonly inputs: unknown;
  readonly result: z.ZodType<Result>;
  work(): Promise<Result>;
  /** Whether a known result still agrees with the world outside the journal. */
  holds?(known: Result): Promise<boolean>;
}

/** How a stage ended. */
export interface StageOutcome<Value> {
  readonly value: Value;
  readonly reused: boolean;
  readonly errors: number;
}

export class Run {
  readonly #journal: Journal;
  readonly #artifacts: Artifacts;
  readonly #clock: Clock;
  readonly #basis: unknown;
  readonly #known = new Map<string, string>();
  #told = new EventQueue();

  /** `basis` is what every key of the run depends on: the dataset, the seed, the engine. */
  constructor(journal: Journal, artifacts: Artifacts, clock: Clock, basis: unknown, past: readonly JournalEntry[]) {
    this.#journal = journal;
    this.#artifacts = artifacts;
    this.#clock = clock;
    this.#basis = basis;
    for (const { body } of past) if (body.kind === 'stage') this.#known.set(body.key, body.artifact);
  }

  /** Emits the start and the end of a stage around its work. A stage that throws has no end. */
  async *stage<Value>(
    stage: Stage,
    task: string | null,
    attempt: number,
    work: () => Promise<StageOutcome<Value>>,
  ): AsyncGenerator<ForgeEvent, Value> {
    const started = this.#clock.now();
    yield { type: 'stage-started', stage, task, attempt };
    const told = new EventQueue();
    this.#told = told;
    const working = work().finally(() => told.close());
    working.catch(() => {}); // it is awaited below, once everything that it told is passed on
    yield* told;
    const { value, reused, errors } = await working;
    yield { type: 'stage-ended', stage, task, ms: this.#clock.now() - started, reused, errors };
    return value;
  }

  /** Lets the stage that runs say something before it ends. */
  tell(event: ForgeEvent): void {
    this.#told.push(event);
  }

  /** The result of earlier work with equal inputs, or of doing it now; the result is durable when this returns. */
  async memo<Result>(memo: Memo<Result>): Promise<{ value: Result; reused: boolean }> {
    const key = hashValue({ name: memo.name, inputs: memo.inputs, basis: this.#basis, tool: toolVersion });
    const known = await this.#recall(key, memo);
    if (known !== undefined) return { value: known, reused: true };
    // As it will be read back, so that a resumed run and an uninterrupted one go on from the same value.
    const value = memo.result.parse(JSON.parse(JSON.stringify(await memo.work())));
    const artifact = await this.#artifacts.put(value);
    await this.#journal.append({ kind: 'stage', key, artifact }, true);
    this.#known.set(key, artifact);
    return { value, reused: false };
  }

  async #recall<Result>(key: string, memo: Memo<Result>): Promise<Result | undefined> {
    const artifact = this.#known.get(key);
    if (artifact === undefined) return undefined;
    const parsed = memo.result.safeParse(await this.#artifacts.get(artifact));
    if (!parsed.success) return undefined;
    return memo.holds === undefined || (await memo.holds(parsed.data)) ? parsed.data : undefined;
  }
}
