// The direction that a leaderboard implies: its best row against its last.
import type { DeclaredDirection } from '../task/foreign.ts';
import type { Folder } from './folder.ts';

/** Null when the file is absent, stands for a file elsewhere, or has fewer than two different scores. */
export async function boardDirection(folder: Folder, file: string): Promise<DeclaredDirection | null> {
  const text = folder.files.includes(file) ? await folder.text(file) : null;
  if (text === null) return null;
  const [header = '', ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const names = header.split(',').map((name) => name.trim().toLowerCase());
  const score = names.indexOf('score');
  const rank = names.indexOf('rank');
  if (score < 0) return null;
  // Names of teams may hold commas: a row with more fields than the header is left out.
  const rows = lines.map((line) => line.split(',')).filter((cells) => cells.length === names.length);
  const scored = rows
    .map((cells, position) => ({ rank: rank < 0 ? position : Number(cells[rank]), score: number(cells[score]) }))
    .filter((row) => Number.isFinite(row.rank) && Number.isFinite(row.score))
    .sort((a, b) => a.rank - b.rank);
  const best = scored[0]?.score;
  const last = scored.at(-1)?.score;
  if (best === undefined || last === undefined || best === last) return null;
  return { direction: best > last ? 'maximize' : 'minimize', file, best, last };
}

function number(cell: string | undefined): number {
  return cell === undefined || cell.trim() === '' ? Number.NaN : Number(cell);
}
