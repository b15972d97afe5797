// verify --watch: verifies again after each save, and tells what has changed.
import { ForgeError } from '../task/errors.ts';
import { countSeverities, type Finding } from '../task/findings.ts';
import type { VerificationReport } from '../verify/contract.ts';
import { changesOf } from '../verify/report/changes.ts';
import { place } from '../verify/report/summary.ts';
import type { Services } from './command.ts';
import { FolderChanges } from './folder-changes.ts';
import { duration, plain } from './terminal.ts';

/** What verification itself writes must not start the next round. */
const OWN = /^(verification|runs)(\/|$)|(^|\/)__pycache__(\/|$)|\.[0-9a-f]{12}\.tmp$/;

/** Runs rounds until it is cancelled. @throws ForgeError of kind `cancelled` or `environment`. */
export async function watchTask(
  folder: string,
  round: () => Promise<VerificationReport>,
  services: Services,
): Promise<never> {
  const { terminal, clock, signal } = services;
  const changes = new FolderChanges(folder, (file) => !OWN.test(file));
  let before: VerificationReport | null = null;
  for (let number = 1; !signal.aborted; number += 1) {
    await changes.look();
    const started = clock.now();
    try {
      const report = await round();
      tell(before, report, number, clock.now() - started, services);
      before = report;
    } catch (error) {
      if (signal.aborted) break;
      if (!(error instanceof ForgeError) || error.kind !== 'input') throw error;
      // In the middle of a rename there may be no task; the next change will tell.
      terminal.complain(`${plain(error.message)} Waiting for it.`);
    }
    await changes.next(signal);
  }
  throw new ForgeError('CANCELLED', 'The watch has ended.', 'Start it again with --watch.', 'cancelled');
}

function tell(
  before: VerificationReport | null,
  report: VerificationReport,
  round: number,
  ms: number,
  { terminal }: Services,
): void {
  const { appeared, fixed, unchanged } = changesOf(before, report);
  if (terminal.json) {
    const { task, verdict, ladder } = report;
    const counts = countSeverities(report.findings);
    terminal.document(
      { round, ms: Math.round(ms), task, verdict, counts, new: appeared, fixed, unchanged, ladder },
      true,
    );
    return;
  }
  for (const finding of fixed) terminal.say(`fixed  ${line(finding)}`);
  for (const finding of appeared) terminal.say(`new    ${line(finding)}`);
  const style = report.verdict === 'accepted' ? 'green' : 'red';
  const counts = `${appeared.length} new, ${fixed.length} fixed, ${unchanged} unchanged`;
  terminal.say(`${terminal.style(style, report.verdict)}  ${counts}  (${duration(ms)})`);
}

function line(finding: Finding): string {
  const { severity, code, message, suppressed } = finding;
  const how = suppressed === undefined ? severity : `suppressed ${severity}`;
  return plain(`${place(finding)}  ${how} ${code}  ${message}`);
}
