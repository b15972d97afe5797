// copy_media(rows, raw, public): files under their ids, without what may tell the label. The content stays bit by bit.

import type { MediaTask } from './media-rows.ts';
import { type Fragment, pyFunction } from './program.ts';

interface Cleaner {
  readonly extensions: readonly string[];
  /** How such a file starts, as a Python expression. */
  readonly magic: string;
  readonly call: string;
  readonly code: string;
}

const jpeg: Cleaner = {
  extensions: ['.jpg', '.jpeg'],
  magic: 'b"\\xff\\xd8"',
  call: 'without_jpeg_metadata',
  code: pyFunction(
    'without_jpeg_metadata(data: bytes) -> bytes',
    'Leaves out EXIF, comments and the like; the Adobe segment stays because it tells how to decode colours.',
    [
      'kept, start = [data[:2]], 2',
      'while data[start : start + 1] == b"\\xff" and data[start + 1 : start + 2] not in (b"\\xda", b""):  # until the picture',
      '    kind, size = data[start + 1], int.from_bytes(data[start + 2 : start + 4], "big")',
      '    if (not 0xE1 <= kind <= 0xEF and kind != 0xFE) or data[start + 4 : start + 9] == b"Adobe":',
      '        kept.append(data[start : start + 2 + size])',
      '    start += 2 + size',
      'return b"".join([*kept, data[start:]])',
    ],
  ),
};

const png: Cleaner = {
  extensions: ['.png'],
  magic: 'b"\\x89PNG"',
  call: 'without_png_metadata',
  code: pyFunction('without_png_metadata(data: bytes) -> bytes', 'Keeps the chunks that make the picture.', [
    'kept, start = [data[:8]], 8',
    'while start < len(data):',
    '    end = start + 12 + int.from_bytes(data[start : start + 4], "big")',
    '    if data[start + 4 : start + 8] in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"):',
    '        kept.append(data[start:end])',
    '    start = end',
    'return b"".join(kept)',
  ]),
};

/** RIFF files: a list of chunks, of which only those that make up the content are kept. */
function riff(extension: string, call: string, doc: string, chunks: readonly string[]): Cleaner {
  return {
    extensions: [extension],
    magic: 'b"RIFF"',
    call,
    code: pyFunction(`${call}(data: bytes) -> bytes`, doc, [
      'kept, start = [], 12',
      'while start < len(data):',
      '    size = int.from_bytes(data[start + 4 : start + 8], "little")',
      '    end = start + 8 + size + size % 2',
      `    if data[start : start + 4] in (${chunks.map((name) => `b"${name}"`).join(', ')}):`,
      '        kept.append(data[start:end])',
      '    start = end',
      'body = b"".join(kept)',
      'return data[:4] + (len(body) + 4).to_bytes(4, "little") + data[8:12] + body',
    ]),
  };
}

const wav = riff('.wav', 'without_wav_metadata', 'Keeps the format and the sound.', ['fmt ', 'fact', 'data']);
const webp = riff('.webp', 'without_webp_metadata', 'Keeps the chunks that make the picture.', [
  'VP8X',
  'VP8 ',
  'VP8L',
  'ALPH',
  'ANIM',
  'ANMF',
]);

const flac: Cleaner = {
  extensions: ['.flac'],
  magic: 'b"fLaC"',
  call: 'without_flac_metadata',
  code: pyFunction('without_flac_metadata(data: bytes) -> bytes', 'Keeps the stream information and the sound.', [
    'start, is_last, stream_information = 4, False, b""',
    'while not is_last and start + 4 <= len(data):',
    '    is_last, kind = data[start] >= 128, data[start] % 128',
    '    end = start + 4 + int.from_bytes(data[start + 1 : start + 4], "big")',
    '    if kind == 0:',
    '        stream_information = bytes([128]) + data[start + 1 : end]  # 128 marks the last block',
    '    start = end',
    'return data[:4] + stream_information + data[start:]',
  ]),
};

const mp3: Cleaner = {
  extensions: ['.mp3'],
  magic: 'b"ID3"',
  call: 'without_mp3_tags',
  code: pyFunction('without_mp3_tags(data: bytes) -> bytes', 'Leaves out the tags before and after the sound.', [
    'size = 0',
    'for byte in data[6:10]:  # seven bits each',
    '    size = size * 128 + byte % 128',
    'sound = data[10 + size :]',
    'return sound[:-128] if sound[-128:-125] == b"TAG" else sound',
  ]),
};

const cleaners: readonly Cleaner[] = [jpeg, png, webp, wav, flac, mp3];

/** The fragment with `copy_media`. Formats whose tags cannot be cut out safely are copied as they are. */
export function mediaCopy(source: MediaTask): Fragment {
  const used = cleaners.filter(({ extensions }) =>
    extensions.some((extension) => source.extensions.includes(extension)),
  );
  const calls = new Map(used.map((cleaner) => [cleaner.call, cleaner]));
  const cleaning = [...calls.values()].flatMap(({ magic, call }) => [
    `    if data.startswith(${magic}):`,
    `        data = ${call}(data)`,
  ]);
  const without = used.length > 0 ? ', without metadata and with one time for all' : ', with one time for all';
  return {
    constants: ['TIME = 946_684_800  # 2000-01-01, the time of change of every copied file'],
    functions: [
      pyFunction(
        'copy_media(rows: pd.DataFrame, raw: Path, public: Path) -> None',
        `Copies each file under its new name${without}.`,
        [
          'shutil.rmtree(public / "media", ignore_errors=True)',
          '(public / "media").mkdir(parents=True)',
          'for path, name in zip(rows["path"], rows["file"], strict=True):',
          '    data = (raw / path).read_bytes()',
          ...cleaning,
          '    (public / name).write_bytes(data)',
          '    os.utime(public / name, (TIME, TIME))',
        ],
      ),
      ...new Set([...calls.values()].map(({ code }) => code)),
    ],
  };
}
