// The catalogue of family STR: what must be true of the files before anything is run.
import { type Check, rowsOf } from '../check.ts';

const row = rowsOf('STR');

export const structureCatalogue = {
  files: row('STR001', 'error', {
    title: 'Every file that a task needs is there.',
    why: 'A competitor without a sample submission, or a grader without answers, cannot start.',
    measured: 'The files of the package layout exist as regular files and are not empty.',
    remedy: 'Add the file, or build the package again.',
  }),
  manifest: row('STR002', 'error', {
    title: 'task.json follows the schema.',
    why: 'Every tool that reads the task relies on the manifest.',
    measured: 'The file is parsed and validated against the schema; each problem is reported at its line.',
    remedy: 'Correct the entry; the editor offers the allowed values while typing.',
  }),
  folder: row('STR003', 'warning', {
    title: 'The folder is named as the task id.',
    why: 'Tools find a task by its id and address it by its folder.',
    measured: 'The last part of the folder path is compared with `id`.',
    remedy: 'Rename the folder, or change `id` in task.json.',
  }),
  syntax: row('STR004', 'error', {
    title: 'Every Python file parses.',
    why: 'A file that does not compile fails before its first line.',
    measured: 'Each file is parsed and compiled without being run.',
    remedy: 'Correct the syntax at the line.',
  }),
  signatures: row('STR005', 'error', {
    title: 'prepare, evaluate, validate_submission and solve have the promised signatures.',
    why: 'A grader that is called with other arguments than it expects fails for every competitor.',
    measured: 'Parameters are read from the syntax tree and compared with the contract of the package.',
    remedy: 'Give the function the parameters of the contract, in this order.',
  }),
  invalidSubmission: row('STR006', 'error', {
    title: 'metric.py defines InvalidSubmissionError and raises it.',
    why: 'Without an exception of its own, a bad submission cannot be told from a broken metric.',
    measured: 'The class derives from an exception and a raise statement names it.',
    remedy: 'Define `class InvalidSubmissionError(Exception)` and raise it in validate_submission with what to change.',
  }),
  imports: row('STR007', 'error', {
    title: 'The files import only the standard library and the packages that the manifest declares.',
    why: 'A task must run anywhere; an import of the tool that made it, or of an undeclared package, breaks that.',
    measured: 'Every import statement is compared with the standard library and with `requires` in task.json.',
    remedy: 'Add the package to `requires` in task.json if it is one that a task may use, or do without it.',
  }),
  names: row('STR008', 'error', {
    title: 'Every name that a file uses is bound somewhere.',
    why: 'An undefined name on a path that no test takes fails at a competitor (an RD-Agent example raises an undefined exception).',
    measured: "Scopes are taken from Python's own symbol tables.",
    remedy: 'Import or define the name.',
  }),
  absolutePaths: row('STR009', 'error', {
    title: 'No file holds an absolute path.',
    why: 'An absolute path works on one machine only.',
    measured: 'String constants that start at a root, a drive or a home folder, documentation left out.',
    remedy: 'Build the path from the arguments of the function.',
  }),
  seeds: row('STR010', 'error', {
    title: 'Everything random is seeded.',
    why: 'Two builds of one task must be the same bytes, and two runs of a baseline the same score.',
    measured:
      'Calls that draw without a seed are errors; estimators without random_state, which may draw, are warnings.',
    remedy: 'Pass a fixed seed (`random_state=...`, `default_rng(seed)`).',
  }),
  reach: row('STR011', 'error', {
    title: 'No file reaches for the network, processes, the clock, the environment or foreign folders.',
    why: 'What is not an argument makes a result depend on the machine, and generated code must not leave its folders.',
    measured:
      'Imports and calls are resolved to their origin. metric.py must not read or write files outside its script part.',
    remedy: 'Work from the arguments alone.',
  }),
  links: row('STR012', 'error', {
    title: 'The package holds only regular files and folders.',
    why: 'A symbolic link points outside the package: it breaks when copied, and can show private files.',
    measured: 'Every entry of the package is looked at without following it.',
    remedy: 'Replace the link by a copy of the file.',
  }),
  declared: row('STR013', 'error', {
    title: 'The hashes of the manifest name every file of the package and no other.',
    why: 'A file that is not declared is not covered by the verdict.',
    measured: 'The file list is compared with `hashes`; task.json, verification/ and runs/ are not covered.',
    remedy: 'Remove the file, or build the package again so that the manifest covers it.',
  }),
  hashes: row('STR014', 'error', {
    title: 'Every file has the hash that the manifest declares.',
    why: 'A verdict, a score and a baseline belong to the bytes they were measured on.',
    measured: 'sha256 of each declared file.',
    remedy: 'Undo the change, or build the package again to record it.',
  }),
  tables: row('STR015', 'error', {
    title: 'Every CSV file is UTF-8 with one header and rows of equal width.',
    why: 'Readers guess differently about everything else.',
    measured: 'Bytes are decoded strictly; rows are counted by a CSV reader; the header must be unique and named.',
    remedy: 'Write the file again with pandas: UTF-8, "\\n" line ends, no index.',
  }),
  sizes: row('STR016', 'warning', {
    title: 'Source files and the package have a size that people can handle.',
    why: 'A script of thousands of lines hides data or tricks, and no one reviews it.',
    measured: 'Source over 100 kB or lines over 2,000 characters; the whole package over 5 GB.',
    remedy: 'Shorten the file; keep data out of source files.',
  }),
  described: row('STR017', 'warning', {
    title: 'The description names every public file, every column, the target, the metric and the submission columns.',
    why: 'Vague text is the main complaint of reviewers about competitions.',
    measured: 'Each name is searched in description.md; media files are named by their folder.',
    remedy: 'Say in the description what it is, in one line.',
  }),
  secrets: row('STR018', 'error', {
    title: 'The description says nothing about private files or how the task was prepared.',
    why: 'A competitor who knows how answers were made can rebuild them.',
    measured: 'Names of private files, of prepare.py and of the raw folder are searched in description.md.',
    remedy: 'Take the sentence out.',
  }),
  columns: row('STR019', 'error', {
    title: 'The manifest agrees with the headers of the data.',
    why: 'Graders and baselines take their columns from the manifest.',
    measured: 'id, features, targets and submission columns are compared with the four CSV files.',
    remedy: 'Correct the manifest, or build the data again.',
  }),
  metric: row('STR020', 'error', {
    title: 'The metric entry agrees with the registry of metrics, the objective and the submission columns.',
    why: 'A wrong direction ranks the worst solver first.',
    measured:
      'Direction, best and worst score, objective and kind of prediction are looked up. A custom metric must lie between its worst and its best score and may not borrow a name of the registry; else the check is skipped for it, and MET tries what evaluate does.',
    remedy: 'Use the values of the registry for this metric; give a custom one a range and a label of its own.',
  }),
  copies: row('STR021', 'error', {
    title: 'The public description is the description.',
    why: 'A competitor and a reviewer must read the same text.',
    measured: 'Both files are compared byte for byte.',
    remedy: 'Copy description.md to data/public/description.md.',
  }),
  swallowed: row('STR022', 'warning', {
    title: 'No handler swallows every exception.',
    why: 'A grader that catches everything scores what it could not read; a preparation goes on with half of the data.',
    measured:
      'Handlers of everything (`except:`, BaseException) that raise nothing, and handlers of Exception that only pass, continue or return.',
    remedy: 'Catch the exception that is expected, and let the others through.',
  }),
  suppressions: row('STR023', 'warning', {
    title: 'Every suppression names a check that exists and covers a finding.',
    why: 'A suppression that outlives its finding hides the next one of that code.',
    measured: 'Each entry of `suppressions` is compared with the findings of the checks that ran.',
    remedy: 'Take the entry out of `suppressions` in task.json, or correct its code or file.',
  }),
} as const satisfies Record<string, Check>;
