// Assembles a stand-alone Python script from its parts and adds the imports that its code uses.

export interface Script {
  /** One or two sentences on what the baseline does. */
  readonly doc: string;
  /** Lines `NAME = literal`. */
  readonly constants: readonly string[];
  /** Function definitions, in reading order. */
  readonly functions: readonly string[];
  /** Body of solve(public, submission), indented. */
  readonly solve: string;
}

const modules: Readonly<Record<string, readonly string[]>> = {
  'sklearn.calibration': ['CalibratedClassifierCV'],
  'sklearn.compose': ['ColumnTransformer', 'TransformedTargetRegressor', 'make_column_selector'],
  'sklearn.decomposition': ['PCA', 'TruncatedSVD'],
  'sklearn.ensemble': [
    'ExtraTreesClassifier',
    'ExtraTreesRegressor',
    'HistGradientBoostingClassifier',
    'HistGradientBoostingRegressor',
  ],
  'sklearn.feature_extraction.text': ['HashingVectorizer', 'TfidfTransformer', 'TfidfVectorizer'],
  'sklearn.feature_selection': ['SelectKBest', 'VarianceThreshold', 'f_classif', 'f_regression'],
  'sklearn.impute': ['SimpleImputer'],
  'sklearn.linear_model': ['LogisticRegression', 'Ridge'],
  'sklearn.metrics': [
    'accuracy_score',
    'average_precision_score',
    'balanced_accuracy_score',
    'cohen_kappa_score',
    'f1_score',
    'log_loss',
    'matthews_corrcoef',
    'mean_absolute_error',
    'mean_absolute_percentage_error',
    'mean_pinball_loss',
    'mean_squared_error',
    'roc_auc_score',
  ],
  'sklearn.model_selection': ['GroupKFold', 'KFold', 'StratifiedGroupKFold', 'StratifiedKFold', 'cross_val_predict'],
  'sklearn.neighbors': ['NearestNeighbors'],
  'sklearn.pipeline': ['FeatureUnion', 'Pipeline', 'make_pipeline', 'make_union'],
  'sklearn.preprocessing': ['FunctionTransformer', 'OneHotEncoder', 'OrdinalEncoder', 'StandardScaler'],
  'sklearn.svm': ['SVC', 'SVR', 'LinearSVC'],
};

const packages: readonly [pattern: RegExp, line: string][] = [
  [/\bnp\./, 'import numpy as np'],
  [/\bpd\./, 'import pandas as pd'],
  [/\bsf\./, 'import soundfile as sf'],
];

/** The text of the script: doc string, imports, constants, functions, solve() and the command line. */
export function renderScript({ doc, constants, functions, solve }: Script): string {
  const code = [...functions, solve].join('\n');
  const uses = (name: string) => new RegExp(`\\b${name}\\b`).test(code);
  const standard = [
    uses('shutil') ? 'import shutil\n' : '',
    'import sys\n',
    uses('Callable') ? 'from collections.abc import Callable\n' : '',
    uses('combinations_with_replacement') ? 'from itertools import combinations_with_replacement\n' : '',
    'from pathlib import Path\n',
  ].join('');
  const plain = packages.filter(([pattern]) => pattern.test(code)).map(([, line]) => line);
  const pillow = uses('Image') ? ['from PIL import Image'] : [];
  const named = Object.entries(modules)
    .map(([module, names]) => ({ module, names: names.filter(uses) }))
    .filter(({ names }) => names.length > 0)
    .map(({ module, names }) => importLine(module, names));
  const imports = [...plain, ...pillow, ...named].join('\n');
  const head = [`"""${doc}"""\n\n${standard}${imports === '' ? '' : `\n${imports}\n`}`];
  if (constants.length > 0) head.push(`${constants.join('\n')}\n`);
  const last = `def solve(public: Path, submission: Path) -> None:
    """Read train and test from \`public\` and write the predictions to the file \`submission\`."""
${solve}

if __name__ == "__main__":
    solve(Path(sys.argv[1]), Path(sys.argv[2]))
`;
  return [head.join('\n'), ...functions, last].join('\n\n');
}

function importLine(module: string, names: readonly string[]): string {
  const line = `from ${module} import ${names.join(', ')}`;
  return line.length <= 120 ? line : `from ${module} import (\n${names.map((name) => `    ${name},\n`).join('')})`;
}
