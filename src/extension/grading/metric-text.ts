// What a metric is, for hovers: definition, formula, range, direction, and where the baselines stand.
import { type MetricName, metricDefinition } from '../../task/metrics.ts';
import type { Rung } from '../../verify/contract.ts';
import type { L10n } from '../l10n.ts';
import { figure } from './score-text.ts';

/** Markdown from the registry alone, and figures: nothing of it comes from a task's text. */
export function metricMarkdown(name: MetricName, ladder: readonly Rung[], l10n: L10n): string {
  const { label, summary, formula, best, worst, direction, source } = metricDefinition(name);
  const better = direction === 'maximize' ? l10n.t('higher is better') : l10n.t('lower is better');
  const range = l10n.t('Best {0}, worst {1}; {2}.', best, worst ?? l10n.t('without limit'), better);
  return [
    `**${label}** (\`${name}\`)`,
    summary,
    `\`${formula}\``,
    range,
    ...rungs(ladder, l10n),
    `[${l10n.t('Definition')}](${source})`,
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
