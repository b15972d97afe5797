// Images with a class each.
import type { DatasetProfile, MediaProfile } from '../../dataset/profile.ts';
import { assemble } from '../assemble.ts';
import type { Blueprint } from '../blueprint.ts';
import type { Formulation } from '../formulation.ts';
import { isSupervised } from '../tabular/supervised.ts';

export const image: Blueprint = {
  name: 'image',
  applies: (formulation) =>
    formulation.source.kind === 'media' && formulation.source.media === 'image' && isSupervised(formulation),
  build: (formulation, dataset) =>
    assemble(formulation, dataset, {
      files: ['`media/`: the images of both parts, which the column `file` names. Names and their order mean nothing.'],
      about: sizeNote(collectionOf(formulation, dataset)?.image ?? null),
    }),
};

/** The collection that a media task is made of. */
export function collectionOf({ source }: Formulation, dataset: DatasetProfile): MediaProfile | undefined {
  if (source.kind !== 'media') return undefined;
  return dataset.media.find((media) => media.id === source.root && media.kind === source.media);
}

const modeWords: Readonly<Record<string, string>> = {
  RGB: 'colour',
  L: 'grey',
  '1': 'black and white',
  RGBA: 'colour with transparency',
  P: 'a palette of colours',
};

function sizeNote(image: MediaProfile['image']): string[] {
  if (image === null) return [];
  const modes = image.modes.map(({ mode }) => modeWords[mode] ?? mode).join(' or ');
  const { width, height } = image;
  const same = width.minimum === width.maximum && height.minimum === height.maximum;
  const size = same
    ? `All images have ${width.median} × ${height.median} pixels`
    : `Images have ${width.minimum} to ${width.maximum} pixels in width and ${height.minimum} to ${height.maximum} in height, ${width.median} × ${height.median} in the median`;
  return [`${size}; they are in ${modes}.`];
}
