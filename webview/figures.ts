// Figures in the page: a drawing with its sentence, and a table with the same numbers for readers and keyboards.
import type { Figure } from '../src/verify/figures/figure.ts';
import { drawFigure } from '../src/verify/figures/plots.ts';
import { element, fill, having, table } from './element.ts';
import type { Words } from './messages.ts';

/** One figure under a heading of the third level. */
export function figureView(figure: Figure, words: Words): HTMLElement {
  const heading = having(element('h3', figure.title), { id: `figure-${figure.id}` });
  const made = element('figure', heading, element('figcaption', figure.summary), ...body(figure, words));
  return having(made, { 'aria-labelledby': heading.id });
}

function body(figure: Figure, words: Words): Element[] {
  switch (figure.kind) {
    case 'pictures':
      return [element('ul.pictures', ...figure.pictures.map((picture) => pictureView(picture, words)))];
    case 'texts':
      return [element('ul.texts', ...figure.texts.map(({ label, text }) => element('li', element('b', label), text)))];
    default:
      return figure.table.rows.length === 0 ? [] : drawing(figure, words);
  }
}

function drawing(figure: Exclude<Figure, { kind: 'pictures' | 'texts' }>, words: Words): Element[] {
  const drawn = drawFigure(figure, document);
  const data = element(
    'details',
    having(element('summary', fill(words.asTable, figure.title)), { 'data-key': `table-${figure.id}` }),
    table(figure.title, figure.table.header, figure.table.rows),
  );
  return [...(drawn instanceof Element ? [drawn] : []), data];
}

type Picture = Extract<Figure, { kind: 'pictures' }>['pictures'][number];

function pictureView({ source, label, size }: Picture, words: Words): HTMLElement {
  const alt = `${label}, ${fill(words.original, ...size)}`;
  const image = having(document.createElement('img'), { src: source, alt });
  return element('li', image, having(element('span', label), { 'aria-hidden': 'true' }));
}
