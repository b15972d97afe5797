// Folders of images, sounds or texts whose labels stand in folders, file names or a table.
import type { DatasetProfile, LabelSource, MediaProfile } from '../../../dataset/profile.ts';
import type { MediaIdea } from '../idea.ts';

const appealOf: Readonly<Record<LabelSource['from'], number>> = {
  // A folder per class was made to be a label; a prefix may be a mere naming habit.
  folder: 0.9,
  table: 0.85,
  name: 0.7,
};

/** One idea per label source of each collection. */
export function mediaIdeas(profile: DatasetProfile): readonly MediaIdea[] {
  return profile.media.flatMap((media) => media.labels.map((label) => mediaIdea(profile, media, label)));
}

function mediaIdea(profile: DatasetProfile, media: MediaProfile, label: LabelSource): MediaIdea {
  const table = label.from === 'table' ? profile.tables.find((item) => item.id === label.table) : undefined;
  return {
    kind: 'media',
    family: 'media',
    modality: media.kind,
    objective: label.classes.length === 2 ? 'binary-classification' : 'multiclass-classification',
    media,
    source: {
      kind: 'media',
      media: media.kind,
      root: media.id,
      extensions: media.extensions.map((item) => item.extension),
      label,
      table: table?.source ?? null,
      broken: media.broken.map((item) => item.path),
    },
    classes: label.classes,
    appeal: appealOf[label.from],
    why: labelReason(label),
  };
}

function labelReason(label: LabelSource): string {
  if (label.from === 'folder') return 'the folders sort the files into classes';
  return label.from === 'name' ? 'the file names begin with a class' : 'a table gives a class to each file';
}
