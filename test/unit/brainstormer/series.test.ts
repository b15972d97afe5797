import assert from 'node:assert/strict';
import { test } from 'node:test';
import { horizonWords } from '../../../src/agents/brainstormer/words/time-spans.ts';
import { brainstorm, table, taskOn } from './datasets.ts';

const DAY = 86_400;

function day(at: number): Date {
  return new Date(Date.UTC(2015, 0, 1 + at));
}

function iso(date: Date): string {
  return date.toISOString().slice(0, 10);
}

test('a series of nothing but moments and numbers is forecast, and asked once', async () => {
  const rows = table(1400, (at, random) => [
    iso(day(at)),
    (12 + 8 * Math.sin((2 * Math.PI * at) / 365.25) + random() * 4).toFixed(2),
  ]);
  const { formulations } = await brainstorm({ 'heat.csv': [['date', 'heat'], ...rows] });
  assert.deepEqual(
    formulations.map((item) => item.objective),
    ['forecasting'],
  );
});

test('a short series that grows has headroom over its last value', async () => {
  const rows = table(150, (at, random) => {
    const month = new Date(Date.UTC(2000, at, 1)).toISOString().slice(0, 7);
    return [month, (100 + 3 * at + 40 * Math.sin((2 * Math.PI * at) / 12) + random() * 10).toFixed(0)];
  });
  const task = taskOn(await brainstorm({ 'guests.csv': [['month', 'guests'], ...rows] }), 'guests');
  assert.equal(task.objective, 'forecasting');
});

test('a panel of working days, with row numbers, is one series for each name; the name is no target', async () => {
  const names = ['north', 'south', 'east', 'west'];
  const days = Array.from({ length: 700 }, (_, at) => day(at)).filter((date) => date.getUTCDay() % 6 !== 0);
  const rows = table(days.length * names.length, (at, random) => {
    const [date, name] = [days[Math.floor(at / names.length)] ?? day(0), at % names.length];
    const season = Math.sin((2 * Math.PI * date.getTime()) / 1000 / DAY / 365.25);
    return [at + 1, iso(date), names[name] ?? '', (50 + 30 * name + 15 * season + random() * 8).toFixed(2)];
  });
  const output = await brainstorm({ 'sales.csv': [['row', 'date', 'depot', 'sold'], ...rows] });
  const task = taskOn(output, 'sold');
  assert.equal(task.objective, 'forecasting');
  assert.deepEqual(task.split.series, ['depot']);
  assert.ok(output.formulations.every((item) => item.target.columns.every((column) => column.from !== 'depot')));
});

test('a horizon is told in the unit that people would name', () => {
  assert.equal(horizonWords(361.7 * DAY, 1800), 'a year');
  assert.equal(horizonWords(4950 * DAY, DAY), 'about 14 years');
  assert.equal(horizonWords(90 * DAY, DAY), '90 days');
  assert.equal(horizonWords(2 * DAY, 3600), '48 hours');
  assert.equal(horizonWords(456 * DAY, 30.4 * DAY), '15 months');
  assert.equal(horizonWords(20 * DAY, 600), '20 days');
});
