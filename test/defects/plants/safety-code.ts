// SEC001 to SEC009: what the code of a task does to whoever runs it.
import { layout } from '../../../src/task/layout.ts';
import type { Draft } from '../draft.ts';
import { type Plant, plants } from '../plant.ts';

const { prepare, metric } = layout;
const strong = 'baselines/strong.py';
const simple = 'baselines/simple.py';
const opens = /^(def prepare\(raw: Path, public: Path, private: Path\) -> None:\n(?: {4}""".*"""\n)?)/;

/** A line at the start of prepare. */
const prepares = (line: string) => async (draft: Draft) => {
  const head = opens.exec((await draft.read(prepare)).slice((await draft.read(prepare)).indexOf('def prepare(')))?.[0];
  if (head === undefined) throw new Error('prepare.py has another head');
  await draft.replace(prepare, head, `${head}    ${line}\n`);
};
/** A function at the end of a file. */
const adds =
  (file: string, ...lines: string[]) =>
  (draft: Draft) =>
    draft.append(file, `\n\ndef helper(public, submission, answers):\n${lines.map((l) => `    ${l}\n`).join('')}`);
const imports = (file: string, module: string) => (draft: Draft) =>
  draft.replace(file, /^import pandas as pd$/, `import pandas as pd\nimport ${module}`);
const both =
  (...steps: readonly ((draft: Draft) => Promise<unknown>)[]) =>
  async (draft: Draft) => {
    for (const step of steps) await step(draft);
  };

export const safetyCodePlants: readonly Plant[] = [
  ...plants(
    'SEC001',
    'prepare.py empties the raw folder',
    ['image', 'regression'],
    prepares('shutil.rmtree(raw, ignore_errors=True)'),
  ),
  ...plants(
    'SEC001',
    'the raw table is deleted after it was read',
    ['relational'],
    prepares('(raw / "shop.sqlite").unlink()'),
  ),
  ...plants(
    'SEC001',
    'a baseline moves the public table away',
    ['text'],
    both(imports(strong, 'shutil'), adds(strong, 'shutil.move(public / "train.csv", submission)')),
  ),

  ...plants('SEC002', 'numpy.mean is replaced', ['regression', 'audio'], (draft) =>
    draft.append(metric, '\nnp.mean = np.median\n'),
  ),
  ...plants('SEC002', 'a method of DataFrame is replaced by setattr', ['binary'], (draft) =>
    draft.append(metric, '\nsetattr(pd.DataFrame, "equals", lambda self, other: True)\n'),
  ),
  ...plants(
    'SEC002',
    'a module is taken out of sys.modules',
    ['text'],
    both(imports(simple, 'sys'), adds(simple, 'sys.modules["json"] = None')),
  ),

  ...plants(
    'SEC003',
    'evaluate leaves a thread behind',
    ['multiclass', 'image'],
    both(imports(metric, 'threading'), adds(metric, 'threading.Thread(target=print).start()')),
  ),
  ...plants('SEC003', 'prepare.py registers an exit handler', ['forecasting'], (draft) =>
    draft.replace(prepare, /^import sys$/, 'import atexit\nimport sys\n\natexit.register(print)'),
  ),

  ...plants(
    'SEC004',
    'evaluate exits on a bad submission',
    ['ordinal', 'audio'],
    both(imports(metric, 'sys'), adds(metric, 'if submission.empty:', '    sys.exit("bad submission")')),
  ),
  ...plants('SEC004', 'SystemExit is raised', ['text'], (draft) =>
    draft.replace(metric, 'raise ValueError(', 'raise SystemExit('),
  ),
  ...plants(
    'SEC004',
    'a baseline ends its process',
    ['relational'],
    both(imports(strong, 'os'), adds(strong, 'os._exit(0)')),
  ),

  ...plants(
    'SEC005',
    'a call is put together from parts',
    ['binary', 'image'],
    both(imports(metric, 'os'), adds(metric, 'return getattr(os, "sys" + "tem")("true")')),
  ),
  ...plants(
    'SEC005',
    'all classes are reached through object',
    ['regression'],
    adds(metric, 'return ().__class__.__base__.__subclasses__()'),
  ),
  ...plants(
    'SEC005',
    'a function is taken from globals by a computed name',
    ['text'],
    adds(simple, 'return globals()["so" + "lve"](public, submission)'),
  ),

  ...plants(
    'SEC006',
    'a baseline loads a pickled model',
    ['text', 'multiclass'],
    adds(strong, 'return pd.read_pickle(public / "model.bin")'),
  ),
  ...plants(
    'SEC006',
    'arrays are loaded with pickles allowed',
    ['image'],
    both(imports(prepare, 'numpy'), adds(prepare, 'return numpy.load(public / "x.npy", allow_pickle=True)')),
  ),
  ...plants(
    'SEC006',
    'a baseline keeps its model by joblib',
    ['audio'],
    both(imports(strong, 'joblib'), adds(strong, 'joblib.dump([], submission)')),
  ),

  ...plants(
    'SEC007',
    'answers stand in base64',
    ['binary', 'audio'],
    both(imports(strong, 'base64'), adds(strong, 'return base64.b64decode("eWVzLG5vLHllcw==")')),
  ),
  ...plants('SEC007', 'a constant without words', ['regression'], (draft) => {
    const text = Array.from({ length: 260 }, (_, n) => String.fromCharCode(65 + ((n * n * 7 + n * 13) % 57))).join('');
    return draft.append(strong, `\nWEIGHTS = ${JSON.stringify(text.replaceAll('\\', 'z'))}\n`);
  }),
  ...plants(
    'SEC007',
    'a name is spelt by chr',
    ['text'],
    adds(metric, `return ${[...'os.system'].map((sign) => `chr(${sign.charCodeAt(0)})`).join(' + ')}`),
  ),

  ...plants('SEC008', 'a comment turns the direction of its line', ['image', 'forecasting'], (draft) =>
    draft.append(prepare, '\n# checked \u202e } eslaf nruter\u2066\n'),
  ),
  ...plants('SEC008', 'a name with a Cyrillic letter', ['multiclass'], (draft) =>
    draft.append(metric, '\n\ndef _other(\u0430nswers, answers):\n    return \u0430nswers\n'),
  ),
  ...plants('SEC008', 'a character without width', ['text'], (draft) =>
    draft.append(metric, '\nLABEL = "yes\u200b"\n'),
  ),

  ...plants(
    'SEC009',
    'a baseline goes to the folder above the public one',
    ['binary', 'image'],
    adds(strong, 'return pd.read_csv(public.parent / "private" / "test_answer.csv")'),
  ),
  ...plants(
    'SEC009',
    'two dots in a path',
    ['ordinal'],
    adds(simple, 'return pd.read_csv(public / "../private/test_answer.csv")'),
  ),
  ...plants(
    'SEC009',
    'the metric looks beside itself',
    ['text'],
    adds(metric, 'return pd.read_csv(Path(__file__).parent / "extra.csv")'),
  ),
];
