// The catalogue of family SEC: what could harm whoever runs, reads or opens the package.
import { type Check, rowsOf } from '../check.ts';

const row = rowsOf('SEC');

export const safetyCatalogue = {
  deletes: row('SEC001', 'error', {
    title: 'No file deletes anything but what it wrote itself.',
    why: '124 preparation scripts of a public suite delete the raw data that they were given.',
    measured:
      'Calls that remove or move files, by the parameter that their path comes from. In prepare.py paths below `public` and `private` are its own; any other is an error, or a warning where it cannot be told.',
    remedy: 'Write into empty folders, and leave what is there alone.',
  }),
  patches: row('SEC002', 'error', {
    title: 'No file replaces parts of its libraries.',
    why: 'A patched pandas changes every later job of the process: a grader that does this scores its neighbours too.',
    measured: 'Assignments and setattr on imported modules and classes, sys.modules, os.environ; settings excepted.',
    remedy: 'Call your own function instead of changing one of a library.',
  }),
  outlives: row('SEC003', 'error', {
    title: 'Nothing outlives the call: no threads, exit handlers or hooks.',
    why: 'What still runs after the score was returned can change files, or other scores.',
    measured: 'Threads, executors (a warning), atexit, finalizers, trace and audit hooks; processes are for STR011.',
    remedy: 'Do the work in the call, in one thread.',
  }),
  exits: row('SEC004', 'error', {
    title: 'No function ends the program.',
    why: 'A grader that exits takes the leaderboard with it, and its exit status hides the reason.',
    measured:
      'sys.exit, os._exit, os.abort, exit, quit and raised SystemExit, KeyboardInterrupt or BaseException, outside of the script part.',
    remedy: 'Raise InvalidSubmissionError, or an ordinary exception.',
  }),
  hides: row('SEC005', 'error', {
    title: 'No file reaches for names in a way that hides them.',
    why: 'getattr(os, "sys" + "tem") is how code passes a review that looks for os.system.',
    measured:
      'Computed getattr on imported modules (a warning, but for builtins, os and sys), globals()[...](...), __builtins__, __subclasses__, __globals__ and their like.',
    remedy: 'Write the name of what is called.',
  }),
  pickles: row('SEC006', 'error', {
    title: 'No file loads or writes formats that run code.',
    why: 'Loading a pickle runs whatever its author wrote.',
    measured:
      'read_pickle, joblib.load, torch.load without weights_only, yaml.load without a safe loader, numpy.load with allow_pickle, and their writers.',
    remedy: 'Use CSV, JSON, Parquet or plain arrays.',
  }),
  obscures: row('SEC007', 'error', {
    title: 'The code can be read: nothing is encoded.',
    why: 'A constant that has to be decoded hides a program, or the answers.',
    measured:
      'Decoders such as base64 and zlib (error); constants of 160 characters without words, of 80 bytes, or spelt in escapes (warning).',
    remedy: 'Write it in plain text, or read it from a data file.',
  }),
  characters: row('SEC008', 'error', {
    title: 'The code is what it looks like.',
    why: 'Characters that turn the direction of text make a reviewer read another program (CVE-2021-42574).',
    measured: 'Bidirectional controls, characters without width and tag letters; names that mix alphabets.',
    remedy: 'Delete the character; spell the name in one alphabet.',
  }),
  escapes: row('SEC009', 'error', {
    title: 'No file leaves the folders that it is given.',
    why: '`public.parent / "private"` is a solution of one line wherever the folders lie beside each other.',
    measured: '`.parent` of raw, public or private, ".." in a path, and __file__ outside of the script part.',
    remedy: 'Use only what lies below the parameters.',
  }),
  instructions: row('SEC010', 'error', {
    title: 'The texts of the task speak to people, not to a model.',
    why: 'A sentence in a description can take over the agent that reads it.',
    measured:
      'Phrases such as "ignore all previous instructions", markers of chat formats, requests to read private files, in description.md, README.md and the texts of task.json.',
    remedy: 'Take the sentence out.',
  }),
  dataInstructions: row('SEC011', 'warning', {
    title: 'No cell of the public data speaks to a model.',
    why: 'Solvers put rows into prompts; a cell that instructs the model is an attack, or a poisoned row.',
    measured: 'The same phrases and direction or tag characters in the CSV files of data/public (their first 30 MB).',
    remedy: 'Look at the rows; drop them in prepare.py with the reason, or say in description.md that they are there.',
  }),
  hiddenText: row('SEC012', 'warning', {
    title: 'The description has no hidden text.',
    why: 'What a person does not see and a model reads is where instructions hide.',
    measured:
      'HTML comments, elements hidden by style, characters without width; direction and tag characters are errors.',
    remedy: 'Take it out, or show it.',
  }),
  active: row('SEC013', 'warning', {
    title: 'The description loads and runs nothing.',
    why: 'A remote image tells its server who reads the task and when; a script does what it likes.',
    measured:
      'Scripts, frames, event handlers (error); images from other hosts (warning), in every text; links in description.md (information).',
    remedy: 'Put pictures into data/public, drop what is active, and say in words what a link leads to.',
  }),
  formulas: row('SEC014', 'information', {
    title: 'No public cell is a formula to a spreadsheet.',
    why: 'Cells that start with =, +, - or @ run when the file is opened in a spreadsheet (CSV injection).',
    measured: 'Text cells that start a formula: = and more, or another sign with a call, a sheet or a command.',
    remedy: 'Nothing has to change for solvers; say in description.md that the file is not for spreadsheets.',
  }),
  payloads: row('SEC015', 'error', {
    title: 'The package holds no programs, pickles or archives.',
    why: 'A pickle or a program in data/public runs on the machine of every competitor; an archive hides what it holds.',
    measured: 'The first bytes of every file, whatever its name; archives are a warning.',
    remedy: 'Ship plain data: CSV, Parquet, pictures, sound.',
  }),
  secrets: row('SEC016', 'error', {
    title: 'The package holds no keys or tokens.',
    why: 'A task is published; so is the key that was left in it.',
    measured:
      'The forms of private keys and of tokens of ten providers, in code and texts (error) and tables (warning).',
    remedy: 'Revoke the key, and remove it from the file.',
  }),
  names: row('SEC017', 'warning', {
    title: 'Files have plain names and may not be run.',
    why: 'Odd names break archives, shells and other systems, or show as something else.',
    measured:
      'Unseen characters, leading dashes and dots, names that Windows refuses, names that differ in case only; the executable bit.',
    remedy: 'Rename the file; take its executable bit away (chmod a-x).',
  }),
  selfRunning: row('SEC018', 'error', {
    title: 'Nothing in the package runs without being asked for.',
    why: 'Python and its tools run sitecustomize.py, conftest.py, .pth files and cached modules that lie in their way.',
    measured: 'Names and endings of such files, byte code and native libraries, anywhere in the package.',
    remedy: 'Delete the file.',
  }),
} as const satisfies Record<string, Check>;
