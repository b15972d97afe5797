// What a metric is, for hovers: definition, formula, range, direction, and where the baselines stand.
import type { TaskSpec } from '../../task/spec.ts';
import { metricText, registeredMetric } from '../../task/task-metric.ts';
import type { Rung } from '../../verify/contract.ts';
import { markdown } from '../../verify/report/escape.ts';
import type { L10n } from '../l10n.ts';
import { figure } from './score-text.ts';

/** Markdown from the registry and figures. Only what a task says of a metric of its own is its text, and that is escaped. */
export function metricMarkdown(metric: TaskSpec['metric'], ladder: readonly Rung[], l10n: L10n): string {
  const { label, summary, formula, source, authored } = metricText(metric);
  const { best, worst, direction } = registeredMetric(metric) ?? metric;
  const better = direction === 'maximize' ? l10n.t('higher is better') : l10n.t('lower is better');
  const range = l10n.t('Best {0}, worst {1}; {2}.', best, worst ?? l10n.t('without limit'), better);
  return [
    `**${authored ? markdown(label) : label}** (\`${metric.name}\`)`,
    authored ? markdown(summary) : summary,
    ...(formula === null ? [] : [`\`${formula}\``]),
    range,
    ...rungs(ladder, l10n),
    ...(source === null ? [] : [`[${l10n.t('Definition')}](${source})`]),
  ].join('\n\n');
}

function rungs(ladder: readonly Rung[], l10n: L10n): string[] {
  if (ladder.length === 0) return [];
  const head = `| ${l10n.t('baseline')} | ${l10n.t('score')} | ${l10n.t('95 % interval')} |\n|---|---|---|`;
  const rows = ladder.map(
    ({ name, score, ci95: [low, high] }) => `| ${name} | ${figure(score)} | ${figure(low)} to ${figure(high)} |`,
  );
  return [[head, ...rows].join('\n')];
}
