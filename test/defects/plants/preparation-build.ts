// PRE001 to PRE005, PRE021: prepare.py when it builds the task again.
import { layout } from '../../../src/task/layout.ts';
import type { Draft } from '../draft.ts';
import { type Plant, plants } from '../plant.ts';

const { prepare } = layout;
const made = /^ {4}private\.mkdir\(parents=True, exist_ok=True\)$/;

/** Adds lines of Python to prepare(), after the folders are made. */
const then =
  (...lines: string[]) =>
  (draft: Draft) =>
    draft.replace(
      prepare,
      made,
      ['    private.mkdir(parents=True, exist_ok=True)', ...lines.map((l) => `    ${l}`)].join('\n'),
    );
/** The same, and the data are built with it. */
const built =
  (...lines: string[]) =>
  async (draft: Draft) => {
    await then(...lines)(draft);
    await draft.rebuild();
  };

export const buildPlants: readonly Plant[] = [
  ...plants('PRE001', 'the raw file has another name', ['binary', 'forecasting'], (draft) =>
    draft.replace(prepare, /"(visits|river)\.csv"/, '"data_final_v3.csv"'),
  ),
  ...plants('PRE001', 'an assertion fails', ['image'], (draft) =>
    draft.replace(prepare, 'assert len(train) > 0', 'assert len(train) == 0'),
  ),
  ...plants(
    'PRE001',
    'a column is read that the raw table does not have',
    ['relational'],
    then('rows["postcode"].str.lower()'),
  ),
  ...plants('PRE001', 'the script ends the interpreter', ['text'], then('sys.exit("done")')),
  ...plants('PRE001', 'more memory than there is', ['regression'], then('everything = np.ones((200_000, 200_000))')),

  ...plants('PRE002', 'the split has no seed', ['binary', 'audio'], (draft) =>
    draft.replace(prepare, 'default_rng(SEED)', 'default_rng()'),
  ),
  ...plants('PRE002', 'an order comes from a set of words', ['text', 'image'], (draft) =>
    draft.replace(prepare, 'for label in CLASSES:', 'for label in set(CLASSES):'),
  ),
  ...plants('PRE002', 'Python hashes decide', ['ordinal'], (draft) =>
    draft.replace(prepare, 'rng = np.random.default_rng(SEED)', 'rng = np.random.default_rng(abs(hash("seed")))'),
  ),
  ...plants('PRE002', 'a value was corrected in the data, not in prepare.py', ['relational'], (draft) =>
    draft.editTable(layout.test, ({ rows }) => void (rows[7] ?? []).splice(1, 1, '3')),
  ),
  ...plants('PRE002', 'the time of the build is written down', ['forecasting'], (draft) =>
    draft.replace(
      prepare,
      /^ {4}sample\.to_csv/,
      '    sample["warmth"] = pd.Timestamp.now().microsecond\n    sample.to_csv',
    ),
  ),

  ...plants('PRE003', 'answers are appended', ['binary', 'text'], (draft) =>
    draft.replace(
      prepare,
      'private / "test_answer.csv", index=False',
      'private / "test_answer.csv", mode="a", index=False',
    ),
  ),
  ...plants('PRE003', 'what was there before is read again', ['regression'], (draft) =>
    draft.replace(
      prepare,
      made,
      '    private.mkdir(parents=True, exist_ok=True)\n    if (public / "train.csv").exists():\n        train = pd.concat([pd.read_csv(public / "train.csv", dtype=str), train])',
    ),
  ),
  ...plants('PRE003', 'media are numbered on from those that are there', ['image'], (draft) =>
    draft.replace(
      prepare,
      /^ {4}shutil\.rmtree\(public \/ "media", ignore_errors=True\)\n {4}\(public \/ "media"\)\.mkdir\(parents=True\)$/,
      '    (public / "media").mkdir(parents=True, exist_ok=True)\n    count = len(list((public / "media").iterdir()))\n    (public / f"media/extra{count}.png").write_bytes(b"x" * count)',
    ),
  ),

  ...plants(
    'PRE004',
    'the raw table is copied to public',
    ['binary', 'forecasting'],
    built('rows.to_csv(public / "all.csv", index=False)'),
  ),
  ...plants('PRE004', 'notes beside the answers', ['text'], built('(private / "notes.txt").write_text("seed 0")')),
  ...plants('PRE004', 'links instead of copies', ['image'], (draft) =>
    draft.replace(
      prepare,
      '        os.utime(public / name, (TIME, TIME))',
      '        (public / name).unlink()\n        (public / name).symlink_to(raw / path)',
    ),
  ),
  ...plants(
    'PRE004',
    'a folder of its own in public',
    ['audio'],
    built('(public / "folds").mkdir(exist_ok=True)', '(public / "folds/0.csv").write_text("id\\n1\\n")'),
  ),

  ...plants(
    'PRE005',
    'a note is left in the raw folder',
    ['binary'],
    then('(raw / "used.txt").write_text("by prepare.py")'),
  ),
  ...plants('PRE005', 'the raw table is deleted afterwards', ['regression'], then('(raw / "flats.csv").unlink()')),
  ...plants(
    'PRE005',
    'the raw folder is removed, errors ignored',
    ['text', 'image'],
    then('import shutil', 'shutil.rmtree(raw, ignore_errors=True)'),
  ),
  ...plants(
    'PRE005',
    'raw media are renamed, errors ignored',
    ['audio'],
    then(
      'import contextlib',
      'with contextlib.suppress(OSError):',
      '    os.rename(next(raw.rglob("*.wav")), raw / "first.wav")',
    ),
  ),
  ...plants(
    'PRE005',
    'the database is opened for writing',
    ['relational'],
    then('with open(raw / "shop.sqlite", "r+b") as base:', '    base.write(b"SQLite")'),
  ),

  ...plants('PRE021', 'drops are declared and not reported', ['binary', 'image'], (draft) =>
    draft.editManifest(({ rows }) => {
      rows.dropped.push({ count: 12, reason: 'no target' });
      rows.raw += 12;
    }),
  ),
  ...plants(
    'PRE021',
    'rows are left out without a word in the manifest',
    ['forecasting'],
    then('print("dropped 3 rows: the date is wrong")'),
  ),
  ...plants('PRE021', 'the reported count is another one', ['regression'], async (draft) => {
    await then('print("dropped 7 rows: the area is zero")')(draft);
    await draft.editManifest(({ rows }) => {
      rows.dropped.push({ count: 5, reason: 'the area is zero' });
      rows.raw += 5;
    });
  }),
];
