import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brainstorm, exclusion, table, taskOn } from './datasets.ts';

test('a score computed from the target is excluded, with what it reaches alone and what a clean model reaches', async () => {
  const rows = table(500, (_, random) => {
    const [depth, distance] = [random() * 10, random() * 10];
    const price = 3 * depth + distance + random() * 4;
    return [depth.toFixed(3), distance.toFixed(3), (price ** 2 + random()).toFixed(1), price.toFixed(2)];
  });
  const task = taskOn(await brainstorm({ 'flats.csv': [['depth', 'distance', 'points', 'price'], ...rows] }), 'price');
  assert.match(
    exclusion(task, 'points'),
    /alone predicts `price` with RMSE [\d.]+ against RMSE [\d.]+ for a model without it/,
  );
  assert.deepEqual(
    task.features.kept.map((feature) => feature.name),
    ['depth', 'distance'],
  );
});

test('two columns whose sum is the target are excluded together', async () => {
  const rows = table(400, (_, random) => {
    const [wind, heat] = [random() * 10, random() * 30];
    const [members, guests] = [Math.round(wind * 20 + random() * 30), Math.round(heat * 5 + random() * 40)];
    return [wind.toFixed(2), heat.toFixed(2), members, guests, members + guests];
  });
  const output = await brainstorm({ 'rentals.csv': [['wind', 'heat', 'members', 'guests', 'demand'], ...rows] });
  const task = taskOn(output, 'demand');
  assert.match(exclusion(task, 'members'), /sum of `members` and `guests` is `demand` in 100 % of the rows/);
  assert.match(exclusion(task, 'guests'), /sum of/);
});

test('a title that holds the target is excluded, with its share of the rows and the share by chance', async () => {
  const rows = table(400, (at, random) => {
    const [depth, gap] = [random() * 10, random() * 10];
    const mag = (depth / 4 + gap / 3 + random()).toFixed(1);
    return [depth.toFixed(2), gap.toFixed(3), `M ${mag} quake near the village number ${at % 7}`, mag];
  });
  const task = taskOn(await brainstorm({ 'quakes.csv': [['depth', 'gap', 'title', 'mag'], ...rows] }), 'mag');
  assert.match(exclusion(task, 'title'), /holds the value of `mag` in 100 % of the rows/);
});

test('a single column that answers the whole question makes a look-up: it is taken away or the idea is dropped', async () => {
  const rows = table(600, (_, random) => {
    const rain = random() < 0.5 ? 0 : random() * 9;
    return [rain.toFixed(2), random().toFixed(3), random().toFixed(3), rain > 0 ? 'wet' : 'dry'];
  });
  const output = await brainstorm({ 'days.csv': [['rain', 'wind', 'cloud', 'weather'], ...rows] });
  assert.ok(output.formulations.every((task) => task.target.columns[0]?.from !== 'weather'));
  assert.ok(output.dropped.some((item) => /weather/.test(item.idea) && /LOOK_UP|NO_SIGNAL/.test(item.code)));
});

test('a column that names entities is left out, and the manifest says what its spelling would have told', async () => {
  const rows = table(400, (at, random) => {
    const isFemale = at % 2 === 0;
    const mass = (isFemale ? 30 : 34) + random() * 9;
    return [
      `N${Math.floor(at / 4)}-${isFemale ? 'A' : 'B'}`,
      mass.toFixed(2),
      random().toFixed(3),
      isFemale ? 'f' : 'm',
    ];
  });
  const task = taskOn(await brainstorm({ 'birds.csv': [['bird', 'mass', 'tail', 'sex'], ...rows] }), 'sex');
  assert.match(exclusion(task, 'bird'), /values that recur.*; its last character alone predicts `sex` with accuracy 1/);
});

test('the parts of a sum are not given beside it, although fees come on top', async () => {
  const rows = table(900, (_, random) => {
    const miles = 1 + random() * 20;
    const fare = 3 + 2.5 * miles + random() * 4;
    const tip = random() < 0.6 ? fare * random() * 0.5 : 0;
    const fee = [0.5, 3.3, 3.8][Math.floor(random() * 3)] ?? 0;
    return [...[miles, 5 + 3 * miles + random() * 9, fare, tip, fare + tip + fee].map((value) => value.toFixed(2))];
  });
  const output = await brainstorm({ 'rides.csv': [['miles', 'minutes', 'fare', 'tip', 'total'], ...rows] });
  const task = taskOn(output, 'total');
  for (const part of ['fare', 'tip']) assert.match(exclusion(task, part), /add up to `total`/);
});

test('a flag that two counts decide together is asked without both', async () => {
  const rows = table(600, (_, random) => {
    const [siblings, parents] = [Math.floor(random() ** 2 * 4), Math.floor(random() ** 2 * 3)];
    const fare = 5 + 8 * (siblings + parents) + 20 * random();
    return [siblings, parents, fare.toFixed(2), Math.floor(random() * 80), siblings + parents === 0 ? 'yes' : 'no'];
  });
  const output = await brainstorm({ 'trips.csv': [['siblings', 'parents', 'fare', 'age', 'alone'], ...rows] });
  const task = taskOn(output, 'alone');
  assert.match(exclusion(task, 'siblings'), /`alone` follows from `siblings` and `parents` together/);
  assert.match(exclusion(task, 'parents'), /follows from/);
});

test('a column with one value in the rows that have a target is no feature', async () => {
  const rows = table(500, (at, random) => {
    const [size, age] = [random() * 9, random() * 9];
    const caught = at % 5 !== 0;
    return [caught ? 'rodent' : 'bird', size.toFixed(2), age.toFixed(2), caught ? (3 * size + age).toFixed(1) : ''];
  });
  const task = taskOn(await brainstorm({ 'catch.csv': [['taxa', 'size', 'age', 'weight'], ...rows] }), 'weight');
  assert.equal(exclusion(task, 'taxa'), 'has the same value in every row that has a target');
});
