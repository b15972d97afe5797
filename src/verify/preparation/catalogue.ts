// The catalogue of family PRE: the data that prepare.py built, and building it again.
import { type Check, rowsOf } from '../check.ts';

const row = rowsOf('PRE');

export const preparationCatalogue = {
  runs: row('PRE001', 'error', {
    title: 'prepare.py builds the task from the raw dataset within its limits.',
    why: 'A task that cannot be built again cannot be trusted or repaired.',
    measured: 'It runs in the sandbox with the raw dataset read-only, limited in time and memory.',
    remedy: 'Correct prepare.py at the line where it stopped.',
  }),
  reproducible: row('PRE002', 'error', {
    title: 'Building the task again gives the same bytes.',
    why: 'Otherwise a verdict or a score belongs to data that no one else has (checksums of published tasks changed this way).',
    measured: 'A new interpreter with another hash seed builds into an empty folder; every file is compared by sha256.',
    remedy: 'Seed every draw, sort what comes from sets, dictionaries and folders, and write no time stamps.',
  }),
  idempotent: row('PRE003', 'error', {
    title: 'Running prepare.py over its own output changes nothing.',
    why: 'A build that was stopped and started again must not mix two versions.',
    measured: 'It runs twice into one folder; the file list and the hashes after both runs are compared.',
    remedy: 'Write files whole instead of appending, and do not read what was written before.',
  }),
  confined: row('PRE004', 'error', {
    title: 'prepare.py writes exactly the files of the task, as regular files.',
    why: 'Left-over files in the public folder have given answers away.',
    measured: 'The output folder is listed after the run: tables, media and answers, no links, nothing beside them.',
    remedy: 'Write only train.csv, test.csv, sample_submission.csv and media to public and test_answer.csv to private.',
  }),
  rawUntouched: row('PRE005', 'error', {
    title: 'The raw dataset is untouched.',
    why: 'It belongs to the user; 124 published preparation scripts delete their input.',
    measured:
      'Sizes, times and (up to 200 MB) contents of the raw files before and after; an attempt to write is refused.',
    remedy: 'Copy what is needed; never move, edit or delete in `raw`.',
  }),
  rows: row('PRE006', 'error', {
    title: 'No row is lost: raw = train + test + declared drops.',
    why: 'A silent loss biases the task and nobody sees it.',
    measured: 'The counts of the manifest are compared with the files and with what prepare.py prints.',
    remedy: 'Keep the rows, or declare the drop with its reason and print it.',
  }),
  ids: row('PRE007', 'error', {
    title: 'Ids are present, unique and on one side of the split only.',
    why: 'Grading aligns by id: a repeated id weighs twice, a shared one leaks its row.',
    measured: 'Repeated, missing and shared ids are counted in all four tables.',
    remedy: 'Give every kept row its own id before the split.',
  }),
  opaque: row('PRE008', 'warning', {
    title: 'Ids say nothing about the rows.',
    why: 'An id that follows time or file order lets a solver look neighbours up (consecutive images carry consecutive labels).',
    measured:
      "Spearman's rho of the id with every ordered column, and train ids against test ids, beyond five standard errors and 0.1.",
    remedy: 'Number the rows by a seeded random permutation.',
  }),
  sameIds: row('PRE009', 'error', {
    title: 'The sample submission, the test rows and the answers have the same ids.',
    why: 'A test row without an answer cannot be scored; an answer without a row cannot be predicted.',
    measured: 'The three sets of ids are compared.',
    remedy: 'Write all three from the same table.',
  }),
  classes: row('PRE010', 'error', {
    title: 'Every class of the test part is in train.',
    why: 'A class that was never shown cannot be predicted.',
    measured: 'Labels of the answers are looked up among the labels of train.',
    remedy: 'Stratify the split, or leave out classes that are too small.',
  }),
  size: row('PRE011', 'error', {
    title: 'The test part is large enough to rank solvers.',
    why: 'With 100 rows an accuracy of 0.8 is known to within 8 points.',
    measured: 'Under 50 rows is an error, under 200 a warning.',
    remedy: 'Hold out more rows, or choose another task for a dataset this small.',
  }),
  support: row('PRE012', 'error', {
    title: 'Every class that is scored on its own has enough test rows.',
    why: 'A macro metric is as noisy as its rarest class.',
    measured: 'For metrics that weigh classes equally: under 5 test rows of a class is an error, under 10 a warning.',
    remedy: 'Leave the rarest classes out, hold out more rows, or choose a metric that weighs rows equally.',
  }),
  fraction: row('PRE013', 'warning', {
    title: 'The test part has the size that the manifest declares.',
    why: 'A reader plans with the declared split.',
    measured: 'Difference between the share of test rows and split.test_fraction, over 0.05 and over a quarter of it.',
    remedy: 'Correct test_fraction, or the split.',
  }),
  hiddenTarget: row('PRE014', 'error', {
    title: 'The target is in train and not in the public test file.',
    why: 'The answers must not be among the questions.',
    measured: 'Headers of train.csv and test.csv.',
    remedy: 'Drop the target columns from test.csv, keep them in train.csv.',
  }),
  sameColumns: row('PRE015', 'error', {
    title: 'Train and test have the same features in the same order.',
    why: 'Solvers fit on one table and predict on the other.',
    measured: 'Headers without target columns; a forecasting task may show more in train.',
    remedy: 'Select the columns of both tables from one list.',
  }),
  targets: row('PRE016', 'error', {
    title: 'No target value is missing.',
    why: 'A row without an answer cannot be scored.',
    measured: 'Empty cells of the target columns in the answers (error) and in train (warning).',
    remedy: 'Drop rows without a target, and declare the drop.',
  }),
  spelling: row('PRE017', 'error', {
    title: 'Values are as they were written in the raw files.',
    why: 'Readers that guess types turn "007" into 7, 3 into 3.0 and long ids into rounded floats.',
    measured:
      'Values of columns that keep their raw name are searched in the raw text. Whole numbers turned into decimals are a warning.',
    remedy: 'Read the raw files as text (dtype=str, keep_default_na=False).',
  }),
  flat: row('PRE018', 'warning', {
    title: 'Every feature varies.',
    why: 'An empty or constant column only costs the reader time.',
    measured: 'Distinct values over train and test.',
    remedy: 'Exclude the column.',
  }),
  media: row('PRE019', 'error', {
    title: 'Every media file that a table names is there, and every one there is named.',
    why: 'A missing file stops a solver; an unnamed one may be an answer.',
    measured: 'The column `file` against the files in data/public/media.',
    remedy: 'Copy the files of kept rows, and only those.',
  }),
  text: row('PRE020', 'warning', {
    title: 'Text is decoded rightly, and missing values are empty cells.',
    why: 'A wrong codec or the word "nan" becomes a category of its own.',
    measured: 'Cells that hold replacement characters, doubly encoded text, or the words nan, None, NaT.',
    remedy: 'Read with the right encoding; write missing values as empty fields.',
  }),
  drops: row('PRE021', 'warning', {
    title: 'prepare.py reports the drops that the manifest declares.',
    why: 'A reader who rebuilds the task sees what was left out, and a changed dataset shows.',
    measured: 'The lines `dropped <n> rows: <reason>` that it prints are added up.',
    remedy: 'Print one such line for each reason, and build the package again.',
  }),
} as const satisfies Record<string, Check>;
