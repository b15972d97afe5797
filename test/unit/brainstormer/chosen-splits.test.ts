import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brainstorm, table, taskOn } from './datasets.ts';

test('rows of one patient stay on one side', async () => {
  const header = ['patient_id', 'age', 'pressure', 'pulse', 'score'];
  const rows = table(600, (at, random) => {
    const [age, pressure] = [30 + random() * 50, 90 + random() * 60];
    const score = age / 10 + pressure / 20 + random() * 2;
    return [
      `P${1000 + (at % 120)}`,
      age.toFixed(1),
      pressure.toFixed(1),
      (60 + random() * 40).toFixed(1),
      score.toFixed(2),
    ];
  });
  const task = taskOn(await brainstorm({ 'visits.csv': [header, ...rows] }), 'score');
  assert.equal(task.split.kind, 'group');
  assert.deepEqual(task.split.together, { key: 'columns', columns: ['patient_id'] });
  assert.match(task.split.reason, /120 values of `patient_id`/);
  assert.ok(!task.features.kept.some((feature) => feature.name === 'patient_id'));
});

test('rows of one of a few subjects stay on one side, and the subject is no input', async () => {
  const subjects = Array.from({ length: 14 }, (_, at) => `s${at}`);
  const rows = table(1064, (at, random) => {
    const [moment, own] = [(at * 7) % 19, ((at % 14) - 7) / 10];
    return [subjects[at % 14] ?? '', moment, random().toFixed(3), (Math.sin(moment / 3) + own + random()).toFixed(4)];
  });
  const task = taskOn(await brainstorm({ 'waves.csv': [['subject', 'moment', 'noise', 'signal'], ...rows] }), 'signal');
  assert.deepEqual(task.split.together, { key: 'columns', columns: ['subject'] });
  assert.ok(!task.features.kept.some((feature) => feature.name === 'subject'));
});

test('daily rows are split in time, and the same table asks for a forecast', async () => {
  const rows = table(900, (at, random) => {
    const day = new Date(Date.UTC(2020, 0, 1 + at)).toISOString().slice(0, 10);
    const season = Math.sin((2 * Math.PI * at) / 365.25);
    return [day, (50 + 8 * season + random() * 20).toFixed(2), (10 + 12 * season + random() * 9).toFixed(2)];
  });
  const output = await brainstorm({ 'daily.csv': [['date', 'humidity', 'heat'], ...rows] });
  const task = taskOn(output, 'heat');
  assert.equal(task.split.kind, 'time');
  assert.deepEqual(task.split.time, { column: 'date', format: task.split.time?.format ?? '' });
  const forecast = output.formulations.find((item) => item.objective === 'forecasting');
  assert.ok(forecast, 'a forecast is proposed');
  const kept = forecast.features.kept.map((feature) => [feature.kind, feature.historyOnly]);
  assert.ok(
    kept.every(([kind, historyOnly]) => kind === 'datetime' || historyOnly),
    'only the calendar is known ahead',
  );
});

test('texts that differ in case and punctuation only stay on one side, and copies are dropped', async () => {
  const words = [
    'win cash now',
    'free prize call',
    'see you soon',
    'lunch at noon',
    'meeting moved today',
    'urgent claim reward',
  ];
  const rows = table(500, (at, random) => {
    const spam = random() < 0.3;
    const start = words[spam ? (at % 2 === 0 ? 0 : 5) : 2 + (at % 3)] ?? '';
    const body = `${start} ${random() < 0.1 ? 'again and again my friend' : `friend number ${Math.floor(random() * 400)} of mine`}`;
    const marked = random() < 0.1 ? !spam : spam;
    return [marked ? 'spam' : 'ham', at % 9 === 0 ? `${body.toUpperCase()}!` : body];
  });
  const task = taskOn(await brainstorm({ 'messages.csv': [['label', 'message'], ...rows] }), 'label');
  assert.deepEqual(task.split.together, { key: 'normalized-text', column: 'message' });
  assert.equal(task.rows.dropDuplicates, true);
  assert.equal(task.modality, 'text');
});

test('coordinates ask about places never seen', async () => {
  const rows = table(800, (_, random) => {
    const [lat, lon, income] = [40 + random() * 5, 5 + random() * 5, random() * 10];
    return [lat.toFixed(4), lon.toFixed(4), income.toFixed(2), (20 * income + 9 * lat + random() * 20).toFixed(1)];
  });
  const task = taskOn(
    await brainstorm({ 'homes.csv': [['latitude', 'longitude', 'income', 'price'], ...rows] }),
    'price',
  );
  assert.equal(task.split.together.key, 'grid');
  assert.equal(task.modality, 'geospatial');
  assert.match(task.title, /places never seen/);
});

test('published parts are kept, unless the test part answers in other words or in none', async () => {
  const parts = (answer: (label: string) => string) =>
    Object.fromEntries(
      [600, 300].map((rows, part) => [
        part === 0 ? 'loans-train.csv' : 'loans-test.csv',
        [
          ['income', 'debt', 'label'],
          ...table(rows, (at, random) => {
            const [income, debt] = [random(), random() + part / 7 + at / 1e6];
            const label = income - debt + random() / 3 > 0 ? 'good' : 'bad';
            return [income.toFixed(4), debt.toFixed(4), part === 0 ? label : answer(label)];
          }),
        ],
      ]),
    );
  assert.equal(taskOn(await brainstorm(parts((label) => label)), 'label').split.kind, 'official');
  const respelled = taskOn(await brainstorm(parts((label) => `${label}.`)), 'label');
  assert.equal(respelled.split.kind, 'stratified');
  assert.deepEqual(respelled.target.classes, ['bad', 'good']);
  assert.equal(taskOn(await brainstorm(parts(() => 'bad')), 'label').split.kind, 'stratified');
});
