// The files of a data folder as rows, read when the folder is expanded.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { L10n } from '../l10n.ts';
import type { Row } from './row.ts';

/** Media tasks hold thousands of files; a person looks at a few. */
const maxListed = 200;

export async function listedRows(l10n: L10n, folder: string, task: string): Promise<Row[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sorted = entries.sort(
    (a, b) => Number(b.isDirectory()) - Number(a.isDirectory()) || (a.name < b.name ? -1 : 1),
  );
  const rows = sorted.slice(0, maxListed).map((entry): Row => {
    const place = path.join(folder, entry.name);
    const isFolder = entry.isDirectory();
    return {
      id: `data:${place}`,
      label: entry.name,
      description: '',
      icon: { id: isFolder ? 'folder' : 'file' },
      context: isFolder ? 'task.folder' : 'task.file',
      tooltip: [{ label: isFolder ? l10n.t('Folder') : l10n.t('File'), value: place }],
      spoken: entry.name,
      task,
      resource: place,
      ...(isFolder ? { lists: place } : { action: { kind: 'open', file: place, line: 0, endLine: 0 } }),
    };
  });
  const more = entries.length - rows.length;
  if (more <= 0) return rows;
  const label = l10n.t('{0} more', more);
  return [
    ...rows,
    {
      id: `more:${folder}`,
      label,
      description: '',
      icon: { id: 'ellipsis' },
      context: 'more',
      tooltip: [],
      spoken: label,
      task,
    },
  ];
}
