import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeTable } from '../../../src/dataset/judge-table.ts';
import { hintsAt, nameTokens } from '../../../src/dataset/name-tokens.ts';
import { labels, numbers, table, unique } from './profiles.ts';

function times(name: string, distinct: number) {
  const time = {
    format: 'iso',
    minimum: '2020-01-01',
    maximum: '2020-12-31',
    distinct,
    medianStepSeconds: 86400,
    regularSteps: 1,
  };
  return unique(name, (at) => `2020-01-${at}`, { kind: 'date', text: null, distinct, time });
}

describe('the judgement of a table', () => {
  it('names entities that recur, the most telling name first', () => {
    const found = judgeTable(
      table([
        numbers('batch_nr', 1, 100, { kind: 'integer', distinct: 100 }),
        numbers('patient_id', 1, 300, { kind: 'integer', distinct: 300 }),
        numbers('dose', 1, 9),
      ]),
    );
    assert.deepEqual(found.groups, ['patient_id', 'batch_nr']);
  });

  it('takes a file that several rows speak of for an entity', () => {
    const mediaPaths = { collection: 'pictures', matched: 1000 };
    const files = unique('picture', (at) => `${at}.png`, { distinct: 250, mediaPaths });
    assert.deepEqual(judgeTable(table([files, numbers('size', 1, 9)])).groups, ['picture']);
  });

  it('prefers the time of the event to that of a later change', () => {
    assert.equal(judgeTable(table([times('updated_at', 366), times('day', 300)])).timeColumn, 'day');
    assert.equal(judgeTable(table([times('BirthDate', 366)])).timeColumn, null);
    assert.equal(judgeTable(table([labels('a', { x: 500, y: 500 })])).timeColumn, null);
  });

  it('has coordinates when both are there', () => {
    const both = judgeTable(table([numbers('lat', 40, 50), numbers('lng', 0, 10)]));
    assert.deepEqual(both.coordinates, { latitude: 'lat', longitude: 'lng' });
    assert.equal(judgeTable(table([numbers('lat', 40, 50)])).coordinates, null);
  });
});

describe('words of column names', () => {
  it('are separated by case, signs and spaces', () => {
    assert.deepEqual(nameTokens('customerHTTPCode_2 (m)'), ['customer', 'http', 'code', '2', 'm']);
    assert.deepEqual(nameTokens('Größe.Außen'), ['größe', 'außen']);
  });

  it('hint as whole words only', () => {
    assert.equal(hintsAt('valid', 'identifier'), false);
    assert.equal(hintsAt('sample-id', 'identifier'), true);
    assert.equal(hintsAt('plate', 'latitude'), false);
    assert.equal(hintsAt('first_name', 'personal'), true);
    assert.equal(hintsAt('file name', 'personal'), false);
  });
});
