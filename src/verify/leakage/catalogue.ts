// The catalogue of family LEK: what the public files must not give away. Everything is measured on the built package.
import { type Check, rowsOf } from '../check.ts';

const row = rowsOf('LEK');

export const leakageCatalogue = {
  duplicates: row('LEK001', 'error', {
    title: 'No test row repeats a train row.',
    why: 'A repeated row is answered by looking it up; large models gain most from it.',
    measured:
      'Hash of all features without the id; texts in lower case without punctuation, media by content. An error from 1 % of the test rows; tables of few combinations, whose rows meet by chance, are let off.',
    remedy: 'Drop repeated rows, or keep equal rows on one side of the split.',
  }),
  near: row('LEK002', 'warning', {
    title: 'No test text or picture is nearly one of the train part.',
    why: 'Crops, resized pictures and edited messages are answered by their twin.',
    measured:
      'Texts that share four fifths of their word pairs; pictures whose 64-bit perceptual hash differs in at most 4 bits.',
    remedy: 'Keep near-duplicates on one side of the split.',
  }),
  conflicts: row('LEK003', 'warning', {
    title: 'Equal rows have equal answers.',
    why: 'Rows that contradict each other bound every score from above.',
    measured:
      'Rows of both parts that share all features with another row and differ from it in the target; from 1 % of the rows.',
    remedy: 'Say so in the description, or drop the contradicting rows.',
  }),
  ids: row('LEK004', 'error', {
    title: 'The id tells nothing about the target.',
    why: 'Sorted exports number their classes; a name at a public competition gave the outcome away.',
    measured:
      'Value, nearest train id, remainders, first and last characters and length of the id, each from train to test.',
    remedy: 'Number the rows by a seeded random permutation.',
  }),
  order: row('LEK005', 'error', {
    title: 'The order of rows tells nothing about the target.',
    why: 'Rows sorted by class are answered by their position.',
    measured:
      'Likeness of adjacent targets against 100 shuffles, and the position in the file, unless a public column explains the order.',
    remedy: 'Shuffle the rows with the seed of the task, or sort them by id.',
  }),
  feature: row('LEK006', 'error', {
    title: 'No single feature gives the target away.',
    why: 'A column known only after the outcome makes a task a look-up.',
    measured:
      'Each feature alone against all others together, as shares of the way from a constant to the best score. A leak is nearly perfect alone and far ahead of everything else.',
    remedy: 'Exclude the column from the features.',
  }),
  spelling: row('LEK007', 'error', {
    title: 'No piece of an identifier gives the target away.',
    why: 'Numbering schemes hold groups: in one well-known table the last digit of an individual is its sex in 85 % of rows.',
    measured:
      'Last and first characters, leading letters and parity of columns of codes, each alone from train to test.',
    remedy: 'Exclude the column, or replace its codes by opaque ones.',
  }),
  emptiness: row('LEK008', 'error', {
    title: 'Which cells are empty does not give the target away.',
    why: 'Fields that are filled in only for positive cases tell the outcome.',
    measured: 'Empty cells of each column, and of all columns together, as the only features.',
    remedy: 'Exclude the column, or the rows in which it cannot be filled.',
  }),
  restated: row('LEK009', 'error', {
    title: 'No column says the target in words.',
    why: 'Titles begin with the magnitude that is asked for; names hold the class.',
    measured: 'Rows whose text holds the class or the rounded value, against the same with targets shuffled.',
    remedy: 'Exclude the column, or cut the target out of its text.',
  }),
  formula: row('LEK010', 'error', {
    title: 'The target is no arithmetic of the features.',
    why: 'A total that is the sum of its parts asks for no learning.',
    measured:
      'Sums, differences, products and ratios of two columns, the larger and the smaller of them, equal columns, exact linear sums, all of these but for a small rest, of numbers and of levels that are numbers; comparisons, and classes that two columns of few values decide.',
    remedy: 'Exclude one of the columns.',
  }),
  groups: row('LEK011', 'error', {
    title: 'The declared groups stand on one side of the split.',
    why: 'Speakers, patients and artists that are in both parts turn a task about new members into one about known ones.',
    measured: 'Values of the columns in `split.by` that occur in both train.csv and test.csv.',
    remedy: 'Split by the group key in prepare.py.',
  }),
  entities: row('LEK012', 'warning', {
    title: 'Scores do not rest on entities, days or places that train and test share.',
    why: 'Track genre: 0.965 with artists in both parts, 0.460 with artists held out.',
    measured:
      'Columns that name many small groups, dates and coordinates: a quick model by random folds against whole groups, stretches of time or areas held out; a tenth of the way to the best score counts.',
    remedy: 'Split by the column, or say in the description that its values recur.',
  }),
  time: row('LEK013', 'error', {
    title: 'In a split by time every test row is later than the train rows.',
    why: 'Forecasts that have seen the future are no forecasts; random cross-validation cannot see it.',
    measured: 'The column in `split.by` of both files; test rows at or before the last train time.',
    remedy: 'Cut at one moment, and give rows of that very moment to one side.',
  }),
  lookAhead: row('LEK014', 'error', {
    title: 'No test row shows the answer of another test row.',
    why: 'A lag of the target in a later row is the answer of an earlier one.',
    measured: 'Each number column, moved back by 1 to 14 rows of time, within series, compared with the answers.',
    remedy: 'Leave the column out of test.csv, or predict one block per series.',
  }),
  exposed: row('LEK015', 'error', {
    title: 'No public file holds answers.',
    why: 'Side files of public competitions held labels, positions and masks of test rows.',
    measured:
      'The target column in test.csv; every other public file: answers beside ids, in the order of test.csv, or as an array of bytes.',
    remedy: 'Keep the file out of data/public, or remove the answers from it.',
  }),
  media: row('LEK016', 'error', {
    title: 'Names, folders, times, sizes and metadata of media do not tell the target.',
    why: 'In one image collection the file number tells the class of the neighbour in 98 % of cases.',
    measured:
      'Each property of the files alone from train to test. Size and dimensions belong to the content: they only warn.',
    remedy: 'Copy the files under their ids, without metadata, in an order that means nothing.',
  }),
  sample: row('LEK017', 'error', {
    title: 'The sample submission knows nothing of the answers.',
    why: 'A sample built from the answers was found in a port of a public benchmark.',
    measured: 'Agreement of the sample with the answers against 200 shuffles of its rows.',
    remedy: 'Draw the sample from the allowed values with a fixed seed, without reading the answers.',
  }),
  shift: row('LEK018', 'warning', {
    title: 'In a random split, train and test rows cannot be told apart.',
    why: 'A column that tells the parts apart was made after the split, or the split was not random.',
    measured: 'Out-of-fold AUC of a classifier between the parts; 0.5 is a perfect mix.',
    remedy: 'Look at the column: split before it is computed, or declare the split that was made.',
  }),
} as const satisfies Record<string, Check>;
