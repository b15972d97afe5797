// read_rows(raw) of a media task: one row per file with its path and label, and the text of text files.
import type { DatasetProfile } from '../../dataset/profile.ts';
import type { Formulation } from '../formulation.ts';
import { pyString } from '../shared/python-literal.ts';
import { rowsColumn } from './plan.ts';
import { constant, type Fragment, pyFunction } from './program.ts';
import { tableReader } from './reading.ts';

export type MediaTask = Extract<Formulation['source'], { kind: 'media' }>;

/** Beginnings of file names that are documents, not members of a collection of texts. */
const documentNames = ['readme', 'license', 'licence', 'copying'];

/** The fragments with `read_rows(raw)`: columns `path` (relative to raw), the label, `text`, and table columns. */
export function mediaRows(formulation: Formulation, source: MediaTask, profile: DatasetProfile): Fragment[] {
  const { broken, table, label } = source;
  const constants = [
    ...(source.root === '' ? [] : [constant('ROOT', source.root)]),
    constant('EXTENSIONS', [...source.extensions].sort()),
    ...(broken.length === 0 ? [] : [constant('BROKEN', [...broken].sort())]),
  ];
  const target = formulation.target.columns[0]?.from ?? '';
  const lines = [
    'paths = media_paths(raw)',
    `rows = pd.DataFrame({"path": [path.relative_to(raw).as_posix() for path in paths]}, dtype=object)`,
    ...labelLines(source, target, formulation),
    ...(source.media === 'text' ? textLines(source, profile) : []),
    ...(broken.length === 0 ? [] : ['rows = drop(rows, rows["path"].isin(BROKEN), "the file cannot be read")']),
    'return rows',
  ];
  const labels =
    label.from === 'table' && table !== null
      ? tableReader(table, {
          name: 'read_labels',
          columnsName: 'LABEL_COLUMNS',
          needed: labelColumns(source, target, formulation),
          ragged: false,
        })
      : {};
  return [
    {
      constants,
      functions: [
        pyFunction('read_rows(raw: Path) -> pd.DataFrame', `One row per file; ${labelWords(source)}.`, lines),
        mediaPaths(source),
      ],
    },
    labels,
  ];
}

function mediaPaths({ media, root }: MediaTask): string {
  const documents = `    and not path.name.lower().startswith((${documentNames.map(pyString).join(', ')}))`;
  return pyFunction(
    'media_paths(raw: Path) -> list[Path]',
    'The files of the collection in the order of their names.',
    [
      `folder = ${root === '' ? 'raw' : 'raw / ROOT'}`,
      'paths = [',
      '    path',
      '    for path in folder.rglob("*")',
      '    if path.suffix.lower() in EXTENSIONS',
      '    and path.is_file()',
      '    and not path.is_symlink()',
      '    and not any(part.startswith(".") for part in path.relative_to(raw).parts)',
      ...(media === 'text' ? [documents] : []),
      ']',
      'if not paths:',
      '    raise FileNotFoundError(f"the raw data hold no files with the endings {EXTENSIONS}")',
      'return sorted(paths)',
    ],
  );
}

function labelWords({ label }: MediaTask): string {
  if (label.from === 'folder') return 'its label is the name of a folder';
  return label.from === 'name' ? 'its label is a part of its name' : 'its label is in a table';
}

function labelLines(source: MediaTask, target: string, formulation: Formulation): string[] {
  const { label } = source;
  if (label.from === 'folder') {
    const place = label.level - 1;
    const folder = source.root === '' ? 'raw' : 'raw / ROOT';
    return [
      `folders = [path.relative_to(${folder}).parent.parts for path in paths]`,
      `${rowsColumn(target)} = [parts[${place}] if len(parts) > ${place} else "" for parts in folders]`,
    ];
  }
  if (label.from === 'name') {
    return [
      `found = [re.search(${pyString(label.pattern)}, path.stem) for path in paths]`,
      `${rowsColumn(target)} = [match[1] if match else "" for match in found]`,
    ];
  }
  const { pathColumn } = label;
  return [
    'labels = read_labels(raw)',
    'labels["stem"] = labels[' +
      pyString(pathColumn) +
      '].str.split("/").str[-1].str.replace(r"\\.[^.]*$", "", regex=True)',
    'labels = labels.drop_duplicates("stem").set_index("stem")',
    `for name in ${pyNames(labelColumns(source, target, formulation).filter((name) => name !== pathColumn))}:`,
    '    rows[name] = pd.Series([path.stem for path in paths]).map(labels[name]).fillna("")',
  ];
}

function pyNames(names: readonly string[]): string {
  return `[${names.map(pyString).join(', ')}]`;
}

/** Columns of the label table that the task reads. */
function labelColumns({ label, table }: MediaTask, target: string, { features }: Formulation): string[] {
  if (label.from !== 'table' || table === null) return [];
  const own = features.kept.map((feature) => feature.name).filter((name) => table.columns.includes(name));
  return [...new Set([label.pathColumn, label.from === 'table' ? label.column : target, ...own])];
}

function textLines(source: MediaTask, profile: DatasetProfile): string[] {
  const collection = profile.media.find((media) => media.kind === 'text' && media.id === source.root);
  const encoding = collection?.text?.encoding ?? 'utf-8';
  return [
    `rows["text"] = [path.read_text(encoding=${pyString(encoding)}, errors="replace").strip() for path in paths]`,
  ];
}
