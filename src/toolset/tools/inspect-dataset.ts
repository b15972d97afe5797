// inspect_dataset: what is in a folder of raw data.
import { z } from 'zod';
import { profileText } from '../../dataset/describe-profile.ts';
import { judgeTables } from '../../dataset/judge-table.ts';
import { profileDataset } from '../../dataset/profile-dataset.ts';
import { bounded, notice } from '../answer-text.ts';
import { openPath } from '../open-path.ts';
import { defineTool } from '../tool.ts';

export const inspectDataset = defineTool({
  name: 'inspect_dataset',
  title: 'Inspect Dataset',
  description:
    'Measures a folder or file of raw data and tells what is in it: tables with their columns and roles, keys, relations, ' +
    'collections of images, sounds or texts with their labels, problems, and which columns could be predicted. ' +
    'Only reads. Call it before forge_tasks to see whether the data are worth it. Takes seconds to minutes, by size.',
  isReadOnly: true,
  input: z.strictObject({
    dataset: z.string().min(1).describe('Absolute path of the dataset: a folder, or one data file.'),
    examples: z
      .boolean()
      .default(false)
      .describe(
        'Whether to show up to three example values of each column. Off: names, kinds, counts, codes of classes and of what is missing.',
      ),
  }),
  run: async ({ dataset, examples }, host, { signal, progress }) => {
    const place = await openPath(dataset, host.roots());
    const runtime = await host.runtime(place, signal);
    progress({ message: 'measuring the dataset' });
    const profile = await profileDataset(place, { runtime, log: host.log, signal });
    const { files, bytes, tables, media, problems } = profile;
    return {
      text: bounded([notice, '', ...profileText(profile, judgeTables(profile), { examples }).trimEnd().split('\n')]),
      data: {
        dataset: place,
        files,
        bytes,
        tables: tables.map(({ id, rows, columns }) => ({ id, rows, columns: columns.length })),
        media: media.map(({ id, kind, count }) => ({ id, kind, count })),
        problems: problems.length,
      },
    };
  },
});
