// list_files: what is in the dataset, and the files of one folder.
import { z } from 'zod';
import { mediaLines } from '../../dataset/describe-media.ts';
import type { DatasetProfile, MediaProfile } from '../../dataset/profile.ts';
import { quoted } from '../loop/quoted.ts';
import { callTool, refused, said, type Tool } from '../loop/tool.ts';
import { type DatasetDesk, failedLook, look } from './dataset-desk.ts';
import { shownName } from './names.ts';
import { withheld } from './shared-rows.ts';

const listedProblems = 20;
const listedFiles = 40;
const inventoryLength = 12_000;

const listingSchema = z.strictObject({
  total: z.int(),
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int() })),
});

export function listFiles(on: DatasetDesk): Tool {
  return callTool({
    name: 'list_files',
    description:
      'What the dataset holds. With folder null: all tables with their rows and columns, collections of media, documents and problems; start with this. ' +
      `With a folder ("" is the whole dataset): paths of up to ${listedFiles} files below it, evenly spaced, to choose from for view_image, hear_audio or read_document. Cheap.`,
    remembered: false,
    args: z.strictObject({ folder: z.string().nullable() }),
    run: async ({ folder }, signal) => {
      if (folder === null) {
        const { name } = on.profile;
        return said(
          quoted(`inventory of ${name}`, inventory(on.profile, on.sharedRows === 'none'), inventoryLength),
          'listed the dataset',
        );
      }
      if (on.sharedRows === 'none') return withheld('A list of files');
      const args = { name: on.profile.name, folder: folder.replace(/^\.?\/+|\/+$/g, ''), count: listedFiles };
      const outcome = await look(on, { name: 'dataset.listing', args, result: listingSchema }, signal);
      if (outcome.kind !== 'done') return failedLook('Listing the folder', outcome);
      const { total, files } = outcome.value;
      if (total === 0)
        return refused(`There are no files below "${shownName(folder)}". Call list_files with folder null.`);
      const lines = files.map((file) => `${file.path} (${file.bytes} bytes)`);
      const lead = files.length < total ? `${files.length} of ${total} files, evenly spaced:` : `All ${total} files:`;
      return said(`${lead}\n${quoted('files', lines.join('\n'))}`, `listed ${files.length} of ${total} files`);
    },
  });
}

/** What a model is told of a dataset before it looks: never a value where the user shares none. */
export function inventory(profile: DatasetProfile, withhold: boolean): string {
  const tables = profile.tables.map(
    ({ id, rows, columns, part }) =>
      `table ${shownName(id)}: ${rows} rows, ${columns.length} columns${part === null ? '' : `, the ${part} part`}`,
  );
  const relations = profile.relations.map(
    ({ from, to, kind }) =>
      `relation ${shownName(from.table)}.${shownName(from.column)} -> ${shownName(to.table)}.${shownName(to.column)} (${kind})`,
  );
  const media = profile.media.flatMap((one) => {
    const [first, ...rest] = mediaLines(withhold ? withoutLabels(one) : one);
    return [`media ${first}`, ...rest];
  });
  const documents = profile.documents.map(
    ({ path, kind, text }) => `document ${shownName(path)}: ${kind}, ${text.length} characters`,
  );
  const problems = profile.problems
    .slice(0, listedProblems)
    .map(({ code, path, message }) => `problem ${code} ${shownName(path)}: ${shownName(message)}`);
  const more = profile.problems.length - problems.length;
  return [
    `${profile.files} files, ${profile.bytes} bytes`,
    ...tables,
    ...relations,
    ...media,
    ...documents,
    ...problems,
    ...(more > 0 ? [`and ${more} more problems`] : []),
  ].join('\n');
}

/** Labels that are values of a table, or parts of file names, as their numbers alone. */
function withoutLabels(media: MediaProfile): MediaProfile {
  const labels = media.labels.map((label) =>
    label.from === 'folder'
      ? label
      : { ...label, classes: label.classes.map(({ count }, at) => ({ label: `class ${at + 1}`, count })) },
  );
  return { ...media, labels };
}
