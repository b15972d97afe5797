// What a text alone tells: classes or numbers read from free text.
import type { TableIdea } from '../idea.ts';
import type { TableView } from './table-ideas.ts';
import { tableIdeas } from './table-ideas.ts';

/** Shorter texts are names and titles: they are read beside other columns, not alone. */
const FEWEST_WORDS = 10;
const IDEAS = 2;
/** The other columns are known too: to leave them out is a game unless the text carries most. */
const ALONE = 0.75;

/** The most appealing targets of a table with free text, asked of the text columns alone. */
export function textIdeas(view: TableView): readonly TableIdea[] {
  const ideas = tableIdeas(view).flatMap((idea) => {
    const texts = idea.features.filter(
      (feature) => feature.kind === 'text' && wordsOf(idea, feature.name) >= FEWEST_WORDS,
    );
    const others = idea.features.filter((feature) => !texts.includes(feature));
    if (texts.length === 0 || others.length === 0) return [];
    const left = others.map((feature) => ({
      column: feature.name,
      reason: 'left out on purpose: this task is about what the text alone tells',
    }));
    const alone: TableIdea = {
      ...idea,
      family: 'text',
      appeal: idea.appeal * ALONE,
      modality: 'text',
      features: texts,
      excluded: [...idea.excluded, ...left],
      coordinates: null,
    };
    return [alone];
  });
  return ideas.slice(0, IDEAS);
}

function wordsOf(idea: TableIdea, name: string): number {
  return idea.columns.find((column) => column.name === name)?.profile.text?.meanWords ?? 0;
}
