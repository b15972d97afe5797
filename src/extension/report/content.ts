// What the page of the report shows, folded from the state of a task. No editor needed; the words are handed in.
import type { Content, Words } from '../../../webview/messages.ts';
import type { RunRecord } from '../../forge/runs.ts';
import { stagesOf } from '../../forge/timeline.ts';
import type { Finding } from '../../task/findings.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { metricText } from '../../task/task-metric.ts';
import { ladderFigure, timelineFigure } from '../../verify/figures/score-figures.ts';
import { visible } from '../../verify/report/escape.ts';
import { atAGlance, counted, evidenceOf, familyRows, ordered, outcomes } from '../../verify/report/summary.ts';
import type { TaskState } from '../tasks/task-state.ts';

/** The content for a task as it was last verified, and the run that made it, if one is known. */
export function contentOf(task: TaskState, run: RunRecord | null, words: Words, canVerify = true): Content {
  const { spec, report, folder } = task;
  const findings = report?.findings ?? [];
  return {
    folder,
    title: visible(spec?.title ?? report?.task ?? folder),
    summary: visible(spec?.summary ?? task.problem ?? ''),
    verdict: report?.verdict ?? 'unverified',
    canVerify,
    counts: report === null ? '' : counted(findings),
    facts: spec === null ? [] : facts(spec),
    outcomes: outcomes.map((outcome) => ({ id: outcome, label: outcome })),
    families:
      report === null
        ? []
        : familyRows(report).map((row) => ({
            code: row.family,
            title: row.title,
            counts: outcomes.map((outcome) => row[outcome]),
          })),
    findings: ordered(findings).map(shown),
    ladder: spec === null ? null : ladderFigure(report?.ladder ?? [], spec),
    timeline: run === null ? null : timelineFigure(stagesOf(run, spec?.id ?? ''), costOf(run)),
    words,
  };
}

/** What the task is, with the definition of its metric and the reason of its split. */
function facts(spec: TaskSpec): Content['facts'] {
  const { label, summary } = metricText(spec.metric);
  const more: Readonly<Record<string, string>> = {
    Metric: `${label}: ${summary} ${spec.metric.reason}`,
    Split: spec.split.reason,
    Target: spec.target.derivation,
  };
  return atAGlance(spec).map(([name, value]) => ({
    name,
    value: visible(more[name] === undefined ? value : `${value}. ${more[name]}`),
  }));
}

function shown(finding: Finding): Content['findings'][number] {
  const { code, severity, message, file, range, remedy, suppressed } = finding;
  return {
    code,
    kind: suppressed === undefined ? severity : 'suppressed',
    label: suppressed === undefined ? severity : `suppressed ${severity}`,
    message: visible(message),
    file: visible(file),
    line: range.start.line,
    evidence: visible(evidenceOf(finding)),
    remedy: visible(remedy),
    reason: visible(suppressed ?? ''),
  };
}

/** The journal holds no prices: what a model cost is told where it is known, never guessed. */
function costOf({ header }: RunRecord): string {
  return header.engine === 'builtin' ? 'no model was used' : `made with ${visible(header.engine)}, cost not recorded`;
}
