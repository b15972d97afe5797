// README.md of a package: how to build, grade and use the task by hand, without the tool that made it.
import { metricText } from '../task/task-metric.ts';
import type { ManifestDraft } from './blueprint.ts';
import { code, escaped, fenced, prose } from './description/markdown.ts';

const grading = fenced('sh', [
  "python - submission.csv <<'END'",
  'import sys',
  'import pandas as pd',
  'from metric import evaluate',
  '',
  'submission, answers = (',
  '    pd.read_csv(path, dtype=str, keep_default_na=False) for path in (sys.argv[1], "data/private/test_answer.csv")',
  ')',
  'print(evaluate(submission, answers))',
  'END',
]);

/** Markdown that a person who was sent the folder can work by. */
export function renderReadme(manifest: ManifestDraft): string {
  const { dataset, metric, requires } = manifest;
  const { label, summary, authored } = metricText(metric);
  const definition = authored ? ` ${prose(summary)}` : '';
  const better = metric.direction === 'maximize' ? 'higher is better' : 'lower is better';
  return `# ${escaped(manifest.title)}

${prose(manifest.summary)}

This folder stands alone: it needs Python 3.11 or later with ${requires.join(', ')}, and nothing of the tool that made it.
What competitors read is \`description.md\`; why the task is built as it is stands in \`task.json\`.

## Build the data

${fenced('sh', ['python prepare.py RAW data/public data/private'])}

\`RAW\` is the folder of the raw dataset ${code(dataset.name)}, which is read only. The same raw files give the same bytes.
Licence of the dataset: ${escaped(dataset.licence)}. Source: ${escaped(dataset.source)}.

## Make a submission

${fenced('sh', ['python baselines/simple.py data/public submission.csv'])}

From worst to best: \`sample.py\` (random), \`constant.py\` (one answer for all rows), \`simple.py\`, \`strong.py\`.

## Grade a submission

${grading}

The score is ${escaped(label)}: ${better}, ${metric.best} is perfect.${definition} An invalid submission raises \`InvalidSubmissionError\`, which says what to change.

## What is where

| Path | Content |
|---|---|
| \`task.json\` | the manifest: target, split, metric, submission, hashes of all files |
| \`description.md\` | the page for competitors; a copy lies in \`data/public\` |
| \`prepare.py\` | makes \`data\` from the raw dataset |
| \`metric.py\` | \`evaluate\` and \`validate_submission\` |
| \`baselines/\` | four solvers to compare with and to start from |
| \`data/public/\` | everything that competitors get |
| \`data/private/\` | the answers; keep this folder to yourself |
| \`verification/\` | what was checked, and what was found |
| \`runs/\` | submissions and scores of the baselines |
`;
}
