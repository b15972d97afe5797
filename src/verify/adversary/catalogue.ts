// The catalogue of family ADV: solvers that cheat gain nothing.
import { type Check, rowsOf } from '../check.ts';

const row = rowsOf('ADV');

const INFORMED =
  'It must beat the floor (the better of the constant baseline and random guesses) on every resampled test part and by 5 % of the way to the best score, and its own predictions dealt out to other rows by four standard deviations.';

export const adversaryCatalogue = {
  copy: row('ADV001', 'error', {
    title: 'The sample submission, copied, gains nothing.',
    why: 'The first thing that a lazy solver submits is the file that lies there.',
    measured: `The sample submission is graded. ${INFORMED}`,
    remedy: 'Draw the sample submission by a fixed seed from the allowed values, without the answers.',
  }),
  shuffle: row('ADV002', 'error', {
    title: 'The sample submission, shuffled, gains nothing.',
    why: 'Solvers were seen to shuffle the sample until it scored; what every shuffle gains is no merit.',
    measured:
      'Mean and best of 20 seeded permutations of its predictions; the mean must not beat the floor by 5 % of the way to the best score.',
    remedy: 'Take the values of the sample submission from the allowed ones, not from the answers.',
  }),
  constant: row('ADV003', 'warning', {
    title: 'No constant beats the floor, however large.',
    why: 'A constant that scores better than the constant baseline makes the ladder start too low; a huge one that does shows a broken metric.',
    measured:
      'Every class, the least, largest, mean and median train value, 0, 0.5, 1, -1, and numbers up to 1e308. A warning when one beats the floor on every resampled test part and by 5 % of the way to the best score; an error when it reaches the strong baseline or is one of the huge ones.',
    remedy: 'Make the constant baseline the best constant for the metric; refuse or bound values beyond reason.',
  }),
  tile: row('ADV004', 'error', {
    title: 'The targets of train, repeated in file order, gain nothing.',
    why: 'Where train and test follow the same order, a copy of one column is a solution.',
    measured: `Train targets in file order and in the order of ids, repeated over the test rows. ${INFORMED}`,
    remedy: 'Shuffle the rows of train and test by the seed before they are written.',
  }),
  lookUp: row('ADV005', 'error', {
    title: 'The target of the train row with the nearest id or position gains nothing.',
    why: 'Ids in the order of a sorted export tell the neighbour, and the neighbour tells the answer.',
    measured: `The nearest id in train, and the train row at the same relative position. ${INFORMED}`,
    remedy: 'Number the rows anew after shuffling, so that ids are opaque.',
  }),
  order: row('ADV006', 'error', {
    title: 'Predictions in the order of the test rows gain nothing.',
    why: 'Answers that were sorted before the split leave the test file in their order.',
    measured: `Train targets in rising and falling order along the test file and along its ids. ${INFORMED}`,
    remedy: 'Shuffle the test rows by the seed before ids are given.',
  }),
  chance: row('ADV007', 'information', {
    title: 'Random guesses score no better than the constant baseline.',
    why: 'Under macro F1 and its like a random mixture beats every constant. That is the nature of the metric, no leak; but scores must then be read against chance.',
    measured:
      'Mean score of ten random draws from the train targets and of ten even draws of the classes. Information when it beats the constant baseline on every resampled test part; a warning from half of the way to the strong baseline on; an error when it reaches the strong baseline.',
    remedy:
      'Let the constant baseline be the better of the best constant and a seeded random draw, or state the score of chance in description.md, and judge solvers against it.',
  }),
  duplicates: row('ADV008', 'error', {
    title: 'Repeating rows of a submission changes no score.',
    why: 'Where ids may repeat, a solver counts its easy rows many times.',
    measured: 'The rows of one half four times, and one id for all rows; scored no better than the same file without.',
    remedy: 'Refuse repeated ids before anything is scored.',
  }),
  missing: row('ADV009', 'error', {
    title: 'Empty, undefined and infinite predictions gain nothing.',
    why: 'NaN compares false with everything: a score may pass a threshold, or errors may be left out of a mean.',
    measured:
      'Files with every prediction empty, nan, inf or 1e999, and with all but one empty; scored no better than the floor.',
    remedy: 'Refuse predictions that are not present and finite before anything is computed.',
  }),
  oddIds: row('ADV010', 'error', {
    title: 'Ids with formulas, paths and control characters are refused as unknown ids.',
    why: 'Such ids run in spreadsheets and terminals, or name files; a grader must compare ids, never interpret them.',
    measured:
      'The first id is replaced by each of 13 hostile texts; each must be refused with InvalidSubmissionError. A grader that refuses no unknown id is found here and by MET004, one that breaks on all here and by MET008, so that either family alone finds it.',
    remedy: 'Compare ids as text and refuse unknown ones, without interpreting or cleaning them.',
  }),
  oddValues: row('ADV011', 'error', {
    title: 'No spelling of a prediction makes the grader fail by itself.',
    why: 'A submission that breaks the grader looks like a fault of the task, and stops a leaderboard.',
    measured:
      'Numbers as 1e309, 0x10, 1_000, 400 digits, other scripts, 1e308 in every row; classes with blanks, case and control characters; and first of all the constant baseline and the sample submission. Each must be scored or refused with InvalidSubmissionError.',
    remedy: 'Convert predictions in one place, and refuse what is not a finite number within reason, or a known class.',
  }),
  large: row('ADV012', 'error', {
    title: 'Large submissions end within the limits.',
    why: 'A grader that hangs or fills the memory takes the other submissions with it.',
    measured:
      'A cell of 10 MB, an id of 10 MB, 100,000 brackets, up to 40 times the rows, 100 more columns: five seconds of processor time each, 4 GB in all.',
    remedy: 'Check columns and ids before values are converted; avoid searches per row and regular expressions.',
  }),
  fishing: row('ADV013', 'error', {
    title: 'No hostile submission makes the grader say an answer.',
    why: 'Answers can be fished from error texts, one submission at a time.',
    measured:
      'Odd ids, odd values, repeated and empty rows are refused again with the answers dealt to other ids; the words must be the same. A grader whose every refusal tells an answer is found here and by MET009, so that either family alone finds it.',
    remedy: 'Name the id, the column and what is expected there; never a value of the answers.',
  }),
  prowl: row('ADV014', 'error', {
    title: 'A solver that reads everything it can see finds no answers.',
    why: 'MLE-Dojo mounts the private folder beside the public one; one walk over the disk finds it.',
    measured:
      'In the sandbox of solvers every file outside data/public is read, and the places where this machine keeps the private files; none may hold lines of the answers.',
    remedy: 'Keep task folders out of the folder of the Python installation; report it if they were not there.',
  }),
  special: row('ADV015', 'error', {
    title: 'Links, pipes, devices, folders and huge files are refused as submissions.',
    why: 'A link to the answers is the shortest solution; a pipe or an endless device stops the grader.',
    measured: 'Eleven such things are left by a solver and read as a submission is, one of them a link to the answers.',
    remedy: 'This is a fault of this program, not of the task: please report it.',
  }),
  tamper: row('ADV016', 'error', {
    title: 'A solver cannot change the grader.',
    why: 'Benchmarks were broken by a metric.py, a sitecustomize or a cached module that the solver left behind.',
    measured:
      'In the sandbox a solver tries to open for writing the data, Python, its packages and their byte code, and plants a dozen files beside its submission; all must stay closed, metric.py, task.json and the answers keep their bytes, and the score stay the same.',
    remedy: 'Run with isolation; a task must not need a grader that solvers can write to.',
  }),
} as const satisfies Record<string, Check>;
