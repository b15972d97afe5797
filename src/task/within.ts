// Where paths lie to each other, by name alone: whoever must not be fooled by links resolves them first.
import path from 'node:path';

/** Whether a path is `folder` or lies below it. Both absolute, or both relative to the same place. */
export function isWithin(place: string, folder: string): boolean {
  const way = path.relative(folder, place);
  return way === '' || !(way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way));
}
