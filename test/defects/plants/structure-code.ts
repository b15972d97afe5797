// STR004 to STR011 and STR022: the Python files.
import { layout } from '../../../src/task/layout.ts';
import { type Plant, plants } from '../plant.ts';

const { prepare, metric } = layout;
const importsFirst = /^import sys$/;

export const structureCodePlants: readonly Plant[] = [
  ...plants('STR004', 'a bracket is left open', ['ordinal', 'image'], (draft) =>
    draft.append(metric, '\n\nRANGE = (0, 1\n'),
  ),
  ...plants('STR004', 'a print statement of Python 2', ['forecasting'], (draft) =>
    draft.replace(
      prepare,
      '    in_test = choose_test(rows)',
      '    in_test = choose_test(rows)\n    print "split done"',
    ),
  ),
  ...plants('STR004', 'an indentation of three blanks', ['audio'], (draft) =>
    draft.replace('baselines/strong.py', /^ {4}model\.fit\(/, '   model.fit('),
  ),

  ...plants('STR005', 'evaluate takes the answers first', ['binary', 'text'], (draft) =>
    draft.replace(
      metric,
      'def evaluate(submission: pd.DataFrame, answers: pd.DataFrame)',
      'def evaluate(answers: pd.DataFrame, submission: pd.DataFrame)',
    ),
  ),
  ...plants('STR005', 'solve needs an argument that nobody gives', ['audio'], (draft) =>
    draft.replace(
      'baselines/simple.py',
      'def solve(public: Path, submission: Path)',
      'def solve(public: Path, submission: Path, seed: int)',
    ),
  ),
  ...plants('STR005', 'prepare forgot the private folder', ['relational'], (draft) =>
    draft.replace(
      prepare,
      'def prepare(raw: Path, public: Path, private: Path)',
      'def prepare(raw: Path, public: Path)',
    ),
  ),
  ...plants('STR005', 'evaluate is asynchronous', ['regression'], (draft) =>
    draft.replace(metric, /^def evaluate/, 'async def evaluate'),
  ),
  ...plants('STR005', 'validate_submission is called validate', ['ordinal'], (draft) =>
    draft.replace(metric, 'def validate_submission', 'def validate'),
  ),

  ...plants('STR006', 'bad submissions raise ValueError', ['multiclass', 'forecasting'], (draft) =>
    draft.replace(metric, 'raise InvalidSubmissionError', 'raise ValueError'),
  ),
  ...plants('STR006', 'the exception derives from object', ['text'], (draft) =>
    draft.replace(metric, 'class InvalidSubmissionError(Exception)', 'class InvalidSubmissionError'),
  ),
  ...plants('STR006', 'the exception is an alias of ValueError', ['regression'], (draft) =>
    draft.replace(
      metric,
      /^class InvalidSubmissionError\(Exception\):\n {4}""".*"""$/,
      'InvalidSubmissionError = ValueError',
    ),
  ),

  ...plants('STR007', 'a package is imported that the manifest does not require', ['binary', 'relational'], (draft) =>
    draft.replace('baselines/strong.py', importsFirst, 'import sys\n\nimport xgboost'),
  ),
  ...plants('STR007', 'the tool that made the task is imported', ['image'], (draft) =>
    draft.replace(prepare, importsFirst, 'import sys\n\nfrom forge_runtime.package import load_package'),
  ),
  ...plants('STR007', 'a module beside the file is imported', ['text'], (draft) =>
    draft.replace(metric, /^import numpy as np$/, 'import numpy as np\nfrom .helpers import align'),
  ),
  ...plants('STR007', 'a package is imported inside a function', ['audio'], (draft) =>
    draft.replace(
      'baselines/simple.py',
      /^( {4}train, test = read.*)$/,
      '    import librosa\n\n    train, test = read(public / "train.csv"), read(public / "test.csv")',
    ),
  ),

  ...plants('STR008', 'the exception is misspelt on a path that no test takes', ['binary', 'forecasting'], (draft) =>
    draft.replace(metric, /raise InvalidSubmissionError\(\n? *f"Every id/, 'raise InvalidSubmision(f"Every id'),
  ),
  ...plants('STR008', 'an import was tidied away', ['image'], (draft) =>
    draft.replace(prepare, /^import shutil\n/, ''),
  ),
  ...plants('STR008', 'a constant was renamed in one place', ['relational'], (draft) =>
    draft.replace(prepare, /^TEST_FRACTION = /, 'HOLD_OUT = '),
  ),

  ...plants('STR009', 'raw data from a home folder', ['binary'], (draft) =>
    draft.replace(prepare, 'raw / "visits.csv"', '"/home/alice/visits.csv"'),
  ),
  ...plants('STR009', 'a Windows drive', ['text'], (draft) =>
    draft.append('baselines/constant.py', '\nDATA = "C:\\\\data\\\\train.csv"\n'),
  ),
  ...plants('STR009', 'the folder of a notebook service', ['image'], (draft) =>
    draft.append('baselines/strong.py', '\nCACHE = "/kaggle/input/signs"\n'),
  ),
  ...plants('STR009', 'a path below the home sign', ['regression'], (draft) =>
    draft.append(prepare, '\nBACKUP = "~/backup"\n'),
  ),

  ...plants('STR010', 'the generator of prepare.py has no seed', ['binary', 'image', 'forecasting'], (draft) =>
    draft.replace(prepare, 'default_rng(SEED)', 'default_rng()'),
  ),
  ...plants('STR010', 'rows are drawn without random_state', ['audio'], (draft) =>
    draft.replace('baselines/strong.py', /, random_state=0\)$/, ')'),
  ),
  ...plants('STR010', 'rows are shuffled by the global generator', ['regression'], (draft) =>
    draft.replace(prepare, 'order = rng.permutation(len(rows))', 'order = np.random.permutation(len(rows))'),
  ),
  ...plants('STR010', 'a fold is shuffled without random_state', ['ordinal'], (draft) =>
    draft.replace('baselines/strong.py', 'KFold(4, shuffle=True, random_state=SEED)', 'KFold(4, shuffle=True)'),
  ),
  ...plants('STR010', 'randomised trees without random_state', ['relational'], (draft) =>
    draft.replace('baselines/strong.py', / {8}random_state=SEED,\n/, ''),
  ),

  ...plants('STR011', 'a baseline downloads weights', ['image', 'text'], (draft) =>
    draft.replace('baselines/strong.py', importsFirst, 'import sys\nimport urllib.request'),
  ),
  ...plants('STR011', 'prepare.py starts a process', ['relational'], (draft) =>
    draft.replace(prepare, importsFirst, 'import subprocess\nimport sys'),
  ),
  ...plants('STR011', 'the metric reads a file', ['ordinal'], (draft) =>
    draft.replace(
      metric,
      /^ {4}predicted, actual = /,
      '    answers = pd.read_csv("answers.csv")\n    predicted, actual = ',
    ),
  ),
  ...plants('STR011', 'the split depends on the clock', ['binary'], (draft) =>
    draft.replace(prepare, importsFirst, 'import sys\nimport time\n\nSTARTED = time.time()'),
  ),
  ...plants('STR011', 'a module is imported by a name made at run time', ['audio'], (draft) =>
    draft.append(metric, '\nREQUESTS = __import__("re" + "quests")\n'),
  ),
  ...plants('STR011', 'the environment decides', ['forecasting'], (draft) =>
    draft.replace(prepare, importsFirst, 'import os\nimport sys\n\nFOLDS = os.environ.get("FOLDS")'),
  ),

  ...plants('STR022', 'the grader scores zero whatever goes wrong', ['binary', 'image'], (draft) =>
    draft.append(
      metric,
      '\n\ndef lenient(submission, answers):\n    try:\n        return evaluate(submission, answers)\n    except:\n        return 0.0\n',
    ),
  ),
  ...plants('STR022', 'prepare.py passes over what it cannot read', ['forecasting'], (draft) =>
    draft.append(
      prepare,
      '\n\ndef counted(path):\n    try:\n        return len(pd.read_csv(path))\n    except Exception:\n        pass\n',
    ),
  ),
  ...plants('STR022', 'a baseline goes on after every exception', ['text'], (draft) =>
    draft.append(
      'baselines/strong.py',
      '\n\ndef total(values):\n    added = 0.0\n    for value in values:\n        try:\n            added += float(value)\n        except BaseException:\n            continue\n    return added\n',
    ),
  ),
];
