// The catalogue of family MET: what a grader promises, whatever it is given.
import { type Check, rowsOf } from '../check.ts';

const row = rowsOf('MET');

export const metricCatalogue = {
  perfect: row('MET001', 'error', {
    title: 'The answers themselves score the declared best.',
    why: 'A grader that cannot recognise the truth ranks nothing.',
    measured: 'A submission built from the answers is scored; it must reach `metric.best` within 1e-9.',
    remedy: 'Correct evaluate, or `metric.best` and `submission.columns` in task.json.',
  }),
  best: row('MET002', 'error', {
    title: 'No submission scores better than the best or worse than the worst.',
    why: 'A score beyond the declared range can be reached without solving the task.',
    measured: 'Every score of the trials is compared with `metric.best` and `metric.worst`.',
    remedy: 'Bound the score in evaluate, refuse the submission, or correct the range in task.json.',
  }),
  alignment: row('MET003', 'error', {
    title: 'Predictions are matched with answers by id, whatever the order of rows and columns.',
    why: 'Graders by row position pass every test on sorted files (DSBench, MLAgentBench, MLGym) and fail competitors.',
    measured: 'One submission is scored in five arrangements of rows and columns; the scores must be equal.',
    remedy: 'Join submission and answers on the id column before they are compared.',
  }),
  ids: row('MET004', 'error', {
    title: 'Repeated, missing, unknown and empty ids are refused.',
    why: 'A repeated id counts an easy row twice; a missing one leaves out a hard row.',
    measured: 'Six submissions with faulty ids; each must raise InvalidSubmissionError.',
    remedy: 'Require that the ids are exactly those of the answers, each once, before anything is scored.',
  }),
  columns: row('MET005', 'error', {
    title: 'Submissions with other columns, without rows or without anything are refused.',
    why: 'A misspelt column must be told to the competitor, not scored as something else.',
    measured: 'Six submissions with faulty columns; each must raise InvalidSubmissionError.',
    remedy: 'Compare the columns with the expected ones first, and refuse an empty table.',
  }),
  finite: row('MET006', 'error', {
    title: 'Missing and infinite predictions are refused.',
    why: '184 of 202 metrics of a public task suite hold no such test; NaN slips through comparisons.',
    measured: 'Submissions with an empty, an all-empty, an infinite and a negative infinite prediction.',
    remedy: 'Refuse predictions that are not present and finite.',
  }),
  values: row('MET007', 'error', {
    title: 'Words for numbers, values out of range and unknown classes are refused.',
    why: 'A value outside the allowed ones has no meaning to score, and may be an exploit.',
    measured: 'Submissions with a word, with values beyond the range in the manifest, and with an unknown class.',
    remedy: 'Convert and check the values; name the allowed ones in the message.',
  }),
  refusal: row('MET008', 'error', {
    title: 'A bad submission ends in InvalidSubmissionError with a message to act on.',
    why: 'Any other exception cannot be told from a broken grader, and its text helps nobody.',
    measured: 'The type of every exception that a faulty submission causes, and the length of its message.',
    remedy: 'Test for the fault before it breaks the code, and say in the message which column or id to change.',
  }),
  silence: row('MET009', 'error', {
    title: 'What a refusal says does not depend on the answers.',
    why: 'An error text that quotes answers can be asked for all of them, one submission at a time.',
    measured:
      'Each faulty submission is refused again with the answers dealt to other ids; the words must be the same.',
    remedy: 'Name the id, the column and what is expected there; never a value of the answers.',
  }),
  monotone: row('MET010', 'error', {
    title: 'The score worsens as predictions are spoilt, in the declared direction.',
    why: 'A wrong direction crowns the worst solver; a score that does not move ranks nobody.',
    measured: 'Mean score with 0, 25, 50, 75 and 100 % of the predictions dealt out anew, over four seeds.',
    remedy: 'Correct `metric.direction` in task.json, or the formula in evaluate.',
  }),
  useless: row('MET011', 'error', {
    title: 'Predictions made without looking at a row do not reach the best score.',
    why: 'A constant that scores as the truth makes the task empty.',
    measured: 'Constants of every class, zero, one, mean and median.',
    remedy: 'Refuse such submissions, for instance probabilities that do not add up to 1, or choose another metric.',
  }),
  deterministic: row('MET012', 'error', {
    title: 'The same submission always gets the same score.',
    why: 'A score that changes between calls can be improved by submitting again.',
    measured: 'Three calls with the same tables and different states of the global random generators.',
    remedy: 'Do without randomness, or use a generator with a fixed seed.',
  }),
  inputs: row('MET013', 'warning', {
    title: 'The tables that are passed in are left unchanged.',
    why: 'A caller that scores two submissions with one table of answers gets the second one wrong.',
    measured: 'Values, types, columns and index of both tables before and after every call.',
    remedy: 'Work on a copy, or on new columns and arrays.',
  }),
  number: row('MET014', 'error', {
    title: 'The score is a finite Python float.',
    why: 'NaN compares false with everything; numpy numbers do not serialise; other objects may lie.',
    measured: 'The exact type and the value of every score.',
    remedy: 'Return `float(...)` of the score, and refuse what would make it infinite or undefined.',
  }),
  roundTrip: row('MET015', 'error', {
    title: 'A submission scores the same after it is written to CSV and read back.',
    why: 'Ids and classes change their type on the way: 7 becomes 7.0, "007" becomes 7, "1" becomes 1.',
    measured:
      'Submission and answers are each read as text and by plain pd.read_csv; all scores must be equal. A submission whose cells are all text, or whose whole-number ids are decimal numbers, may be refused, but not be scored otherwise (a crash is information).',
    remedy: 'Compare ids and classes as text, in one spelling.',
  }),
  degenerate: row('MET016', 'warning', {
    title: 'A test part of one row, of one class or with zeros is scored by the definition, or clearly refused.',
    why: 'Bootstrap samples, subgroups and the next version of the data hold such parts; NaN or a score of another metric there spoils every interval.',
    measured:
      'Right, random and constant predictions for one row, for equal answers, for the first or the last class alone or missing, for answers of zero or of the other sign, for lists of more items than count. The score must be what the definition gives. Where that is 0 / 0, a refusal is as good as the convention: 0.5 for ROC AUC, 0 for correlations and for average precision without positives, 1 for kappa, 1 or 0 for R² of exact and other predictions, means over the classes that occur, 0 for a term of SMAPE.',
    remedy: 'Define the score for this case, or raise with a message that says why there is none.',
  }),
  speed: row('MET017', 'warning', {
    title: 'The time to score grows with the rows, not with their square.',
    why: 'A quadratic grader stops a leaderboard on the first large test set.',
    measured: 'Seconds for 2,000 to 5,000 shuffled rows (a small test part is repeated) and for ten times as many.',
    remedy: 'Align with a merge or a dictionary instead of a search per row.',
  }),
  pure: row('MET018', 'error', {
    title: 'The grader only computes: no files, processes, network, endless loops, and no changes to its libraries.',
    why: 'A grader runs beside the answers, often with more rights than a solver.',
    measured: 'Audit events while it runs, time and size limits, and the functions of pandas and numpy afterwards.',
    remedy: 'Compute the score from the two tables alone, and return it.',
  }),
  agreement: row('MET019', 'warning', {
    title: 'validate_submission accepts exactly what evaluate can score.',
    why: 'A competitor who validates before submitting relies on the answer.',
    measured: 'Both functions get every submission of the trials.',
    remedy: 'Let evaluate call validate_submission first, and keep all conditions there.',
  }),
  definition: row('MET020', 'error', {
    title: 'The score is the metric that the manifest names.',
    why: 'A metric under a wrong name misleads everyone who compares scores.',
    measured:
      'Random submissions, from nearly right to chance, with ties, and constants are scored by a second implementation of that metric; both must agree within 1e-9. Where the formula leaves the score open, as for probabilities that do not quite add up to 1 (they are to be rescaled, or a larger sum pays), a difference is a warning. A custom metric has none: the check is skipped for it.',
    remedy: 'Correct the formula in evaluate, or name the metric in task.json that it computes.',
  }),
  promised: row('MET021', 'error', {
    title: 'Every submission of the declared form gets a score.',
    why: 'A competitor who follows the description must not be refused for a rule that is written nowhere, nor meet a crash.',
    measured:
      'The random submissions and constants of MET020 that keep to the types, classes and ranges in the manifest. A refusal is a warning, any other end an error.',
    remedy: 'Score it, or state the rule as `minimum`, `maximum` or `allowed` of the submission column in task.json.',
  }),
} as const satisfies Record<string, Check>;
