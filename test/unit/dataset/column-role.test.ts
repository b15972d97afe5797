import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeColumn } from '../../../src/dataset/column-role.ts';
import { labels, numbers, rows, table, unique } from './profiles.ts';

function judged(column: Parameters<typeof table>[0][number]) {
  const found = table([column]);
  const [profile] = found.columns;
  assert.ok(profile);
  return judgeColumn(profile, found);
}

const roleOf = (column: Parameters<typeof judged>[0]) => judged(column).role;

describe('the role of a column', () => {
  it('is an identifier when whole numbers run through the rows', () => {
    assert.equal(
      roleOf(numbers('id', 1, rows, { kind: 'integer', distinct: rows, sorted: 'ascending' })),
      'identifier',
    );
  });

  it('is a group when few beings are measured again and again, and when whole numbers bear the bare name of a thing', () => {
    const subjects = Object.fromEntries(Array.from({ length: 14 }, (_, at) => [`s${at}`, 71]));
    assert.equal(roleOf(labels('subject', subjects)), 'group');
    assert.equal(roleOf(labels('person', { adult: 600, child: 400 })), 'category');
    assert.equal(roleOf(numbers('school', 1, 65, { kind: 'integer', distinct: 65 })), 'group');
    assert.equal(roleOf(numbers('school years', 1, 65, { kind: 'integer', distinct: 65 })), 'number');
  });

  it('is binary when a database keeps the bytes of files there', () => {
    assert.equal(roleOf(labels('picture', { '<10151 bytes>': 500, '<11280 bytes>': 500 })), 'binary');
  });

  it('is a part when its values name a split that was made already, and a class when they do not', () => {
    assert.equal(roleOf(labels('fold', { train: 600, oos_train: 100, val: 200, test: 100 })), 'part');
    assert.equal(roleOf(labels('Usage', { Training: 600, PublicTest: 200, PrivateTest: 200 })), 'part');
    assert.equal(roleOf(labels('set', { Training: 600, Test: 400 })), 'part');
    assert.equal(roleOf(labels('result', { test: 600, control: 400 })), 'category');
    assert.equal(roleOf(labels('vehicle', { train: 600, bus: 400 })), 'category');
    assert.equal(roleOf(labels('status', { valid: 600, invalid: 400 })), 'category');
    assert.equal(roleOf(labels('drive', { 'test drive': 600, 'train ride': 400 })), 'category');
  });

  it('is a group when an identifier recurs', () => {
    assert.equal(roleOf(numbers('patient_id', 1, 200, { kind: 'integer', distinct: 200 })), 'group');
  });

  it('is an identifier, not a time, when ten digits are called one', () => {
    const time = {
      format: 'epoch-s',
      minimum: '2072-07-03',
      maximum: '2072-08-04',
      distinct: rows,
      medianStepSeconds: 60,
      regularSteps: 1,
    };
    const digits = { kind: 'integer', distinct: rows, time } as const;
    assert.equal(roleOf(numbers('respondent_id', 3.2344e9, 3.2376e9, digits)), 'identifier');
    assert.equal(roleOf(numbers('timestamp', 1.6e9, 1.7e9, digits)), 'time');
  });

  it('is a number when its name counts things instead of numbering them', () => {
    const many = { kind: 'integer', distinct: 200 } as const;
    assert.equal(roleOf(numbers('number_of_reviews', 0, 900, many)), 'number');
    assert.equal(roleOf(numbers('numRooms', 0, 900, many)), 'number');
    assert.equal(roleOf(numbers('house_number', 0, 900, many)), 'group');
    assert.equal(roleOf(numbers('number', 1, 7, { kind: 'integer', distinct: 7 })), 'ordinal');
    assert.equal(roleOf(numbers('number', 1, rows, { kind: 'integer', distinct: rows })), 'identifier');
  });

  it('stays a code when leading zeros or many digits would be lost', () => {
    assert.equal(roleOf(numbers('zip', 501, 99950, { kind: 'integer', distinct: 500, leadingZeros: true })), 'group');
    const long = numbers('account', 1e19, 2e19, { kind: 'integer', distinct: rows, bigIntegers: true });
    assert.equal(roleOf(long), 'identifier');
  });

  it('takes coordinates by range and by name, in several languages', () => {
    assert.equal(roleOf(numbers('Breitengrad', 47, 55)), 'latitude');
    assert.equal(roleOf(numbers('pickup_longitude', -74.2, -73.7)), 'longitude');
    assert.equal(roleOf(numbers('lat', 0, 4000)), 'number', 'no latitude is 4000');
    assert.equal(roleOf(numbers('width', -10, 10)), 'number');
  });

  it('is a constant when one value fills nearly every row, but not when rare events are many', () => {
    assert.equal(roleOf(labels('region', { north: rows })), 'constant');
    assert.equal(roleOf(labels('region', { north: rows - 1, south: 1 })), 'constant');
    const large = table([labels('fraud', { no: 99_900, yes: 100 })], { rows: 100_000 });
    assert.ok(large.columns[0]);
    assert.equal(judgeColumn(large.columns[0], large).role, 'category');
  });

  it('tells free text, names that recur and categories apart', () => {
    assert.equal(roleOf(unique('review', (at) => `I liked the film number ${at} quite a lot`)), 'text');
    assert.equal(roleOf(unique('code', (at) => `AX${at}`)), 'identifier');
    assert.equal(roleOf(labels('city', { Rome: 500, Oslo: 500 })), 'category');
    const authors = unique('author', (at) => `author${at}`, { distinct: 300 });
    assert.equal(roleOf(authors), 'group');
  });

  it('takes few whole levels as ordered, but numbered classes as classes', () => {
    const levels = { kind: 'integer', distinct: 6 } as const;
    assert.equal(roleOf(numbers('quality', 3, 8, levels)), 'ordinal');
    assert.equal(roleOf(numbers('label', 0, 9, { kind: 'integer', distinct: 10 })), 'category');
    const written = [0, 1].map((value) => ({ value: `${value}.0`, count: rows / 2 }));
    assert.equal(roleOf(numbers('smoker', 0, 1, { distinct: 2, top: written })), 'boolean');
  });

  it('knows addresses of the web and times', () => {
    assert.equal(roleOf(unique('link', (at) => `https://example.org/${at}`)), 'url');
    const time = {
      format: 'iso',
      minimum: '2020-01-01',
      maximum: '2020-12-31',
      distinct: 366,
      medianStepSeconds: 86400,
      regularSteps: 1,
    };
    assert.equal(roleOf(unique('day', (at) => `2020-01-${at}`, { kind: 'date', text: null, time })), 'time');
  });
});

describe('suspicions', () => {
  it('fall on columns that speak of a later event', () => {
    assert.match(judged(numbers('updated_at', 1, 9)).postOutcome ?? '', /afterwards/);
    assert.match(judged(labels('finalVerdict', { a: 500, b: 500 })).postOutcome ?? '', /afterwards/);
    assert.equal(judged(numbers('speed', 1, 9)).postOutcome, null);
  });

  it('fall on fields that are filled in for few rows only', () => {
    assert.match(judged(numbers('injuries', 0, 9, { missing: 950 })).postOutcome ?? '', /5\.0 % of the rows/);
    assert.equal(judged(numbers('weight', 0, 9, { missing: 500 })).postOutcome, null);
  });

  it('fall on personal data by name and by pattern', () => {
    assert.match(judged(unique('LastName', (at) => `Smith${at}`)).personal ?? '', /person/);
    assert.match(judged(unique('contact', (at) => `p${at}@example.org`)).personal ?? '', /e-mail/);
    assert.match(judged(unique('line', (at) => `+49 (30) 1234${at}`)).personal ?? '', /telephone/);
    assert.match(judged(unique('where', (at) => `${at + 1} Oak Street`)).personal ?? '', /addresses/);
  });

  it('do not fall on codes that are nothing but digits', () => {
    assert.equal(judged(unique('code', (at) => `006201${at + 10}`)).personal, null);
    assert.equal(judged(numbers('value', 1, 100000)).personal, null);
  });
});
