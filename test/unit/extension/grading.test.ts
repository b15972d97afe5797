// The pure parts of grading in the editor: places of links and hovers, words, and the row of a refusal.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lensSpots } from '../../../src/extension/grading/lens-spots.ts';
import { metricSpot } from '../../../src/extension/grading/metric-spots.ts';
import { metricMarkdown } from '../../../src/extension/grading/metric-text.ts';
import { refusedRow } from '../../../src/extension/grading/refused-row.ts';
import { gradeText } from '../../../src/extension/grading/score-text.ts';
import { plainL10n } from '../../support/plain-l10n.ts';

describe('links', () => {
  it('stand above the functions that the tool calls, and nowhere else', () => {
    const metric = 'import pandas\n\n\ndef helper(): ...\n\ndef evaluate(a, b):\n    def validate_submission(): ...\n';
    assert.deepEqual(lensSpots('metric.py', metric), [{ kind: 'evaluate', line: 5 }]);
    assert.deepEqual(lensSpots('baselines/strong.py', 'x = 1\ndef solve(public, submission): ...\n'), [
      { kind: 'baseline', line: 1, name: 'strong' },
    ]);
    assert.deepEqual(lensSpots('description.md', '\n# Title\n## Part\n'), [{ kind: 'title', line: 1 }]);
    assert.deepEqual(lensSpots('data/public/description.md', '# Title\n'), []);
    assert.deepEqual(lensSpots('tools/metric.py', metric), []);
  });
});

const aucMetric = { name: 'roc-auc', direction: 'maximize', best: 1, worst: 0, reason: 'Plain.' } as const;
const ownMetric = {
  name: 'custom',
  label: 'Mean *capped* cost',
  definition: 'Cost per day ![x](https://example.org/x.png), at most 40.',
  direction: 'minimize',
  best: 0,
  worst: 40,
  reason: 'Plain.',
} as const;

describe('the hover over a metric', () => {
  it('answers to its name in the manifest, its label in the description, and to evaluate', () => {
    assert.deepEqual(metricSpot('task.json', '    "name": "roc-auc",', 16, aucMetric), [12, 21]);
    assert.equal(metricSpot('task.json', '    "name": "roc-auc",', 6, aucMetric), null);
    assert.deepEqual(metricSpot('description.md', 'Scored by ROC AUC.', 12, aucMetric), [10, 17]);
    assert.deepEqual(metricSpot('metric.py', 'def evaluate(submission, answers):', 5, aucMetric), [4, 12]);
    assert.equal(metricSpot('metric.py', '    evaluate(a, b)', 5, aucMetric), null);
    assert.equal(metricSpot('prepare.py', 'def evaluate(roc-auc)', 5, aucMetric), null);
  });

  it('tells definition, range, direction and ladder', () => {
    const ladder = [{ name: 'strong' as const, score: 0.91234, ci95: [0.9, 0.925] as [number, number], gain: null }];
    const logLoss = { ...aucMetric, name: 'log-loss', direction: 'minimize', best: 0, worst: null } as const;
    const text = metricMarkdown(logLoss, ladder, plainL10n);
    assert.match(text, /\*\*Logarithmic loss\*\*/);
    assert.match(text, /Best 0, worst without limit; lower is better\./);
    assert.match(text, /\| strong \| 0\.9123 \| 0\.9 to 0\.925 \|/);
    assert.doesNotMatch(metricMarkdown(logLoss, [], plainL10n), /\|/);
  });

  it('takes a metric of the task itself from the manifest, and nothing in it as markup', () => {
    assert.deepEqual(metricSpot('description.md', 'The mean *capped* cost counts.', 6, ownMetric), [4, 22]);
    assert.equal(metricSpot('description.md', 'A custom cake.', 4, ownMetric), null);
    assert.deepEqual(metricSpot('task.json', '    "name": "custom",', 16, ownMetric), [12, 20]);
    const text = metricMarkdown(ownMetric, [], plainL10n);
    assert.match(text, /\*\*Mean \\\*capped\\\* cost\*\* \(`custom`\)/);
    assert.match(text, /Best 0, worst 40; lower is better\./);
    assert.doesNotMatch(text, /!\[|https:\/\/|Definition|undefined|null/);
  });
});

describe('a grade', () => {
  it('is a score with its interval, or the reason of the refusal', () => {
    const grade = { valid: true, score: 0.873333, ci95: [0.83, 0.91], direction: 'maximize' } as const;
    assert.equal(gradeText(grade), '0.8733 (95 % interval 0.83 to 0.91)');
    assert.equal(gradeText({ valid: false, error: 'No id.' }), 'No id.');
  });

  it('points at the row whose id the refusal names', () => {
    const csv = 'name,id\n"a, b",7\n"two\nlines",12\nlast,7\n';
    assert.equal(refusedRow("1 unknown ('12')", csv, 'id'), 3);
    assert.equal(refusedRow("1 repeated ('7')", csv, 'id'), 4);
    assert.equal(refusedRow('wrong in 1 rows, for example at id 12.', csv, 'id'), 3);
    assert.equal(refusedRow("1 missing ('99')", csv, 'id'), null);
    assert.equal(refusedRow("1 unknown ('12')", csv, 'key'), null);
    assert.equal(refusedRow('anything', '', 'id'), null);
  });
});
