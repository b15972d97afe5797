// Media are copied under new names; their content stays bit by bit, what may tell the label does not come along.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { type MediaTask, mediaTask } from '../../support/blueprint-tasks.ts';
import { emptyProfile } from '../../support/formulations.ts';
import {
  askPython,
  assertSound,
  both,
  column,
  fileFolder,
  type Prepared,
  prepareAll,
  pythonRawData,
} from '../../support/prepared.ts';

const folder = fileFolder();
const raw = pythonRawData(folder);
const images: MediaTask = {
  kind: 'media',
  media: 'image',
  root: 'images',
  extensions: ['.jpg', '.png'],
  label: { from: 'folder', level: 1, classes: [] },
  table: null,
  broken: ['images/dog/IMG_000.JPG'],
};
const sounds: MediaTask = {
  ...images,
  media: 'audio',
  root: 'sounds',
  extensions: ['.wav', '.flac'],
  label: { from: 'name', pattern: '^([a-z]+)_', classes: [] },
  broken: [],
};
const texts: MediaTask = { ...images, media: 'text', root: 'texts', extensions: ['.txt'], broken: [] };
const pictures = mediaTask(images, ['cat', 'dog']);
const runs = { kind: 'group', together: { key: 'name-run', pattern: '(\\d+)(?!.*\\d)', length: 10 } } as const;

const built = prepareAll(folder, {
  images: {
    raw: path.join(raw, 'images'),
    formulation: { ...pictures, rows: { ...pictures.rows, dropDuplicates: true } },
  },
  copies: {
    raw: path.join(raw, 'images'),
    formulation: mediaTask(images, ['cat', 'dog'], { kind: 'group', together: { key: 'content' } }),
  },
  runs: { raw: path.join(raw, 'images'), formulation: mediaTask(images, ['cat', 'dog'], runs) },
  sounds: { raw: path.join(raw, 'sounds'), formulation: mediaTask(sounds, ['high', 'low']) },
  texts: {
    raw: path.join(raw, 'texts'),
    formulation: mediaTask(texts, ['neg', 'pos']),
    profile: {
      ...emptyProfile,
      media: [
        {
          id: 'texts',
          kind: 'text',
          count: 60,
          bytes: 0,
          extensions: [],
          labels: [],
          broken: [],
          brokenCount: 0,
          duplicates: 0,
          image: null,
          audio: null,
          text: { characters: { minimum: 1, median: 1, maximum: 1 }, encoding: 'cp1252' },
          parts: [],
        },
      ],
    },
  },
});

/** Hashes of the decoded content of all media below a folder, sorted. */
const contents = (kind: 'image' | 'audio', place: string) =>
  askPython(
    `
import hashlib, json, sys
from pathlib import Path
import soundfile
from PIL import Image

def content(path):
    if sys.argv[1] == "image":
        with Image.open(path) as image:
            return image.mode.encode() + image.tobytes()
    return soundfile.read(path, dtype="int16")[0].tobytes()

paths = [p for p in Path(sys.argv[2]).rglob("*") if p.is_file() and not p.name.startswith(".")]
print(json.dumps(sorted(hashlib.sha256(content(path)).hexdigest() for path in paths)))`,
    kind,
    place,
  ) as string[];

const files = ({ out, digests }: Prepared) =>
  Object.keys(digests)
    .filter((name) => name.startsWith('public/media/'))
    .map((name) => path.join(out, name));

test('pictures keep every pixel; broken, repeated and contradictory files are left out', () => {
  assertSound(built.images, 62);
  assert.deepEqual(built.images.printed, [
    'dropped 1 rows: the file cannot be read',
    'dropped 1 rows: the file repeats an earlier one',
    'dropped 2 rows: files of equal content have different labels',
  ]);
  const before = contents('image', path.join(raw, 'images'));
  const after = contents('image', path.join(built.images.out, 'public/media'));
  assert.equal(after.length, 58);
  assert.ok(after.every((content) => before.includes(content)));
});

test('names and times of the copies tell nothing', () => {
  for (const [number, name] of both(built.images, 'file').entries()) {
    assert.match(name, /^media\/\d+\.(jpg|png)$/);
    assert.equal(name.split(/[/.]/)[1], both(built.images, 'id')[number]);
  }
  const times = files(built.images).map(
    (file) => built.images.digests[path.relative(built.images.out, file)]?.split(' ')[1],
  );
  assert.deepEqual([...new Set(times)], ['946684800']);
});

test('EXIF, comments and text chunks do not come along', () => {
  for (const file of [...files(built.images), ...files(built.sounds)]) {
    assert.doesNotMatch(readFileSync(file, 'latin1'), /this is|cat|dog|Exif|tEXt|LIST/, file);
  }
});

test('copies stay on one side, and runs of consecutive files too', () => {
  assertSound(built.copies, 62);
  const content = ({ digests }: Prepared, names: readonly string[]) => names.map((name) => digests[`public/${name}`]);
  const train = new Set(content(built.copies, column(built.copies.train, 'file')));
  assert.ok(content(built.copies, column(built.copies.test, 'file')).every((digest) => !train.has(digest)));
  assertSound(built.runs, 62);
});

test('sounds keep every sample, and their label is a part of the old name', () => {
  assertSound(built.sounds, 60);
  assert.deepEqual(
    contents('audio', path.join(built.sounds.out, 'public/media')),
    contents('audio', path.join(raw, 'sounds')),
  );
  assert.deepEqual(new Set(column(built.sounds.train, 'label')), new Set(['high', 'low']));
});

test('text files become a column, in their encoding and with one kind of line break', () => {
  assertSound(built.texts, 60);
  assert.ok(both(built.texts, 'text').includes('Café number 7,\nsaid "pos".'));
  assert.ok(!both(built.texts, 'text').includes('Not one of them.'));
});
