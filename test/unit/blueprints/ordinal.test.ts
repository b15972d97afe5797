// Ordered levels scored by their distance: manifest, sample, page and metric must agree on what a prediction is.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { submissionText } from '../../../src/blueprints/description/submission.ts';
import { submissionColumns } from '../../../src/blueprints/manifest/submission-columns.ts';
import { renderMetric } from '../../../src/blueprints/metric-code/render.ts';
import { csvSource, tableTask } from '../../support/blueprint-tasks.ts';
import { askPython, assertSound, column, fileFolder, prepareAll } from '../../support/prepared.ts';
import { writeFiles } from '../../support/temp-folder.ts';

const folder = fileFolder();
const scales = { words: ['low', 'middle', 'high'], numbers: ['1', '2', '3'] } as const;
type Scale = keyof typeof scales;
const rows = 90;
const raw = await writeFiles(path.join(folder, 'raw'), {
  'words.csv': table(scales.words),
  'numbers.csv': table(scales.numbers),
});

function table(levels: readonly string[]): string {
  return `x,level\n${Array.from({ length: rows }, (_, n) => `${n * 7},${levels[n % 3]}\n`).join('')}`;
}

const formulation = (scale: Scale) =>
  tableTask({
    source: { table: csvSource(`${scale}.csv`, ['x', 'level']) },
    features: { x: 'number' },
    target: 'level',
    classes: [...scales[scale]],
    objective: 'ordinal-regression',
    metric: 'mae',
  });
const formulations = { words: formulation('words'), numbers: formulation('numbers') };
const built = prepareAll(folder, {
  words: { raw, formulation: formulations.words },
  numbers: { raw, formulation: formulations.numbers },
});

const scores = `
import json, runpy, sys
import pandas as pd
metric = runpy.run_path(sys.argv[1])
read = lambda name: pd.read_csv(f"{sys.argv[2]}/{name}", dtype=str, keep_default_na=False)
answers, kind = read("private/test_answer.csv"), sys.argv[3]
typed = lambda frame: frame.assign(level=pd.to_numeric(frame["level"])) if kind == "numbers" else frame
def scored(frame):
    try:
        return metric["evaluate"](typed(frame), typed(answers))
    except metric["InvalidSubmissionError"]:
        return None
foreign = answers.assign(level="2" if kind == "words" else answers["level"])
far = answers.assign(level=sys.argv[4])
print(json.dumps([scored(answers), scored(read("public/sample_submission.csv")), scored(foreign), scored(far)]))`;

for (const scale of ['words', 'numbers'] as const) {
  test(`levels that are ${scale} are predicted as ${scale}, in the manifest as in the metric`, async () => {
    const levels: readonly string[] = scales[scale];
    const columns = submissionColumns(formulations[scale]);
    assertSound(built[scale], rows);
    assert.equal(columns[0]?.dtype, scale === 'words' ? 'label' : 'number');
    assert.deepEqual(columns[0]?.allowed, scale === 'words' ? levels : undefined);
    const page = submissionText(columns, 'mae', levels);
    assert.match(page, scale === 'words' ? /one of the classes above/ : /a finite number/);
    assert.match(page, new RegExp(`^\\d+,${levels[0]}$`, 'm'));
    assert.ok(column(built[scale].sample, 'level').every((value) => levels.includes(value)));

    const code = await writeFiles(path.join(folder, scale), { 'metric.py': renderMetric(formulations[scale]) });
    const metric = path.join(code, 'metric.py');
    const told = askPython(scores, metric, built[scale].out, scale, levels[2] ?? '') as (number | null)[];
    const [perfect, sample, foreign, far] = told;
    assert.equal(perfect, 0);
    assert.ok(sample !== null && sample !== undefined && sample > 0.4);
    assert.equal(foreign, scale === 'words' ? null : 0, 'numbers for words are refused');
    // The highest level for every row is one level off on average where the three levels are equally frequent.
    assert.ok(far !== null && far !== undefined && far > 0.5 && far < 1.5, String(far));
  });
}
