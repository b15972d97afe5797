// load(raw) of a media task: one row per file with its label; and the copying of files without what tells the label.
import type { Formulation } from '../formulation.ts';
import { pyString } from '../shared/python-literal.ts';
import type { Fragment } from './program.ts';
import { readingOf } from './reading.ts';

type MediaTask = Extract<Formulation['source'], { kind: 'media' }>;

const listing = `def files_of(raw: Path) -> pd.DataFrame:
    """Every readable file of the collection, in the order of names."""
    folder = raw / ROOT
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in EXTENSIONS and path.is_file() and not path.is_symlink())
    names = [path.relative_to(folder).as_posix() for path in paths]
    rows = pd.DataFrame({"name": names, "path": [str(path) for path in paths]}, dtype=object)
    hidden = rows["name"].str.contains(r"(?:^|/)\\.", regex=True)
    broken = rows["path"].map(lambda path: Path(path).relative_to(raw).as_posix() in BROKEN)
    if broken.any():
        print(f"dropped {broken.sum()} rows: the file cannot be read")
    return rows[~hidden & ~broken].reset_index(drop=True)`;

/** The fragment with `load(raw)`: columns name, path, the label (and text for text files). */
export function mediaRows(source: MediaTask, formulation: Formulation): Fragment[] {
  const target = formulation.target.columns[0]?.from ?? 'label';
  const constants = [
    ['ROOT', source.root],
    ['EXTENSIONS', source.extensions],
    ['BROKEN', source.broken],
  ] as const;
  const lines = ['rows = files_of(raw)', ...labelLines(source, target)];
  if (source.media === 'text')
    lines.push(
      'rows["text"] = [Path(path).read_bytes().decode("utf-8", errors="replace").strip() for path in rows["path"]]',
    );
  const load = `def load(raw: Path) -> pd.DataFrame:\n    """One row per file with its label."""\n${lines.map((line) => `    ${line}`).join('\n')}\n    return rows`;
  const table =
    source.label.from === 'table' && source.table !== null
      ? [readingOf(source.table, 'read_labels', 'LABEL_COLUMNS', false)]
      : [];
  return [
    ...table,
    { imports: source.label.from === 'name' ? ['import re'] : [], constants, functions: [listing, load] },
  ];
}

function labelLines(source: MediaTask, target: string): string[] {
  const { label } = source;
  const column = `rows[${pyString(target)}]`;
  if (label.from === 'folder') return [`${column} = rows["name"].str.split("/").str[${label.level - 1}]`];
  if (label.from === 'name') {
    return [
      'stems = rows["name"].str.rsplit("/", n=1).str[-1].str.replace(r"\\.[^.]*$", "", regex=True)',
      `found = [re.search(${pyString(label.pattern)}, stem) for stem in stems]`,
      `${column} = [match.group(1) if match else "" for match in found]`,
    ];
  }
  return [
    'labels = read_labels(raw)',
    `named = labels[${pyString(label.pathColumn)}].str.rsplit("/", n=1).str[-1]`,
    'labels = labels.assign(__key=named.str.replace(r"\\.[^.]*$", "", regex=True)).drop_duplicates("__key").set_index("__key")',
    'keys = rows["name"].str.rsplit("/", n=1).str[-1].str.replace(r"\\.[^.]*$", "", regex=True)',
    `for column in ${JSON.stringify(tableColumns(source))}:`,
    '    rows[column] = keys.map(labels[column]).fillna("")',
  ];
}

function tableColumns(source: MediaTask): string[] {
  if (source.label.from !== 'table' || source.table === null) return [];
  const { pathColumn } = source.label;
  return source.table.columns.filter((column) => column !== pathColumn && column !== 'name' && column !== 'path');
}

const jpeg = `def without_jpeg_metadata(data: bytes) -> bytes:
    """Drops the segments that hold EXIF, comments and profiles of the maker; the picture stays as it is."""
    kept, place = [data[:2]], 2
    while data[place : place + 1] == b"\\xff" and data[place + 1] != 0xDA:
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if not (0xE1 <= data[place + 1] <= 0xEF or data[place + 1] == 0xFE) or data[place + 4 : place + 9] == b"Adobe":
            kept.append(data[place:end])
        place = end
    return b"".join([*kept, data[place:]])`;

const png = `def without_png_metadata(data: bytes) -> bytes:
    """Keeps the chunks that hold the picture."""
    kept, place = [data[:8]], 8
    while place + 8 <= len(data):
        end = place + 12 + int.from_bytes(data[place : place + 4], "big")
        if data[place + 4 : place + 8] in (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"):
            kept.append(data[place:end])
        place = end
    return b"".join(kept)`;

const flac = `def without_flac_metadata(data: bytes) -> bytes:
    """Keeps the stream information and the sound; comments, pictures and padding go."""
    place, last = 4, False
    info = b""
    while not last:
        last, kind = data[place] >= 128, data[place] % 128
        end = place + 4 + int.from_bytes(data[place + 1 : place + 4], "big")
        if kind == 0:
            info = bytes([128]) + data[place + 1 : end]
        place = end
    return data[:4] + info + data[place:]`;

const wav = `def without_wav_metadata(data: bytes) -> bytes:
    """Keeps the format and the samples."""
    kept, place = [], 12
    while place + 8 <= len(data):
        end = place + 8 + int.from_bytes(data[place + 4 : place + 8], "little")
        if data[place : place + 4] in (b"fmt ", b"fact", b"data"):
            kept.append(data[place : end + end % 2])
        place = end + end % 2
    body = b"".join(kept)
    return data[:4] + (len(body) + 4).to_bytes(4, "little") + data[8:12] + body`;

const cleaners = [
  { extensions: ['.jpg', '.jpeg'], name: 'without_jpeg_metadata', magic: 'b"\\xff\\xd8"', code: jpeg },
  { extensions: ['.png'], name: 'without_png_metadata', magic: 'b"\\x89PNG"', code: png },
  { extensions: ['.flac'], name: 'without_flac_metadata', magic: 'b"fLaC"', code: flac },
  { extensions: ['.wav'], name: 'without_wav_metadata', magic: 'b"RIFF"', code: wav },
];

/** The fragment with `copy_media(rows, public)`, which fills the column `file`. */
export function mediaCopying(source: MediaTask): Fragment {
  const used = cleaners.filter((cleaner) =>
    cleaner.extensions.some((extension) => source.extensions.includes(extension)),
  );
  const cleaning = used.flatMap((cleaner) => [
    `        if data.startswith(${cleaner.magic}):`,
    `            data = ${cleaner.name}(data)`,
  ]);
  const copy = [
    'def copy_media(rows: pd.DataFrame, public: Path) -> list[str]:',
    '    """Copies the files under their ids, without metadata. Returns their new names."""',
    '    (public / "media").mkdir(parents=True, exist_ok=True)',
    '    names = []',
    '    for row_id, path in zip(rows["id"], rows["path"]):',
    '        name = f"media/{row_id}{Path(path).suffix.lower()}"',
    '        data = Path(path).read_bytes()',
    ...cleaning,
    '        (public / name).write_bytes(data)',
    '        os.utime(public / name, (0, 0))',
    '        names.append(name)',
    '    return names',
  ].join('\n');
  return { imports: ['import os'], functions: [...used.map((cleaner) => cleaner.code), copy] };
}
