// Sounds with a class each.
import type { MediaProfile } from '../../dataset/profile.ts';
import { assemble } from '../assemble.ts';
import type { Blueprint } from '../blueprint.ts';
import { collectionOf } from '../image/blueprint.ts';
import { isSupervised } from '../tabular/supervised.ts';

export const audio: Blueprint = {
  name: 'audio',
  applies: (formulation) =>
    formulation.source.kind === 'media' && formulation.source.media === 'audio' && isSupervised(formulation),
  build: (formulation, dataset) =>
    assemble(formulation, dataset, {
      files: ['`media/`: the sounds of both parts, which the column `file` names. Names and their order mean nothing.'],
      about: soundNote(collectionOf(formulation, dataset)?.audio ?? null),
    }),
};

function soundNote(audio: MediaProfile['audio']): string[] {
  if (audio === null) return [];
  const seconds = (value: number) => String(Number(value.toPrecision(2)));
  const rates = audio.sampleRates.map(({ rate }) => rate).sort((a, b) => a - b);
  const channels = new Set(
    audio.channels.map(({ channels: count }) => (count === 1 ? 'mono' : count === 2 ? 'stereo' : `${count} channels`)),
  );
  const { minimum, median, maximum } = audio.seconds;
  return [
    `Sounds last ${seconds(minimum)} to ${seconds(maximum)} seconds, ${seconds(median)} in the median. They are sampled at ${rates.join(', ')} Hz, in ${[...channels].join(' or ')}.`,
  ];
}
