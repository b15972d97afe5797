// A verification report for people.
import type { Finding } from '../task/findings.ts';
import type { VerificationReport } from '../verify/contract.ts';
import { ladderLines } from './ladder-text.ts';
import { plain, type Terminal } from './terminal.ts';

const styles = { error: 'red', warning: 'yellow', information: 'dim' } as const;

/** Verdict, findings with place, code and remedy, then the ladder. `folder` is how the reader names the task. */
export function sayReport(report: VerificationReport, folder: string, terminal: Terminal): void {
  const style = report.verdict === 'accepted' ? 'green' : 'red';
  const ran = report.checks.filter((check) => check.status !== 'skipped').length;
  const skipped = report.checks.filter((check) => check.status === 'skipped');
  terminal.say(
    `${terminal.style(style, report.verdict)}  ${plain(report.task)}  ${ran} checks, ${skipped.length} skipped`,
  );
  for (const finding of report.findings) sayFinding(finding, folder, terminal);
  for (const { code, reason } of skipped)
    terminal.say(terminal.style('dim', `  ${code} skipped: ${plain(reason ?? '')}`));
  const ladder = ladderLines(report.ladder);
  if (ladder.length > 0) terminal.say();
  for (const line of ladder) terminal.say(`  ${line}`);
}

function sayFinding(finding: Finding, folder: string, terminal: Terminal): void {
  const { severity, code, file, range, message, remedy, suppressed } = finding;
  // Terminals and editors make a link of path:line:column.
  const place = `${folder}/${file}:${range.start.line + 1}:${range.start.character + 1}`;
  terminal.say(`  ${plain(place)}  ${terminal.style(styles[severity], severity)} ${code}`);
  terminal.say(`    ${plain(message)}`);
  if (suppressed === undefined) terminal.say(`    ${terminal.style('dim', `-> ${plain(remedy)}`)}`);
  else terminal.say(`    ${terminal.style('dim', `accepted by the owner: ${plain(suppressed)}`)}`);
}
