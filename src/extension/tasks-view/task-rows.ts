// The rows of the group "Tasks": a task, its files, its findings.
import path from 'node:path';
import { type Finding, type Severity, severities } from '../../task/findings.ts';
import { baselineNames, layout } from '../../task/layout.ts';
import { metricWord } from '../../task/task-metric.ts';
import type { L10n } from '../l10n.ts';
import { severityCounts, type TaskState } from '../tasks/task-state.ts';
import type { Row, RowIcon, TooltipLine } from './row.ts';

const severityIcons: Readonly<Record<Severity, RowIcon>> = {
  error: { id: 'error', color: 'problemsErrorIcon.foreground' },
  warning: { id: 'warning', color: 'problemsWarningIcon.foreground' },
  information: { id: 'info', color: 'problemsInfoIcon.foreground' },
};

/** Four significant figures, as on the ladder in the report. */
export function scoreText(score: number): string {
  return String(Number(score.toPrecision(4)));
}

/** Whether what is shown about a task holds: `stale` when its files are others than those that were checked. */
export type CheckState = 'settled' | 'checking' | 'stale';

/** One task. What a verification of other bytes has found is not told: neither verdict, nor findings, nor scores. */
export function taskRow(l10n: L10n, known: TaskState, check: CheckState = 'settled'): Row {
  const task = check === 'stale' ? { ...known, report: null } : known;
  const { spec, report, folder } = task;
  const counts = severityCounts(task);
  const verdict = verdictText(l10n, task, check);
  const found = severities.flatMap((severity) => {
    const count = counts?.[severity] ?? 0;
    return count === 0 ? [] : [countText(l10n, severity, count)];
  });
  const label = path.basename(folder);
  // The icon tells an accepted task; its row has room for the scores then. The title comes last: it is long.
  const words = check === 'settled' && report?.verdict === 'accepted' && spec !== null ? [] : [verdict];
  const description = [...words, ...found, ladderText(task), spec?.title ?? '']
    .filter((part) => part !== '')
    .join(' · ');
  const tooltip: TooltipLine[] = [{ label: l10n.t('Task'), value: spec?.title ?? label }];
  if (task.problem !== null) tooltip.push({ label: l10n.t('Problem'), value: task.problem });
  if (spec !== null) {
    tooltip.push(
      { label: l10n.t('Summary'), value: spec.summary },
      { label: l10n.t('Kind'), value: `${spec.modality}, ${spec.objective}` },
      { label: l10n.t('Metric'), value: `${metricWord(spec.metric)}, ${spec.metric.direction}` },
      { label: l10n.t('Split'), value: `${spec.split.kind}, ${spec.rows.train} / ${spec.rows.test}` },
    );
  }
  for (const { name, score, ci95 } of report?.ladder ?? []) {
    tooltip.push({ label: name, value: `${scoreText(score)} (${scoreText(ci95[0])} .. ${scoreText(ci95[1])})` });
  }
  tooltip.push({ label: l10n.t('Verdict'), value: [verdict, ...found].join(', ') });
  tooltip.push({ label: l10n.t('Folder'), value: folder });
  return {
    id: `task:${folder}`,
    label,
    description,
    icon: check === 'checking' ? { id: 'sync~spin' } : verdictIcon(task),
    context: spec === null ? 'task.broken' : 'task',
    tooltip,
    spoken: l10n.t(
      'Task {0}: {1}',
      spec?.title ?? label,
      [verdict, ...found, ladderText(task)].filter((part) => part !== '').join(', '),
    ),
    task: folder,
    resource: folder,
    children: taskChildren(l10n, task),
  };
}

function verdictText(l10n: L10n, task: TaskState, check: CheckState): string {
  if (check === 'checking') return l10n.t('checking');
  if (task.problem !== null) return l10n.t('broken manifest');
  if (check === 'stale') return l10n.t('changed since checked');
  if (task.report === null) return l10n.t('not verified');
  return task.report.verdict === 'accepted' ? l10n.t('accepted') : l10n.t('rejected');
}

function verdictIcon(task: TaskState): RowIcon {
  if (task.problem !== null) return severityIcons.error;
  if (task.report === null) return { id: 'question' };
  return task.report.verdict === 'accepted' ? { id: 'pass-filled', color: 'testing.iconPassed' } : severityIcons.error;
}

function countText(l10n: L10n, severity: Severity, count: number): string {
  if (severity === 'error') return count === 1 ? l10n.t('1 error') : l10n.t('{0} errors', count);
  if (severity === 'warning') return count === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', count);
  return l10n.t('{0} information', count);
}

/** From the constant baseline to the strong one: `0.44 → 0.93 → 0.98`. */
function ladderText({ report }: TaskState): string {
  const scores = (report?.ladder ?? []).filter(({ name }) => name !== 'sample').map(({ score }) => scoreText(score));
  return scores.join(' → ');
}

function taskChildren(l10n: L10n, task: TaskState): Row[] {
  const file = (name: string, icon: string): Row => ({
    id: `file:${path.join(task.folder, name)}`,
    label: name,
    description: '',
    icon: { id: icon },
    context: 'task.file',
    tooltip: [{ label: l10n.t('File'), value: path.join(task.folder, name) }],
    spoken: name,
    task: task.folder,
    resource: path.join(task.folder, name),
    action: { kind: 'open', file: path.join(task.folder, name), line: 0, endLine: 0 },
  });
  const data = (name: string, icon: string, note: string, context: string): Row => ({
    ...file(name, icon),
    id: `data:${path.join(task.folder, name)}`,
    description: note,
    context,
    spoken: note === '' ? name : `${name}, ${note}`,
    lists: path.join(task.folder, name),
  });
  const rows = [
    file(layout.description, 'book'),
    file(layout.prepare, 'database'),
    file(layout.metric, 'dashboard'),
    baselinesRow(l10n, task),
    ...findingRows(l10n, task),
    data(layout.publicData, 'folder', '', 'task.public'),
    data(layout.privateData, 'lock', l10n.t('hidden from competitors'), 'task.private'),
  ];
  // Folders are expanded, not opened.
  return rows.map(({ action, ...row }) => (row.lists === undefined && action !== undefined ? { ...row, action } : row));
}

function baselinesRow(l10n: L10n, task: TaskState): Row {
  const folder = path.join(task.folder, layout.baselines);
  const rungs = new Map(task.report?.ladder.map((rung) => [rung.name, rung]));
  return {
    id: `baselines:${task.folder}`,
    label: l10n.t('Baselines'),
    description: '',
    icon: { id: 'list-ordered' },
    context: 'task.baselines',
    tooltip: [{ label: l10n.t('Folder'), value: folder }],
    spoken: l10n.t('Baselines'),
    task: task.folder,
    resource: folder,
    children: baselineNames.map((name): Row => {
      const script = path.join(folder, `${name}.py`);
      const rung = rungs.get(name);
      const score = rung === undefined ? l10n.t('no score') : scoreText(rung.score);
      return {
        id: `baseline:${script}`,
        label: name,
        description: score,
        icon: { id: 'symbol-method' },
        context: 'task.baseline',
        tooltip: [
          { label: l10n.t('Script'), value: script },
          { label: l10n.t('Score'), value: score },
          ...(rung === undefined
            ? []
            : [{ label: l10n.t('95 % interval'), value: rung.ci95.map(scoreText).join(' .. ') }]),
        ],
        spoken: `${name}: ${score}`,
        task: task.folder,
        resource: script,
        action: { kind: 'open', file: script, line: 0, endLine: 0 },
      };
    }),
  };
}

/** One group per severity that occurs; suppressed findings stand in their own group. */
function findingRows(l10n: L10n, task: TaskState): Row[] {
  const findings = task.report?.findings ?? [];
  const active = findings.filter(({ suppressed }) => suppressed === undefined);
  const suppressed = findings.filter((finding) => finding.suppressed !== undefined);
  const groups = severities.flatMap((severity) => {
    const group = active.filter((finding) => finding.severity === severity);
    return group.length === 0
      ? []
      : [findingGroup(task, severity, countText(l10n, severity, group.length), severityIcons[severity], group)];
  });
  if (suppressed.length > 0) {
    groups.push(
      findingGroup(task, 'suppressed', l10n.t('{0} suppressed', suppressed.length), { id: 'eye-closed' }, suppressed),
    );
  }
  return groups;
}

function findingGroup(task: TaskState, name: string, label: string, icon: RowIcon, findings: readonly Finding[]): Row {
  return {
    id: `findings:${name}:${task.folder}`,
    label,
    description: '',
    icon,
    context: 'task.findings',
    tooltip: [],
    spoken: label,
    task: task.folder,
    children: findings.map((finding, place) => ({
      id: `finding:${task.folder}:${finding.code}:${finding.file}:${finding.range.start.line}:${place}`,
      label: finding.code,
      description: finding.message,
      icon,
      context: 'task.finding',
      tooltip: [
        { label: finding.code, value: finding.message },
        { label: finding.file, value: String(finding.range.start.line + 1) },
        { label: '', value: finding.suppressed ?? finding.remedy },
      ],
      spoken: `${finding.code}: ${finding.message}`,
      task: task.folder,
      action: {
        kind: 'open' as const,
        file: path.join(task.folder, finding.file),
        line: finding.range.start.line,
        endLine: finding.range.end.line,
      },
    })),
  };
}
