// Runs verifications for the window: one at a time for a task, and a save gives way to the next one.
import * as vscode from 'vscode';
import { findDataset } from '../../forge/find-dataset.ts';
import { cancelled, describeError, ForgeError } from '../../task/errors.ts';
import { readTask } from '../../task/package.ts';
import { systemClock } from '../../task/ports.ts';
import type { Family, VerificationReport, VerifyOptions } from '../../verify/contract.ts';
import type { FiguresRequest } from '../../verify/figures/measured.ts';
import { mergeReport } from '../../verify/merge-report.ts';
import { drawnFigures } from '../../verify/report/data-figures.ts';
import { verifyTask, writeReport } from '../../verify/verify.ts';
import type { App } from '../app.ts';
import { readSettings } from '../settings.ts';
import type { Origin } from './verifications.ts';

export interface VerifyRequest {
  readonly origin: Origin;
  /** Families to ask, one group after the other; everything when absent. */
  readonly stages?: readonly (readonly Family[])[];
  /** The raw dataset; as the runs beside the task remember it when absent. */
  readonly dataset?: string;
  readonly signal?: AbortSignal;
  readonly onCheck?: VerifyOptions['onCheck'];
}

interface Running {
  readonly origin: Origin;
  readonly abort: AbortController;
  readonly ended: Promise<unknown>;
}

export class Verifier {
  readonly #app: App;
  readonly #running = new Map<string, Running>();
  readonly #datasets = new Map<string, string | undefined>();

  constructor(app: App) {
    this.#app = app;
  }

  /**
   * Verifies a task and publishes each stage as it ends. A save that runs is given up for any newer request; other
   * requests wait for each other.
   * @throws ForgeError of kind `cancelled` when the signal fires or a newer request takes over.
   */
  async verify(folder: string, request: VerifyRequest): Promise<VerificationReport> {
    for (let before = this.#running.get(folder); before !== undefined; before = this.#running.get(folder)) {
      if (before.origin === 'save') before.abort.abort();
      await before.ended;
    }
    const abort = new AbortController();
    const signal = request.signal === undefined ? abort.signal : AbortSignal.any([abort.signal, request.signal]);
    const result = this.#run(folder, request, signal);
    const ended = result.catch(() => undefined);
    this.#running.set(folder, { origin: request.origin, abort, ended });
    try {
      return await result;
    } finally {
      this.#running.delete(folder);
    }
  }

  /** Gives up the verification of a save that is under way, since its bytes are old. */
  giveUp(folder: string): void {
    const running = this.#running.get(folder);
    if (running?.origin === 'save') running.abort.abort();
  }

  async #run(folder: string, request: VerifyRequest, signal: AbortSignal): Promise<VerificationReport> {
    const { verifications, log, memory, runtimes } = this.#app;
    verifications.setChecking(folder, true);
    let failure: string | null = null;
    try {
      const scope = vscode.Uri.file(folder);
      const runtime = await runtimes.runtimeFor(scope, readSettings(scope), signal);
      const dataset = request.dataset ?? (await this.#datasetOf(folder));
      const options = {
        runtime,
        log,
        memory,
        clock: systemClock,
        signal,
        ...(dataset === undefined ? {} : { dataset }),
        ...(request.onCheck === undefined ? {} : { onCheck: request.onCheck }),
      };
      // Without anything known there is nothing to merge into.
      const known = verifications.of(folder)?.report ?? null;
      const stages = known === null ? undefined : request.stages;
      if (stages === undefined) {
        const report = await verifyTask(folder, options);
        await this.#conclude(folder, report, request, options);
        return report;
      }
      let report = known;
      for (const [index, only] of stages.entries()) {
        const part = await verifyTask(folder, { ...options, only });
        report = mergeReport(report, part, only);
        if (index === stages.length - 1) await this.#conclude(folder, report, request, options);
        else verifications.publish(folder, report, request.origin);
      }
      return report ?? (await verifyTask(folder, options));
    } catch (error) {
      // Whatever breaks off while a cancellation is under way, breaks off because of it.
      if (signal.aborted) throw cancelled();
      if (!(error instanceof ForgeError && error.kind === 'cancelled')) failure = describeError(error);
      throw error;
    } finally {
      verifications.setChecking(folder, false, failure);
    }
  }

  /** Only what was asked in full is recorded in the task: the rest of a joined report may be about other bytes. */
  async #conclude(
    folder: string,
    report: VerificationReport,
    { origin, stages }: VerifyRequest,
    request: FiguresRequest,
  ): Promise<void> {
    // The findings first: nobody should wait for pictures.
    this.#app.verifications.publish(folder, report, origin);
    await this.#app.tasks.verified(folder, report);
    if (stages === undefined) await writeReport(folder, report, await drawnFigures(folder, request));
  }

  /** The raw dataset as the runs beside the task remember it, looked for once in a window. */
  async #datasetOf(folder: string): Promise<string | undefined> {
    const spec = await readTask(folder).catch(() => null);
    if (spec === null) return undefined;
    const key = `${folder} ${spec.dataset.sha256}`;
    if (!this.#datasets.has(key)) this.#datasets.set(key, await findDataset(folder, undefined, folder));
    return this.#datasets.get(key);
  }
}
