// read_document, view_image and hear_audio: one file of the dataset. No path leads out of it.
import { z } from 'zod';
import type { DatasetProfile } from '../../dataset/profile.ts';
import { quoted } from '../loop/quoted.ts';
import { callTool, refused, said, type Tool, type ToolResult } from '../loop/tool.ts';
import { type DatasetDesk, failedLook, look, unknownName } from './dataset-desk.ts';
import { byName, shownName } from './names.ts';
import { withheld } from './shared-rows.ts';

const documentLength = 12_000;
/** Longer sides cost more tokens and show little more. */
const pictureSide = 512;
/** All files together: a picture or a recording is what a row is to a table. */
const mediaPool = 'media files';

const missing = z.strictObject({ kind: z.literal('missing'), near: z.array(z.string()) });
const broken = z.strictObject({ kind: z.literal('broken'), problem: z.string() });
const png = z.base64().nullable();

const passageSchema = z.discriminatedUnion('kind', [
  missing,
  broken,
  z.strictObject({ kind: z.literal('text'), text: z.string(), bytes: z.int() }),
]);
const pictureSchema = z.discriminatedUnion('kind', [
  missing,
  broken,
  z.strictObject({
    kind: z.literal('picture'),
    width: z.int(),
    height: z.int(),
    mode: z.string(),
    format: z.string().nullable(),
    frames: z.int(),
    bytes: z.int(),
    meanColour: z.array(z.number()),
    contrast: z.number(),
    lightness: z.array(z.number()),
    png,
  }),
]);
const soundSchema = z.discriminatedUnion('kind', [
  missing,
  broken,
  z.strictObject({
    kind: z.literal('sound'),
    rate: z.int(),
    channels: z.int(),
    coding: z.string(),
    bytes: z.int(),
    seconds: z.number(),
    measuredSeconds: z.number(),
    peak: z.number(),
    loudness: z.array(z.number()),
    centroid: z.array(z.number()),
    zeroCrossings: z.number(),
    png,
  }),
]);

const args = z.strictObject({ path: z.string() });
type One = z.infer<typeof args>;

/** The path as the inventory has it. */
function plainPath({ path }: One): string {
  return path.replace(/^(\.\/)+/, '');
}

export function readDocument(on: DatasetDesk): Tool {
  return callTool({
    name: 'read_document',
    description:
      'The text of a document of the dataset (read-me, licence, data dictionary), or of one file of a collection of texts, which counts as a row. Cut when long. Use it to learn what the columns mean and how the data came about.',
    remembered: false,
    args,
    run: async (given, signal) => {
      if (on.sharedRows === 'none') return withheld('The text of a file');
      const path = plainPath(given);
      const document = byName(on.profile.documents, (one) => one.path, path);
      if (document !== null) return text(document.path, document.text);
      if (!isText(on.profile, path)) return noDocument(on.profile, path);
      return oneFile(on, path, async () => {
        const job = {
          name: 'dataset.passage',
          args: named(on, path, { characters: documentLength }),
          result: passageSchema,
        } as const;
        const outcome = await look(on, job, signal);
        if (outcome.kind !== 'done') return failedLook('Reading the file', outcome);
        return outcome.value.kind === 'text' ? text(path, outcome.value.text) : noFile(path, outcome.value);
      });
    },
  });

  function text(path: string, content: string): ToolResult {
    return said(quoted(`file ${path}`, content, documentLength), `read ${shownName(path)}`);
  }
}

/** Whether the path lies in a collection of texts. Any other file is none to read: the rows of tables are counted. */
function isText({ media, tables }: DatasetProfile, path: string): boolean {
  if (tables.some(({ source }) => source.path === path)) return false;
  return media.some(
    ({ kind, id, extensions }) =>
      kind === 'text' &&
      (id === '' || path.startsWith(`${id}/`)) &&
      extensions.some(({ extension }) => path.toLowerCase().endsWith(extension)),
  );
}

function noDocument({ documents, tables }: DatasetProfile, path: string): ToolResult {
  if (tables.some(({ source }) => source.path === path))
    return refused('That is a table: use describe_table and read_rows.');
  return unknownName(
    'document',
    documents.map((one) => one.path),
    path,
  );
}

export function viewImage(on: DatasetDesk): Tool {
  return callTool({
    name: 'view_image',
    description: on.seesImages
      ? `One picture of the dataset, at most ${pictureSide} pixels on the longer side, with its measures. Costs about a thousand tokens; look at a few, of different classes.`
      : 'What one picture of the dataset looks like, in numbers: size, mode, mean colour, contrast, distribution of lightness.',
    remembered: false,
    args,
    run: async (given, signal) => {
      if (on.sharedRows === 'none') return withheld('A picture');
      const path = plainPath(given);
      return oneFile(on, path, async () => {
        const side = on.seesImages ? pictureSide : null;
        const job = { name: 'dataset.picture', args: named(on, path, { side }), result: pictureSchema } as const;
        const outcome = await look(on, job, signal);
        if (outcome.kind !== 'done') return failedLook('Decoding the picture', outcome);
        const seen = outcome.value;
        if (seen.kind !== 'picture') return noFile(path, seen);
        const lines = [
          `${seen.width} x ${seen.height} pixels, mode ${seen.mode}, ${seen.format ?? 'unknown format'}, ${seen.frames} frames, ${seen.bytes} bytes`,
          `mean red, green, blue (0 to 255): ${seen.meanColour.join(', ')}; contrast (sd of lightness): ${seen.contrast}`,
          `share of pixels by lightness, dark to bright in ${seen.lightness.length} steps: ${seen.lightness.join(', ')}`,
        ];
        return withPicture(path, lines, seen.png);
      });
    },
  });
}

export function hearAudio(on: DatasetDesk): Tool {
  return callTool({
    name: 'hear_audio',
    description: `What one recording of the dataset sounds like, in numbers: seconds, rate, channels, loudness and pitch over time${on.seesImages ? ', with a spectrogram' : ''}. Compare a few of different classes.`,
    remembered: false,
    args,
    run: async (given, signal) => {
      if (on.sharedRows === 'none') return withheld('A recording');
      const path = plainPath(given);
      return oneFile(on, path, async () => {
        const job = {
          name: 'dataset.sound',
          args: named(on, path, { picture: on.seesImages }),
          result: soundSchema,
        } as const;
        const outcome = await look(on, job, signal);
        if (outcome.kind !== 'done') return failedLook('Decoding the recording', outcome);
        const heard = outcome.value;
        if (heard.kind !== 'sound') return noFile(path, heard);
        const lines = [
          `${heard.seconds} s at ${heard.rate} Hz, ${heard.channels} channels, ${heard.coding}, ${heard.bytes} bytes; the first ${heard.measuredSeconds} s were measured`,
          `peak ${heard.peak} of full scale, ${heard.zeroCrossings} zero crossings per second`,
          `loudness over time, dB of full scale: ${heard.loudness.join(', ')}`,
          `centre of the spectrum over time, Hz: ${heard.centroid.join(', ')}`,
        ];
        return withPicture(path, lines, heard.png);
      });
    },
  });
}

function named(on: DatasetDesk, path: string, more: Readonly<Record<string, number | boolean | null>>) {
  return { name: on.profile.name, path, ...more };
}

/** Looks at one file if the user shares one more. What could not be shown costs nothing. */
async function oneFile(on: DatasetDesk, path: string, see: () => Promise<ToolResult>): Promise<ToolResult> {
  const used = `No more files may be seen: the user shares ${on.sharedRows}. Use python to compute over all of them.`;
  if (!on.allowance.has(mediaPool, path) && on.allowance.left(mediaPool) === 0) return refused(used);
  const result = await see();
  if (!result.ok) return result;
  on.allowance.take(mediaPool, [path]);
  const left = `${on.allowance.left(mediaPool)} more files may be seen.`;
  return { ...result, parts: [{ kind: 'text', text: left }, ...result.parts] };
}

function withPicture(path: string, lines: readonly string[], base64: string | null): ToolResult {
  const seen = said(quoted(`file ${path}`, lines.join('\n')), `looked at ${shownName(path)}`);
  return base64 === null
    ? seen
    : { ...seen, parts: [...seen.parts, { kind: 'image', mediaType: 'image/png', base64 }] };
}

function noFile(path: string, answer: z.infer<typeof missing> | z.infer<typeof broken>): ToolResult {
  const name = shownName(path);
  if (answer.kind === 'broken') return refused(`"${name}" cannot be shown: ${answer.problem}.`);
  const lead = `There is no file "${name}" in the dataset. Paths are relative to it; links and hidden files are not read.`;
  if (answer.near.length === 0) return refused(`${lead} list_files with a folder shows paths.`);
  return refused(`${lead} Near it:\n${quoted('paths', answer.near.join('\n'))}`);
}
