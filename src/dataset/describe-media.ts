// Collections of media as lines for people.
import { plainLine } from './plain-line.ts';
import type { LabelSource, MediaProfile } from './profile.ts';

const shownClasses = 8;
const shownLabels = 6;
const nameWidth = 60;

/** Number, sizes, labels, parts and broken files of one collection. */
export function mediaLines(media: MediaProfile): string[] {
  const where = media.id === '' ? 'the dataset folder' : plainLine(media.id, nameWidth);
  const broken = media.brokenCount > 0 ? `, ${media.brokenCount} broken` : '';
  const repeated = media.duplicates > 0 ? `, ${media.duplicates} repeated` : '';
  const lines = [`${where}: ${media.count} ${media.kind} files${broken}${repeated}`];
  const contents = contentLine(media);
  if (contents !== null) lines.push(`  ${contents}`);
  for (const label of media.labels.slice(0, shownLabels)) lines.push(`  labels by ${labelLine(label)}`);
  if (media.labels.length > shownLabels) lines.push(`  and ${media.labels.length - shownLabels} more label sources`);
  const parts = media.parts.map((part) => `${part.part} ${part.count} (${plainLine(part.folder, nameWidth)})`);
  if (parts.length > 0) lines.push(`  official parts: ${parts.join(', ')}`);
  return lines;
}

interface Range {
  readonly minimum: number;
  readonly median: number;
  readonly maximum: number;
}

const range = ({ minimum, maximum }: Range, digits = 0): string =>
  minimum === maximum ? minimum.toFixed(digits) : `${minimum.toFixed(digits)} to ${maximum.toFixed(digits)}`;

function contentLine(media: MediaProfile): string | null {
  if (media.image !== null) return `${range(media.image.width)} x ${range(media.image.height)} pixels`;
  if (media.text !== null) return `${range(media.text.characters)} characters, ${media.text.encoding}`;
  if (media.audio === null) return null;
  const rates = media.audio.sampleRates.map(({ rate, count }) => `${rate} Hz (${count})`);
  const channels = media.audio.channels.map(({ channels, count }) => `${channels} (${count})`);
  return `${range(media.audio.seconds, 2)} seconds, ${rates.join(', ')}, channels ${channels.join(', ')}`;
}

function labelLine(label: LabelSource): string {
  const classes = label.classes.slice(0, shownClasses).map((entry) => `${plainLine(entry.label, 24)} ${entry.count}`);
  const more = label.classes.length > shownClasses ? ', …' : '';
  return `${origin(label)}: ${label.classes.length} classes: ${classes.join(', ')}${more}`;
}

function origin(label: LabelSource): string {
  switch (label.from) {
    case 'folder':
      return `folder, level ${label.level}`;
    case 'name':
      return `file name ${plainLine(label.pattern, nameWidth)}`;
    case 'table':
      return `column ${plainLine(label.column, nameWidth)} of ${plainLine(label.table, nameWidth)}`;
  }
}
