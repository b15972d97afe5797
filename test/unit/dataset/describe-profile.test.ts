import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { profileText } from '../../../src/dataset/describe-profile.ts';
import { judgeTables } from '../../../src/dataset/judge-table.ts';
import type { DatasetProfile } from '../../../src/dataset/profile.ts';
import { dataset, labels, numbers, table } from './profiles.ts';

const text = (profile: DatasetProfile) => profileText(profile, judgeTables(profile));

const pictures: DatasetProfile['media'][number] = {
  id: 'photos',
  kind: 'image',
  count: 12,
  bytes: 5000,
  extensions: [{ extension: '.png', count: 12 }],
  labels: [
    {
      from: 'folder',
      level: 1,
      classes: [
        { label: 'cat', count: 7 },
        { label: 'dog', count: 5 },
      ],
    },
  ],
  broken: [{ path: 'photos/x.png', problem: 'cut off' }],
  brokenCount: 1,
  duplicates: 2,
  image: {
    width: { minimum: 16, median: 16, maximum: 64 },
    height: { minimum: 12, median: 12, maximum: 48 },
    modes: [{ mode: 'RGB', count: 12 }],
    sizes: [{ size: '16x12', count: 11 }],
  },
  audio: null,
  text: null,
  parts: [{ part: 'train', folder: 'train', count: 9 }],
};

describe('a profile in words', () => {
  it('names tables, columns with roles, missing values, examples and targets', () => {
    const shown = text(
      dataset([table([labels('city', { Rome: 600, Oslo: 390 }, { missing: 10 }), numbers('price', 1, 900)])]),
    );
    assert.match(shown, /^data: 1 files?, 2\.0 KiB\n/);
    assert.match(shown, /data\.csv: 1000 rows, 2 columns/);
    assert.match(shown, /city +category +2 values, 10 missing +e\.g\. Rome \| Oslo/);
    assert.match(shown, /could be predicted: price \(regression\)/);
  });

  it('names media with sizes, labels, parts and broken files', () => {
    const shown = text(dataset([], { media: [pictures] }));
    assert.match(shown, /photos: 12 image files, 1 broken, 2 repeated/);
    assert.match(shown, /2 classes: cat 7, dog 5/);
    assert.match(shown, /16 to 64 x 12 to 48 pixels/);
    assert.match(shown, /train 9/);
  });

  it('names relations, keys and problems with their remedy', () => {
    const shown = text(
      dataset([table([numbers('id', 1, 9)], { keys: [['id']] })], {
        relations: [
          { from: { table: 'a', column: 'x' }, to: { table: 'b', column: 'y' }, kind: 'many-to-one', declared: true },
        ],
        problems: [{ code: 'BINARY', path: 'z.csv', message: 'Not text.', remedy: 'Rename it.' }],
      }),
    );
    assert.match(shown, /a\.x -> b\.y \(many-to-one, declared\)/);
    assert.match(shown, /key: id/);
    assert.match(shown, /BINARY z\.csv: Not text\. Rename it\./);
  });

  it('never sends a control character of the data to the terminal', () => {
    const evil = '\u001b]0;owned\u0007\u001b[2J\u202e\r\n\u009b31m';
    const shown = text(
      dataset([table([labels(evil, { [evil]: 500, b: 500 })], { id: evil, keys: [[evil]] })], {
        name: evil,
        media: [
          { ...pictures, id: evil, labels: [{ from: 'name', pattern: evil, classes: [{ label: evil, count: 3 }] }] },
        ],
        relations: [
          {
            from: { table: evil, column: evil },
            to: { table: evil, column: evil },
            kind: 'one-to-one',
            declared: false,
          },
        ],
        problems: [{ code: 'X', path: evil, message: evil, remedy: evil }],
      }),
    );
    assert.doesNotMatch(shown.replaceAll('\n', ''), /[\p{Cc}\p{Cf}]/u);
    assert.equal(
      shown.split('\n').some((line) => line.startsWith('31m')),
      false,
      'a name never begins a line of its own',
    );
  });
});
