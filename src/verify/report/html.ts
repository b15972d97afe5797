// The report as one HTML page that stands alone: no scripts, no requests, readable in light and dark and by a screen reader.
import type { Finding } from '../../task/findings.ts';
import type { TaskSpec } from '../../task/spec.ts';
import { metricWord } from '../../task/task-metric.ts';
import { toolVersion } from '../../task/version.ts';
import type { Rung, VerificationReport } from '../contract.ts';
import { html } from './escape.ts';
import { style } from './html-style.ts';
import { ladderChart } from './ladder-chart.ts';
import { atAGlance, counted, evidenceOf, familyRows, figure, ordered, outcomes, place } from './summary.ts';

/** The page; `spec` is absent when task.json does not follow the schema, `figures` is HTML that was drawn before. */
export function htmlReport(report: VerificationReport, spec: TaskSpec | null, figures = ''): string {
  const title = html(spec?.title ?? report.task);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${title}: ${report.verdict}</title>
<style>${style}</style>
</head>
<body>
<main>
<header>
<h1>${title}</h1>
<p><span class="verdict ${report.verdict}">${report.verdict}</span> <code>${html(report.task)}</code>: ${counted(report.findings)}</p>
${spec === null ? '' : glance(spec)}
</header>
${matrix(report)}
${findings(report.findings)}
${ladder(report.ladder, spec)}
${figures}
${skipped(report)}
<footer><p class="soft">Package <code>${html(report.package)}</code>. Verified with MLE Forge ${toolVersion}; docs/checks.md explains every code.</p></footer>
</main>
</body>
</html>
`;
}

function glance(spec: TaskSpec): string {
  const pairs = atAGlance(spec).map(([name, value]) => `<dt>${name}</dt><dd>${html(value)}</dd>`);
  return `<p>${html(spec.summary)}</p>\n<dl>${pairs.join('')}</dl>`;
}

function matrix(report: VerificationReport): string {
  const rows = familyRows(report).map((row) => {
    const cells = outcomes.map((outcome) => {
      const count = row[outcome];
      return `<td class="number${count === 0 ? '' : ` ${outcome}`}">${count === 0 ? '' : count}</td>`;
    });
    return `<tr><th scope="row">${row.family} <span class="soft">${row.title}</span></th>${cells.join('')}</tr>`;
  });
  const header = outcomes.map((outcome) => `<th scope="col" class="number">${outcome}</th>`).join('');
  return `<section><h2>Checks</h2><div class="wide"><table>
<caption>Each check counts once, by the worst that it found.</caption>
<thead><tr><th scope="col">family</th>${header}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div></section>`;
}

function findings(found: readonly Finding[]): string {
  if (found.length === 0) return '<section><h2>Findings</h2><p>None: every check that ran has passed.</p></section>';
  return `<section><h2>Findings</h2>\n${ordered(found).map(findingCard).join('\n')}</section>`;
}

function findingCard(finding: Finding): string {
  const { code, severity, message, remedy, suppressed, related = [] } = finding;
  const kind = suppressed === undefined ? severity : 'suppressed';
  const evidence = evidenceOf(finding);
  const parts = [
    `<h3><span class="${kind}">${suppressed === undefined ? severity : `suppressed ${severity}`}</span> ${code} <span class="soft"><code>${html(place(finding))}</code></span></h3>`,
    `<p>${html(message)}</p>`,
    ...related.map((other) => `<p class="soft"><code>${html(place(other))}</code> ${html(other.message)}</p>`),
    ...(evidence === '' ? [] : [`<p class="evidence">Evidence: <code>${html(evidence)}</code></p>`]),
    suppressed === undefined
      ? `<p><b>Remedy:</b> ${html(remedy)}</p>`
      : `<p><b>Accepted by the owner:</b> ${html(suppressed)}</p>`,
  ];
  return `<article class="${kind}">${parts.join('\n')}</article>`;
}

function ladder(rungs: readonly Rung[], spec: TaskSpec | null): string {
  if (rungs.length === 0) return '';
  const range = ([low, high]: readonly [number, number]): string => `${figure(low)} to ${figure(high)}`;
  const rows = rungs.map(({ name, score, ci95, gain }) => {
    const gained = gain === null ? ['', ''] : [figure(gain.value), range(gain.ci95)];
    const cells = [figure(score), range(ci95), ...gained].map((cell) => `<td class="number">${cell}</td>`);
    return `<tr><th scope="row">${name}</th>${cells.join('')}</tr>`;
  });
  const header = ['score', '95 % interval', 'gain', '95 % interval of the gain'];
  const told = spec === null ? '' : ` ${html(metricWord(spec.metric))}, to ${spec.metric.direction}.`;
  return `<section><h2>Baselines</h2>
${ladderChart(rungs, spec?.metric ?? null)}
<div class="wide"><table><caption>Scores on the test part.${told} A gain is over the baseline above it in the table.</caption>
<thead><tr><th scope="col">baseline</th>${header.map((name) => `<th scope="col" class="number">${name}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div></section>`;
}

function skipped({ checks }: VerificationReport): string {
  const rows = checks.flatMap(({ code, status, reason }) =>
    status === 'skipped' ? [`<tr><th scope="row">${code}</th><td>${html(reason ?? '')}</td></tr>`] : [],
  );
  if (rows.length === 0) return '';
  return `<section><h2>Skipped</h2><table><thead><tr><th scope="col">check</th><th scope="col">reason</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></section>`;
}
